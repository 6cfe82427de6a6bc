"""Sentences as a reader sees them: a quotation counts as one word, whatever it holds.

A parser cuts sentences inside quotations and misses those that begin after one. Who said what is
read from what stands around the quotations, so that is what a frame holds.
"""

import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from pipelines.articles.article import QUOTED_KINDS, Block, BlockKind
from pipelines.quotes.lexicon import ids, is_reporting_verb
from pipelines.quotes.marks import Quotation

#: What a frame is made of.
Unit = Token | Quotation
#: Stands behind the last quotation, further off than any text reaches.
_NO_MORE = Quotation(sys.maxsize, sys.maxsize, sys.maxsize, sys.maxsize)
DASHES = frozenset({"—", "–", "-", "--", "―"})
_STOPS = ".!?…"
_SPACE = get_string_id("SPACE")
_UNREAD = ids({"SPACE", "PUNCT"})
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
    """The units of a frame so far; there is a first and so a last."""

    first: Unit
    last: Unit
    segments: list[list[Token]] = field(default_factory=lambda: [[]])
    quotations: list[Quotation] = field(default_factory=list)

    def add(self, unit: Unit) -> None:
        self.last = unit
        if isinstance(unit, Quotation):
            self.quotations.append(unit)
            self.segments.append([])
        else:
            self.segments[-1].append(unit)

    def frame(self, block: int, kind: BlockKind) -> Frame:
        segments = tuple(map(tuple, self.segments))
        quotations, tokens = tuple(self.quotations), tuple(chain(*segments))
        return Frame(_start(self.first), _end(self.last), block, kind, segments, quotations, tokens)


def is_word(token: Token) -> bool:
    """Whether a token is read: a word or number, not a blank, punctuation or a picture."""
    return token.pos not in _UNREAD and any(map(str.isalnum, token.text))


def find_frames(
    doc: Doc, text: str, blocks: Sequence[Block], quotations: Sequence[Quotation]
) -> list[Frame]:
    """Cut the blocks that may hold statements into frames, in order."""
    frames: list[Frame] = []
    blocks = _with_headline(text, blocks)
    draft: _Draft | None = None
    place = -1
    for block, unit in _units(doc, blocks, quotations):
        if draft is not None and (
            block != place or _breaks(text, draft.last, unit, blocks[block].kind)
        ):
            frames.append(draft.frame(place, blocks[place].kind))
            draft = None
        place = block
        draft = draft or _Draft(unit, unit)
        draft.add(unit)
    if draft is not None:
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


def _start(unit: Unit) -> int:
    return unit.start if isinstance(unit, Quotation) else unit.idx


def _end(unit: Unit) -> int:
    return unit.end if isinstance(unit, Quotation) else unit.idx + len(unit)


def _units(
    doc: Doc, blocks: Sequence[Block], quotations: Sequence[Quotation]
) -> Iterator[tuple[int, Unit]]:
    """Blocks' tokens and quotations in order, each with its block."""
    starts, lengths, parts = doc.to_array(["IDX", "LENGTH", "POS"]).T.tolist()
    left = iter([*quotations, _NO_MORE])
    next_one, is_given = next(left), False
    for number, block in enumerate(blocks):
        if block.kind not in QUOTED_KINDS:
            continue
        for i in range(bisect_left(starts, block.start), bisect_left(starts, block.end)):
            if parts[i] == _SPACE:
                continue
            start = starts[i]
            while next_one.end <= start:
                next_one, is_given = next(left), False
            if start + lengths[i] <= next_one.start:
                yield number, doc[i]
            elif not is_given:
                is_given = True
                yield number, next_one


def _breaks(text: str, last: Unit, unit: Unit, kind: BlockKind) -> bool:
    """Whether a new frame begins at `unit`, which comes after `last`."""
    if isinstance(last, Quotation):
        return _breaks_after(text, last, unit)
    newlines = text.count("\n", _end(last), _start(unit))
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


def _breaks_after(text: str, last: Quotation, unit: Unit) -> bool:
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
