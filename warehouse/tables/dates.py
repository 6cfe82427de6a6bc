"""dates: the time expressions of the texts, placed in time."""

from typing import Literal, get_args

import pyarrow as pa

from warehouse.tables.spec import (
    EXTRACTED_BY,
    Column,
    Table,
    article_reference,
    confidence,
    id_pattern,
    offsets,
)

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Granularity = Literal[
    "time",
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
    "none",
]

DATES = Table(
    name="dates",
    doc="One row per time expression, as TIMEX3 and EDTF, with the interval that it names.",
    primary_key=("date_id",),
    columns=(
        Column(
            "date_id",
            pa.string(),
            "Digest of article, sentence, surface and how many of it came before in the sentence.",
            unique=True,
            pattern=id_pattern("t"),
        ),
        article_reference(),
        *offsets("the expression"),
        Column("text", pa.string(), "The expression’s text.", words="fact"),
        Column("timex_type", pa.string(), "TIMEX3 type.", values=get_args(TimexType)),
        Column(
            "timex_value",
            pa.string(),
            "TIMEX3 value; partial where the year is unknown: `XXXX-07-14`.",
        ),
        Column(
            "mod",
            pa.string(),
            "TIMEX3 modifier: START, MID, END, APPROX, MORE_THAN …",
            nullable=True,
        ),
        Column("edtf", pa.string(), "The date in EDTF, where EDTF can say it.", nullable=True),
        Column(
            "earliest",
            pa.date32(),
            "First day of the interval, inclusive; null when it cannot be placed in time.",
            nullable=True,
        ),
        Column(
            "latest",
            pa.date32(),
            "Last day of the interval, inclusive; null when it cannot be placed in time.",
            nullable=True,
        ),
        Column(
            "granularity",
            pa.string(),
            "How finely it is given; `none` for what names no stretch of the calendar.",
            values=get_args(Granularity),
        ),
        Column(
            "anchor_date",
            pa.date32(),
            "The date that a relative expression was resolved against.",
            nullable=True,
        ),
        Column(
            "range_id",
            pa.string(),
            "Shared by the two ends of a range (“from May 3 to 7”).",
            nullable=True,
            pattern=id_pattern("r"),
        ),
        confidence("the value"),
        Column(
            "note",
            pa.string(),
            "What a reader should know: a weekday and a date that disagree.",
            nullable=True,
        ),
        *EXTRACTED_BY,
    ),
)
