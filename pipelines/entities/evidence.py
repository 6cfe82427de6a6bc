"""What a name's words, and the words around it, tell of its type."""

from collections.abc import Iterator, Set
from functools import cache

from pipelines.entities import lexicon
from pipelines.entities.countries import place
from pipelines.entities.mention import EntityType
from pipelines.entities.names import is_acronym
from pipelines.entities.spans import NameSpan, office_nouns
from pipelines.entities.tokens import Tokens

Vote = tuple[EntityType, float]


def from_words(surface: str) -> Iterator[Vote]:
    """What the words of a name tell of its type."""
    found = place(surface)
    if found is not None:
        yield found.type, 10.0 if found.is_country else 4.0
    if surface in lexicon.organisations():
        yield "ORG", 4.0
    if surface in lexicon.known_names():
        yield lexicon.known_names()[surface].type, 4.0
    parts = surface.split()
    if len(parts) > 1:
        head = lexicon.head_words().get(parts[-1].casefold())
        if head is not None:
            yield head.type, 3.0 if head.type == "ORG" else 1.0
        if parts[0] in lexicon.given_names():
            yield "PERSON", 1.5
    elif is_acronym(surface):
        yield "ORG", 1.5


def from_context(tokens: Tokens, span: NameSpan) -> Iterator[Vote]:
    """What the words around a name tell of its type."""
    yield from _before(tokens, span)
    yield from _after(tokens, span)


def _before(tokens: Tokens, span: NameSpan) -> Iterator[Vote]:
    if not span.start:
        return
    word = tokens.lower[span.start - 1]
    group = lexicon.groups().get(word)
    if group is not None and group.type == "ORG" and tokens.text[span.start - 1].islower():
        yield "ORG", 2.0
    elif (
        span.start > 1
        and word in ("in", "of", "for")
        and tokens.lower[span.start - 2] in _cues("before")
    ):
        yield "ORG", 2.5
    elif _follows_office(tokens, span):
        yield "PERSON", 1.5


def _follows_office(tokens: Tokens, span: NameSpan) -> bool:
    """Whether a role noun stands before what may be a person's name: “general Varga”."""
    first = tokens.text[span.start]
    if span.end - span.start > 2 and first not in lexicon.given_names():
        return False
    hits = (office_nouns().at(tokens.lower, i) for i in range(max(0, span.start - 3), span.start))
    return any(h is not None and h[0] == span.start and "business" not in h[1].kinds for h in hits)


def _after(tokens: Tokens, span: NameSpan) -> Iterator[Vote]:
    after = tokens.lower[span.end : span.end + 3]
    possessed = after[1:] if after[:1] in (["'s"], ["’s"]) else after
    if possessed[:1] and possessed[0] in _cues("after"):
        yield "ORG", 2.5
    if after[:2] in (["news", "agency"], ["trade", "union"]):
        yield "ORG", 2.0
    if after[:2] in (["said", "he"], ["said", "she"], [",", "who"]):
        yield "PERSON", 2.0
    if (
        len(after) == 3
        and after[0] == after[2] == ","
        and after[1].isdigit()
        and len(after[1]) == 2
    ):
        yield "PERSON", 2.0


def _is_coined(tokens: Tokens, i: int) -> bool:
    """Whether quotation marks stand around this word alone."""
    after = next((w for w in tokens.text[i + 1 : i + 3] if w != ","), "")
    is_known = tokens.text[i] in lexicon.organisations() or tokens.text[i].isupper()
    return bool(i) and tokens.text[i - 1] in '“"' and after in ("”", '"') and not is_known


def common_nouns(tokens: Tokens) -> frozenset[str]:
    """The words for groups and roles in the plural that the article writes in lower case."""
    nouns = (w for w, tag in zip(tokens.text, tokens.tag, strict=True) if tag == "NNS")
    return frozenset(word for word in nouns if word.islower())


@cache
def _cues(where: str) -> frozenset[str]:
    return frozenset(
        row["word"] for row in lexicon.csv_rows("body_cues.csv") if row["where"] == where
    )


def is_common_word(tokens: Tokens, span: NameSpan, common: Set[str]) -> bool:
    """Whether a lone capitalised word is no name.

    It opens a sentence (“Skiing is allowed”), is for an idea (“Moorist”), comes as a noun of the
    text, in lower case, too (“Partners”, “partners”), or is coined there, in marks (“Bearwolf”).

    Args:
        tokens: the article.
        span: the name in question.
        common: the nouns that the article writes in lower case.
    """
    if span.end - span.start > 1 or span.weight >= 2:
        return False
    i = span.start
    if span.type != "PERSON" and place(tokens.text[i]) is None:
        if tokens.lower[i].endswith(("ist", "ists", "ism")) or tokens.lower[i] in common:
            return True
        if span.type == "ORG" and _is_coined(tokens, i):
            return True
    opens = i == 0 or tokens.sentence[i - 1] != tokens.sentence[i] or tokens.text[i - 1] in "“\"‘'"
    return (
        opens
        and tokens.tag[i] in ("NN", "NNS", "VBG", "JJ", "RB", "VB", "VBP")
        and not (
            place(tokens.text[i])
            or tokens.text[i] in lexicon.organisations()
            or tokens.text[i].isupper()
        )
    )
