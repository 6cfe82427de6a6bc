"""The drift gate: what moved too far stops the next release, unless it is said why."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.counterexamples.dataset import Dataset
from tests.unit.warehouse.release.published import NOVEMBER, folder_of, publish, release
from warehouse.release import drift, manifest
from warehouse.release.drift import Drift, Move, compare, read_limits
from warehouse.release.errors import ReleaseError
from warehouse.release.yank import yank

LIMITS = read_limits(drift.LIMITS.read_text())
MANY = 1000


def measures(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 (of several types)
    """What a release of a thousand articles measures."""
    said: dict[str, Any] = {
        "rows": {"articles": MANY, "quotes": 5 * MANY, "registry": MANY},
        "nulls": {"quotes.speaker_name": 0.2, "registry.country": 0.5},
        "mix": {"language": {"en": MANY}, "publisher": {"Post": 600, "Herald": 400}},
        "speakers_per_article": 2.0,
    }
    return said | changed


def beyond(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [str(move) for move in compare(before, after, LIMITS) if move.is_beyond]


def test_what_did_not_move_is_within_the_limits() -> None:
    assert beyond(measures(), measures()) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {"rows": {"articles": MANY, "quotes": 4000}},
            "rows of quotes: 5,000 → 4,000 (-20%, the limit is 10%)",
        ),
        (
            {"rows": {"articles": 3000, "quotes": 5000}},
            "rows of articles: 1,000 → 3,000 (+200%, the limit is 150%)",
        ),
        (
            {"nulls": {"quotes.speaker_name": 0.35}},
            "nulls in quotes.speaker_name: 0.200 → 0.350 (+15%, the limit is 10%)",
        ),
        (
            {"mix": {"language": {"en": 900, "fr": 100}}},
            "language mix (most of all “en”): 1 → 0.900 (+10%, the limit is 5%)",
        ),
        (
            {"mix": {"publisher": {"Post": 1000}}},
            "publisher mix (most of all “Herald”): 0.400 → 0 (+40%, the limit is 25%)",
        ),
        (
            {"speakers_per_article": 1.4},
            "speakers per article: 2 → 1.400 (-30%, the limit is 25%)",
        ),
    ],
)
def test_what_moved_too_far_is_named_from_what_to_what(changed: dict[str, Any], says: str) -> None:
    assert beyond(measures(), measures(**changed)) == [says]


def test_a_table_that_is_empty_now_is_far() -> None:
    (said,) = beyond(measures(), measures(rows={"articles": MANY, "quotes": 0}))
    assert said.startswith("rows of quotes: 5,000 → 0")
    assert beyond(measures(rows={"articles": MANY, "quotes": 0}), measures())


def test_a_handful_of_articles_is_not_judged() -> None:
    few = {"articles": 5, "quotes": 50, "registry": 0}
    before = measures(rows=few, mix={"language": {"en": 5}})
    after = measures(
        rows={"articles": 4, "quotes": 20},
        nulls={"quotes.speaker_name": 0.9},
        mix={"language": {"fr": 4}},
        speakers_per_article=0.2,
    )
    assert beyond(before, after) == []
    assert {move.limit for move in compare(before, after, LIMITS)} == {None}


def test_the_registry_only_grows_and_is_not_judged() -> None:
    after = measures(nulls={"registry.country": 1.0}, rows={"registry": 9 * MANY})
    assert beyond(measures(), after) == []


def moved(*moves: Move) -> Drift:
    return Drift("2026.11.0", {}, moves)


FAR = Move("rows of quotes", 5000, 4000, -0.2, 0.1)


@pytest.mark.parametrize("why", [None, "", " \n"])
def test_nobody_says_why(why: str | None) -> None:
    with pytest.raises(ReleaseError) as refused:
        moved(FAR).require(why)
    assert "further from release 2026.11.0 than drift.toml allows" in str(refused.value)
    assert "rows of quotes: 5,000 → 4,000 (-20%, the limit is 10%)" in str(refused.value)
    assert "release with --accept" in str(refused.value)


def test_somebody_says_why() -> None:
    taken = moved(FAR).require("Letters to\nthe editor left out.")
    assert taken.accepted == "Letters to the editor left out."
    assert taken.dump()["beyond"] == ["rows of quotes"]
    assert "taken because: Letters to the editor" in taken.told()[0]


def test_a_reason_for_nothing_is_not_kept() -> None:
    still = moved(Move("rows of quotes", 5000, 4900, -0.02, 0.1))
    assert still.require("just so").accepted is None
    assert still.told() == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[rows]", "[row]", "rows"),
        ("fewer = 0.10", "fewer = -1", "rows.fewer is less than 0"),
        ("fewer = 0.10", 'fewer = "a"', "cannot be used"),
        ("[rows]", "[rows", "cannot be used"),
    ],
)
def test_limits_that_cannot_be_used_are_named(old: str, new: str, says: str) -> None:
    with pytest.raises(ReleaseError, match=rf"drift\.toml cannot be used.*{says}|{says}"):
        read_limits(drift.LIMITS.read_text().replace(old, new))


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that judge six quotes, too."""
    text = drift.LIMITS.read_text()
    for number in (50, 200):
        text = text.replace(f"at_least = {number}", "at_least = 1")
    monkeypatch.setattr(drift, "read_limits", lambda _: read_limits(text))


