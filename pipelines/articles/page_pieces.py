"""A page's tree becomes pieces of text: what a reader sees as one paragraph, heading or entry."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement

from pipelines.documents.decoding import clean

_BETWEEN = re.compile(r"[\W_]+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
#: A name on an element says something of the text this many elements below it.
_NEAR = 3
#: More characters of a class or id than this tell nothing.
_LONGEST_NAME = 300
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page's text between two block boundaries, white space collapsed.

    `letters` are its letters and digits in small letters: what survives any rendering. `elements`
    are the names of the elements around it, the outermost first, and `frame` the same with their
    classes; `hints` what the names and classes of the nearest ones say (`page_hints.csv`);
    `link_share` the share of its characters inside links; `when` a machine-readable date on a
    `time` element in it.
    """

    text: str
    letters: str
    elements: tuple[str, ...]
    frame: tuple[str, ...]
    hints: frozenset[str]
    link_share: float
    when: str | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it stands in a heading."""
        return any(_role(name) == "heading" for name in self.elements[-3:])


@dataclass(slots=True)
class _State:
    """Where the walk is in the tree, and what it has read since the last block boundary."""

    path: list[HtmlElement] = field(default_factory=list)
    hints: list[frozenset[str]] = field(default_factory=list)
    n_links: int = 0
    strings: list[str] = field(default_factory=list)
    near: set[str] = field(default_factory=set)
    n_linked: int = 0
    when: str | None = None

    def add(self, text: str | None) -> None:
        """Read text that stands at this place of the tree."""
        if not text:
            return
        self.strings.append(" ".join(text.split("\n")))
        if text.strip():
            self.near.update(*self.hints[-_NEAR:])
            self.n_linked += self.n_links > 0 and len(text)

    def close(self) -> Iterator[Piece]:
        """The pieces since the last boundary: an empty line inside a block divides it too."""
        text = clean("".join(self.strings))
        if text.strip():
            elements = tuple(str(element.tag) for element in self.path)
            classes = (str(element.get("class") or "") for element in self.path)
            frame = tuple(map(".".join, zip(elements, classes, strict=True)))
            share = self.n_linked / len(text)
            lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
            for paragraph in re.split(r"\n{2,}", lines):
                if text := paragraph.strip():
                    hints = frozenset(self.near)
                    yield Piece(text, squeeze(text), elements, frame, hints, share, self.when)
        self.strings, self.near, self.n_linked, self.when = [], set(), 0, None


def squeeze(text: str) -> str:
    """The letters and digits of a text in small letters."""
    return _BETWEEN.sub("", text.casefold())


def cut_pieces(tree: HtmlElement) -> Iterator[Piece]:
    """The pieces of a page in order; what it hides (scripts, menus of forms) is left out."""
    state = _State()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        role = _role(str(element.tag))
        if role in ("block", "heading"):
            yield from state.close()
        if event == "end":
            state.path.pop()
            state.hints.pop()
            state.n_links -= element.tag == "a"
            state.add(element.tail)
            continue
        state.path.append(element)
        state.hints.append(_hints_of(element))
        state.n_links += element.tag == "a"
        if role == "hidden" or _is_hidden(element):
            walk.skip_subtree()
            continue
        if role == "break":
            state.strings.append("\n")
        if element.tag == "time":
            state.when = state.when or element.get("datetime")
        state.add(element.text)


def _hints_of(element: HtmlElement) -> frozenset[str]:
    names = (element.get(key) or "" for key in ("class", "id", "itemprop", "rel"))
    return _hints_in(str(element.tag), " ".join(name[:_LONGEST_NAME] for name in names))


@lru_cache(maxsize=4096)
def _hints_in(tag: str, names: str) -> frozenset[str]:
    table = _table("page_hints.csv")
    words = {tag, *(word.casefold() for word in _WORD.findall(names))}
    return frozenset(table[word] for word in words if word in table)


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING.search(style))


@cache
def _table(file_name: str) -> dict[str, str]:
    text = (Path(__file__).with_name("data") / file_name).read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    next(rows)
    return {key: value for key, value in rows}  # noqa: C416  # mypy knows the pairs


def _role(name: str) -> str | None:
    return _table("page_elements.csv").get(name)
