"""Lines in title case or capitals, where capitals tell no name from other words."""

from collections.abc import Iterable, Iterator

from pipelines.entities import lexicon
from pipelines.entities.countries import place
from pipelines.entities.mention import EntityType
from pipelines.entities.names import fold
from pipelines.entities.spans import NameSpan
from pipelines.entities.tokens import Phrasebook, Tokens

#: How many words of a line must be written with a capital before capitals tell nothing.
_SHARE = 0.75
_FEWEST = 4


def headline_tokens(tokens: Tokens) -> set[int]:
    """The tokens of sentences that are written in title case or in capitals."""
    by_sentence: dict[int, list[int]] = {}
    for i, (word, pos) in enumerate(zip(tokens.text, tokens.pos, strict=True)):
        if word[0].isalpha() and pos != "SPACE":
            by_sentence.setdefault(tokens.sentence[i], []).append(i)
    lines = {number for number, words in by_sentence.items() if _is_headline(tokens, words)}
    if not lines:
        return set()
    return {i for i, number in enumerate(tokens.sentence) if number in lines}


def _is_headline(tokens: Tokens, words: list[int]) -> bool:
    long = [i for i in words if len(tokens.text[i]) > 3]
    if len(long) < _FEWEST:
        return False
    capital = sum(tokens.text[i][0].isupper() for i in long)
    if capital < _SHARE * len(long):
        return False
    end = words[-1] + 1
    while tokens.text[end : end + 1] in ([")"], ["”"], ['"']):
        end += 1
    if tokens.text[end : end + 1] == ["."] or tokens.text[words[-1]][-1] == ".":
        return all(tokens.text[i].isupper() for i in long)  # a sentence that happens to name much
    has_verb_or_noun = any(tokens.pos[i] in ("VERB", "NOUN", "ADJ", "ADV") for i in long)
    is_shouted = all(tokens.text[i].isupper() for i in long)  # then the parse tells no verb
    return has_verb_or_noun or is_shouted


def trusted(tokens: Tokens, spans: Iterable[NameSpan], headline: set[int]) -> Iterator[NameSpan]:
    """The spans outside headlines, and in them those that something else bears out."""
    spans = list(spans)
    outside = {_key(tokens, s) for s in spans if s.start not in headline}
    for span in spans:
        surface = tokens.phrase(span.start, span.end)
        if (
            span.start not in headline
            or span.weight >= 2
            or _key(tokens, span) in outside
            or place(surface) is not None
            or surface in lexicon.organisations()
            or (span.type == "PERSON" and _starts_with_given_name(tokens, span))
        ):
            yield span


def repeats_in_capitals(
    tokens: Tokens, spans: Iterable[NameSpan], headline: set[int]
) -> Iterator[NameSpan]:
    """Names of the document in its headlines, whatever their case."""
    phrases: list[tuple[list[str], EntityType]] = [
        (tokens.lower[s.start : s.end], s.type) for s in spans if s.start not in headline
    ]
    known = Phrasebook(phrases)
    for i in sorted(headline):
        hit = known.at(tokens.lower, i) if len(tokens.text[i]) > 2 else None
        if hit is not None and all(tokens.text[j][0].isupper() for j in range(i, hit[0], 2)):
            yield NameSpan(i, hit[0], hit[1], 1.0)


def _key(tokens: Tokens, span: NameSpan) -> str:
    return fold(tokens.phrase(span.start, span.end))


def _starts_with_given_name(tokens: Tokens, span: NameSpan) -> bool:
    first = tokens.text[span.start]
    return span.end - span.start > 1 and first.title() in lexicon.given_names()
