"""quotes: one row per attributed statement."""

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

QuoteKind = Literal["direct", "mixed", "indirect"]
SpeakerForm = Literal["name", "role", "pronoun", "collective", "anonymous", "none"]

QUOTES = Table(
    name="quotes",
    doc="One row per attributed statement: what was said, by whom, and how the text reports it.",
    primary_key=("quote_id",),
    columns=(
        Column(
            "quote_id",
            pa.string(),
            "Digest of article, normalised text and how many of that text came before.",
            unique=True,
            pattern=id_pattern("q"),
        ),
        article_reference(),
        Column("quote_no", pa.int32(), "The quote's place in its article, from 0.", minimum=0),
        Column(
            "kind",
            pa.string(),
            "`direct`: all inside quotation marks. `mixed`: a reported clause with quoted pieces. "
            "`indirect`: reported, no marks.",
            values=get_args(QuoteKind),
        ),
        *offsets("the quote, from its first span to its last,"),
        Column("text", pa.string(), "The quote's spans, joined by ` … `.", words="quote"),
        Column(
            "is_truncated",
            pa.bool_(),
            "Whether a public release cut the text to what may be shared; the offsets still tell "
            "where the whole quote stands. Never so in a full release.",
        ),
        Column(
            "speaker_text",
            pa.string(),
            "The mention of the speaker that the text gives: a name, “the NATO chief”, “he”.",
            nullable=True,
            words="fact",
        ),
        *offsets("that mention of the speaker", nullable=True, prefix="speaker_"),
        Column(
            "speaker_mention_id",
            pa.string(),
            "That mention's row; null where it names nobody (“officials”).",
            nullable=True,
            references="mentions.mention_id",
        ),
        Column(
            "speaker_entity_id",
            pa.string(),
            "Who spoke; null where it cannot be told.",
            nullable=True,
            references="entities.entity_id",
        ),
        Column(
            "speaker_name",
            pa.string(),
            "The full name of who spoke; null where it cannot be told.",
            nullable=True,
            words="fact",
        ),
        Column(
            "speaker_form",
            pa.string(),
            "How the text refers to the speaker; `none` where it does not.",
            values=get_args(SpeakerForm),
        ),
        Column(
            "speaker_role",
            pa.string(),
            "What the text calls the speaker, here and now: “NATO’s secretary general”.",
            nullable=True,
            words="fact",
        ),
        Column(
            "cue",
            pa.string(),
            "The words that report it: said, according to.",
            nullable=True,
            words="fact",
        ),
        *offsets("the cue", nullable=True, prefix="cue_"),
        Column(
            "date_id",
            pa.string(),
            "The time expression that says when it was said, where the text says so.",
            nullable=True,
            references="dates.date_id",
        ),
        Column(
            "repeats_quote_id",
            pa.string(),
            "The first row with the same words of the same speaker, earlier in the article.",
            nullable=True,
            references="quotes.quote_id",
        ),
        confidence("the speaker"),
        *EXTRACTED_BY,
    ),
)
