"""Things told of in the same words are one description, unless their articles tell them apart."""

import numpy as np

from pipelines.entities.across.columns import listed
from pipelines.entities.across.described import description
from pipelines.entities.across.gathered import Gathered
from pipelines.entities.across.rows import Description
from pipelines.entities.across.told import Claims, ToldEntity
from tests.unit.pipelines.entities.linking import Thing, gathered_from, table, thing


def descriptions(found: Gathered, *entries: ToldEntity) -> list[Description]:
    """The descriptions, in the order of their first things."""
    columns = (listed(found.written), found.n_rows.tolist(), found.n_mentions.tolist())
    all_of_them = [description(one, entries, *ns) for one, *ns in zip(*columns, strict=True)]
    return [all_of_them[n] for n in np.argsort(found.first)]


def described(found: Gathered) -> list[tuple[str, int, int]]:
    return [(d.name, d.n_rows, d.n_mentions) for d in descriptions(found)]


def test_rows_in_the_same_words_are_counted_together() -> None:
    ida = thing("b", "Ida Moe", roles=["mayor", "author"])
    found = gathered_from(table(ida, thing("c", "Oslo", "GPE")), table(thing("a", "Oslo", "GPE")))
    assert described(found) == [("Oslo", 2, 4), ("Ida Moe", 1, 2)]
    of_ida = descriptions(found)[1]
    assert of_ida.roles == ("mayor", "author")
    assert of_ida.country is None
    assert found.articles.to_pylist() == ["a", "b", "c"]
    assert found.article.tolist() == [1, 2, 0]
    is_ida = found.description == found.description[0]
    assert is_ida.tolist() == [True, False, False]
    assert [found.mark(place) for place in sorted(found.first.tolist())] == ["a:0", "b:0"]


def test_any_difference_makes_another_description() -> None:
    same = thing("a", "Ida Moe", roles=["mayor"])
    others = (
        thing("b", "Ida Moe", "ORG", roles=["mayor"]),
        thing("b", "Ida Moe", aliases=["mayor"]),
        thing("b", "Ida Moe", roles=["mayor"], country="NO"),
        thing("b", "Ida Moe"),
    )
    for other in others:
        assert len(gathered_from(table(same, other)).written) == 2


def test_a_ministry_of_no_country_is_its_articles_own() -> None:
    rows = [thing(article, "Health Ministry", "ORG") for article in "ab"]
    of_norway = [thing(article, "Health Ministry", "ORG", country="NO") for article in "cd"]
    found = descriptions(gathered_from(table(*rows, *of_norway)))
    assert [d.article_id for d in found] == ["a", "b", ""]
    assert [d.n_rows for d in found] == [1, 1, 2]


def test_what_a_person_says_of_some_sources_tells_their_things_apart() -> None:
    entry = ToldEntity("Ida Moe", "PERSON", ("Moe",), match=("sport/*",))
    rows = table(thing("a", "Moe", "ORG"), thing("b", "Moe", "ORG"))
    claims = Claims([entry], {"a": "sport/1.txt", "b": "wire/1.txt"})
    found = descriptions(gathered_from(rows, claims=claims), entry)
    assert [(d.name, d.type, d.aliases) for d in found] == [
        ("Ida Moe", "PERSON", ("Moe",)),
        ("Moe", "ORG", ()),
    ]
    assert [d.told for d in found] == [entry, None]


def test_a_group_counts_an_article_once() -> None:
    rows = [Thing("a", n, name, "GPE") for n, name in enumerate(("Oslo", "OSLO", "Bergen"))]
    found = gathered_from(table(*rows, thing("b", "Oslo", "GPE")))
    groups = np.zeros(3, dtype=np.int64)
    groups[found.description[2]] = 1
    assert found.n_articles(groups).tolist() == [2, 1]
