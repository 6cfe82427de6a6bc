"""Phrases that say what a person is, and the name they stand with, if any."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipelines.entities import lexicon
from pipelines.entities.spans import office_nouns
from pipelines.entities.tokens import Tokens

_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_NOMINAL = frozenset({"PROPN", "ADJ", "NOUN", "NUM"})
#: How many tokens a role phrase may reach to either side of its noun.
_WIDEST = 15
_OFFICES = frozenset({"office", "department", "bureau", "cabinet"})
_MARKS = frozenset({",", ".", ")", ":", "–", "—", "-"})
_OPENERS = frozenset({"of", "at", "for", "in", "to", "with"})


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """Tokens `start` to `end` (half-open) with the role noun `noun` (as in roles.csv).

    The noun's own tokens are `first` to `head`, both inclusive. `person` is the first token of
    the name that the phrase stands with, None where it stands alone.
    """

    start: int
    end: int
    first: int
    head: int
    noun: str
    person: int | None


@dataclass(frozen=True, slots=True)
class NamePlaces:
    """For each token of a name the first token of that name, and the end of it."""

    people: Mapping[int, int]
    others: Mapping[int, int]
    end_of: Mapping[int, int]

    def end(self, i: int) -> int:
        """Where the name that covers token `i` ends."""
        return self.end_of[self.people.get(i, self.others.get(i, i))]


def role_phrases(tokens: Tokens, names: NamePlaces) -> list[RolePhrase]:
    """Every phrase with a role noun in the singular, in order of place."""
    found = []
    behind = 0
    for i in office_nouns().places(tokens.lower):
        may_be = i >= behind and _may_be_role(tokens, i, names)
        hit = office_nouns().at(tokens.lower, i) if may_be else None
        if hit is None:
            continue
        if not _is_modifier(tokens, i, hit[0], names):
            found.append(_phrase(tokens, i, hit[0], hit[1].noun, names))
        behind = hit[0]
    return _shared(tokens, found)


def _shared(tokens: Tokens, phrases: list[RolePhrase]) -> list[RolePhrase]:
    """The phrases, one before a titled name bound to it too: “the bill's author, Sen. Varga”."""
    after = {p.start: p.person for p in phrases if p.person is not None}
    return [
        replace(p, person=after[p.end + 1])
        if p.person is None and p.end + 1 in after and tokens.text[p.end] == ","
        else p
        for p in phrases
    ]


def role_text(tokens: Tokens, phrase: RolePhrase) -> str:
    """The phrase without article or possessive pronoun."""
    start = phrase.start
    while start < phrase.first and tokens.tag[start] in ("DT", "PRP$"):
        start += 1
    return tokens.phrase(start, phrase.end)


def _may_be_role(tokens: Tokens, i: int, names: NamePlaces) -> bool:
    return tokens.pos[i] in _NOMINAL and i not in names.people


def _is_modifier(tokens: Tokens, first: int, end: int, names: NamePlaces) -> bool:
    """Whether the noun belongs to another: “the sheriff's office”, “an executive order”."""
    after = tokens.lower[end : end + 2]
    if len(after) == 2 and after[0] in ("'s", "’s") and after[1] in _OFFICES:
        return True
    root = tokens.root(first, end)
    if end < len(tokens) and end not in names.people and tokens.tag[end] in ("NNP", "NNPS"):
        return tokens.sentence[end] == tokens.sentence[first]
    owner = tokens.head[root]
    return tokens.dep[root] in ("compound", "amod", "nmod") and (
        owner >= end and owner not in names.people and tokens.pos[owner] == "NOUN"
    )


def _phrase(tokens: Tokens, first: int, end: int, noun: str, names: NamePlaces) -> RolePhrase:
    start = _left_edge(tokens, first, names)
    titled = _after_titles(tokens, end)
    if titled in names.people and tokens.is_spaced[titled - 1]:
        return RolePhrase(start, end, first, end - 1, noun, names.people[titled])
    stop = _right_edge(tokens, end, names)
    if stop in names.people and tokens.is_spaced[stop - 1]:
        return RolePhrase(start, stop, first, end - 1, noun, names.people[stop])
    person = _described(tokens, start, first, end - 1, stop, names)
    return RolePhrase(start, stop, first, end - 1, noun, person)


