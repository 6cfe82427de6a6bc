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
#: How many sentences, and how many mentions of people, an antecedent may lie back at most.
_FARTHEST = 8
_WINDOW = 60


@dataclass(frozen=True, slots=True)
class _Trace:
    """A person spoken of: where, whether as a subject, in a quotation, as one who speaks."""

    target: int
    token: int
    is_subject: bool
    is_quoted: bool
    is_speaking: bool


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
    places = [i for i, word in enumerate(tokens.lower) if word in _GENDER_OF]
    pronouns = [i for i in places if tokens.pos[i] in ("PRON", "DET")]
    if not pronouns:
        return []
    genders: dict[int, Gender | None] = {
        n: gender_of(c) for n, c in enumerate(clusters) if c.type == "PERSON"
    }
    quoted = quoted_tokens(tokens)
    outside = _sentences_outside(tokens, quoted)
    introduced = {n for n, c in enumerate(clusters) if _is_introduced(c)}
    traces: list[_Trace] = []
    found: list[Reference] = []
    pending = [r for r in references if r.type == "PERSON"]
    upcoming = 0
    for i in pronouns:
        while upcoming < len(pending) and pending[upcoming].start <= i:
            r = pending[upcoming]
            target = r.target if r.target is not None else -1 - r.start
            traces.append(_trace(tokens, quoted, target, tokens.root(r.start, r.end)))
            upcoming += 1
        gender = _GENDER_OF[tokens.lower[i]]
        best, confidence = _best(tokens, quoted, outside, introduced, i, gender, traces, genders)
        told = best if best is not None and best >= 0 else None
        found.append(
            Reference(i, i + 1, "PERSON", "pronoun", told, confidence if told is not None else 0.0)
        )
        if best is not None:
            traces.append(_trace(tokens, quoted, best, i))
            if genders.get(best) is None and confidence >= 0.8 and traces[-1].is_subject:
                genders[best] = gender
    return found


def gender_of(cluster: Cluster) -> Gender | None:
    """The gender that a person's form of address, roles or given name tell, None if none does."""
    if cluster.gender:
        return cluster.gender
    for role in cluster.roles:
        for word in role.lower().split():
            known = lexicon.roles().get(word)
            if known is not None and known.gender:
                return known.gender
    for name in cluster.names:
        if person_name(name).is_full:
            told = lexicon.given_names().get(name.split()[0])
            if told and told != "u":
                return told
    return None


def quoted_tokens(tokens: Tokens) -> list[bool]:
    """For each token whether it stands inside double quotation marks; blocks start outside."""
    inside = False
    found = []
    for word, pos in zip(tokens.text, tokens.pos, strict=True):
        if pos == "SPACE":
            inside = False
        elif word in ("“", "``"):
            inside = True
        elif word in ("”", "''"):
            inside = False
        elif word == '"':
            inside = not inside
        found.append(inside)
    return found


def _sentences_outside(tokens: Tokens, quoted: Sequence[bool]) -> list[int]:
    """For each token its sentence, sentences wholly inside quotations not counted."""
    spoken = {
        tokens.sentence[i]
        for i, inside in enumerate(quoted)
        if not inside and tokens.text[i][0].isalpha()
    }
    numbers, n, last = [], 0, -1
    for sentence in tokens.sentence:
        if sentence != last:
            last = sentence
            n += sentence in spoken
        numbers.append(n)
    return numbers


def _is_introduced(cluster: Cluster) -> bool:
    """Whether the text shows this to be a person: by a full name or a role."""
    return bool(cluster.roles) or any(person_name(name).is_full for name in cluster.names)


def _trace(tokens: Tokens, quoted: Sequence[bool], target: int, i: int) -> _Trace:
    is_subject = tokens.dep[i] in ("nsubj", "nsubjpass")
    return _Trace(target, i, is_subject, quoted[i], _is_speaking(tokens, quoted, i))


def _is_speaking(tokens: Tokens, quoted: Sequence[bool], i: int) -> bool:
    """Whether the token is the subject of a verb of reporting, outside quotations."""
    if tokens.dep[i] != "nsubj" or quoted[i]:
        return False
    return tokens.lemma[tokens.head[i]] in lexicon.words("reporting_verbs.txt")


def _best(
    tokens: Tokens,
    quoted: Sequence[bool],
    outside: Sequence[int],
    introduced: set[int],
    pronoun: int,
    gender: Gender,
    traces: Sequence[_Trace],
    genders: dict[int, Gender | None],
) -> tuple[int | None, float]:
    number = tokens.sentence if quoted[pronoun] else outside
    speaks = _is_speaking(tokens, quoted, pronoun)
    scores: dict[int, float] = {}
    spoken: set[int] = set()
    for trace in reversed(traces[-_WINDOW:]):
        distance = number[pronoun] - number[trace.token]
        if distance >= _FARTHEST:
            break
        told = genders.get(trace.target)
        if told not in (None, "u", gender) or _are_co_arguments(tokens, pronoun, trace.token):
            continue
        if quoted[pronoun] and trace.is_speaking and distance <= 1:
            spoken.add(trace.target)
        score = _RECENCY[distance] if distance < len(_RECENCY) else 0.1
        if trace.is_quoted and not quoted[pronoun]:
            score *= 0.6
        if trace.target >= 0 and trace.target not in introduced:
            score *= 0.5
        if trace.token and tokens.text[trace.token - 1] == "(":
            score *= 0.5
        score += 0.5 * trace.is_subject * score
        if speaks and trace.is_speaking:
            score += 0.4 * score
        score += 0.3 if told == gender else 0.0
        scores[trace.target] = max(scores.get(trace.target, 0.0), score) + 0.05
    for target in spoken:
        scores.pop(target, None)
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
