"""The attributed statements of an article: who said what, and when."""

from bisect import bisect_left, insort
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipelines.articles.article import QUOTED_KINDS, Block
from pipelines.dates.time_expression import TimeExpression
from pipelines.entities.mention import LocalEntity, Mention
from pipelines.quotes.clauses import token_end
from pipelines.quotes.cues import Cue
from pipelines.quotes.frames import find_frames
from pipelines.quotes.glue import unglued
from pipelines.quotes.marks import find_quotations, is_nickname
from pipelines.quotes.quote import Quote, QuoteKind, QuoteSpan
from pipelines.quotes.resolve import NOBODY, Speaker, SpeakerFinder, role_of
from pipelines.quotes.spans import cut
from pipelines.quotes.speakers import Mentions
from pipelines.quotes.statements import Statement, find_statements
from pipelines.quotes.transcripts import find_turns


def find_quotes(
    doc: Doc,
    text: str,
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    entities: Sequence[LocalEntity],
    dates: Sequence[TimeExpression],
) -> list[Quote]:
    """Find what an article reports as said or written, and by whom.

    Args:
        doc: the article as `pipelines.parsing.parse` gives it.
        text: the article's text, into which all offsets count code points.
        blocks: the article's blocks; statements lie in titles, summaries, headings, bodies and
            captions only.
        mentions: the article's mentions, which `Quote.speaker_mention` indexes.
        entities: the things they mean, which `Quote.speaker_local` indexes.
        dates: the article's time expressions, which `Quote.date` indexes.

    Returns:
        The statements by place, none inside another.
    """
    readable = [(b.start, b.end) for b in blocks if b.kind in QUOTED_KINDS]
    quotations = [q for q in find_quotations(text, readable) if not is_nickname(text, q)]
    frames = find_frames(unglued(doc, text, quotations), text, blocks, quotations)
    statements = _with_turns(find_statements(text, frames), find_turns(text, frames))
    for statement in statements:
        statement.spans = cut(text, statement)
    statements = _apart([s for s in statements if s.spans])
    places = Mentions(mentions)
    speakers = SpeakerFinder(text, frames, places, entities).find(statements)
    quotes = [
        _quote(text, statement, speaker, places, dates)
        for statement, speaker in zip(statements, speakers, strict=True)
    ]
    return sorted(quotes, key=lambda q: (q.spans[0].start, q.spans[0].end))


def _apart(statements: list[Statement]) -> list[Statement]:
    """Statements none of which lies in another: those with quotations first, then the earlier."""
    kept: list[Statement] = []
    taken: list[tuple[int, int]] = []
    for statement in sorted(statements, key=lambda s: (not s.quotations, s.spans[0].start)):
        if any(_meets(taken, span) for span in statement.spans):
            continue
        kept.append(statement)
        for span in statement.spans:
            insort(taken, (span.start, span.end))
    return sorted(kept, key=lambda s: s.spans[0].start)


def _meets(taken: Sequence[tuple[int, int]], span: QuoteSpan) -> bool:
    """Whether a span overlaps one of the sorted, disjoint stretches that are taken."""
    place = bisect_left(taken, (span.start, 0))
    before = place > 0 and taken[place - 1][1] > span.start
    return before or (place < len(taken) and taken[place][0] < span.end)


def _with_turns(statements: list[Statement], turns: list[Statement]) -> list[Statement]:
    """Statements with a transcript's turns in place of what was found inside them."""
    if not turns:
        return statements
    stretches = [turn.stretches[0] for turn in turns]
    outside = [s for s in statements if not any(a <= s.stretches[0][0] < b for a, b in stretches)]
    return sorted([*outside, *turns], key=lambda s: s.stretches[0])


def _quote(
    text: str,
    statement: Statement,
    speaker: Speaker,
    places: Mentions,
    dates: Sequence[TimeExpression],
) -> Quote:
    phrase = speaker.phrase
    # A day never speaks: “a resolution Sunday telling the government …”.
    if phrase is not None and _overlaps(dates, phrase.head.idx, phrase.head.idx + 1):
        phrase, speaker = None, NOBODY
    if phrase is not None and _overlaps(statement.spans, phrase.start, phrase.end):
        phrase = None
    return Quote(
        kind=_kind(statement.spans),
        spans=tuple(statement.spans),
        speaker=(phrase.start, phrase.end) if phrase else None,
        speaker_mention=phrase.mention if phrase else None,
        speaker_local=speaker.local,
        speaker_form=phrase.form if phrase else "none",
        speaker_role=role_of(phrase, text),
        cue=_cue(statement),
        date=_date(statement, dates),
        confidence=speaker.confidence,
    )


def _cue(statement: Statement) -> tuple[int, int] | None:
    if statement.cue is None:
        return None
    doc = statement.cue.word.doc
    return doc[statement.cue.first].idx, token_end(doc[statement.cue.last])


def _kind(spans: Sequence[QuoteSpan]) -> QuoteKind:
    if all(span.is_verbatim for span in spans):
        return "direct"
    return "mixed" if any(span.is_verbatim for span in spans) else "indirect"


def _overlaps(spans: Sequence[QuoteSpan | TimeExpression], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def _date(statement: Statement, dates: Sequence[TimeExpression]) -> int | None:
    """The time expression that says when a statement was made: one of the clause of its cue."""
    if statement.cue is None:
        return None
    cue, frame = statement.cue, statement.frame
    here = [(i, d) for i, d in enumerate(dates) if frame.start <= d.start < frame.end]
    tokens = {t.idx: t for t in frame.tokens} if here else {}
    near = [
        (abs(d.start - cue.word.idx), i)
        for i, d in here
        if d.timex_type in ("DATE", "TIME")
        and d.start in tokens
        and not _overlaps(statement.spans, d.start, d.end)
        and _belongs_to(tokens[d.start], cue)
    ]
    return min(near)[1] if near else None


def _belongs_to(token: Token, cue: Cue) -> bool:
    """Whether a word hangs on a cue, no other verb between."""
    if cue.kind == "source":
        return cue.left <= token.i <= cue.right
    above = token
    while above.pos_ not in ("VERB", "AUX") and above.head.i != above.i:
        above = above.head
    return above.i == cue.word.i
