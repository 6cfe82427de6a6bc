"""One accepted record becomes all its rows; what needs the whole corpus comes later."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from pipelines.articles.article import Article
from pipelines.articles.near_duplicates_text import signature
from pipelines.articles.reader import read_article
from pipelines.byte_offsets import add_byte_offsets
from pipelines.dates.finder import find_dates
from pipelines.dates.time_expression import TimeExpression
from pipelines.documents.record import Record
from pipelines.entities.finder import find_mentions
from pipelines.entities.mention import LocalEntity, Mention
from pipelines.ids import Numbering, SentenceFinder, article_id, digest_id, normalised
from pipelines.parsing import parse, parse_all, sentences
from pipelines.quotes.finder import find_quotes
from pipelines.quotes.quote import Quote
from pipelines.versions import Extractor, extractor_version
from warehouse.tables.articles import words_sha256

Row = dict[str, Any]
#: The rows of each table that a record yields.
Rows = dict[str, list[Row]]
_Result = TypeVar("_Result")

#: Extraction is English; an article in another language is kept, marked, and not extracted.
EXTRACTED_LANGUAGE = "en"
#: What joins the spans of a quote into its text.
SPAN_JOINT = " … "


@dataclass(frozen=True, slots=True)
class _Extraction:
    """What the extractors found in an article."""

    mentions: Sequence[Mention] = ()
    entities: Sequence[LocalEntity] = ()
    dates: Sequence[TimeExpression] = ()
    quotes: Sequence[Quote] = ()
    sentences: Sequence[tuple[int, int]] = ()


def process_record(record: Record, nlp: Language) -> Rows:
    """Extract all rows of an accepted record, by the name of the table they go to.

    Raises:
        ValueError: the record has no text.
    """
    (rows,) = process_records([record], nlp)
    if isinstance(rows, Exception):
        raise rows
    return rows


def process_records(records: Sequence[Record], nlp: Language) -> list[Rows | Exception]:
    """`process_record` for several, which is faster than one at a time and yields the same rows.

    Where the program fails on a record there is the error in place of its rows.
    """
    articles = [_tried(_read, record) for record in records]
    docs = iter(_parsed([own for own in articles if _is_extracted(own)], nlp))
    meta = nlp.meta  # which lists all that its components can say, each time it is asked
    model = f"{meta['lang']}_{meta['name']}-{meta['version']}"
    return [
        _tried(_rows, record, own, next(docs) if _is_extracted(own) else None, model)
        for record, own in zip(records, articles, strict=True)
    ]


def _tried(step: Callable[..., _Result], *given: object) -> _Result | Exception:
    """The result of a step, or the error with which it, or one before it, failed."""
    earlier = [one for one in given if isinstance(one, Exception)]
    if earlier:
        return earlier[0]
    try:
        return step(*given)
    except Exception as error:  # whatever it was, it costs this record only
        return error


def _read(record: Record) -> Article:
    if record.text is None:
        raise ValueError(f"{record.source_id} has no text; only accepted records are processed.")
    return record.article or read_article(record.text, record.known)


def _is_extracted(article: Article | Exception) -> bool:
    return isinstance(article, Article) and article.language in (EXTRACTED_LANGUAGE, None)


def _parsed(articles: Sequence[Any], nlp: Language) -> Sequence[Doc | Exception]:
    try:
        return parse_all(nlp, [(article.text, article.blocks) for article in articles])
    except Exception:  # one of them is at fault, and fails again
        return [_tried(parse, nlp, article.text, article.blocks) for article in articles]


def _rows(record: Record, article: Article, doc: Doc | None, model: str) -> Rows:
    found = _extract(article, doc)
    key = article_id(record.url, record.source_id)
    in_sentence = SentenceFinder(article.text, found.sentences)
    mentions = _mention_rows(key, article.text, found.mentions, in_sentence)
    dates = _date_rows(key, article.text, found.dates, in_sentence)
    quotes, spans = _quote_rows(key, article.text, found.quotes, mentions, dates)
    blocks = _block_rows(key, article)
    add_byte_offsets((blocks, mentions, dates, quotes, spans), article.text)
    return {
        "extracted_articles": _stamp([_article_row(key, record, article)], "articles", model),
        "blocks": _stamp(blocks, "articles", model),
        "extracted_entities": _stamp(_entity_rows(key, found), "entities", model),
        "extracted_mentions": _stamp(mentions, "entities", model),
        "dates": _stamp(dates, "dates", model),
        "extracted_quotes": _stamp(quotes, "quotes", model),
        "quote_spans": _stamp(spans, "quotes", model),
    }


def _extract(article: Article, doc: Doc | None) -> _Extraction:
    if doc is None:
        return _Extraction()
    text, blocks = article.text, article.blocks
    mentions, entities = find_mentions(doc, text, blocks)
    dates = find_dates(text, blocks, article.published, doc)
    quotes = find_quotes(doc, text, blocks, mentions, entities, dates)
    bounds = [(s.start_char, s.end_char) for s in sentences(doc)]
    return _Extraction(mentions, entities, dates, quotes, bounds)


def _stamp(rows: list[Row], extractor: Extractor, model: str) -> list[Row]:
    """Say on each row which code made it."""
    version = extractor_version(extractor, model)
    for row in rows:
        row["extractor"] = extractor
        row["extractor_version"] = version
    return rows


def _article_row(key: str, record: Record, article: Article) -> Row:
    published = article.published
    return {
        "article_id": key,
        "source_id": record.source_id,
        "content_sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "words_sha256": words_sha256(article.text),
        "url": article.url,
        "title": article.title,
        "summary": article.summary,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "section": article.section,
        "place": article.place,
        "language": article.language,
        "published_on": published.day,
        "published_at": None if published.at is None else published.at.isoformat(),
        "published_edtf": published.edtf,
        "published_basis": published.basis,
        "updated_edtf": article.updated_edtf,
        "rights": article.rights,
        "rights_code": record.rights_code,
        "text": article.text,
        "text_basis": record.text_basis,
        "body": article.body,
        "n_words": len(article.body.split()),
        "signature": signature(article.body) or None,
    }


def _block_rows(key: str, article: Article) -> list[Row]:
    return [
        {
            "article_id": key,
            "block_no": number,
            "kind": block.kind,
            "start_char": block.start,
            "end_char": block.end,
        }
        for number, block in enumerate(article.blocks)
    ]


def _entity_rows(key: str, found: _Extraction) -> list[Row]:
    counts = [0] * len(found.entities)
    for mention in found.mentions:
        if mention.local is not None:
            counts[mention.local] += 1
    return [
        {
            "article_id": key,
            "local_no": number,
            "name": entity.name,
            "type": entity.type,
            "aliases": sorted(set(entity.aliases) - {entity.name}),
            "roles": sorted(set(entity.roles)),
            "country": entity.country,
            "n_mentions": counts[number],
        }
        for number, entity in enumerate(found.entities)
        if counts[number]
    ]


def _mention_rows(
    key: str, text: str, mentions: Sequence[Mention], in_sentence: SentenceFinder
) -> list[Row]:
    ids = Numbering("m", key)
    return [
        {
            "mention_id": ids.next(in_sentence.at(m.start), text[m.start : m.end]),
            "article_id": key,
            "local_no": m.local,
            "start_char": m.start,
            "end_char": m.end,
            "text": text[m.start : m.end],
            "type": m.type,
            "form": m.form,
            "confidence": round(m.confidence, 2),
        }
        for m in mentions
    ]


def _date_rows(
    key: str, text: str, dates: Sequence[TimeExpression], in_sentence: SentenceFinder
) -> list[Row]:
    ids = Numbering("t", key)
    rows: list[Row] = [
        {
            "date_id": ids.next(in_sentence.at(d.start), text[d.start : d.end]),
            "article_id": key,
            "start_char": d.start,
            "end_char": d.end,
            "text": text[d.start : d.end],
            "timex_type": d.timex_type,
            "timex_value": d.timex_value,
            "mod": d.mod,
            "edtf": d.edtf,
            "earliest": d.earliest,
            "latest": d.latest,
            "granularity": d.granularity,
            "anchor_date": d.anchor_date,
            "confidence": round(d.confidence, 2),
            "note": d.note,
        }
        for d in dates
    ]
    # A range is known by the first of its two ends.
    first_end: dict[int, str] = {}
    for d, row in zip(dates, rows, strict=True):
        end = None if d.range_no is None else first_end.setdefault(d.range_no, row["date_id"])
        row["range_id"] = None if end is None else digest_id("r", end)
    return rows


def _quote_rows(
    key: str, text: str, quotes: Sequence[Quote], mentions: list[Row], dates: list[Row]
) -> tuple[list[Row], list[Row]]:
    ids, rows, span_rows = Numbering("q", key), [], []
    first_said: dict[tuple[int, str], str] = {}
    for number, quote in enumerate(quotes):
        said = SPAN_JOINT.join(text[s.start : s.end] for s in quote.spans)
        words = normalised(said)
        quote_id = ids.next(words)
        earlier = None
        if quote.speaker_local is not None:
            earlier = first_said.setdefault((quote.speaker_local, words), quote_id)
        row = _quote_row(quote, text)
        row |= {
            "quote_id": quote_id,
            "article_id": key,
            "quote_no": number,
            "text": said,
            "is_truncated": False,
            "speaker_mention_id": _at(mentions, quote.speaker_mention, "mention_id"),
            "date_id": _at(dates, quote.date, "date_id"),
            "repeats_quote_id": None if earlier == quote_id else earlier,
        }
        rows.append(row)
        span_rows += [
            {
                "quote_id": quote_id,
                "span_no": span_no,
                "start_char": span.start,
                "end_char": span.end,
                "uncut_end_char": span.end,
                "text": text[span.start : span.end],
                "is_verbatim": span.is_verbatim,
            }
            for span_no, span in enumerate(quote.spans)
        ]
    return rows, span_rows


def _quote_row(quote: Quote, text: str) -> Row:
    speaker_start, speaker_end = quote.speaker or (None, None)
    cue_start, cue_end = quote.cue or (None, None)
    return {
        "kind": quote.kind,
        "start_char": quote.spans[0].start,
        "end_char": quote.spans[-1].end,
        "speaker_text": None if quote.speaker is None else text[speaker_start:speaker_end],
        "speaker_start": speaker_start,
        "speaker_end": speaker_end,
        "local_no": quote.speaker_local,
        "speaker_form": quote.speaker_form,
        "speaker_role": quote.speaker_role,
        "cue": None if quote.cue is None else text[cue_start:cue_end],
        "cue_start": cue_start,
        "cue_end": cue_end,
        "confidence": round(quote.confidence, 2),
    }


def _at(rows: list[Row], index: int | None, column: str) -> str | None:
    return None if index is None else rows[index][column]
