"""Sentences as a reader sees them: a quotation counts as one word, whatever it holds.

A parser cuts sentences inside quotations and misses those that begin after one. Who said what is
read from what stands around the quotations, so that is what a frame holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from spacy.tokens import Doc, Token

from pipelines.articles.article import QUOTED_KINDS, Block, BlockKind
from pipelines.quotes.lexicon import is_reporting_verb
from pipelines.quotes.marks import Quotation

DASHES = frozenset({"—", "–", "-", "--", "―"})
_STOPS = ".!?…"
#: Blocks of few words, set apart from the text that they stand over.
HEADLINE_KINDS = frozenset({"title", "heading", "summary"})
#: The longest label before a headline's colon, and the longest headline, in characters.
_LONGEST_LABEL, _LONGEST_HEADLINE = 60, 130
_CLOSERS = ")]”’\"'"
#: How far after “…?” or “….” a tag (“Smith asked”) may reach and still belong to it, in tokens.
_TAG_REACH = 14


@dataclass(frozen=True, slots=True)
class Frame:
    """One sentence: segments of tokens with the quotations between them.

    There is always one segment more than quotations; a segment may be empty. `start` and `end`
    are half-open code points into the text; `block` is the index of the block it lies in.
    """

    start: int
    end: int
    block: int
    kind: BlockKind
    segments: tuple[tuple[Token, ...], ...]
    quotations: tuple[Quotation, ...]
    #: The tokens outside quotations, in order.
    tokens: tuple[Token, ...]

    @property
    def is_bare(self) -> bool:
        """Whether it holds quotations and no word beside them."""
        return bool(self.quotations) and not any(is_word(t) for t in self.tokens)


@dataclass(slots=True)
class _Draft:
    segments: list[list[Token]] = field(default_factory=lambda: [[]])
    quotations: list[Quotation] = field(default_factory=list)

    @property
    def last(self) -> Token | Quotation | None:
        if self.segments[-1]:
            return self.segments[-1][-1]
        return self.quotations[-1] if self.quotations else None

    def frame(self, block: int, kind: BlockKind) -> Frame:
        starts = [s[0].idx for s in self.segments if s] + [q.start for q in self.quotations]
        ends = [_end(s[-1]) for s in self.segments if s] + [q.end for q in self.quotations]
        segments = tuple(tuple(s) for s in self.segments)
        quotations, tokens = tuple(self.quotations), tuple(chain(*segments))
        return Frame(min(starts), max(ends), block, kind, segments, quotations, tokens)


def is_word(token: Token) -> bool:
    """Whether a token is read: a word or number, not a blank, punctuation or a picture."""
    return token.pos_ not in ("SPACE", "PUNCT") and any(c.isalnum() for c in token.text)


def find_frames(
    doc: Doc, text: str, blocks: Sequence[Block], quotations: Sequence[Quotation]
) -> list[Frame]:
    """Cut the blocks that may hold statements into frames, in order."""
    frames: list[Frame] = []
    blocks = _with_headline(text, blocks)
    units = _units(doc, blocks, quotations)
    draft, place = _Draft(), -1
    for block, unit in units:
        if draft.last is not None and (
            block != place or _breaks(text, draft, unit, blocks[block].kind)
        ):
            frames.append(draft.frame(place, blocks[place].kind))
            draft = _Draft()
        place = block
        if isinstance(unit, Quotation):
            draft.quotations.append(unit)
            draft.segments.append([])
        else:
            draft.segments[-1].append(unit)
    if draft.last is not None:
        frames.append(draft.frame(place, blocks[place].kind))
    return frames


def _with_headline(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, the first taken for a title where it is one short line that a colon parts."""
    if len(blocks) < 2 or blocks[0].kind != "body":
        return blocks
    first, second = blocks[0], blocks[1]
    line = text[first.start : first.end].strip()
    # Two labels in a row open a transcript.
    label, next_label = (
        text.find(": ", b.start, b.start + _LONGEST_LABEL) for b in (first, second)
    )
    if label < 0 or next_label >= 0 or len(line) > _LONGEST_HEADLINE or "\n" in line:
        return blocks
    return [replace(first, kind="title"), *blocks[1:]]


