import itertools
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pipelines.articles.across import near_duplicates as module
from pipelines.articles.across.near_duplicates_candidates import NEIGHBOURS, candidates
from pipelines.articles.across.near_duplicates_verdicts import JUDGED, NONE, Verdicts
from pipelines.articles.near_duplicates_text import (
    N_MINIMA,
    covered,
    facts_exchanged,
    packed,
    replaced,
    signature,
    unpacked,
    wording,
)
from warehouse.kept import KeptTables

STORY = (
    "The ferry company said on Monday that it would stop its night service to the outer islands "
    "because too few people use it in winter. Islanders protested at the harbour and asked the "
    "county to pay for the boats, as it did before the cuts of last year. The county's transport "
    "committee meets on Thursday and may decide to keep one crossing a day until the spring. The "
    "company carried 61,000 passengers at night last year, said its head, Tor Bakken."
)
UPDATED = STORY.replace("until the spring", "until Easter") + " A spokesman gave no figures."
CUT = ". ".join(STORY.split(". ")[:2]) + "."
OTHER = (
    "Bakers in the old town sold out of almond cakes by noon as thousands came for the annual "
    "procession, which had been cancelled twice because of storms. The police counted nine "
    "thousand visitors, more than ever before, and closed the bridge to cars for three hours."
)
FORECAST = (
    "The weather for {place}: clouds in the morning with highs of {high} degrees and gusts of up "
    "to {gusts} kilometres an hour near {coast}. It stays dry at night with lows of {low} degrees. "
    "Tomorrow the sun comes out around {town}, and the chance of rain falls to {rain} percent."
)


@dataclass(frozen=True)
class Body:
    """What near-duplicates are told by; the source is named like the article."""

    article_id: str
    published: str | None
    text: str
    published_at: str | None


def body(key: str, published: str | None, text: str, at: str | None = None) -> Body:
    return Body(f"a{key}", published, text, at)


def table(bodies: Sequence[Body]) -> pa.Table:
    """What near-duplicates are told by; a body's digest stands for its document's."""
    columns: dict[str, pa.Array[Any]] = {
        "article_id": pa.array([b.article_id for b in bodies], pa.string()),
        "source_id": pa.array([f"{b.article_id[1:]}.txt" for b in bodies], pa.string()),
        "published_edtf": pa.array([b.published for b in bodies], pa.string()),
        "published_at": pa.array([b.published_at for b in bodies], pa.string()),
        "signature": pa.array([signature(b.text) or None for b in bodies], pa.binary(512)),
        module.DIGEST: pa.array([md5(repr(b).encode()).digest() for b in bodies], pa.binary(16)),
    }
    return pa.table(columns)


def judged(
    bodies: Sequence[Body], before: Verdicts = NONE, asked: list[str] | None = None
) -> tuple[dict[str, str], Verdicts]:
    """What is found, what is kept of pairs, and in `asked` the bodies that were read."""
    text_of = {b.article_id: b.text for b in bodies}

    def read(ids: Collection[str]) -> list[tuple[str, str]]:
        if asked is not None:
            asked.extend(ids)
        return [(key, text_of[key]) for key in sorted(ids, reverse=True)]

    return module.near_duplicates(table(bodies), read, before)


def near_duplicates(bodies: Sequence[Body], asked: list[str] | None = None) -> dict[str, str]:
    """What is found where no pair was judged before."""
    first, _ = judged(bodies, asked=asked)
    return first


def test_a_near_duplicate_points_at_the_earliest_published() -> None:
    bodies = [body("1", "2021-02-03", UPDATED), body("2", "2021-02-01", STORY)]
    assert near_duplicates([*bodies, body("3", "2021-02-02", OTHER)]) == {"a1": "a2"}


