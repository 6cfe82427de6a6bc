"""Source ids that are unique over all inputs, whatever the inputs call themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipelines.documents.decoding import clean
from pipelines.documents.record import Record


def numbered(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records with `~2`, `~3` … after each source_id that came before.

    Control characters in it are blanks, as in every text of a table. Holds each source_id.
    """
    counts: dict[str, int] = {}
    for record in records:
        source_id = clean(record.source_id)
        number = counts.get(source_id, 0) + 1
        unique = source_id if number == 1 else f"{source_id}~{number}"
        while unique in counts:  # an input of that very name came before
            number += 1
            unique = f"{source_id}~{number}"
        counts[source_id] = number
        counts[unique] = counts.get(unique, 1)
        detail = None if record.detail is None else clean(record.detail)
        is_same = (unique, detail) == (record.source_id, record.detail)
        yield record if is_same else replace(record, source_id=unique, detail=detail)
