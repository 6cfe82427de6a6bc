"""A page's HTML becomes readable text with blocks, and what the page says of its article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.articles.article import Block, BlockKind
from pipelines.articles.bylines import read_bare_names, read_byline
from pipelines.articles.credits import is_about_author, is_credit_note
from pipelines.articles.datelines import is_dateline
from pipelines.articles.lexicon import fold
from pipelines.articles.page_main import main_text, match_pieces, squeeze
from pipelines.articles.page_metadata import PageMetadata, read_metadata
from pipelines.articles.page_pieces import Piece, cut_pieces
from pipelines.articles.page_tree import parse_tree, split_source, strip_tags
from pipelines.articles.stamps import is_publication_line
from pipelines.documents.record import Metadata


@dataclass(frozen=True, slots=True)
class Page:
    """A page as our reader renders it.

    `text` holds the article from its title to its last note, blocks divided by an empty line; the
    `blocks` are contiguous over it, each owning the white space behind it. `has_main` is False
    where no running text was found, or the page could not be parsed: then all of the page's text
    is kept, its blocks are not judged (`boilerplate`), and it should be read as a plain text.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    section: str | None = None
    updated: str | None = None
    has_main: bool = True


def read_page(html: str) -> Page:
    """Read a page: find its article, render it as text, and gather its metadata.

    Args:
        html: the decoded page. Whatever it holds, the reader returns within time and memory
            bounded by its length; what cannot be parsed is stripped of its tags.
    """
    source = split_source(html)
    tree = parse_tree(source)
    if tree is None:
        return _unjudged(strip_tags(source), Metadata("page"))
    pieces = list(cut_pieces(tree))
    found = read_metadata(tree, source.linked_data, pieces)
    is_main = match_pieces(pieces, main_text(tree))
    if not any(is_main):
        text = "\n\n".join(piece.text for piece in pieces)
        return _unjudged(text, found.metadata)
    text, blocks = _render(_judge(pieces, is_main, found))
    return Page(text, blocks, found.metadata, found.section, found.updated)


def _unjudged(text: str, metadata: Metadata) -> Page:
    blocks = (Block("boilerplate", 0, len(text)),) if text else ()
    return Page(text, blocks, metadata, has_main=False)


def _judge(
    pieces: Sequence[Piece], is_main: Sequence[bool], found: PageMetadata
) -> Iterator[tuple[BlockKind, str]]:
    """The kind and text of every piece that belongs to the article, its title first."""
    first, last = is_main.index(True), len(is_main) - 1 - is_main[::-1].index(True)
    title = found.metadata.title
    top = _find_title(pieces, first, title)
    if top is None and title:
        yield "title", title
    for index in range(first if top is None else top, last + 1):
        if index == top:
            yield "title", pieces[index].text
        else:
            kind = _kind(pieces[index], is_main[index], index < first, found)
            if kind:
                yield kind, pieces[index].text


def _find_title(pieces: Sequence[Piece], first: int, title: str | None) -> int | None:
    """The last piece above the running text, or its first one, that is the title."""
    wanted = squeeze(title or "")
    same = [i for i, p in enumerate(pieces[: first + 1]) if squeeze(p.text) == wanted]
    if same:
        return same[-1]
    headings = [i for i, p in enumerate(pieces[: first + 1]) if "h1" in p.elements]
    return headings[-1] if headings else None


def _kind(piece: Piece, is_main: bool, is_above: bool, found: PageMetadata) -> BlockKind | None:
    if is_main:
        if piece.is_heading:
            return "heading"
        return "body"
    if "caption" in piece.hints:
        return "caption"
    return None


def _render(judged: Iterator[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """The pieces as one text, blocks divided by an empty line."""
    parts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for kind, text in judged:
        parts.append(f"{text}\n\n")
        blocks.append(Block(kind, position, position + len(text) + 2))
        position += len(text) + 2
    whole = "".join(parts).removesuffix("\n\n")
    if blocks:
        blocks[-1] = Block(blocks[-1].kind, blocks[-1].start, len(whole))
    return whole, tuple(blocks)
