"""A text is cut into lines: the stretches that are judged as one.

A line of the file is one, except where an editor or a mail program broke paragraphs at a fixed
width: there the pieces are joined again. A video stamp glued to its clock (`Jan. 7, 202005:00`) is
cut between the two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipelines.articles.stamps import find_glued_stamps

#: A line shorter than this is no evidence for or against a fixed width.
_LONG_LINE = 40
#: Paragraphs broken by hand are not wider than this; a web page's are.
_WIDEST = 140
_MARK = re.compile(r"(?:[*•·▪‣◦]|#{1,6}(?=\s)|[-–o+](?=\s|$)|\(?\d{1,3}[.)](?=\s))\s*")
_CLOSED = re.compile(r"[.!?:…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the text that is judged as one, and how it stands on the page.

    Offsets are half-open code points; `end` excludes the white space after the line. `mark` is
    its list mark (`*`, `1.`), empty where it has none; `content` and `words` follow the mark.
    `is_clock` is set on the clock part of a glued stamp, `is_stamp` on its calendar part.
    """

    start: int
    end: int
    text: str
    content: str
    mark: str
    words: tuple[str, ...]
    after_gap: bool
    before_gap: bool
    is_stamp: bool = False
    is_clock: bool = False


def cut_lines(text: str) -> list[Line]:
    """Cut a text into lines, in order; white space between them belongs to none."""
    spans = _join_wrapped(text, list(_file_lines(text)))
    return [line for start, end in spans for line in _cut_stamps(text, start, end)]


def _file_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of the file that hold more than white space, without the space around them."""
    for match in re.finditer(r"[^\n]+", text):
        inner = match.group()
        if stripped := inner.strip():
            start = match.start() + inner.index(stripped[0])
            yield start, start + len(stripped)


def _join_wrapped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the pieces of paragraphs that were broken at a fixed width.

    Evidence is a small letter after a long line: rare between lines of a page, common where a
    paragraph was broken. Within such a text a full line goes on unless it closes a sentence and
    would have had room for the next word.
    """
    width = _wrap_width(text, spans)
    if not width:
        return spans
    joined = [spans[0]]
    for before, after in pairwise(spans):
        if _goes_on(text, before, after, width):
            joined[-1] = (joined[-1][0], after[1])
        else:
            joined.append(after)
    return joined


def _wrap_width(text: str, spans: list[tuple[int, int]]) -> int:
    """The width at which paragraphs were broken, 0 where they were not."""
    long = [
        (end - start, text[after].islower())
        for (start, end), (after, _) in pairwise(spans)
        if end - start >= _LONG_LINE and text.count("\n", end, after) == 1
    ]
    if len(long) < 3 or sum(small for _, small in long) < 0.3 * len(long):
        return 0
    width = sorted(size for size, _ in long)[int(0.9 * (len(long) - 1))]
    return width if width <= _WIDEST else 0


def _goes_on(text: str, before: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """Whether a line of the file continues the one before it."""
    if text.count("\n", before[1], after[0]) > 1 or _MARK.match(text, after[0], after[1]):
        return False
    if _indent(text, after[0]) > _indent(text, before[0]) + 1:
        return False
    line = text[before[0] : before[1]]
    if len(line) < 0.6 * width:
        return text[after[0]].islower() and not _CLOSED.search(line) and len(line) > 0.3 * width
    if not _CLOSED.search(line):
        return True
    first_word = text[after[0] : after[1]].split(maxsplit=1)[0]
    return len(line) + 1 + len(first_word) > 0.97 * width or text[after[0]].islower()


def _indent(text: str, start: int) -> int:
    """How many blanks stand before a line's first word: more than above open a paragraph."""
    return start - (text.rfind("\n", 0, start) + 1)


def _cut_stamps(text: str, start: int, end: int) -> Iterator[Line]:
    """One line, or several where the line holds glued stamps."""
    position = start
    for stamp in find_glued_stamps(text, start, end):
        if text[position : stamp.start].strip():
            yield _line(text, position, stamp.start)
        yield _line(text, stamp.start, stamp.clock, is_stamp=True)
        yield _line(text, stamp.clock, stamp.end, is_clock=True)
        position = stamp.end
    if text[position:end].strip():
        yield _line(text, position, end)


def _line(
    text: str, start: int, end: int, *, is_stamp: bool = False, is_clock: bool = False
) -> Line:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    inner = inner.strip()
    end = start + len(inner)
    found = _MARK.match(inner)
    mark = found.group() if found else ""
    content = inner[len(mark) :]
    return Line(
        start=start,
        end=end,
        text=inner,
        content=content,
        mark=mark,
        words=tuple(content.split()),
        after_gap=_has_gap(text, start, -1),
        before_gap=_has_gap(text, end, 1),
        is_stamp=is_stamp,
        is_clock=is_clock,
    )


def _has_gap(text: str, position: int, step: int) -> bool:
    """Whether an empty line (or the text's edge) lies next to a position."""
    newlines = 0
    index = position if step > 0 else position - 1
    while 0 <= index < len(text) and text[index].isspace():
        newlines += text[index] == "\n"
        index += step
    return newlines > 1 or not 0 <= index < len(text)
