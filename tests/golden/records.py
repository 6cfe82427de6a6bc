"""An annotated document as a line of a gold file, every mark checked against the others."""

import re
from collections.abc import Iterator
from typing import Any

from expectations.accuracy.spans import Span, quotations
from tests.golden.markup import Annotated, MarkupError
from warehouse.tables.blocks import QUOTED_KINDS, UNREAD_KINDS

_TIMEX_TYPES = {"date": "DATE", "time": "TIME", "dur": "DURATION", "set": "SET", "maybe": "DATE"}
_QUOTE_PART = re.compile(r"(\d+)([scw]?)")
_PRONOUN = re.compile(r"(?:he|she|it|they|him|her|them|who|i|we)", re.IGNORECASE)
_OPENING_MARKS = "“‘\"'«"

Record = dict[str, Any]


def document(article: Annotated) -> Record:
    """The annotated document as a line of a gold file, every mark checked against the others.

    Raises:
        MarkupError: an annotation contradicts another, or one is missing.
    """
    published, _, basis = article.header["published"].partition(" ")
    text = article.marked.text
    _check_labels(article)
    every_quote = [_quote(article, number) for number in article.quotes]
    quotes = [quote for quote in every_quote if "optional" not in quote["cases"]]
    _check_quotations(article)
    return {
        "doc_id": article.doc_id,
        "manner": article.header["manner"],
        "text": text,
        "published": published if basis == "record" else None,
        "quotes": sorted(quotes, key=lambda quote: quote["start"]),
        "ignore": [
            *(_place(text, *span) for span in article.marked.spans.get("optional", [])),
            *(part for quote in every_quote if quote not in quotes for part in quote["parts"]),
        ],
        "pieces": list(_pieces(quotes)),
        "names": [
            {"name": name.name, "type": name.type, "aliases": list(name.aliases)}
            for name in article.names
        ],
        "not_quotes": _not_quotes(article),
        "dates": _dates(article),
        "entities": _entities(article, quotes),
        "blocks": [{"kind": k, "start": a, "end": b} for k, a, b in article.marked.blocks],
        "gold": _metadata(article, published if basis == "text" else None),
    }


def _check_labels(article: Annotated) -> None:
    known = {"not", "no", "author", "optional"}
    for label in article.marked.spans:
        key, _, value = label.partition("=")
        part = _QUOTE_PART.fullmatch(label)
        if part and part[1] not in article.quotes:
            raise MarkupError(f"{article.doc_id}: quote {part[1]} is marked and not described")
        if not (
            part
            or label in known
            or (key in {*_TIMEX_TYPES, "block", "is", "name", "not"} and value)
        ):
            raise MarkupError(f"{article.doc_id}: no such label: {label}")


def _quote(article: Annotated, number: str) -> Record:
    kind, name, cases = article.quotes[number]
    spans, text = article.marked.spans, article.marked.text
    parts = _outermost(spans.get(number, []))
    if not parts:
        raise MarkupError(f"{article.doc_id}: quote {number} is described and not marked")
    _check_kind(article, number, kind, parts)
    if name and not any(name == known.name for known in article.names):
        raise MarkupError(f"{article.doc_id}: {name} is not among the names")
    quote: Record = {
        **_place(text, parts[0][0], parts[-1][1]),
        "type": kind,
        "parts": [_place(text, *part) for part in parts],
        "verbatim": [list(part) for part in parts if _is_opened(text, part)],
        "speaker_canonical": name,
        "cases": [case.removeprefix("#") for case in cases],
    }
    for suffix, key in (("s", "speaker"), ("c", "cue"), ("w", "when")):
        if marked := spans.get(number + suffix):
            quote[key] = _place(text, *marked[0])
            if len(marked) > 1:
                quote[key]["parts"] = [_place(text, *span) for span in marked]
    return quote


def _outermost(spans: list[Span]) -> list[Span]:
    """Spans of a quote, a span that holds others cut at the marks around these."""
    parts: list[Span] = []
    for start, end in spans:
        inner = [s for s in spans if start <= s[0] and s[1] <= end and s != (start, end)]
        at = start
        for inner_start, inner_end in inner:
            if at < inner_start - 1:
                parts.append((at, inner_start - 1))
            at = inner_end + 1
        if at < end:
            parts.append((at, end))
    return sorted(parts)


def _place(text: str, start: int, end: int) -> Record:
    """A span without the blanks at its edges."""
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    said = said.strip()
    return {"start": start, "end": start + len(said), "text": said}


def _is_opened(text: str, span: Span) -> bool:
    return span[0] > 0 and text[span[0] - 1] in _OPENING_MARKS


def _check_kind(article: Annotated, number: str, kind: str, parts: list[Span]) -> None:
    opened = [_is_opened(article.marked.text, part) for part in parts]
    wanted = "direct" if all(opened) else "mixed" if any(opened) else "indirect"
    # A label is put in someone's mouth by the words around it, even where only it is a span.
    if kind != wanted and not (kind == "mixed" and wanted == "direct"):
        raise MarkupError(f"{article.doc_id}: quote {number} is {wanted} by its marks, not {kind}")


