"""What a page says of its article in linked data (JSON-LD, schema.org)."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from pipelines.articles.lexicon import entries
from pipelines.documents.decoding import clean

_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?:(?://\s*)?\]\]>|-->)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
#: Linked data is walked this deep and no further.
_DEEPEST, _MOST_NODES = 12, 5000
_PEOPLE = ("author", "creator")

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """The article's fields as linked data gives them, nothing judged yet.

    `name` is a second title, given beside the headline.
    """

    title: str | None = None
    name: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    updated: str | None = None
    summary: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None


def read_linked_data(scripts: Iterable[str]) -> LinkedArticle:
    """The first article that a page's linked data describes with a headline or an author."""
    nodes = [node for script in scripts for node in _nodes(_load(script))]
    by_id = {node["@id"]: node for node in reversed(nodes) if len(node) > 1 and _has_id(node)}
    articles = [node for node in nodes if _is_article(node)]
    told = [node for node in articles if node.get("headline") or node.get("author")]
    return _read(told[0], by_id) if told else LinkedArticle()


def _read(node: Node, by_id: Mapping[str, Node]) -> LinkedArticle:
    people = next((node[key] for key in _PEOPLE if node.get(key)), ())
    return LinkedArticle(
        title=_text(node.get("headline")) or _text(node.get("name")),
        name=_text(node.get("name")) if node.get("headline") else None,
        authors=tuple(_names(people, by_id)),
        publisher=next(_names(node.get("publisher"), by_id), None),
        published=_text(node.get("datePublished")),
        updated=_text(node.get("dateModified")),
        summary=_text(node.get("description")),
        section=_text(node.get("articleSection")),
        language=_text(node.get("inLanguage")),
        url=_text(node.get("url")) or _identity(node.get("mainEntityOfPage")),
        body=_long_text(node.get("articleBody")),
    )


def _load(script: str) -> object:
    """The value that a script holds, None where it is no JSON, small mistakes forgiven."""
    script = _WRAPPING.sub("", script).strip().removesuffix(";")
    for attempt in (script, _TRAILING_COMMA.sub(r"\1", script)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object) -> Iterator[Node]:
    """Every object with a type, from the outside in, in the order of the page."""
    level: list[object] = [value]
    n_seen = 0
    for _ in range(_DEEPEST):
        below: list[object] = []
        for item in level:
            n_seen += 1
            if n_seen > _MOST_NODES:
                return
            if isinstance(item, dict):
                if "@type" in item:
                    yield item
                below += [v for v in item.values() if isinstance(v, dict | list)]
            elif isinstance(item, list):
                below += [v for v in item if isinstance(v, dict | list)]
        level = below


def _is_article(node: Node) -> bool:
    types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    small = [t.casefold() for t in types if isinstance(t, str)]
    names = entries("page_types.txt")
    return any(t in names or t.endswith(("article", "posting")) for t in small)


def _has_id(node: Node) -> bool:
    return isinstance(node.get("@id"), str)


def _names(value: object, by_id: Mapping[str, Node]) -> Iterator[str]:
    """The names of people or bodies, given as text, as objects, or as references to objects."""
    for item in value if isinstance(value, Sequence) and not isinstance(value, str) else [value]:
        if isinstance(item, dict):
            named = item if item.get("name") else by_id.get(str(item.get("@id")), item)
            names = named.get("name")
            full = " ".join(str(named[k]) for k in ("givenName", "familyName") if named.get(k))
            for name in names if isinstance(names, list) else [names or full]:
                if text := _text(name):
                    yield text
        elif text := _text(item):
            yield text


def _identity(value: object) -> str | None:
    return _text(value.get("@id")) if isinstance(value, dict) else _text(value)


def _text(value: object) -> str | None:
    """A text value on one line; of a list the first."""
    told = _long_text(value)
    return " ".join(told.split()) if told else None


def _long_text(value: object) -> str | None:
    """A text value, character references resolved."""
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str)), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if not isinstance(value, str):
        return None
    return clean(unescape(unescape(value))).strip() or None
