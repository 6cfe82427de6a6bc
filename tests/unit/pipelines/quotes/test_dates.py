"""When a statement was made, where the text says so."""

import pytest
from spacy.language import Language

from pipelines.dates.time_expression import TimeExpression
from pipelines.parsing import parse
from pipelines.quotes.finder import find_quotes
from tests.unit.pipelines.quotes.conftest import paragraphs


def day(text: str, words: str) -> TimeExpression:
    start = text.index(words)
    return TimeExpression(
        start=start,
        end=start + len(words),
        timex_type="DATE",
        timex_value="XXXX-12-21",
        mod=None,
        edtf=None,
        earliest=None,
        latest=None,
        granularity="day",
        anchor_date=None,
        range_no=None,
        confidence=0.9,
    )


@pytest.mark.parametrize(
    ("text", "said_then"),
    [
        pytest.param(
            "Earlier, on 21 December, the port chief said that the quay was safe.",
            True,
            id="before",
        ),
        pytest.param("“The quay is safe,” she said on 21 December.", True, id="after"),
        pytest.param("In a letter dated 21 December, she wrote: “It is safe.”", False, id="dated"),
        pytest.param("She said the quay would open on 21 December.", False, id="what was said"),
        pytest.param(
            "The chief, who was hired on 21 December, said: “It is safe.”", False, id="an aside"
        ),
    ],
)
def test_the_date_of_the_clause_that_reports(nlp: Language, text: str, said_then: bool) -> None:
    blocks = paragraphs(text)
    dates = [day(text, "21 December")]
    (quote,) = find_quotes(parse(nlp, text, blocks), text, blocks, [], [], dates)
    assert quote.date == (0 if said_then else None)


def test_a_day_is_nobody(nlp: Language) -> None:
    """The model takes the day for the subject of what follows it."""
    text = (
        "Larkmoor’s council passed a non-binding resolution Sunday telling the county to end the "
        "presence of ferries."
    )
    blocks = paragraphs(text)
    dates = [day(text, "Sunday")]
    (quote,) = find_quotes(parse(nlp, text, blocks), text, blocks, [], [], dates)
    assert (quote.speaker, quote.speaker_local, quote.confidence) == (None, None, 0.0)
