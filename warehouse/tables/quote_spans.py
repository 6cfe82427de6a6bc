"""quote_spans: the stretches of text that make up each quote."""

import pyarrow as pa

from warehouse.tables.spec import EXTRACTED_BY, Column, Table, byte_column, offsets

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
        Column(
            "uncut_end_char",
            pa.int32(),
            "Where the whole span ends: beyond `end_char` where a public release cut its text, "
            "else the same.",
        ),
        Column(
            byte_column("uncut_end_char"),
            pa.int32(),
            "`uncut_end_char` in bytes of articles.text in UTF-8.",
        ),
        Column(
            "text",
            pa.string(),
            "The span's text, from start_char to end_char.",
            words="quote",
        ),
        Column("is_verbatim", pa.bool_(), "Whether the span stood inside quotation marks."),
        *EXTRACTED_BY,
    ),
)
