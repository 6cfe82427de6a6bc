"""A published id always leads to the thing that it was given to."""

from collections.abc import Sequence

import pytest

from pipelines.entities.across.published import entity_id
from pipelines.entities.across.rows import PublishedEntity
from pipelines.entities.mention import EntityType
from tests.unit.pipelines.entities.linking import Linked, Thing, link_entities
from tests.unit.pipelines.entities.linking import thing as row


def published(
    id: str,
    name: str,
    type: EntityType = "PERSON",
    aliases: Sequence[str] = (),
    roles: Sequence[str] = (),
    country: str | None = None,
    release: str = "2021.3.0",
) -> PublishedEntity:
    return PublishedEntity(id, name, type, tuple(aliases), tuple(roles), country, release)


def link(rows: Sequence[Thing], *known: PublishedEntity) -> Linked:
    return link_entities(rows, living=known, taken=[p.entity_id for p in known])


def ids(linked: Linked) -> dict[str, str]:
    return {e.name: e.entity_id for e in linked.entities}


def test_the_same_name_and_type_keep_the_id() -> None:
    linked = link([row("a", "Karl Berglund")], published("e1", "Karl Berglund"))
    assert ids(linked) == {"Karl Berglund": "e1"}
    assert linked.entity_of["a", 0] == "e1"
    assert linked.merged == {}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        # a fuller name is found, the published one is among the others now
        (
            published("e1", "Karl Berglund"),
            row("a", "Karl Anders Berglund", aliases=["Karl Berglund", "Berglund"]),
        ),
        # only the family name was known
        (published("e1", "Berglund"), row("a", "Karl Berglund", aliases=["Berglund"])),
        # the article with the fuller name has gone
        (
            published("e1", "Karl Anders Berglund", aliases=["Karl Berglund"]),
            row("a", "Karl Berglund"),
        ),
        # other capitals, marks and legal form
        (published("e1", "Nordvik Shipping Inc.", "ORG"), row("a", "NORDVIK SHIPPING", "ORG")),
        # another type of the same class
        (published("e1", "Cape Moor", "LOC"), row("a", "Cape Moor", "GPE")),
    ],
)
def test_a_renamed_entity_keeps_its_id(before: PublishedEntity, now: Thing) -> None:
    linked = link([now], before)
    assert [e.entity_id for e in linked.entities] == ["e1"]


def test_two_that_turn_out_to_be_one_live_on_as_the_one_published_first() -> None:
    linked = link(
        [row("a", "Karl Anders Berglund", aliases=["Carl Berglund"])],
        published("e1", "Karl Anders Berglund", release="2021.10.0"),
        published("e2", "Carl Berglund", release="2021.9.3"),
    )
    assert [e.entity_id for e in linked.entities] == ["e2"]
    assert linked.merged == {"e1": "e2"}


def test_an_entity_that_vanished_gives_its_id_to_nobody() -> None:
    linked = link([row("a", "Ida Moe")], published("e1", "Karl Berglund"))
    assert ids(linked) == {"Ida Moe": entity_id("PERSON", "Ida Moe")}
    assert linked.merged == {}


def test_another_person_of_a_published_name_gets_another_id() -> None:
    first = entity_id("PERSON", "Karl Berglund")
    minister = published(first, "Karl Berglund", roles=["finance minister"], country="SE")
    linked = link([row("a", "Karl Berglund", roles=["striker"], country="US")], minister)
    assert ids(linked)["Karl Berglund"] != first


def test_two_published_of_one_name_each_keep_their_own() -> None:
    known = (
        published("e1", "Karl Berglund", roles=["finance minister"], country="SE"),
        published("e2", "Karl Berglund", roles=["striker"], country="US"),
    )
    striker = [row(a, "Karl Berglund", roles=["striker"], country="US") for a in "abc"]
    minister = row("d", "Karl Berglund", roles=["finance minister"], country="SE")
    # The striker is more written about now; the ids do not change places.
    linked = link([*striker, minister], *known)
    assert (linked.entity_of["a", 0], linked.entity_of["d", 0]) == ("e2", "e1")
    # That one of the two is not named any more does not make them one.
    linked = link(striker, *known)
    assert linked.entity_of["a", 0] == "e2"
    assert linked.merged == {}


def test_a_former_name_that_two_had_tells_nothing() -> None:
    linked = link(
        [row("a", "Karl Berglund")],
        published("e1", "Karl Anders Berglund", aliases=["Karl Berglund"]),
        published("e2", "Karl Emil Berglund", aliases=["Karl Berglund"]),
    )
    assert ids(linked) == {"Karl Berglund": entity_id("PERSON", "Karl Berglund")}


def test_a_family_name_of_two_bearers_is_neither() -> None:
    linked = link(
        [
            row("a", "Karl Berglund", aliases=["Berglund"]),
            row("b", "Lars Berglund", aliases=["Berglund"]),
        ],
        published("e1", "Berglund"),
    )
    assert "e1" not in ids(linked).values()


def test_a_new_thing_never_gets_an_id_that_was_merged_away() -> None:
    gone = entity_id("PERSON", "Karl Berglund")
    linked = link_entities([row("a", "Karl Berglund")], taken=[gone])
    assert [e.entity_id for e in linked.entities] != [gone]


def test_the_order_of_what_was_published_does_not_matter() -> None:
    known = [
        published("e1", "Karl Anders Berglund", release="2021.10.0"),
        published("e2", "Carl Berglund", release="2021.9.3"),
        published("e3", "Ida Moe"),
    ]
    rows = [row("a", "Karl Anders Berglund", aliases=["Carl Berglund"]), row("b", "Ida Moe")]
    assert link(rows, *known) == link(rows[::-1], *known[::-1])
