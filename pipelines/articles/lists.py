"""The lists that are an article's own: those that its text introduces, and timetables.

Most lists on a page are menus or other articles' headlines.
"""

from collections.abc import Sequence

from pipelines.articles.features import Look, Seen
from pipelines.articles.stamps import begins_with_day

#: What an entry of a list may look like.
_LISTED = (Look.LIST_LINK, Look.SENTENCE, Look.PROSE, Look.HEADLINE)
#: A timetable has so many rows, of so many words at least.
_FEWEST_ROWS, _SHORTEST_ROW, _LONGEST_LIST = 3, 4, 100


def find_lists(seen: Sequence[Seen]) -> frozenset[int]:
    """The entries of lists that the text above introduces with a colon, and of timetables."""
    introduced: set[int] = set()
    follows_colon = False
    for index, one in enumerate(seen):
        if not one.line.mark:
            follows_colon = one.line.text.endswith(":")
        elif follows_colon:
            introduced.add(index)
    return frozenset(introduced | _timetables(seen))


def end_of_list(seen: Sequence[Seen], end: int) -> int:
    """Where the article's own list ends that directly follows its last paragraph.

    Args:
        seen: the text's lines.
        end: the line behind the last paragraph; returned where no such list follows.
    """
    if not 0 < end < len(seen):
        return end
    below = seen[end : end + _LONGEST_LIST]
    if seen[end - 1].line.text.endswith(":"):
        is_entry = [bool(one.line.mark) and one.look in _LISTED for one in below]
        if is_entry[0]:
            return end + (is_entry.index(False) if False in is_entry else len(below))
    rows = _timetables(below)
    first = next((n for n in (0, 1) if n in rows), None)  # its heading may stand above it
    if first is None:
        return end
    return end + next(n for n in range(first, len(below) + 1) if n not in rows)


def _timetables(seen: Sequence[Seen]) -> set[int]:
    """The lines of timetables: a few lines running that all begin with a day without its year.

    Other articles' headlines in a list are dated with the year, or with a clock.
    """
    rows: set[int] = set()
    start = 0
    for index in range(len(seen) + 1):
        if index < len(seen) and _begins_with_day(seen[index]):
            continue
        if index - start >= _FEWEST_ROWS:
            rows.update(range(start, index))
        start = index + 1
    return rows


def _begins_with_day(one: Seen) -> bool:
    if one.look not in _LISTED or len(one.line.words) < _SHORTEST_ROW:
        return False
    return begins_with_day(one.line.content)
