"""articles: one row per accepted document, cleaned."""

import hashlib
from typing import Literal, get_args

import pyarrow as pa

from warehouse.tables.spec import EXTRACTED_BY, STRINGS, Column, Table, id_pattern

PublishedBasis = Literal["person", "record", "page", "text", "inferred", "none"]
RightsCode = Literal["full", "excerpt", "none"]
TextBasis = Literal["source", "page", "repaired"]

#: ASCII white space, whose bytes no other letter has in UTF-8.
_SPACE = b" \t\n\r\f\v"


def words_sha256(text: str) -> str:
    """The digest of a text that stays where only its ASCII white space is another."""
    return hashlib.sha256(text.encode().translate(None, _SPACE)).hexdigest()


ARTICLES = Table(
    name="articles",
    doc="One row per article: an accepted document, its readable text, what is known of it.",
    primary_key=("article_id",),
    columns=(
        Column(
            "article_id",
            pa.string(),
            "Digest of the url, else of source_id: kept when the text changes.",
            unique=True,
            pattern=id_pattern("a"),
        ),
        Column(
            "source_id",
            pa.string(),
            "The input this article was read from.",
            unique=True,
            references="documents.source_id",
        ),
        Column(
            "content_sha256",
            pa.string(),
            "SHA-256 of `text` in UTF-8: the article's revision. A public release, which holds no "
            "`text`, keeps it, so that a copy of the text is known by it.",
            unique=True,
            pattern=r"[0-9a-f]{64}",
        ),
        Column(
            "words_sha256",
            pa.string(),
            "SHA-256 of `text` in UTF-8 without its ASCII white space, so that a copy in which "
            "only lines are broken anew is known for what it is.",
            pattern=r"[0-9a-f]{64}",
        ),
        Column(
            "url",
            pa.string(),
            "Where the article was published.",
            nullable=True,
            words="label",
        ),
        Column(
            "title",
            pa.string(),
            "The headline, without the site's name.",
            nullable=True,
            words="title",
        ),
        Column(
            "summary",
            pa.string(),
            "The standfirst below the headline.",
            nullable=True,
            words="text",
        ),
        Column("authors", STRINGS, "The writers' names, in the order given.", words="label"),
        Column(
            "publisher", pa.string(), "Who published the article.", nullable=True, words="label"
        ),
        Column(
            "section",
            pa.string(),
            "The section or rubric it stood in.",
            nullable=True,
            words="label",
        ),
        Column(
            "place",
            pa.string(),
            "The place that the dateline names.",
            nullable=True,
            words="label",
        ),
        Column(
            "language",
            pa.string(),
            "ISO 639-1 code of the text's language; null where it is too short to tell.",
            nullable=True,
            pattern=r"[a-z]{2}",
        ),
        Column(
            "published_on",
            pa.date32(),
            "The publisher's own day of first publication; null unless the whole day is known.",
            nullable=True,
        ),
        Column(
            "published_at",
            pa.string(),
            "ISO 8601 date and time of first publication, with its UTC offset, where both were "
            "given. Cast it with `published_at::TIMESTAMPTZ`.",
            nullable=True,
            pattern=r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2})",
        ),
        Column(
            "published_edtf",
            pa.string(),
            "As much of the publication date as is known, in EDTF: `2020-01-07`, `XXXX-06-02` "
            "where the year is not known.",
            nullable=True,
        ),
        Column(
            "published_basis",
            pa.string(),
            "Who says when it was published, most trusted first: a `person` (sources.toml), the "
            "`record` that held the text, the `page`, the `text` itself, `inferred` from it by "
            "logic; `none` where nobody does.",
            values=get_args(PublishedBasis),
        ),
        Column("updated_edtf", pa.string(), "When it was last updated, in EDTF.", nullable=True),
        Column(
            "rights",
            pa.string(),
            "What a person, the record or the page says of the rights in it, word for word.",
            nullable=True,
            words="label",
        ),
        Column(
            "rights_code",
            pa.string(),
            "What a public release may hold of its words, as a person decided in sources.toml. "
            "`full`: all. `excerpt`: capped quotes and short facts, also where nobody decided. "
            "`none`: none; metadata and offsets only.",
            values=get_args(RightsCode),
        ),
        Column(
            "text",
            pa.string(),
            "The readable text, which every offset points into.",
            words="text",
        ),
        Column(
            "text_basis",
            pa.string(),
            "`source`: the decoded source, unchanged. `page`: rendered from a page. `repaired`: "
            "mended after it had been decoded wrongly.",
            values=get_args(TextBasis),
        ),
        Column(
            "body",
            pa.string(),
            "The body blocks of `text`, joined by a blank line.",
            words="text",
        ),
        Column("n_words", pa.int32(), "Words of the body, split at white space.", minimum=0),
        Column(
            "near_duplicate_of",
            pa.string(),
            "The earliest published article that tells nearly the same text; null for that one "
            "and for all others.",
            nullable=True,
            references="articles.article_id",
        ),
        *EXTRACTED_BY,
    ),
)
