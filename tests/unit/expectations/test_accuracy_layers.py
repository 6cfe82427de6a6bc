"""Dates, entities, metadata and bodies, on documents small enough to count by hand."""

from datetime import date

import pytest

from expectations.accuracy.body import score_bodies
from expectations.accuracy.dates import DateFigures, score_dates
from expectations.accuracy.entities import score_entities
from expectations.accuracy.gold import Gold, GoldDate, GoldEntity, GoldMetadata
from expectations.accuracy.metadata import MetadataFigures, score_metadata
from expectations.accuracy.predictions import (
    PredictedArticle,
    PredictedDate,
    PredictedMention,
    Prediction,
)
from expectations.accuracy.ratios import NOTHING, ZERO, Ratio

TEXT = "Ferry ban ends\nBy Ada Bloom and Cem Aksoy\nThe ban ends on Monday, 1 March."


def dates_of(
    gold: tuple[GoldDate, ...],
    predicted: tuple[PredictedDate, ...],
    has_calendar_dates_only: bool = False,
) -> DateFigures:
    document = Gold("a", TEXT, dates=gold, has_calendar_dates_only=has_calendar_dates_only)
    figures = score_dates([document], {"a": Prediction(dates=predicted)})
    assert figures is not None
    return figures


def test_dates_are_found_by_overlap_and_by_exact_span() -> None:
    figures = dates_of(
        (GoldDate((0, 6), "2021-03-01"), GoldDate((10, 14), "2021"), GoldDate((20, 24), None)),
        (
            PredictedDate((0, 6), "DATE", "2021-03-01"),
            PredictedDate((12, 16), "DATE", "2020"),
            PredictedDate((20, 24), "DATE", "2019"),
            PredictedDate((30, 34), "DATE", "2018"),
        ),
    )
    assert figures.relaxed.precision == Ratio(3, 4)
    assert figures.relaxed.recall == Ratio(3, 3)
    assert figures.strict.recall == Ratio(2, 3)
    assert figures.values == Ratio(1, 2)
    # p = 3/4, r = 1, so f1 = 6/7; half of the values are right.
    assert figures.value_f1 == pytest.approx(3 / 7)


def test_a_predicted_date_finds_one_gold_date_the_widest_overlap_first() -> None:
    figures = dates_of(
        (GoldDate((0, 10), "2021-03"), GoldDate((12, 20), "2021-04")),
        (PredictedDate((0, 4), "DATE", "2021-02"), PredictedDate((3, 14), "DATE", "2021-03")),
    )
    assert figures.relaxed.recall == Ratio(1, 2)
    assert figures.values == Ratio(1, 1)


def test_touching_spans_do_not_overlap() -> None:
    figures = dates_of((GoldDate((0, 5), "2021"),), (PredictedDate((5, 9), "DATE", "2021"),))
    assert figures.relaxed.recall == Ratio(0, 1)


def test_a_week_with_one_digit_is_that_week() -> None:
    figures = dates_of((GoldDate((0, 5), "2021-W9"),), (PredictedDate((0, 5), "DATE", "2021-W09"),))
    assert figures.values == Ratio(1, 1)


def test_where_calendar_dates_alone_are_marked_the_others_are_no_mistakes() -> None:
    predicted = (
        PredictedDate((0, 5), "DATE", "XXXX-03-01"),
        PredictedDate((10, 15), "DATE", "PRESENT_REF"),
        PredictedDate((20, 25), "DURATION", "2021"),
    )
    gold = (GoldDate((0, 5), "XXXX-03-01"),)
    assert dates_of(gold, predicted, True).relaxed.precision == Ratio(1, 1)
    assert dates_of(gold, predicted, False).relaxed.precision == Ratio(1, 3)


def test_a_name_is_right_with_its_span_and_class() -> None:
    gold = Gold(
        "a",
        TEXT,
        entities=(
            GoldEntity((0, 5), "PER"),
            GoldEntity((9, 12), "ORG"),
            GoldEntity((20, 24), "LOC"),
        ),
    )
    mentions = (
        PredictedMention((0, 5), "PERSON", "name"),
        PredictedMention((9, 13), "ORG", "name"),
        PredictedMention((20, 24), "FAC", "name"),
        PredictedMention((30, 34), "PERSON", "name"),
        PredictedMention((40, 42), "PERSON", "pronoun"),
        PredictedMention((50, 54), "EVENT", "name"),
    )
    figures = score_entities([gold], {"a": Prediction(mentions=mentions)})
    assert figures is not None
    assert figures.persons.precision == Ratio(1, 2)
    assert figures.persons.recall == Ratio(1, 1)
    assert figures.organisations.recall == Ratio(0, 1)
    assert figures.places.recall == Ratio(1, 1)
    assert figures.all.precision == Ratio(2, 4)
    assert figures.all.recall == Ratio(2, 3)


