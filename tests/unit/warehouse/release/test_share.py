"""How much of an article is shared: where quotes are cut, which facts are hidden."""

import pytest

from warehouse.release.policy import Policy
from warehouse.release.share import Coverage, Stretch, cut_quotes, hidden_facts

TEXT = (
    "Ferry back in service\n\n“The boat leaves at six every morning,” said the mate of the "
    "caf\u00e9 boat. “Nobody will wait for 🌉 the bridge.” More was not known in the evening.\n"
)
TITLE = "Ferry back in service"
WIDE = Policy(quote_chars=1000, quote_share=1.0, article_share=1.0, fact_words=50, label_chars=99)


def stretch(words: str) -> Stretch:
    start = TEXT.index(words)
    return Stretch(words, start, start + len(words))


FIRST = stretch("The boat leaves at six every morning,")
SECOND = stretch("Nobody will wait for 🌉 the bridge.")


def cuts(policy: Policy, *quotes: list[Stretch]) -> dict[str, str]:
    """What is left of the spans that are cut."""
    coverage = Coverage(TEXT, TITLE)
    found = cut_quotes(TEXT, quotes, coverage, policy)
    return {str(cell): str(cell)[:n_chars] for cell, n_chars in found}


def policy(**changes: float) -> Policy:
    from dataclasses import replace

    return replace(WIDE, **changes)  # type: ignore[arg-type]


def test_what_fits_stays_whole() -> None:
    assert cuts(WIDE, [FIRST], [SECOND]) == {}


@pytest.mark.parametrize(
    ("quote_chars", "left"),
    [
        (36, "The boat leaves at six every"),
        (28, "The boat leaves at six every"),
        (27, "The boat leaves at six"),
        (3, "The"),
        (2, ""),
    ],
)
def test_a_long_quote_is_cut_where_a_word_ends(quote_chars: int, left: str) -> None:
    assert cuts(policy(quote_chars=quote_chars), [FIRST]) == {FIRST.cell: left}


def test_the_spans_of_a_quote_are_counted_together_and_end_at_the_first_cut() -> None:
    found = cuts(policy(quote_chars=50), [FIRST, SECOND])
    assert found == {SECOND.cell: "Nobody will"}
    assert cuts(policy(quote_chars=30), [FIRST, SECOND])[str(SECOND.cell)] == ""
    assert cuts(policy(quote_chars=40), [FIRST], [SECOND]) == {}, "each quote by itself"


def test_all_quotes_of_an_article_share_its_share() -> None:
    share = (len(str(FIRST.cell)) + 8) / len(TEXT)
    assert cuts(policy(quote_share=share), [FIRST], [SECOND]) == {SECOND.cell: "Nobody"}


def test_the_title_counts_for_nothing() -> None:
    assert cuts(policy(quote_share=0.01), [stretch("back in service")]) == {}


@pytest.mark.parametrize(
    ("limits", "hidden"),
    [
        ({}, []),
        ({"fact_words": 5}, ["the mate of the café boat"]),
        ({"article_share": 0.05}, ["the mate of the café boat", "the evening"]),
        ({"article_share": 0.16}, ["the evening"]),
    ],
)
def test_facts_are_hidden_that_are_long_or_too_much(
    limits: dict[str, float], hidden: list[str]
) -> None:
    facts = [stretch("Ferry"), stretch("the mate of the café boat"), stretch("the evening")]
    coverage = Coverage(TEXT, TITLE)
    assert list(hidden_facts(TEXT, facts, coverage, policy(**limits))) == hidden


def test_what_a_quote_shows_costs_a_fact_nothing() -> None:
    coverage = Coverage(TEXT, TITLE)
    strict = policy(article_share=len(str(FIRST.cell)) / len(TEXT))
    assert list(cut_quotes(TEXT, [[FIRST]], coverage, strict)) == []
    facts = [stretch("six every morning"), stretch("the evening")]
    assert list(hidden_facts(TEXT, facts, coverage, strict)) == ["the evening"]
