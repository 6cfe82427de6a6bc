import itertools

import pytest

from pipelines.articles.near_duplicates import Body, near_duplicates

STORY = (
    "The ferry company said on Monday that it would stop its night service to the outer islands "
    "because too few people use it in winter. Islanders protested at the harbour and asked the "
    "county to pay for the boats, as it did before the cuts of last year. The county's transport "
    "committee meets on Thursday and may decide to keep one crossing a day until the spring."
)
UPDATED = STORY.replace("until the spring", "until Easter") + " A spokesman gave no figures."
OTHER = (
    "Bakers in the old town sold out of almond cakes by noon as thousands came for the annual "
    "procession, which had been cancelled twice because of storms. The police counted nine "
    "thousand visitors, more than ever before, and closed the bridge to cars for three hours."
)


def body(key: str, published: str | None, text: str) -> Body:
    return Body(f"a{key}", f"{key}.txt", published, text)


def test_a_near_duplicate_points_at_the_earliest_published() -> None:
    bodies = [body("1", "2021-02-03", UPDATED), body("2", "2021-02-01", STORY)]
    assert near_duplicates([*bodies, body("3", "2021-02-02", OTHER)]) == {"a1": "a2"}


def test_where_nobody_knows_the_date_the_first_source_is_the_original() -> None:
    bodies = [body("2", None, STORY), body("1", None, UPDATED), body("3", "2021-01-01", STORY)]
    assert near_duplicates(bodies[:2]) == {"a2": "a1"}
    assert near_duplicates(bodies) == {"a1": "a3", "a2": "a3"}


def test_the_order_of_the_input_does_not_matter() -> None:
    bodies = [
        body("1", "2021-02-03", UPDATED),
        body("2", "2021-02-01", STORY),
        body("3", None, OTHER),
    ]
    results = [near_duplicates(order) for order in itertools.permutations(bodies)]
    assert all(result == results[0] for result in results)


@pytest.mark.parametrize("text", ["", "Subscribe now.", "one two three four five six"])
def test_short_texts_are_alike_by_chance_and_left_alone(text: str) -> None:
    assert near_duplicates([body("1", None, text), body("2", None, text)]) == {}
