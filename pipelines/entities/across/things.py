"""What the corpus tells of each thing, from the descriptions that are of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from pipelines.entities.across.columns import Numbers
from pipelines.entities.across.described import currency, description
from pipelines.entities.across.gathered import Gathered
from pipelines.entities.across.identity import role_key
from pipelines.entities.across.kept import THINGS, Found, same_as_before
from pipelines.entities.across.published import entity_id
from pipelines.entities.across.rows import Description, EntityRow
from pipelines.entities.across.told import ToldEntity
from pipelines.entities.bodies import known
from pipelines.entities.mention import EntityType
from pipelines.entities.names import is_acronym

#: So many descriptions are held as objects at a time.
_AT_A_TIME = 16_384
_Word = TypeVar("_Word", bound=str)


def settled(group: Numbers, told: Numbers) -> Numbers:
    """The number of each description's thing, a person's entries kept whole, and apart.

    What was inferred to be the same as one entry stays with it; what two entries might be is
    neither.

    Args:
        group: the number of the group that the description is of.
        told: the number of the entry in which a person tells of it, or -1.
    """
    label = group.copy()
    by_a_person = np.flatnonzero(told >= 0)
    if len(by_a_person):
        least, most = (np.full(group.max() + 1, of, dtype=np.int64) for of in (told.max() + 1, -1))
        np.minimum.at(least, group[by_a_person], told[by_a_person])
        np.maximum.at(most, group[by_a_person], told[by_a_person])
        entry = np.where(told >= 0, told, np.where(least == most, least, -1)[group])
        label = np.where(entry >= 0, len(most) + entry, label)
    numbers: Numbers = np.unique(label, return_inverse=True)[1]
    return numbers


def thing_rows(
    gathered: Gathered,
    thing_of: Numbers,
    entries: Sequence[ToldEntity],
    before: Found,
    old: Numbers,
) -> pa.Table:
    """The rows of all things, those of before where nothing was told of them since.

    Args:
        gathered: the descriptions.
        thing_of: of each the number of its thing.
        entries: what a person tells.
        before: what the build before found.
        old: of each description its number then, or -1.
    """
    order = np.argsort(thing_of, kind="stable")
    row = _rows_before(gathered, thing_of, before, old)
    members = order[row[thing_of[order]] < 0]
    made = list(_made(gathered, members, thing_of[members], entries))
    new = row < 0
    row[new] = before.things.num_rows + np.arange(np.count_nonzero(new))
    return pa.concat_tables([before.things, *made]).combine_chunks().take(row)


def _rows_before(gathered: Gathered, thing_of: Numbers, before: Found, old: Numbers) -> Numbers:
    """Of each thing its number before, or -1 where it was none or not all the same."""
    was = before.descriptions
    columns = (np.append(was[name].to_numpy(), -1) for name in ("n_rows", "n_mentions", "thing"))
    n_rows, n_mentions, thing = (column[old] for column in columns)
    is_same = (n_rows == gathered.n_rows) & (n_mentions == gathered.n_mentions)
    thing[~is_same] = -1
    return same_as_before(thing_of, thing, was["thing"].to_numpy())


def _made(
    gathered: Gathered, members: Numbers, thing: Numbers, entries: Sequence[ToldEntity]
) -> Iterator[pa.Table]:
    """The rows of things from their descriptions, which lie together."""
    start = 0
    while start < len(members):
        end = int(np.searchsorted(thing, thing[min(start + _AT_A_TIME, len(thing)) - 1], "right"))
        some = members[start:end]
        columns: tuple[Any, ...] = (
            gathered.written.take(some).to_pylist(),
            gathered.n_rows[some].tolist(),
            gathered.n_mentions[some].tolist(),
        )
        described = (description(one, entries, *ns) for one, *ns in zip(*columns, strict=True))
        together = groupby(zip(thing[start:end].tolist(), described, strict=True), itemgetter(0))
        yield _table([entity([d for _, d in of]) for _, of in together])
        start = end


def _table(rows: Sequence[EntityRow]) -> pa.Table:
    columns = {of.name: [getattr(row, of.name) for row in rows] for of in fields(EntityRow)}
    columns["plain_id"] = [entity_id(row.type, row.name) for row in rows]
    return pa.table(columns, schema=THINGS)


def entity(rows: Sequence[Description]) -> EntityRow:
    """What descriptions of one thing tell of it, whatever their order."""
    told = next((r.told for r in rows if r.told is not None), None)
    names: Counter[str] = Counter()
    types: Counter[EntityType] = Counter()
    countries: Counter[str] = Counter()
    for r in rows:
        names[r.name] += r.n_mentions
        types[r.type] += r.n_rows
        if r.country:
            countries[r.country] += r.n_rows
    kind = told.type if told else _commonest(types)
    name = told.name if told else _in_full(_fullest(names), kind)
    aliases = {a for r in rows for a in (r.name, *r.aliases)} | set(told.aliases if told else ())
    roles = _roles(rows)
    found = _commonest(countries) if countries else None
    said = told.roles if told else ()
    money = currency(name, kind)
    ids = told.ids if told and told.ids else (money.id,) if money else None
    return EntityRow(
        name,
        kind,
        tuple(sorted(aliases - {name})),
        (*said, *sorted(roles.keys() - set(said), key=lambda role: (-roles[role], role))),
        told.country or found if told else found,
        ids,
        sum(r.n_mentions for r in rows),
    )


def _in_full(name: str, kind: EntityType) -> str:
    """The name; of a well-known body that the texts call by initials alone the listed name."""
    listed = known(name) if kind == "ORG" and is_acronym(name) else None
    return listed.name if listed is not None else name


def _roles(rows: Sequence[Description]) -> Counter[str]:
    """The roles with their counts, of those that say the same the commonest spelling alone."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for r in rows:
        for role in r.roles:
            spellings[role_key(role)][role] += r.n_rows
    return Counter({_commonest(s): s.total() for s in spellings.values()})


def _commonest(counted: Counter[_Word]) -> _Word:
    """Of several as common the first by alphabet; most often there is but one."""
    if len(counted) == 1:
        return next(iter(counted))
    return max(sorted(counted), key=lambda one: counted[one])


def _fullest(names: Counter[str]) -> str:
    """The name of the most words; of equally many the commonest, then the longest."""
    if len(names) == 1:
        return next(iter(names))
    return max(sorted(names), key=lambda n: (len(n.split()), names[n], len(n)))
