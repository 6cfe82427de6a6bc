"""Which articles may be alike, told by their signatures alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.articles.near_duplicates_text import N_MINIMA

#: Candidates have so many minima in common: 1 in 9, below what any two that are near-duplicates
#: have (a version cut to 40 % with every tenth word changed, under lines of a site: 1 in 6).
LEAST_COMMON = 14
#: Of the articles before it that share a minimum, so many are looked at, the last ones, and the
#: first. Of a sentence that thousands have, most of the pairs are thus left out; of a story that
#: thousands tell, the first one is met.
NEIGHBOURS = 8
#: Of the candidates so many are kept, those with most in common. Of forms thousands would be left.
MOST_CANDIDATES = 12
#: Articles taken at a time, which bounds the memory.
_BLOCK = 512

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Shared:
    """Where two or more articles have a minimum in common.

    `rows` are the articles' numbers, those of one minimum together and in order. Of each entry of
    an article that may have candidates `place` and `first` tell where in `rows` it stands and where
    its minimum's first article does; entries are in the order of their articles.
    """

    rows: Numbers
    place: Numbers
    first: Numbers


def candidates(minima: NDArray[np.uint32]) -> Iterator[tuple[int, list[int]]]:
    """Yield each article that may be like some before it, with their numbers, in order.

    Takes time that grows with the number of articles, not of their pairs.

    Args:
        minima: the signatures, a row an article; see `signature`.
    """
    shared = _shared(minima)
    of_entry = shared.rows[shared.place]
    for start in range(0, len(minima), _BLOCK):
        begin, end = np.searchsorted(of_entry, (start, start + _BLOCK))
        if begin < end:
            yield from _candidates_of(slice(begin, end), shared)


def _shared(minima: NDArray[np.uint32]) -> _Shared:
    rows, firsts, n = [np.empty(0, np.int32)], [np.empty(0, np.int32)], 0
    numbers = np.arange(len(minima))
    for column in range(N_MINIMA):
        values, order = _sorted(minima[:, column], numbers)
        starts = np.flatnonzero(np.diff(values, prepend=~values[:1]))
        lengths = np.diff(starts, append=len(values))
        is_shared = np.repeat(lengths > 1, lengths)
        lengths = lengths[lengths > 1]
        begins = n + np.cumsum(lengths) - lengths
        rows.append(order[is_shared])
        firsts.append(np.repeat(begins, lengths).astype(np.int32))
        n += len(rows[-1])
    together, first = np.concatenate(rows), np.concatenate(firsts)
    # With fewer minima in common with any, an article has no candidates; it may be one.
    is_asked = np.bincount(together, minlength=len(minima)) >= LEAST_COMMON
    places = np.flatnonzero(is_asked[together])
    _, place = _sorted(together[places], places)
    return _Shared(together, place, first[place])


def _sorted(
    values: NDArray[np.unsignedinteger] | Numbers, numbers: NDArray[np.intp]
) -> tuple[NDArray[np.uint32], Numbers]:
    """Values below 2³² in order with their numbers, those of one value in order too.

    Sorted as one number, which takes a tenth of the time that a stable sort of places takes.
    """
    both = values.astype(np.uint64) << np.uint64(32) | numbers.astype(np.uint64)
    both.sort()
    return (both >> np.uint64(32)).astype(np.uint32), both.astype(np.uint32).astype(np.int32)


def _candidates_of(entries: slice, shared: _Shared) -> Iterator[tuple[int, list[int]]]:
    place, first = shared.place[entries], shared.first[entries]
    rows = shared.rows[place].astype(np.int64)
    pairs = []
    for step in range(1, NEIGHBOURS + 2):
        # The last step leads to the first, where those before have not met it.
        is_met = place - first >= step
        earlier = first[is_met] if step > NEIGHBOURS else place[is_met] - step
        pairs.append(rows[is_met] << 32 | shared.rows[earlier])
    pair, n_common = np.unique(np.concatenate(pairs), return_counts=True)
    is_candidate = n_common >= LEAST_COMMON
    row, earlier_row = pair[is_candidate] >> 32, pair[is_candidate] & 0xFFFFFFFF
    n_common = n_common[is_candidate]
    numbers, begins = np.unique(row, return_index=True)
    ends = np.append(begins, len(row))[1:]
    for number, begin, end in zip(numbers, begins, ends, strict=True):
        nearest = np.argsort(-n_common[begin:end], kind="stable")[:MOST_CANDIDATES]
        yield int(number), sorted(earlier_row[begin:end][nearest].tolist())
