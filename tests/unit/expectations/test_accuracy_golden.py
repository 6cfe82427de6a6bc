"""The layers that golden documents add: blocks, named speakers, full names, optional dates."""

from expectations.accuracy import Report, Row, markdown
from expectations.accuracy.alignment import align
from expectations.accuracy.blocks import score_blocks
from expectations.accuracy.dates import score_dates, value_verdicts
from expectations.accuracy.gold import (
    Gold,
    GoldBlock,
    GoldDate,
    GoldEntity,
    GoldName,
    GoldNoQuote,
    GoldQuote,
)
from expectations.accuracy.naming import naming_verdicts, score_naming
from expectations.accuracy.predictions import (
    PredictedBlock,
    PredictedDate,
    PredictedMention,
    PredictedQuote,
    Prediction,
)
from expectations.accuracy.ratios import PrecisionRecall, Ratio
from expectations.accuracy.reliability import Verdict
from expectations.accuracy.spans import Span
from expectations.accuracy.speakers import CaseFigures, score_speakers

TEXT = "“Rain is late,” Ines Caron said on Monday. “So am I,” she added. The “golden” year."
NAMES = (GoldName("Ines Caron", "PERSON", ("Caron",)),)
FIRST = GoldQuote(
    "direct", ((1, 14),), ((16, 26),), "Ines Caron", cue=((27, 31),), when=((35, 41),)
)
SECOND = GoldQuote("direct", ((44, 52),), ((54, 57),), "Ines Caron", cases=("pronoun",))


def row(
    span: Span, name: str | None, cue: Span | None = None, when: Span | None = None
) -> PredictedQuote:
    return PredictedQuote("direct", (span,), (span,), None, name, 0.9, cue, when)


def test_blocks_are_scored_by_the_letters_with_the_right_kind() -> None:
    text = "Rain\nBy Ada Bloom"
    gold = Gold("a", text, blocks=(GoldBlock("title", (0, 4)), GoldBlock("byline", (5, 17))))
    prediction = Prediction(
        blocks=(PredictedBlock("title", (0, 5)), PredictedBlock("body", (5, 17)))
    )
    figures = score_blocks([gold], {"a": prediction})
    assert figures is not None
    assert figures.right == Ratio(4, 14)
    assert figures.kinds["title"] == PrecisionRecall(Ratio(4, 4), Ratio(4, 4))
    assert figures.kinds["byline"].recall == Ratio(0, 10)
    assert figures.kinds["body"].precision == Ratio(0, 10)


def test_a_wrong_name_is_told_apart_from_none() -> None:
    gold = Gold(
        "a",
        TEXT,
        quotes=(FIRST, SECOND),
        names=NAMES,
        not_quotes=(GoldNoQuote((70, 76), "scare"),),
    )
    rows = (
        row((1, 14), "Ines Caron", cue=(27, 31), when=(35, 41)),
        row((44, 52), "Cem Aksoy"),
        row((70, 76), None),
    )
    figures = score_speakers(align([gold], {"a": Prediction(quotes=rows)}))
    assert figures is not None
    assert figures.named == Ratio(1, 2)
    assert figures.misnamed == Ratio(1, 2)
    assert figures.cues == Ratio(1, 1)
    assert figures.when == PrecisionRecall(Ratio(1, 1), Ratio(1, 1))
    assert figures.cases == {"pronoun": CaseFigures(Ratio(1, 1), Ratio(0, 1), Ratio(1, 1))}
    assert figures.left_alone == {"scare": Ratio(0, 1)}


def test_nobody_is_right_without_a_name() -> None:
    gold = Gold("a", TEXT, quotes=(GoldQuote("direct", ((1, 14),), (), None),), names=NAMES)
    predictions = {"a": Prediction(quotes=(row((1, 14), None),))}
    figures = score_speakers(align([gold], predictions))
    assert figures is not None
    assert figures.nobody == Ratio(1, 1)
    assert figures.misnamed == Ratio(0, 1)


def test_a_mention_has_to_lead_to_the_full_name() -> None:
    entities = (
        GoldEntity((16, 26), "PER", "Ines Caron"),
        GoldEntity((54, 57), "PER", "Ines Caron", is_name=False),
    )
    gold = Gold("a", TEXT, names=NAMES, entities=entities)
    prediction = Prediction(
        mentions=(
            PredictedMention((16, 26), "PERSON", "name", "p1", "Ines Caron", 0.95),
            PredictedMention((54, 57), "PERSON", "pronoun", "p2", "Ada Bloom", 0.6),
        )
    )
    figures = score_naming([gold], {"a": prediction})
    assert figures is not None
    assert (figures.names, figures.others) == (Ratio(1, 1), Ratio(0, 1))
    assert figures.misnamed == Ratio(1, 2)
    verdicts = list(naming_verdicts([gold], {"a": prediction}))
    assert verdicts == [Verdict(0.95, True), Verdict(0.6, False)]


def test_an_optional_date_is_neither_asked_for_nor_a_mistake() -> None:
    gold = Gold(
        "a",
        TEXT,
        dates=(GoldDate((35, 41), "2021-03-01"), GoldDate((0, 5), "PRESENT_REF", is_optional=True)),
    )
    marked = (
        PredictedDate((35, 41), "DATE", "2021-03-01", 0.9),
        PredictedDate((1, 5), "DATE", "PRESENT_REF", 0.9),
        PredictedDate((77, 81), "DATE", "2021", 0.8),
    )
    for found in (marked, (marked[0], marked[2])):
        figures = score_dates([gold], {"a": Prediction(dates=found)})
        assert figures is not None
        assert figures.relaxed == PrecisionRecall(Ratio(1, 2), Ratio(1, 1))
    verdicts = list(value_verdicts([gold], {"a": Prediction(dates=marked)}))
    assert verdicts == [Verdict(0.9, True), Verdict(0.9, True), Verdict(0.8, False)]


def test_a_report_keeps_every_count_beside_its_share() -> None:
    table = (Row("Dates", "exact: recall", 0.5, 1, 2), Row("Dates", "exact: f1", 0.4, None, None))
    report = Report("Golden", "What it measures.", 3, table, ("| wire | 3 |",))
    assert "| exact: recall | 0.500 | 1 | 2 |" in markdown(table)
    assert report.markdown.startswith("## Golden\n\nWhat it measures.")
    assert "| wire | 3 |" in report.markdown
    assert report.record["figures"][0] == {
        "layer": "Dates",
        "figure": "exact: recall",
        "share": 0.5,
        "right": 1,
        "of": 2,
    }
