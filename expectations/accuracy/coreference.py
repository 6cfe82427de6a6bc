"""Which mentions mean one thing: inside an article, and across articles.

Inside an article names are scored by B³ (Bagga and Baldwin 1998) against the gold's groups;
pronouns and roles by whether the entity they are given is the one that the gold's group names.
Across articles every two things of different articles are one pair, which the gold's links make one
thing or two. Only names that align with a gold name are compared; how many those are is told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from expectations.accuracy.gold import Gold, GoldEntity
from expectations.accuracy.labels import LABELS
from expectations.accuracy.predictions import PredictedMention, Prediction, Predictions
from expectations.accuracy.ratios import NOTHING, ZERO, PrecisionRecall, Ratio, harmonic_mean

#: What may follow a name inside a gold span that takes in its possessive or a full stop.
_TAILS = frozenset({"", "'s", "’s", "'", "’", ".", ","})


@dataclass(frozen=True, slots=True)
class BCubed:
    """Sums over mentions: the share of a mention's own predicted, and own gold, group shared."""

    precisions: float = 0.0
    recalls: float = 0.0
    n_mentions: int = 0

    def __add__(self, other: "BCubed") -> "BCubed":
        return BCubed(
            self.precisions + other.precisions,
            self.recalls + other.recalls,
            self.n_mentions + other.n_mentions,
        )

    @property
    def precision(self) -> float:
        """The mean over the mentions, 0 where there is none."""
        return self.precisions / self.n_mentions if self.n_mentions else 0.0

    @property
    def recall(self) -> float:
        """The mean over the mentions, 0 where there is none."""
        return self.recalls / self.n_mentions if self.n_mentions else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two means."""
        return harmonic_mean(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class CoreferenceFigures:
    """How well mentions are put together.

    `names`: B³ of the aligned names; `aligned`: of the gold's names in a group, those that one of
    ours aligns with. `pronouns` and `roles`: right, of those with an entity that stand where the
    gold has a mention in a group; `pronouns_given`: with an entity, of those that stand there.
    `links`: pairs of things of different articles.
    """

    names: BCubed = BCubed()
    aligned: Ratio = ZERO
    pronouns: Ratio = ZERO
    pronouns_given: Ratio = ZERO
    roles: Ratio = ZERO
    links: PrecisionRecall = NOTHING

    def __add__(self, other: "CoreferenceFigures") -> "CoreferenceFigures":
        return CoreferenceFigures(
            self.names + other.names,
            self.aligned + other.aligned,
            self.pronouns + other.pronouns,
            self.pronouns_given + other.pronouns_given,
            self.roles + other.roles,
            self.links + other.links,
        )


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A predicted name, the thing it is given (alone where it has no entity), the gold name."""

    thing: str
    gold: GoldEntity


@dataclass(frozen=True, slots=True)
class _Linked:
    """A thing that an article names, and where the gold's links lead from most of its names."""

    doc_id: str
    thing: str
    link: str


def score_coreference(gold: Iterable[Gold], predictions: Predictions) -> CoreferenceFigures | None:
    """Score all documents that have a group annotated; None where none has."""
    documents = [d for d in gold if any(e.group for e in d.entities or ())]
    if not documents:
        return None
    total = CoreferenceFigures()
    linked: list[_Linked] = []
    for document in documents:
        prediction = predictions[document.doc_id]
        aligned = list(_align(document, prediction))
        total += _document(document, prediction, aligned)
        linked += _linked(document.doc_id, aligned)
    return total + CoreferenceFigures(links=_pairs(linked))


def _align(document: Gold, prediction: Prediction) -> Iterator[_Aligned]:
    """Each name inside a gold name of a group that ends with it; of several the tightest gold."""
    names = [e for e in document.entities or () if e.is_name and e.group]
    best: dict[GoldEntity, PredictedMention] = {}
    for mention in prediction.mentions:
        if mention.form != "name" or mention.type not in LABELS:
            continue
        around = [e for e in names if _ends_with(document.text, e, mention)]
        if around:
            entity = min(around, key=lambda e: (e.span[1] - e.span[0], e.span))
            best[entity] = min(best.get(entity, mention), mention, key=lambda m: m.span)
    for entity, mention in best.items():
        yield _Aligned(mention.entity_id or f"untold {mention.span}", entity)


def _ends_with(text: str, entity: GoldEntity, mention: PredictedMention) -> bool:
    (start, end), (first, last) = entity.span, mention.span
    return start <= first and last <= end and text[last:end].strip().lower() in _TAILS


def _document(
    document: Gold, prediction: Prediction, aligned: Sequence[_Aligned]
) -> CoreferenceFigures:
    names = [e for e in document.entities or () if e.is_name and e.group]
    groups = _majority((a.thing, a.gold.group) for a in aligned)
    pronouns = list(_referring(document, prediction, "pronoun"))
    return CoreferenceFigures(
        names=_b_cubed(aligned),
        aligned=Ratio(len(aligned), len(names)),
        pronouns=Ratio.count(groups.get(m.entity_id) == g for m, g in pronouns if m.entity_id),
        pronouns_given=Ratio.count(m.entity_id is not None for m, _ in pronouns),
        roles=Ratio.count(
            groups.get(m.entity_id) == g
            for m, g in _referring(document, prediction, "role")
            if m.entity_id
        ),
    )


def _b_cubed(aligned: Sequence[_Aligned]) -> BCubed:
    shared = Counter((a.thing, a.gold.group) for a in aligned)
    things = Counter(a.thing for a in aligned)
    groups = Counter(a.gold.group for a in aligned)
    return BCubed(
        sum(n * n / things[thing] for (thing, _), n in shared.items()),
        sum(n * n / groups[group] for (_, group), n in shared.items()),
        len(aligned),
    )


def _referring(
    document: Gold, prediction: Prediction, form: str
) -> Iterator[tuple[PredictedMention, str]]:
    """Mentions of a form that stand, to the letter, where the gold has one that is no name."""
    groups = {e.span: e.group for e in document.entities or () if e.group and not e.is_name}
    for mention in prediction.mentions:
        group = groups.get(mention.span)
        if mention.form == form and group is not None:
            yield mention, group


def _majority(pairs: Iterable[tuple[str, str | None]]) -> dict[str | None, str]:
    """What each of the first goes with most often, of equals the first in order; no Nones."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one, other in pairs:
        if other is not None:
            counts[one][other] += 1
    return {one: min(c, key=lambda other: (-c[other], other)) for one, c in counts.items()}


def _linked(doc_id: str, aligned: Sequence[_Aligned]) -> list[_Linked]:
    links = _majority((a.thing, a.gold.link) for a in aligned)
    return [_Linked(doc_id, thing, link) for thing, link in links.items() if thing]


def _pairs(things: Sequence[_Linked]) -> PrecisionRecall:
    n_right = n_predicted = n_gold = 0
    for a, b in combinations(things, 2):
        if a.doc_id == b.doc_id:
            continue
        n_predicted += a.thing == b.thing
        n_gold += a.link == b.link
        n_right += a.thing == b.thing and a.link == b.link
    return PrecisionRecall(Ratio(n_right, n_predicted), Ratio(n_right, n_gold))
