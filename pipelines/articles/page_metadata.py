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
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.articles.bylines import read_byline
from pipelines.articles.lexicon import entries, fold
from pipelines.articles.page_linked_data import LinkedArticle, read_linked_data
from pipelines.articles.page_pieces import Piece, squeeze
from pipelines.articles.stamps import find_stamps, is_publication_line, parse_published
from pipelines.documents.decoding import clean
from pipelines.documents.record import Metadata

#: What divides a title from the site's name.
_DIVIDER = re.compile(r"\s+(?:[|•·*»«›‹:–—-]|::|\|\|)\s+|\s*\|\s*")
_LONGEST_TITLE, _MOST_PARTS = 60, 8
#: How much each witness of the title counts; the heading is what a reader sees, and decides a tie.
_HEADING, _LINKED, _META, _ELEMENT = 1.6, 1.4, 1.0, 0.9
_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net)\b|\d", re.IGNORECASE)
_JOINED = re.compile(r",|;|/|\||&|\band\b|\bwith\b|^by\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_LONGEST_NAME = 60
#: What a `meta` element or a title says beyond so many characters is no field of an article.
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
        title=_title(tree, linked, fields, pieces, sites),
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


def _title(
    tree: HtmlElement,
    linked: LinkedArticle,
    fields: Mapping[str, Sequence[str]],
    pieces: Sequence[Piece],
    sites: frozenset[str],
) -> str | None:
    """The title that most witnesses agree on, as the most trusted of them writes it.

    Witnesses agree where they have the same letters and digits. A heading counts only where
    another witness knows some of its words, since pages head menus and teasers the same way.
    """
    told = [(linked.title, _LINKED), *((t, _META) for t in dict.fromkeys(fields["title"][:2]))]
    told.append((tree.findtext(".//title"), _ELEMENT))
    shown = [p.text for p in pieces if "h1" in p.elements and _is_title(p.text)]
    heads = (p.text for p in pieces if p.is_heading and _is_title(p.text))
    whole = frozenset(squeeze(t) for t in (linked.title, *fields["title"], *heads) if t)
    others = [(_without_site(t, sites, whole), weight) for t, weight in told if t and t.strip()]
    known = " ".join(fold(text) for text, _ in others)
    headings = [h for h in shown if squeeze(h) not in sites and (not others or _shares(h, known))]
    heading = max(headings, key=lambda h: _n_shared(h, known), default="")
    votes: dict[str, float] = defaultdict(float)
    spelling: dict[str, str] = {}
    for text, weight in [(_without_kicker(heading, others), _HEADING), *others]:
        votes[squeeze(text)] += weight
        spelling.setdefault(squeeze(text), " ".join(text.split()))
    votes.pop("", None)
    return spelling[max(votes, key=lambda key: votes[key])] if votes else None


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_FIELD and len(text.split()) <= _LONGEST_TITLE


def _shares(heading: str, known: str) -> bool:
    """Whether a good part of a heading's words is in what other witnesses say."""
    return 3 * _n_shared(heading, known) >= len(heading.split())


def _n_shared(heading: str, known: str) -> int:
    words = set(known.split())
    return sum(word in words for word in fold(heading).split())


def _without_kicker(heading: str, others: Sequence[tuple[str, float]]) -> str:
    """A heading without the label before the title that another witness gives."""
    letters = squeeze(heading)
    ends = (text for text, _ in others if 2 * len(squeeze(text)) > len(letters))
    return next((text for text in ends if letters.endswith(squeeze(text))), heading)


def _without_site(title: str, sites: frozenset[str], whole: frozenset[str]) -> str:
    """A title without the site's name or section before or behind it.

    A part is cut off where it is the site's name, where the rest is a title that another witness
    gives whole, or where a bar divides it.
    """
    title = " ".join(clean(title[:_LONGEST_FIELD]).split())
    parts = _DIVIDER.split(title, maxsplit=_MOST_PARTS)
    spans = combinations(range(len(parts) + 1), 2)
    rests = (_join(title, parts[i:j]) for i, j in spans if j - i < len(parts))
    if told := max((rest for rest in rests if squeeze(rest) in whole), key=len, default=""):
        return told
    while len(parts) > 1 and (squeeze(parts[-1]) in sites or "|" in _divider(title, parts[-1])):
        parts = parts[:-1]
        title = _join(title, parts)
    if len(parts) > 1 and squeeze(parts[0]) in sites:
        title = _join(title, parts[1:])
    return title


def _join(title: str, parts: Sequence[str]) -> str:
    """The stretch of a title that its first or last parts make up."""
    start = title.find(parts[0]) if title.startswith(parts[0]) else title.rfind(parts[0])
    end = title.find(parts[-1], start) + len(parts[-1])
    return title[start:end]


def _divider(title: str, last: str) -> str:
    """What divides the last part of a title from the rest."""
    return title[: len(title) - len(last)].rstrip()[-2:]


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
