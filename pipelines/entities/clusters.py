"""Which names in an article mean the same thing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.entities import lexicon
from pipelines.entities.countries import Place, country_in, country_of, place
from pipelines.entities.mention import EntityType
from pipelines.entities.names import (
    PersonName,
    fold,
    is_acronym,
    is_acronym_of,
    is_misspelling,
    is_same_person,
    person_name,
    without_legal_form,
)
from pipelines.entities.spans import NameSpan
from pipelines.entities.tokens import Tokens


@dataclass(slots=True)
class Cluster:
    """One thing in the making: its names with their counts, roles, and where it belongs."""

    type: EntityType
    names: Counter[str] = field(default_factory=Counter)
    roles: list[str] = field(default_factory=list)
    country: str | None = None
    fixed_name: str | None = None
    kinds: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The fullest name: the longest; of equally long ones the commonest, then the first."""
        if self.fixed_name:
            return self.fixed_name
        return max(self.names, key=lambda n: (len(n.split()), self.names[n], len(n)))


@dataclass(slots=True)
class Clusters:
    """The things an article names; `of_span` tells for each name span which."""

    clusters: list[Cluster]
    of_span: list[tuple[int, float] | None]


def cluster_names(tokens: Tokens, spans: Sequence[NameSpan]) -> Clusters:
    """Put each name span to the thing it means, with the confidence of that."""
    builder = _Builder()
    surfaces = [surface(tokens, span) for span in spans]
    order = sorted(range(len(spans)), key=lambda n: (-len(surfaces[n].split()), n))
    of_span: list[tuple[int, float] | None] = [None] * len(spans)
    for n in order:
        of_span[n] = builder.add(tokens, spans[n], surfaces[n])
    return Clusters(builder.clusters, of_span)


def surface(tokens: Tokens, span: NameSpan) -> str:
    """The span's words with single blanks, all-capital words of a headline in title case."""
    text = tokens.phrase(span.start, span.end)
    words = text.split()
    if span.type == "PERSON" and all(w.isupper() and len(w) > 3 for w in words):
        return text.title()
    return text


class _Builder:
    """Clusters while they grow; longer names are added before shorter ones."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._by_key: dict[tuple[str, str], int] = {}

    def add(self, tokens: Tokens, span: NameSpan, name: str) -> tuple[int, float] | None:
        if span.type == "PERSON":
            return self._add_person(name)
        known = place(name)
        if known is not None and span.type in ("GPE", "LOC", "NORP"):
            if known.is_capital and known.country and is_metonym(tokens, span.end - 1):
                known = country_of(known.country)
                return self._put((known.type, known.name), name, known.type, known), 0.85
            return self._put((known.type, known.name), name, known.type, known), 0.95
        if span.type == "ORG":
            return self._add_body(name)
        key = fold(name)
        return self._put((span.type, key), name, span.type), 0.9

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

    def _add_person(self, name: str) -> tuple[int, float] | None:
        parts = person_name(name)
        same = [n for n, c in enumerate(self.clusters) if c.type == "PERSON" and _may_be(c, parts)]
        if len(same) == 1:
            self.clusters[same[0]].names[name] += 1
            return same[0], 0.95 if parts.is_full else 0.9
        if len(same) > 1 and not parts.is_full:
            return None
        return self._put(("PERSON", fold(name)), name, "PERSON"), 0.95

    def _add_body(self, name: str) -> tuple[int, float]:
        body = lexicon.organisations().get(name)
        key = fold(body.name) if body else fold(without_legal_form(name))
        if ("ORG", key) not in self._by_key and is_acronym(name):
            for n, cluster in enumerate(self.clusters):
                if cluster.type == "ORG" and any(
                    is_acronym_of(name, full) for full in cluster.names
                ):
                    self._by_key["ORG", key] = n
                    break
        n = self._put(("ORG", key), name, "ORG")
        cluster = self.clusters[n]
        cluster.country = cluster.country or (body.country if body else country_in(name))
        cluster.kinds |= body.kinds if body else _kinds(name)
        return n, 0.9


def _may_be(cluster: Cluster, parts: PersonName) -> bool:
    for name in cluster.names:
        other = person_name(name)
        if parts.is_full and other.is_full:
            if is_same_person(parts, other):
                return True
        elif (
            parts.family == other.family
            or is_misspelling(parts.family, other.family)
            or (other.is_full and parts.family == other.given[0])
        ):
            return True
    return False


def is_metonym(tokens: Tokens, i: int) -> bool:
    """Whether a capital stands for its country's government: it speaks, decides or owns policy."""
    head = tokens.head[i]
    if tokens.dep[i] == "nsubj":
        return tokens.doc[head].lemma_.lower() in lexicon.words("agent_verbs.txt")
    return tokens.dep[i] == "pobj" and tokens.dep[head] == "agent"


def _kinds(name: str) -> frozenset[str]:
    """The sort of body that the last word of a name tells."""
    head = lexicon.head_words().get(name.split()[-1].casefold())
    return frozenset({head.kind}) if head is not None and head.kind else frozenset()
