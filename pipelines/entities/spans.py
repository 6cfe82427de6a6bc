"""Where the model saw a name: its spans cut, trimmed and extended to clean boundaries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipelines.entities import lexicon
from pipelines.entities.countries import place
from pipelines.entities.mention import EntityType
from pipelines.entities.names import is_legal_form
from pipelines.entities.tokens import Phrasebook, Tokens, is_capital, phrasebook

#: OntoNotes labels that are entity types here.
TYPE_OF_LABEL: dict[str, EntityType] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "FAC": "FAC",
    "NORP": "NORP",
    "EVENT": "EVENT",
    "LAW": "LAW",
    "PRODUCT": "PRODUCT",
    "WORK_OF_ART": "WORK_OF_ART",
}
_CUTS = frozenset('/()[]–—|•:;"“”')
_LISTED: frozenset[EntityType] = frozenset({"GPE", "LOC", "FAC", "PERSON"})


_CAPITALISED: frozenset[EntityType] = frozenset({"PERSON", "ORG", "GPE", "NORP", "PRODUCT"})


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens `start` to `end` (half-open) that name something; `weight` is the vote for `type`."""

    start: int
    end: int
    type: EntityType
    weight: float


def merged(*sources: Iterable[NameSpan]) -> list[NameSpan]:
    """The spans of all sources in order of place; where two overlap the earlier source wins."""
    taken: set[int] = set()
    found: list[NameSpan] = []
    for source in sources:
        for span in source:
            tokens = range(span.start, span.end)
            if tokens and taken.isdisjoint(tokens):
                found.append(span)
                taken.update(tokens)
    return sorted(found, key=lambda s: s.start)


def model_spans(tokens: Tokens) -> Iterator[NameSpan]:
    """The model's named spans with clean boundaries."""
    named = [(ent.start, ent.end, ent.label_) for ent in tokens.doc.ents]
    covered = {i for first, stop, _ in named for i in range(first, stop)}
    offices = _offices(tokens)
    for first, stop, label in named:
        kind = TYPE_OF_LABEL.get(label)
        if kind is None:
            continue
        for start, end in _pieces(tokens, first, stop, kind):
            span = trimmed(tokens, NameSpan(start, _hyphened_end(tokens, end, covered), kind, 1.0))
            if span is not None and not offices.issuperset(range(span.start, span.end)):
                extend = _extended if kind == "PERSON" else _with_head
                yield extend(tokens, span, covered)


def _offices(tokens: Tokens) -> set[int]:
    """The tokens of role nouns of several words: “Secretary of State” names no state."""
    nouns = office_nouns()
    hits = ((i, nouns.at(tokens.lower, i)) for i in nouns.places(tokens.lower))
    return {j for i, hit in hits if hit is not None and hit[0] - i > 1 for j in range(i, hit[0])}


def _hyphened_end(tokens: Tokens, end: int, covered: set[int]) -> int:
    """Where a name ends that the model cut at a hyphen: “Varga-to|-U”."""
    while (
        end + 1 < len(tokens)
        and tokens.text[end] == "-"
        and not (tokens.is_spaced[end] or tokens.is_spaced[end - 1])
        and tokens.text[end + 1][0].isupper()
        and end + 1 not in covered
    ):
        end += 2
    return end


def _pieces(tokens: Tokens, start: int, end: int, kind: EntityType) -> Iterator[tuple[int, int]]:
    """Cut a span at slashes, brackets, dashes, lists' commas and the nouns of an office."""
    first = i = start
    while i < end:
        office = office_nouns().at(tokens.lower, i)
        if office is not None and _is_office(tokens, i, office[0], end, kind):
            yield first, i
            i = first = office[0]
            continue
        if _is_cut(tokens, i, end, kind) or _is_owner(tokens, first, i, end):
            yield first, i
            first = i + 1
        i += 1
    yield first, end


def _is_office(tokens: Tokens, i: int, stop: int, end: int, kind: EntityType) -> bool:
    """Whether the role noun from `i` to `stop` is no part of the name: “Varga Group President”."""
    if stop - i > 1:
        return True
    return kind == "ORG" and stop == end and tokens.lower[i - 1] not in ("of", "for", "and", "&")


def _is_owner(tokens: Tokens, first: int, i: int, end: int) -> bool:
    """Whether a possessive at `i` ends the name of one body and another follows."""
    if tokens.text[i] not in ("'s", "’s") or i + 1 >= end or i == first:
        return False
    name = tokens.phrase(first, i).removeprefix("the ").removeprefix("The ")
    if name in lexicon.organisations() or place(name) is not None:
        return True
    return i - first > 1 and tokens.lower[i - 1] in lexicon.head_words()


def _is_cut(tokens: Tokens, i: int, end: int, kind: EntityType) -> bool:
    word = tokens.text[i]
    if word in _CUTS or (word in ("--", "-") and tokens.is_spaced[i]):
        return True
    if kind == "PERSON" and word.islower() and word.isalpha():
        return word not in lexicon.words("particles.txt")
    if word != "," or kind not in _LISTED:
        return False
    return i + 1 < end and tokens.lower[i + 1] not in lexicon.words("name_suffixes.txt")


@cache
def office_nouns() -> Phrasebook[lexicon.Role]:
    """The role nouns as phrases, lower-case."""
    return phrasebook(lexicon.roles())


