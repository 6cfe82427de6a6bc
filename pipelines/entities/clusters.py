"""Which names in an article mean the same thing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.entities import bodies, lexicon, people
from pipelines.entities.countries import Place, country_of, namesake, place
from pipelines.entities.mention import EntityType
from pipelines.entities.names import (
    fold,
    initials,
    is_acronym,
    is_acronym_of,
    person_name,
    without_legal_form,
)
from pipelines.entities.spans import NameSpan
from pipelines.entities.tokens import Tokens

_PLACES: frozenset[EntityType] = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True)
class Cluster:
    """One thing in the making: its names with their counts, roles, and where it belongs.

    `kinds` are the sorts of a body (see groups.csv); `fixed_name` comes from reference data;
    `gender` is what a form of address before the name tells (“Mrs”).
    """

    type: EntityType
    names: Counter[str] = field(default_factory=Counter)
    roles: list[str] = field(default_factory=list)
    country: str | None = None
    fixed_name: str | None = None
    kinds: frozenset[str] = frozenset()
    gender: lexicon.Gender | None = None

    @property
    def name(self) -> str:
        """The fullest name: the most words; of equally many the commonest, then the longest."""
        if self.fixed_name:
            return self.fixed_name
        return max(self.names, key=lambda n: (len(n.split()), self.names[n], len(n)))


@dataclass(frozen=True, slots=True)
class Clusters:
    """The things an article names; `of_span` tells for each name span which, and how surely."""

    clusters: list[Cluster]
    of_span: list[tuple[int, float] | None]


def cluster_names(tokens: Tokens, spans: Sequence[NameSpan]) -> Clusters:
    """Put each name span to the thing it means, with the confidence of that.

    Full names come before short ones, so that a short name finds its bearer; bare family names
    are read in order of the text.
    """
    surfaces = [_surface(tokens, span) for span in spans]
    builder = _Builder(tokens, surfaces)
    of_span: list[tuple[int, float] | None] = [None] * len(spans)
    for n in sorted(range(len(spans)), key=lambda n: (_is_bare(spans[n], surfaces[n]), n)):
        of_span[n] = builder.add(spans[n], surfaces[n])
    return Clusters(builder.clusters, of_span)


def _countries(surfaces: Sequence[str]) -> Counter[str | None]:
    """How often each country is spoken of, names with a namesake left out."""
    places = (place(s) for s in surfaces if namesake(s) is None)
    return Counter(p.country for p in places if p is not None)


def _is_bare(span: NameSpan, surface: str) -> int:
    """The order of adding: 0 for full names of people, then longer before shorter names."""
    if span.type == "PERSON":
        return 0 if person_name(surface).is_full else 100
    return 50 - min(49, len(surface.split()))


def _surface(tokens: Tokens, span: NameSpan) -> str:
    """The span's words with single blanks, a person's or place's in capitals in title case."""
    text = " ".join(tokens.phrase(span.start, span.end).split())
    if span.type in ("PERSON", "GPE") and all(w.isupper() and len(w) > 3 for w in text.split()):
        return text.title()
    return text


