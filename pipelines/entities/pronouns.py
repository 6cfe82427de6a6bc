"""Whom a pronoun means: gender, syntax, and who the text last spoke of."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.entities import lexicon
from pipelines.entities.clusters import Cluster
from pipelines.entities.lexicon import Gender
from pipelines.entities.names import person_name
from pipelines.entities.references import Reference
from pipelines.entities.tokens import Tokens

_GENDER_OF: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_RECENCY = (1.0, 0.9, 0.5, 0.25)
_FARTHEST = 8


@dataclass(frozen=True, slots=True)
class _Trace:
    """A person spoken of: where, and whether as a subject."""

    target: int
    token: int
    is_subject: bool


def resolve_pronouns(
    tokens: Tokens, clusters: Sequence[Cluster], references: Sequence[Reference]
) -> list[Reference]:
    """A reference for each he, she, him, her, his, hers, himself and herself.

    Args:
        tokens: the article.
        clusters: the things it names.
        references: its name and role mentions by place; a role mention whose person is not
            known keeps a pronoun from passing it over.

    Returns:
        The pronouns by place; `target` is None where it cannot be told.
    """
    genders: dict[int, Gender | None] = {
        n: gender_of(c) for n, c in enumerate(clusters) if c.type == "PERSON"
    }
    traces: list[_Trace] = []
    found: list[Reference] = []
    pending = [r for r in references if r.type == "PERSON"]
    upcoming = 0
    for i, word in enumerate(tokens.lower):
        while upcoming < len(pending) and pending[upcoming].start <= i:
            r = pending[upcoming]
            target = r.target if r.target is not None else -1 - r.start
            traces.append(_trace(tokens, target, tokens.root(r.start, r.end)))
            upcoming += 1
        gender = _GENDER_OF.get(word)
        if gender is None or tokens.pos[i] not in ("PRON", "DET"):
            continue
        best, confidence = _best(tokens, i, gender, traces, genders)
        told = best if best is not None and best >= 0 else None
        found.append(
            Reference(i, i + 1, "PERSON", "pronoun", told, confidence if told is not None else 0.0)
        )
        if best is not None:
            traces.append(_trace(tokens, best, i))
            if genders.get(best) is None and confidence >= 0.8:
                genders[best] = gender
    return found


def gender_of(cluster: Cluster) -> Gender | None:
    """The gender that a person's form of address, roles or given name tell, None if none does."""
    for role in cluster.roles:
        for word in role.lower().split():
            known = lexicon.roles().get(word)
            if known is not None and known.gender:
                return known.gender
            told = lexicon.honorifics().get(word)
            if told:
                return told
    for name in cluster.names:
        if person_name(name).is_full:
            told = lexicon.given_names().get(name.split()[0])
            if told and told != "u":
                return told
    return None


def _trace(tokens: Tokens, target: int, i: int) -> _Trace:
    return _Trace(target, i, tokens.dep[i] in ("nsubj", "nsubjpass"))


def _best(
    tokens: Tokens,
    pronoun: int,
    gender: Gender,
    traces: Sequence[_Trace],
    genders: dict[int, Gender | None],
) -> tuple[int | None, float]:
    here = tokens.sentence[pronoun]
    scores: dict[int, float] = {}
    for trace in reversed(traces):
        distance = here - tokens.sentence[trace.token]
        if distance >= _FARTHEST:
            break
        told = genders.get(trace.target)
        if told not in (None, "u", gender) or _are_co_arguments(tokens, pronoun, trace.token):
            continue
        score = _RECENCY[distance] if distance < len(_RECENCY) else 0.1
        score += 0.5 * trace.is_subject * score
        score += 0.3 if told == gender else 0.0
        scores[trace.target] = max(scores.get(trace.target, 0.0), score) + 0.05
    if not scores:
        return None, 0.0
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    margin = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0)
    if margin < 0.1 or ranked[0][1] < 0.4:
        return None, 0.0
    return ranked[0][0], round(min(0.95, 0.6 + 0.3 * margin), 2)


def _are_co_arguments(tokens: Tokens, pronoun: int, other: int) -> bool:
    """Whether both hang on one verb: “Varga told him” is not Varga (himself would be)."""
    if tokens.lower[pronoun].endswith("self") or tokens.dep[pronoun] == "poss":
        return False
    head = tokens.head[pronoun]
    return head == tokens.head[other] and tokens.pos[head] in ("VERB", "AUX")
