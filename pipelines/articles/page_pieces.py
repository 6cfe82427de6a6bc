"""A page's tree becomes pieces of text: what a reader sees as one paragraph, heading or entry."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement

from pipelines.documents.decoding import clean

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
#: A name on an element says something of the text this many elements below it.
_NEAR = 3
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page's text between two block boundaries, white space collapsed.

    `elements` are the names of the elements around it, the outermost first; `hints` what the names
    and classes of the nearest ones say (`page_hints.csv`); `link_share` the share of its
    characters inside links; `when` a machine-readable date on a `time` element in it.
    """

    text: str
    elements: tuple[str, ...]
    hints: frozenset[str]
    link_share: float
    when: str | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it stands in a heading."""
        return any(_role(name) == "heading" for name in self.elements[-3:])


@dataclass(slots=True)
class _Open:
    """What has been read since the last block boundary."""

    strings: list[str] = field(default_factory=list)
    n_linked: int = 0
    hints: set[str] = field(default_factory=set)
    when: str | None = None


def cut_pieces(tree: HtmlElement) -> Iterator[Piece]:
    """The pieces of a page in order; what it hides (scripts, menus of forms) is left out."""
    open_, path, hints = _Open(), [], []  # type: tuple[_Open, list[str], list[frozenset[str]]]
    n_links = 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else "script"
        role = _role(name)
        if event == "start":
            if role in ("block", "heading"):
                yield from _close(open_, path, hints)
                open_ = _Open()
            path.append(name)
            hints.append(_hints_of(element))
            n_links += name == "a"
            if role == "hidden" or _is_hidden(element):
                walk.skip_subtree()
                continue
            if role == "break":
                open_.strings.append("\n")
            if name == "time":
                open_.when = open_.when or element.get("datetime")
            _add(open_, element.text, n_links, hints)
            continue
        if role in ("block", "heading"):
            yield from _close(open_, path, hints)
            open_ = _Open()
        path.pop()
        hints.pop()
        n_links -= name == "a"
        _add(open_, element.tail, n_links, hints)


def _add(open_: _Open, text: str | None, n_links: int, hints: list[frozenset[str]]) -> None:
    if not text:
        return
    open_.strings.append(" ".join(text.split("\n")))
    if text.strip():
        open_.hints.update(*hints[-_NEAR:])
        open_.n_linked += n_links > 0 and len(text)


def _close(open_: _Open, path: list[str], hints: list[frozenset[str]]) -> Iterator[Piece]:
    """The pieces since the last boundary: an empty line inside a block divides it too."""
    text = clean("".join(open_.strings))
    if not text.strip():
        return
    share = open_.n_linked / len(text)
    near = frozenset(open_.hints.union(*hints[-_NEAR:]))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    for paragraph in "\n".join(lines).strip("\n").split("\n\n"):
        if paragraph.strip():
            yield Piece(paragraph.strip("\n"), tuple(path), near, share, open_.when)


def _hints_of(element: HtmlElement) -> frozenset[str]:
    table = _hint_table()
    names = [element.get(key) or "" for key in ("class", "id", "itemprop", "rel")]
    words = {word.casefold() for name in names for word in _WORD.findall(name[:300])}
    return frozenset(table[w] for w in (*words, element.tag) if w in table)


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING.search(style))


@cache
def _table(file_name: str) -> dict[str, str]:
    text = Path(__file__).with_name(file_name).read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    return dict(row for row in rows)  # type: ignore[misc]


def _role(name: str) -> str | None:
    return _table("page_elements.csv").get(name)


def _hint_table() -> dict[str, str]:
    return _table("page_hints.csv")