def _end(token: Token) -> int:
    return token.idx + len(token)


def _units(
    doc: Doc, blocks: Sequence[Block], quotations: Sequence[Quotation]
) -> Iterator[tuple[int, Token | Quotation]]:
    """Blocks' tokens and quotations in order, each with its block."""
    at, block = 0, 0
    given = -1
    blank = doc.vocab.strings["SPACE"]
    places = doc.to_array(["IDX", "LENGTH", "POS"]).tolist()
    for token, (start, length, pos) in zip(doc, places, strict=True):
        while block < len(blocks) and blocks[block].end <= start:
            block += 1
        if block >= len(blocks):
            return
        if pos == blank or blocks[block].kind not in QUOTED_KINDS:
            continue
        while at < len(quotations) and quotations[at].end <= start:
            at += 1
        if at < len(quotations) and quotations[at].start < start + length:
            if given != at:
                given = at
                yield block, quotations[at]
            continue
        yield block, token


def _breaks(text: str, draft: _Draft, unit: Token | Quotation, kind: BlockKind) -> bool:
    """Whether a new frame begins at `unit`."""
    last = draft.last
    if isinstance(last, Quotation):
        return _breaks_after(text, last, unit)
    if last is None:
        return False
    start = unit.start if isinstance(unit, Quotation) else unit.idx
    newlines = text.count("\n", _end(last), start)
    if newlines > 1:
        return True
    if isinstance(unit, Quotation) and newlines:
        return last.text != "," and not last.text.islower()
    if isinstance(unit, Quotation):
        return last.text[-1] in _STOPS and (last.is_punct or last.text in ("a.m.", "p.m."))
    if last.is_alpha and not unit.is_sent_start:
        return False
    pauses = (";",) if kind in HEADLINE_KINDS else ("—", "–", ":", ";")
    stopped = last.text[-1] in _STOPS or last.text in _CLOSERS or last.text in pauses
    if (unit.is_sent_start and stopped) or (last.text == ";" and _is_tag(unit, only_short=False)):
        return True
    return last.is_punct and last.text[-1] in _STOPS and unit.text[:1].isupper()


def _breaks_after(text: str, last: Quotation, unit: Token | Quotation) -> bool:
    """Whether a frame ends with the quotation `last`, `unit` coming next."""
    inner = text[last.inner_start : last.inner_end].rstrip().rstrip(_CLOSERS)
    stop = inner[-1:]
    if isinstance(unit, Quotation):
        between = text[last.end : unit.start]
        return "\n\n" in between or (stop in _STOPS and not between.strip())
    if "\n" in text[last.end : unit.idx] and text[last.end : unit.idx].count("\n") > 1:
        return True
    if not stop or stop not in _STOPS or not unit.text[:1].isupper():
        return False
    if text[last.end : unit.idx].strip() in DASHES:
        return False
    return not _is_tag(unit, only_short=stop == ".")


def _is_tag(first: Token, *, only_short: bool) -> bool:
    """Whether a speech tag begins at `first`: “…?” Smith asked."""
    doc = first.doc
    for i in range(first.i, min(first.i + _TAG_REACH, len(doc))):
        token = doc[i]
        if token.is_punct and token.text in (".", "!", "?", ";", ":"):
            return False
        if is_reporting_verb(token):
            return not only_short or _ends_soon(doc, i)
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("relcl", "acl"):
            return False
    return False


def _ends_soon(doc: Doc, verb: int) -> bool:
    """Whether nothing but a word or two of time follows a tag's verb."""
    return any(doc[i].text == "." for i in range(verb + 1, min(verb + 4, len(doc))))
