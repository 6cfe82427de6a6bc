"""The forms that names come in, one hard one after another, in sentences of our own."""

import pytest

from tests.unit.pipelines.entities.conftest import Find


@pytest.mark.parametrize(
    ("form", "paragraphs", "expected"),
    [
        (
            "capitals",
            (
                "HELENA BRANDT RESIGNS AFTER HARBOUR ROW IN OSLO",
                "Helena Brandt resigned in Oslo on Monday.",
            ),
            [
                ("HELENA BRANDT", "PERSON"),
                ("OSLO", "GPE"),
                ("Helena Brandt", "PERSON"),
                ("Oslo", "GPE"),
            ],
        ),
        (
            "headline",
            (
                "Brandt Quits As Pressure Over Harbour Deal Mounts",
                "Helena Brandt left the finance ministry on Monday.",
            ),
            [("Brandt", "PERSON"), ("Helena Brandt", "PERSON")],
        ),
        (
            "list",
            ("The panel heard Tomas Varga, Lena Holt, Omar Haddad and Jane Pike on Friday.",),
            [
                ("Tomas Varga", "PERSON"),
                ("Lena Holt", "PERSON"),
                ("Omar Haddad", "PERSON"),
                ("Jane Pike", "PERSON"),
            ],
        ),
        (
            "hyphens",
            ("Anna-Lena Berg-Holt met Jean-Paul Mercier in Geneva.",),
            [
                ("Anna-Lena Berg-Holt", "PERSON"),
                ("Jean-Paul Mercier", "PERSON"),
                ("Geneva", "GPE"),
            ],
        ),
        (
            "initials",
            ("J. K. Holloway and William T. Parrish signed the letter.",),
            [("J. K. Holloway", "PERSON"), ("William T. Parrish", "PERSON")],
        ),
        (
            "particles",
            ("Ursula von der Tannen spoke. Mr. van den Berg and Rosa de la Cruz listened.",),
            [
                ("Ursula von der Tannen", "PERSON"),
                ("van den Berg", "PERSON"),
                ("Rosa de la Cruz", "PERSON"),
            ],
        ),
        (
            "suffixes",
            ("Robert Tillman Jr. won the seat that George Parrish III had held.",),
            [("Robert Tillman Jr.", "PERSON"), ("George Parrish III", "PERSON")],
        ),
        (
            "titles and possessives",
            ("Dr. Helena Brandt’s report reached Gen. Tomas Varga and Lady Holt.",),
            [("Helena Brandt", "PERSON"), ("Tomas Varga", "PERSON"), ("Holt", "PERSON")],
        ),
        (
            "dateline",
            ("BERLIN — Germany’s parliament voted on Friday.",),
            [("BERLIN", "GPE"), ("Germany", "GPE")],
        ),
        (
            "acronym with dots",
            ("The U.N. sent aid. The UN said more would follow.",),
            [("U.N.", "ORG"), ("UN", "ORG")],
        ),
        (
            "common nouns in capitals",
            ("All partners met. They value relations with Partners in the region.",),
            [],
        ),
        (
            "owners side by side",
            ("Putin's (and Lavrenko's) statements were disregarded.",),
            [("Putin", "PERSON"), ("Lavrenko", "PERSON")],
        ),
        (
            "a document with its initials in brackets",
            ("Moldova must submit a Harbour Action Plan (HAP).", "The HAP was dropped."),
            [
                ("Moldova", "GPE"),
                ("Harbour Action Plan", "LAW"),
                ("HAP", "LAW"),
                ("HAP", "LAW"),
            ],
        ),
        (
            "a document named in passing",
            ("Moldova no longer has to submit a Harbour Action Plan, and waits.",),
            [("Moldova", "GPE"), ("Harbour Action Plan", "LAW")],
        ),
        (
            "an agency after a dateline",
            ("OSLO (Coastwire) - Prime Minister Per Hauge spoke in Oslo.",),
            [("OSLO", "GPE"), ("Coastwire", "ORG"), ("Per Hauge", "PERSON"), ("Oslo", "GPE")],
        ),
        (
            "a sentence that ends with initials in brackets",
            ("Sen. Olivia Marsh and Sen. Trent Bellweather left the Coastal Relief Fund (CRF).",),
            [
                ("Olivia Marsh", "PERSON"),
                ("Trent Bellweather", "PERSON"),
                ("Coastal Relief Fund", "ORG"),
                ("CRF", "ORG"),
            ],
        ),
        (
            "a legal form in small letters",
            ("Lumora Energy plc said on Thursday it would buy Greyfen GmbH this year.",),
            [("Lumora Energy plc", "ORG"), ("Greyfen GmbH", "ORG")],
        ),
        (
            "a longer name that ends with a country",
            ("A survey by Transport Canada was published in Canada on Friday.",),
            [("Transport Canada", "ORG"), ("Canada", "GPE")],
        ),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_names_in_hard_forms_are_found(
    find: Find, form: str, paragraphs: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert find(*paragraphs).names() == expected, form


@pytest.mark.parametrize(
    ("paragraphs", "name", "aliases"),
    [
        (  # an abbreviation introduced in brackets, then alone
            (
                "Ministers praised the Fisheries Protection Agency (FPA) on Monday.",
                "The FPA said that stocks had grown.",
            ),
            "Fisheries Protection Agency",
            ("FPA",),
        ),
        (  # an acronym with dots for a name in full
            ("The European Union met. The E.U. agreed on a budget.",),
            "European Union",
            ("E.U.",),
        ),
        (  # a misspelling beside the right form
            (
                "Marit Stenholdt leads the union. Marit Stenholt spoke on Monday.",
                "Stenholdt said so.",
            ),
            "Marit Stenholdt",
            ("Marit Stenholt", "Stenholdt"),
        ),
        (  # a transliteration with other marks
            ("Zoltán Kovács spoke in Budapest. Zoltan Kovacs leads the party.",),
            "Zoltán Kovács",
            ("Zoltan Kovacs",),
        ),
        (  # an initial for a given name
            ("Ingrid Halvorsen wrote it. I. Halvorsen also drew the maps.",),
            "Ingrid Halvorsen",
            ("I. Halvorsen",),
        ),
        (  # a body by its own name, without its owner's
            (
                "He led the NATO Standing Naval Group.",
                "NATO named him director of the Standing Naval Group.",
            ),
            "NATO Standing Naval Group",
            ("Standing Naval Group",),
        ),
        (  # a sort of body that stands for the one named
            ("The Ministry of Fisheries objected. Nobody at the Ministry would say why.",),
            "Ministry of Fisheries",
            ("Ministry",),
        ),
        (
            ("He fought in World War II. His father died after the Second World War.",),
            "Second World War",
            ("World War II",),
        ),
    ],
)
def test_spellings_of_one_thing_are_one_thing(
    find: Find, paragraphs: tuple[str, ...], name: str, aliases: tuple[str, ...]
) -> None:
    assert find(*paragraphs).thing(name).aliases == aliases


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (  # different first names
            ("Karl Berglund and Lars Berglund own the yard.",),
            {"Karl Berglund", "Lars Berglund"},
        ),
        (  # different suffixes
            ("Robert Tillman Sr. founded the bank. Robert Tillman Jr. sold it.",),
            {"Robert Tillman Sr.", "Robert Tillman Jr."},
        ),
        (  # a team and its city: one name, two things
            (
                "Toronto beat Boston 4-2 in Toronto on Friday with two goals in overtime.",
                "Goalkeeper Jan Pike made thirty saves before halftime, and Toronto "
                "won the season's last match.",
            ),
            {"Toronto", "Boston", "Jan Pike"},
        ),
    ],
)
def test_two_things_stay_two(find: Find, paragraphs: tuple[str, ...], expected: set[str]) -> None:
    assert {thing.name for thing in find(*paragraphs).things} >= expected


def test_a_team_is_another_thing_than_its_city(find: Find) -> None:
    found = find(
        "Ohio beat Iowa 31-17 in Columbus, Ohio, on Saturday with four touchdowns in overtime.",
        "Jim Varga threw for 210 yards, and Ohio forced three turnovers by halftime.",
    )
    assert {t.type for t in found.things if t.name == "Ohio"} == {"ORG", "GPE"}


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("Moscow rejected the plan, and Russia recalled its envoy.", "Russia"),
        ("Russia waited. New sanctions against Moscow were drawn up.", "Russia"),
        ("Russia waited. The bloc tried to compel Moscow to negotiate.", "Russia"),
        ("Russia waited. Few shared Moscow’s position on the strait.", "Russia"),
    ],
)
def test_a_capital_that_decides_or_is_urged_is_the_government(
    find: Find, sentence: str, country: str
) -> None:
    moscow = [name for words, _, name in find(sentence).called() if words == "Moscow"]
    assert moscow == [country]


