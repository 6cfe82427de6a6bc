"""blocks: an article's text cut into stretches with one role."""

from typing import Literal, get_args

import pyarrow as pa

from warehouse.tables.spec import EXTRACTED_BY, Column, Table, article_reference, offsets

BlockKind = Literal[
    "title",
    "summary",
    "byline",
    "dateline",
    "date",
    "section",
    "body",
    "heading",
    "caption",
    "author_note",
    "related",
    "boilerplate",
]

#: Quotes may lie only in these blocks.
QUOTED_KINDS: frozenset[BlockKind] = frozenset({"title", "summary", "heading", "body", "caption"})
#: Mentions and dates lie in every block but these.
UNREAD_KINDS: frozenset[BlockKind] = frozenset({"related", "boilerplate"})

BLOCKS = Table(
    name="blocks",
    doc=(
        "The text of each article cut into blocks. They are contiguous, each owning the white "
        "space after it, so that every character lies in exactly one."
    ),
    primary_key=("article_id", "block_no"),
    columns=(
        article_reference(),
        Column("block_no", pa.int32(), "The block's place in its article, from 0.", minimum=0),
        Column(
            "kind",
            pa.string(),
            "The block's role. `related` is another article's teaser; `boilerplate` is what the "
            "site says around the article; `author_note` holds notes on the author and agency "
            "credits. Quotes lie in title, summary, heading, body and caption only; mentions and "
            "dates in every kind but related and boilerplate.",
            values=get_args(BlockKind),
        ),
        *offsets("the block"),
        *EXTRACTED_BY,
    ),
)
