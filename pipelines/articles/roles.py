"""The role of every line: what is the article's, what is the site's, what is another article's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.articles.article import BlockKind
from pipelines.articles.asides import find_asides, is_pointer
from pipelines.articles.bylines import read_byline
from pipelines.articles.credits import is_about_author, is_caption, is_credit_note
from pipelines.articles.datelines import is_dateline
from pipelines.articles.features import Look, Seen, is_closed, is_title_case, is_typed, stop_share
from pipelines.articles.front import Title, is_front_matter, is_section, names_on
from pipelines.articles.lexicon import fold
from pipelines.articles.lists import find_lists
from pipelines.articles.regions import Region
from pipelines.articles.stamps import find_stamps, is_publication_line

_TEXT = (Look.PROSE, Look.SENTENCE)
_SITE = (
    Look.FURNITURE,
    Look.AD_SLOT,
    Look.COUNTER,
    Look.RIGHTS,
    Look.CLOSER,
    Look.SYMBOLS,
    Look.OPENER,
    Look.COMMENTS,
)
#: Front matter above the title stands this near to it; notes about the article this near below it.
_NEAR_ABOVE, _NEAR_BELOW = 4, 8
#: Another article's headline has so many words; fewer are a label.
_HEADLINE_WORDS = 4
#: Front matter stands so near below the title, with so little running text above it.
_FRONT_LINES, _FRONT_PARAGRAPHS = 14, 1
#: A line above the text that ends without a stop but speaks in sentences is a picture's caption.
_SAYING_WORDS, _SAYING_SHARE = 10, 0.2
_SUMMARY_WORDS = 6
#: A trail of sections above a title (“World, Africa, Lesotho”) has at most so many.
_LONGEST_TRAIL = 4
#: A list above the text holds its key points where its entries have so many words.
_KEY_POINT = 6
#: A heading among the paragraphs has at most so many words, unless it is set like a title.
_LONGEST_HEADING = 18

_TWEETED = re.compile(r"(?:\bpic\.twitter\.com/|\bhttps?://t\.co/)\w+$")


@dataclass(frozen=True, slots=True)
class Page:
    """A text's lines, where its article lies, what its title is, and whether menus surround it."""

    seen: Sequence[Seen]
    region: Region
    title: Title | None
    is_page: bool

    @property
    def top(self) -> int:
        """The first line of the article: its title, or the running text."""
        return self.title.index if self.title else self.region.start


def assign(page: Page) -> list[BlockKind]:
    """The kind of every line, in order."""
    kinds: list[BlockKind] = ["boilerplate"] * len(page.seen)
    _assign_above(page, kinds)
    asides = find_asides(page.seen, page.top)
    start = _front_end(page)
    for index in range(page.top, start):
        kind = _front_kind(page, index)
        kinds[index] = "related" if index in asides and kind in ("body", "caption") else kind
    _assign_region(page, kinds, start, asides)
    _assign_below(page, kinds)
    if page.is_page:
        _assign_repeated(page, kinds)
    if page.title:
        kinds[page.title.index] = "title"
        _assign_summary(page, kinds)
    return kinds


def _assign_repeated(page: Page, kinds: list[BlockKind]) -> None:
    """A paragraph that stands on a page twice, one copy below the other, is a picture's caption."""
    for before, after in pairwise(i for i, kind in enumerate(kinds) if kind == "body"):
        first, second = page.seen[before], page.seen[after]
        if first.look is Look.PROSE and first.line.text == second.line.text:
            kinds[before] = kinds[after] = "caption"


def _assign_above(page: Page, kinds: list[BlockKind]) -> None:
    """Lines above the title: the date or section that belongs to it."""
    for index in range(max(0, page.top - _NEAR_ABOVE), page.top):
        one = page.seen[index]
        if one.line.is_stamp or is_publication_line(one.line.text):
            kinds[index] = "byline" if names_on(one, bare=False) else "date"
        elif is_section(one) and index >= page.top - 2 and not _is_in_menu(page, index):
            kinds[index] = "section"
        elif not page.is_page and one.look not in _SITE:
            kinds[index] = "heading"


