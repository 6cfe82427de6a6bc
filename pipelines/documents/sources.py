"""`sources.toml`: what a person knows about the sources, and which source each line is about."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import get_args

from pipelines.articles.stamps import parse_published
from pipelines.documents.record import Metadata, Record
from warehouse.tables.articles import RightsCode

_STRINGS = ("url", "publisher", "published", "title", "language", "rights_statement")
_CONTAINER_END = re.compile("[!#]")
_KEYS = frozenset({"match", "authors", "rights", *_STRINGS})


class SourcesError(ValueError):
    """`sources.toml` cannot be used as it stands."""


@dataclass(frozen=True, slots=True)
class Source:
    """One `[[source]]`: a glob over source_ids, and what a person says of what it matches."""

    match: str
    said: Metadata

    def matches(self, source_id: str) -> bool:
        """Whether the glob covers this input, or the file or member that it lies in."""
        ends = (m.start() for m in _CONTAINER_END.finditer(source_id))
        wholes = (source_id, *(source_id[:end] for end in ends))
        return any(fnmatchcase(whole, self.match) for whole in wholes)


def read_sources(toml: str) -> list[Source]:
    """Read the text of `sources.toml`.

    Raises:
        SourcesError: it is no TOML, a key is unknown or missing, or a value has a wrong type.
    """
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(f"sources.toml is not TOML: {error}.") from error
    if unknown := set(tables) - {"source"}:
        raise SourcesError(
            f"sources.toml: unknown key “{min(unknown)}”; only [[source]] tables go there."
        )
    entries = tables.get("source", [])
    if not isinstance(entries, list):
        raise SourcesError("sources.toml: write [[source]], with two brackets.")
    return [_source(entry, number) for number, entry in enumerate(entries, start=1)]


def check_matches(sources: Iterable[Source], source_ids: Sequence[str]) -> None:
    """Check that every source matches an input.

    Raises:
        SourcesError: a `match` matches none of `source_ids`.
    """
    for source in sources:
        if not any(source.matches(s) for s in source_ids):
            raise SourcesError(
                f"sources.toml: match = “{source.match}” matches nothing in the seeds folder; "
                "correct or remove that entry."
            )


def with_person(record: Record, sources: Sequence[Source]) -> Record:
    """Put what a person says before what the record says; of several sources the last wins."""
    said = [source.said for source in sources if source.matches(record.source_id)]
    return replace(record, known=(*reversed(said), *record.known)) if said else record


def _source(entry: object, number: int) -> Source:
    where = f"sources.toml, [[source]] number {number}"
    if not isinstance(entry, dict):
        raise SourcesError(f"{where} is no table.")
    if unknown := set(entry) - _KEYS:
        raise SourcesError(
            f"{where}: unknown key “{min(unknown)}”; the keys are {', '.join(sorted(_KEYS))}."
        )
    match = entry.get("match")
    if not isinstance(match, str) or not match:
        raise SourcesError(f"{where}: “match” is missing; give a pattern such as texts/000_*.")
    for key in _STRINGS:
        # A TOML date needs no quotes: `published = 2020-01-07`.
        if key == "published" and hasattr(entry.get(key), "isoformat"):
            entry[key] = entry[key].isoformat()
        if not isinstance(entry.get(key, ""), str):
            raise SourcesError(f"{where}: “{key}” must be a string.")
    published = entry.get("published")
    if published and parse_published(published) is None:
        raise SourcesError(
            f"{where}: “published” is no date: “{published}”; write 2020-01-07, a time stamp, or "
            'EDTF such as "XXXX-06-02".'
        )
    authors = entry.get("authors", [])
    if not isinstance(authors, list) or not all(isinstance(a, str) for a in authors):
        raise SourcesError(f"{where}: “authors” must be a list of strings.")
    code = entry.get("rights")
    if code is not None and code not in get_args(RightsCode):
        raise SourcesError(
            f"{where}: “rights” is “{code}”, which is no code; write “full”, “excerpt” or “none”, "
            "and what is known of the rights, in words, as “rights_statement”."
        )
    strings = {key: entry.get(key) or None for key in _STRINGS}
    strings["rights"] = strings.pop("rights_statement")
    said = Metadata(basis="person", authors=tuple(authors), **strings, rights_code=code)
    return Source(match, said)
