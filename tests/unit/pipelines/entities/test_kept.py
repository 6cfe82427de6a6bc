"""What a build takes from the one before changes how long it takes, and nothing that it finds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.entities.across import things
from pipelines.entities.across.gathered import SLOT, StoredThings
from pipelines.entities.across.kept import Forgetful
from pipelines.entities.across.rows import Description, EntityRow
from pipelines.entities.across.told import ToldEntity
from pipelines.entities.mention import EntityType
from pipelines.resolve import resolve_entities, resolve_registry
from tests.unit.pipelines.entities.linking import Thing, table
from warehouse.registry import extend_registry
from warehouse.tables import REGISTRY

#: Few words for many things, so that most names mean several, or are short for others.
PEOPLE = ("Moe", "Ida Moe", "I. Moe", "Ida Ruth Moe", "Karl Moe", "Ida Osei", "Osei", "Dr. Ida Moe")
BODIES = ("Health Ministry", "Fisheries Council", "FC", "Larkmoor FC", "Moe", "Norwegian Navy")
PLACES = ("Oslo", "Larkmoor", "Moe")
MONEY = ("Norwegian Krone", "Krone")
ROLES = ("mayor", "Mayor", "striker", "NATO chief", "professor")
COUNTRIES = (None, None, "NO", "US")
TOLD = (
    ToldEntity("Ida Moe", "PERSON", ("I. Moe",), ("minister",), "NO", ("wikidata:Q1",)),
    ToldEntity("Larkmoor Football Club", "ORG", ("FC",), match=("sport/*",)),
    ToldEntity("Health Ministry", "ORG", ("Ministry",), country="NO"),
)


class Kept:
    """Keeps tables in memory."""

    def __init__(self) -> None:
        self.tables: dict[str, list[pa.Table]] = {}

    def read(self, name: str) -> list[pa.Table]:
        """What was written last."""
        return self.tables.get(name, [])

    def write(self, name: str, tables: Sequence[pa.Table]) -> None:
        """Keep the tables."""
        self.tables[name] = list(tables)

    def keep_only(self, names: Collection[str]) -> None:
        """Drop the others."""
        self.tables = {name: tables for name, tables in self.tables.items() if name in names}


def named(kind: EntityType, names: Sequence[str]) -> st.SearchStrategy[Thing]:
    """Things of a sort; which article's is not said yet."""
    return st.builds(
        Thing,
        st.just(""),
        st.just(0),
        st.sampled_from(names),
        st.just(kind),
        st.lists(st.sampled_from(names), max_size=2, unique=True).map(tuple),
        st.lists(st.sampled_from(ROLES), max_size=2, unique=True).map(tuple),
        st.sampled_from(COUNTRIES),
        st.integers(1, 3),
    )


ARTICLE = st.lists(
    st.one_of(
        named("PERSON", PEOPLE),
        named("PERSON", PEOPLE),
        named("ORG", BODIES),
        named("WORK_OF_ART", BODIES),
        named("GPE", PLACES),
        named("PRODUCT", MONEY),
    ),
    max_size=4,
)


@dataclass(frozen=True, slots=True)
class Step:
    """What happens between two builds: documents come in a new part, and others go or come back.

    Those of `change` name their things once more. `lost` is the number of a file that is deleted.
    """

    come: list[list[Thing]] = field(default_factory=list)
    go: frozenset[int] = frozenset()
    change: frozenset[int] = frozenset()
    told: tuple[ToldEntity, ...] = ()
    is_released: bool = False
    withdrawn: int | None = None
    lost: int | None = None


