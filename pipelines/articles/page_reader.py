"""A page becomes an article: its own structure read first, its words only where it is silent."""

from collections.abc import Sequence

from pipelines.articles.article import Article, Published
from pipelines.articles.languages import detect_language
from pipelines.articles.page import Page, read_page
from pipelines.articles.reader import read_article
from pipelines.articles.stamps import parse_published
from pipelines.documents.record import Metadata


def read_page_article(html: str, known: Sequence[Metadata] = ()) -> Article:
    """Read a page: its text as our reader renders it, and what it says of the article.

    Args:
        html: the decoded page.
        known: what witnesses more trusted than the page say, the most trusted first.
    """
    page = read_page(html)
    witnesses = (*known, page.metadata)
    if not page.has_main:
        return read_article(page.text, witnesses)
    return _article(page, witnesses)


def _article(page: Page, known: Sequence[Metadata]) -> Article:
    body = "\n".join(page.text[b.start : b.end] for b in page.blocks if b.kind == "body")
    parsed = (parse_published(m.published, m.basis) for m in known if m.published)
    return Article(
        text=page.text,
        blocks=page.blocks,
        title=next((m.title for m in known if m.title), None),
        summary=None,
        authors=next((m.authors for m in known if m.authors), ()),
        publisher=next((m.publisher for m in known if m.publisher), None),
        section=page.section,
        place=None,
        language=next((m.language for m in known if m.language), None) or detect_language(body),
        url=next((m.url for m in known if m.url), None),
        rights=next((m.rights for m in known if m.rights), None),
        published=next((p for p in parsed if p), Published()),
        updated_edtf=None,
    )
