"""One type a name in a document, and every place where the name stands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.entities import lexicon
from pipelines.entities.abbreviations import introduced_abbreviations, named_documents
from pipelines.entities.countries import place
from pipelines.entities.evidence import (
    common_nouns,
    from_context,
    from_words,
    is_common_word,
)
from pipelines.entities.forms import (
    acronyms,
    credited_people,
    datelines,
    known_names,
    speaking_people,
)
from pipelines.entities.headlines import headline_tokens, repeats_in_capitals, trusted
from pipelines.entities.longer_names import with_longer_names
from pipelines.entities.mention import EntityType
from pipelines.entities.names import fold, is_legal_form, person_name, without_legal_form
from pipelines.entities.spans import NameSpan, merged, model_spans
from pipelines.entities.teams import with_teams
from pipelines.entities.tokens import Phrasebook, Tokens, is_capital

Tally = dict[EntityType, float]


def name_spans(tokens: Tokens) -> list[NameSpan]:
    """Every stretch of tokens that names something, none overlapping another.

    One name has one type in a document, save that a place may stand for its team.
    """
    headline = headline_tokens(tokens)
    spans = merged(
        credited_people(tokens),
        datelines(tokens),
        introduced_abbreviations(tokens),
        model_spans(tokens),
        known_names(tokens),
        acronyms(tokens, headline),
        speaking_people(tokens, headline),
        named_documents(tokens, headline),
    )
    spans = with_longer_names(tokens, spans, headline)
    common = common_nouns(tokens)
    spans = [s for s in trusted(tokens, spans, headline) if not is_common_word(tokens, s, common)]
    types = _types(tokens, spans)
    typed = _whole_people(tokens, [_typed(s, types[_key(tokens, s)]) for s in spans])
    called = [*typed, *_family_names(tokens, typed)]
    typed = merged(typed, _repeats(tokens, called), repeats_in_capitals(tokens, called, headline))
    return with_teams(tokens, typed)


def _typed(span: NameSpan, kind: EntityType) -> NameSpan:
    return span if span.type == kind else replace(span, type=kind)


def _family_names(tokens: Tokens, spans: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """The last words of full names, by which people are called again, common words left out."""
    common = {word for word in tokens.text if word.islower()}
    for span in spans:
        last = span.end - 1
        word = tokens.text[last]
        if (
            span.type == "PERSON"
            and last > span.start
            and len(word) > 3
            and word.lower() not in common
            and word.lower() not in lexicon.words("name_suffixes.txt")
            and place(word) is None
        ):
            yield NameSpan(last, span.end, "PERSON", 1.0)


def _whole_people(tokens: Tokens, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans, a given name and the family name that the model cut from it joined."""
    whole: list[NameSpan] = []
    for span in spans:
        last = whole[-1] if whole else None
        if (
            last is not None
            and last.type == "PERSON"
            and _stand_together(tokens, last.end, span.start)
            and tokens.phrase(last.start, last.end) in lexicon.given_names()
            and span.end - span.start <= (2 if span.type == "PERSON" else 1)
            and place(tokens.text[span.start]) is None
        ):
            whole[-1] = replace(last, end=span.end)
        else:
            whole.append(span)
    return whole


def _stand_together(tokens: Tokens, end: int, start: int) -> bool:
    """Whether only blanks stand between two names."""
    if end == start:
        return tokens.is_spaced[end - 1]
    is_gap = end + 1 == start and tokens.text[end].isspace()
    return is_gap and tokens.sentence[end - 1] == tokens.sentence[start]


def _key(tokens: Tokens, span: NameSpan) -> str:
    return fold(tokens.phrase(span.start, span.end))


def _types(tokens: Tokens, spans: Sequence[NameSpan]) -> dict[str, EntityType]:
    """The type of each name by its folded spelling: its own votes, and those of longer names."""
    votes: dict[str, Tally] = {}
    surfaces: dict[str, str] = {}
    for span in spans:
        surface = tokens.phrase(span.start, span.end)
        key = fold(surface)
        surfaces.setdefault(key, surface)
        tally = votes.get(key)
        if tally is None:
            tally = votes[key] = defaultdict(float)
            for kind, weight in from_words(surface):
                tally[kind] += weight
        tally[span.type] += span.weight
        for kind, weight in from_context(tokens, span):
            tally[kind] += weight
    for surface in [s for s in surfaces.values() if is_legal_form(s.split()[-1])]:
        short = votes.get(fold(without_legal_form(surface)))
        if short is not None:
            short["ORG"] += 4.0  # “Varga”, where the text has “Varga GmbH” too
    types = {key: _winner(tally) for key, tally in votes.items()}
    for key in _owners_beside_people(tokens, spans, types):
        types[key] = "PERSON"
    _share_between_full_and_family_name(types, surfaces)
    return types


def _owners_beside_people(
    tokens: Tokens, spans: Sequence[NameSpan], types: Mapping[str, EntityType]
) -> Iterator[str]:
    """Single names that own something together with a person: “Varga's (and Moe's) words”."""
    ends = {span.end: span for span in spans}
    for span in spans:
        possessive = tokens.text[span.end : span.end + 1]
        if span.end - span.start > 1 or possessive not in (["'s"], ["’s"]):
            continue
        i = span.start - 1
        while i > 0 and tokens.text[i] in ("(", "and", "or", "&"):
            i -= 1
        beside = ends.get(i) if i < span.start - 1 and tokens.text[i] in ("'s", "’s") else None
        if beside is not None and beside.end - beside.start == 1:
            surface = tokens.phrase(span.start, span.end)
            if types[_key(tokens, beside)] == "PERSON" and not _is_known(surface):
                yield _key(tokens, span)


def _is_known(surface: str) -> bool:
    return place(surface) is not None or surface in lexicon.organisations() or surface.isupper()


def _share_between_full_and_family_name(
    types: dict[str, EntityType], surfaces: Mapping[str, str]
) -> None:
    """Make a full name a person's where its family name is one, and the other way round."""
    alone = {key for key, kind in types.items() if kind == "PERSON" and " " not in key}
    for key, surface in surfaces.items():
        if _may_be_full_name(surface) and person_name(surface).family in alone:
            types[key] = "PERSON"
    families = {
        person_name(surfaces[key]).family
        for key, kind in types.items()
        if kind == "PERSON" and " " in key
    }
    for key, surface in surfaces.items():
        if key in families and place(surface) is None:
            types[key] = "PERSON"


def _may_be_full_name(surface: str) -> bool:
    """Whether the words may be a person's given and family names, nothing else being known."""
    words = surface.split()
    return (
        2 <= len(words) <= 3
        and all(w.replace("-", "").isalpha() and w[0].isupper() for w in words)
        and not any(w.isupper() or w.casefold() in lexicon.head_words() for w in words)
        and place(surface) is None
        and all(place(w) is None for w in words)
        and surface not in lexicon.organisations()
    )


def _winner(tally: Mapping[EntityType, float]) -> EntityType:
    return max(sorted(tally), key=lambda kind: tally[kind])


def _repeats(tokens: Tokens, spans: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """Places where a name found elsewhere in the document stands again."""
    known = Phrasebook(
        (tokens.text[s.start : s.end], s.type)
        for s in spans
        if is_capital(tokens.text[s.start]) and s.end - s.start + len(tokens.text[s.start]) > 3
    )
    for i in known.places(tokens.text):
        hit = known.at(tokens.text, i)
        if hit is not None and (hit[0] > i + 1 or tokens.pos[i] in ("PROPN", "ADJ", "NOUN")):
            yield NameSpan(i, hit[0], hit[1], 1.0)