def test_a_cut_version_is_one_of_its_story_whichever_came_first() -> None:
    assert near_duplicates([body("1", "2021-02-01", STORY), body("2", "2021-02-02", CUT)]) == {
        "a2": "a1"
    }
    assert near_duplicates([body("1", "2021-02-02", STORY), body("2", "2021-02-01", CUT)]) == {
        "a1": "a2"
    }


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param(("2021-02-01", None), ("2021-02-02", None), id="days"),
        pytest.param(("2021-02-01", None), (None, None), id="a day before none"),
        pytest.param(("2021-02-01", None), ("2021-02", None), id="a day before its month"),
        pytest.param(("2020", None), ("2021-02-01", None), id="a year before a later day"),
        pytest.param(("2021-02-01", None), ("XXXX-01-01", None), id="a day before one of no year"),
        pytest.param(
            ("2021-02-01", "2021-02-01T09:00:00+02:00"),
            ("2021-02-01", "2021-02-01T08:00:00+00:00"),
            id="moments of one day",
        ),
        pytest.param(
            ("2021-02-01", "2021-02-01T23:00:00+00:00"),
            ("2021-02-01", None),
            id="a moment before the day alone",
        ),
    ],
)
def test_what_is_known_of_the_time_tells_the_earliest(
    earlier: tuple[str | None, str | None], later: tuple[str | None, str | None]
) -> None:
    bodies = [body("1", later[0], STORY, later[1]), body("2", earlier[0], UPDATED, earlier[1])]
    assert near_duplicates(bodies) == {"a1": "a2"}


def test_where_nobody_knows_the_date_the_first_source_is_the_original() -> None:
    bodies = [body("2", None, STORY), body("1", None, UPDATED), body("3", "2021-01-01", STORY)]
    assert near_duplicates(bodies[:2]) == {"a2": "a1"}
    assert near_duplicates(bodies) == {"a1": "a3", "a2": "a3"}


def test_the_order_of_the_input_does_not_matter() -> None:
    bodies = [
        body("1", "2021-02-03", UPDATED),
        body("2", "2021-02-01", STORY),
        body("3", None, OTHER),
        body("4", "2021-02-01", CUT),
    ]
    results = [near_duplicates(order) for order in itertools.permutations(bodies)]
    assert all(result == results[0] for result in results)


@pytest.mark.parametrize("text", ["", "Subscribe now.", "one two three four five six"])
def test_short_texts_are_alike_by_chance_and_left_alone(text: str) -> None:
    assert near_duplicates([body("1", None, text), body("2", None, text)]) == {}


def test_the_same_words_with_other_facts_are_another_story() -> None:
    facts = {"place": "Tellwick", "coast": "Penhallow", "town": "Carrow"}
    first = FORECAST.format(**facts, high=12, gusts=55, low=4, rain=20)
    facts = {"place": "Larkmoor", "coast": "Inverlea", "town": "Oxley"}
    second = FORECAST.format(**facts, high=21, gusts=70, low=9, rain=35)
    assert near_duplicates([body("1", None, first), body("2", None, second)]) == {}
    corrected = first.replace("12", "13")
    assert near_duplicates([body("1", None, first), body("2", None, corrected)]) == {"a2": "a1"}


def test_a_round_up_tells_none_of_its_stories() -> None:
    items = [f"In {place} {' '.join(words)}." for place, words in ITEMS.items()]
    round_up = "\n\n".join([STORY, *items])
    assert near_duplicates([body("1", None, STORY), body("2", None, round_up)]) == {}


def _words(seed: int, number: int) -> list[str]:
    draw = random.Random(seed)
    return ["".join(draw.choices("aeioulmnrst", k=6)) for _ in range(number)]


ITEMS = {place: _words(n, 90) for n, place in enumerate(("Carrow", "Oxley", "Hollin"), start=50)}


def _chain() -> list[Body]:
    """Each is like the one before, the last has no word of the first."""
    words = _words(1, 400)
    chain = [" ".join(words[start : start + 100]) for start in range(0, 301, 20)]
    return [body(f"{n:02}", f"2021-02-{n + 1:02}", text) for n, text in enumerate(chain)]


