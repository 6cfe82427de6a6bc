"""A text becomes an article: its blocks, and what they and the witnesses say of it."""

from collections.abc import Sequence

from pipelines.articles.article import Article, Block, BlockKind, Published
from pipelines.articles.datelines import read_dateline
from pipelines.articles.features import Look, Seen, is_page, look_at
from pipelines.articles.front import find_title, names_on
from pipelines.articles.languages import detect_language
from pipelines.articles.lines import cut_lines
from pipelines.articles.publication import find_published, find_updated
from pipelines.articles.regions import find_region
from pipelines.articles.roles import Page, assign, mark_author_notes, mark_repeats
from pipelines.articles.stamps import parse_published
from pipelines.documents.record import Metadata

#: The article's bylines stand in the first or the last lines of its text, or outside it.
_FRONT_LINES, _END_LINES = 10, 8


def read_article(text: str, known: Sequence[Metadata] = ()) -> Article:
    r"""Read a decoded text: cut it into blocks and find its title, authors, date and the rest.

    Args:
        text: the text, newlines as `\n`, without control characters.
        known: what witnesses say, the most trusted first; of each field the first word counts,
            and the text is asked only where all are silent.
    """
    told_title = next((m.title for m in known if m.title), None)
    told_authors = next((m.authors for m in known if m.authors), ())
    seen = look_at(cut_lines(text))
    region = find_region(seen)
    title = find_title(seen, region, told_title)
    page = Page(seen, region, title, is_page([s.look for s in seen]))
    kinds = assign(page)
    mark_repeats(page, kinds)
    authors = told_authors or _authors(page, kinds)
    mark_author_notes(page, kinds, authors)
    language = next((_primary_subtag(m.language) for m in known if m.language), None)
    return Article(
        text=text,
        blocks=_blocks(seen, kinds, len(text)),
        title=told_title or (page.title.text if page.title else None),
        summary=_first(seen, kinds, "summary"),
        authors=tuple(authors),
        publisher=next((m.publisher for m in known if m.publisher), None),
        section=_first(seen, kinds, "section"),
        place=_place(seen, kinds),
        language=language or detect_language(_readable(seen, kinds)),
        url=next((m.url for m in known if m.url), None),
        rights=next((m.rights for m in known if m.rights), None) or _rights(seen),
        published=_told_published(known) or find_published(page, kinds),
        updated_edtf=find_updated(page, kinds),
    )


def _primary_subtag(language: str) -> str:
    """`en-GB` and `en_GB` as `en`."""
    return language.replace("_", "-").partition("-")[0].casefold()


def _told_published(known: Sequence[Metadata]) -> Published | None:
    parsed = (parse_published(m.published, m.basis) for m in known if m.published)
    return next((p for p in parsed if p), None)


def _blocks(seen: Sequence[Seen], kinds: Sequence[BlockKind], length: int) -> tuple[Block, ...]:
    """The lines as contiguous blocks, each owning the white space up to the next."""
    if not seen:
        return (Block("boilerplate", 0, length),) if length else ()
    starts = [0, *(s.line.start for s in seen[1:])]
    ends = [*starts[1:], length]
    return tuple(Block(*block) for block in zip(kinds, starts, ends, strict=True))


def _authors(page: Page, kinds: Sequence[BlockKind]) -> tuple[str, ...]:
    """The names on the first byline that says so, else on the first bare one.

    A byline in the middle of the text is of one part of it.
    """
    front, end = page.region.start + _FRONT_LINES, page.region.end - _END_LINES
    bylines = [i for i, k in enumerate(kinds) if k == "byline" and (i <= front or i >= end)]
    told = [i for i in bylines if names_on(page.seen[i], bare=False)]
    names: dict[str, None] = {}
    previous = None
    for index in told or bylines:
        if previous is not None and index - previous > 2:
            break
        names |= dict.fromkeys(names_on(page.seen[index], bare=True))
        previous = index
    return tuple(names)


def _first(seen: Sequence[Seen], kinds: Sequence[BlockKind], wanted: BlockKind) -> str | None:
    found = (s.line.content for s, k in zip(seen, kinds, strict=True) if k == wanted)
    return next(found, None)


def _place(seen: Sequence[Seen], kinds: Sequence[BlockKind]) -> str | None:
    """The place of the dateline that opens the running text."""
    texts = [s.line.text for s, k in zip(seen, kinds, strict=True) if k in ("dateline", "body")]
    found = (read_dateline(text) for text in texts[:4])
    return next((dateline.place for dateline in found if dateline), None)


def _readable(seen: Sequence[Seen], kinds: Sequence[BlockKind]) -> str:
    unread = ("boilerplate", "related")
    return "\n".join(s.line.text for s, k in zip(seen, kinds, strict=True) if k not in unread)


def _rights(seen: Sequence[Seen]) -> str | None:
    """The last short line that claims a right in the page."""
    claims = [s.line.text for s in seen if s.look is Look.RIGHTS and len(s.line.words) <= 20]
    return claims[-1] if claims else None
