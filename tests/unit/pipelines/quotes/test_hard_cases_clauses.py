"""How far a reported clause goes, and what is reported as a thing, in wordings of our own."""

import pytest

from tests.unit.pipelines.quotes.conftest import Reader


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        pytest.param(
            "Ruth Calder said she backs the ferry, stating that it was the only way to work.",
            "she backs the ferry",
            "that it was the only way to work",
            id="after the clause",
        ),
        pytest.param(
            "Ruth Calder gave no date, saying that “the crews” were told early and "
            "stressing that the pier has been closed for a year.",
            "that … the crews … were told early",
            "that the pier has been closed for a year",
            id="joined to a quoted one",
        ),
        pytest.param(
            "Ruth Calder opened the debate, saying that the pier was closed in May and "
            "repeating that nobody was warned.",
            "that the pier was closed in May",
            "that nobody was warned",
            id="joined to a reported one",
        ),
    ],
)
def test_two_cues_of_one_speaker_are_two_statements(
    read: Reader, text: str, first: str, second: str
) -> None:
    assert [(s.text, s.name) for s in read(text)] == [
        (first, "Ruth Calder"),
        (second, "Ruth Calder"),
    ]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param(
            "Ruth Calder said the line has been mended, with no trains since May, "
            "and is now waiting for a test.",
            "the line has been mended, with no trains since May, and is now waiting for a test",
            id="one tense after another",
        ),
        pytest.param(
            "Ruth Calder recalled the risk of a flood and that pumps have often failed.",
            "the risk of a flood and that pumps have often failed",
            id="a thing and a clause",
        ),
        pytest.param(
            "Ruth Calder mentioned the price of fuel and that buses have not been repaired.",
            "the price of fuel and that buses have not been repaired",
            id="mentioned",
        ),
    ],
)
def test_a_reported_clause_goes_on(read: Reader, text: str, quote: str) -> None:
    assert [(s.text, s.name) for s in read(text)] == [(quote, "Ruth Calder")]


@pytest.mark.parametrize(
    "text",
    [
        "The union says the port owes it money; the port says the crane was sold.",
        "Varn says the ferry is late; Larkmoor says the tide is early.",
        "Ruth Calder says the yard is shut; Tom Hale says the crane is sold.",
    ],
)
def test_a_semicolon_parts_two_who_speak(read: Reader, text: str) -> None:
    assert len(read(text)) == 2


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ruth Calder announced her intention to sell the yard.", "her intention to sell the yard"),
        (
            "Ruth Calder has declared her readiness to pay for the pier, which closed in May.",
            "her readiness to pay for the pier",
        ),
        (
            "Ruth Calder confirmed her willingness to meet the union.",
            "her willingness to meet the union",
        ),
        (
            "Ruth Calder noted the fact that the yard has no crane.",
            "the fact that the yard has no crane",
        ),
        (
            "Ruth Calder praised the fact that the pier is open again, which nobody denies.",
            "the fact that the pier is open again",
        ),
        (
            "Ruth Calder underlined the fact that crews are paid late.",
            "the fact that crews are paid late",
        ),
        ("Ruth Calder was quick to point out that it rained.", "that it rained"),
        ("Ruth Calder was keen to stress how old the pier was.", "how old the pier was"),
        ("Ruth Calder was careful to add that nobody was hurt.", "that nobody was hurt"),
    ],
)
def test_what_is_reported_as_a_thing(read: Reader, text: str, quote: str) -> None:
    assert [(s.text, s.name) for s in read(text)] == [(quote, "Ruth Calder")]


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Calder sold her plan to build a yard.",
        "Ruth Calder liked the fact that the pier was open.",
        "Ruth Calder was unable to say when the pier would open.",
    ],
)
def test_what_is_not_reported(read: Reader, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "The two owners of the ferry opposed, Calder said, any attempt to “go home early”.",
            "The two owners of the ferry opposed … any attempt to … go home early",
        ),
        (
            "The owners of the yard wanted, Calder said, a way to “keep the lights on”.",
            "The owners of the yard wanted … a way to … keep the lights on",
        ),
        (
            "The village council rejected, Calder added, every plan to “sell the shore”.",
            "The village council rejected … every plan to … sell the shore",
        ),
    ],
)
def test_a_cue_in_the_middle_keeps_what_stands_before_it(
    read: Reader, text: str, quote: str
) -> None:
    (said,) = read(text)
    assert (said.kind, said.text) == ("mixed", quote)


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Calder refused to comment on the plan as “it would only make things worse.”",
        "Ruth Calder refused to guess when it would open because “it would only make things "
        "worse.”",
        "Ruth Calder refused to talk about the plan, because “it would only make things worse.”",
    ],
)
def test_the_reason_of_a_refusal_is_what_is_said(read: Reader, text: str) -> None:
    (said,) = read(text)
    assert (said.kind, said.text, said.name) == (
        "direct",
        "it would only make things worse.",
        "Ruth Calder",
    )


@pytest.mark.parametrize(
    "text",
    [
        "The Varn Herald reported on Friday that the yard's ‘king’, Tom Hale, has said that he "
        "wants to ‘give it all’ to the village.",
        "The Varn Herald wrote that the ‘old man’ of the yard had said he would ‘give it all’ "
        "to the village.",
        "The Varn Herald reported that Tom Hale, the ‘king’ of the yard, said that he would "
        "‘give it all’ to the village.",
    ],
)
def test_who_reports_that_another_spoke_is_the_speaker(read: Reader, text: str) -> None:
    (said,) = read(text)
    assert said.speaker is not None
    assert "Varn Herald" in said.speaker


@pytest.mark.parametrize(
    "subject",
    [
        "The last line of the report on the Norwatch website",
        "The final paragraph of a statement on the website of Norwatch",
        "The first sentence in the summary of the meeting on the Norwatch page",
    ],
)
def test_a_part_of_a_document_speaks_for_who_published_it(read: Reader, subject: str) -> None:
    text = (
        "Norwatch, a Norwegian company, met on Monday in Oslo.\n\n"
        f"{subject} reads: “All members of the board were present.”"
    )
    assert [s.name for s in read(text) if s.kind == "direct"] == ["Norwatch"]