def without_a_quote(dataset: Dataset) -> None:
    boat = dataset["quotes", "boat"]["quote_id"]
    for table in ("quotes", "quote_spans"):
        rows = dataset.tables[table]
        dataset.tables[table] = [row for row in rows if row["quote_id"] != boat]


@pytest.mark.slow
def test_the_first_release_says_that_there_was_none_before(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    folder = folder_of(release(tmp_path))
    said = json.loads((folder / drift.FILE).read_text())
    assert said["compared_with"] is None
    assert said["note"] == "There was no good release before this one."
    assert said["measures"]["rows"]["quotes"] == 6
    assert said["measures"]["speakers_per_article"] == 1.0
    assert manifest.read(folder)["drift"] == {
        "compared_with": None,
        "beyond": [],
        "accepted": None,
    }


@pytest.mark.slow
@pytest.mark.usefixtures("strict")
def test_a_release_that_moved_too_far_is_not_made_unless_it_is_said_why(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    release(tmp_path)
    publish(tmp_path, "one", edit=without_a_quote)
    dry = release(tmp_path, dry_run=True)
    assert dry.moved is not None
    assert [move.what for move in dry.moved.beyond] == [
        "rows of quotes",
        "ids of quotes that live on",
    ]
    with pytest.raises(ReleaseError, match="ids of quotes that live on: 6 → 5"):
        release(tmp_path)
    folder = folder_of(release(tmp_path, accept="It was no quote."))
    assert manifest.read(folder)["drift"]["accepted"] == "It was no quote."
    assert json.loads((folder / drift.FILE).read_text())["accepted"] == "It was no quote."
    told = (folder / "CHANGELOG.md").read_text()
    assert "taken because: It was no quote." in told
    assert "- rows of quotes: 6 → 5 (-17%, the limit is 10%)" in told


@pytest.mark.slow
@pytest.mark.usefixtures("strict")
def test_a_yanked_release_is_no_measure(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    release(tmp_path)
    publish(tmp_path, "one", edit=without_a_quote)
    release(tmp_path, accept="so it seems")
    yank(tmp_path / "releases", "2026.11.1", "A quote is missing.", NOVEMBER)
    publish(tmp_path, "one")
    made = release(tmp_path)
    assert made.moved is not None
    assert made.moved.previous == "2026.11.0"


@pytest.mark.slow
def test_a_release_of_an_older_schema_is_compared_in_what_it_has(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    folder = folder_of(release(tmp_path))
    (folder / drift.FILE).unlink()
    schema = json.loads((folder / "schema.json").read_text())
    schema["tables"] = [table for table in schema["tables"] if table["name"] != "withdrawn"]
    for table in schema["tables"]:
        table["columns"] = [c for c in table["columns"] if c["name"] not in ("ids", "language")]
    (folder / "schema.json").write_text(json.dumps(schema))
    found = drift.drift(tmp_path / "tables", folder)
    assert set(found.not_compared) >= {
        "rows of withdrawn: the last release has it not",
        "nulls of entities.ids: the last release has it not",
        "mix of language: the last release has it not",
    }
    assert found.beyond == ()


@pytest.mark.slow
def test_of_two_articles_nothing_is_judged(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    folder = folder_of(release(tmp_path))
    kept = json.loads((folder / drift.FILE).read_text())
    kept["measures"]["rows"]["quotes"] = 900
    (folder / drift.FILE).write_text(json.dumps(kept))
    found = drift.drift(tmp_path / "tables", folder)
    (quotes,) = (move for move in found.moves if move.what == "rows of quotes")
    assert (quotes.before, quotes.after, quotes.limit) == (900, 6, None)
    assert found.beyond == ()
