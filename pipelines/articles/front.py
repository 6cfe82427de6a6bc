"""The article's front: which line is its title, and which lines around it are its front matter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.articles.bylines import read_bare_names, read_byline
from pipelines.articles.credits import is_caption
from pipelines.articles.datelines import is_dateline
from pipelines.articles.features import Look, Seen, is_page, is_title_case, stop_share
from pipelines.articles.lexicon import entries, fold, is_entry
from pipelines.articles.regions import Region
from pipelines.articles.stamps import (
    WEEKDAYS,
    Stamp,
    find_stamps,
    is_publication_line,
    rest_of,
)

_AGO = re.compile(r"\b\d+\s?(?:min(?:ute)?|hour|hr|day)s?\b", re.IGNORECASE)
_WORD = re.compile(r"\w[\w'’-]*")
#: A page's title stands at most this many lines above the running text, or a few below its start
#: where a notice was taken for text; an article's alone is among its first lines.
_ABOVE, _BELOW, _FIRST = 40, 5, 6
#: So many lines a standfirst or a picture may stand below the title.
_STANDFIRST = 8
#: A line with names and dates has at most so many words.
_MATTER_WORDS = 24
#: A headline printed so often again heads the pictures of a gallery.
_GALLERY = 5
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 32
#: A title that ends as a sentence does is shorter than a first paragraph.
_LONGEST_SENTENCE, _STOPS = 14, (".", ".”", '."', ".’")
_QUOTED_START, _QUOTED_END, _STOPPED = "“‘\"'", "”’\"'", ".,!?…"
_SAYING = (Look.PROSE, Look.SENTENCE, Look.HEADLINE, Look.LABEL)
#: What may be a site's name behind a title.
_SITE = re.compile(r"\s(?:[–—»·•-]|::)\s([^–—»·•:]{2,40})$")
_CRUMBS = re.compile(r"\s*[|›»>/•·]\s*")


@dataclass(frozen=True, slots=True)
class Title:
    """The line that holds the title, and the title itself."""

    index: int
    text: str


def find_title(seen: Sequence[Seen], region: Region, told: str | None) -> Title | None:
    """The line that is the title: the headline that the text below it is about.

    Args:
        seen: the text's lines.
        region: where the running text is.
        told: the title as a more trusted witness gives it, if one does.
    """
    if told and (found := _find_told(seen, region, told)):
        return found
    index = _find_on_page(seen, region) if is_page([s.look for s in seen]) else _find_on_top(seen)
    return None if index is None else Title(index, clean_title(seen[index].line.content))


def clean_title(line: str) -> str:
    """A title with single blanks, without a site's name, a full stop or a date at its end."""
    line = " ".join(line.split())
    if len(line.partition(" | ")[0].split()) >= _SHORTEST_TITLE:
        line = line.partition(" | ")[0]
    site = _SITE.search(line)
    if site and len(line[: site.start()].split()) >= _SHORTEST_TITLE and _is_paper(site[1]):
        line = line[: site.start()]
    if stamp := stamp_after_title(line):
        line = line[: stamp.start].rstrip(" ,|•·–—-")
    return line[:-1] if re.search(r"\w\w\.$", line) and line.count(".") == 1 else line


def _is_paper(site: str) -> bool:
    """Whether what stands behind a title is a paper's name: “… – Valley Post”."""
    words = site.split()
    named = entries("paper_words.txt") | entries("paper_titles.txt")
    is_name = all(w[0].isupper() or w in ("of", "the", "and") for w in words)
    return len(words) > 1 and is_name and any(w.casefold() in named for w in words)


def stamp_after_title(line: str) -> Stamp | None:
    """The day of publication that a line holds behind its title: “… Tuesday, March 9, 2021”."""
    stamps = find_stamps(line)
    if not stamps or stamps[-1].end < len(line):
        return None
    begins = line[stamps[-1].start :].casefold().startswith(WEEKDAYS)
    is_divided = line[: stamps[-1].start].rstrip().endswith(("|", "•", "·", "–", "—", "-"))
    return stamps[-1] if begins or is_divided else None


