"""Quotation marks, paired over a text: where quoted words begin and end, whatever the marks.

Only outermost quotations are given; a quotation inside a quotation is part of it. What a quotation
is (speech, a title, a distance put on a word) is not decided here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.quotes.lexicon import words

_MARK = re.compile(r"''|``|[\"“”„‟«»＂‘’‚‛'`]")
_DOUBLE = frozenset({'"', "“", "”", "„", "‟", "«", "»", "＂", "''", "``"})
_ONLY_OPENS = frozenset({"“", "„", "«", "‘", "‚", "``", "‛"})
_ONLY_CLOSES = frozenset({"”", "»"})
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_STOPS = '.!?…”"'
_LONGEST_NICKNAME = 24
#: How many marks one quotation may hold; keeps hostile input linear.
_MOST_INSIDE = 100
#: A quotation in single marks is an aside or a headline's; longer ones are apostrophes misread.
_LONGEST_SINGLE = 1200


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words. `start` and `end` hold the marks, `inner_start` and `inner_end` do not.

    Offsets are half-open code points. `continues` says that it goes on where the quotation before
    it, left open at the end of its paragraph, broke off.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    may_open: bool
    may_close: bool

    @property
    def is_double(self) -> bool:
        return self.text in _DOUBLE


def find_quotations(text: str, stretches: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Pair the quotation marks of `text` inside each stretch (start, end), in order.

    A stretch is cut at blank lines into paragraphs. A quotation that a paragraph leaves open goes
    to the paragraph's end, and on into the next where that opens with a mark (as printers do) or
    only closes one. Odd numbers of marks cost at most their own paragraph. Linear in the text.
    """
    found: list[Quotation] = []
    is_open = False
    for start, end in _paragraphs(text, stretches):
        marks = _marks(text, start, end)
        if is_open and not _opens_with_mark(text, start, marks):
            is_open, first = False, len(found)
            found.extend(_closing_paragraph(marks, start))
            marks = [m for m in marks if not found[first:] or m.start >= found[-1].end]
            here, left_open = _pair(text, marks, end)
            found.extend(here)
            is_open = left_open
            continue
        here, left_open = _pair(text, marks, end)
        if is_open and here:
            here[0] = replace(here[0], continues=True)
        found.extend(here)
        is_open = left_open
    return [q for q in found if text[q.inner_start : q.inner_end].strip()]


