"""The mentions of an article and the things they mean."""

from itertools import pairwise

import pytest
from spacy.language import Language

from pipelines.articles.article import Block
from pipelines.entities.finder import find_mentions
from pipelines.entities.mention import LocalEntity, Mention
from pipelines.parsing import parse


def find(nlp: Language, *paragraphs: str) -> tuple[str, list[Mention], list[LocalEntity]]:
    text, blocks = "", []
    for paragraph in paragraphs:
        start = len(text)
        text += paragraph + "\n\n"
        blocks.append(Block("body", start, len(text)))
    return text, *find_mentions(parse(nlp, text, blocks), text, blocks)


def names(nlp: Language, *paragraphs: str) -> list[tuple[str, str]]:
    text, mentions, _ = find(nlp, *paragraphs)
    return [(text[m.start : m.end], m.type) for m in mentions if m.form == "name"]


def meant(nlp: Language, *paragraphs: str) -> list[tuple[str, str | None]]:
    """Each role and pronoun, and the name of the thing it means."""
    text, mentions, things = find(nlp, *paragraphs)
    return [
        (text[m.start : m.end], None if m.local is None else things[m.local].name)
        for m in mentions
        if m.form != "name"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Finance Minister Anna Kowalczyk met Ursula von der Tannen in Vienna on Monday.",
            [
                ("Anna Kowalczyk", "PERSON"),
                ("Ursula von der Tannen", "PERSON"),
                ("Vienna", "GPE"),
            ],
        ),
        (
            "Reporting by Petra Lindqvist and Omar Haddad; Editing by Jane Holt",
            [("Petra Lindqvist", "PERSON"), ("Omar Haddad", "PERSON"), ("Jane Holt", "PERSON")],
        ),
        (
            "OSLO/HELSINKI (Reuters) - Norway’s parliament voted on Friday.",
            [("OSLO", "GPE"), ("HELSINKI", "GPE"), ("Reuters", "ORG"), ("Norway", "GPE")],
        ),
        (
            "Secretary of State Daniel Brooks spoke to American officials about Brexit.",
            [("Daniel Brooks", "PERSON"), ("American", "NORP"), ("Brexit", "EVENT")],
        ),
    ],
)
def test_names_have_clean_boundaries(
    nlp: Language, sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert names(nlp, sentence) == expected


def test_surnames_and_misspellings_are_one_person(nlp: Language) -> None:
    _, _, things = find(
        nlp,
        "Jonas Stenholdt, director of the harbour authority, spoke on Monday.",
        "Stenholdt said the port would open in May. Jonas Stenhaldt has led it since 2011.",
    )
    people = [t for t in things if t.type == "PERSON"]
    assert [(p.name, p.aliases) for p in people] == [
        ("Jonas Stenholdt", ("Jonas Stenhaldt", "Stenholdt"))
    ]
    assert people[0].roles == ("director of the harbour authority",)


def test_a_bare_name_before_its_namesake_comes_is_the_first_bearer(nlp: Language) -> None:
    text, mentions, things = find(
        nlp,
        "Peter Lindqvist opened the meeting. Lindqvist thanked the guests.",
        "Sara Lindqvist spoke later.",
    )
    bare = next(m for m in mentions if text[m.start : m.end] == "Lindqvist")
    assert bare.local is not None
    assert things[bare.local].name == "Peter Lindqvist"


def test_countries_carry_their_code_and_capitals_speak_for_them(nlp: Language) -> None:
    _, _, things = find(
        nlp, "Washington said the U.S. would wait. Talks were held in Moscow with Americans."
    )
    found = {(t.name, t.type, t.country) for t in things}
    assert ("United States", "GPE", "US") in found
    assert ("Moscow", "GPE", "RU") in found
    assert ("American", "NORP", "US") in found
    assert not any(t.name == "Washington" for t in things)


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (  # a title before the name, then the office alone
            (
                "NATO Secretary General Karl Berglund spoke in Oslo.",
                "The NATO chief said the talks had failed.",
            ),
            [("The NATO chief", "Karl Berglund")],
        ),
        (  # an apposition, then a noun of the same sort
            (
                "“Prices will rise,” said Helena Brandt, a professor at Uppsala University.",
                "“Wages will not,” the academic added.",
            ),
            [("the academic", "Helena Brandt")],
        ),
        (  # an office in the lead, the name in the next paragraph
            (
                "NATO’s secretary general rejected the plan on Monday.",
                "Karl Berglund told reporters that it came too late.",
            ),
            [("NATO’s secretary general", "Karl Berglund")],
        ),
        (  # someone unnamed: not the minister of before
            (
                "Interior Minister Tomas Brandt resigned.",
                "A senior official confirmed it. The official asked not to be named.",
            ),
            [],
        ),
        (  # a noun of the body's sort
            ("NATO met on Monday. A spokeswoman said the alliance was ready.",),
            [("the alliance", "NATO")],
        ),
        (
            ("Nordvik Shipping Inc. cut 300 jobs in May. Costs had risen, the company said.",),
            [("the company", "Nordvik Shipping Inc.")],
        ),
        (  # two countries: either may be meant
            ("Norway and Sweden signed in May. Farmers across the country protested.",),
            [],
        ),
        (
            ("Helena Brandt resigned. She had led the bank since 2012.",),
            [("She", "Helena Brandt")],
        ),
        (  # the speaker is not the one of whom she speaks
            ("“He will win,” said Helena Brandt of Tomas Kowalski.",),
            [("He", None)],
        ),
    ],
)
def test_roles_and_pronouns_mean_someone_named(
    nlp: Language, paragraphs: tuple[str, ...], expected: list[tuple[str, str | None]]
) -> None:
    assert meant(nlp, *paragraphs) == expected


