"""Which pieces of a page are its article's running text."""

import logging
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from lxml import etree
from lxml.html import HtmlElement

from pipelines.articles.page_pieces import Piece, squeeze

#: A piece shorter than this may stand on a page many times; it must begin a block where expected.
_TELLING = 40
#: How far ahead of the last found piece a short one is looked for, in letters and digits.
_AHEAD = 600
#: What a paragraph's own elements are, and how many levels of those around it tell its container.
_INNER = frozenset({"p", "ul", "ol", "li", "blockquote", "b", "strong", "em", "i", "span", "a"})
_LEVELS = 4
#: So many matched pieces in containers of one kind make the kind trusted.
_TRUSTED = 3
_MOST_LINKED = 0.5
#: What reads as text on a page has so many words; below this share of it an answer is doubted.
_TEXT_WORDS, _LITTLE = 12, 0.4
_BLOCKS = ("p", "head", "item", "quote", "cell", "code", "list", "table", "row", "div", "ab")


def find_main(tree: HtmlElement, pieces: Sequence[Piece]) -> list[bool]:
    """Which pieces are the article's running text, one flag a piece; none where there is no text.

    The library's quick way is asked first; where its answer covers little of what reads as text
    on the page, its thorough way too, and both answers count.
    """
    matched = _match(pieces, _main_text(tree, fast=True))
    prose = sum(len(piece.letters) for piece in pieces if _reads_as_text(piece))
    if n_letters(pieces, matched) < _LITTLE * prose:
        again = _match(pieces, _main_text(tree, fast=False))
        matched = [a or b for a, b in zip(matched, again, strict=True)]
    extended = _extend(pieces, matched)
    if not any(m and _reads_as_text(p) for p, m in zip(pieces, extended, strict=True)):
        return [False] * len(pieces)
    return extended


def n_letters(pieces: Sequence[Piece], is_main: Sequence[bool]) -> int:
    """How many letters and digits the running text has."""
    return sum(len(p.letters) for p, m in zip(pieces, is_main, strict=True) if m)


def _reads_as_text(piece: Piece) -> bool:
    return len(piece.text.split()) >= _TEXT_WORDS and piece.link_share <= _LITTLE


def _main_text(tree: HtmlElement, *, fast: bool) -> list[str]:
    """The paragraphs, headings and list entries of the article, as trafilatura finds them."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            tree, fast=fast, include_comments=False, with_metadata=False
        )
    except Exception:  # a page that breaks the library is read without it
        return []
    if found is None or isinstance(found, dict):
        return []
    return [text for element in found.body.iter(*_BLOCKS) for text in _own_texts(element)]


def _match(pieces: Sequence[Piece], main: Sequence[str]) -> list[bool]:
    """Whether each piece is part of the main text, told by its letters and digits in order."""
    blocks = [squeeze(text) for text in main]
    starts = frozenset(accumulate(map(len, blocks), initial=0))
    whole = "".join(blocks)
    matched, position = [], 0
    for piece in pieces:
        at = _find(piece.letters, whole, position, starts)
        matched.append(at is not None)
        if at is not None and at >= position:
            position = at + len(piece.letters)
    return matched


def _extend(pieces: Sequence[Piece], matched: Sequence[bool]) -> list[bool]:
    """Add the paragraphs and list entries that stand in the page just as the matched ones do.

    A site sets an article's paragraphs in containers of one kind. What stands in the same kind of
    container, and reads as text, is the article's, up to the next article on the page. Containers
    without a class are alike everywhere, so that they tell only between matched pieces.
    """
    found = [c for p, m in zip(pieces, matched, strict=True) if m and (c := _container(p))]
    trusted = {c for c, n in Counter(found).items() if n >= _TRUSTED}
    extended = list(matched)
    first = next((i for i, m in enumerate(matched) if m), len(matched))
    last = max((i for i, m in enumerate(matched) if m), default=-1)
    for index, piece in enumerate(pieces):
        if index > last and "h1" in piece.elements:
            break
        container = _container(piece)
        is_told = first < index < last or any(not name.endswith(".") for name in container or ())
        extended[index] = matched[index] or (is_told and container in trusted)
    for index in range(1, len(pieces) - 1):
        before, piece, after = pieces[index - 1 : index + 2]
        is_between = extended[index - 1] and extended[index + 1] and before.frame == after.frame
        if is_between and before.frame[:-1] in (piece.frame[:-1], piece.frame):
            extended[index] = True
    return extended


def _container(piece: Piece) -> tuple[str, ...] | None:
    """The elements around a paragraph or list entry, None for other pieces."""
    if piece.link_share > _MOST_LINKED or len(piece.text) < _TELLING or piece.is_heading:
        return None
    depth = len(piece.elements)
    while depth and piece.elements[depth - 1] in _INNER:
        depth -= 1
    return piece.frame[max(0, depth - _LEVELS) : depth]


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
