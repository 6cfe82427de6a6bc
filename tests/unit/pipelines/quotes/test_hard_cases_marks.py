"""Hard cases of quotation marks and of the parts of a quotation, in wordings of our own."""

import pytest

from tests.unit.pipelines.quotes.conftest import Reader, Said


def quoted(said: list[Said]) -> list[tuple[str, str | None]]:
    """What was quoted and by whom, statements without marks left out."""
    return [(s.text, s.name) for s in said if s.kind != "indirect"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"The slip is gone for good,” said Ruth Calder.', "The slip is gone for good,"),
        ('Ruth Calder said: "The slip is gone for good.”', "The slip is gone for good."),
        (
            '“The slip is gone for good," Ruth Calder told the inquiry.',
            "The slip is gone for good,",
        ),
    ],
)
def test_straight_and_curly_marks_pair(read: Reader, text: str, words: str) -> None:
    assert quoted(read(text)) == [(words, "Ruth Calder")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "‘It’s the men’s yard, and it’s the men who’ll close it,’ said Ruth Calder.",
            "It’s the men’s yard, and it’s the men who’ll close it,",
        ),
        (
            "Ruth Calder said: ‘The workers’ boats weren’t built in the ’90s.’",
            "The workers’ boats weren’t built in the ’90s.",
        ),
        (
            "'Don't ask me,' said Ruth Calder of the yard's 'golden' years.",
            "Don't ask me,",
        ),
    ],
)
def test_single_marks_beside_apostrophes(read: Reader, text: str, words: str) -> None:
    assert quoted(read(text))[0] == (words, "Ruth Calder")


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Calder said: “We began with two boats.\n\n“Now there are none.”",
        "“We began with two boats,” said Ruth Calder.\n\n“Now there are none.”",
        "“We began with two boats.\n\n“Now there are none,” said Ruth Calder.",
        "“We began with two boats.\n\nNow there are none,” said Ruth Calder.",
    ],
)
def test_a_quotation_over_two_paragraphs_has_one_speaker(read: Reader, text: str) -> None:
    said = read(text)
    assert {s.name for s in said} == {"Ruth Calder"}
    assert "two boats" in said[0].text
    assert "Now there are none" in said[-1].text


@pytest.mark.parametrize(
    "text",
    [
        "“The yard,” said Ruth Calder, “was never for sale.”",
        "“The yard,” Ruth Calder told reporters on Friday, “was never for sale.”",
        "“The yard”, Ruth Calder added, “was never for sale”.",
        "Ruth Calder replied: “The yard,” she said, “was never for sale.”",
    ],
)
def test_a_cue_in_the_middle_parts_one_statement(read: Reader, text: str) -> None:
    (said,) = [s for s in read(text) if s.kind != "indirect"]
    assert (len(said.quote.spans), said.name) == (2, "Ruth Calder")


@pytest.mark.parametrize(
    "text",
    [
        "“The slip is gone,” said Ruth Calder. “It is gone for good. She sighed.",
        "The “Sea Swallow is gone,” said Ruth Calder.",
        'Nobody at 6 Quay Street" answered.\n\n“The slip is gone,” said Ruth Calder.',
    ],
)
def test_odd_marks_cost_no_more_than_their_paragraph(read: Reader, text: str) -> None:
    said = quoted(read(text))
    assert any("gone" in words and name == "Ruth Calder" for words, name in said)


@pytest.mark.parametrize(
    "text",
    [
        "The mast is 40' high and the saw has a 12\" blade.",
        "She ran the mile in 4'32\" in ’98.",
        "The ’90s yard took boats of 30' 6\" at most.",
        "A boat called “Sea Swallow” was sold in May.",
        "Ivo “The Anvil” Marsh has retired.",
    ],
)
def test_marks_that_quote_nobody(read: Reader, text: str) -> None:
    assert quoted(read(text)) == []


@pytest.mark.parametrize(
    "label",
    ["Owen Marsh recalled how Calder had said “the sea keeps the books”.",
     "Owen Marsh said Calder had once told him: “The sea keeps the books.”",
     "“Calder told us, ‘The sea keeps the books,’” Owen Marsh said."],
)  # fmt: skip
def test_who_quotes_another_is_the_speaker_or_names_the_other(read: Reader, label: str) -> None:
    said = quoted(read(f"Ruth Calder ran the yard. Owen Marsh was her clerk.\n\n{label}"))
    assert len(said) == 1
    assert said[0][1] in ("Owen Marsh", "Ruth Calder")


@pytest.mark.parametrize(
    "text",
    [
        "“The slip is gone for good,”Calder said. “We are done.”",
        "“The slip is gone for good,”Calder told reporters. “We are done.” 😀",
        "“The slip is gone for good,” Calder said. “We are done.” 🙏🙏",
    ],
)
def test_a_missing_blank_or_a_picture_costs_nothing(read: Reader, text: str) -> None:
    (said,) = quoted(read(f"Ruth Calder ran the yard.\n\n{text}"))
    assert said == ("The slip is gone for good, … We are done.", "Ruth Calder")
