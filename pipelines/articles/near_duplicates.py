"""Articles that tell nearly the same text: the same wire story on two sites, an updated version.

MinHash (Broder, 1997) finds candidates, the exact Jaccard similarity of their word shingles
decides. The result does not depend on the order of the articles.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]  # ships without types

from pipelines.ids import normalised

#: Two bodies are near-duplicates where this share of their shingles is common to both.
LEAST_SIMILARITY = 0.7
#: Words a shingle.
SHINGLE = 4
#: Shorter bodies are alike by chance.
LEAST_WORDS = 30
_PERMUTATIONS = 128
#: Below LEAST_SIMILARITY, since MinHash only estimates.
_CANDIDATE_SIMILARITY = 0.5


@dataclass(frozen=True, slots=True)
class Body:
    """An article's body, and what orders it among its near-duplicates: the earliest comes first.

    `published` is an EDTF date or None, which orders last.
    """

    article_id: str
    source_id: str
    published: str | None
    text: str


def near_duplicates(bodies: Iterable[Body]) -> dict[str, str]:
    """Find, for each near-duplicate, the earliest published article of its group.

    The earliest itself and articles that are like no other are left out.
    """
    shingles = {b: s for b in bodies if (s := _shingles(b.text)) is not None}
    order = sorted(shingles, key=lambda b: (b.published is None, b.published or "", b.source_id))
    first = {body.article_id: body.article_id for body in order}
    by_id = {body.article_id: shingles[body] for body in order}
    rank = {body.article_id: number for number, body in enumerate(order)}
    for one, other in _candidates(order, shingles):
        if _similarity(by_id[one], by_id[other]) >= LEAST_SIMILARITY:
            _join(first, one, other, rank)
    roots = {key: _root(first, key) for key in first}
    return {key: root for key, root in roots.items() if key != root}


def _shingles(text: str) -> frozenset[int] | None:
    words = normalised(text).split()
    if len(words) < LEAST_WORDS:
        return None
    runs = (" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    return frozenset(zlib.crc32(run.encode()) for run in runs)


def _candidates(
    order: Sequence[Body], shingles: dict[Body, frozenset[int]]
) -> Iterable[tuple[str, str]]:
    """Pairs that may be alike, the earlier first."""
    index = MinHashLSH(threshold=_CANDIDATE_SIMILARITY, num_perm=_PERMUTATIONS)
    for body in order:
        sketch = MinHash(num_perm=_PERMUTATIONS, hashfunc=int)
        sketch.update_batch(np.fromiter(shingles[body], dtype=np.uint64))
        for earlier in sorted(index.query(sketch)):
            yield earlier, body.article_id
        index.insert(body.article_id, sketch)


def _similarity(one: frozenset[int], other: frozenset[int]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def _root(first: dict[str, str], key: str) -> str:
    while first[key] != key:
        first[key] = first[first[key]]
        key = first[key]
    return key


def _join(first: dict[str, str], one: str, other: str, rank: dict[str, int]) -> None:
    a, b = sorted((_root(first, one), _root(first, other)), key=rank.__getitem__)
    first[b] = a
