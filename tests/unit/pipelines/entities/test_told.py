"""What a person says of entities wins, and is refused where it contradicts itself."""

import re

import pytest

from pipelines.entities.across.told import Claims, EntitiesError, ToldEntity, read_entities
from pipelines.entities.mention import EntityType
from tests.unit.pipelines.entities.linking import Entity, Thing, link_entities

SOURCES = {"a": "wire/1.txt", "b": "wire/2.txt", "c": "sport/1.txt"}


def row(article: str, name: str, type: EntityType = "PERSON", n: int = 0) -> Thing:
    return Thing(article, n, name, type, n_mentions=2)


def settled(toml: str, *rows: Thing) -> tuple[Entity, ...]:
    return link_entities(rows, read_entities(toml), SOURCES).entities


def test_an_entry_gives_name_type_roles_country_and_ids() -> None:
    (entity,) = settled(
        """
        [[entity]]
        name = "Mira Solvang"
        type = "PERSON"
        aliases = ["Solvang", "M. Solwang"]
        roles = ["harbour master"]
        country = "NO"
        ids = ["wikidata:Q42"]
        """,
        row("a", "SOLVANG", "ORG"),
        row("b", "M. Solwang"),
    )
    assert (entity.name, entity.type, entity.country) == ("Mira Solvang", "PERSON", "NO")
    assert entity.aliases == ("M. Solwang", "SOLVANG", "Solvang")
    assert entity.roles == ("harbour master",)
    assert entity.ids == ("wikidata:Q42",)
    assert entity.n_articles == 2


def test_of_what_nobody_told_there_are_no_ids() -> None:
    (entity,) = link_entities([row("a", "Mira Solvang")]).entities
    assert entity.ids is None


def test_an_alias_puts_together_what_inference_keeps_apart() -> None:
    entry = '[[entity]]\nname = "Mira Solvang"\ntype = "PERSON"\naliases = ["Mira Dahl"]'
    assert len(settled("", row("a", "Mira Solvang"), row("b", "Mira Dahl"))) == 2
    assert len(settled(entry, row("a", "Mira Solvang"), row("b", "Mira Dahl"))) == 1


def test_sources_keep_apart_what_inference_puts_together() -> None:
    toml = """
        [[entity]]
        name = "Karl Berglund"
        type = "PERSON"

        [[entity]]
        name = "Karl Berglund"
        type = "PERSON"
        roles = ["striker"]
        match = ["sport/*"]
        """
    rows = [row(article, "Karl Berglund") for article in "abc"]
    assert len(settled("", *rows)) == 1
    minister, striker = sorted(settled(toml, *rows), key=lambda e: -e.n_articles)
    assert (minister.n_articles, striker.n_articles) == (2, 1)
    assert striker.roles == ("striker",)
    assert minister.entity_id != striker.entity_id


def test_a_bare_name_that_inference_gives_to_an_entry_goes_with_it() -> None:
    entry = '[[entity]]\nname = "Mira Solvang"\ntype = "PERSON"'
    (entity,) = settled(entry, row("a", "Mira Solvang"), row("b", "Solvang"))
    assert entity.n_articles == 2


def test_no_file_and_an_empty_one_say_nothing() -> None:
    assert read_entities("") == []
    assert read_entities("# nothing yet") == []


FULL = 'name = "Mira Solvang"\ntype = "PERSON"\n'


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("name = ", "is not TOML"),
        ("[[person]]", "unknown key “person”"),
        ("[entity]", "two brackets"),
        ("entity = [1]", "number 1 is no table"),
        ('[[entity]]\ntype = "PERSON"', "“name” is missing"),
        ('[[entity]]\nname = "…"\ntype = "PERSON"', "“name” is missing"),
        ('[[entity]]\nname = "Mira Solvang"', "“type” is None; give one of PERSON, ORG"),
        ('[[entity]]\nname = "Mira Solvang"\ntype = "WOMAN"', "“type” is 'WOMAN'"),
        (f"[[entity]]\n{FULL}alias = []", "(“Mira Solvang”): unknown key “alias”"),
        (f'[[entity]]\n{FULL}aliases = "Solvang"', "“aliases” must be a list of strings"),
        (f"[[entity]]\n{FULL}roles = [1]", "“roles” must be a list of strings"),
        (f'[[entity]]\n{FULL}country = "Norway"', "“country” is 'Norway'; give an ISO"),
        (f'[[entity]]\n{FULL}ids = ["wikidata:42"]', "“wikidata:42” is no id"),
        (f'[[entity]]\n{FULL}ids = ["Q42"]', "“Q42” is no id"),
        (
            f'[[entity]]\n{FULL}[[entity]]\nname = "Mira Dahl"\ntype = "PERSON"\n'
            'aliases = ["MIRA SOLVANG"]',
            "number 2 (“Mira Dahl”): “mira solvang” is also a name of entities.toml, "
            "[[entity]] number 1 (“Mira Solvang”); make one entry of the two",
        ),
        (f"[[entity]]\n{FULL}[[entity]]\n{FULL}", "“mira solvang” is also a name of"),
        (
            f'[[entity]]\n{FULL}ids = ["wikidata:Q1"]\n'
            '[[entity]]\nname = "Ida Moe"\ntype = "PERSON"\nids = ["wikidata:Q1"]',
            "“wikidata:Q1” is also an id of",
        ),
    ],
)
def test_a_faulty_file_says_which_entry_and_what_to_do(toml: str, message: str) -> None:
    with pytest.raises(EntitiesError, match=re.escape(message)):
        read_entities(toml)


def test_the_entry_that_names_its_sources_wins() -> None:
    told = [
        ToldEntity("Karl Berglund", "PERSON"),
        ToldEntity("Karl Berglund", "PERSON", match=("sport/*",)),
    ]
    found = Claims(told, SOURCES)
    of_article = [found.of("Karl Berglund", article) for article in "ac"]
    assert [found.entries[n] for n in of_article if n is not None] == told
    assert found.of("Lars Berglund", "a") is None