def _left_edge(tokens: Tokens, first: int, names: NamePlaces) -> int:
    """Where the modifiers before a role noun begin: determiner, names, adjectives, possessives."""
    i = first
    while i > max(0, first - _WIDEST) and i - 1 not in names.people:
        if tokens.sentence[i - 1] != tokens.sentence[first]:
            break
        tag, pos = tokens.tag[i - 1], tokens.pos[i - 1]
        if tokens.lower[i - 1] in lexicon.words("not_names.txt"):
            break
        if tag in ("DT", "PRP$"):
            i -= 1
            if not (i and tokens.tag[i - 1] == "PDT"):
                break
        elif tag in ("POS", "HYPH") or pos in _NOMINAL or _is_participle(tokens, i - 1):
            i -= 1
        else:
            break
    while i < first and tokens.tag[i] in ("POS", "HYPH", ","):
        i += 1
    return i


def _is_participle(tokens: Tokens, i: int) -> bool:
    """Whether a verb form stands as an adjective: “the outgoing chief”."""
    return tokens.tag[i] in ("VBG", "VBN") and tokens.dep[i] in ("amod", "compound")


def _right_edge(tokens: Tokens, end: int, names: NamePlaces) -> int:
    """Where “of …”, “at …”, “for …” after a role noun ends."""
    i = end
    while i + 1 < min(len(tokens), end + _WIDEST) and tokens.lower[i] in _OPENERS:
        partner = tokens.head[end - 1] if tokens.dep[end - 1] == "conj" else i
        if (
            tokens.lower[i] != "of"
            and not end - 3 <= tokens.head[i] < i
            and tokens.head[i] != partner
        ):
            break
        stop = _noun_group_end(tokens, i + 1, names)
        if stop == i + 1:
            break
        i = stop
    return i


def _noun_group_end(tokens: Tokens, start: int, names: NamePlaces) -> int:
    """Where the noun group that starts here ends; `start` if none does, or a person is in it."""
    i = last = start
    while i < min(len(tokens), start + _WIDEST) and tokens.sentence[i] == tokens.sentence[start]:
        if i in names.people:
            return last if last > start and last - 1 in names.others and last == i else start
        if i in names.others:
            i = last = names.end(i)
        elif tokens.pos[i] in _NOMINAL:
            i += 1
            last = i
        elif tokens.tag[i] in ("DT", "POS", "HYPH", "PRP$"):
            i += 1
        else:
            break
    return last


def _described(
    tokens: Tokens, start: int, first: int, head: int, end: int, names: NamePlaces
) -> int | None:
    """The name that a role noun describes: by apposition, copula or “as”."""
    after = _after_titles(tokens, end + 1) if end < len(tokens) and tokens.text[end] == "," else end
    if after > end and after in names.people and _closes(tokens, after, names):
        return names.people[after]
    if start > 1 and tokens.text[start - 1] == "," and start - 2 in names.people:
        noun_head = tokens.root(first, head + 1)
        if tokens.dep[noun_head] not in _SUBJECT:
            return names.people[start - 2]
    root = tokens.root(first, head + 1)
    if tokens.dep[root] == "conj" and tokens.dep[tokens.head[root]] in ("appos", "attr"):
        root = tokens.head[root]
    if tokens.dep[root] == "appos":
        return names.people.get(tokens.head[root])
    return _subject_of_copula(tokens, root, names)


def _after_titles(tokens: Tokens, i: int) -> int:
    """The first token after the titles that start here."""
    while i < len(tokens):
        hit = office_nouns().at(tokens.lower, i)
        if hit is None:
            break
        i = hit[0]
    return i


def _closes(tokens: Tokens, name: int, names: NamePlaces) -> bool:
    """Whether the name after “role,” is its apposition: a mark closes it, or the parse says so."""
    end = names.end(name)
    if tokens.dep[tokens.root(name, end)] == "appos":
        return True
    return tokens.dep[name] != "conj" and (end >= len(tokens) or tokens.text[end] in _MARKS)


def _subject_of_copula(tokens: Tokens, root: int, names: NamePlaces) -> int | None:
    verb = tokens.head[root]
    if tokens.dep[root] == "nsubj" and tokens.lemma[verb] == "be":
        return _name_with(tokens, verb, frozenset({"attr"}), names)  # “the winner was Varga”
    if tokens.dep[root] == "pobj" and tokens.lower[verb] == "as":
        verb = tokens.head[verb]
    elif tokens.dep[root] not in ("attr", "oprd"):
        return None
    subject = _name_with(tokens, verb, _SUBJECT, names)
    if subject is None and tokens.dep[verb] == "relcl":
        return names.people.get(tokens.head[verb])
    return subject


def _name_with(tokens: Tokens, verb: int, deps: frozenset[str], names: NamePlaces) -> int | None:
    """The person's name that hangs on the verb so."""
    for i in range(max(0, verb - 20), min(len(tokens), verb + 20)):
        if tokens.head[i] == verb and tokens.dep[i] in deps and i in names.people:
            return names.people[i]
    return None
