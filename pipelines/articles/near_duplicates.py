"""Articles that tell nearly the same text: the same wire story on two sites, an updated version.

MinHash (Broder, 1997) finds candidates, and their bodies decide. The result does not depend on the
order of the articles.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.articles.near_duplicates_candidates import candidates
from pipelines.articles.near_duplicates_kept import kept_wordings
from pipelines.articles.near_duplicates_text import (
    N_MINIMA,
    Wording,
    covered,
    facts_exchanged,
    replaced,
)

#: Of the shorter body so much is told in the longer one's words, those changed here and there
#: included. A story cut to a half and changed in every tenth word keeps three quarters under a new
#: title and between a site's lines; two short ones around one long statement have less in common.
LEAST_OF_SHORTER = 0.67
#: Of the longer body so much stands in the shorter one: a story may be cut to less than a half, and
#: a round-up of many stories tells none of them.
LEAST_OF_LONGER = 0.25
#: Of the names and figures among the words that both have, so many may be others. Results and
#: weather reports are told in the same words each week, with two thirds exchanged; an update that
#: changes half of the figures exchanges less than a half.
MOST_EXCHANGED = 0.4
#: What a version of a version has at least in common with the first; else it is another story.
LEAST_OF_FIRST = 0.3


#: What articles are compared and ordered by, as columns.
RANKED_BY = ("article_id", "source_id", "published_edtf", "published_at", "signature")
#: Gives of some articles the ids and bodies, in any order.
Bodies = Callable[[Collection[str]], Iterable[tuple[str, str]]]
Numbers = NDArray[np.int64]
Minima = NDArray[np.uint32]


def near_duplicates(articles: pa.Table, bodies: Bodies) -> dict[str, str]:
    """Find, for each near-duplicate, the earliest published article of its group.

    The earliest itself and articles that are like no other are left out. In a group, each is like
    one before it and akin to the earliest, so that no chain of versions leads to another story.

    Args:
        articles: the columns `RANKED_BY`; `published_edtf` is an EDTF date, `published_at` an ISO
            time stamp, where they are known.
        bodies: is asked for those alone whose signatures are alike.
    """
    order = _order(articles)
    order = order[pc.is_valid(articles["signature"]).to_numpy()[order]]
    like = list(candidates(_minima(articles["signature"], order)))
    wanted = sorted({n for number, earlier in like for n in (number, *earlier)})
    ids: list[Any] = articles["article_id"].take(pa.array(order[wanted])).to_pylist()
    number_of = dict(zip(ids, wanted, strict=True))
    with kept_wordings((number_of[key], body) for key, body in bodies(number_of.keys())) as kept:
        first = _first_of_each(like, lru_cache(maxsize=128)(kept))
    key_of = dict(zip(wanted, ids, strict=True))
    return {key_of[number]: key_of[leader] for number, leader in first.items()}


def _first_of_each(
    like: Iterable[tuple[int, Sequence[int]]], wording_of: Callable[[int], Wording]
) -> dict[int, int]:
    first: dict[int, int] = {}
    for number, earlier in like:
        alike = [n for n in earlier if _are_alike(wording_of(n), wording_of(number))]
        for leader in sorted({first.get(n, n) for n in alike}):
            if leader in alike or _is_akin(wording_of(leader), wording_of(number)):
                first[number] = leader
                break
    return first


def _minima(signatures: "pa.ChunkedArray[Any]", order: Numbers) -> Minima:
    """The signatures in this order, a row each."""
    row_of = np.full(len(signatures), -1, dtype=np.int64)
    row_of[order] = np.arange(len(order))
    minima = np.empty((len(order), N_MINIMA), dtype="<u4")
    start = 0
    for chunk in signatures.chunks:
        buffer: Any = chunk.buffers()[1]
        values = np.frombuffer(buffer, "<u4").reshape(-1, N_MINIMA)
        rows = row_of[start : start + len(chunk)]
        minima[rows[rows >= 0]] = values[chunk.offset : chunk.offset + len(chunk)][rows >= 0]
        start += len(chunk)
    return minima


def _order(articles: pa.Table) -> Numbers:
    """Orders by day, of one day by the moment; what is not known comes behind what is."""
    published: list[Any] = articles["published_edtf"].to_pylist()
    moments: list[Any] = articles["published_at"].to_pylist()
    ranks = {
        "day": pa.array(
            [(day or "").ljust(len("2000-01-01"), "~") for day in published], pa.string()
        ),
        "moment": pa.array([_moment(at) for at in moments], pa.string()),
        "source": articles["source_id"],
    }
    rows = pc.sort_indices(pa.table(ranks), [(name, "ascending") for name in ranks])
    return rows.to_numpy().astype(np.int64)


def _moment(published_at: str | None) -> str:
    at = datetime.fromisoformat(published_at) if published_at else None
    return at.astimezone(UTC).isoformat() if at and at.tzinfo else "~"


def _are_alike(one: Wording, other: Wording) -> bool:
    shorter, longer = sorted((one, other), key=lambda w: len(w.words))
    is_common = covered(shorter, longer)
    is_replaced = replaced(is_common)
    return bool(
        (is_common | is_replaced).mean() >= LEAST_OF_SHORTER
        and covered(longer, shorter).mean() >= LEAST_OF_LONGER
        and facts_exchanged(shorter, is_common, is_replaced) <= MOST_EXCHANGED
    )


def _is_akin(one: Wording, other: Wording) -> bool:
    shorter, longer = sorted((one, other), key=lambda w: len(w.words))
    return bool(covered(shorter, longer).mean() >= LEAST_OF_FIRST)