def test_a_place_is_its_team_in_the_report_of_a_match(nlp: Language) -> None:
    found = names(
        nlp,
        "Ohio beat Iowa 31-17 in Columbus on Saturday with four touchdowns in overtime.",
        "Jim Varga threw for 210 yards, and Ohio forced three turnovers by halftime.",
    )
    assert ("Ohio", "ORG") in found
    assert ("Columbus", "GPE") in found


def test_words_of_a_headline_are_names_only_where_the_text_bears_them_out(nlp: Language) -> None:
    found = names(
        nlp,
        "Brandt Denies Secret Harbour Deal As Pressure Mounts",
        "Helena Brandt said on Monday that she had signed nothing.",
    )
    assert found == [("Brandt", "PERSON"), ("Helena Brandt", "PERSON")]


def test_a_region_is_told_from_its_namesake_by_the_company_it_keeps(nlp: Language) -> None:
    _, _, things = find(nlp, "Voters in Georgia, Ohio and Texas chose the next U.S. president.")
    assert ("Georgia", "US") in {(t.name, t.country) for t in things}
    _, _, things = find(nlp, "Georgia and Armenia reopened the border near Tbilisi.")
    assert ("Georgia", "GE") in {(t.name, t.country) for t in things}


@pytest.mark.parametrize(
    "sentence", ["the president " * 400, "NATO chief " * 400, "Ann Varga, " * 400]
)
def test_hostile_repetition_ends_soon(nlp: Language, sentence: str) -> None:
    _, mentions, _ = find(nlp, sentence)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_a_name_ends_with_its_block(nlp: Language) -> None:
    found = names(nlp, "Author: Anna Kowalczyk", "Anna Kowalczyk lives in Vienna.")
    assert [name for name, kind in found if kind == "PERSON"] == ["Anna Kowalczyk"] * 2


def test_unread_blocks_have_no_mentions(nlp: Language) -> None:
    text = "Anna Kowalczyk resigned.\n\nRead more: Tomas Brandt wins in Vienna\n\n"
    blocks = [Block("body", 0, 26), Block("related", 26, len(text))]
    mentions, _ = find_mentions(parse(nlp, text, blocks), text, blocks)
    assert [text[m.start : m.end] for m in mentions] == ["Anna Kowalczyk"]


def test_mentions_are_in_order_and_apart(nlp: Language) -> None:
    _, mentions, things = find(
        nlp, "The EU’s chief negotiator, Anna Kowalczyk, met NATO’s chief in Brussels, she said."
    )
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(m.local is None or m.local < len(things) for m in mentions)


def test_an_empty_article_names_nothing(nlp: Language) -> None:
    assert find_mentions(parse(nlp, "", []), "", []) == ([], [])