def _is_in_menu(page: Page, index: int) -> bool:
    """Whether a line is an entry of a list longer than a trail of sections."""
    above = page.seen[max(0, index - _LONGEST_TRAIL) : index + 1]
    return len(above) > _LONGEST_TRAIL and all(one.line.mark for one in above)


def _front_end(page: Page) -> int:
    """Where the front ends: below the last byline or date that has little text above it."""
    end = max(page.region.start, page.top)
    first, paragraphs = end, 0
    if page.title and len(_names_at(page, page.title.index + 1)) > 1:
        end = max(end, page.title.index + 2)
    for index in range(first, min(first + _FRONT_LINES, page.region.end)):
        one = page.seen[index]
        paragraphs += one.look is Look.PROSE and not is_caption(one.line.text, len(one.line.words))
        if paragraphs > _FRONT_PARAGRAPHS:
            break
        if is_front_matter(one):
            end = index + 1
    return end


def _names_at(page: Page, index: int) -> tuple[str, ...]:
    """The authors on a line of nothing but names."""
    return names_on(page.seen[index], bare=True) if index < len(page.seen) else ()


def _front_kind(page: Page, index: int) -> BlockKind:
    """A line between the title and the running text."""
    one = page.seen[index]
    n = len(one.line.words)
    if names_on(one, bare=False):
        return "byline"
    if one.line.is_clock or one.look in _SITE:
        return "boilerplate"
    if is_dateline(one.line.text):
        return "dateline"
    if is_caption(one.line.text, n):
        return "caption"
    if is_publication_line(one.line.text):
        return "byline" if names_on(one, bare=True) else "date"
    if one.look is Look.LIST_LINK and n >= _KEY_POINT and not one.line.mark[0].isdigit():
        below = page.seen[index + 1 : page.region.start + 1]
        return "body" if any(is_front_matter(s) for s in below) else "related"
    if is_section(one):
        return "section"
    if names_on(one, bare=True):
        return "byline"
    if one.look in _TEXT:
        return "body"
    if page.is_page and n >= _SAYING_WORDS and stop_share(one.line.words) >= _SAYING_SHARE:
        return "caption"
    return "boilerplate" if page.is_page else "heading"


def _assign_region(page: Page, kinds: list[BlockKind], start: int, asides: frozenset[int]) -> None:
    """Judge the lines of the running text one by one, asides left out."""
    own_lists = find_lists(page.seen)
    for index in range(start, page.region.end):
        if index not in asides:
            kinds[index] = _line_kind(page, index, own_lists)
        elif page.seen[index].look not in _SITE:
            kinds[index] = "related"


def _line_kind(page: Page, index: int, own_lists: frozenset[int]) -> BlockKind:
    """A line among the running text."""
    one = page.seen[index]
    n = len(one.line.words)
    if one.line.is_stamp:
        return "date"
    if one.look in _SITE:
        return "boilerplate"
    if one.look not in _TEXT and is_pointer(one.line.content):
        return "related"
    if is_caption(one.line.text, n):
        return "caption"
    if is_credit_note(one.line.text, n):
        return "author_note"
    if is_dateline(one.line.text):
        return "dateline"
    if one.look in _TEXT or (index in own_lists and not one.line.mark):
        return "body"
    if names_on(one, bare=False) and n <= 12:
        return "byline"
    if is_publication_line(one.line.text):
        return "date"
    return _short_kind(page, index, own_lists)


def _short_kind(page: Page, index: int, own_lists: frozenset[int]) -> BlockKind:
    """A line among the running text that is no sentence: an entry of a list, a heading, a scrap."""
    one = page.seen[index]
    if one.look is Look.LIST_LINK and not (one.line.mark[0].isdigit() and page.is_page):
        if not page.is_page or index in own_lists:
            return "body"
        return "related" if len(one.line.words) >= _HEADLINE_WORDS else "boilerplate"
    if one.line.text.endswith((":", ",")) or _TWEETED.search(one.line.text):
        return "body"
    if is_typed(one.line.text) or not _may_head(one):
        return "body"
    following = page.seen[index + 1 : index + 3]
    heads = any(s.look in _TEXT or s.look is Look.LIST_LINK for s in following)
    return "heading" if heads or not page.is_page else "boilerplate"


