"""What a page says of its article outside the running text, its witnesses reconciled.

The witnesses are linked data (JSON-LD), `meta` elements (Open Graph, Dublin Core and others), the
headings, the `title` element, and what is marked up as byline or time of publication.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml.html import HtmlElement

from pipelines.articles.bylines import read_bare_names, read_byline
from pipelines.articles.lexicon import entries, fold
from pipelines.articles.page_linked_data import LinkedArticle, read_linked_data
from pipelines.articles.page_pieces import Piece
from pipelines.articles.stamps import find_stamps, is_publication_line, parse_published
from pipelines.documents.decoding import clean
from pipelines.documents.record import Metadata

#: What divides a title from the site's name.
_DIVIDER = re.compile(r"\s+(?:[|•·*»«›‹:–—-]|::|\|\|)\s+|\s*\|\s*")
_SHORTEST_TITLE, _LONGEST_TITLE = 2, 60
#: How much each witness of the title counts; the heading is what a reader sees, and decides a tie.
_HEADING, _LINKED, _META, _ELEMENT = 1.5, 1.5, 1.0, 0.9
_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net)\b|\d{3}", re.IGNORECASE)
_JOINED = re.compile(r",|;|/|\||&|\band\b|\bwith\b|^by\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The reconciled metadata, and what no witness's record holds: summary, section, update."""

    metadata: Metadata
    summary: str | None
    section: str | None
    updated: str | None
    body: str | None


def read_metadata(
    tree: HtmlElement, linked_data: Iterable[str], pieces: Sequence[Piece]
) -> PageMetadata:
    """Gather what a page's witnesses say and reconcile it, each field by a rule of its own."""
    linked = read_linked_data(linked_data)
    fields = _meta_fields(tree)
    publisher = linked.publisher or _first(fields["publisher"])
    title = _title(tree, linked, fields, pieces, publisher)
    found = Metadata(
        basis="page",
        url=_url(tree, linked, fields),
        title=title,
        authors=_authors(linked, fields, pieces, publisher),
        publisher=publisher,
        published=_published(linked, fields, pieces),
        language=_language(tree, linked, fields),
        rights=_first(fields["rights"]),
    )
    return PageMetadata(
        metadata=found,
        summary=linked.summary or _first(fields["summary"]),
        section=linked.section or _first(fields["section"]),
        updated=linked.updated or _first(fields["updated"]),
        body=linked.body,
    )


def _title(
    tree: HtmlElement,
    linked: LinkedArticle,
    fields: Mapping[str, Sequence[str]],
    pieces: Sequence[Piece],
    publisher: str | None,
) -> str | None:
    """The title that most witnesses agree on, as the most trusted of them writes it.

    Witnesses agree where they have the same letters and digits. A heading counts only where
    another witness knows its words, since pages head menus and teasers the same way.
    """
    element = tree.findtext(".//title")
    told = [(linked.title, _LINKED), *((t, _META) for t in dict.fromkeys(fields["title"][:2]))]
    told.append((element, _ELEMENT))
    others = [(_without_site(t, publisher), weight) for t, weight in told if t and t.strip()]
    headings = [p.text for p in pieces if "h1" in p.elements and _is_title(p.text)]
    known = " ".join(fold(text) for text, _ in others)
    headings = [h for h in headings if _shares(h, known)] or headings[: not others]
    votes: dict[str, float] = defaultdict(float)
    spelling: dict[str, str] = {}
    for text, weight in [*((h, _HEADING) for h in headings[:1]), *others]:
        key = fold(text)
        if key:
            votes[key] += weight
            spelling.setdefault(key, " ".join(text.split()))
    return spelling[max(votes, key=lambda key: votes[key])] if votes else None


def _is_title(text: str) -> bool:
    return _SHORTEST_TITLE <= len(text.split()) <= _LONGEST_TITLE


def _shares(heading: str, known: str) -> bool:
    """Whether at least half of a heading's words are in what other witnesses say."""
    words = set(known.split())
    mine = fold(heading).split()
    return 2 * sum(word in words for word in mine) >= len(mine)