def trimmed(tokens: Tokens, span: NameSpan) -> NameSpan | None:
    """The span without determiner, possessive, title or punctuation at its ends; None if empty."""
    start, end = span.start, span.end
    while start < end and _is_leading_chaff(tokens, start, span.type):
        start += 1
    while start < end and _is_trailing_chaff(tokens, end - 1, span.type):
        end -= 1
    if span.type == "PERSON":
        start += title_length(tokens, start, end)
    if _is_portfolio(tokens, start, end):
        return None
    if not any(is_capital(word) for word in tokens.text[start:end]):
        return None
    if tokens.phrase(start, end).lower() in lexicon.words("not_names.txt"):
        return None
    return NameSpan(start, end, span.type, span.weight)


def _is_portfolio(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the words are a minister's field: “Food and Health Minister”."""
    if tokens.lower[end : end + 1] not in (["minister"], ["secretary"]):
        return False
    generic = lexicon.words("generic_bodies.txt")
    return all(w in generic or not w.isalpha() for w in tokens.lower[start:end])


def title_length(tokens: Tokens, start: int, end: int) -> int:
    """How many tokens at the start of a person's span are a title, the name itself excluded.

    What stands before a country is none: “Captain America”.
    """
    i = start
    while i < end - 1:
        office = office_nouns().at(tokens.lower, i)
        if office is not None and office[0] < end:
            i = office[0]
        elif tokens.lower[i] in lexicon.honorifics() or tokens.lower[i] in ("former", "ex", "-"):
            i += 1
        else:
            break
    found = place(tokens.phrase(i, end)) if i > start else None
    return 0 if found is not None and found.is_country else i - start


def _is_leading_chaff(tokens: Tokens, i: int, kind: EntityType) -> bool:
    word = tokens.text[i]
    if kind in _CAPITALISED and word.islower() and word.isalpha():
        return word not in lexicon.words("particles.txt") and tokens.is_spaced[i]
    if tokens.lower[i] in lexicon.words("leading_chaff.txt"):
        return tokens.tag[i] not in ("NNP", "NNPS")
    if not word[0].isalnum() or word in ("'s", "’s"):
        return True
    begins = i == 0 or tokens.sentence[i - 1] != tokens.sentence[i]
    return begins and tokens.tag[i] in ("VBG", "VBN", "VB", "RB", "IN", "UH")


def _is_trailing_chaff(tokens: Tokens, i: int, kind: EntityType) -> bool:
    word = tokens.text[i]
    if kind in _CAPITALISED and word.islower() and word.isalpha() and tokens.text[i - 1] != "-":
        return not is_legal_form(word)  # a common word after the name: “Varga logo”
    return (
        word in ("'s", "’s", "'", "’")
        or not any(c.isalnum() for c in word)
        or tokens.lower[i] in lexicon.words("leading_chaff.txt")
    )


def _with_head(tokens: Tokens, span: NameSpan, covered: set[int]) -> NameSpan:
    """A body's span with the last word of its name, where the model left it outside."""
    end = span.end
    if (
        span.type == "ORG"
        and end < len(tokens)
        and end not in covered
        and tokens.head[end - 1] == end
        and tokens.tag[end] in ("NNP", "NNPS")
        and tokens.text[end][0].isupper()
        and tokens.lower[end] not in lexicon.roles()
    ):
        return replace(span, end=end + 1)
    return span


def _extended(tokens: Tokens, span: NameSpan, covered: set[int]) -> NameSpan:
    """A person's span with the parts of the name that the model left outside."""
    start, end = span.start, span.end
    particles = lexicon.words("particles.txt")
    stop = end
    while stop < len(tokens) and tokens.lower[stop] in particles and tokens.text[stop] != "The":
        stop += 1
    if (stop > end or tokens.lower[end - 1] in particles) and _is_name_word(tokens, stop):
        end = stop + 1
    while _is_name_word(tokens, end) and end not in covered and tokens.is_spaced[end - 1]:
        if tokens.tag[end - 1] not in ("NNP", "NNPS") or tokens.dep[end - 1] not in (
            "compound",
            "flat",
        ):
            break
        end += 1
    if _has_cut_dot(tokens, end):
        end += 1
    while start and start - 1 not in covered and _is_first_name(tokens, start - 1):
        start -= 1
    return NameSpan(start, end, span.type, span.weight)


def _has_cut_dot(tokens: Tokens, end: int) -> bool:
    """Whether the dot of a suffix stands after a name, cut from it: “Varga Sr|.| said”."""
    return (
        tokens.lower[end - 1] in lexicon.words("name_suffixes.txt")
        and tokens.text[end : end + 1] == ["."]
        and not tokens.is_spaced[end - 1]
        and tokens.sentence[end : end + 2] == [tokens.sentence[end - 1]] * 2
    )


def _is_name_word(tokens: Tokens, i: int) -> bool:
    return (
        i < len(tokens) and tokens.text[i][0].isupper() and tokens.tag[i] in ("NNP", "NNPS", "NN")
    )


def _is_first_name(tokens: Tokens, i: int) -> bool:
    """Whether the word before a person's span is the given name that the model left outside."""
    return (
        tokens.text[i][0].isupper()
        and tokens.tag[i] == "NNP"
        and tokens.is_spaced[i]
        and tokens.sentence[i] == tokens.sentence[i + 1]
        and not tokens.text[i].isupper()
        and tokens.lower[i] not in lexicon.honorifics()
        and tokens.lower[i] not in lexicon.roles()
        and tokens.lower[i] not in lexicon.head_words()
        and tokens.dep[i] == "compound"
        and (tokens.text[i] in lexicon.given_names())
    )
