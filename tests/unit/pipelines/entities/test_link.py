"""One entity for one thing across the corpus."""

import random

import pytest

from pipelines.entities.across.published import entity_id
from tests.unit.pipelines.entities.linking import Thing, link_entities
from tests.unit.pipelines.entities.linking import thing as row


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("a", "Karl Berglund", roles=["NATO chief"]), row("b", "Karl Berglund")),
        (row("a", "Karl A. Berglund"), row("b", "Karl Berglund")),
        (row("a", "Karl Berglund"), row("b", "Berglund", roles=["secretary general"])),
        (row("a", "Nordvik Shipping Inc.", "ORG"), row("b", "Nordvik Shipping", "ORG")),
        (
            row("a", "Fisheries Security Council", "ORG", aliases=["FSC"]),
            row("b", "FSC", "ORG"),
        ),
        (
            row("a", "U.S. Air Force", "ORG", country="US"),
            row("b", "US Air Force", "ORG", country="US"),
        ),
        (row("a", "Nordvik Review", "ORG"), row("b", "Nordvik Review", "WORK_OF_ART")),
        (row("a", "Oslo", "GPE", country="NO"), row("b", "OSLO", "FAC", country="NO")),
    ],
)
def test_one_thing_is_one_row(one: Thing, other: Thing) -> None:
    linked = link_entities([one, other])
    assert len(linked.entities) == 1
    assert linked.entities[0].n_articles == 2
    assert linked.entities[0].n_mentions == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("a", "Karl Berglund"), row("b", "Lars Berglund")),
        (
            row("a", "Karl Berglund", roles=["Swedish finance minister"], country="SE"),
            row("b", "Karl Berglund", roles=["American striker"], country="US"),
        ),
        (row("a", "Health Ministry", "ORG"), row("b", "Health Ministry", "ORG")),
        (row("a", "Georgia", "GPE", country="GE"), row("b", "Georgia", "GPE", country="US")),
        (row("a", "Nordvik", "GPE"), row("b", "Nordvik", "ORG")),
    ],
)
def test_two_things_of_like_names_stay_two(one: Thing, other: Thing) -> None:
    linked = link_entities([one, other])
    assert len(linked.entities) == 2
    assert len({e.entity_id for e in linked.entities}) == 2


def test_a_bare_family_name_with_two_bearers_stays_apart() -> None:
    rows = [row("a", "Karl Berglund"), row("b", "Lars Berglund"), row("c", "Berglund")]
    linked = link_entities(rows)
    assert len(linked.entities) == 3


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [
        Thing(f"a{n}", n % 3, name, "PERSON", (), (), None, n)
        for n, name in enumerate(
            [
                "Karl Berglund",
                "Berglund",
                "K. Berglund",
                "Ida Moe",
                "Moe",
                "Karl Berglund",
                "Ida Moe",
            ],
            start=1,
        )
    ]
    linked = link_entities(rows)
    for seed in range(5):
        shuffled = random.Random(seed).sample(rows, len(rows))
        assert link_entities(shuffled) == linked


def test_the_fullest_name_is_the_name_and_the_others_are_aliases() -> None:
    rows = [
        row("a", "Karl Berglund", aliases=["Berglund"], roles=["chief"]),
        row("b", "Karl Anders Berglund", roles=["NATO chief"]),
    ]
    (entity,) = link_entities(rows).entities
    assert entity.name == "Karl Anders Berglund"
    assert entity.aliases == ("Berglund", "Karl Berglund")
    assert entity.roles == ("NATO chief", "chief")
    assert entity.entity_id == entity_id("PERSON", "Karl Anders Berglund")


def test_entity_id_is_a_letter_and_sixteen_hex_digits() -> None:
    made = entity_id("ORG", "Nordvik Shipping")
    assert made[0] == "e"
    assert len(made) == 17
    assert int(made[1:], 16) >= 0
    assert made != entity_id("GPE", "Nordvik Shipping")
