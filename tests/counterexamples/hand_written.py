"""Counterexamples of the rules written by hand."""

from collections.abc import Iterator
from datetime import date

from tests.counterexamples.case import Break, Case, setting
from tests.counterexamples.dataset import Dataset, add_article, add_document, set_speaker, sha256


def hand_written_cases() -> Iterator[Case]:
    """A case for each rule of `expectations/rules`."""
    for rule, spoil in (_ARTICLES | _BLOCKS | _STRETCHES | _QUOTES | _SPEAKERS | _OTHERS).items():
        yield Case(rule, spoil)
    # The one that names it is at fault, too: its original has become a near-duplicate.
    itself = _reference("articles", "bridge", "near_duplicate_of", "a", "bridge")
    yield Case("articles.near_duplicate_of_an_original", itself, n_failed=2)


def _reference(table: str, label: str, column: str, letter: str, to: str) -> Break:
    """Make a column of one row refer to another row."""
    return lambda ds: ds[table, label].update({column: ds.id(letter, to)})


def _later(table: str, label: str, *columns: str) -> Break:
    """Move offsets by one."""
    return lambda ds: ds[table, label].update(
        {column: ds[table, label][column] + 1 for column in columns}
    )


def _backwards(table: str, label: str, start: str = "start_char", end: str = "end_char") -> Break:
    """Swap the two offsets of a stretch."""

    def swap(ds: Dataset) -> None:
        row = ds[table, label]
        row[start], row[end] = row[end], row[start]

    return swap


def _at(table: str, label: str, article: str, surface: str) -> Break:
    """Move a row to where the surface stands in the article."""

    def move(ds: Dataset) -> None:
        start = ds["articles", article]["text"].index(surface)
        ds[table, label].update(start_char=start, end_char=start + len(surface), text=surface)

    return move


def _from_a_duplicate(ds: Dataset) -> None:
    add_article(ds, "third", "Rain.\n", {"Rain.": "body"})
    ds["documents", "third.txt"].update(status="duplicate", reason="same_url")


def _without_blocks(ds: Dataset) -> None:
    for block in ds.of("blocks", "article_id", ds.id("a", "ferry")):
        ds.tables["blocks"].remove(block)


_ARTICLES: dict[str, Break] = {
    "articles.body_not_empty": setting("articles", "ferry", body=""),
    "articles.content_sha256_of_text": setting("articles", "ferry", content_sha256=sha256("")),
    "articles.words_sha256_of_text": setting("articles", "ferry", words_sha256=sha256("")),
    "articles.has_blocks": _without_blocks,
    "articles.language_known": setting("articles", "ferry", language=None),
    "articles.published_basis_fits": setting("articles", "ferry", published_basis="record"),
    "articles.published_on_in_edtf": setting("articles", "bridge", published_edtf="2021-03"),
    "articles.source_was_accepted": _from_a_duplicate,
    "documents.accepted_has_article": lambda ds: add_document(
        ds, "lost.txt", "accepted", article="bridge"
    ),
    "documents.accepted_names_its_article": _reference(
        "documents", "ferry.txt", "article_id", "a", "bridge"
    ),
    "documents.are_the_inputs": lambda ds: ds.add(
        "walked",
        "lost",
        {"source_id": ds.source("feed.jsonl#7"), "kind": "input", "is_changed": False},
    ),
    "documents.duplicate_names_an_article": setting("documents", "copy.txt", article_id=None),
    "documents.reason_fits_status": setting("documents", "blank.txt", reason="same_url"),
    "documents.rejected_has_no_article": _reference(
        "documents", "blank.txt", "article_id", "a", "bridge"
    ),
}


def _empty_block(ds: Dataset) -> None:
    end = ds["blocks", "bridge date"]["end_char"]
    ds["blocks", "bridge date"]["start_char"] = ds["blocks", "bridge title"]["end_char"] = end


_BLOCKS: dict[str, Break] = {
    "blocks.numbered_from_0": setting("blocks", "ferry boilerplate", block_no=7),
    "blocks.partition_text": _later("blocks", "ferry boilerplate", "start_char"),
    "blocks.start_before_end": _empty_block,
}


def _misspelt_span(ds: Dataset) -> None:
    ds["quote_spans", "again 0"]["text"] = ds["quotes", "again"]["text"] = "Mend the gap."


