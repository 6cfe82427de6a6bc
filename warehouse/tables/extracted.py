"""What extraction yields per document, before ids that need the whole corpus are known.

Not published: the same columns as the tables that follow from them, with `local_no` (an article's
own number for a thing it names) where those have an entity's id, and with what of an article's body
tells its near-duplicates.
"""

from dataclasses import replace

import pyarrow as pa

from warehouse.tables.articles import ARTICLES
from warehouse.tables.entities import ENTITIES
from warehouse.tables.mentions import MENTIONS
from warehouse.tables.quotes import QUOTES
from warehouse.tables.spec import Column, Table, article_reference

_LOCAL_NO = Column(
    "local_no", pa.int32(), "The article's own number for a thing it names, from 0.", minimum=0
)


def _kept(table: Table, without: set[str]) -> tuple[Column, ...]:
    return tuple(column for column in table.columns if column.name not in without)


_SIGNATURE = Column(
    "signature",
    pa.binary(512),
    "The MinHash of the body's shingles, by which near-duplicates are found; null if it is short.",
    nullable=True,
)
EXTRACTED_ARTICLES = replace(
    ARTICLES,
    name="extracted_articles",
    columns=(*_kept(ARTICLES, {"near_duplicate_of"}), _SIGNATURE),
)
EXTRACTED_ENTITIES = Table(
    name="extracted_entities",
    doc="One row per thing that an article names, as far as that article tells.",
    primary_key=("article_id", "local_no"),
    columns=(article_reference(), _LOCAL_NO, *_kept(ENTITIES, {"entity_id", "ids", "n_articles"})),
)
EXTRACTED_MENTIONS = replace(
    MENTIONS,
    name="extracted_mentions",
    columns=(*_kept(MENTIONS, {"entity_id"}), replace(_LOCAL_NO, nullable=True)),
)
EXTRACTED_QUOTES = replace(
    QUOTES,
    name="extracted_quotes",
    columns=(
        *_kept(QUOTES, {"speaker_entity_id", "speaker_name"}),
        replace(_LOCAL_NO, nullable=True),
    ),
)
