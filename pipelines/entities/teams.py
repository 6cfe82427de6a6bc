"""Places that stand for their teams in reports of matches."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipelines.entities import lexicon
from pipelines.entities.countries import place
from pipelines.entities.spans import NameSpan, merged
from pipelines.entities.tokens import Tokens

#: How many different words of sport make a report of a match.
_FEWEST = 5


def with_teams(tokens: Tokens, spans: Iterable[NameSpan]) -> list[NameSpan]:
    """In a report of a match the spans with teams: nicknames, cities and states that play.

    Countries stay countries.
    """
    spans = list(spans)
    if len(lexicon.words("sports_words.txt") & set(tokens.lower)) < _FEWEST:
        return spans
    playing = {
        tokens.phrase(s.start, s.end) for s in spans if s.type == "GPE" and _plays(tokens, s)
    }
    return merged(
        (
            replace(s, type="ORG")
            if s.type == "GPE"
            and tokens.phrase(s.start, s.end) in playing
            and not _is_location(tokens, s)
            else s
            for s in spans
        ),
        _nicknames(tokens),
    )


def _nicknames(tokens: Tokens) -> Iterator[NameSpan]:
    """Names in the plural after “the”: “the Golden Otters”."""
    for i, tag in enumerate(tokens.tag):
        if tag == "NNPS" and i and tokens.text[i][0].isupper():
            start = i
            while start and tokens.text[start - 1][0].isupper() and tokens.tag[start - 1] == "NNP":
                start -= 1
            if start and tokens.lower[start - 1] == "the" and i - start < 2:
                yield NameSpan(start, i + 1, "ORG", 1.0)


def _plays(tokens: Tokens, span: NameSpan) -> bool:
    """Whether this mention is a team for sure: it acts in a match, or its record follows."""
    found = place(tokens.phrase(span.start, span.end))
    if found is not None and found.is_country:
        return False
    root = tokens.root(span.start, span.end)
    verb = tokens.lemma[tokens.head[root]].lower()
    if tokens.dep[root] in ("nsubj", "dobj") and verb in lexicon.words("match_verbs.txt"):
        return True
    after = tokens.text[span.end : span.end + 2]
    return len(after) == 2 and after[0] == "(" and after[1][:1].isdigit()


def _is_location(tokens: Tokens, span: NameSpan) -> bool:
    """Whether the mention says where: “in Tampa”, “Boise, Idaho”, a dateline."""
    before = tokens.lower[span.start - 1] if span.start else ""
    if before in ("in", "near", "from", ",") or tokens.text[span.start].isupper():
        return True
    return tokens.text[span.end : span.end + 1] == [","] and tokens.is_capital(
        min(span.end + 1, len(tokens) - 1)
    )
