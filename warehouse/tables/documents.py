"""documents: one row per input seen, nothing dropped."""

from typing import Literal, get_args

import pyarrow as pa

from warehouse.tables.spec import Column, Table, id_pattern

Status = Literal["accepted", "duplicate", "rejected"]
Reason = Literal[
    "same_content",
    "same_url",
    "empty",
    "unreadable",
    "not_text",
    "unsupported_format",
    "malformed_record",
    "missing_text",
    "outside_seeds",
    "extraction_failed",
]

DOCUMENTS = Table(
    name="documents",
    doc=(
        "One row per input seen: each file, or each record of a file that holds several. Nothing "
        "is dropped: an input that could not be used stands here with the reason."
    ),
    primary_key=("document_id",),
    columns=(
        Column(
            "document_id",
            pa.string(),
            "Digest of source_id.",
            unique=True,
            pattern=id_pattern("d"),
        ),
        Column(
            "source_id",
            pa.string(),
            "The input's path below the seeds folder; `path#id` for a record, `path#line` where "
            "the record has no id, with `~2` after a repeated one.",
            unique=True,
        ),
        Column(
            "batch",
            pa.string(),
            "What was ingested together: the first-level folder of the seeds, `main` for loose "
            "files.",
        ),
        Column("media_type", pa.string(), "The input's format, as an IANA media type."),
        Column(
            "encoding",
            pa.string(),
            "The character encoding that the bytes were decoded with; null where they were not.",
            nullable=True,
        ),
        Column("n_bytes", pa.int64(), "Size of the input in bytes.", minimum=0),
        Column(
            "sha256",
            pa.string(),
            "SHA-256 of the input's bytes (of the record's line, for a record); null where they "
            "could not be read.",
            nullable=True,
            pattern=r"[0-9a-f]{64}",
        ),
        Column(
            "retrieved_at",
            pa.timestamp("us"),
            "When the input was fetched, in UTC, where the input itself says so.",
            nullable=True,
        ),
        Column(
            "status",
            pa.string(),
            "`accepted`: became an article. `duplicate`: stands for the article of another input. "
            "`rejected`: could not be used.",
            values=get_args(Status),
        ),
        Column(
            "reason",
            pa.string(),
            "Why the input was not accepted; null where it was. `same_content`, `same_url`: an "
            "accepted input has the same text or address. `empty`: no characters but white space. "
            "`unreadable`: the file could not be opened. `not_text`: the bytes are no text. "
            "`unsupported_format`: no reader for this kind of file. `malformed_record`: the line "
            "is not a JSON object, or a field has a wrong type. `missing_text`: the record has no "
            "text. `outside_seeds`: a link that leads out of the seeds folder. "
            "`extraction_failed`: the program failed on this text.",
            nullable=True,
            values=get_args(Reason),
        ),
        Column(
            "detail",
            pa.string(),
            "The reason in a sentence, with the place and the remedy.",
            nullable=True,
        ),
        Column(
            "article_id",
            pa.string(),
            "The article this input became, or that it duplicates; null where it was rejected.",
            nullable=True,
            references="articles.article_id",
        ),
    ),
)
