"""Articles that tell nearly the same text: the same wire story on two sites, an updated version.

MinHash (Broder, 1997) finds candidates, and their bodies decide. The result does not depend on the
order of the articles.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.articles.across.near_duplicates_candidates import candidates
from pipelines.articles.across.near_duplicates_kept import KeptWordings, kept_wordings
from pipelines.articles.across.near_duplicates_verdicts import NONE, Judge, Numbers, Verdicts
from pipelines.articles.near_duplicates_text import (
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
#: The column of the digest of all that an article's rows depend on, its body among them.
DIGEST = "document"
#: Gives of some articles the ids and bodies, in any order.
Bodies = Callable[[Collection[str]], Iterable[tuple[str, str]]]
#: Articles, each with some before it.
_Like = Sequence[tuple[int, Sequence[int]]]


def near_duplicates(
    articles: pa.Table, bodies: Bodies, before: Verdicts = NONE
) -> tuple[dict[str, str], Verdicts]:
    """Find, for each near-duplicate, the earliest published article of its group.

    The earliest itself and articles that are like no other are left out. In a group, each is like
    one before it and akin to the earliest, so that no chain of versions leads to another story.

    Args:
        articles: the columns `RANKED_BY` and `DIGEST`; `published_edtf` is an EDTF date,
            `published_at` an ISO time stamp, where they are known.
        bodies: is asked for those alone whose signatures are alike and that were never judged.
        before: what this version of the code found of pairs of bodies; it changes no result.

    Returns:
        The earliest of each, and what was found of pairs of bodies.
    """
    order = _order(articles)
    order = order[pc.is_valid(articles["signature"]).to_numpy()[order]]
    like = list(candidates(_rows(articles["signature"], order, np.dtype("<u4"))))
    digests = _rows(articles[DIGEST], order, np.dtype(np.uint8))

    def ids(numbers: Collection[int]) -> list[Any]:
        return articles["article_id"].take(pa.array(order[list(numbers)])).to_pylist()

    def numbered(numbers: Collection[int]) -> Iterator[tuple[int, str]]:
        number_of = dict(zip(ids(numbers), numbers, strict=True))
        return ((number_of[key], body) for key, body in bodies(number_of.keys()))

    with kept_wordings(numbered) as wordings:
        alike = Judge(b"l", _are_alike, digests, wordings, before)
        akin = Judge(b"k", _is_akin, digests, wordings, before)
        first = _first_of_each(_those_alike(like, alike), akin, wordings)
    found = dict(zip(ids(first.keys()), ids(first.values()), strict=True))
    (keys, is_so), (more_keys, more_is_so) = alike.kept, akin.kept
    return found, Verdicts.of([*keys, *more_keys], [*is_so, *more_is_so])


def _those_alike(like: _Like, alike: Judge) -> _Like:
    """The candidates that their bodies confirm."""
    n_earlier = [len(earlier) for _, earlier in like]
    later = np.repeat(np.array([number for number, _ in like], np.int64), n_earlier)
    earlier = np.fromiter((n for _, some in like for n in some), np.int64, len(later))
    confirmed: dict[int, list[int]] = {}
    for place in np.flatnonzero(alike.all(earlier, later)):
        confirmed.setdefault(int(later[place]), []).append(int(earlier[place]))
    return list(confirmed.items())


def _first_of_each(alike: _Like, akin: Judge, wordings: KeptWordings) -> dict[int, int]:
    first, needed = _led(alike, akin)
    if needed:
        wordings.read(sorted(needed))
        akin.forget()
        first, _ = _led(alike, akin)
    return first


def _led(alike: _Like, akin: Judge) -> tuple[dict[int, int], set[int]]:
    """Of each article the earliest of its group, and whose bodies are needed to tell more.

    With those bodies read, all can be told: whoever may lead an article that is left open is among
    those that are like it, or leads one of them.
    """
    first: dict[int, int] = {}
    left_open: set[int] = set()
    needed: set[int] = set()
    for number, others in alike:
        leaders = sorted({first.get(n, n) for n in others})
        is_open = not left_open.isdisjoint(others)
        for leader in () if is_open else leaders:
            is_akin = leader in others or akin.one(leader, number)
            is_open = is_akin is None
            if is_akin:
                first[number] = leader
            if is_akin or is_open:
                break
        if is_open:
            left_open.add(number)
            needed |= {number, *others, *leaders}
    return first, needed


def _rows(column: "pa.ChunkedArray[Any]", order: Numbers, of_type: np.dtype[Any]) -> NDArray[Any]:
    """The values of a column of fixed width in this order, a row of numbers each."""
    row_of = np.full(len(column), -1, dtype=np.int64)
    row_of[order] = np.arange(len(order))
    width = column.type.byte_width // of_type.itemsize
    found = np.empty((len(order), width), of_type)
    start = 0
    for chunk in column.chunks:
        buffer: Any = chunk.buffers()[1]
        values = np.frombuffer(buffer, of_type).reshape(-1, width)
        rows = row_of[start : start + len(chunk)]
        found[rows[rows >= 0]] = values[chunk.offset : chunk.offset + len(chunk)][rows >= 0]
        start += len(chunk)
    return found


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
