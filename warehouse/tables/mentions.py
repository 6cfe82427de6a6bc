"""mentions: the places in the texts that name something."""

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

EntityType = Literal[
    "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"
]
MentionForm = Literal["name", "role", "pronoun"]

TYPE_DOC = (
    "OntoNotes’ types: PERSON; ORG a body; GPE a country, state or city; LOC another place; FAC a "
    "building; NORP a nationality, religion or party; EVENT; LAW; PRODUCT, a currency "
    "too; WORK_OF_ART."
)

MENTIONS = Table(
    name="mentions",
    doc="One row per place in a text that names something, by name, role or pronoun.",
    primary_key=("mention_id",),
    columns=(
        Column(
            "mention_id",
            pa.string(),
            "Digest of article, sentence, surface and how many of it came before in the sentence.",
            unique=True,
            pattern=id_pattern("m"),
        ),
        article_reference(),
        Column(
            "entity_id",
            pa.string(),
            "The thing named; null where it cannot be told.",
            nullable=True,
            references="entities.entity_id",
        ),
        *offsets("the mention"),
        Column("text", pa.string(), "The mention's text.", words="fact"),
        Column(
            "type",
            pa.string(),
            f"What it names in this context. {TYPE_DOC}",
            values=get_args(EntityType),
        ),
        Column(
            "form",
            pa.string(),
            "`name`: by its name. `role`: “the NATO chief”. `pronoun`: “he”.",
            values=get_args(MentionForm),
        ),
        confidence("the entity"),
        *EXTRACTED_BY,
    ),
)
