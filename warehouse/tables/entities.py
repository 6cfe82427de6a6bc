"""entities: one row per real thing across the corpus."""

from typing import get_args

import pyarrow as pa

from warehouse.tables.mentions import TYPE_DOC, EntityType
from warehouse.tables.spec import EXTRACTED_BY, STRINGS, Column, Table, id_pattern

ENTITIES = Table(
    name="entities",
    doc="One row per real thing (a person, a body, a place …) across the whole corpus.",
    primary_key=("entity_id",),
    columns=(
        Column(
            "entity_id",
            pa.string(),
            "Digest of type and name when the thing was first published; a published id stays.",
            unique=True,
            pattern=id_pattern("e"),
        ),
        Column("name", pa.string(), "Its fullest name.", words="fact"),
        Column("type", pa.string(), TYPE_DOC, values=get_args(EntityType)),
        Column("aliases", STRINGS, "Its other names in the corpus, sorted.", words="fact"),
        Column("roles", STRINGS, "What the texts call it beside its name, sorted.", words="fact"),
        Column(
            "country",
            pa.string(),
            "ISO 3166-1 alpha-2 code of the country that it is or belongs to.",
            nullable=True,
            pattern=r"[A-Z]{2}",
        ),
        Column(
            "ids",
            STRINGS,
            "Its ids elsewhere, as `scheme:id`: those a person told (`wikidata:Q42`), and a "
            "currency's of ISO 4217 (`iso4217:USD`).",
            nullable=True,
        ),
        Column("n_mentions", pa.int32(), "How many mentions refer to it.", minimum=1),
        Column("n_articles", pa.int32(), "In how many articles they lie.", minimum=1),
        *EXTRACTED_BY,
    ),
)
