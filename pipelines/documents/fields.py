"""The named fields of a record: which holds the text, and what the others say of it."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from pipelines.articles.bylines import read_bare_names, read_byline
from pipelines.articles.stamps import parse_published
from pipelines.documents.decoding import clean
from pipelines.documents.record import Metadata, Record, RefusedError
from pipelines.documents.texts import with_page, with_text
from warehouse.tables.inputs import CORPORA, MAX_ID_CHARS, RECORD_COLUMNS

#: The meanings of a record's columns → their names in this record, the preferred first.
Meanings = Mapping[str, tuple[str, ...]]
_LIST_SEPARATOR = re.compile(r"\s*[;|]\s*")
#: A longer list of authors is none.
_MAX_LIST_CHARS = 10_000


def meanings(columns: Collection[str]) -> Meanings:
    """What the columns mean, by the contract's table of known names; the unknown are left out."""
    names = {name.strip().lower(): name for name in reversed(list(columns))}
    lowered = frozenset(names)
    special = {
        c: m for corpus in CORPORA if corpus.made(lowered) for c, m in corpus.columns.items()
    }
    found = {}
    for meaning, known in RECORD_COLUMNS.items():
        usual = [c for c in known if c in names and c not in special]
        found[meaning] = tuple(names[c] for c in (*usual, *_of(special, meaning)))
    return found


def _of(special: Mapping[str, str], meaning: str) -> Iterable[str]:
    return (column for column, its_meaning in special.items() if its_meaning == meaning)


def record_id(value: object) -> str | None:
    """A record's own id, None where it has none that can be used."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) if 0 < len(str(value)) <= MAX_ID_CHARS else None


def with_fields(record: Record, fields: Mapping[str, object], where: str) -> Record:
    """The record with the text or page and the metadata that its fields hold.

    Fields of types that cannot be used are left out; `detail` says so of the publication date.

    Args:
        record: all that is known without its fields.
        fields: the values by the names of their columns.
        where: how to name the place to a person (“Line 3”).

    Raises:
        RefusedError: the record has no text.
    """
    of = meanings(fields.keys())
    said, detail = _metadata(fields, of, where)
    record = replace(
        record,
        known=(said,),
        detail=detail,
        retrieved_at=next(filter(None, map(_moment, _values(fields, of["retrieved_at"]))), None),
    )
    for meaning, put in (("text", with_text), ("html", with_page)):
        if value := next(_strings(fields, of[meaning]), None):
            return put(record, value)
    raise RefusedError(
        "missing_text", f"{where} has no “text”; put the article's text in that field."
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What the fields of one meaning say."""

    fields: Mapping[str, object]
    of: Meanings

    def first(self, meaning: str) -> str | None:
        value = next(_strings(self.fields, self.of[meaning]), None)
        return None if value is None else clean(value).strip()


def _metadata(
    fields: Mapping[str, object], of: Meanings, where: str
) -> tuple[Metadata, str | None]:
    first = _Said(fields, of).first
    told = [clean(value).strip() for value in _strings(fields, of["published"])]
    published = next((value for value in told if parse_published(value)), None)
    detail = None
    if published is None and told:
        published = told[0]
        detail = f"{where}: “published” is no date and was left out: “{published[:100]}”."
    authors = next(filter(None, map(_names, _values(fields, of["authors"]))), ())
    publishers = (clean(_name(value)).strip() for value in _values(fields, of["publisher"]))
    return Metadata(
        basis="record",
        url=first("url"),
        title=first("title"),
        authors=authors,
        publisher=next(filter(None, publishers), None),
        published=published,
        language=first("language"),
        rights=first("rights"),
    ), detail


def _values(fields: Mapping[str, object], names: Iterable[str]) -> Iterator[object]:
    return (fields[name] for name in names)


def _strings(fields: Mapping[str, object], names: Iterable[str]) -> Iterator[str]:
    """What stands in these fields, blank ones left out, dates as ISO writes them."""
    for value in _values(fields, names):
        if isinstance(value, date):
            yield value.isoformat()
        elif isinstance(value, str) and value.strip():
            yield value


def _names(value: object) -> tuple[str, ...]:
    """The authors in a list, in a printed list of Python or JSON, or in a text with `;` or `|`.

    One text may be a byline (“By A and B”), and an author an object with a `name`, as schema.org
    has it.
    """
    if isinstance(value, str):
        value = _printed_list(value) or _LIST_SEPARATOR.split(value)
    given = [_name(one) for one in (value if isinstance(value, list) else [value])]
    names = (name for one in given for name in _on_byline(clean(one).strip()))
    return tuple(dict.fromkeys(names))


def _name(value: object) -> str:
    """What names somebody or something, itself or in its field `name`; else nothing."""
    value = value.get("name") if isinstance(value, Mapping) else value
    return value if isinstance(value, str) else ""


def _on_byline(line: str) -> tuple[str, ...]:
    """The names on a byline; the line itself where it is none."""
    return read_byline(line) or read_bare_names(line) or ((line,) if line else ())


def _printed_list(value: str) -> object:
    if not value.startswith("[") or len(value) > _MAX_LIST_CHARS:
        return None
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _moment(value: object) -> datetime | None:
    """A moment in UTC; one without an offset is taken to be in UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    try:
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    except OverflowError:
        return None


def no_text_column(columns: Iterable[str]) -> RefusedError:
    """The refusal of a table none of whose columns is known to hold the text."""
    names = ", ".join(columns)
    return RefusedError(
        "no_text_column",
        f"No column is known to hold the text; rename the one that does to “text”. The columns "
        f"are {clean(names)[:_MAX_LIST_CHARS] or 'none'}.",
    )