def _without_site(title: str, publisher: str | None) -> str:
    """A title without the site's name before or behind it."""
    title = " ".join(clean(title).split())
    pieces = _DIVIDER.split(title)
    if len(pieces) < 2:
        return title
    longest = max(pieces, key=len)
    return longest if len(longest.split()) >= _SHORTEST_TITLE else title


def _authors(
    linked: LinkedArticle,
    fields: Mapping[str, Sequence[str]],
    pieces: Sequence[Piece],
    publisher: str | None,
) -> tuple[str, ...]:
    """The authors whom the first witness that names any names."""
    for told in (linked.authors, fields["author"]):
        if names := _people(told, publisher):
            return names
    return _shown_authors(pieces)


def _people(told: Iterable[str], publisher: str | None) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for text in told:
        names |= dict.fromkeys(_split_names(text))
    site = fold(publisher or "")
    return tuple(name for name in names if fold(name) != site)


def _split_names(text: str) -> Iterator[str]:
    """The names in what a witness gives as one author."""
    text = " ".join(text.split())
    if _NO_NAME.search(text) or fold(text) in entries("no_authors.txt"):
        return
    if _JOINED.search(text):
        yield from read_byline(text) or read_byline(f"By {text}")
    elif len(text) <= _LONGEST_NAME:
        yield text


def _shown_authors(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The names on the first stretch that is marked up as a byline or says that it is one."""
    for piece in pieces:
        if "byline" in piece.hints or read_byline(piece.text):
            line = piece.text.split("\n")[0]
            if names := read_byline(line) or read_bare_names(line):
                return names
    return ()


def _published(
    linked: LinkedArticle, fields: Mapping[str, Sequence[str]], pieces: Sequence[Piece]
) -> str | None:
    """The first readable date of the most trusted witness."""
    told = [linked.published, *fields["published"]]
    return next((t for t in told if t and _is_date(t)), None) or _shown_date(pieces)


def _is_date(value: str) -> bool:
    parsed = parse_published(value, "page")
    return parsed is not None and parsed.day is not None


def _shown_date(pieces: Sequence[Piece]) -> str | None:
    """The date that the page shows beside its title: a publication line, or a `time` element."""
    top = next((i for i, p in enumerate(pieces) if "h1" in p.elements), 0)
    for piece in pieces[top : top + 40]:
        if piece.when and _is_date(piece.when):
            return piece.when
        if is_publication_line(piece.text):
            stamp = next((s for s in find_stamps(piece.text) if s.role != "updated"), None)
            if stamp and stamp.published.day:
                return stamp.published.edtf
    return None


def _url(
    tree: HtmlElement, linked: LinkedArticle, fields: Mapping[str, Sequence[str]]
) -> str | None:
    links = tree.xpath('//link[@rel="canonical"]/@href')
    told = [*(str(link) for link in links), *fields["url"], linked.url]
    return next((t.strip() for t in told if t and t.strip().startswith("http")), None)


def _language(
    tree: HtmlElement, linked: LinkedArticle, fields: Mapping[str, Sequence[str]]
) -> str | None:
    told = [tree.get("lang"), linked.language, *fields["language"]]
    codes = (_LANGUAGE.fullmatch(t.strip()) for t in told if t)
    return next((code[1].casefold() for code in codes if code), None)


def _meta_fields(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the `meta` elements by field, the most trusted name first."""
    told: dict[str, list[str]] = defaultdict(list)
    for element in tree.iter("meta"):
        content = clean(element.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").casefold()
            if content and name in _fields():
                told[name].append(content)
    fields: dict[str, list[str]] = defaultdict(list)
    for name, field in _fields().items():
        fields[field] += told.get(name, [])
    return fields


def _first(values: Sequence[str]) -> str | None:
    return values[0] if values else None


@cache
def _fields() -> dict[str, str]:
    text = Path(__file__).with_name("page_fields.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["name"]: row["field"] for row in rows}
