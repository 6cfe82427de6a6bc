"""Where the article lies on the page: the stretch of lines that holds most running text.

The lines' points are summed, and the stretch with the largest sum is the article; asides inside it
(advertisements, teasers) lower the sum but do not end it, the menus and teaser lists around it do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.articles.asides import find_asides, find_galleries
from pipelines.articles.features import Look, Seen, is_page
from pipelines.articles.lists import end_of_list

#: Points of a sentence in another article's teaser.
_ASIDE_TEXT = -0.5
#: A run of lines without text costs at most this: a long advertisement does not end an article.
_DEAREST_RUN = 9.0


@dataclass(frozen=True, slots=True)
class Region:
    """Indices into the lines, half-open: the article's running text, asides included."""

    start: int
    end: int


def find_region(seen: Sequence[Seen]) -> Region:
    """The stretch of lines with the most points; all lines where the text is no page."""
    if not is_page([s.look for s in seen]):
        return Region(0, len(seen))
    best, best_sum, start, total = Region(len(seen), len(seen)), 0.0, 0, 0.0
    for index, value in enumerate(_run_points(seen)):
        if total <= 0:
            start, total = index, 0.0
        total += value
        if total > best_sum:
            best, best_sum = Region(start, index + 1), total
    return Region(best.start, end_of_list(seen, best.end))


def _run_points(seen: Sequence[Seen]) -> Iterator[float]:
    """The points of the lines, no run of lines without text dearer than the dearest."""
    spent = 0.0
    asides, galleries = find_asides(seen), find_galleries(seen)
    for index, one in enumerate(seen):
        points = _ASIDE_TEXT if index in asides and one.points > 0 else one.points
        points = 0.0 if index in galleries else points
        if points >= 0 or one.look in (Look.COMMENTS, Look.RIGHTS, Look.CLOSER):
            spent = 0.0 if points else spent
            yield points
        else:
            cost = min(-points, _DEAREST_RUN - spent)
            spent += cost
            yield -cost