class _Builder:
    """The clusters while they grow."""

    def __init__(self, tokens: Tokens, surfaces: Sequence[str]) -> None:
        self.clusters: list[Cluster] = []
        self._tokens = tokens
        self._by_key: dict[tuple[str, str], int] = {}
        self._bearers = people.Bearers()
        self._spoken_of = _countries(surfaces)
        places = (place(surface) for surface in surfaces)
        self._countries = {p.country for p in places if p is not None and p.is_country}
        self._full_names: dict[str, set[tuple[int, str]]] = {}

    def add(self, span: NameSpan, name: str) -> tuple[int, float] | None:
        """The cluster that this span of this name joins, None where several might be meant."""
        if span.type == "PERSON":
            return self._add_person(span, name)
        known = bodies.government_of(name) or self._place(span, name)
        if known is not None:
            is_metonym = known.is_country and place(name) is not known
            return self._put((known.type, known.name), name, known.type, known), (
                0.85 if is_metonym else 0.95
            )
        return self._add_other(span, name)

    def _place(self, span: NameSpan, name: str) -> Place | None:
        """What reference data says of a place or people, a capital that speaks as its country."""
        if span.type not in _PLACES and span.type != "NORP":
            return None
        known = place(bodies.without_rank(name))
        region = namesake(name)
        if known is not None and region is not None:
            return region if self._is_at_home(region, known) else known
        is_dateline = span.weight >= 3
        if known is None or not known.is_capital or known.country is None or is_dateline:
            return known
        last = span.end - 1
        speaks = bodies.is_metonym(self._tokens, last) or (
            known.country in self._countries and bodies.may_be_metonym(self._tokens, last)
        )
        return country_of(known.country) if speaks else known

    def _is_at_home(self, region: Place, country: Place) -> bool:
        """Whether the text speaks more of the region's country than of the region's namesake."""
        return self._spoken_of[region.country] > 2 * self._spoken_of[country.country]

    def _put(
        self, key: tuple[str, str], name: str, kind: EntityType, known: Place | None = None
    ) -> int:
        n = self._by_key.get(key)
        if n is None:
            n = self._by_key[key] = len(self.clusters)
            cluster = Cluster(kind)
            if known is not None:
                cluster.fixed_name, cluster.country = known.name, known.country
            self.clusters.append(cluster)
        self.clusters[n].names[name] += 1
        return n

    def _add_person(self, span: NameSpan, name: str) -> tuple[int, float] | None:
        found = self._bearers.find(name, span.start)
        if found is people.AMBIGUOUS:
            return None
        if found is None:
            target, confidence = self._put(("PERSON", fold(name)), name, "PERSON"), 0.95
        else:
            target, confidence = found
            self.clusters[target].names[name] += 1
        self._bearers.add(target, name, span.start)
        address = self._tokens.lower[span.start - 1] if span.start else ""
        self.clusters[target].gender = lexicon.honorifics().get(address) or (
            self.clusters[target].gender
        )
        return target, confidence

    def _add_other(self, span: NameSpan, name: str) -> tuple[int, float]:
        known = self._body(name) if span.type == "ORG" else lexicon.known_names().get(name)
        key = (span.type, fold(known.name) if known else bodies.key(name))
        if key not in self._by_key:
            longer = self._longer(span.type, name)
            if longer is not None:
                self._by_key[key] = longer
        n = self._put(key, name, span.type)
        for mark in _marks(name):
            self._full_names.setdefault(mark, set()).add((n, name))
        if span.type == "ORG":
            cluster = self.clusters[n]
            if known is not None and bodies.known(name) is None:
                cluster.names[known.name] += 1
            cluster.country = cluster.country or bodies.country(cluster.name)
            cluster.kinds |= bodies.kinds(name)
        return n, 0.9

    def _body(self, name: str) -> lexicon.Organisation | None:
        """The well-known body of this name; “State” is one where the text speaks of its country."""
        short = (lexicon.short_bodies().get((name, code or "")) for code in self._countries)
        return bodies.known(name) or next((body for body in short if body is not None), None)

    def _longer(self, kind: EntityType, name: str) -> int | None:
        """The one thing of a longer name that this name shortens."""
        fits = {
            n
            for mark in _marks(name)
            for n, full in self._full_names.get(mark, ())
            if self.clusters[n].type == kind and _shortens(name, full)
        }
        return fits.pop() if len(fits) == 1 else None


def _marks(name: str) -> set[str]:
    """What a short name shares with its full one: the first or the last word, or the initials."""
    words = fold(without_legal_form(name)).split() or [fold(name)]
    if is_acronym(name):
        return {"=" + name.replace(".", "").upper(), words[0], words[-1]}
    short = {"=" + initials(name), "=" + initials(without_legal_form(name))}
    return {words[0], words[-1], "=" + "".join(w[0] for w in words).upper(), *short}


def _shortens(name: str, full: str) -> bool:
    return (is_acronym(name) and is_acronym_of(name, full)) or bodies.is_short_form(name, full)
