"""Names that end with a country's and are not the country: “Transit Canada”, “Miss America”."""

from collections.abc import Iterable
from dataclasses import replace

from pipelines.entities import lexicon
from pipelines.entities.countries import place
from pipelines.entities.spans import NameSpan
from pipelines.entities.tokens import Tokens


def with_longer_names(
    tokens: Tokens, spans: Iterable[NameSpan], headline: set[int]
) -> list[NameSpan]:
    """The spans, those of a country that ends a longer name made that name, a body's.

    The parse tells the longer name in one place; where the same words stand again, they are it too.
    """
    spans = list(spans)
    taken = {i for span in spans for i in range(span.start, span.end)}
    first = {s: _first(tokens, s, taken) for s in spans if _is_country(tokens, s, headline)}
    longer = {tokens.phrase(first[s], s.end) for s in first if first[s] < s.start}
    sizes = {s.end - first[s] for s in first if first[s] < s.start}
    found = []
    for span in spans:
        starts = [span.end - size for size in sizes if span in first and size <= span.end]
        whole = [n for n in starts if tokens.phrase(n, span.end) in longer]
        if whole and taken.isdisjoint(range(min(whole), span.start)):
            found.append(replace(span, start=min(whole), type="ORG", weight=1.0))
        else:
            found.append(span)
    return found


def _is_country(tokens: Tokens, span: NameSpan, headline: set[int]) -> bool:
    found = place(tokens.phrase(span.start, span.end))
    return found is not None and found.is_country and span.start not in headline


def _first(tokens: Tokens, span: NameSpan, taken: set[int]) -> int:
    """Where the words begin that the parse hangs on the country, or on the country's own head."""
    first = span.start
    heads = {*range(span.start, span.end), tokens.head[tokens.root(span.start, span.end)]}
    while first and first - 1 not in taken and _belongs(tokens, first - 1, heads):
        first -= 1
        heads.add(first)
    return first


def _belongs(tokens: Tokens, i: int, heads: set[int]) -> bool:
    """Whether a word is a name that goes with the next one; no initials and no place."""
    word = tokens.text[i]
    return (
        tokens.tag[i] == "NNP"
        and tokens.dep[i] == "compound"
        and tokens.head[i] in heads
        and tokens.is_spaced[i]
        and word.istitle()
        and word.isalpha()
        and place(word) is None
        and tokens.lower[i] not in lexicon.words("not_names.txt")
    )
