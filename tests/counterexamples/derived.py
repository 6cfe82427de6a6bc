"""Counterexamples of the rules derived from the contracts, most of one value in one row.

The rows changed are those that no other rule looks at in that column: a rejected document, a
mention of nobody, a quote without a speaker.
"""

from collections.abc import Iterator

from tests.counterexamples.case import Case, copying, setting
from tests.counterexamples.dataset import (
    Dataset,
    Row,
    add_article,
    add_document,
    add_quote,
    sha256,
)
from warehouse.tables import TABLES
from warehouse.tables.articles import words_sha256

#: The end of an id that no row has.
UNKNOWN = "0" * 16

#: A row of each table that little depends on.
SPARE = {
    "articles": "ferry",
    "blocks": "bridge boilerplate",
    "dates": "1971",
    "documents": "blank.txt",
    "entities": "solvang",
    "mentions": "tellwick",
    "quotes": "again",
    "quote_spans": "again 0",
    "registry": "gone",
    "withdrawn": "taken back",
}


def derived_cases() -> Iterator[Case]:
    """A case for each rule that the contracts imply, by kind of rule."""
    yield from _nulls()
    yield from _duplicates()
    yield from _patterns()
    yield from _strangers_to_their_sets()
    yield from _out_of_range()
    yield from _orphans()


def _third_article(ds: Dataset, **changes: object) -> Row:
    """One more article, of one block, with its document."""
    article = add_article(ds, "third", "Rain.\n", {"Rain.": "body"})
    if "article_id" in changes:
        ds["documents", "third.txt"]["article_id"] = changes["article_id"]
        ds["blocks", "third body"]["article_id"] = changes["article_id"]
    article |= changes
    return article


def _article_without_id(ds: Dataset) -> None:
    _third_article(ds, article_id=None)
    ds.tables["blocks"].remove(ds["blocks", "third body"])


def _article_without_source(ds: Dataset) -> None:
    _third_article(ds, source_id=None)
    _drop_document(ds, "third.txt")


def _drop_document(ds: Dataset, name: str) -> None:
    for table in ("documents", "walked"):
        ds.tables[table].remove(ds[table, name])


def _entity(ds: Dataset, **changes: object) -> Row:
    """One more entity, with its one mention."""
    entity = ds.copy("entities", "solvang", "tellwick", name="Tellwick", type="GPE")
    entity |= {"entity_id": ds.id("e", "tellwick"), "n_mentions": 1, "n_articles": 1} | changes
    ds["mentions", "tellwick"]["entity_id"] = entity["entity_id"]
    return entity


def _quote(ds: Dataset, **changes: object) -> Row:
    """One more quote, the last of its article, with its one span."""
    quote = add_quote(ds, "new", "bridge", "direct", ["Mind the gap."], number=5, nth=1)
    if "quote_id" in changes:
        ds["quote_spans", "new 0"]["quote_id"] = changes["quote_id"]
    quote |= changes
    return quote


def _nulls() -> Iterator[Case]:
    """A null in the spare row, or in a row of its own where others would miss the value."""
    special = {
        "articles.article_id": _article_without_id,
        "articles.source_id": _article_without_source,
        "blocks.article_id": copying("blocks", "bridge title", article_id=None),
        "documents.source_id": lambda ds: ds.copy(
            "documents", "blank.txt", "copy", source_id=None, document_id=ds.id("d", "copy")
        ),
        "entities.entity_id": copying("entities", "solvang", entity_id=None),
        "entities.name": lambda ds: _entity(ds, name=None),
        "quotes.quote_id": copying("quotes", "again", quote_id=None, quote_no=5),
        "quotes.article_id": lambda ds: _quote(ds, quote_no=0, article_id=None),
        "quote_spans.quote_id": copying("quote_spans", "again 0", quote_id=None),
        "registry.entity_id": copying("registry", "gone", entity_id=None),
    }
    for table in TABLES:
        for column in table.columns:
            if not column.nullable:
                where = f"{table.name}.{column.name}"
                spoil = setting(table.name, SPARE[table.name], **{column.name: None})
                yield Case(f"{where}.not_null", special.get(where, spoil))


def _two_articles_of_one_id(ds: Dataset) -> None:
    """A letter that no offsets cover tells their texts apart."""
    ferry = ds["articles", "ferry"]
    text = ferry["text"].replace("born", "bred")
    ds.copy(
        "articles",
        "ferry",
        "copy",
        source_id=ds.source("third.txt"),
        text=text,
        content_sha256=sha256(text),
        words_sha256=words_sha256(text),
    )
    add_document(ds, "third.txt", "accepted", article="ferry")


