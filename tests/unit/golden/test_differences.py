"""What is told as a difference between a golden text and the rows of it."""

from expectations.accuracy.gold import Gold, GoldDate, GoldEntity, GoldName, GoldQuote
from expectations.accuracy.predictions import (
    PredictedDate,
    PredictedMention,
    PredictedQuote,
    Prediction,
)
from tests.golden.differences import differences

TEXT = "“Rain is late,” Ines Caron said on Monday. “So am I,” she added now."
GOLD = Gold(
    "007_rain",
    TEXT,
    quotes=(
        GoldQuote("direct", ((1, 14),), ((16, 26),), "Ines Caron"),
        GoldQuote("direct", ((44, 52),), ((54, 57),), "Ines Caron"),
    ),
    names=(GoldName("Ines Caron", "PERSON", ()),),
    entities=(GoldEntity((16, 26), "PER", "Ines Caron"),),
    dates=(GoldDate((35, 41), "2021-03-01"), GoldDate((64, 67), "PRESENT_REF", is_optional=True)),
)
RIGHT = Prediction(
    quotes=(
        PredictedQuote("direct", ((1, 14),), ((1, 14),), (16, 26), "Ines Caron", 0.9),
        PredictedQuote("direct", ((44, 52),), ((44, 52),), (54, 57), "Ines Caron", 0.9),
    ),
    mentions=(PredictedMention((16, 26), "PERSON", "name", "p1", "Ines Caron"),),
    dates=(PredictedDate((35, 41), "DATE", "2021-03-01"),),
)


def test_a_text_that_is_right_has_none() -> None:
    assert differences(GOLD, RIGHT) == []


def test_each_difference_is_a_line_with_its_place() -> None:
    wrong = Prediction(
        quotes=(
            PredictedQuote("mixed", ((1, 9),), ((1, 9),), None, "Ada Bloom", 0.9),
            PredictedQuote("indirect", ((27, 41),), (), None, None, 0.9),
        ),
        dates=(
            PredictedDate((35, 41), "DATE", "2021-03-08"),
            PredictedDate((44, 46), "DATE", "2021"),
        ),
    )
    assert differences(GOLD, wrong) == [
        "007 date 2021-03-08, not 2021-03-01: Monday at 35",
        "007 date extra: So at 44",
        "007 name missing: Ines Caron at 16",
        "007 quote extra: said on Monday at 27",
        "007 quote missing: So am I, at 44",
        "007 quote mixed, not direct: Rain is late, at 1",
        "007 quote of Ada Bloom, not Ines Caron: Rain is late, at 1",
        "007 quote with other words: Rain is late, at 1",
    ]
