"""A statement's stretches of text cut at its quotation marks."""

from collections.abc import Sequence

from pipelines.quotes.clauses import Stretch
from pipelines.quotes.quote import QuoteSpan
from pipelines.quotes.statements import Statement

_SPACES = " \t\n\u00a0"
_PUNCTUATION = _SPACES + ",;:.—–-―"


def cut(text: str, statement: Statement) -> list[QuoteSpan]:
    """A statement's stretches cut at its quotation marks, marks and outer punctuation left out."""
    spans: list[QuoteSpan] = []
    quotations = sorted(statement.quotations, key=lambda q: q.start)
    for start, end in _merged(statement.stretches):
        position = start
        for q in quotations:
            if q.end <= start or q.start >= end:
                continue
            _put(spans, text, position, q.start, is_verbatim=False)
            _put(spans, text, q.inner_start, q.inner_end, is_verbatim=True)
            position = q.end
        _put(spans, text, position, end, is_verbatim=False)
    return spans


def _merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for start, end in sorted(stretches):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _put(spans: list[QuoteSpan], text: str, start: int, end: int, *, is_verbatim: bool) -> None:
    chaff = _SPACES if is_verbatim else _PUNCTUATION
    while start < end and text[start] in chaff:
        start += 1
    while start < end and text[end - 1] in chaff:
        end -= 1
    if start < end and any(c.isalnum() for c in text[start:end]):
        spans.append(QuoteSpan(start, end, is_verbatim))
