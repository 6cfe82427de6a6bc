"""How much of one article may be shared: which quotes are cut, and where, which facts are hidden.

Quotes come first, in the order of the text, for they are what the dataset is of; what a fact names
stands in other columns, too. The title may be shared, and counts for nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from warehouse.release.policy import Policy
from warehouse.release.words import words


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the article that a cell of a table holds.

    `cell` names the cell for who asks; `start` and `end` are half-open offsets into the text, in
    code points.
    """

    cell: object
    start: int
    end: int


class Coverage:
    """Which characters of an article are shown, each counted once."""

    def __init__(self, text: str, title: str | None) -> None:
        self._shown = bytearray(len(text))
        self.n_chars = 0
        if (found := title_in(text, title)) is not None:
            self._shown[slice(*found)] = b"\1" * (found[1] - found[0])

    def cost(self, start: int, end: int) -> int:
        """How many characters of a stretch are not shown yet."""
        return self._shown.count(0, start, end)

    def affordable(self, start: int, end: int, budget: int) -> int:
        """How many characters from `start` on cost no more than the budget, up to `end`."""
        place = start
        while budget >= 0 and (place := self._shown.find(0, place, end)) >= 0:
            if budget == 0:
                return place - start
            place, budget = place + 1, budget - 1
        return end - start

    def show(self, start: int, end: int) -> None:
        """Count the characters of a stretch as shown."""
        self.n_chars += self.cost(start, end)
        self._shown[start:end] = b"\1" * len(self._shown[start:end])


def title_in(text: str, title: str | None) -> tuple[int, int] | None:
    """Where the title stands in the text, first; None where it does not."""
    start = text.find(title) if title else -1
    return None if start < 0 or not title else (start, start + len(title))


def cut_quotes(
    text: str, quotes: Iterable[Sequence[Stretch]], coverage: Coverage, policy: Policy
) -> Iterator[tuple[object, int]]:
    """The spans that must be cut, each with the number of its characters that may stay.

    Args:
        text: the article.
        quotes: the spans of each quote, all in the order of the text.
        coverage: what is shown already; what stays is added.
        policy: the limits.
    """
    most = int(policy.quote_share * len(text))
    spent = 0
    for spans in quotes:
        left = policy.quote_chars
        for span in spans:
            end = min(span.end, span.start + left)
            n_chars = coverage.affordable(span.start, end, most - spent)
            if n_chars < span.end - span.start:
                n_chars = _at_a_word(text, span.start, n_chars)
                yield span.cell, n_chars
                left = 0
            spent += coverage.cost(span.start, span.start + n_chars)
            coverage.show(span.start, span.start + n_chars)
            left = max(0, left - n_chars)


def hidden_facts(
    text: str, facts: Iterable[Stretch], coverage: Coverage, policy: Policy
) -> Iterator[object]:
    """The cells whose facts are too long, or too much with all that is shown before them."""
    most = int(policy.article_share * len(text))
    for fact in facts:
        cost = coverage.cost(fact.start, fact.end)
        is_long = len(words(text[fact.start : fact.end])) > policy.fact_words
        if is_long or (cost and coverage.n_chars + cost > most):
            yield fact.cell
        else:
            coverage.show(fact.start, fact.end)


def _at_a_word(text: str, start: int, n_chars: int) -> int:
    """The greatest number of characters, no more than `n_chars`, after which a word ends."""
    end = start + n_chars
    while end > start and not text[end].isspace():
        end -= 1
    return len(text[start:end].rstrip())
