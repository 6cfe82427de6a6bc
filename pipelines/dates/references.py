"""References to time without a date: now, recently, the near future; and about, nearly, over."""

from collections.abc import Sequence
from typing import cast

from pipelines.dates.absolute import Readings
from pipelines.dates.meaning import Fixed, Reading, Shifted, Way, Yearless
from pipelines.dates.time_expression import TimexType
from pipelines.dates.tokens import Token
from pipelines.dates.words import idioms, phrases, word_list

_COMPARED = {
    ("more", "than"): "MORE_THAN",
    ("less", "than"): "LESS_THAN",
    ("fewer", "than"): "LESS_THAN",
    ("at", "least"): "EQUAL_OR_MORE",
    ("at", "most"): "EQUAL_OR_LESS",
    ("up", "to"): "EQUAL_OR_LESS",
}


def phrase(tokens: Sequence[Token], i: int) -> Readings:
    """A fixed phrase of the list."""
    for found in phrases().get(tokens[i].word, ()):
        if _reads(tokens, i + 1, found.rest):
            end = i + 1 + len(found.rest)
            if tokens[end].classes.keys() & {"units", "unit", "number"} or tokens[end].number >= 0:
                continue
            kind = cast(TimexType, found.kind)
            return (Reading(i, end, kind, Fixed(found.value), confidence=0.85),)
    return ()


def idiom_end(tokens: Sequence[Token], i: int) -> int | None:
    """The index after an idiom that speaks of no time, None where none starts."""
    for idiom in idioms().get(tokens[i].word, ()):
        if _reads(tokens, i + 1, idiom.rest):
            return i + 1 + len(idiom.rest)
    return None


def _reads(tokens: Sequence[Token], i: int, words: Sequence[str]) -> bool:
    for word in words:
        if tokens[i].word != word:
            return False
        i += 1
    return True


def reference(tokens: Sequence[Token], i: int) -> Readings:
    """Now, recently, soon; current before what it speaks of; year-end."""
    token = tokens[i]
    if token.word == "year" and tokens[i - 1].word != "each":
        j = i + 2 if tokens[i + 1].word == "-" else i + 1
        if [t.word for t in tokens[j : j + 2]] == ["'", "s"]:
            j += 2
        if tokens[j].word == "end":
            return (_year_end(tokens, i, j + 1),)
    value = token.classes.get("reference")
    if token.word == "soon" and tokens[i + 1].word in word_list("after_no_soon"):
        return ()
    if value is None or tokens[i - 1].word in word_list("before_no_reference"):
        return ()
    return (Reading(i, i + 1, "DATE", Fixed(value), confidence=0.8),)


def _year_end(tokens: Sequence[Token], i: int, end: int) -> Reading:
    """The day on which books close: by year-end.

    “Year’s end”, and “year-end” before a noun, are the last part of the year.
    """
    is_adjective = tokens[end].word.isalpha() and tokens[end - 2].word == "-"
    if is_adjective or tokens[end - 2].word == "s":
        return Reading(i, end, "DATE", Shifted("year", 0), "END", confidence=0.85)
    way: Way = -1 if tokens[i - 1].word == "since" else 0
    return Reading(i, end, "DATE", Yearless("12-31", way), confidence=0.85)


def approximation(tokens: Sequence[Token], i: int) -> tuple[str | None, int]:
    """The TIMEX3 modifier of words of comparison, and the index after them."""
    pair = (tokens[i].word, tokens[i + 1].word)
    if mod := _COMPARED.get(pair):
        return mod, i + 2
    if pair == ("no", "more") and tokens[i + 2].word == "than":
        return "EQUAL_OR_LESS", i + 3
    return tokens[i].classes.get("approx"), i + 1
