"""Which articles may be alike, told by their signatures alone."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.articles.near_duplicates_text import N_MINIMA

#: Candidates have so many minima in common: 1 in 13, well below what any two that are near-
#: duplicates have (a version cut to 40 % with every tenth word changed: 1 in 4).
LEAST_COMMON = 10
#: A minimum that more articles have is of a sentence that a site or a form repeats. Such minima do
#: not count among those above, unless five eighths of all are in common.
MOST_HAVING = 10
MOST_COMMON = N_MINIMA * 5 // 8
#: Of the articles before it that share a minimum, so many are looked at, the last ones. Of a
#: sentence that thousands have, most of the pairs are thus left out, and of a story that
#: thousands tell, the last ones lead to the first.
NEIGHBOURS = 8
#: Articles taken at a time, which bounds the memory.
_BLOCK = 512


def candidates(signatures: Sequence[bytes]) -> Iterator[list[int]]:
    """Yield for each signature the numbers of those before it that may be alike, in order.

    Takes time that grows with the number of signatures, not of their pairs.
    """
    kept = np.array([n for n, one in enumerate(signatures) if one], dtype=np.int64)
    minima = np.frombuffer(b"".join(signatures), dtype="<u4").reshape(-1, N_MINIMA)
    found = _candidates(minima) if len(kept) else iter(())
    for one in signatures:
        yield [int(kept[n]) for n in next(found)] if one else []


def _candidates(minima: NDArray[np.uint32]) -> Iterator[list[int]]:
    # In each column the rows sorted by value, and where each row stands; of one value in order.
    order = np.argsort(minima, axis=0, kind="stable").astype(np.int32)
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(len(minima), dtype=np.int32)[:, None], axis=0)
    is_rare = _are_rare(minima, order)
    for start in range(0, len(minima), _BLOCK):
        rows = range(start, min(start + _BLOCK, len(minima)))
        yield from _candidates_of(rows, minima, order, place, is_rare)


def _are_rare(minima: NDArray[np.uint32], order: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which minima few articles have."""
    is_rare = np.empty(minima.shape, dtype=bool)
    for column in range(N_MINIMA):
        rows = order[:, column]
        values = minima[rows, column]
        starts = np.flatnonzero(np.diff(values, prepend=~values[:1]))
        sizes = np.diff(starts, append=len(values))
        is_rare[rows, column] = np.repeat(sizes <= MOST_HAVING, sizes)
    return is_rare


def _candidates_of(
    rows: range,
    minima: NDArray[np.uint32],
    order: NDArray[np.int32],
    place: NDArray[np.int32],
    is_rare: NDArray[np.bool_],
) -> Iterator[list[int]]:
    n_rows, here = len(minima), slice(rows.start, rows.stop)
    values, places = minima[here], place[here]
    columns = np.broadcast_to(np.arange(N_MINIMA), places.shape)
    row_numbers = np.broadcast_to(np.arange(len(rows))[:, None], places.shape)
    pairs, rarity = [], []
    for step in range(1, NEIGHBOURS + 1):
        earlier = order[np.maximum(places - step, 0), columns]
        is_same = (places >= step) & (minima[earlier, columns] == values)
        pairs.append(row_numbers[is_same] * n_rows + earlier[is_same])
        rarity.append(is_rare[here][is_same])
    pair, which = np.unique(np.concatenate(pairs), return_inverse=True)
    n_common = np.bincount(which, minlength=len(pair))
    n_rare = np.bincount(which, weights=np.concatenate(rarity), minlength=len(pair))
    is_candidate = (n_rare >= LEAST_COMMON) | (n_common >= MOST_COMMON)
    row, earlier = np.divmod(pair[is_candidate], n_rows)
    for number in range(len(rows)):
        first, end = np.searchsorted(row, (number, number + 1))
        yield earlier[first:end].tolist()