def is_front_matter(one: Seen) -> bool:
    """Whether a line is a byline or says when the article came out."""
    if len(one.line.words) > _MATTER_WORDS or one.line.is_stamp:
        return False
    if read_byline(one.line.content) or is_publication_line(one.line.text):
        return True
    return bool(_AGO.search(one.line.text) and names_on(one, bare=True))


def names_on(one: Seen, *, bare: bool) -> tuple[str, ...]:
    """The authors that a line names, dates aside; `bare` accepts a line of nothing but names."""
    if len(one.line.words) > 25 or one.look is Look.PROSE:
        return ()
    text = one.line.content
    stamps = find_stamps(text)
    if stamps:
        text = rest_of(text, stamps)
    if told := read_byline(text):
        return told
    may_be_bare = one.look in (Look.HEADLINE, Look.LABEL) and not one.line.mark
    return read_bare_names(text) if bare and may_be_bare else ()


def is_section(one: Seen) -> bool:
    """Whether a line names a section: “Politics”, “Analysis | World”, “Home › News › Africa”."""
    crumbs = [fold(crumb) for crumb in _CRUMBS.split(one.line.content) if crumb]
    if not crumbs or len(one.line.words) > 10:
        return False
    named = sum(is_entry(crumb, "sections.txt") for crumb in crumbs)
    return named == 1 == len(crumbs) or (len(crumbs) > 1 and named >= 1)


def _find_told(seen: Sequence[Seen], region: Region, told: str) -> Title | None:
    """The last line above the running text that is the told title, a site's name aside."""
    wanted = fold(told)
    found = None
    for index, one in enumerate(seen[: region.start + _BELOW]):
        line = fold(one.line.content)
        is_begun = len(one.line.words) >= _SHORTEST_TITLE and wanted.startswith(line)
        if line and (line == wanted or is_begun):
            found = Title(index, told)
    return found


def _find_on_top(seen: Sequence[Seen]) -> int | None:
    """The title of an article alone: a headline among the first lines, no text before it."""
    if seen and _heads_front(seen):
        return 0
    for index, one in enumerate(seen[:_FIRST]):
        if one.look is Look.PROSE and not is_title_case(one.line.words):
            return None
        if not _may_be_title(one):
            continue
        is_open = one.line.text[-1] not in ":,;"
        if is_open and (_is_bare_title(seen, index) or is_title_case(one.line.words)):
            return index
        if one.look in (Look.PROSE, Look.SENTENCE):
            return index if one.line.text[-1] in "?!" else None
    return None


def _heads_front(seen: Sequence[Seen]) -> bool:
    """Whether the first line is a title by what follows: a byline or date, or a gap.

    A headline may end with somebody's words in quotation marks, as many a sentence does.
    """
    first = seen[0]
    text = first.line.text
    if first.line.mark or not _may_be_title(first) or names_on(first, bare=True):
        return False
    if text[-1] in _QUOTED_END:
        is_headline = text[-2:-1] not in _STOPPED and text[0] not in _QUOTED_START
        return is_headline and first.line.before_gap and len(first.line.words) <= _LONGEST_SENTENCE
    below = seen[1:2]
    return text[-1].isalnum() and any(is_front_matter(s) for s in below)


def _is_bare_title(seen: Sequence[Seen], index: int) -> bool:
    """Whether a line without a stop is a title; a label only where it is the first, lists aside."""
    one = seen[index]
    if one.look is Look.LABEL:
        is_first = all(above.line.mark for above in seen[:index])
        return is_first and not stop_share(one.line.words) and not names_on(one, bare=True)
    return one.look is Look.HEADLINE


