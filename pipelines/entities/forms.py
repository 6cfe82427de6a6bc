"""Names told by their form or by our lists, whether the model saw them or not."""

from collections.abc import Iterator
from functools import cache

from pipelines.entities import lexicon
from pipelines.entities.countries import place, spellings
from pipelines.entities.mention import EntityType
from pipelines.entities.spans import NameSpan
from pipelines.entities.tokens import Phrasebook, Tokens, is_capital, phrasebook


def known_names(tokens: Tokens) -> Iterator[NameSpan]:
    """Countries, peoples and well-known bodies, by their spelling."""
    book = _known()
    behind = 0
    for i in book.places(tokens.text):
        hit = book.at(tokens.text, i) if tokens.pos[i] in ("PROPN", "ADJ", "NOUN") else None
        if hit is not None and i >= behind:
            yield NameSpan(i, hit[0], hit[1], 2.0)
            behind = hit[0]


@cache
def _known() -> Phrasebook[EntityType]:
    phrases: dict[str, EntityType] = {n: known.type for n, known in lexicon.known_names().items()}
    phrases.update(dict.fromkeys(lexicon.organisations(), "ORG"))
    for spelling in spellings():
        found = place(spelling)
        if found is not None:
            phrases[spelling] = found.type
    return phrasebook({spelling: t for spelling, t in phrases.items() if is_capital(spelling)})


def credited_people(tokens: Tokens) -> Iterator[NameSpan]:
    """People in an agency's credits: “Reporting by A. Varga and Lu Min”, “REUTERS/Lu Min”."""
    words = lexicon.words("credit_words.txt")
    for i, word in enumerate(tokens.lower):
        if word == "by" and i and tokens.lower[i - 1] in words:
            if tokens.is_capital(i - 1) or (i > 1 and tokens.is_capital(i - 2)):
                yield from _listed_people(tokens, i + 1)
        elif word == "/" and i and tokens.text[i - 1] in _AGENCIES:
            yield NameSpan(i - 1, i, "ORG", 2.0)
            yield from _listed_people(tokens, i + 1)


_AGENCIES = frozenset({"REUTERS", "AP", "AFP", "EPA"})


def _listed_people(tokens: Tokens, start: int) -> Iterator[NameSpan]:
    """The names in a list of people that starts here, up to the first other word."""
    i = start
    while i < len(tokens):
        end = capital_run(tokens, i)
        if end == i:
            return
        if tokens.phrase(i, end).lower() not in lexicon.words("not_names.txt"):
            yield NameSpan(i, end, "PERSON", 3.0)
        i = end
        while i < len(tokens) and tokens.text[i] in (",", "and", "&"):
            i += 1


def capital_run(tokens: Tokens, start: int) -> int:
    """Where the run of name-like words that starts here ends (hyphens and particles inside)."""
    i = end = start
    particles = lexicon.words("particles.txt")
    credit = lexicon.words("credit_words.txt")
    while i < len(tokens) and tokens.pos[i] != "SPACE":
        word = tokens.text[i]
        if word[0].isupper() and word.lower() not in credit:
            end = i + 1
        elif not (end > start and (word == "-" or word in particles)):
            break
        i += 1
    return end


def datelines(tokens: Tokens) -> Iterator[NameSpan]:
    """The places that open a story: “TALLINN (Agency) -”, “NEW YORK, Dec 5 –”, “OSLO/BERLIN”."""
    for i in range(len(tokens)):
        if i and tokens.pos[i - 1] != "SPACE":
            continue
        spans = []
        start = i
        while True:
            end = start
            while (
                end < len(tokens) and tokens.text[end].isupper() and tokens.text[end][0].isalpha()
            ):
                end += 1
            if end == start or end - start > 3:
                break
            spans.append(NameSpan(start, end, "GPE", 3.0))
            if end < len(tokens) and tokens.text[end] == "/":
                start = end + 1
                continue
            if _closes_dateline(tokens, end):
                yield from spans
                yield from _agency(tokens, end)
            break


def _agency(tokens: Tokens, i: int) -> Iterator[NameSpan]:
    """The agency in brackets after a dateline's place: “OSLO (Coastwire) -”."""
    if tokens.text[i] != "(":
        return
    end = tokens.text.index(")", i)
    dash = tokens.text[end + 1 : end + 2]
    if dash and dash[0] in _DASHES and all(is_capital(w) for w in tokens.text[i + 1 : end]):
        yield NameSpan(i + 1, end, "ORG", 3.0)


_DASHES = frozenset({"–", "—", "--", "-"})


def _closes_dateline(tokens: Tokens, i: int) -> bool:
    if i >= len(tokens):
        return False
    if tokens.text[i] in _DASHES:
        return tokens.is_spaced[i]
    after = tokens.text[i + 1 : i + 12]
    if tokens.text[i] == "(":
        return ")" in after[:5]
    return tokens.text[i] == "," and any(w == "(" or w in _DASHES for w in after)


def acronyms(tokens: Tokens, headline: set[int]) -> Iterator[NameSpan]:
    """Bodies known by initials that come twice or stand with a noun like “agency”: “miner SQX”."""
    places: dict[str, list[int]] = {}
    for i, word in enumerate(tokens.text):
        if (
            3 <= len(word) <= 6
            and word.isupper()
            and word.isalpha()
            and tokens.tag[i] in ("NNP", "NN")
            and i not in headline
            and word.lower() not in lexicon.words("not_names.txt")
        ):
            places.setdefault(word, []).append(i)
    for found in places.values():
        if any(_is_body(tokens, i) for i in found):
            yield from (NameSpan(i, i + 1, "ORG", 1.0) for i in found)


def _is_body(tokens: Tokens, i: int) -> bool:
    """Whether this mention acts or owns as a body does, or a noun says that it is one."""
    group = lexicon.groups().get(tokens.lower[i - 1]) if i else None
    if group is not None and group.type == "ORG":
        return True
    if tokens.dep[i] == "nsubj":
        return tokens.lemma[tokens.head[i]] in lexicon.words("reporting_verbs.txt")
    return tokens.lower[i + 1 : i + 3] in (["news", "agency"], ["trade", "union"])


def speaking_people(tokens: Tokens, headline: set[int]) -> Iterator[NameSpan]:
    """People whom only their speaking shows: “a neighbour, Mpho Ledwaba, said”."""
    verbs = lexicon.words("reporting_verbs.txt")
    for i, dep in enumerate(tokens.dep):
        if dep != "nsubj" or tokens.tag[i] != "NNP" or i in headline:
            continue
        if tokens.lemma[tokens.head[i]] not in verbs:
            continue
        start = i
        while start and tokens.tag[start - 1] == "NNP" and _is_plain_name(tokens.text[start - 1]):
            start -= 1
        if 1 <= i - start <= 2 and all(_is_plain_name(w) for w in tokens.text[start : i + 1]):
            yield NameSpan(start, i + 1, "PERSON", 1.0)


def _is_plain_name(word: str) -> bool:
    """Whether the word is written as a person's names are, and means nothing else we know."""
    lower = word.lower()
    return (
        word.istitle()
        and word.isalpha()
        and lower not in lexicon.roles()
        and lower not in lexicon.honorifics()
        and lower not in lexicon.head_words()
        and lower not in lexicon.words("not_names.txt")
        and place(word) is None
    )
