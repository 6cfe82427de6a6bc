"""The grammar's cost: linear in the length of the text, whatever the text."""

from collections.abc import Iterator, Sequence

import pytest

from pipelines.dates.grammar import read
from pipelines.dates.tokens import Token, tokenize


class Counted(Sequence[Token]):
    """Tokens that count how often they are read."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens, self.reads = tokens, 0

    def __getitem__(self, i):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
        self.reads += 1
        return self.tokens[i]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)


def cost(text: str) -> int:
    tokens = Counted(tokenize(text, [(0, len(text))]))
    list(read(tokens))
    return tokens.reads


@pytest.mark.parametrize(
    "piece",
    [
        "of the ",
        "the end of the early late mid ",
        "two hundred thousand and a half ",
        "twenty-",
        "1,000,",
        "12:12:12:",
        "1/1/",
        "2014-",
        "May 3 to 7 to ",
        "Monday, ",
        "the last the next ",
        "about more than at least ",
        "in the morning of the ",
        "'",
        "every ",
        "the year before the day before ",
    ],
)
def test_hostile_text_costs_time_in_proportion(piece: str) -> None:
    small, large = cost(piece * 50), cost(piece * 500)
    assert large < 11 * small


def test_long_numbers_are_no_numbers() -> None:
    text = "1" * 1_000_000 + " 2014"
    assert len(list(read(tokenize(text, [(0, len(text))])))) == 1
