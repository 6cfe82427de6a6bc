"""The words that report, as lists beside this module (`data/*.txt`)."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from spacy.strings import get_string_id
from spacy.tokens import Token

_VERB, _AUX = get_string_id("VERB"), get_string_id("AUX")


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a list: one a line, `#` comments and blank lines left out."""
    lines = Path(__file__).with_name("data").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(s for line in lines.splitlines() if (s := line.strip()) and s[0] != "#")


def ids(entries: Iterable[str]) -> frozenset[int]:
    """The numbers by which spaCy knows some words: to compare those takes no look at a string."""
    return frozenset(get_string_id(entry) for entry in entries)


def lemma(token: Token) -> str:
    """The lower-case lemma of a token, mending what the tagger does to quoted neighbours."""
    return token.lemma_.lower()


def is_verb(token: Token) -> bool:
    """Whether a token is a full verb in use, not a noun or an adjective made of one."""
    pos = token.pos
    return pos == _VERB or (pos == _AUX and token.tag_.startswith("VB"))


def is_reporting_verb(token: Token) -> bool:
    """Whether a verb reports speech or writing."""
    return is_verb(token) and lemma(token) in words("reporting_verbs")
