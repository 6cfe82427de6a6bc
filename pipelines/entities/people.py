"""Who bears a name in an article: full names, then family and given names alone."""

from collections import defaultdict
from typing import Final

from pipelines.entities.names import PersonName, fold, is_misspelling, is_same_person, person_name

#: What `Bearers.find` returns where several people might be meant.
AMBIGUOUS: Final = (-1, 0.0)


class Bearers:
    """The people of an article by name.

    Full names are to be added first, in order of the text, then bare names in order of the text.
    """

    def __init__(self) -> None:
        self._full: dict[PersonName, int] = {}
        self._by_letter: dict[str, dict[PersonName, int]] = defaultdict(dict)
        self._by_given: dict[str, set[int]] = defaultdict(set)
        self._by_family: dict[str, set[int]] = defaultdict(set)
        self._by_last_word: dict[str, set[int]] = defaultdict(set)
        self._first_place: dict[int, int] = {}
        self._called: dict[str, list[int]] = defaultdict(list)

    def add(self, target: int, name: str, place: int) -> None:
        """Tell that the person `target` is called `name` at this place of the text."""
        parts = person_name(name)
        self._first_place.setdefault(target, place)
        if parts.is_full:
            self._full.setdefault(parts, target)
            self._by_letter[parts.family[:1]].setdefault(parts, target)
            self._by_given[parts.given[0]].add(target)
            self._by_family[parts.family].add(target)
            self._by_last_word[parts.family.split()[-1]].add(target)
        else:
            self._called[parts.family].append(target)

    def find(self, name: str, place: int) -> tuple[int, float] | None:
        """The person so called at this place and how surely; None for someone new.

        Returns `AMBIGUOUS` where several people might be meant.
        """
        parts = person_name(name)
        whole = fold(name)
        if parts.is_full and whole in self._by_family:
            return self._bare(whole, place)  # a family name of several words: “Le Brun”
        if parts.is_full:
            exact = self._full.get(parts)
            if exact is not None:
                return exact, 0.95
            near = self._by_letter.get(parts.family[:1], {})
            same = {t for other, t in near.items() if is_same_person(parts, other)}
            return (same.pop(), 0.9) if len(same) == 1 else None
        if parts.suffix:
            same = {t for n, t in self._full.items() if n.suffix == parts.suffix}
            same &= self._by_family.get(parts.family, set())
            if len(same) == 1:
                return same.pop(), 0.95
        return self._bare(parts.family, place)

    def _bare(self, word: str, place: int) -> tuple[int, float] | None:
        """The bearer of a family name, else of a given name; the one so called before."""
        family = set(self._by_family.get(word) or self._by_last_word.get(word) or ())
        if not family:
            near = self._by_letter.get(word[:1], {})
            family = {t for n, t in near.items() if is_misspelling(n.family, word)}
        given = set(self._by_given.get(word, ()))
        bearers = family or given
        if not bearers:
            alone = self._called.get(word)
            return (alone[-1], 0.9) if alone else None
        if len(bearers) == 1:
            return bearers.pop(), 0.95 if family else 0.85
        before = {t for t in bearers if self._first_place[t] < place}
        if len(before) == 1:
            return before.pop(), 0.85
        called = set(self._called.get(word, ())) & bearers
        return (called.pop(), 0.7) if len(called) == 1 else AMBIGUOUS
