"""Statements as a careful reader would list them."""

from itertools import pairwise

import pytest

from tests.unit.pipelines.quotes.conftest import Reader


@pytest.mark.parametrize(
    ("text", "quote", "speaker", "cue"),
    [
        pytest.param(
            "“The harbour will reopen in May,” said Anna Lindqvist.",
            "The harbour will reopen in May,",
            "Anna Lindqvist",
            "said",
            id="inverted",
        ),
        pytest.param(
            "“The harbour will reopen in May,” Anna Lindqvist told reporters.",
            "The harbour will reopen in May,",
            "Anna Lindqvist",
            "told",
            id="subject first",
        ),
        pytest.param(
            "Anna Lindqvist said: “The harbour will reopen in May.”",
            "The harbour will reopen in May.",
            "Anna Lindqvist",
            "said",
            id="introduced",
        ),
        pytest.param(
            "“The harbour,” Anna Lindqvist said, “will reopen in May.”",
            "The harbour, … will reopen in May.",
            "Anna Lindqvist",
            "said",
            id="cue in the middle",
        ),
        pytest.param(
            "“The harbour will reopen,” Anna Lindqvist said. “We are working day and night.”",
            "The harbour will reopen, … We are working day and night.",
            "Anna Lindqvist",
            "said",
            id="goes on after the cue",
        ),
        pytest.param(
            "“The harbour will reopen,” said Anna Lindqvist, the head of the port of Varn, in May.",
            "The harbour will reopen,",
            "Anna Lindqvist",
            "said",
            id="apposition",
        ),
        pytest.param(
            "“Will the harbour ever reopen?” Anna Lindqvist asked.",
            "Will the harbour ever reopen?",
            "Anna Lindqvist",
            "asked",
            id="question",
        ),
    ],
)
def test_direct_quotes(read: Reader, text: str, quote: str, speaker: str, cue: str) -> None:
    (said,) = read(text)
    assert (said.kind, said.text, said.speaker, said.cue) == ("direct", quote, speaker, cue)
    assert said.name == "Anna Lindqvist"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param(
            "Anna Lindqvist said that the strike was “a gift to smugglers”.",
            "that the strike was … a gift to smugglers",
            id="that-clause",
        ),
        pytest.param(
            "Anna Lindqvist said the strike was “a gift to smugglers” and a shame.",
            "the strike was … a gift to smugglers … and a shame",
            id="without that",
        ),
        pytest.param(
            "The strike was “a gift to smugglers,” said Anna Lindqvist.",
            "The strike was … a gift to smugglers,",
            id="cue after",
        ),
        pytest.param(
            "Anna Lindqvist called it “a gift to smugglers”.",
            "it … a gift to smugglers",
            id="label",
        ),
    ],
)
def test_mixed_quotes(read: Reader, text: str, quote: str) -> None:
    (said,) = read(text)
    assert (said.kind, said.text, said.name) == ("mixed", quote, "Anna Lindqvist")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param(
            "Anna Lindqvist said that the harbour would reopen in May.",
            "that the harbour would reopen in May",
            id="that-clause",
        ),
        pytest.param(
            "The harbour will reopen in May, Anna Lindqvist said.",
            "The harbour will reopen in May",
            id="tag",
        ),
        pytest.param(
            "According to Anna Lindqvist, the harbour will reopen in May.",
            "the harbour will reopen in May",
            id="according to",
        ),
    ],
)
def test_indirect_quotes(read: Reader, text: str, quote: str) -> None:
    (said,) = read(text)
    assert (said.kind, said.text, said.name) == ("indirect", quote, "Anna Lindqvist")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The so-called “green lane” opened on Monday.", id="scare quotes"),
        pytest.param("She once sang in “The Glass Orchard” at the Royal.", id="title"),
        pytest.param("Tom “Boots” Kelleher retired in March.", id="nickname"),
        pytest.param("The word “quay” comes from the French.", id="term"),
    ],
)
def test_what_is_no_statement(read: Reader, text: str) -> None:
    assert read(text) == []


def test_a_pronoun_that_speaks_is_who_spoke_before(read: Reader) -> None:
    text = (
        "Anna Lindqvist met Peter Oduya on Monday.\n\n"
        "“We are working day and night,” Lindqvist said.\n\n"
        "“There is no other way,” she added."
    )
    assert [s.name for s in read(text)] == ["Anna Lindqvist", "Anna Lindqvist"]


def test_a_speaker_is_never_inside_the_quote(read: Reader) -> None:
    for said in read("Anna Lindqvist said: “I, Anna Lindqvist, will stay.”"):
        assert said.quote.speaker == (0, 14)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param(
            "Anna Lindqvist vowed to reopen the harbour.", "to reopen the harbour", id="promise"
        ),
        pytest.param(
            "The harbour, as Anna Lindqvist noted, has no crane.",
            "The harbour … has no crane",
            id="aside",
        ),
        pytest.param(
            "The harbour, Anna Lindqvist said, has no crane.",
            "The harbour … has no crane",
            id="cue in the middle",
        ),
    ],
)
def test_indirect_quotes_in_other_shapes(read: Reader, text: str, quote: str) -> None:
    (said,) = read(text)
    assert (said.kind, said.text, said.name) == ("indirect", quote, "Anna Lindqvist")


def test_no_statement_lies_in_another(read: Reader) -> None:
    text = (
        "Anna Lindqvist said that Peter Oduya had told her that the crane was “a death trap”, "
        "adding that Oduya, who called it “a toy”, said he would “never” use it."
    )
    spans = sorted((s.start, s.end) for said in read(text) for s in said.quote.spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
