"""Which descriptions are of one thing, a block of those that may be at a time.

People are compared within a family name, and again only where its people are others than in the
build before. All else is by what must be equal, and by which short names mean which body.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.entities.across.columns import Codes, Numbers, encoded, listed, places, start_with
from pipelines.entities.across.described import BODIES, FIELD, ITEM, PEOPLE, person
from pipelines.entities.across.identity import join_people
from pipelines.entities.across.kept import PROFILES, same_as_before


def grouped(
    block: pa.StringArray, detail: pa.StringArray, before: pa.Table
) -> tuple[Numbers, pa.Table]:
    """The number of the group that each description is of, and the people for the next build.

    Args:
        block: of each description what `described.Place` says.
        detail: the same.
        before: the people of the build before.
    """
    is_person = start_with(block, PEOPLE)
    people, others = np.flatnonzero(is_person), np.flatnonzero(~is_person)
    profiles = _Profiles.of(block.take(people), detail.take(people))
    group_of_profile = profiles.groups(before)
    group = np.empty(len(block), dtype=np.int64)
    group[people] = group_of_profile[profiles.number]
    other = _others(block.take(others), detail.take(others))
    group[others] = other + len(group_of_profile)
    return group, profiles.table(group_of_profile)


class _Profiles:
    """The different people that descriptions tell of, and their family names as numbers."""

    def __init__(self, profiles: pa.StringArray, number: Codes, family: Numbers) -> None:
        self._profiles, self.number, self._family = profiles, number, family

    @classmethod
    def of(cls, block: pa.StringArray, detail: pa.StringArray) -> "_Profiles":
        """The profiles of descriptions."""
        profiles, number = encoded(detail)
        family = np.zeros(len(profiles), dtype=np.int64)
        family[number] = encoded(block)[1]
        return cls(profiles, number, family)

    def groups(self, before: pa.Table) -> Numbers:
        """The number of each profile's group: that of one profile of it."""
        old = places(self._profiles, before["profile"])
        family, group = (np.append(before[name].to_numpy(), -1) for name in ("family", "group"))
        is_kept = (same_as_before(self._family, family[old], family[:-1]) >= 0)[self._family]
        _, first, label = np.unique(group[old[is_kept]], return_index=True, return_inverse=True)
        found = np.arange(len(self._profiles))
        found[is_kept] = np.flatnonzero(is_kept)[first][label]
        is_alone = np.bincount(self._family, minlength=1)[self._family] == 1
        for joined in self._joined(np.flatnonzero(~is_kept & ~is_alone)):
            found[joined] = joined[0]
        return found

    def _joined(self, numbers: Numbers) -> Iterator[list[int]]:
        """The groups of profiles, those of one family name together."""
        numbers = numbers[np.argsort(self._family[numbers], kind="stable")]
        cuts = np.flatnonzero(np.diff(self._family[numbers])) + 1
        for family in np.split(numbers, cuts):
            people = listed(self._profiles.take(family))
            number = dict(zip(map(person, people), family.tolist(), strict=True))
            for joined in join_people(list(number)):
                yield [number[one] for one in joined]

    def table(self, group: Numbers) -> pa.Table:
        """The profiles as the next build needs them."""
        columns = (self._profiles, pa.array(group), pa.array(self._family))
        return pa.table(list(columns), schema=PROFILES)


def _others(block: pa.StringArray, detail: pa.StringArray) -> Numbers:
    """Bodies, places and the rest by block; short names by the one that they shorten."""
    keys, key = encoded(block)
    found: Numbers = _meant(keys, key.astype(np.int64), detail)[key]
    return found


def _meant(keys: pa.StringArray, key: Numbers, detail: pa.StringArray) -> Numbers:
    """Of each key that of the one body which some article calls by this name for short, else it."""
    meant = np.arange(len(keys))
    n_fields = pc.count_substring(keys, FIELD).to_numpy()
    short = np.flatnonzero(start_with(keys, *BODIES) & (n_fields == 1))
    called = pc.list_element(pc.split_pattern(keys.take(short), FIELD), 1)
    names, of = encoded(called)
    name, owner = _owners(names, key, detail)
    n_owners = np.bincount(name, minlength=len(names))
    sum_of_owners = np.bincount(name, owner, len(names)).astype(np.int64)
    of_short = of.astype(np.int64)
    is_own = np.isin(of_short << 32 | short, name << 32 | owner)
    is_clear = n_owners[of_short] - is_own == 1
    meant[short[is_clear]] = (sum_of_owners[of_short] - is_own * short)[is_clear]
    return meant


def _owners(names: pa.StringArray, key: Numbers, detail: pa.StringArray) -> tuple[Numbers, Numbers]:
    """The names that some article calls a body by for short, and the keys of these bodies."""
    with_any = np.flatnonzero(pc.binary_length(detail).to_numpy())
    lists = pc.split_pattern(detail.take(with_any), ITEM)
    of = key[with_any][pc.list_parent_indices(lists).to_numpy()]
    name = places(pc.list_flatten(lists), names)
    pairs = np.unique((name << 32 | of)[name >= 0])
    return pairs >> 32, pairs & 0xFFFFFFFF
