"""Whether two people of like names are one, and what is not yet a name of one body."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby

from pipelines.entities import bodies, lexicon
from pipelines.entities.names import (
    PersonName,
    fold,
    given_names_agree,
    person_name,
    without_legal_form,
)

#: Sorts of roles that seldom go together in one life, so that they tell two people apart.
_CALLINGS = (
    frozenset({"politician", "minister", "lawmaker", "diplomat", "official", "royal"}),
    frozenset({"athlete", "coach"}),
    frozenset({"artist", "musician"}),
    frozenset({"suspect", "victim", "witness", "student", "teacher", "farmer", "driver"}),
    frozenset({"military", "police"}),
    frozenset({"scientist", "doctor", "academic"}),
)


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """What an article tells of a person, as compared with what others tell."""

    name: PersonName
    kinds: tuple[str, ...]
    country: str

    @classmethod
    def of(cls, name: str, roles: Iterable[str], country: str | None) -> "Person":
        """The profile of a person of that name, roles and country."""
        kinds = {kind for role in roles for kind in role_kinds(role)}
        return cls(person_name(name), tuple(sorted(kinds)), country or "")


def role_kinds(role: str) -> frozenset[str]:
    """The sorts of the role nouns in a role's words (“US Secretary of State”: a politician)."""
    words = role.lower().replace("-", " ").split()
    kinds: set[str] = set()
    n = 0
    while n < len(words):
        for size in (4, 3, 2, 1):
            known = _roles_unhyphened().get(" ".join(words[n : n + size]))
            if known is not None:
                kinds |= known.kinds
                n += size - 1
                break
        n += 1
    return frozenset(kinds)


@lru_cache(maxsize=65536)
def role_key(role: str) -> str:
    """What of a role is compared: “NATO’s secretary-general” is “NATO Secretary General”."""
    ranks = lexicon.abbreviated_ranks()
    words = fold(role.replace("’s", "").replace("'s", "")).split()
    return " ".join(ranks.get(word, word) for word in words)


@cache
def _roles_unhyphened() -> dict[str, lexicon.Role]:
    return {noun.replace("-", " "): role for noun, role in lexicon.roles().items()}


def join_people(people: Sequence[Person]) -> list[list[Person]]:
    """Group the profiles of one family name by person, whatever their order."""
    full = sorted((p for p in people if p.name.is_full), key=_order)
    bare = sorted((p for p in people if not p.name.is_full), key=_order)
    groups: list[_Group] = []
    having: dict[str, list[_Group]] = defaultdict(list)
    for name, namesakes in groupby(full, key=lambda p: p.name):
        near = {id(g): g for key in _sought(name.given) for g in having[key]}
        alike = [g for g in near.values() if all(_names_agree(name, n) for n in g.names)]
        for person in namesakes:
            fits = [g for g in alike if g.takes(person)]
            exact = [g for g in fits if name in g.names]
            fits = exact or fits
            if len(fits) != 1:
                fits = [_Group()]
                groups += fits
                alike += fits
                for key in _found_by(name.given):
                    having[key] += fits
            fits[0].add(person)
    return _with_bare_names(groups, bare)


def _order(person: Person) -> tuple[object, ...]:
    """Most given names first, then as people compare, which costs more."""
    name = person.name
    given = name.given
    return -len(given), given, name.family, name.suffix, person.kinds, person.country


@dataclass(slots=True)
class _Group:
    """Profiles of one person: of many that are alike in name or in all else, one is compared."""

    members: list[Person] = field(default_factory=list)
    names: set[PersonName] = field(default_factory=set)
    #: By kinds of roles and country, one profile each.
    facts: dict[tuple[tuple[str, ...], str], Person] = field(default_factory=dict)

    def add(self, person: Person) -> None:
        self.members.append(person)
        self.names.add(person.name)
        self.facts.setdefault((person.kinds, person.country), person)

    def takes(self, person: Person) -> bool:
        """Whether neither roles nor country of any member speak against it."""
        return all(not speaks_against(person, other) for other in self.facts.values())


def _with_bare_names(groups: list[_Group], bare: Sequence[Person]) -> list[list[Person]]:
    """Give a bare family name to its only full-named bearer, else keep what agrees together."""
    loose: list[_Group] = []
    for person in bare:
        if len(groups) == 1 and groups[0].takes(person):
            groups[0].add(person)
            continue
        fits = [g for g in loose if g.takes(person)]
        if len(fits) != 1 or groups:
            fits = [_Group()]
            loose += fits
        fits[0].add(person)
    return [group.members for group in groups + loose]


def _found_by(given: tuple[str, ...]) -> set[str]:
    """Keys of which given names that agree with these seek one at least."""
    first = given[0]
    keys = {f"first letter {first[:1]}", " ".join(given), *given}
    if len(first) <= 1:
        keys.add(f"initial {first}")
    return keys | _roughly(first)


def _sought(given: tuple[str, ...]) -> set[str]:
    """Keys under which given names that agree with these are found; see `given_names_agree`."""
    first = given[0]
    among = "first letter" if len(first) <= 1 else "initial"
    return {f"{among} {first[:1]}", " ".join(given), *given} | _roughly(first)


def _roughly(name: str) -> set[str]:
    """Of two near spellings, which are of six letters or more, the beginning or the end is one."""
    return {f"{name[:2]}…", f"{name[0]}…{name[-2:]}"} if len(name) >= 6 else set()


def _names_agree(one: PersonName, other: PersonName) -> bool:
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    return given_names_agree(one.given, other.given)


def speaks_against(one: Person, other: Person) -> bool:
    """Whether countries differ with no role in common, or callings that seldom go together."""
    return _speak_against(one.kinds, one.country, other.kinds, other.country)


@lru_cache(maxsize=65536)
def _speak_against(
    kinds: tuple[str, ...], country: str, other_kinds: tuple[str, ...], other_country: str
) -> bool:
    shared = set(kinds) & set(other_kinds)
    if country and other_country and country != other_country and not shared:
        return True
    callings = _callings(kinds), _callings(other_kinds)
    return bool(callings[0] and callings[1]) and not shared and not callings[0] & callings[1]


def _callings(kinds: Iterable[str]) -> set[int]:
    held = set(kinds)
    return {n for n, calling in enumerate(_CALLINGS) if calling & held}


def name_key(name: str) -> str:
    """What of a body's or place's name is compared: folded, no legal form, the listed spelling."""
    known = lexicon.known_names().get(name)
    return fold(known.name if known else without_legal_form(name))


def body_key(name: str) -> str:
    """What of a body's name is compared: reference data's name, else without country before it."""
    found = bodies.known(name)
    if found is not None:
        return name_key(found.name)
    return name_key(bodies.split_country(name)[1]) if is_generic_body(name) else name_key(name)


def is_generic_body(name: str) -> bool:
    """Whether the name, a country before it left out, does not tell one body from another."""
    if bodies.known(name) is not None:
        return False
    words = fold(bodies.split_country(name)[1]).split()
    return all(word in lexicon.words("generic_bodies.txt") for word in words)
