"""Which pieces of a page are its article's running text."""

import logging
from collections.abc import Sequence
from itertools import accumulate

from lxml import etree
from lxml.html import HtmlElement

from pipelines.articles.page_pieces import Piece

#: A piece shorter than this may stand on a page many times; it must begin a block where expected.
_TELLING = 40
#: How far ahead of the last found piece a short one is looked for, in letters and digits.
_AHEAD = 600
_BLOCKS = ("p", "head", "item", "quote", "cell", "code", "list", "table", "row", "div", "ab")


def main_text(tree: HtmlElement) -> list[str]:
    """The paragraphs, headings and list entries of the article, as trafilatura finds them."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=False, fast=True, favor_precision=False
    )
    if found is None or isinstance(found, dict):
        return []
    return [text for element in found.body.iter(*_BLOCKS) for text in _own_texts(element)]


def match_pieces(pieces: Sequence[Piece], main: Sequence[str]) -> list[bool]:
    """Whether each piece is part of the main text, told by its letters and digits in order."""
    blocks = [squeeze(text) for text in main]
    starts = frozenset(accumulate(map(len, blocks), initial=0))
    whole = "".join(blocks)
    matched, position = [], 0
    for piece in pieces:
        letters = squeeze(piece.text)
        at = _find(letters, whole, position, starts)
        matched.append(at is not None)
        if at is not None and at >= position:
            position = at + len(letters)
    return matched


def squeeze(text: str) -> str:
    """The letters and digits of a text in small letters: what survives any rendering."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _find(letters: str, whole: str, position: int, starts: frozenset[int]) -> int | None:
    """Where a piece stands in the main text at or after a position, None where it does not."""
    if not letters:
        return None
    if len(letters) < _TELLING:
        at = whole.find(letters, position, position + _AHEAD)
        while at >= 0 and at not in starts:
            at = whole.find(letters, at + 1, position + _AHEAD)
        return at if at >= 0 else None
    for wanted in (letters, letters[:_TELLING], letters[-_TELLING:]):
        at = whole.find(wanted, position)
        at = at if at >= 0 else whole.find(wanted)
        if at >= 0:
            return at
    return None


def _own_texts(element: etree._Element) -> list[str]:
    """The text of a block outside the blocks inside it."""
    texts, current = [], [element.text or ""]
    for child in element.iterchildren():
        if child.tag in _BLOCKS:
            texts.append("".join(current))
            current = []
        elif isinstance(child.tag, str):
            current.append(" ".join(child.itertext()))
        current.append(child.tail or "")
    texts.append("".join(current))
    return [text for text in texts if text.strip()]
