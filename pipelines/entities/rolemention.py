"""Which person a role mention means: the one whom the text calls so."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pipelines.entities import lexicon
from pipelines.entities.clusters import Cluster
from pipelines.entities.countries import country_in
from pipelines.entities.names import fold
from pipelines.entities.references import Reference
from pipelines.entities.roles import NamePlaces, RolePhrase, role_phrases, role_text
from pipelines.entities.tokens import Tokens

_DEFINITE = frozenset({"the", "this", "that"})
_INDEFINITE = frozenset({"a", "an", "one", "another"})
#: How many sentences back a rival may stand before it no longer disturbs.
_NEAR = 2
#: How many holders of offices are considered in one text.
_MOST = 100
#: How many sentences back someone may stand whom only the sort of the role noun tells.
_RECENT = 4
#: By how well the office asked for agrees with the one held.
_CONFIDENCE = {1: 0.6, 2: 0.75, 3: 0.9}


@dataclass(frozen=True, slots=True)
class _Office:
    """A role as compared: its noun, the bodies named with it, the countries they tell."""

    noun: str
    bodies: frozenset[int]
    countries: frozenset[str]
    is_former: bool


class RoleReader:
    """The roles of one article: who holds which, and whom a role standing alone means."""

    def __init__(
        self, tokens: Tokens, clusters: Sequence[Cluster], references: Sequence[Reference]
    ) -> None:
        self._tokens = tokens
        self._clusters = clusters
        self._target_at = {r.start: r.target for r in references}
        self._places: dict[int, list[int]] = {}
        for r in references:
            if r.target is not None:
                self._places.setdefault(r.target, []).append(r.start)
        self._people = [r for r in references if r.type == "PERSON"]
        self._held: dict[int, list[_Office]] = {}
        self._alone: list[RolePhrase] = []
        self._unnamed: dict[str, list[int]] = {}
        for phrase in role_phrases(tokens, _places(references)):
            target = self._target_at.get(phrase.person) if phrase.person is not None else None
            if target is not None:
                self._give(target, phrase)
            elif phrase.person is None:
                self._alone.append(phrase)
                if tokens.lower[phrase.start] in _INDEFINITE:
                    self._unnamed.setdefault(phrase.noun, []).append(phrase.start)

    def mentions(self) -> list[Reference]:
        """The role mentions by place; `target` is None where the person cannot be told."""
        found: list[Reference] = []
        for phrase in self._alone:
            if (
                self._is_definite(phrase)
                and not self._is_owned(phrase)
                and not (found and phrase.start < found[-1].end)
            ):
                target, confidence = self._holder(phrase)
                if target is None:
                    target, confidence = self._named_after(phrase)
                if target is not None:
                    self._place(target, phrase)
                found.append(
                    Reference(phrase.start, phrase.end, "PERSON", "role", target, confidence)
                )
        return found

    def _place(self, target: int, phrase: RolePhrase) -> None:
        """Let a person whose country is not known have that which a role mention tells.

        Not “the Danish president”: of two presidents in a text it may be the other one.
        """
        cluster = self._clusters[target]
        if "head" in lexicon.roles()[phrase.noun].kinds:
            return
        before = self._tokens.phrase(phrase.start, phrase.first)
        cluster.country = cluster.country or country_in(before)

    def _give(self, target: int, phrase: RolePhrase) -> None:
        cluster, role = self._clusters[target], role_text(self._tokens, phrase)
        if fold(role) not in (fold(known) for known in cluster.roles):
            cluster.roles.append(role)
        cluster.country = cluster.country or country_in(role)
        self._held.setdefault(target, []).append(self._office(phrase))

    def _office(self, phrase: RolePhrase) -> _Office:
        bodies, countries = set(), set()
        for i in range(phrase.start, phrase.end):
            target = self._target_at.get(i)
            if target is None:
                group = lexicon.groups().get(self._tokens.lower[i])
                target = self._only_body(group) if group is not None else None
            if target is not None:
                cluster = self._clusters[target]
                if cluster.type in ("GPE", "NORP") and cluster.country:
                    countries.add(cluster.country)
                else:
                    bodies.add(target)
        former = bool({"former", "ex"} & set(self._tokens.lower[phrase.start : phrase.first]))
        return _Office(phrase.noun, frozenset(bodies), frozenset(countries), former)

    def _only_body(self, group: lexicon.Group) -> int | None:
        """The one body in the text that is of the group's sort."""
        fits = [
            n
            for n, c in enumerate(self._clusters)
            if c.type == group.type and c.kinds & group.kinds
        ]
        return fits[0] if len(fits) == 1 else None

    def _is_definite(self, phrase: RolePhrase) -> bool:
        tokens = self._tokens
        return tokens.lower[phrase.start] in _DEFINITE or any(
            tokens.tag[i] == "POS" for i in range(phrase.start, phrase.first)
        )

    def _is_owned(self, phrase: RolePhrase) -> bool:
        """Whether a pronoun owns the role: “his nation's representative” names no one anew."""
        return self._tokens.tag[phrase.start] == "PRP$"

    def _holder(self, phrase: RolePhrase) -> tuple[int | None, float]:
        """The one person called so, or by a noun of the same sort; None where two are."""
        if self._is_hypothetical(phrase):
            return None, 0.0
        wanted = self._office(phrase)
        scores: dict[int, int] = {}
        for target, offices in islice(self._held.items(), _MOST):
            best = max(self._fit(wanted, office, target) for office in offices)
            since = self._sentences_since(target, phrase.start)
            if best == 1 and not 0 < since <= _RECENT:
                continue  # only the sort agrees: one who was spoken of lately, not beside him
            if best and not self._is_other(phrase, target):
                scores[target] = best
        if not scores:
            return None, 0.0
        top = max(scores.values())
        best_targets = [t for t, score in scores.items() if score == top]
        if len(best_targets) == 1:
            return best_targets[0], _CONFIDENCE[min(top, 3)]
        near = [t for t in best_targets if self._sentences_since(t, phrase.start) <= _NEAR]
        return (near[0], 0.65) if len(near) == 1 else (None, 0.0)

    def _is_hypothetical(self, phrase: RolePhrase) -> bool:
        """Whether the words speak of no one in office: “the next president”, “any chairman”."""
        words = set(self._tokens.lower[phrase.start : phrase.first])
        return bool(words & lexicon.words("unfilled.txt"))

    def _fit(self, wanted: _Office, held: _Office, target: int) -> int:
        """How well an office asked for and one held agree; 0 where they do not."""
        score = 0
        if wanted.is_former and not held.is_former:
            return 0
        if wanted.noun == held.noun:
            score += 2
        elif shared := lexicon.roles()[wanted.noun].kinds & lexicon.roles()[held.noun].kinds:
            score += 1 + ("head" in shared and bool(wanted.bodies))
        else:
            return 0
        if wanted.bodies:
            if not wanted.bodies & held.bodies:
                return 0
            score += 2
        if wanted.countries:
            known = held.countries or {self._clusters[target].country}
            if known == {None}:
                return score if self._may_belong(wanted, held) else 0
            if not wanted.countries & known:
                return 0
            score += 1
        return score

    def _may_belong(self, wanted: _Office, held: _Office) -> bool:
        """Whether one whose country is not told may be of the country asked for.

        It takes the same noun, or a noun of war: “the Danish officer” for “Lt. Varga”.
        """
        kinds = lexicon.roles()[wanted.noun].kinds & lexicon.roles()[held.noun].kinds
        return wanted.noun == held.noun or "military" in kinds

    def _is_other(self, phrase: RolePhrase, target: int) -> bool:
        """Whether this noun brought in someone unnamed since: “an official … the official”."""
        named = _last_before(self._places.get(target, []), phrase.start)
        unnamed = _last_before(self._unnamed.get(phrase.noun, []), phrase.start)
        return unnamed is not None and (named is None or named < unnamed)

    def _sentences_since(self, target: int, start: int) -> int:
        last = _last_before(self._places.get(target, []), start)
        if last is None:
            return 1000
        return self._tokens.sentence[start] - self._tokens.sentence[last]

    def _named_after(self, phrase: RolePhrase) -> tuple[int | None, float]:
        """The person a lead tells by office and the next sentences by name, without saying so.

        “The union's leader called a strike on Monday. Ann Varga told members …”: only where the
        name is the first of a person after the lead, is a subject, and has no role of its own.
        """
        tokens = self._tokens
        wanted = self._office(phrase)
        is_lead = tokens.dep[tokens.root(phrase.first, phrase.head + 1)] == "nsubj"
        if not is_lead or not (wanted.bodies or wanted.countries):
            return None, 0.0
        if not self._people or self._people[0].start < phrase.start:
            return None, 0.0
        for r in self._people[:10]:
            distance = tokens.sentence[r.start] - tokens.sentence[phrase.start]
            if distance == 0 or distance > 4 or r.target is None:
                continue
            subject = tokens.dep[tokens.root(r.start, r.end)] == "nsubj"
            if not subject:
                continue
            if r.target in self._held or r.end - r.start < 2:
                return None, 0.0
            self._give(r.target, phrase)
            return r.target, 0.75
        return None, 0.0


def _last_before(places: Sequence[int], start: int) -> int | None:
    """The last of the places (in order) before `start`."""
    n = bisect_left(places, start)
    return places[n - 1] if n else None


def _places(references: Sequence[Reference]) -> NamePlaces:
    people: dict[int, int] = {}
    others: dict[int, int] = {}
    end_of: dict[int, int] = {}
    for r in references:
        where = people if r.type == "PERSON" else others
        where.update(dict.fromkeys(range(r.start, r.end), r.start))
        end_of[r.start] = r.end
    return NamePlaces(people, others, end_of)