@pytest.mark.parametrize(
    "sentence",
    [
        "Russia waited. Talks were held in Moscow on Friday.",
        "Russia waited. Moscow’s streets were empty.",
        "Shops closed, and a march against Moscow traffic drew thousands.",
    ],
)
def test_a_capital_where_something_happens_is_a_city(find: Find, sentence: str) -> None:
    moscow = [name for words, _, name in find(sentence).called() if words == "Moscow"]
    assert moscow == ["Moscow"]


@pytest.mark.parametrize("words", ["The U.S.", "America", "The United States", "Washington"])
def test_names_of_a_country_lead_to_its_code(find: Find, words: str) -> None:
    (thing,) = find(f"{words} said on Monday that it would wait.").things
    assert (thing.name, thing.type, thing.country) == ("United States", "GPE", "US")


def test_a_nationality_is_a_people_with_the_country_of_it(find: Find) -> None:
    thing = find("American diplomats left on Monday.").thing("American")
    assert (thing.type, thing.country) == ("NORP", "US")


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("The Norwegian Institute of Marine Studies agreed.", "NO"),
        ("Both joined the Oslo Cooperation Initiative in May.", None),
    ],
)
def test_a_body_has_the_country_that_its_name_tells(
    find: Find, sentence: str, country: str | None
) -> None:
    assert [t.country for t in find(sentence).things if t.type == "ORG"] == [country]


