"""Whether two people of like names are one, and what is not yet a name of one body."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

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
    full = sorted((p for p in people if p.name.is_full), key=lambda p: (-len(p.name.given), p))
    bare = sorted(p for p in people if not p.name.is_full)
    groups: list[list[Person]] = []
    for person in full:
        fits = [g for g in groups if all(_may_be_one(person, other) for other in g)]
        exact = [g for g in fits if any(other.name == person.name for other in g)]
        fits = exact or fits
        if len(fits) == 1:
            fits[0].append(person)
        else:
            groups.append([person])
    return _with_bare_names(groups, bare)


def _with_bare_names(groups: list[list[Person]], bare: Sequence[Person]) -> list[list[Person]]:
    """Give a bare family name to its only full-named bearer, else keep what agrees together."""
    loose: list[list[Person]] = []
    for person in bare:
        if len(groups) == 1 and all(not speaks_against(person, other) for other in groups[0]):
            groups[0].append(person)
            continue
        fits = [g for g in loose if all(not speaks_against(person, other) for other in g)]
        if len(fits) == 1 and not groups:
            fits[0].append(person)
        else:
            loose.append([person])
    return groups + loose


def _may_be_one(one: Person, other: Person) -> bool:
    if one.name.suffix and other.name.suffix and one.name.suffix != other.name.suffix:
        return False
    return given_names_agree(one.name.given, other.name.given) and not speaks_against(one, other)


def speaks_against(one: Person, other: Person) -> bool:
    """Whether countries differ with no role in common, or callings that seldom go together."""
    shared = set(one.kinds) & set(other.kinds)
    if one.country and other.country and one.country != other.country and not shared:
        return True
    callings = _callings(one), _callings(other)
    return bool(callings[0] and callings[1]) and not shared and not callings[0] & callings[1]


def _callings(person: Person) -> set[int]:
    return {n for n, calling in enumerate(_CALLINGS) if calling & set(person.kinds)}


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
