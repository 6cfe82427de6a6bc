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
    "outside_seeds",
    "changed_while_read",
    "unsupported_format",
    "nested_archive",
    "damaged",
    "too_large",
    "not_text",
    "no_text_column",
    "malformed_record",
    "missing_text",
    "not_fetched",
    "extraction_failed",
    "withdrawn",
]

DOCUMENTS = Table(
    name="documents",
    doc=(
        "One row per input seen: each file, each member of an archive, or each record of a file "
        "that holds several. Nothing is dropped: an input that could not be used stands here with "
        "the reason. A file of records that could not be read to its end has a row of its own "
        "beside those of the records before."
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
            "The input's path below the seeds folder; `path!member` in an archive; `path#id` for "
            "a record, `path#line` where it has no id (the line it starts on, the row of a Parquet "
            "file, the n-th record of a WARC file, from 1); `~2`, `~3` … after one that came "
            "before.",
            unique=True,
        ),
        Column(
            "batch",
            pa.string(),
            "What was ingested together: the first-level folder of the seeds, `main` for loose "
            "files.",
        ),
        Column(
            "media_type",
            pa.string(),
            "The input's format, as an IANA media type; `text/html` where a record holds a page.",
        ),
        Column(
            "encoding",
            pa.string(),
            "The character encoding that the bytes were decoded with; null where they were not.",
            nullable=True,
        ),
        Column(
            "n_bytes",
            pa.int64(),
            "Size of the input in bytes: of the file as it lies in the seeds, the unpacked member, "
            "the record's line (in Parquet its text in UTF-8, in WARC its payload).",
            minimum=0,
        ),
        Column(
            "sha256",
            pa.string(),
            "SHA-256 of the bytes that `n_bytes` counts; null where they could not be read, or "
            "were too many.",
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
            "`unreadable`: the file could not be opened. `outside_seeds`: a link that leads out of "
            "the seeds folder. `changed_while_read`: the file was written to during the build. "
            "`unsupported_format`: no reader for this kind of file. `nested_archive`: packed "
            "twice. `damaged`: the file breaks off, or breaks the rules of its format. "
            "`too_large`: beyond the size that is read, or swelling beyond it when unpacked. "
            "`not_text`: the bytes are no text. `no_text_column`: a table none of whose columns is "
            "known to hold the text. `malformed_record`: a line or row that breaks the rules of "
            "its format, or a field of a wrong type. `missing_text`: the record has no text. "
            "`not_fetched`: the web server did not answer with the page. `extraction_failed`: the "
            "program failed on this text. `withdrawn`: a person withdrew it, or what it is a copy "
            "of; the table `withdrawn` says why.",
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
