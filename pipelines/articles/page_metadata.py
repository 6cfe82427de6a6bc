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
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.articles.bylines import read_byline
from pipelines.articles.lexicon import entries, fold
from pipelines.articles.page_linked_data import LinkedArticle, read_linked_data
from pipelines.articles.page_pieces import Piece, squeeze
from pipelines.articles.page_title import choose_title, title_witnesses
from pipelines.articles.stamps import find_stamps, is_publication_line, parse_published
from pipelines.documents.decoding import clean
from pipelines.documents.record import Metadata

_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net)\b|\d", re.IGNORECASE)
_JOINED = re.compile(r",|;|/|\||&|\band\b|\bwith\b|^by\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_LONGEST_NAME = 60
#: What a `meta` element says beyond so many characters is no field of an article.
_LONGEST_FIELD = 1000
#: A date so many pieces above the title or below it is the article's.
_ABOVE, _BELOW = 3, 40


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
    url = _url(tree, linked, fields)
    told = [linked.publisher, *fields["publisher"], *_host_names(url)]
    sites = frozenset(squeeze(name) for name in told if name)
    found = Metadata(
        basis="page",
        url=url,
        title=choose_title(
            title_witnesses(linked, fields["title"], tree.findtext(".//title"), pieces), sites
        ),
        authors=_authors(linked, fields, sites),
        publisher=linked.publisher or _first(fields["publisher"]),
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


def _authors(
    linked: LinkedArticle, fields: Mapping[str, Sequence[str]], sites: frozenset[str]
) -> tuple[str, ...]:
    """The authors whom the first witness names that names any but the site itself."""
    people = (_people(told, sites) for told in (linked.authors, fields["author"]))
    return next((names for names in people if names), ())


def _people(told: Iterable[str], sites: frozenset[str]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for text in told:
        if squeeze(text) not in sites:
            names |= dict.fromkeys(_split_names(text))
    return tuple(name for name in names if squeeze(name) not in sites)


def _split_names(text: str) -> Iterator[str]:
    """The names in what a witness gives as one author."""
    text = " ".join(text.split())
    if _NO_NAME.search(text) or fold(text) in entries("no_authors.txt"):
        return
    if _JOINED.search(text):
        yield from read_byline(text) or read_byline(f"By {text}")
    elif len(text) <= _LONGEST_NAME:
        yield text


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
    for piece in pieces[max(0, top - _ABOVE) : top + _BELOW]:
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


def _host_names(url: str | None) -> Iterator[str]:
    """The name that a page's host goes by, with its domain and without."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return
    yield host
    yield from host.split(".")[:-1]


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
        content = clean((element.get("content") or "")[:_LONGEST_FIELD]).strip()
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
    text = (Path(__file__).with_name("data") / "page_fields.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["name"]: row["field"] for row in rows}