def test_a_chain_of_versions_does_not_lead_to_another_story() -> None:
    versions = _chain()
    first = near_duplicates(versions)
    assert first["a01"] == first["a02"] == first["a03"] == "a00"
    assert first.get("a15") != "a00"
    for one, original in first.items():
        assert int(one[1:]) - int(original[1:]) <= 3
        assert original not in first


def test_thousands_of_one_story_lead_to_the_first() -> None:
    """More than are looked at: the nearest before lead there."""
    draw = random.Random(2)
    story = _words(3, 120)
    texts = [" ".join(w for w in story if draw.random() > 0.02) for _ in range(5 * NEIGHBOURS)]
    versions = [body(f"{n:03}", None, text) for n, text in enumerate(texts)]
    assert set(near_duplicates(versions).values()) == {"a000"}
    assert len(near_duplicates(versions)) == len(versions) - 1


def test_of_many_copies_each_heavily_edited_one_is_found() -> None:
    """Every one has other words changed, and is less like the others than like the first."""
    draw = random.Random(4)
    story, pool = _words(5, 200), _words(6, 500)
    texts = [[w if draw.random() > 0.12 else draw.choice(pool) for w in story] for _ in range(40)]
    versions = [body(f"{n:03}", None, " ".join(text)) for n, text in enumerate([story, *texts])]
    assert near_duplicates(versions) == {f"a{n:03}": "a000" for n in range(1, 41)}


def test_two_articles_around_one_long_statement_are_two() -> None:
    statement = " ".join(_words(7, 60))
    first, second = (" ".join(_words(n, 20)) for n in (8, 9))
    third, fourth = (" ".join(_words(n, 20)) for n in (10, 11))
    one = body("1", None, f"{first} {statement} {second}")
    assert near_duplicates([one, body("2", None, f"{third} {statement} {fourth}")]) == {}


def test_candidates_are_told_by_the_signatures_alone() -> None:
    signatures = b"".join(map(signature, (STORY, OTHER, UPDATED, CUT)))
    minima = np.frombuffer(signatures, "<u4").reshape(-1, N_MINIMA)
    assert list(candidates(minima)) == [(2, [0]), (3, [0, 2])]
    assert list(candidates(minima[:0])) == []
    unlike = np.arange(2 * N_MINIMA, dtype="<u4").reshape(2, N_MINIMA)
    unlike[1, 0] = unlike[0, 0]
    assert list(candidates(unlike)) == [], "one minimum in common is no likeness"


def test_only_what_may_be_alike_is_read() -> None:
    asked: list[str] = []
    texts = (STORY, "Too short.", OTHER, UPDATED)
    near_duplicates([body(f"{n}", None, text) for n, text in enumerate(texts)], asked)
    assert asked == ["a0", "a3"]


def test_articles_in_pieces_that_begin_anywhere_are_the_same_articles() -> None:
    rows = [body(f"{n}", None, text) for n, text in enumerate((CUT, "Short.", STORY, OTHER))]
    assert near_duplicates(rows) == {"a2": "a0"}
    whole = table(rows)
    cut = pa.concat_tables([whole.slice(3), whole.slice(1, 2), whole.slice(0, 1)])
    texts = {b.article_id: b.text for b in rows}
    first, _ = module.near_duplicates(cut, lambda ids: [(i, texts[i]) for i in ids])
    assert first == {"a2": "a0"}


def test_a_pair_is_judged_once() -> None:
    bodies = [body("1", "2021-02-01", STORY), body("2", "2021-02-02", UPDATED)]
    first, kept = judged(bodies)
    asked: list[str] = []
    assert judged(bodies, kept, asked)[0] == first
    assert asked == []
    bodies.append(body("3", "2021-02-03", CUT))
    now, _ = judged(bodies, kept, asked)
    assert now == {"a2": "a1", "a3": "a1"} == near_duplicates(bodies)