def test_a_document_without_gold_names_is_left_out() -> None:
    mentions = (PredictedMention((0, 5), "PERSON", "name"),)
    predictions = {"a": Prediction(mentions=mentions)}
    assert score_entities([Gold("a", TEXT, entities=())], predictions) is None


def known(
    title: str | None = None,
    authors: tuple[str, ...] = (),
    published: str | None = None,
    body: str | None = None,
    includes: tuple[str, ...] = (),
    excludes: tuple[str, ...] = (),
) -> Gold:
    return Gold(
        "a", TEXT, metadata=GoldMetadata(title, authors, published, body, includes, excludes)
    )


def article(
    title: str | None = None,
    authors: tuple[str, ...] = (),
    published_on: date | None = None,
    body: str = "",
    source_id: str = "documents.jsonl#a",
) -> Prediction:
    return Prediction(PredictedArticle(source_id, title, authors, published_on, TEXT, body))


def metadata_of(gold: Gold, prediction: Prediction) -> MetadataFigures:
    figures = score_metadata([gold], {"a": prediction})
    assert figures is not None
    return figures


@pytest.mark.parametrize(
    ("title", "figure"),
    [("FERRY BAN ENDS", Ratio(1, 1)), ("Ferry ban", Ratio(0, 1)), (None, Ratio(0, 1))],
)
def test_a_title_has_the_same_words(title: str | None, figure: Ratio) -> None:
    assert metadata_of(known(title="Ferry ban ends"), article(title=title)).title == figure


def test_a_title_that_the_text_lacks_is_asked_of_pages_only() -> None:
    gold = known(title="Boats sail again")
    assert score_metadata([gold], {"a": article()}) is None
    page = article(title="Boats sail again", source_id="pages/a.html")
    assert metadata_of(gold, page).title == Ratio(1, 1)


def test_authors_are_right_by_full_name() -> None:
    gold = known(authors=("Ada Bloom", "Cem Aksoy"))
    found = metadata_of(gold, article(authors=("By Ada Bloom", "Aksoy", "News Desk"))).authors
    assert found.precision == Ratio(1, 3)
    assert found.recall == Ratio(1, 2)


@pytest.mark.parametrize(
    ("day", "published", "said"),
    [
        (date(2021, 3, 1), Ratio(1, 1), Ratio(1, 1)),
        (date(2021, 3, 2), Ratio(0, 1), Ratio(0, 1)),
        (None, Ratio(0, 1), ZERO),
    ],
)
def test_a_day_not_given_is_missing_and_not_wrong(
    day: date | None, published: Ratio, said: Ratio
) -> None:
    figures = metadata_of(known(published="2021-03-01"), article(published_on=day))
    assert (figures.published, figures.published_said) == (published, said)


def test_a_rejected_document_is_missing_everything() -> None:
    gold = known(title="Ferry ban ends", authors=("Ada Bloom",), published="2021-03-01")
    figures = metadata_of(gold, Prediction())
    assert figures.title == figures.published == figures.authors.recall == Ratio(0, 1)
    assert figures.published_said == figures.authors.precision == ZERO


def test_bodies_share_shingles_of_four_words() -> None:
    # Gold: the ban ends on / ban ends on monday / ends on monday 1 / on monday 1 march.
    # Predicted: the ban ends on / ban ends on monday / ends on monday subscribe.
    gold = known(body="The ban ends on Monday, 1 March.")
    figures = score_bodies([gold], {"a": article(body="The ban ends on Monday. Subscribe!")})
    assert figures is not None
    assert figures.precision == pytest.approx(2 / 3)
    assert figures.recall == pytest.approx(2 / 4)
    assert figures.f1 == pytest.approx(4 / 7)
    assert figures.n_bodies == 1


def test_bodies_are_averaged_document_by_document() -> None:
    same, none = known(body="It ends."), Gold("b", TEXT, metadata=known(body="It ends.").metadata)
    predictions = {"a": article(body="It ends"), "b": Prediction()}
    figures = score_bodies([same, none], predictions)
    assert figures is not None
    assert figures.f1 == pytest.approx(1 / 2)


def test_parts_that_belong_and_parts_that_do_not() -> None:
    gold = known(includes=("on Monday", "in April"), excludes=("Subscribe now", "Ada Bloom"))
    figures = score_bodies([gold], {"a": article(body="It ends on Monday. Subscribe now!")})
    assert figures is not None
    assert figures.included == Ratio(1, 2)
    assert figures.excluded == Ratio(1, 2)
    assert figures.n_bodies == 0


def test_nothing_counted_is_a_share_of_nothing() -> None:
    assert ZERO.share == NOTHING.f1 == 0.0
