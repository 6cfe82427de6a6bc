"""Gold files: JSON Lines, a document a line, read with every mistake named by file and line.

    {"doc_id": "wire/7", "text": "“Rain,” he said.", "published": "2021-03-04",
     "quotes": [{"start": 1, "end": 6, "type": "direct", "speaker": {"start": 8, "end": 10}}]}

A document has any of `quotes`, `pieces` (with `names`), `dates`, `entities` (`start`, `end`,
`label`; `group` where mentions of one thing were put together, `link` where across documents,
`named` false of a mention without a name) and `gold` (title, authors, published, body); a layer
that is absent is not scored. Fields not named here are left
unread.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from expectations.accuracy.gold import (
    Gold,
    GoldBlock,
    GoldDate,
    GoldEntity,
    GoldMetadata,
    GoldName,
    GoldNoQuote,
    GoldPiece,
    GoldQuote,
)
from expectations.accuracy.labels import LABELS
from expectations.accuracy.spans import Span
from warehouse.tables.blocks import BlockKind
from warehouse.tables.quotes import QuoteKind

T = TypeVar("T")

#: Name mentions, in the terms of the ACE guidelines; the others are nominals and pronouns.
_NAME_MENTIONS = frozenset({"NAM", "PRE.NAM"})
_BETWEEN_AUTHORS = re.compile(r"[;,]| and ")


class GoldError(ValueError):
    """A gold file that cannot be used; the message names file, line and remedy."""


def read_gold(path: Path) -> list[Gold]:
    """Read a gold file.

    Raises:
        GoldError: the file holds no document, or a line is not a document of this format.
        OSError: the file cannot be read.
    """
    documents: dict[str, Gold] = {}
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        document = _document(_parse(line, where), where)
        if document.doc_id in documents:
            raise GoldError(
                f"{where}: doc_id {document.doc_id!r} again; give each document its own"
            )
        documents[document.doc_id] = document
    if not documents:
        raise GoldError(f"{path}: holds no document; give one JSON object a line")
    return list(documents.values())


def _parse(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(
            f"{where}: not JSON ({error.msg}, column {error.colno}); give one JSON object a line"
        ) from error
    if not isinstance(value, dict):
        raise GoldError(f"{where}: not a JSON object; give one JSON object a line")
    return value


@dataclass(frozen=True, slots=True)
class _Fields:
    """A JSON object of a gold file and where it stands, to name in errors."""

    values: dict[str, Any]
    where: str
    text_length: int

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is not None and not isinstance(value, str):
            raise self.error(key, "a string")
        return value

    def required(self, key: str) -> str:
        value = self.text(key)
        if not value:
            raise self.error(key, "a string that is not empty")
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, "true or false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, "a list of strings")
        return tuple(value)

    def record(self, key: str) -> "_Fields | None":
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.error(key, "an object")
        return _Fields(value, f"{self.where}, {key}", self.text_length)

    def records(self, key: str) -> "list[_Fields]":
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, "a list of objects")
        return [
            _Fields(item, f"{self.where}, {key}[{i}]", self.text_length)
            for i, item in enumerate(value)
        ]

    def layer(self, key: str, read: "Callable[[_Fields], T]") -> tuple[T, ...] | None:
        """Every record of a layer of annotation; None where the document has no such layer."""
        if key not in self.values:
            return None
        return tuple(read(fields) for fields in self.records(key))

    def span(self) -> Span:
        return self.offsets([self.values.get("start"), self.values.get("end")], "start and end")

    def spans(self) -> tuple[Span, ...]:
        """The parts of what is split, else its one span."""
        return tuple(part.span() for part in self.records("parts")) or (self.span(),)

    def offsets(self, value: Any, key: str) -> Span:  # noqa: ANN401 - whatever JSON held
        match value:
            case [int(start), int(end)] if 0 <= start < end <= self.text_length:
                return start, end
        raise self.error(key, f"code points into the text, 0 <= start < end <= {self.text_length}")

    def error(self, key: str, wanted: str) -> GoldError:
        return GoldError(f"{self.where}: give {key} as {wanted}")


def _document(values: dict[str, Any], where: str) -> Gold:
    text = values.get("text")
    fields = _Fields(values, where, len(text) if isinstance(text, str) else 0)
    source = fields.text("source") or ""
    return Gold(
        doc_id=fields.required("doc_id"),
        text=fields.required("text"),
        published=(fields.text("published") or "")[:10] or None,
        quotes=fields.layer("quotes", _quote),
        ignored=tuple(ignored.span() for ignored in fields.records("ignore")),
        pieces=fields.layer("pieces", _piece),
        names=fields.layer("names", _name) or (),
        dates=fields.layer("dates", _date),
        has_calendar_dates_only=source.lower().startswith("gum"),
        entities=_entities(fields),
        metadata=_metadata(fields),
        blocks=fields.layer("blocks", _block),
        not_quotes=_no_quotes(fields),
        manner=fields.text("manner"),
    )


def _quote(fields: _Fields) -> GoldQuote:
    kind: QuoteKind
    match fields.text("type"):
        case "direct" | "mixed" | "indirect" as kind:
            pass
        case _:
            raise fields.error("type", f"one of {', '.join(get_args(QuoteKind))}")
    speaker = fields.record("speaker") or _Fields({}, fields.where, fields.text_length)
    is_marked = speaker.values.get("start") is not None
    return GoldQuote(
        kind=kind,
        spans=fields.spans(),
        mention=speaker.spans() if is_marked else (),
        speaker_name=fields.text("speaker_canonical") or speaker.text("canonical"),
        is_reporting=fields.flag("reporting", default=True),
        is_nested=fields.flag("nested", default=False),
        is_statement=fields.text("span_kind") == "statement",
        cue=_part(fields, "cue"),
        when=_part(fields, "when"),
        cases=fields.texts("cases"),
    )


def _part(fields: _Fields, key: str) -> tuple[Span, ...]:
    """Where a part of a quote stands, none where it was not marked."""
    part = fields.record(key)
    return part.spans() if part and part.values.get("start") is not None else ()


def _no_quotes(fields: _Fields) -> tuple[GoldNoQuote, ...]:
    """Bare pairs of offsets, which say nothing of the case, are left unread."""
    items = fields.values.get("not_quotes") or []
    if not all(isinstance(item, dict) for item in items):
        return ()
    records = fields.records("not_quotes")
    return tuple(GoldNoQuote(item.span(), item.required("case")) for item in records)


def _block(fields: _Fields) -> GoldBlock:
    kind = fields.text("kind")
    for known in get_args(BlockKind):
        if kind == known:
            return GoldBlock(known, fields.span())
    raise fields.error("kind", f"one of {', '.join(get_args(BlockKind))}")


def _piece(fields: _Fields) -> GoldPiece:
    mention = fields.values.get("mention")
    return GoldPiece(
        span=fields.span(),
        speaker=fields.text("speaker"),
        mention=() if mention is None else (fields.offsets(mention, "mention"),),
    )


def _name(fields: _Fields) -> GoldName:
    return GoldName(fields.required("name"), fields.required("type"), fields.texts("aliases"))


def _date(fields: _Fields) -> GoldDate:
    return GoldDate(
        fields.span(), fields.text("value"), is_optional=fields.flag("optional", default=False)
    )


def _entities(fields: _Fields) -> tuple[GoldEntity, ...] | None:
    """The mentions of a person, body or place; others are not scored.

    A group is told by `group`, else by what the mention links to or is called in full.
    """
    if "entities" not in fields.values:
        return None
    found = []
    for entity in fields.records("entities"):
        label = LABELS.get((entity.text("label") or "").upper())
        is_name = (
            entity.flag("named", default=True)
            and entity.values.get("mention", "NAM") in _NAME_MENTIONS
        )
        if label:
            link = entity.text("link")
            group = entity.text("group") or link or entity.text("canonical")
            found.append(GoldEntity(entity.span(), label, group, link, is_name))
    return tuple(found)


def _metadata(fields: _Fields) -> GoldMetadata | None:
    known = fields.record("gold")
    if known is None or not known.values:
        return None
    author = known.text("author")
    credits = known.texts("authors") or ((author,) if author else ())
    authors = [name.strip() for credit in credits for name in _BETWEEN_AUTHORS.split(credit)]
    return GoldMetadata(
        title=known.text("title"),
        authors=tuple(name for name in authors if name),
        published=(known.text("published") or known.text("date") or "")[:10] or None,
        body=known.text("body"),
        body_includes=known.texts("body_includes"),
        body_excludes=known.texts("body_excludes"),
    )
