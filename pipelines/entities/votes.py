"""One type a name in a document, and every place where the name stands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.entities import lexicon
from pipelines.entities.countries import place
from pipelines.entities.forms import credited_people, datelines, known_names
from pipelines.entities.mention import EntityType
from pipelines.entities.names import fold, is_acronym, person_name
from pipelines.entities.spans import NameSpan, merged, model_spans
from pipelines.entities.tokens import Phrasebook, Tokens, is_capital

Tally = dict[EntityType, float]


def name_spans(tokens: Tokens) -> list[NameSpan]:
    """Every stretch of tokens that names something, one type a name, none overlapping another."""
    spans = merged(
        credited_people(tokens), datelines(tokens), model_spans(tokens), known_names(tokens)
    )
    types = _types(tokens, spans)
    typed = [replace(s, type=types[_key(tokens, s)]) for s in spans]
    return merged(typed, _repeats(tokens, typed))


def _key(tokens: Tokens, span: NameSpan) -> str:
    return fold(tokens.phrase(span.start, span.end))


def _types(tokens: Tokens, spans: Sequence[NameSpan]) -> dict[str, EntityType]:
    """The type of each name by its folded spelling: its own votes, and those of longer names."""
    votes: dict[str, Tally] = {}
    for span in spans:
        surface = tokens.phrase(span.start, span.end)
        tally = votes.get(fold(surface))
        if tally is None:
            tally = votes[fold(surface)] = defaultdict(float)
            for kind, weight in _evidence(surface):
                tally[kind] += weight
        tally[span.type] += span.weight
        for kind, weight in _context(tokens, span):
            tally[kind] += weight
    types = {key: _winner(tally) for key, tally in votes.items()}
    families = {
        person_name(key).family for key, kind in types.items() if kind == "PERSON" and " " in key
    }
    for key in votes:
        if key in families and place(key.title()) is None:
            types[key] = "PERSON"
    return types


def _winner(tally: Mapping[EntityType, float]) -> EntityType:
    return max(sorted(tally), key=lambda kind: tally[kind])


def _evidence(surface: str) -> Iterator[tuple[EntityType, float]]:
    """What the words of a name tell of its type."""
    found = place(surface)
    if found is not None:
        yield found.type, 10.0 if found.is_country else 4.0
    if surface in lexicon.organisations():
        yield "ORG", 4.0
    parts = surface.split()
    if len(parts) > 1:
        head = lexicon.head_words().get(parts[-1].casefold())
        if head is not None:
            yield head.type, 3.0 if head.type == "ORG" else 1.0
        if parts[0] in lexicon.given_names():
            yield "PERSON", 1.5
    elif is_acronym(surface):
        yield "ORG", 1.5


def _context(tokens: Tokens, span: NameSpan) -> Iterator[tuple[EntityType, float]]:
    """What the words around a name tell of its type."""
    before = tokens.lower[span.start - 1] if span.start else ""
    group = lexicon.groups().get(before)
    if group is not None and group.type == "ORG" and tokens.text[span.start - 1].islower():
        yield "ORG", 2.0
    after = tokens.lower[span.end : span.end + 3]
    if after[:1] and after[0] in ("shares", "newspaper", "magazine", "stock"):
        yield "ORG", 1.0
    if after[:2] in (["news", "agency"], ["trade", "union"]):
        yield "ORG", 2.0
    if after[:2] == [",", "who"]:
        yield "PERSON", 2.0
    if (
        len(after) == 3
        and after[0] == after[2] == ","
        and after[1].isdigit()
        and len(after[1]) == 2
    ):
        yield "PERSON", 2.0


def _repeats(tokens: Tokens, spans: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """Places where a name found elsewhere in the document stands again."""
    known = Phrasebook(
        (tokens.text[s.start : s.end], s.type)
        for s in spans
        if is_capital(tokens.text[s.start]) and s.end - s.start + len(tokens.text[s.start]) > 3
    )
    for i in range(len(tokens)):
        hit = known.at(tokens.text, i)
        if hit is not None and (hit[0] > i + 1 or tokens.pos[i] in ("PROPN", "ADJ", "NOUN")):
            yield NameSpan(i, hit[0], hit[1], 1.0)
