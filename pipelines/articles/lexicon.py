"""The word lists beside this module, read once."""

from functools import cache
from pathlib import Path


@cache
def entries(file_name: str) -> frozenset[str]:
    """The entries of a word list: one a line, `#` opens a comment line."""
    path = Path(__file__).with_name("data") / file_name
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def fold(line: str) -> str:
    """A line in small letters with straight apostrophes and no punctuation at its edges."""
    small = " ".join(line.casefold().replace("’", "'").split())
    start, end = 0, len(small)
    while start < end and not small[start].isalnum():
        start += 1
    while start < end and not small[end - 1].isalnum():
        end -= 1
    return small[start:end]


def begins_with_entry(folded: str, file_name: str) -> bool:
    """Whether a folded line begins with an entry of a list, whole words only."""
    words = folded.split(" ")
    longest = _longest(file_name)
    starts = (" ".join(words[:n]) for n in range(1, min(longest, len(words)) + 1))
    return any(start.rstrip(",:;.!?") in _folded(file_name) for start in starts)


def is_entry(folded: str, file_name: str) -> bool:
    """Whether a folded line is an entry of a list."""
    return folded in _folded(file_name)


def holds_entry(small: str, file_name: str) -> bool:
    """Whether an entry of a list stands in a line in small letters, punctuation and all."""
    return any(_stands_free(e, small) for e in filter(small.__contains__, entries(file_name)))


def n_entries(small: str, file_name: str) -> int:
    """How many entries of a list stand in a line in small letters, those inside others aside."""
    inside = filter(small.__contains__, entries(file_name))
    held = [e for e in inside if _stands_free(e, small)]
    return sum(not any(e in other and e != other for other in held) for e in held)


def _stands_free(entry: str, small: str) -> bool:
    """Whether an entry occurs without beginning or ending inside a word."""
    start = small.find(entry)
    while start >= 0:
        end = start + len(entry)
        is_begun = entry[0].isalnum() and small[start - 1 : start].isalnum()
        if not (is_begun or (entry[-1].isalnum() and small[end : end + 1].isalnum())):
            return True
        start = small.find(entry, start + 1)
    return False


@cache
def _folded(file_name: str) -> frozenset[str]:
    return frozenset(fold(entry) for entry in entries(file_name))


@cache
def _longest(file_name: str) -> int:
    return max(len(entry.split(" ")) for entry in _folded(file_name))
