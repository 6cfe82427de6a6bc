"""The light markup of `articles/*.txt`, read.

A file has four parts, split by lines of `===`: what is known of the article, its text, its quotes
and its names. `README.md` beside this file describes each with an example. Offsets are half-open,
in code points, into the text without the marks.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from expectations.accuracy.spans import Span

_LINE = re.compile(r"(?:([a-z_]+)> )?(.*)")
_OPEN = re.compile(r"\{([^{}|\s]+)\|")


class MarkupError(ValueError):
    """An annotated file that contradicts itself; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Name:
    """A thing named in an article: type, full name, and the other forms that name it there."""

    type: str
    name: str
    aliases: tuple[str, ...]


@dataclass(slots=True)
class Marked:
    """A text without its marks, and the spans that they gave, by label and in order."""

    text: str
    spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    blocks: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Annotated:
    """Everything that a reader marked in one document."""

    doc_id: str
    header: dict[str, str]
    marked: Marked
    quotes: dict[str, tuple[str, str | None, tuple[str, ...]]]
    names: list[Name]


def read_article(path: Path) -> Annotated:
    """Read an annotated article.

    Raises:
        MarkupError: the marks do not balance, or contradict each other.
    """
    parts = re.split(r"^===\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if len(parts) != 4:
        raise MarkupError(f"{path.name}: give four parts split by ===, not {len(parts)}")
    header, text, quotes, names = parts
    return Annotated(
        doc_id=f"golden/{path.stem}",
        header=dict(line.split(": ", 1) for line in header.splitlines()),
        marked=unmark(text, path.name),
        quotes=_quotes(quotes, path.name),
        names=[_name(line) for line in names.splitlines()],
    )


def _quotes(part: str, where: str) -> dict[str, tuple[str, str | None, tuple[str, ...]]]:
    quotes = {}
    for line in part.splitlines():
        found = re.fullmatch(r"(\d+) (direct|mixed|indirect) ([^#]+?)((?: #[a-z-]+)*)", line)
        if not found:
            raise MarkupError(f"{where}: no quote: {line}")
        number, kind, name, cases = found.groups()
        if number in quotes:
            raise MarkupError(f"{where}: quote {number} is described twice")
        quotes[number] = (kind, None if name == "-" else name, tuple(cases.split()))
    return quotes


def _name(line: str) -> Name:
    type_, rest = line.split(" ", 1)
    name, _, aliases = rest.partition(" = ")
    return Name(type_, name, tuple(alias for alias in aliases.split("; ") if alias))


def unmark(text: str, where: str) -> Marked:
    """Take the marks out of a marked text and remember where they were."""
    marked, clean = Marked(""), ""
    stack: list[tuple[list[str], int]] = []
    lines: list[tuple[str, int, int]] = []
    for line in text.rstrip("\n").split("\n"):
        prefix, rest = _LINE.fullmatch(line).groups()  # type: ignore[union-attr] # matches any line
        start = len(clean)
        while rest:
            if opened := _OPEN.match(rest):
                stack.append((opened[1].split(","), len(clean)))
                rest = rest[opened.end() :]
            elif rest[0] == "}":
                if not stack:
                    raise MarkupError(f"{where}: a brace closes nothing: {line}")
                labels, at = stack.pop()
                for label in labels:
                    marked.spans[label].append((at, len(clean)))
                rest = rest[1:]
            elif rest[0] == "{":
                raise MarkupError(f"{where}: a brace without a label: {line}")
            else:
                clean, rest = clean + rest[0], rest[1:]
        if stack:
            raise MarkupError(f"{where}: a brace is left open: {line}")
        if len(clean) > start:
            lines.append((prefix or "body", start, len(clean)))
        clean += "\n"
    marked.text = clean
    marked.blocks = list(blocks_of_lines(marked, lines))
    for spans in marked.spans.values():
        spans.sort()
    return marked


def blocks_of_lines(
    marked: Marked, lines: list[tuple[str, int, int]]
) -> Iterator[tuple[str, int, int]]:
    """A block a line, cut where `block=` says that a part of it has another role."""
    inside = sorted(
        (*span, label.removeprefix("block="))
        for label, spans in marked.spans.items()
        if label.startswith("block=")
        for span in spans
    )
    for kind, start, end in lines:
        for inner_start, inner_end, inner_kind in inside:
            if start <= inner_start < end:
                if start < inner_start:
                    yield kind, start, inner_start
                yield inner_kind, inner_start, inner_end
                start = inner_end
        if start < end:
            yield kind, start, end
