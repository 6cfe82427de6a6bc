"""Names put together, pronouns and links, on documents small enough to count by hand."""

import pytest

from expectations.accuracy.coreference import score_coreference
from expectations.accuracy.entities import score_entities
from expectations.accuracy.gold import Gold, GoldEntity
from expectations.accuracy.predictions import PredictedMention, Prediction
from expectations.accuracy.ratios import Ratio
from expectations.accuracy.spans import Span

TEXT = "Mira Solvang, the mayor, met Lars Moe’s wife. Solvang thanked Moe. She left with Moe."
MIRA, LARS = (0, 12), (29, 37)
LARS_POSSESSIVE = (29, 39)
SOLVANG, MOE, SHE, LAST_MOE = (46, 53), (62, 65), (67, 70), (81, 84)


def name(span: Span, entity: str | None, form: str = "name") -> PredictedMention:
    return PredictedMention(span, "PERSON", form, entity)


def gold(span: Span, group: str, is_name: bool = True, link: str | None = None) -> GoldEntity:
    return GoldEntity(span, "PER", group, link, is_name)


DOCUMENT = Gold(
    "a",
    TEXT,
    entities=(
        gold(MIRA, "mira"),
        gold(SOLVANG, "mira"),
        gold(SHE, "mira", is_name=False),
        gold(LARS_POSSESSIVE, "lars"),
        gold(MOE, "lars"),
        gold(LAST_MOE, "lars"),
    ),
)


def test_the_example_says_what_it_seems_to() -> None:
    spans = (MIRA, LARS, LARS_POSSESSIVE, SOLVANG, MOE, SHE, LAST_MOE)
    assert [TEXT[start:end] for start, end in spans] == [
        "Mira Solvang",
        "Lars Moe",
        "Lars Moe’s",
        "Solvang",
        "Moe",
        "She",
        "Moe",
    ]


def test_b_cubed_is_a_mean_over_the_aligned_names() -> None:
    found = (
        name(MIRA, "e1"),
        name(LARS, "e1"),  # wrongly put together with Mira
        name(SOLVANG, "e1"),
        name(MOE, "e2"),
        name(SHE, "e1", form="pronoun"),
    )
    figures = score_coreference([DOCUMENT], {"a": Prediction(mentions=found)})
    assert figures is not None
    # Precision: Mira 2/3, Lars 1/3, Solvang 2/3, Moe 1. Recall: 1, 1/2, 1, 1/2.
    assert figures.names.precision == pytest.approx((2 / 3 + 1 / 3 + 2 / 3 + 1) / 4)
    assert figures.names.recall == pytest.approx(3 / 4)
    assert figures.names.f1 == pytest.approx(2 * (2 / 3) * (3 / 4) / (2 / 3 + 3 / 4))
    assert figures.aligned == Ratio(4, 5)
    # Of e1's names two are Mira's and one Lars's, so that “She” leads to Mira.
    assert figures.pronouns == Ratio(1, 1)
    assert figures.pronouns_given == Ratio(1, 1)


def test_names_without_an_entity_stand_alone_and_pronouns_without_one_are_not_judged() -> None:
    found = (name(MOE, None), name(LAST_MOE, None), name(SHE, None, form="pronoun"))
    figures = score_coreference([DOCUMENT], {"a": Prediction(mentions=found)})
    assert figures is not None
    assert figures.names.precision == 1
    assert figures.names.recall == pytest.approx(1 / 2)
    assert figures.pronouns == Ratio(0, 0)
    assert figures.pronouns_given == Ratio(0, 1)


def test_a_name_aligns_with_the_tightest_gold_name_that_it_ends() -> None:
    inner, outer = (10, 14), (0, 14)
    document = Gold("a", "Port of Old Moor", entities=(gold(outer, "p"), gold(inner, "m")))
    figures = score_coreference([document], {"a": Prediction(mentions=(name(inner, "e1"),))})
    assert figures is not None
    assert figures.aligned == Ratio(1, 2)
    beginning = (0, 4)  # “Port” does not end a gold name
    figures = score_coreference([document], {"a": Prediction(mentions=(name(beginning, "e1"),))})
    assert figures is not None
    assert figures.aligned == Ratio(0, 2)


def test_things_of_different_articles_are_compared_pair_by_pair() -> None:
    def article(doc_id: str, link: str) -> Gold:
        return Gold(doc_id, "Moe", entities=(gold((0, 3), link, link=link),))

    documents = [article("a", "Lars_Moe"), article("b", "Lars_Moe"), article("c", "Ida_Moe")]
    documents.append(article("d", "Lars_Moe"))
    given = {"a": "e1", "b": "e1", "c": "e1", "d": "e2"}
    figures = score_coreference(
        documents, {doc: Prediction(mentions=(name((0, 3), e),)) for doc, e in given.items()}
    )
    assert figures is not None
    # Put together: ab, ac, bc, of which ab is right. The gold has ab, ad and bd.
    assert figures.links.precision == Ratio(1, 3)
    assert figures.links.recall == Ratio(1, 3)


def test_without_groups_there_is_nothing_to_score() -> None:
    document = Gold("a", TEXT, entities=(GoldEntity(MIRA, "PER"),))
    assert score_coreference([document], {"a": Prediction()}) is None


def test_only_names_are_scored_as_names() -> None:
    found = (name(MIRA, "e1"), name(SHE, "e1", form="pronoun"))
    figures = score_entities([DOCUMENT], {"a": Prediction(mentions=found)})
    assert figures is not None
    assert figures.persons.recall == Ratio(1, 5)
