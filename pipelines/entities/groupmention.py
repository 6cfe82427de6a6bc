"""Which body or country a common noun means: “the alliance”, “the company”, “the country”."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from pipelines.entities import lexicon
from pipelines.entities.clusters import Cluster
from pipelines.entities.countries import place
from pipelines.entities.references import Reference
from pipelines.entities.tokens import Phrasebook, Tokens, phrasebook

#: How many sentences back the body may stand that a noun of its sort means.
_NEAR = 3
#: The same for a body of unknown sort.
_NEARER = 1
#: How many mentions back it is looked for at most.
_WINDOW = 60


def resolve_groups(
    tokens: Tokens, clusters: Sequence[Cluster], references: Sequence[Reference]
) -> list[Reference]:
    """The nouns with “the” that mean one body or country named shortly before, by place.

    What the text says of a body's sort (“Varga, a shipping company”) is kept in its cluster.
    """
    at = {i: r for r in references for i in range(r.start, r.end)}
    found: list[Reference] = []
    behind = 0
    for i in _groups().places(tokens.lower):
        hit = _groups().at(tokens.lower, i)
        if hit is None or i < behind or i in at or tokens.text[i][0].isupper():
            continue
        end, group = hit
        behind = end
        _learn(tokens, clusters, at, i, end, group)
        if _stands_for_one(tokens, i, end, at):
            target, confidence = _meant(tokens, clusters, references, i, group)
            if target is not None:
                kind = clusters[target].type
                found.append(Reference(i - 1, end, kind, "role", target, confidence))
    return found


@cache
def _groups() -> Phrasebook[lexicon.Group]:
    return phrasebook(lexicon.groups())


def _stands_for_one(tokens: Tokens, first: int, end: int, at: dict[int, Reference]) -> bool:
    """Whether the noun stands alone with “the”, no part of a longer phrase or name."""
    if not first or tokens.lower[first - 1] not in ("the", "this") or first - 1 in at:
        return False
    if end < len(tokens) and (tokens.lower[end] in ("of", "-") or end in at):
        return False
    root = tokens.root(first, end)
    owner = tokens.head[root]
    return not (owner >= end and tokens.dep[root] in ("compound", "amod", "nmod"))


def _learn(
    tokens: Tokens,
    clusters: Sequence[Cluster],
    at: dict[int, Reference],
    first: int,
    end: int,
    group: lexicon.Group,
) -> None:
    """Keep what an apposition, a copula or the place before a name tells of a body's sort."""
    root = tokens.root(first, end)
    described = at.get(end) if tokens.is_spaced[end - 1] else None
    if tokens.dep[root] == "appos":
        described = at.get(tokens.head[root])
    elif tokens.dep[root] == "attr":
        verb = tokens.head[root]
        subjects = [
            j
            for j in range(max(0, verb - 15), verb)
            if tokens.head[j] == verb and tokens.dep[j] == "nsubj"
        ]
        described = at.get(subjects[0]) if subjects else None
    if described is not None and described.target is not None and described.type == group.type:
        clusters[described.target].kinds |= group.kinds


def _meant(
    tokens: Tokens,
    clusters: Sequence[Cluster],
    references: Sequence[Reference],
    i: int,
    group: lexicon.Group,
) -> tuple[int | None, float]:
    """The only body of that sort named shortly before; else the only one of no known sort."""
    fits: set[int] = set()
    unknown: set[int] = set()
    here = tokens.sentence[i]
    before = bisect_left(references, i, key=lambda r: r.start)
    for r in references[max(0, before - _WINDOW) : before]:
        if r.target is None or r.type != group.type:
            continue
        if r.start and tokens.text[r.start - 1] == "(":
            continue  # an agency's mark or an acronym
        distance = here - tokens.sentence[r.start]
        if distance <= _NEAR and _is_of_sort(clusters[r.target], group):
            fits.add(r.target)
        elif distance <= _NEARER and r.type == "ORG" and not clusters[r.target].kinds:
            unknown.add(r.target)
    if len(fits) == 1:
        return fits.pop(), 0.8
    if not fits and len(unknown) == 1 and "company" in group.kinds:
        return unknown.pop(), 0.6
    return None, 0.0


def _is_of_sort(cluster: Cluster, group: lexicon.Group) -> bool:
    if group.type == "GPE":
        found = place(cluster.name)
        return found is not None and found.is_country and found.country == cluster.country
    return bool(cluster.kinds & group.kinds)