STEPS = st.lists(
    st.builds(
        Step,
        st.lists(ARTICLE, max_size=3),
        st.frozensets(st.integers(0, 12), max_size=3),
        st.frozensets(st.integers(0, 12), max_size=2),
        st.sampled_from([(), (), TOLD[:1], TOLD]),
        st.booleans(),
        st.one_of(st.none(), st.integers(0, 5)),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    min_size=2,
    max_size=5,
)


class Corpus:
    """Documents in parts that never change, some of which do not count any more."""

    def __init__(self) -> None:
        self._tables: list[pa.Table] = []
        self._live: list[list[bool]] = []
        self._named: list[Sequence[Thing]] = []
        self._n = 0
        self.source_of: dict[str, str] = {}
        self.registry = REGISTRY.schema.empty_table()

    def follow(self, step: Step) -> None:
        """Let documents come and go."""
        places = [(p, slot) for p, live in enumerate(self._live) for slot in range(len(live))]
        for n in (step.go | step.change) & set(range(len(places))):
            part, slot = places[n]
            self._live[part][slot] = not self._live[part][slot]
        changed = [self._named[n] for n in step.change if n < len(places)]
        come = [[replace(one, n_mentions=one.n_mentions + 1) for one in of] for of in changed]
        come += step.come
        if come:
            self._add(come)

    def _add(self, articles: Sequence[Sequence[Thing]]) -> None:
        rows, slots = [], []
        for slot, named in enumerate(articles):
            # So that ids do not grow with time: a new article may be the first of a name.
            article = f"a{self._n * 7919 % 9973:04}"
            self.source_of[article] = f"{('sport', 'wire')[self._n % 2]}/{self._n}.txt"
            self._n += 1
            rows += [replace(one, article_id=article, local_no=n) for n, one in enumerate(named)]
            slots += [slot] * len(named)
        self._named += articles
        self._tables.append(table(*rows).append_column(SLOT, pa.array(slots, pa.int32())))
        self._live.append([True] * len(articles))

    def parts(self) -> list[StoredThings]:
        """The parts as a build is given them."""
        return [
            StoredThings(str(n), np.array(live, dtype=np.bool_), partial(_whole, rows))
            for n, (rows, live) in enumerate(zip(self._tables, self._live, strict=True))
            if any(live)
        ]

    def publish(self, entities: pa.Table, merged: dict[str, str], withdrawn: int | None) -> None:
        """Release the entities, and withdraw one of those published."""
        registry = resolve_registry(self.registry, entities, merged)
        rows = extend_registry(registry, entities, "2021.3.0").to_pylist()
        living = [row for row in rows if row["status"] == "active"]
        if withdrawn is not None and withdrawn < len(living):
            living[withdrawn]["status"] = "withdrawn"
        self.registry = REGISTRY.from_rows(rows)


def _whole(rows: pa.Table) -> pa.Table:
    return rows


def found(corpus: Corpus, told: Sequence[ToldEntity], keeper: Kept | Forgetful) -> tuple[Any, ...]:
    """All that a build finds."""
    entities, links, merged = resolve_entities(
        corpus.parts(), corpus.registry, told, corpus.source_of, keeper
    )
    of = (links.articles.to_pylist(), links.starts.tolist(), links.entity.tolist())
    return entities, of, dict(merged)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_a_build_that_goes_on_finds_what_one_from_nothing_finds(steps: list[Step]) -> None:
    corpus, kept = Corpus(), Kept()
    for step in steps:
        corpus.follow(step)
        if step.lost is not None and step.lost < len(kept.tables):
            del kept.tables[sorted(kept.tables)[step.lost]]
        now = found(corpus, step.told, kept)
        afresh = found(corpus, step.told, Forgetful())
        assert now[0].equals(afresh[0])
        assert now[1:] == afresh[1:]
        if step.is_released:
            corpus.publish(now[0], now[2], step.withdrawn)


def test_the_order_of_parts_does_not_matter() -> None:
    corpus = Corpus()
    for kind, name in (("PERSON", "Ida Moe"), ("ORG", "FC"), ("PERSON", "Moe")):
        corpus.follow(Step([[Thing("", 0, name, kind)]]))  # type: ignore[arg-type]
    entities, links, _ = resolve_entities(corpus.parts(), corpus.registry)
    other, other_links, _ = resolve_entities(corpus.parts()[::-1], corpus.registry)
    assert entities.equals(other)
    assert links.entity.tolist() == other_links.entity.tolist()


def test_what_is_as_it_was_is_not_put_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, kept = Corpus(), Kept()
    corpus.follow(Step([[Thing("", 0, "Ida Moe", "PERSON")], [Thing("", 0, "Oslo", "GPE")]]))
    found(corpus, (), kept)
    made: list[str] = []
    entity = things.entity

    def noted(rows: Sequence[Description]) -> EntityRow:
        made.extend(row.name for row in rows)
        return entity(rows)

    monkeypatch.setattr(things, "entity", noted)
    corpus.follow(Step([[Thing("", 0, "Moe", "PERSON")]]))
    found(corpus, (), kept)
    assert sorted(made) == ["Ida Moe", "Moe"]
