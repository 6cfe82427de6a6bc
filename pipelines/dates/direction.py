"""What tells which period is meant: last, this, next, the following; a year told in any way."""

from collections.abc import Sequence
from typing import cast

from pipelines.dates.meaning import Anchor, Fixed, Meaning, Shifted
from pipelines.dates.time_expression import Granularity
from pipelines.dates.tokens import Token
from pipelines.dates.words import Phrase, holidays, word_list
from pipelines.dates.years import year

#: The granularities of the units that a calendar counts in, by their codes in the word list.
UNITS: dict[str, Granularity] = {
    "D": "day",
    "W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}
#: A meaning and the index of the token after it.
Found = tuple[Meaning, int]


def direction_at(tokens: Sequence[Token], i: int) -> tuple[int, Anchor, int] | None:
    """The way, its anchor and the index after it: last · this past · the following."""
    token = tokens[i]
    if token.word == "that" and tokens[i + 1].word == "same":
        return 0, "told", i + 2
    if token.word == "this" and tokens[i + 1].word in ("past", "coming"):
        return cast(int, tokens[i + 1].value("way")), "published", i + 2
    if (way := token.value("way")) is not None:
        return way, "published", i + 1
    if (way := token.value("storyway")) is not None:
        return way, "told" if way == 0 else "story", i + 1
    return None


def year_phrase(tokens: Sequence[Token], i: int) -> Found | None:
    """A year told in any way: 1989 · last year · the following year · fiscal 1990."""
    j = i + 1 if tokens[i].word == "the" else i
    k = j
    while tokens[k].word in ("fiscal", "year") and k < j + 2:
        k += 1
    told = year(tokens, k)
    if told:
        return Fixed(f"{told[0]:04d}"), told[1]
    directed = direction_at(tokens, j)
    if directed is None:
        return None
    way, anchor, k = directed
    if tokens[k].word == "fiscal":
        k += 1
    return (Shifted("year", way, anchor), k + 1) if tokens[k].word == "year" else None


def holiday_at(tokens: Sequence[Token], i: int) -> Phrase | None:
    """The longest named day that starts here; its words begin with capitals."""
    before = tokens[i - 1]
    if not tokens[i].is_capital or (before.is_capital and _is_name(before)):
        return None
    for phrase in holidays().get(tokens[i].word, ()):
        if all(tokens[i + 1 + k].word == word for k, word in enumerate(phrase.rest)):
            return phrase
    return None


def _is_name(token: Token) -> bool:
    """Whether a capitalised word makes what follows part of a name: Johnny Christmas."""
    return not token.classes and token.word not in word_list("before_periods")


def is_compound(tokens: Sequence[Token], i: int) -> bool:
    """“this week-long session”, “last year-end”: the unit belongs to another word."""
    return tokens[i].word == "-" and not tokens[i].is_apart and tokens[i + 1].word != "to"