def _may_head(one: Seen) -> bool:
    """Whether a line is as short as a heading, and ends without a full stop."""
    n = len(one.line.words)
    if n > _LONGEST_HEADING and not is_title_case(one.line.words):
        return False
    if not any(c.isalpha() for c in one.line.text):
        return False
    return n <= 2 or not one.line.text.endswith(".")


def _assign_below(page: Page, kinds: list[BlockKind]) -> None:
    """Lines after the running text: notes about it directly below, then what is not its own."""
    in_list = False
    for index in range(page.region.end, len(page.seen)):
        one = page.seen[index]
        in_list = in_list or one.look in (Look.OPENER, Look.COMMENTS, Look.CLOSER)
        is_near = not in_list and index < page.region.end + _NEAR_BELOW
        kinds[index] = _kind_below(one, index - page.region.end, is_near=is_near)


def _kind_below(one: Seen, distance: int, *, is_near: bool) -> BlockKind:
    n = len(one.line.words)
    if one.line.is_stamp:
        return "date"
    if one.look in _SITE:
        return "boilerplate"
    if is_near and is_credit_note(one.line.text, n):
        return "author_note"
    if is_near and read_byline(one.line.content):
        return "byline"
    if is_near and any(stamp.role != "plain" for stamp in find_stamps(one.line.text)):
        return "date" if is_publication_line(one.line.text) else "related"
    if is_near and distance <= 1 and is_caption(one.line.text, n):
        return "caption"
    return "related" if n >= _HEADLINE_WORDS else "boilerplate"


def _assign_summary(page: Page, kinds: list[BlockKind]) -> None:
    """The standfirst: a line below the title that speaks, above byline, date or section.

    Without one of these below it, it is told from the first paragraph by its missing stop.
    """
    for index in range(page.top + 1, min(page.top + 6, len(kinds))):
        one = page.seen[index]
        n = len(one.line.words)
        if kinds[index] in ("byline", "date", "dateline") or is_caption(one.line.text, n):
            return
        if n >= _SUMMARY_WORDS and one.look in (*_TEXT, Look.HEADLINE):
            below = set(_kinds_below(page, kinds, index))
            is_divided = below & {"byline", "date", "dateline", "section"}
            if is_divided or one.look is Look.HEADLINE or not is_closed(one.line.text):
                kinds[index] = "summary"
            return


def _kinds_below(page: Page, kinds: Sequence[BlockKind], index: int) -> list[BlockKind]:
    """The kinds of the next few lines that say something."""
    following = range(index + 1, min(index + 16, len(kinds)))
    said = (i for i in following if page.seen[i].look not in _SITE)
    return [kinds[i] for i in said if not page.seen[i].line.is_stamp][:4]


def mark_repeats(page: Page, kinds: list[BlockKind]) -> None:
    """Read a title printed twice once, and a first paragraph that returns below as the summary."""
    if page.title:
        wanted = fold(page.title.text)
        for index in range(max(0, page.top - 8), min(page.region.start + 3, len(kinds))):
            if index != page.title.index and fold(page.seen[index].line.content) == wanted:
                kinds[index] = "boilerplate"
    bodies = [i for i, kind in enumerate(kinds) if kind == "body"]
    if len(bodies) < 3:
        return
    first = fold(page.seen[bodies[0]].line.text)
    later = (fold(page.seen[i].line.text) for i in bodies[1:4])
    if len(first) > 40 and any(first in text for text in later):
        kinds[bodies[0]] = "summary"


def mark_author_notes(page: Page, kinds: list[BlockKind], authors: Sequence[str]) -> None:
    """Turn lines in the lower half that tell who an author is into author notes."""
    middle = (page.region.start + page.region.end) // 2
    for index in range(middle, min(len(kinds), page.region.end + _NEAR_BELOW)):
        if is_about_author(page.seen[index].line.text, authors):
            kinds[index] = "author_note"