def _two_articles_of_one_text(ds: Dataset) -> None:
    _third_article(ds)
    ds.copy(
        "articles",
        "third",
        "copy",
        article_id=ds.id("a", "copy"),
        source_id=ds.source("fourth.txt"),
    )
    ds.copy("blocks", "third body", "copy", article_id=ds.id("a", "copy"))
    add_document(ds, "fourth.txt", "accepted", article="copy")


def _two_articles_of_one_source(ds: Dataset) -> None:
    _third_article(ds, source_id=ds.source("ferry.txt"))
    _drop_document(ds, "third.txt")


def _two_documents_of_one_id(ds: Dataset) -> None:
    add_document(ds, "fourth.txt", "rejected", reason="unreadable")
    ds["documents", "fourth.txt"]["document_id"] = ds["documents", "blank.txt"]["document_id"]


def _duplicates() -> Iterator[Case]:
    for where, spoil in {
        "articles.article_id": _two_articles_of_one_id,
        "articles.source_id": _two_articles_of_one_source,
        "articles.content_sha256": _two_articles_of_one_text,
        "documents.document_id": _two_documents_of_one_id,
        "documents.source_id": lambda ds: ds.copy(
            "documents", "blank.txt", "copy", document_id=ds.id("d", "copy")
        ),
        "entities.entity_id": copying("entities", "solvang"),
        "mentions.mention_id": copying("mentions", "tellwick"),
        "dates.date_id": copying("dates", "1971"),
        "quotes.quote_id": copying("quotes", "again", quote_no=5),
        "registry.entity_id": copying("registry", "gone"),
        "withdrawn.id": copying("withdrawn", "taken back"),
        "blocks.primary_key": setting("blocks", "bridge boilerplate", block_no=3),
        "quote_spans.primary_key": setting("quote_spans", "ready 1", span_no=0),
    }.items():
        yield Case(f"{where}.unique", spoil, n_failed=2)


def _patterns() -> Iterator[Case]:
    """Values that hold the pattern, but are not it."""
    for where, spoil in {
        "articles.article_id": lambda ds: _third_article(ds, article_id=ds.id("xa", "third")),
        "articles.content_sha256": lambda ds: ds["articles", "ferry"].update(
            content_sha256=ds["articles", "ferry"]["content_sha256"].upper()
        ),
        "articles.words_sha256": lambda ds: ds["articles", "ferry"].update(
            words_sha256=ds["articles", "ferry"]["words_sha256"].upper()
        ),
        "articles.language": setting("articles", "ferry", language="en\n"),
        "articles.published_at": setting("articles", "ferry", published_at="2021-03-02T10:00:00"),
        "documents.document_id": lambda ds: ds["documents", "blank.txt"].update(
            document_id=ds.id("d", "blank.txt") + "0"
        ),
        "documents.sha256": setting("documents", "blank.txt", sha256=sha256("")[:63]),
        "entities.entity_id": lambda ds: _entity(ds, entity_id=ds.id("E", "tellwick")),
        "entities.country": setting("entities", "solvang", country="NOR"),
        "mentions.mention_id": lambda ds: ds["mentions", "tellwick"].update(
            mention_id=ds.id("e", "tellwick")
        ),
        "dates.date_id": lambda ds: ds["dates", "1971"].update(date_id=ds.id("t", "1971") + "\n"),
        "quotes.quote_id": lambda ds: _quote(ds, quote_id=ds.id("no", "new")),
        "registry.entity_id": lambda ds: ds["registry", "gone"].update(
            entity_id=ds.id("E", "gone")
        ),
        "registry.country": setting("registry", "gone", country="no"),
        "registry.first_release": setting("registry", "gone", first_release="2021.3"),
        "registry.last_release": setting("registry", "gone", last_release="2021.10.1-dirty"),
        "withdrawn.id": lambda ds: ds["withdrawn", "taken back"].update(id=ds.id("m", "boat")),
        "withdrawn.release": setting("withdrawn", "taken back", release="next"),
    }.items():
        yield Case(f"{where}.pattern", spoil)
    yield Case("dates.range_id.pattern", _malformed_range, n_failed=2)
    for table in ("articles", "blocks", "dates", "entities", "mentions", "quotes", "quote_spans"):
        spoil = setting(table, SPARE[table], extractor_version="1.0")
        yield Case(f"{table}.extractor_version.pattern", spoil)


def _malformed_range(ds: Dataset) -> None:
    for end in ("may", "june"):
        ds["dates", end]["range_id"] = ds.case


def _strangers_to_their_sets() -> Iterator[Case]:
    for table in TABLES:
        for column in table.columns:
            if column.values:
                spoil = setting(table.name, SPARE[table.name], **{column.name: "other"})
                yield Case(
                    f"{table.name}.{column.name}.in_set",
                    _SPECIAL_STRANGERS.get(column.name, spoil),
                )


