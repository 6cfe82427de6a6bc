"""A page's HTML becomes readable text with blocks, and what the page says of its article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.articles.article import Block, BlockKind
from pipelines.articles.bylines import read_bare_names, read_byline
from pipelines.articles.features import Look
from pipelines.articles.page_kinds import judge, look_of
from pipelines.articles.page_main import find_main, n_letters
from pipelines.articles.page_metadata import PageMetadata, read_metadata
from pipelines.articles.page_pieces import Piece, cut_pieces, squeeze
from pipelines.articles.page_tree import parse_tree, split_source, strip_tags
from pipelines.documents.record import Metadata

_CLAIM = re.compile(r"©|copyright|\(c\)|rights reserved", re.IGNORECASE)
_LONGEST_CLAIM = 200
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
#: A text of fewer letters in linked data is a summary.
_SHORTEST_TOLD = 1000


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
    is_main = find_main(tree, pieces)
    if told := _told_text(found, pieces, is_main):
        judged = told
    elif any(is_main):
        judged = list(judge(pieces, is_main, found))
    else:
        text = "\n\n".join(piece.text for piece in pieces)
        return _unjudged(text, found.metadata)
    text, blocks = _render(judged)
    metadata = replace(
        found.metadata,
        authors=found.metadata.authors or _shown_authors(judged),
        rights=found.metadata.rights or _shown_rights(pieces),
    )
    return Page(text, blocks, metadata, found.section, found.updated)


def _told_text(
    found: PageMetadata, pieces: Sequence[Piece], is_main: Sequence[bool]
) -> list[tuple[BlockKind, str]]:
    """The article as linked data holds it, where the page shows little of it.

    Some pages show only an opening, or load the rest later, and still give it all to search
    engines.
    """
    told = _TAG.sub("\n", found.body or "")
    if len(squeeze(told)) < max(_SHORTEST_TOLD, 2 * n_letters(pieces, is_main)):
        return []
    lines = (" ".join(line.split()) for line in told.split("\n"))
    body: list[tuple[BlockKind, str]] = [("body", line) for line in lines if line]
    title = found.metadata.title
    return [("title", title), *body] if title else body


def _shown_authors(judged: Iterable[tuple[BlockKind, str]]) -> tuple[str, ...]:
    """The names on the first byline that names any."""
    lines = (line for kind, text in judged if kind == "byline" for line in text.split("\n"))
    names = (read_byline(line) or read_bare_names(line) for line in lines)
    return next((found for found in names if found), ())


def _shown_rights(pieces: Sequence[Piece]) -> str | None:
    """The last short stretch of the page that claims a right in it."""
    short = (p.text for p in reversed(pieces) if len(p.text) <= _LONGEST_CLAIM)
    claims = (text for text in short if _CLAIM.search(text))
    return next((text for text in claims if look_of(text) is Look.RIGHTS), None)


def _unjudged(text: str, metadata: Metadata) -> Page:
    blocks = (Block("boilerplate", 0, len(text)),) if text else ()
    return Page(text, blocks, metadata, has_main=False)


def _render(judged: Iterable[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
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