def test_bodies_that_are_others_are_judged_anew() -> None:
    facts = {"place": "Tellwick", "coast": "Penhallow", "town": "Carrow"}
    first = FORECAST.format(**facts, high=12, gusts=55, low=4, rain=20)
    before = [body("1", None, first), body("2", None, first.replace("12", "13"))]
    same, kept = judged(before)
    assert same == {"a2": "a1"}
    facts = {"place": "Larkmoor", "coast": "Inverlea", "town": "Oxley"}
    now = [before[0], body("2", None, FORECAST.format(**facts, high=21, gusts=70, low=9, rain=35))]
    assert judged(now, kept)[0] == near_duplicates(now) == {}


def test_where_the_earliest_goes_its_chain_is_led_anew() -> None:
    """Its bodies are read again, all at once, for whether they are akin to those that lead now."""
    versions = _chain()
    _, kept = judged(versions)
    for n_gone in (1, 2, 5):
        asked: list[str] = []
        now, _ = judged(versions[n_gone:], kept, asked)
        assert now == near_duplicates(versions[n_gone:])
        assert len(asked) == len(set(asked)) > 0


def _versions(draw: random.Random) -> list[Body]:
    """Stories in chains of versions, some cut, some with a site's lines; many on one day."""
    site = _words(9, 40)
    found: list[Body] = []
    for story in range(draw.randint(2, 5)):
        words = _words(100 + story, 300)
        for _ in range(draw.randint(1, 14)):
            start = draw.choice([0, 10, 20, 40, 60, 90])
            some = words[start : start + draw.choice([60, 90, 120])]
            lost = draw.choice([0, 0.02, 0.1])
            text = [w if draw.random() > lost else draw.choice(site) for w in some]
            text += site * draw.randint(0, 1)
            day = draw.choice([None, f"2021-02-{draw.randint(1, 9):02}"])
            found.append(body(f"{len(found):03}", day, " ".join(text)))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_what_is_kept_changes_nothing_whatever_came_and_went(seed: int, tmp_path: Path) -> None:
    draw, keeper = random.Random(seed), KeptTables(tmp_path, "a version")
    versions = _versions(draw)
    changed = versions
    for _ in range(5):
        some = draw.sample(changed, draw.randint(len(changed) // 2, len(changed)))
        now, kept = judged(some, Verdicts.from_tables(keeper.read(JUDGED)))
        keeper.write(JUDGED, [kept.to_table()])
        alone, of_now = judged(some)
        assert now == alone
        assert kept.to_table() == of_now.to_table(), "no more is kept than is asked for"
        others = {b.article_id: b for b in _versions(draw)}
        changed = [b if draw.random() < 0.8 else others.get(b.article_id, b) for b in versions]


def test_a_signature_is_of_the_words_alone() -> None:
    assert signature(STORY) == signature(STORY.upper().replace(" ", "\n")) != signature(OTHER)
    assert len(signature(STORY)) == 512
    # Kept with an article, it must be the same on every machine and in every version.
    assert signature(STORY)[:8].hex() == "db880c03cd077d02"
    assert signature("A short text.") == b""


def test_what_of_a_text_another_covers() -> None:
    whole, part, other = wording(STORY), wording(CUT), wording(OTHER)
    assert whole
    assert part
    assert other
    assert covered(part, whole).all()
    assert 0.5 < covered(whole, part).mean() < 0.7
    assert not covered(other, whole).any()
    assert not replaced(covered(part, whole)).any()
    nothing = covered(other, whole)
    assert facts_exchanged(other, nothing, replaced(nothing)) == 0


def test_a_wording_comes_back_from_its_bytes() -> None:
    found = wording(STORY)
    assert found is not None
    again = unpacked(packed(found))
    assert (again.words == found.words).all()
    assert (again.shingles == found.shingles).all()
    assert (again.is_fact == found.is_fact).all()