def is_nickname(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is part of a name: Ada “Boots” Lund, Ivo “The Rock” Marsh."""
    inner = text[quotation.inner_start : quotation.inner_end]
    if len(inner) > _LONGEST_NICKNAME or not inner[-1:].isalnum() or not inner[:1].isupper():
        return False
    before = text[max(0, quotation.start - 30) : quotation.start]
    after = text[quotation.end : quotation.end + 30]
    return bool(re.search(r"\b[A-Z][\w’'-]+ $", before) and re.match(r" [A-Z][\w’'-]", after))


def _paragraphs(text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in stretches:
        position = start
        for gap in _PARAGRAPH_BREAK.finditer(text, start, end):
            if position < gap.start():
                yield position, gap.start()
            position = gap.end()
        stripped = position + len(text[position:end].rstrip())
        if position < stripped:
            yield position, stripped


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    return [
        mark
        for found in _MARK.finditer(text, start, end)
        if (mark := _read_mark(text, found.start(), found.end(), start, end))
    ]


def _read_mark(text: str, start: int, end: int, first: int, last: int) -> _Mark | None:
    """What a mark could do where it stands; None for apostrophes, inches and minutes."""
    sign = text[start:end]
    left = text[start - 1] if start > first else " "
    right = text[end] if end < last else " "
    is_double = sign in _DOUBLE
    if not is_double and left.isalnum() and right.isalnum():
        return None
    if not is_double and _is_elision(text, end, left, turned=sign in _ONLY_OPENS):
        return None
    blank_left, blank_right = left.isspace(), right.isspace()
    may_open = not blank_right and not (left.isalnum() and not right.isalnum())
    may_close = not blank_left and not (right.isalnum() and left in "([{—–")
    if sign in _ONLY_OPENS:
        may_close = may_close and not right.isalnum() and is_double
        may_open = True
    elif sign in _ONLY_CLOSES:
        may_open = may_open and blank_left
        may_close = not may_open or not right.isalnum()
    elif blank_left and blank_right:
        may_open = may_close = is_double
    elif blank_left or left in "([{—–-/":
        may_open = True
    if not is_double and not (blank_left or left in '([{—–-"“/'):
        may_open = False
    if not is_double and right.isalnum():
        may_close = False
    return _Mark(start, end, sign, may_open, may_close)


def _is_elision(text: str, end: int, left: str, *, turned: bool) -> bool:
    """Whether an apostrophe stands for letters left out: ’90s, ’em, rock ’n’ roll.

    One `turned` the wrong way, as word processors do (‘08), counts before a year only: before a
    word it may open a quotation.
    """
    if left.isalnum():
        return False
    word = re.match(r"\w+", text[end : end + 12])
    if not word:
        return False
    if re.fullmatch(r"\d\ds?", word[0]):
        return not (turned and text.startswith(("’", "'"), end + len(word[0])))
    return not turned and word[0].lower() in words("elisions")


def _opens_with_mark(text: str, start: int, marks: Sequence[_Mark]) -> bool:
    return bool(marks) and marks[0].may_open and not text[start : marks[0].start].strip()


def _closing_paragraph(marks: Sequence[_Mark], start: int) -> list[Quotation]:
    """The end of a quotation left open before, where this paragraph closes but does not reopen."""
    depth = 0
    for mark in marks:
        if not mark.is_double:
            continue
        if mark.may_open and not (mark.may_close and mark.text == '"'):
            depth += 1
        elif depth:
            depth -= 1
        elif mark.may_close:
            return [Quotation(start, mark.end, start, mark.start, continues=True)]
    return []


def _pair(text: str, marks: Sequence[_Mark], end: int) -> tuple[list[Quotation], bool]:
    """The quotations of one paragraph, and whether the last is left open."""
    found: list[Quotation] = []
    i = 0
    while i < len(marks):
        mark = marks[i]
        if not mark.may_open or (mark.text == '"' and _is_inch(text, mark)):
            i += 1
            continue
        close = _close_double(text, marks, i) if mark.is_double else _close_single(text, marks, i)
        if close is not None:
            last = marks[close]
            found.append(_quotation(mark, last.end, last.start))
            i = close + 1
        elif mark.is_double and _stays_open(text, marks, i):
            found.append(_quotation(mark, end, end))
            return found, True
        else:
            i += 1
    return found, False


def _quotation(mark: _Mark, end: int, inner_end: int) -> Quotation:
    return Quotation(mark.start, end, mark.end, inner_end)


def _is_inch(text: str, mark: _Mark) -> bool:
    return mark.start > 0 and text[mark.start - 1].isdigit()


def _close_double(text: str, marks: Sequence[_Mark], opener: int) -> int | None:
    """The mark that closes a double one, nested quotations skipped; None where none does.

    Where nesting does not come out even (a mark was left out), the first mark that can close does.
    """
    depth, first = 0, None
    for j in range(opener + 1, min(len(marks), opener + _MOST_INSIDE)):
        mark = marks[j]
        if not mark.is_double:
            continue
        if mark.may_close and not (mark.may_open and _begins_word(text, mark)):
            first = j if first is None else first
            if depth == 0:
                return j
            depth -= 1
        elif mark.may_open:
            depth += 1
    return first


def _begins_word(text: str, mark: _Mark) -> bool:
    """Whether a mark that could do either stands before a word and after a blank."""
    before = text[mark.start - 1 : mark.start]
    return (not before or before.isspace()) and not text[mark.end : mark.end + 1].isspace()


def _stays_open(text: str, marks: Sequence[_Mark], opener: int) -> bool:
    """Whether an unclosed mark begins speech: first in a sentence, or introduced."""
    at = marks[opener].start
    before = text[max(0, at - 4) : at].rstrip(" \t\u00a0")[-1:]
    return before in ("", "\n", ":", ",") or before in _STOPS


def _close_single(text: str, marks: Sequence[_Mark], opener: int) -> int | None:
    """The mark that closes a single one; possessives (workers’ rights) are passed over."""
    weak = None
    for j in range(opener + 1, min(len(marks), opener + _MOST_INSIDE)):
        mark = marks[j]
        if mark.start - marks[opener].start > _LONGEST_SINGLE:
            break
        if mark.is_double or not mark.may_close:
            if not mark.is_double and mark.may_open and weak is not None:
                break
            continue
        if not _could_be_possessive(text, mark):
            return j
        weak = j if weak is None else weak
    return weak


def _could_be_possessive(text: str, mark: _Mark) -> bool:
    after = text[mark.end : mark.end + 2]
    return text[mark.start - 1] in "sxz" and after[:1] == " " and after[1:].isalpha()
