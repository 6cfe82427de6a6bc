"""Datelines: the place, agency and day that open a news report (“PARIS, Dec 7 (Reuters) -”)."""

import re
from dataclasses import dataclass

from pipelines.articles.article import Published
from pipelines.articles.lexicon import entries
from pipelines.articles.stamps import find_stamps

_PLACE = r"[A-Z][A-Z.'’-]+(?:[ -](?:de|du|la|of|[A-Z][A-Z.'’-]+)){0,4}"
#: A place in small letters is told by the agency in capitals behind it: “Paris (AFP) –”.
_SMALL_PLACE = r"[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+){0,2}(?=(?:,\s[A-Z][a-z]+)?\s\([A-Z]{2,}\b)"
_REGION = r"(?:(?:,|/)\s?(?:[A-Z][A-Za-z.'’]+(?:\s[A-Z][A-Za-z.'’]+){0,2}))?"
_DATE = r"(?:,\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?)?"
_AGENCY = r"(?:\s?\([A-Z][\w&., /-]{1,30}\))?"
_END = r"(?:\s?(?:--|[-–—_])|(?<=\)):)"
_DATELINE = re.compile(
    rf"[\"“]?(?P<place>{_PLACE}|{_SMALL_PLACE}){_REGION}(?P<date>{_DATE})(?P<agency>{_AGENCY}){_END}(?=\s|$)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; `end` is its length in the line."""

    place: str
    day: Published | None
    end: int


def read_dateline(line: str) -> Dateline | None:
    """The dateline that opens a line, None where it opens with none."""
    match = _DATELINE.match(line[:140])
    if match is None or not len(match["place"]) >= 3 or len(match["place"].split()) > 3:
        return None
    if match["place"].casefold() in entries("not_places.txt"):
        return None
    stamps = find_stamps(match["date"])
    return Dateline(
        _title_case(match["place"]), stamps[0].published if stamps else None, match.end()
    )


def is_dateline(line: str) -> bool:
    """Whether a line is a dateline and nothing else."""
    found = read_dateline(line)
    return found is not None and found.end >= len(line.rstrip())


def _title_case(place: str) -> str:
    """`NEW YORK` as `New York`."""
    return re.sub(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?", lambda word: word.group().capitalize(), place)
