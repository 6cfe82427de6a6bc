"""Things told of in the same words are one description, unless their articles tell them apart."""

from dataclasses import asdict

import pyarrow as pa

from pipelines.entities.gathered import Gathered, gather
from pipelines.entities.told import ToldEntity
from tests.unit.pipelines.entities.linking import Thing, thing
from warehouse.tables.extracted import EXTRACTED_ENTITIES

MADE_BY = {"extractor": "entities", "extractor_version": "0" * 12}


def table(*things: Thing) -> pa.Table:
    return EXTRACTED_ENTITIES.from_rows([asdict(one) | MADE_BY for one in things])


def described(found: Gathered) -> list[tuple[str, int, int]]:
    return [(d.name, d.n_rows, d.n_mentions) for d in found.descriptions]


def test_rows_in_the_same_words_are_counted_together() -> None:
    ida = thing("b", "Ida Moe", roles=["mayor", "author"])
    found = gather([table(ida, thing("c", "Oslo", "GPE")), table(thing("a", "Oslo", "GPE"))])
    assert described(found) == [("Oslo", 2, 4), ("Ida Moe", 1, 2)]
    assert found.descriptions[1].roles == ("mayor", "author")
    assert found.descriptions[1].country is None
    assert found.articles.to_pylist() == ["a", "b", "c"]
    assert found.description.tolist() == [0, 1, 0]
    assert [found.mark(n) for n in range(2)] == ["a:0", "b:0"]


def test_any_difference_makes_another_description() -> None:
    same = thing("a", "Ida Moe", roles=["mayor"])
    others = (
        thing("b", "Ida Moe", "ORG", roles=["mayor"]),
        thing("b", "Ida Moe", aliases=["mayor"]),
        thing("b", "Ida Moe", roles=["mayor"], country="NO"),
        thing("b", "Ida Moe"),
    )
    for other in others:
        assert len(gather([table(same, other)]).descriptions) == 2


def test_a_ministry_of_no_country_is_its_articles_own() -> None:
    rows = [thing(article, "Health Ministry", "ORG") for article in "ab"]
    of_norway = [thing(article, "Health Ministry", "ORG", country="NO") for article in "cd"]
    found = gather([table(*rows, *of_norway)])
    assert [d.article_id for d in found.descriptions] == ["a", "b", ""]
    assert [d.n_rows for d in found.descriptions] == [1, 1, 2]


def test_what_a_person_says_of_some_sources_tells_their_things_apart() -> None:
    entry = ToldEntity("Ida Moe", "PERSON", ("Moe",), match=("sport/*",))
    rows = table(thing("a", "Moe", "ORG"), thing("b", "Moe", "ORG"))
    found = gather([rows], [entry], {"a": "sport/1.txt", "b": "wire/1.txt"})
    assert [(d.name, d.type, d.aliases) for d in found.descriptions] == [
        ("Ida Moe", "PERSON", ("Moe",)),
        ("Moe", "ORG", ()),
    ]
    assert [d.told for d in found.descriptions] == [entry, None]


def test_a_group_counts_an_article_once() -> None:
    rows = [Thing("a", n, name, "GPE") for n, name in enumerate(("Oslo", "OSLO", "Bergen"))]
    found = gather([table(*rows, thing("b", "Oslo", "GPE"))])
    groups = found.description[:3] * 0
    groups[2] = 1
    assert found.n_articles(groups).tolist() == [2, 1]