def _find_on_page(seen: Sequence[Seen], region: Region) -> int | None:
    """The title of a page: the line with most points, or one above it that is nearly as good.

    What stands between a title and the text (the standfirst, a picture's caption) is about the
    same thing, so that it often has as many points.
    """
    vocabulary = _vocabulary(seen, region)
    if not vocabulary:
        return None
    points: dict[int, float] = {}
    distance = 0
    for index in range(min(len(seen), region.start + _BELOW) - 1, -1, -1):
        distance += seen[index].look in _SAYING and index < region.start
        if distance > _ABOVE:
            break
        if _may_be_title(seen[index]):
            points[index] = _title_points(seen, index, region, vocabulary) - 0.03 * distance
    best = max(points, key=lambda index: (points[index], -index), default=None)
    if best is None or points[best] <= 0:
        return None
    above = [i for i in points if best - _STANDFIRST <= i < best and _is_headline(seen[i])]
    as_good = (i for i in above if points[i] >= max(0.6, points[best] - 0.8))
    best = min(as_good, default=best)
    is_standfirst = best - 1 in above and points[best - 1] > 0.6
    return best - 1 if is_standfirst else best


def _is_headline(one: Seen) -> bool:
    is_alone = one.line.after_gap and not one.line.mark and "|" not in one.line.text
    return one.look is Look.HEADLINE and is_alone


def _may_be_title(one: Seen) -> bool:
    n = len(one.line.words)
    is_text = one.look in (Look.HEADLINE, Look.SENTENCE, Look.LABEL, Look.PROSE, Look.LIST_LINK)
    if not is_text or not 2 <= n <= _LONGEST_TITLE:
        return False
    if n > _LONGEST_SENTENCE and one.look is not Look.HEADLINE and one.line.text.endswith(_STOPS):
        return False
    return not (
        is_caption(one.line.text, n)
        or one.line.text[0] == "("
        or is_dateline(one.line.text)
        or is_publication_line(one.line.text)
        or read_byline(one.line.content)
        or is_section(one)
    )


def _title_points(
    seen: Sequence[Seen], index: int, region: Region, vocabulary: frozenset[str]
) -> float:
    """Points for a line of a page being the title; above 0 it may be one."""
    one = seen[index]
    words = _content_words(one.line.content)
    shared = sum(w in vocabulary for w in words)
    points = 3.0 * shared / max(3, len(words)) - 0.8
    points += 0.5 * (one.line.after_gap and one.line.before_gap)
    points += 0.5 * (len(one.line.words) >= 5)
    points -= 0.5 * (one.look is Look.LIST_LINK and not one.line.mark[0].isdigit())
    points -= {Look.SENTENCE: 0.3, Look.PROSE: 1.2}.get(one.look, 0.0)
    points -= 1.0 * one.line.text.endswith((".", ":", ","))
    repeats = _repeats(seen, one)
    points += 0.5 if 0 < repeats < _GALLERY else 0.0
    points -= 3.0 * (repeats >= _GALLERY)
    has_matter_below = any(is_front_matter(s) for s in seen[index + 1 : index + 9])
    points += 0.8 * has_matter_below
    points -= 0.4 * any(is_front_matter(s) for s in seen[max(0, index - 3) : index])
    if index >= region.start:
        points -= 0.5 if has_matter_below else 2.0
    return points


def _repeats(seen: Sequence[Seen], one: Seen) -> int:
    """How often a line returns on the page, perhaps with a site's name or a section beside it."""
    text = one.line.content
    return sum(text in other.line.text and other is not one for other in seen)


def _vocabulary(seen: Sequence[Seen], region: Region) -> frozenset[str]:
    """The content words of the running text."""
    text = [s.line.text for s in seen[region.start : region.end] if s.look is Look.PROSE]
    return frozenset(word for line in text[:40] for word in _content_words(line))


def _content_words(text: str) -> list[str]:
    stop = entries("stopwords.txt")
    words = (w.casefold().replace("’", "'").removesuffix("'s") for w in _WORD.findall(text))
    return [w for w in words if w not in stop and len(w) > 1]