#: Where “other” would also be none of what another rule asks for.
_SPECIAL_STRANGERS = {
    "published_basis": setting("articles", "bridge", published_basis="other"),
    "speaker_form": setting("quotes", "boat", speaker_form="other"),
}


def _blocks_from_minus_1(ds: Dataset) -> None:
    for block in ds.of("blocks", "article_id", ds.id("a", "ferry")):
        block["block_no"] -= 1


def _empty_first_block(ds: Dataset) -> None:
    ds["blocks", "ferry title"]["end_char"] = 0
    ds["blocks", "ferry body"]["start_char"] = 0


def _spans_from_minus_1(ds: Dataset) -> None:
    for span in ds.of("quote_spans", "quote_id", ds.id("q", "ready")):
        span["span_no"] -= 1


def _out_of_range() -> Iterator[Case]:
    for where, spoil in {
        "articles.n_words": setting("articles", "ferry", n_words=-1),
        "blocks.block_no": _blocks_from_minus_1,
        "blocks.start_char": setting("blocks", "ferry title", start_char=-1),
        "blocks.end_char": _empty_first_block,
        "dates.start_char": setting("dates", "1971", start_char=-1),
        "dates.end_char": setting("dates", "1971", end_char=0),
        "dates.confidence": setting("dates", "1971", confidence=1.5),
        "documents.n_bytes": setting("documents", "blank.txt", n_bytes=-1),
        "entities.n_mentions": lambda ds: _entity(ds, n_mentions=0),
        "entities.n_articles": lambda ds: _entity(ds, n_articles=0),
        "mentions.start_char": setting("mentions", "tellwick", start_char=-4),
        "mentions.end_char": setting("mentions", "tellwick", end_char=0),
        "mentions.confidence": setting("mentions", "tellwick", confidence=1.01),
        "quotes.quote_no": lambda ds: _quote(ds, quote_no=-1),
        "quotes.start_char": lambda ds: _quote(ds, start_char=-1),
        "quotes.end_char": lambda ds: _quote(ds, end_char=0),
        "quotes.speaker_start": setting("quotes", "ferries", speaker_start=-1),
        "quotes.speaker_end": setting("quotes", "ferries", speaker_end=0),
        "quotes.cue_start": setting("quotes", "boat", cue_start=-1),
        "quotes.cue_end": setting("quotes", "boat", cue_end=0),
        "quotes.confidence": setting("quotes", "gap", confidence=-0.5),
        "quote_spans.span_no": _spans_from_minus_1,
        "quote_spans.start_char": setting("quote_spans", "gap 0", start_char=-1),
        "quote_spans.end_char": setting("quote_spans", "gap 0", end_char=0),
    }.items():
        yield Case(f"{where}.in_range", spoil)


def _orphans() -> Iterator[Case]:
    for where, spoil in {
        "articles.source_id": _article_of_an_unknown_source,
        "articles.near_duplicate_of": setting("articles", "ferry", near_duplicate_of=UNKNOWN),
        "blocks.article_id": copying("blocks", "bridge title", article_id="a" + UNKNOWN),
        "dates.article_id": setting("dates", "1971", article_id="a" + UNKNOWN),
        "documents.article_id": setting("documents", "copy.txt", article_id="a" + UNKNOWN),
        "mentions.article_id": setting("mentions", "tellwick", article_id="a" + UNKNOWN),
        "mentions.entity_id": setting("mentions", "tellwick", entity_id="e" + UNKNOWN),
        "quotes.article_id": lambda ds: _quote(ds, article_id=ds.id("a", "none"), quote_no=0),
        "quotes.speaker_mention_id": setting("quotes", "gap", speaker_mention_id="m" + UNKNOWN),
        "quotes.speaker_entity_id": setting("quotes", "gap", speaker_entity_id="e" + UNKNOWN),
        "quotes.date_id": setting("quotes", "gap", date_id="t" + UNKNOWN),
        "quotes.repeats_quote_id": setting("quotes", "again", repeats_quote_id="q" + UNKNOWN),
        "quote_spans.quote_id": lambda ds: ds.copy(
            "quote_spans", "again 0", "copy", quote_id=ds.id("q", "none")
        ),
        "registry.lives_on_as": setting(
            "registry", "gone", status="merged", lives_on_as="e" + UNKNOWN
        ),
        "withdrawn.with_id": setting("withdrawn", "paper", with_id="d" + UNKNOWN),
    }.items():
        yield Case(f"{where}.foreign_key", spoil)


def _article_of_an_unknown_source(ds: Dataset) -> None:
    _third_article(ds, source_id=ds.source("none.txt"))
    _drop_document(ds, "third.txt")
