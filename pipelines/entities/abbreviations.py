"""Abbreviations introduced in brackets, and documents named by their last word."""

from collections.abc import Iterator

from pipelines.entities import lexicon
from pipelines.entities.mention import EntityType
from pipelines.entities.names import is_acronym, is_acronym_of
from pipelines.entities.spans import TYPE_OF_LABEL, NameSpan
from pipelines.entities.tokens import Tokens, is_capital

#: How many words a name may have whose initials follow it.
_WIDEST = 12
#: What a name's words and the initials after it tell together outweighs what each looks like.
_WEIGHT = 6.0


def introduced_abbreviations(tokens: Tokens) -> Iterator[NameSpan]:
    """Names in several words with their initials in brackets: “Harbour Action Plan (HAP)”.

    Both have one type: that which the last word of the name tells, else the model's, else a body.
    """
    inside = (n + 1 for n, word in enumerate(tokens.text[1:-2], start=1) if word == "(")
    for i in inside:
        short = tokens.text[i]
        if tokens.text[i + 1] != ")" or not is_acronym(short):
            continue
        start = _start_of_name(tokens, i - 1, short)
        if start is not None:
            kind = _type(tokens, start, i - 1)
            yield NameSpan(start, i - 1, kind, _WEIGHT)
            yield NameSpan(i, i + 1, kind, _WEIGHT)


def _start_of_name(tokens: Tokens, end: int, short: str) -> int | None:
    """Where the name of these initials starts that ends here; it is written as a name is."""
    for start in range(end - 2, max(-1, end - _WIDEST - 1), -1):
        if tokens.sentence[start] != tokens.sentence[end - 1] or tokens.text[start] in "(),;:":
            return None
        is_name = is_capital(tokens.text[start]) and is_capital(tokens.text[end - 1])
        if is_name and is_acronym_of(short, tokens.phrase(start, end)):
            return start
    return None


def _type(tokens: Tokens, start: int, end: int) -> EntityType:
    head = lexicon.head_words().get(tokens.lower[end - 1])
    if head is not None:
        return head.type
    label = next(
        (tokens.doc[i].ent_type_ for i in range(start, end) if tokens.doc[i].ent_type_), ""
    )
    return TYPE_OF_LABEL.get(label, "ORG")


def named_documents(tokens: Tokens, headline: set[int]) -> Iterator[NameSpan]:
    """Laws, treaties and plans that the model missed: “to submit a Harbour Action Plan”."""
    heads = lexicon.head_words()
    for last in range(1, len(tokens)):
        head = heads.get(tokens.lower[last])
        if head is None or head.type != "LAW" or last in headline or not _is_titled(tokens, last):
            continue
        start = last
        while start and _is_titled(tokens, start - 1) and tokens.is_spaced[start - 1]:
            start -= 1
        is_inside = start and tokens.sentence[start - 1] == tokens.sentence[last]
        if is_inside and start < last - 1 and tokens.text[start - 1].islower():
            yield NameSpan(start, last + 1, "LAW", 2.0)


def _is_titled(tokens: Tokens, i: int) -> bool:
    return tokens.text[i].istitle() and tokens.tag[i] in ("NNP", "NNPS", "NN", "NNS", "JJ")
