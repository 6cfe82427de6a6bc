"""A page becomes an article: its own structure read first, its words only where it is silent."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.articles.article import Article, BlockKind, Published
from pipelines.articles.datelines import read_dateline
from pipelines.articles.languages import detect_language
from pipelines.articles.page import Page, read_page
from pipelines.articles.reader import read_article
from pipelines.articles.stamps import parse_published
from pipelines.documents.record import Metadata, Record

#: A dateline opens one of the first paragraphs.
_OPENING = 4


def read_page_article(html: str, known: Sequence[Metadata] = ()) -> Article:
    """Read a page: its text as our reader renders it, and what it says of the article.

    Args:
        html: the decoded page.
        known: what witnesses more trusted than the page say, the most trusted first; of each
            field the first word counts.
    """
    page = read_page(html)
    witnesses = (*known, page.metadata)
    return _article(page, known) if page.has_main else read_article(page.text, witnesses)


def read_page_record(record: Record) -> Record:
    """Read a record's page, if it holds one: the record with the article and its text.

    A page on which the program fails, or without a word to read, is refused with its reason.
    """
    if record.html is None:
        return record
    try:
        article = read_page_article(record.html, record.known)
    except Exception as error:  # whatever it was, the rest goes on
        why = f"The program failed on this page ({type(error).__name__}: {error}); report it."
        return replace(record, html=None, reason="extraction_failed", detail=why)
    if not article.text.strip():
        why = "The page holds no text to read."
        return replace(record, html=None, reason="empty", detail=why)
    known = (*record.known, Metadata(basis="page", url=article.url))
    return replace(record, html=None, text=article.text, article=article, known=known)


def _article(page: Page, known: Sequence[Metadata]) -> Article:
    """The article of a page whose running text was found.

    The language that a page declares is its template's as often as the text's, so that it counts
    only where the text is too short to tell.
    """
    witnesses = (*known, page.metadata)
    body = _texts(page, "body")
    language = next((m.language for m in known if m.language), None) or detect_language(
        "\n".join(body)
    )
    parsed = (parse_published(m.published, m.basis) for m in witnesses if m.published)
    published = next((p for p in parsed if p), Published())
    return Article(
        text=page.text,
        blocks=page.blocks,
        title=next((m.title for m in witnesses if m.title), None),
        summary=next(iter(_texts(page, "summary")), None),
        authors=next((m.authors for m in witnesses if m.authors), ()),
        publisher=next((m.publisher for m in witnesses if m.publisher), None),
        section=page.section or next(iter(_texts(page, "section")), None),
        place=_place([*_texts(page, "dateline"), *body[:_OPENING]]),
        language=language or page.metadata.language,
        url=next((m.url for m in witnesses if m.url), None),
        rights=next((m.rights for m in witnesses if m.rights), None),
        published=published,
        updated_edtf=_updated(page, published),
    )


def _texts(page: Page, kind: BlockKind) -> list[str]:
    """The texts of the page's blocks of one kind."""
    return [page.text[b.start : b.end].strip() for b in page.blocks if b.kind == kind]


def _place(texts: Sequence[str]) -> str | None:
    found = (read_dateline(text) for text in texts)
    return next((dateline.place for dateline in found if dateline), None)


def _updated(page: Page, published: Published) -> str | None:
    """The day of the last update, where it is not the day of publication."""
    updated = parse_published(page.updated, "page") if page.updated else None
    return updated.edtf if updated and updated.day != published.day else None
