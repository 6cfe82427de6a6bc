"""The word lists beside this module, read once."""

import re
from functools import cache
from pathlib import Path

_EDGES = re.compile(r"^[\W_]+|[\s\W_]+$")
_SPACE = re.compile(r"\s+")


@cache
def entries(file_name: str) -> frozenset[str]:
    """The entries of a word list: one a line, `#` opens a comment line."""
    lines = Path(__file__).with_name(file_name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def fold(line: str) -> str:
    """A line in small letters with straight apostrophes and no punctuation at its edges."""
    return _EDGES.sub("", _SPACE.sub(" ", line.casefold().replace("’", "'")))


def begins_with_entry(folded: str, file_name: str) -> bool:
    """Whether a folded line begins with an entry of a list, whole words only."""
    words = folded.split(" ")
    longest = _longest(file_name)
    starts = (" ".join(words[:n]) for n in range(1, min(longest, len(words)) + 1))
    return any(start.rstrip(",:;.!") in _folded(file_name) for start in starts)


def is_entry(folded: str, file_name: str) -> bool:
    """Whether a folded line is an entry of a list."""
    return folded in _folded(file_name)


def holds_entry(folded: str, file_name: str) -> bool:
    """Whether an entry of a list occurs in a line in small letters, punctuation and all."""
    return bool(_either(file_name).search(folded))


@cache
def _folded(file_name: str) -> frozenset[str]:
    return frozenset(fold(entry) for entry in entries(file_name))


@cache
def _longest(file_name: str) -> int:
    return max(len(entry.split(" ")) for entry in _folded(file_name))


@cache
def _either(file_name: str) -> re.Pattern[str]:
    """One pattern for a whole list, longest entry first."""
    ordered = sorted(entries(file_name), key=lambda entry: (-len(entry), entry))
    return re.compile("|".join(map(_whole_words, ordered)))


def _whole_words(entry: str) -> str:
    """An entry as a pattern that does not begin or end inside a word."""
    before = r"(?<!\w)" if entry[0].isalnum() else ""
    after = r"(?!\w)" if entry[-1].isalnum() else ""
    return before + re.escape(entry) + after
