"""The word classes, fixed phrases and named days of the grammar, read from the data files."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")
#: A word's classes and its value in each, as `{"month": "5", "ambiguous": "1"}`.
Classes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fixed phrase: its words after the first, and what it stands for."""

    rest: tuple[str, ...]
    kind: str
    value: str


@cache
def word_classes() -> dict[str, dict[str, str]]:
    """Every word of the grammar, in lower case, with its classes."""
    classes: dict[str, dict[str, str]] = defaultdict(dict)
    for word, name, value in _rows("words.csv"):
        classes[word][name] = value
    return dict(classes)


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a plain list, one a line, in lower case."""
    return frozenset(line.strip() for line in _lines(f"{name}.txt"))


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Fixed phrases by their first word, the longest first; kind is their TIMEX3 type."""
    return _by_first_word(_rows("phrases.csv"))


@cache
def holidays() -> dict[str, tuple[Phrase, ...]]:
    """Named days by their first word, the longest first; kind is the rule, value its argument."""
    return _by_first_word(_rows("holidays.csv"))


@cache
def idioms() -> dict[str, tuple[Phrase, ...]]:
    """Phrases of words of time that speak of none, by their first word, the longest first."""
    return _by_first_word([line.strip(), "", ""] for line in _lines("idioms.txt"))


@cache
def dated_events() -> tuple[tuple[str, str, str], ...]:
    """Days known by what happened on them: month and day, a noun after them, the year."""
    return tuple((day, noun, year) for day, noun, year in _rows("dated_events.csv"))


@cache
def confidences() -> dict[str, float]:
    """How often each construction is right, by its name."""
    return {name: float(share) for name, share in _rows("confidence.csv")}


def _by_first_word(rows: Iterator[list[str]]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = defaultdict(list)
    for name, kind, value in rows:
        first, *rest = split(name)
        found[first].append(Phrase(tuple(rest), kind, value))
    return {
        first: tuple(sorted(group, key=lambda phrase: -len(phrase.rest)))
        for first, group in found.items()
    }


def split(name: str) -> list[str]:
    """The words of a name as the tokenizer cuts them, its apostrophes and stops apart."""
    for mark in "'.-":
        name = name.replace(mark, f" {mark} ")
    return name.split()


def _rows(name: str) -> Iterator[list[str]]:
    return csv.reader(_lines(name))


def _lines(name: str) -> Iterator[str]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from (line for line in lines if line.strip() and not line.startswith("# "))
