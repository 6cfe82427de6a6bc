"""The whole way from text to rows costs time in proportion to the text, whatever the text."""

import sys
import time
from collections.abc import Callable
from datetime import date
from types import FrameType

import pytest

from pipelines.articles.article import Block, Published
from pipelines.dates.finder import find_dates

WEDNESDAY = Published(edtf="2019-10-16", day=date(2019, 10, 16))
HOSTILE = [
    "1",
    "1 ",
    "of the ",
    "May ",
    "May 3, ",
    "May 3, 4, 5 and 6 ",
    "1/",
    "1/1/1/",
    "/",
    "-",
    "- ",
    "–",
    "(",
    "[]",
    "{(",
    ":",
    "12:",
    "2014/15/",
    "2014-",
    "'",
    "“ ",
    "\n \n",
    "Monday, ",
    "Monday and ",
    "Monday nights ",
    "at 9 to ",
    "9-11 a.m. ",
    "two to three ",
    "between one and ",
    "twenty-",
    "1,000,",
    "the last the next ",
    "about more than at least ",
    "the same period last ",
    "UTC+2+",
    "2019-05-06T10:20:30+",
]


def find(text: str) -> None:
    find_dates(text, [Block("body", 0, len(text))], WEDNESDAY)


def calls(text: str) -> int:
    """How many functions, ours and built-in, are called to find the dates of a text."""
    count = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        find(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_four_times_the_text_is_four_times_the_steps(piece: str) -> None:
    find(piece * 9)  # reads the word lists
    assert calls(piece * 400) < 4.4 * calls(piece * 100) + 100


def cpu(work: Callable[[], None]) -> float:
    spent = []
    for _ in range(2):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("piece", "n"),
    [("of the ", 10_000), ("May ", 10_000), ("1", 100_000), ("1/1/1/", 2_000), ("- ", 10_000)],
)
def test_so_is_the_time(piece: str, n: int) -> None:
    """Sizes at which a square would show: 16 times the time for four times the text."""
    small, large = piece * (n // 4), piece * n
    assert cpu(lambda: find(large)) < 9 * cpu(lambda: find(small)) + 0.05