_STRETCHES: dict[str, Break] = {
    "dates.bytes_at_offsets": setting("dates", "1971", end_byte=3),
    "mentions.bytes_at_offsets": setting("mentions", "tellwick", start_byte=3),
    "quote_spans.bytes_at_offsets": setting("quote_spans", "gap 0", start_byte=3),
    "quotes.cue_bytes_at_offsets": setting("quotes", "boat", cue_start_byte=3),
    "quotes.speaker_bytes_at_offsets": setting("quotes", "ferries", speaker_start_byte=3),
    "dates.in_allowed_blocks": _at("dates", "1971", "ferry", "Ref."),
    "dates.start_before_end": _backwards("dates", "1971"),
    "dates.text_at_offsets": _later("dates", "1971", "start_char", "end_char"),
    "mentions.in_allowed_blocks": _at("mentions", "tellwick", "bridge", "Varnholm"),
    "mentions.start_before_end": _backwards("mentions", "tellwick"),
    "mentions.text_at_offsets": setting("mentions", "tellwick", text="Tellwyck"),
    "quote_spans.in_allowed_blocks": setting("blocks", "ferry body", kind="author_note"),
    "quote_spans.start_before_end": _backwards("quote_spans", "gap 0"),
    "quote_spans.text_at_offsets": _misspelt_span,
    "quotes.cue_start_before_end": _backwards("quotes", "boat", "cue_start", "cue_end"),
    "quotes.cue_text_at_offsets": _later("quotes", "boat", "cue_start"),
    "quotes.speaker_start_before_end": _backwards(
        "quotes", "ferries", "speaker_start", "speaker_end"
    ),
    "quotes.speaker_text_at_offsets": _later("quotes", "ferries", "speaker_start"),
    "quotes.start_before_end": _backwards("quotes", "again"),
    "quote_spans.uncut": setting("quote_spans", "gap 0", uncut_end_char=3),
    "quotes.uncut": setting("quotes", "gap", is_truncated=True),
}


def _spans_out_of_order(ds: Dataset) -> None:
    ds["quote_spans", "ready 0"]["span_no"] = 1
    ds["quote_spans", "ready 1"]["span_no"] = 0
    ds["quotes", "ready"]["text"] = "Nobody will wait. … We are ready,"


def _quote_without_spans(ds: Dataset) -> None:
    ds.copy("quotes", "again", "copy", quote_id=ds.id("q", "copy"), quote_no=5)


_QUOTES: dict[str, Break] = {
    "quote_spans.in_order": _spans_out_of_order,
    "quote_spans.numbered_from_0": setting("quote_spans", "ready 1", span_no=2),
    "quotes.has_spans": _quote_without_spans,
    "quotes.hull_of_its_spans": _later("quotes", "boat", "end_char"),
    "quotes.kind_fits_its_spans": setting("quotes", "gap", kind="indirect"),
    "quotes.numbered_in_order": setting("quotes", "again", quote_no=7),
    "quotes.repeats_an_earlier": _reference("quotes", "again", "repeats_quote_id", "q", "again"),
    "quotes.text_is_its_spans": setting(
        "quotes", "ready", text="We are ready, ... Nobody will wait."
    ),
}
_SPEAKERS: dict[str, Break] = {
    "quotes.cue_whole_or_null": setting("quotes", "boat", cue_end=None),
    "quotes.date_of_its_article": _reference("quotes", "boat", "date_id", "t", "monday"),
    "quotes.speaker_form_fits": setting("quotes", "gap", speaker_form="pronoun"),
    "quotes.speaker_mention_is_the_speaker": _reference(
        "quotes", "ready", "speaker_mention_id", "m", "master"
    ),
    "quotes.speaker_name_of_its_entity": setting("quotes", "boat", speaker_name="Mira Solberg"),
    "quotes.speaker_outside_its_spans": lambda ds: set_speaker(
        ds, ds["quotes", "gap"], "gap", "role"
    ),
    "quotes.speaker_whole_or_null": setting("quotes", "ferries", speaker_start=None),
}
_OTHERS: dict[str, Break] = {
    "dates.confidence_rounded": setting("dates", "1971", confidence=0.871),
    "dates.earliest_not_after_latest": setting("dates", "1971", latest=date(1970, 12, 31)),
    "dates.range_has_two_ends": setting("dates", "june", range_id=None),
    "entities.counts_of_mentions": setting("entities", "solvang", n_mentions=5),
    "mentions.confidence_rounded": setting("mentions", "she", confidence=0.333),
    "quotes.confidence_rounded": setting("quotes", "gap", confidence=1 / 3),
    "registry.active_are_the_entities": setting("registry", "gone", status="active"),
    "registry.lives_on_as_one_that_lives": lambda ds: ds["registry", "gone"].update(
        status="merged", lives_on_as=ds.id("e", "solwang")
    ),
    "registry.status_fits": setting("registry", "gone", status="merged"),
    "registry.withdrawn_has_no_name": setting("registry", "gone", status="withdrawn"),
    "withdrawn.is_gone": lambda ds: ds["withdrawn", "taken back"].update(id=ds.id("q", "boat")),
}
