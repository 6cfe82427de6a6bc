"""quote_spans: the stretches of text that make up each quote."""

import pyarrow as pa

from warehouse.tables.spec import EXTRACTED_BY, Column, Table, offsets

QUOTE_SPANS = Table(
    name="quote_spans",
    doc=(
        "The stretches that make up each quote, in order: the parts of a quotation split by its "
        "cue, and a mixed quote cut at its quotation marks."
    ),
    primary_key=("quote_id", "span_no"),
    columns=(
        Column("quote_id", pa.string(), "The quote it is part of.", references="quotes.quote_id"),
        Column("span_no", pa.int32(), "The span's place in its quote, from 0.", minimum=0),
        *offsets("the span, without its outer quotation marks,"),
        Column("text", pa.string(), "The span's text."),
        Column("is_verbatim", pa.bool_(), "Whether the span stood inside quotation marks."),
        *EXTRACTED_BY,
    ),
)