def test_what_is_called_for_short_beside_its_country_has_its_listed_name(find: Find) -> None:
    found = find("The United States had briefed them. Envoys from State and the Pentagon spoke.")
    assert ("State", "ORG", "State Department") in found.called()


def test_a_role_of_two_fields_takes_in_where_it_is_held(find: Find) -> None:
    found = find(
        "It may rain, warns Jo Lindqvist, political science and marine studies professor at the "
        "Norwegian Institute of Oceans."
    )
    person = found.thing("Jo Lindqvist")
    assert person.roles == ("marine studies professor at the Norwegian Institute of Oceans",)
    assert person.country == "NO"


def test_a_name_inside_a_role_is_a_mention_of_its_own(find: Find) -> None:
    found = find(
        "NATO Secretary General Karl Berglund spoke in Oslo.",
        "The NATO chief said the talks had failed.",
    )
    assert ("The NATO chief", "PERSON", "Karl Berglund") in found.called("role")
    assert [w for w, _ in found.names()].count("NATO") == 2
    role = next(m for m in found.mentions if m.form == "role")
    inside = [m for m in found.mentions if role.start < m.start < role.end]
    assert [found.text[m.start : m.end] for m in inside] == ["NATO"]


def test_a_role_mention_tells_the_nation_of_its_person(find: Find) -> None:
    found = find(
        "Lieutenant Hans Wiebe spoke in Brussels on Monday.",
        "The Danish officer praised the recruits. He became his nation’s envoy in 2015.",
    )
    assert found.thing("Hans Wiebe").country == "DK"
    assert [words for words, _, _ in found.called("role")] == ["The Danish officer"]


def test_a_dateline_and_its_capital_are_one_place_that_does_not_speak(find: Find) -> None:
    found = find(
        "OSLO (Coastwire) - Norwegian Minister Per Hauge said in Oslo that it would close."
    )
    assert {name for words, _, name in found.called() if words.upper() == "OSLO"} == {"Oslo"}


def test_a_suffix_tells_father_and_son_apart(find: Find) -> None:
    found = find(
        "Harold Pemberton Jr. was cleared on Friday. His father, Harold Pemberton Sr., wept.",
        "The judge praised Pemberton Jr.'s lawyer.",
    )
    assert found.called()[-1] == ("Pemberton Jr.", "PERSON", "Harold Pemberton Jr.")
