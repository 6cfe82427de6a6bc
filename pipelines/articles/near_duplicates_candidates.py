"""Which articles may be alike, told by their signatures alone."""

from collections.abc import Iterator, Sequence

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
    # In each column the rows sorted by value, of one value in order; where each row stands, and
    # where the first of its value does.
    order = np.argsort(minima, axis=0, kind="stable").astype(np.int32)
    place, first = np.empty_like(order), np.empty_like(order)
    for column in range(N_MINIMA):
        rows = order[:, column]
        place[rows, column] = np.arange(len(rows), dtype=np.int32)
        values = minima[rows, column]
        starts = np.flatnonzero(np.diff(values, prepend=~values[:1]))
        first[rows, column] = np.repeat(starts, np.diff(starts, append=len(values)))
    for start in range(0, len(minima), _BLOCK):
        yield from _candidates_of(slice(start, start + _BLOCK), order, place, first)


def _candidates_of(
    here: slice, order: NDArray[np.int32], place: NDArray[np.int32], first: NDArray[np.int32]
) -> Iterator[list[int]]:
    n_all, places, firsts = len(order), place[here], first[here]
    columns = np.broadcast_to(np.arange(N_MINIMA), places.shape)
    rows = np.broadcast_to(np.arange(len(places))[:, None], places.shape)
    pairs = []
    for step in range(1, NEIGHBOURS + 2):
        # The last step leads to the first, where those before have not met it.
        earlier = firsts if step > NEIGHBOURS else places - step
        is_met = (places - firsts >= step) & (earlier >= 0)
        pairs.append(rows[is_met] * n_all + order[earlier[is_met], columns[is_met]])
    pair, n_common = np.unique(np.concatenate(pairs), return_counts=True)
    is_candidate = n_common >= LEAST_COMMON
    row, earlier_row = np.divmod(pair[is_candidate], n_all)
    n_common = n_common[is_candidate]
    for number in range(len(places)):
        begin, end = np.searchsorted(row, (number, number + 1))
        nearest = np.argsort(-n_common[begin:end], kind="stable")[:MOST_CANDIDATES]
        yield sorted(earlier_row[begin:end][nearest].tolist())