def _check_quotations(article: Annotated) -> None:
    """Whatever stands in quotation marks is a quote, in a quote, or said to be none."""
    spans = article.marked.spans
    judged = [
        span
        for label, marked in spans.items()
        if label.isdigit() or label.split("=")[0] in {"not", "no", "optional"}
        for span in marked
    ]
    for start, end in quotations(article.marked.text):
        if not any(kind in QUOTED_KINDS and a <= start < b for kind, a, b in article.marked.blocks):
            continue
        if not any(a < end and start - 1 < b for a, b in judged):
            said = article.marked.text[start:end]
            raise MarkupError(f"{article.doc_id}: neither a quote nor said to be none: {said}")


def _pieces(quotes: list[Record]) -> Iterator[Record]:
    """The quoted pieces of two words or more, with the full name of who said them."""
    for quote in quotes:
        for part in quote["parts"]:
            if [part["start"], part["end"]] in quote["verbatim"] and " " in part["text"]:
                yield {**part, "speaker": quote["speaker_canonical"]}


def _not_quotes(article: Annotated) -> list[Record]:
    text = article.marked.text
    return [
        {**_place(text, *span), "case": label.partition("=")[2] or "other"}
        for label, spans in article.marked.spans.items()
        if label.split("=")[0] == "not"
        for span in spans
    ]


def _dates(article: Annotated) -> list[Record]:
    """The time expressions; `maybe` marks those that readers may leave unmarked (“now”)."""
    dates = []
    for label, spans in article.marked.spans.items():
        key, _, value = label.partition("=")
        if key in _TIMEX_TYPES:
            for span in spans:
                date = {**_place(article.marked.text, *span), "timex_type": _TIMEX_TYPES[key]}
                date |= {} if value == "?" else {"value": value}
                dates.append(date | ({"optional": True} if key == "maybe" else {}))
    return sorted(dates, key=lambda date: date["start"])


def _entities(article: Annotated, quotes: list[Record]) -> list[Record]:
    """Every place that names one of the names, and the roles and pronouns that were marked."""
    named = list(_named(article))
    taken = [(entity["start"], entity["end"]) for entity in named]
    types = {name.name: name.type for name in article.names}
    others: dict[Span, Record] = {}

    def add(place: Record, name: str, is_name: bool = False) -> None:
        span = place["start"], place["end"]
        if not any(start < span[1] and span[0] < end for start, end in taken):
            form = "pronoun" if _PRONOUN.fullmatch(place["text"]) else "role"
            others[span] = {
                **{key: place[key] for key in ("start", "end", "text")},
                **{"label": types[name], "named": is_name, "form": "name" if is_name else form},
                **{"group": name, "canonical": name, "link": name},
            }

    for label, spans in article.marked.spans.items():
        key, _, value = label.partition("=")
        if key in {"is", "name"}:
            for span in spans:
                place = _place(article.marked.text, *span)
                add(place, value.replace("_", " "), is_name=key == "name")
    for quote in quotes:
        if quote["speaker_canonical"] and "speaker" in quote:
            speaker = quote["speaker"]
            for place in speaker.get("parts", [speaker]):
                add(place, quote["speaker_canonical"])
    return sorted([*named, *others.values()], key=lambda entity: entity["start"])


def _named(article: Annotated) -> Iterator[Record]:
    text = article.marked.text
    forms = {form: name for name in article.names for form in (*name.aliases, name.name)}
    either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    closed = [(a, b) for kind, a, b in article.marked.blocks if kind in UNREAD_KINDS]
    closed += article.marked.spans.get("no", [])
    unseen = set(forms)
    for found in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text):
        unseen.discard(found[0])
        if not any(a <= found.start() < b for a, b in closed):
            name = forms[found[0]]
            yield {
                **_place(text, *found.span()),
                **{"label": name.type, "named": True, "form": "name"},
                **{"group": name.name, "canonical": name.name, "link": name.name},
            }
    # A full name may be told by its parts only (“Sir Gerald … Pomfret” never in one piece).
    for name in article.names:
        if unseen.issuperset({name.name, *name.aliases}):
            raise MarkupError(f"{article.doc_id}: {name.name} is nowhere in the text")


def _metadata(article: Annotated, published: str | None) -> Record:
    text = article.marked.text

    def blocks(kind: str) -> list[str]:
        return [text[a:b].strip() for k, a, b in article.marked.blocks if k == kind]

    authors = [text[a:b] for a, b in article.marked.spans.get("author", [])]
    return {
        "title": next(iter(blocks("title")), None),
        "authors": list(dict.fromkeys(authors)),
        "published": published,
        "body": "\n\n".join(blocks("body")),
    }
