"""One entity for one thing across the corpus, from the things that each article names.

Precision first: two things of one name stay two where roles or countries speak against one, and a
bare family name joins a full one only where the corpus holds a single bearer.

Time grows with the number of descriptions, and within one family name with the square of the
differing full names and roles. Of what is as it was in the build before, its findings are taken.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.entities.across.blocks import grouped
from pipelines.entities.across.columns import Numbers, in_one, listed
from pipelines.entities.across.columns import places as places_among
from pipelines.entities.across.described import description, place
from pipelines.entities.across.gathered import Gathered
from pipelines.entities.across.kept import APART, DESCRIPTIONS, Found
from pipelines.entities.across.published import stable_ids
from pipelines.entities.across.rows import PublishedEntity, Things
from pipelines.entities.across.things import settled, thing_rows
from pipelines.entities.across.told import ToldEntity

#: So many descriptions are held as objects at a time.
_AT_A_TIME = 16_384


@dataclass(frozen=True, slots=True)
class LinkedEntities:
    """The entities, and of each description the number of the entity it is.

    Attributes:
        entities: the columns of `ENTITIES` but for those that say what made the row; by id.
        entity_of: of each description the row of its entity.
        merged: of published ids that turned out to be one with another which id lives on.
        found: what the next build may take from this one.
    """

    entities: pa.Table
    entity_of: Numbers
    merged: Mapping[str, str]
    found: Found


def link_entities(
    gathered: Gathered,
    entries: Sequence[ToldEntity],
    before: Found,
    living: Sequence[PublishedEntity] = (),
    taken: Collection[str] = (),
) -> LinkedEntities:
    """Decide which things of different articles are the same.

    Args:
        gathered: the things that the articles name.
        entries: what a person says of entities; the descriptions number them.
        before: what the build before found.
        living: the published entities, those that were merged into others aside.
        taken: every id ever published.
    """
    old = places_among(gathered.written, before.descriptions["written"])
    block, detail = _places(gathered.written, entries, before, old)
    group, profiles = grouped(block, detail, before.profiles)
    thing_of = settled(group, gathered.told)
    rows = thing_rows(gathered, thing_of, entries, before, old)
    first = np.full(rows.num_rows, np.iinfo(np.int64).max)
    np.minimum.at(first, thing_of, gathered.first)
    things = Things(rows, gathered.n_articles(thing_of), first)
    stable = stable_ids(things, gathered.mark, living, taken)
    order = pc.sort_indices(stable.ids).to_numpy()
    row = np.empty(len(order), dtype=np.int64)
    row[order] = np.arange(len(order))
    entities = rows.drop_columns("plain_id").append_column("entity_id", stable.ids)
    entities = entities.append_column("n_articles", pa.array(things.n_articles))
    numbers = (gathered.n_rows, gathered.n_mentions, thing_of)
    columns = [gathered.written, block, detail, *map(pa.array, numbers)]
    found = Found(
        pa.table(columns, schema=DESCRIPTIONS),
        pa.table([gathered.apart], schema=APART),
        profiles,
        rows,
    )
    return LinkedEntities(entities.take(order), row[thing_of], stable.merged, found)


def _places(
    written: pa.StringArray, entries: Sequence[ToldEntity], before: Found, old: Numbers
) -> tuple[pa.StringArray, pa.StringArray]:
    """What of each description decides what it is linked with: `Place`, as columns."""
    is_new = old < 0
    strings = written.filter(pa.array(is_new))
    # Like names lie together, and what was made of a name is at hand for the next one.
    order = pc.sort_indices(strings).to_numpy()
    where = old.copy()
    where[np.flatnonzero(is_new)[order]] = len(before.descriptions) + np.arange(len(order))
    made = list(_made(strings.take(order), entries))
    known = before.descriptions.select(["block", "detail"])
    places = pa.concat_tables([known, *made]).combine_chunks().take(where)
    return in_one(places["block"]), in_one(places["detail"])


def _made(strings: pa.StringArray, entries: Sequence[ToldEntity]) -> Iterator[pa.Table]:
    for start in range(0, len(strings), _AT_A_TIME):
        some = listed(strings.slice(start, _AT_A_TIME))
        found = [place(description(one, entries)) for one in some]
        columns = [[p.block for p in found], [p.detail for p in found]]
        yield pa.table(columns, names=["block", "detail"])
