"""The words that report, as lists beside this module (`data/*.txt`)."""

from functools import cache
from pathlib import Path

from spacy.tokens import Token


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a list: one a line, `#` comments and blank lines left out."""
    lines = Path(__file__).with_name("data").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(s for line in lines.splitlines() if (s := line.strip()) and s[0] != "#")


def lemma(token: Token) -> str:
    """The lower-case lemma of a token, mending what the tagger does to quoted neighbours."""
    return token.lemma_.lower()


def is_verb(token: Token) -> bool:
    """Whether a token is a full verb in use, not a noun or an adjective made of one."""
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.tag_.startswith("VB"))


def is_reporting_verb(token: Token) -> bool:
    """Whether a verb reports speech or writing."""
    return is_verb(token) and lemma(token) in words("reporting_verbs")
