"""Names as strings: folding, the parts of a person's name, initials, near spellings."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipelines.entities.lexicon import head_words, honorifics, words


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A key for comparing names: no case, accents, dots or other punctuation, single blanks."""
    flat = unicodedata.normalize(
        "NFKD", name.replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    )
    flat = "".join(c for c in flat if not unicodedata.combining(c)).casefold()
    flat = flat.replace(".", "").replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w&]+|_", " ", flat).split())


@dataclass(frozen=True, slots=True, order=True)
class PersonName:
    """The folded parts of a person's name. `family` holds its particles (“von der leyen”)."""

    given: tuple[str, ...]
    family: str
    suffix: str = ""

    @property
    def is_full(self) -> bool:
        """Whether a given name stands before the family name."""
        return bool(self.given)


@lru_cache(maxsize=65536)
def person_name(name: str) -> PersonName:
    """Split a person's name, titles left out, into given names, family name and suffix."""
    parts = name.replace("’", "'").split()
    while len(parts) > 1 and parts[0].casefold() in honorifics():
        parts = parts[1:]
    suffix = ""
    if len(parts) > 1 and parts[-1].casefold().strip(",") in words("name_suffixes.txt"):
        suffix = fold(parts.pop())
    if not parts:
        return PersonName((), fold(name), suffix)
    first = len(parts) - 1
    while first > 1 and parts[first - 1].casefold() in words("particles.txt"):
        first -= 1
    if first == 1 and parts[0].islower() and parts[0] in words("particles.txt"):
        first = 0
    return PersonName(tuple(fold(p) for p in parts[:first]), fold(" ".join(parts[first:])), suffix)


def is_same_person(one: PersonName, other: PersonName) -> bool:
    """Whether two full names may be one person's: family names agree, given names do not differ.

    “Gen. James T. Orr” and “Jim Orr” stay apart: a nickname is no proof. Initials and left-out
    middle names agree.
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    if one.family == other.family or is_misspelling(one.family, other.family):
        return not one.given or not other.given or given_names_agree(one.given, other.given)
    return False


def given_names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the first given names are equal, an initial of one another, or near spellings.

    A hyphen between two is no difference: “Mohammad-Reza”, “Mohammad Reza”.
    """
    if " ".join(one) == " ".join(other):
        return True
    a, b = one[0], other[0]
    if a == b:
        middle_a, middle_b = one[1:2], other[1:2]
        return not (middle_a and middle_b) or middle_a[0][:1] == middle_b[0][:1]
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    return is_misspelling(a, b) or a in other[1:] or b in one[1:]


def is_misspelling(one: str, other: str) -> bool:
    """Whether two folded words of six letters or more differ by one letter (or two swapped)."""
    if one == other or min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 1:
        return False
    if one[0] != other[0]:
        return False
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    a, b = one[n:], other[n:]
    if a[1:] == b[1:] or a[1:] == b or a == b[1:]:
        return True
    return len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]


@lru_cache(maxsize=65536)
def initials(name: str) -> str:
    """The capitals a name's acronym would have: “Membership Action Plan” → MAP."""
    return "".join(w[0] for w in re.split(r"[\s\-]+", name) if w and w[0].isupper())


def is_acronym(name: str) -> bool:
    """Whether a name is written as initials: NATO, U.N., JCPoA."""
    bare = name.replace(".", "").removesuffix("s")
    return (
        2 <= len(bare) <= 8
        and bare.isalpha()
        and sum(c.isupper() for c in bare) >= 2
        and (bare[0].isupper() and sum(c.isupper() for c in bare) * 2 > len(bare))
    )


def is_acronym_of(short: str, full: str) -> bool:
    """Whether `short` may be the initials of `full`, legal forms left out."""
    letters = short.replace(".", "").upper()
    capitals = initials(without_legal_form(full))
    whole = "".join(w[0] for w in re.split(r"[\s\-]+", full) if w).upper()
    return len(letters) >= 2 and letters in (capitals, initials(full), whole)


@lru_cache(maxsize=65536)
def without_legal_form(name: str) -> str:
    """A body's name without its legal form: “Varga Holdings Inc.” → “Varga”."""
    parts = name.split()
    while len(parts) > 1 and is_legal_form(parts[-1]):
        parts.pop()
    return " ".join(parts).rstrip(",")


def is_legal_form(word: str) -> bool:
    """Whether a word that ends a body's name says its legal form: “Inc.”, “plc”."""
    found = head_words().get(word.casefold().strip(","))
    return found is not None and found.is_legal_form
