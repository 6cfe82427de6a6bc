"""The contracts: what each table means, once, a file a table.

Everything else that describes the tables (Arrow schemas, DuckDB's DDL and comments, the check
suites, Dagster's schemas, the data dictionary) is derived from `TABLES`.
"""

from warehouse.tables.articles import ARTICLES
from warehouse.tables.blocks import BLOCKS
from warehouse.tables.dates import DATES
from warehouse.tables.documents import DOCUMENTS
from warehouse.tables.entities import ENTITIES
from warehouse.tables.mentions import MENTIONS
from warehouse.tables.quote_spans import QUOTE_SPANS
from warehouse.tables.quotes import QUOTES
from warehouse.tables.registry import REGISTRY
from warehouse.tables.spec import Column, Table
from warehouse.tables.withdrawn import WITHDRAWN

#: In an order in which every table follows those that it refers to, itself aside.
TABLES: tuple[Table, ...] = (
    ARTICLES,
    DOCUMENTS,
    BLOCKS,
    DATES,
    ENTITIES,
    MENTIONS,
    QUOTES,
    QUOTE_SPANS,
    REGISTRY,
    WITHDRAWN,
)

#: Those of which each row is an article's: file by file they hold the rows of the same articles.
TABLES_IN_PARTS = (ARTICLES, BLOCKS, DATES, MENTIONS, QUOTES, QUOTE_SPANS)

__all__ = [
    "ARTICLES",
    "BLOCKS",
    "DATES",
    "DOCUMENTS",
    "ENTITIES",
    "MENTIONS",
    "QUOTES",
    "QUOTE_SPANS",
    "REGISTRY",
    "TABLES",
    "TABLES_IN_PARTS",
    "WITHDRAWN",
    "Column",
    "Table",
]
