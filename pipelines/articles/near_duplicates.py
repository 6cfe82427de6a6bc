"""Articles that tell nearly the same text: the same wire story on two sites, an updated version.

MinHash (Broder, 1997) finds candidates, and their bodies decide. The result does not depend on the
order of the articles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from pipelines.articles.near_duplicates_candidates import candidates
from pipelines.articles.near_duplicates_text import (
    Wording,
    covered,
    facts_exchanged,
    replaced,
    wording,
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


@dataclass(frozen=True, slots=True)
class Body:
    """An article's body, its `signature`, and what orders it among its near-duplicates.

    `published` is an EDTF date and `published_at` an ISO time stamp, where they are known.
    """

    article_id: str
    source_id: str
    published: str | None
    published_at: str | None
    text: str
    signature: bytes


def near_duplicates(bodies: Sequence[Body]) -> dict[str, str]:
    """Find, for each near-duplicate, the earliest published article of its group.

    The earliest itself and articles that are like no other are left out. In a group, each is like
    one before it and akin to the earliest, so that no chain of versions leads to another story.
    """
    order = sorted(bodies, key=_rank)

    @lru_cache(maxsize=128)
    def wording_of(number: int) -> Wording:
        found = wording(order[number].text)
        assert found is not None
        return found

    first: dict[int, int] = {}
    for number, earlier in enumerate(candidates([body.signature for body in order])):
        like = [n for n in earlier if _are_alike(wording_of(n), wording_of(number))]
        for leader in sorted({first.get(n, n) for n in like}):
            if leader in like or _is_akin(wording_of(leader), wording_of(number)):
                first[number] = leader
                break
    return {order[n].article_id: order[leader].article_id for n, leader in first.items()}


def _rank(body: Body) -> tuple[str, str, str]:
    """Orders by day, of one day by the moment; what is not known comes behind what is."""
    at = datetime.fromisoformat(body.published_at) if body.published_at else None
    moment = at.astimezone(UTC).isoformat() if at and at.tzinfo else "~"
    return (body.published or "").ljust(len("2000-01-01"), "~"), moment, body.source_id


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
