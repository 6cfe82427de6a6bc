"""Asides: other articles' headlines and teasers, inside an article or below it."""

from collections.abc import Sequence
from itertools import pairwise

from pipelines.articles.features import Look, Seen
from pipelines.articles.lexicon import fold, is_entry

_TEXT = (Look.PROSE, Look.SENTENCE)
_SHOWN = (Look.HEADLINE, Look.LABEL, Look.LIST_LINK)
_SILENT = (Look.AD_SLOT, Look.SYMBOLS, Look.COUNTER)
#: A teaser's text before its “keep reading” button is not longer than this many lines.
_TEASER_LINES = 6
#: Comments follow an article, which has so many paragraphs; a button above it opens none.
_ARTICLE_PARAGRAPHS = 4
#: A gallery has so many pictures, each with its headline, date, caption and credit.
_FEWEST_PICTURES, _PICTURE_LINES = 6, 6
#: A teaser below its headline is one paragraph, not longer than this many words.
_TEASER_WORDS = 45
_POINTER_WORDS, _LONGEST_POINTER = 4, 30


def find_asides(seen: Sequence[Seen], top: int = 0) -> frozenset[int]:
    """The indices of the lines that belong to other articles, as their surroundings tell.

    An opener (“Read more”, “Most popular”) begins a list of headlines, each perhaps with one
    paragraph below it; the article goes on where text stands that is not such a paragraph. After
    the readers' comments have begun, nothing is the article's. A
    closer (“keep reading”) ends a teaser, which began at the headline above it. A headline that
    returns every few lines heads the pictures of a gallery.

    Args:
        seen: the text's lines.
        top: the first line of the article, where that is known: a list above it ends there.
    """
    return frozenset(_after_openers(seen, top) | _before_closers(seen) | find_galleries(seen))


def is_pointer(text: str) -> bool:
    """Whether a line points to another article: “Read more: …”."""
    head, colon, _ = text.partition(":")
    if not colon or len(head.split()) > _POINTER_WORDS or len(text.split()) > _LONGEST_POINTER:
        return False
    folded = fold(head)
    return is_entry(folded, "page_pointers.txt") or is_entry(folded, "related_openers.txt")


def _after_openers(seen: Sequence[Seen], top: int) -> set[int]:
    asides: set[int] = set()
    in_list = in_comments = False
    paragraphs = 0
    for index, one in enumerate(seen):
        in_list = in_list and index != top
        paragraphs += one.look is Look.PROSE
        in_comments |= one.look is Look.COMMENTS and paragraphs >= _ARTICLE_PARAGRAPHS
        if one.look is Look.OPENER or in_comments:
            in_list = True
        elif _is_sentence(one) and not in_comments and not _is_teaser(seen, index):
            in_list = False
        if in_list:
            asides.add(index)
    return asides


def find_galleries(seen: Sequence[Seen]) -> set[int]:
    """The lines of picture galleries, whose every picture stands below the same headline.

    A gallery stands inside an article, and says nothing of where the article ends.
    """
    places: dict[str, list[int]] = {}
    for index, one in enumerate(seen):
        if one.look is Look.HEADLINE:
            places.setdefault(one.line.text, []).append(index)
    asides: set[int] = set()
    for found in places.values():
        steps = [after - before for before, after in pairwise(found)]
        if len(found) >= _FEWEST_PICTURES and max(steps) <= _PICTURE_LINES:
            asides.update(range(found[0], min(len(seen), found[-1] + min(steps))))
    return asides


def _is_sentence(one: Seen) -> bool:
    """Whether a line is running text for sure; a headline may be a question or a quotation."""
    return one.look is Look.PROSE or (one.look is Look.SENTENCE and one.line.text.endswith("."))


def _is_teaser(seen: Sequence[Seen], index: int) -> bool:
    """Whether a paragraph stands alone between headlines."""
    line = seen[index].line
    if len(line.words) > _TEASER_WORDS or line.text[0] in '"“‘':
        return False
    above = _neighbour(seen, index, -1)
    below = _neighbour(seen, index, 1)
    return above in _SHOWN and below not in _TEXT


def _neighbour(seen: Sequence[Seen], index: int, step: int) -> Look | None:
    """The look of the nearest line that says something, above (-1) or below (1)."""
    index += step
    while 0 <= index < len(seen) and seen[index].look in _SILENT:
        index += step
    return seen[index].look if 0 <= index < len(seen) else None


def _before_closers(seen: Sequence[Seen]) -> set[int]:
    asides: set[int] = set()
    first_text = next((i for i, one in enumerate(seen) if one.look in _TEXT), len(seen))
    for index, one in enumerate(seen):
        if one.look is not Look.CLOSER:
            continue
        start = index
        while start > first_text and seen[start - 1].look in _TEXT:
            start -= 1
        if start > first_text and index - start <= _TEASER_LINES:
            asides.update(range(start, index))
    return asides
