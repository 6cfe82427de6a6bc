"""withdrawn: what was published, or lay in the seeds, and is to be in no release any more."""

from typing import Literal, get_args

import pyarrow as pa

from warehouse.tables.registry import RELEASE_PATTERN
from warehouse.tables.spec import Column, Table

WithdrawalReason = Literal[
    "rights_holder", "person", "legal_order", "retracted", "harm", "not_genuine"
]
WithdrawnKind = Literal["document", "article", "entity", "quote"]

#: What each reason means; the codes are what `otr withdraw --reason` takes.
REASONS: dict[WithdrawalReason, str] = {
    "rights_holder": "who holds the rights in the text asked that it be left out",
    "person": "a person whom it is about asked to be left out",
    "legal_order": "a court or an authority ordered it",
    "retracted": "the publisher retracted the text, or put it right",
    "harm": "it may harm somebody: a victim, a minor, a witness",
    "not_genuine": "it is not what it claims to be: forged, machine-made, or no news",
}

WITHDRAWN = Table(
    name="withdrawn",
    doc=(
        "One row per id that was withdrawn, or went with one that was. So an id that someone cited "
        "still leads to an explanation. It holds no text and no name."
    ),
    primary_key=("id",),
    columns=(
        Column("id", pa.string(), "The id.", unique=True, pattern=r"[adeq][0-9a-f]{16}"),
        Column(
            "kind", pa.string(), "Which table's id it is or was.", values=get_args(WithdrawnKind)
        ),
        Column(
            "release",
            pa.string(),
            "The first release without it; null where none was made since.",
            nullable=True,
            pattern=RELEASE_PATTERN,
        ),
        Column(
            "reason",
            pa.string(),
            f"Why: {'; '.join(f'`{code}`: {why}' for code, why in REASONS.items())}.",
            values=get_args(WithdrawalReason),
        ),
        Column(
            "with_id",
            pa.string(),
            "What it went with: a document for its article, an article's document or a speaker for "
            "a quote; null where it was withdrawn itself.",
            nullable=True,
            references="withdrawn.id",
        ),
    ),
)
