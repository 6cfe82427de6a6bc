"""Where tables are cut into parts."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest

from pipelines.ids import article_id
from warehouse import parts


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 16 to 64 articles."""
    monkeypatch.setattr("warehouse.parts.LEAST", 16)
    monkeypatch.setattr("warehouse.parts.MOST", 64)
    monkeypatch.setattr("warehouse.parts._ARTICLES_A_CUT", 32)


def cut(sources: Sequence[str]) -> list[tuple[str, ...]]:
    """The sources of each part."""
    ordered = sorted(sources, key=lambda source: (source.partition("/")[0], source))
    rows = [(source.partition("/")[0], article_id(None, source)) for source in ordered]
    starts = [*parts._starts(rows), len(rows)]
    return [tuple(ordered[a:b]) for a, b in pairwise(starts)]


def corpus(**batches: int) -> list[str]:
    return [f"{name}/{n:04}.txt" for name, size in batches.items() for n in range(size)]


def test_few_articles_are_one_part() -> None:
    assert cut(corpus(monday=9, tuesday=6)) == [tuple(corpus(monday=9, tuesday=6))]
    assert cut([]) == [()]


def test_a_huge_batch_is_cut_and_many_small_ones_share_parts() -> None:
    of_huge = cut(corpus(monday=1_000))
    assert 1_000 / 64 <= len(of_huge) <= 1_000 / 16
    small = corpus(**{f"day{n:03}": 5 for n in range(200)})
    of_small = cut(small)
    assert all(16 <= len(part) <= 64 for part in of_small[:-1])
    # Batches that are small lie whole in one part.
    for part in of_small:
        assert len(part) % 5 == 0


def test_a_large_batch_has_parts_of_its_own() -> None:
    found = cut(corpus(april=100, may=100, june=100))
    ends = [part for part in found if len({source.partition("/")[0] for source in part}) > 1]
    assert len(ends) <= 1, "the cut between two batches is left out only by half of the names"


@pytest.mark.parametrize("seed", range(20))
def test_a_new_article_changes_its_part_and_few_others(seed: int) -> None:
    draw = random.Random(seed)
    sizes = {f"day{n:03}": draw.choice((3, 20, 90, 400)) for n in range(40)}
    before = corpus(**sizes)
    after = [*before, f"{draw.choice(list(sizes))}/new.txt"]
    kept = set(cut(before)) & set(cut(after))
    assert len(cut(before)) - len(kept) <= 6
    assert sorted(source for part in cut(after) for source in part) == sorted(after)
