"""The hard cases of attribution, each in several wordings of our own."""

import pytest

from tests.unit.pipelines.quotes.conftest import Reader, Said


def quoted(said: list[Said]) -> list[tuple[str, str | None]]:
    """What was quoted and by whom, statements without marks left out."""
    return [(s.text, s.name) for s in said if s.kind != "indirect"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“My boss called it “brave” and walked out,” said Ruth Calder.",
            "My boss called it “brave” and walked out,",
            id="same marks",
        ),
        pytest.param(
            "‘My boss called it “brave” and walked out,’ said Ruth Calder.",
            "My boss called it “brave” and walked out,",
            id="double in single",
        ),
        pytest.param(
            "\"My boss said, 'Go,' and I went,\" said Ruth Calder.",
            "My boss said, 'Go,' and I went,",
            id="another speaker inside",
        ),
    ],
)
def test_quotes_in_quotes_are_one_statement(read: Reader, text: str, expected: str) -> None:
    assert quoted(read(text)) == [(expected, "Ruth Calder")]


def test_a_quote_reopened_in_each_paragraph_is_one_statement(read: Reader) -> None:
    text = (
        "Ruth Calder said: “We began with two boats.\n\n"
        "“By winter there were nine.\n\n"
        "“Now there are none.”"
    )
    (said,) = read(text)
    assert len(said.quote.spans) == 3
    assert said.name == "Ruth Calder"


@pytest.mark.parametrize(
    "intro",
    ["She added:", "Calder added:", "Calder had this to say:", "In a letter, Calder wrote:"],
)
def test_an_introduction_may_be_a_paragraph_of_its_own(read: Reader, intro: str) -> None:
    text = (
        "Ruth Calder closed the yard on Friday, she said.\n\n"
        f"{intro}\n\n“There was no work left for anyone here.”"
    )
    assert quoted(read(text)) == [("There was no work left for anyone here.", "Ruth Calder")]


def test_a_run_of_quotes_after_one_cue_has_one_speaker(read: Reader) -> None:
    text = (
        "“There was no work left,” Ruth Calder said.\n\n"
        "“I told the men on a Friday. It was the worst day of my life.”\n\n"
        "“Nobody shouted. They shook my hand and left.”"
    )
    assert [s.name for s in read(text)] == ["Ruth Calder"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "“The yard is closed,” said Ruth Calder, who has run it since her father died in 2003.",
        "“The yard is closed,” Ruth Calder, who has run it since her father died, told reporters.",
        "“The yard is closed,” the owner, Ruth Calder, said on Friday.",
        "“The yard is closed,” Ruth Calder, its owner and the last boatbuilder in Varn, said.",
    ],
)
def test_long_appositions(read: Reader, text: str) -> None:
    assert quoted(read(text)) == [("The yard is closed,", "Ruth Calder")]


def test_a_passive_cue_names_who_is_quoted(read: Reader) -> None:
    (said,) = read("Ruth Calder was quoted as saying that the yard would close.")
    assert (said.kind, said.name) == ("indirect", "Ruth Calder")


def test_who_is_told_does_not_speak(read: Reader) -> None:
    for said in read("Ruth Calder was told that the yard would close."):
        assert said.name != "Ruth Calder"


def test_two_speakers_in_one_sentence(read: Reader) -> None:
    text = (
        "Ruth Calder met Owen Marsh on Friday. “It is over,” Calder said, "
        "and Marsh replied, “It has only begun.”"
    )
    assert quoted(read(text)) == [
        ("It is over,", "Ruth Calder"),
        ("It has only begun.", "Owen Marsh"),
    ]


def test_the_speaker_is_not_someone_named_in_the_quote(read: Reader) -> None:
    text = (
        "Ruth Calder runs the yard. Owen Marsh used to run it.\n\n"
        "“Marsh never paid a bill,” she said."
    )
    assert quoted(read(text)) == [("Marsh never paid a bill,", "Ruth Calder")]


@pytest.mark.parametrize(
    "text",
    [
        "“The yard is closed.” — Ruth Calder, owner",
        "“The yard is closed.”\n\n— Ruth Calder, owner",
    ],
)
def test_a_name_after_a_dash_signs_the_quote(read: Reader, text: str) -> None:
    assert quoted(read(text)) == [("The yard is closed.", "Ruth Calder")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As Ruth Calder put it, “the sea keeps the books.”", "the sea keeps the books."),
        ("According to Ruth Calder: “The sea keeps the books.”", "The sea keeps the books."),
        ("“The sea keeps the books,” as Ruth Calder puts it.", "The sea keeps the books,"),
    ],
)
def test_cues_of_several_words(read: Reader, text: str, expected: str) -> None:
    assert quoted(read(text)) == [(expected, "Ruth Calder")]


def test_questions_of_the_interviewer_name_nobody(read: Reader) -> None:
    text = (
        "Ruth Calder greets me at the gate. “Mind the step,” she says.\n\n"
        "Is it true that Owen Marsh wants to buy the yard?\n\n"
        "“He may want it, but he will not get it from me.”"
    )
    assert [name for _, name in quoted(read(text))] == ["Ruth Calder", "Ruth Calder"]


def test_a_transcript_is_read_by_its_labels(read: Reader) -> None:
    text = (
        "Q: When did you close the yard?\n\nA: On a Friday. It rained all day.\n\n"
        "Q: Who was there?\n\nA: Everyone who was left. I made the tea."
    )
    said = read(text)
    assert [s.text for s in said][1] == "On a Friday. It rained all day"
    assert [s.name for s in said] == [None] * 4


@pytest.mark.parametrize(
    "text",
    [
        "He wants “a fair deal” for the yard.",
        "The “Sea Swallow” left port at 6' draught and 45\" of freeboard.",
        "The yard's so-called “golden share” was sold in March.",
        "Her novel “The Cold Slip” sold out in a week.",
    ],
)
def test_words_in_marks_that_nobody_said(read: Reader, text: str) -> None:
    assert quoted(read(text)) == []


def test_the_role_is_what_the_text_calls_the_speaker(read: Reader) -> None:
    (said,) = read("“The yard is closed,” said Ruth Calder, the owner of the yard.")
    assert said.quote.speaker_role == "the owner of the yard"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“It is over,” said Ruth Calder.", "name"),
        ("“It is over,” she said.", "pronoun"),
        ("“It is over,” officials said.", "collective"),
        ("“It is over,” a neighbour said.", "anonymous"),
        ("“It is over,” the minister said.", "role"),
    ],
)
def test_speaker_forms(read: Reader, text: str, form: str) -> None:
    (said,) = read(text)
    assert said.quote.speaker_form == form


def test_who_spoke_long_ago_does_not_speak_again_unasked(read: Reader) -> None:
    filler = "The ferry was built at Larkmoor. It is green. It has two engines. It leaks.\n\n"
    text = (
        f"Ruth Calder said the yard was closed.\n\n{filler}"
        "Omar Diallo said the ferry was late.\n\n"
        "“It is not the fault of Omar Diallo that the ferry was late.”"
    )
    assert quoted(read(text)) == [
        ("It is not the fault of Omar Diallo that the ferry was late.", None)
    ]
