"""When the article came out, as its own text tells."""

from collections.abc import Iterator, Sequence

from pipelines.articles.article import BlockKind, Published
from pipelines.articles.features import Look
from pipelines.articles.front import stamp_after_title
from pipelines.articles.roles import Page
from pipelines.articles.stamps import (
    Stamp,
    find_stamps,
    find_today,
    infer_from_weekday,
    is_publication_line,
)

#: A date line belongs to the title where it stands so near above it, or at most so many lines into
#: the running text, before its second paragraph.
_NEAR_ABOVE, _FRONT_LINES = 4, 15
#: Among so many last lines of the running text a date counts that says what it is.
_END_LINES = 8


def find_published(page: Page, kinds: Sequence[BlockKind]) -> Published:
    """The first publication: a date line near the title, else what else the text says of it.

    In order: a full date on a line at the article's front; the day that the text calls today; a
    video's stamp with the lead's weekday (`inferred`); a day without its year. Nothing else
    counts: a weekday alone is no date; a dateline's day is that of filing, often the day before.
    """
    stamps = [s for s in _front_stamps(page, kinds) if s.role != "updated"]
    full = [s for s in stamps if s.published.day]
    told = [s for s in full if s.role == "published"]
    if page.title or not page.is_page:
        told = told or full
    if told:
        return told[0].published
    body = [s.line.text for s, kind in zip(page.seen, kinds, strict=True) if kind == "body"]
    today = next((found for text in body if (found := find_today(text))), None)
    if today and today.day:
        return today
    partial = next((s.published for s in stamps if not s.published.day), None)
    return _inferred(page, body) or today or partial or Published()


def find_updated(page: Page, kinds: Sequence[BlockKind]) -> str | None:
    """The day of the last update that the article's front tells, as EDTF."""
    stamps = [s for s in _front_stamps(page, kinds) if s.role == "updated"]
    return stamps[-1].published.edtf if stamps else None


def _front_stamps(page: Page, kinds: Sequence[BlockKind]) -> Iterator[Stamp]:
    """The dates on the article's date lines: below the title, above it, below the text."""
    above = range(page.top - 1, max(-1, page.top - _NEAR_ABOVE - 1), -1)
    for index in (*_front_lines(page, kinds), *above):
        text = page.seen[index].line.text
        if kinds[index] in ("related", "caption", "summary") or page.seen[index].line.is_stamp:
            continue
        if kinds[index] == "title" and (stamp := stamp_after_title(text)):
            yield stamp
        elif is_publication_line(text) or kinds[index] == "byline":
            yield from find_stamps(text)
    for index in range(max(0, page.region.end - _END_LINES), len(page.seen)):
        if kinds[index] == "date" and not page.seen[index].line.is_stamp:
            stamps = find_stamps(page.seen[index].line.text)
            yield from (s for s in stamps if s.role != "plain" or index >= page.region.end)


def _front_lines(page: Page, kinds: Sequence[BlockKind]) -> Iterator[int]:
    """The lines from the title to the second paragraph of the running text."""
    paragraphs = 0
    for index in range(page.top, min(page.region.start + _FRONT_LINES, len(page.seen))):
        paragraphs += kinds[index] == "body" and page.seen[index].look is Look.PROSE
        if paragraphs > 1:
            return
        yield index


def _inferred(page: Page, body: Sequence[str]) -> Published | None:
    days = {
        stamp.published.day
        for one in page.seen
        if one.line.is_stamp
        for stamp in find_stamps(one.line.text)
    }
    if len(days) != 1 or not body or (day := days.pop()) is None:
        return None
    inferred = infer_from_weekday(day, body[0])
    return Published(inferred.isoformat(), inferred, None, "inferred") if inferred else None
