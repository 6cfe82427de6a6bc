"""What a row's version stands for: the code that this process runs, and no other."""

import pytest

from pipelines import versions
from pipelines.versions import EditedError, extractor_version, require_as_loaded

EDITED = versions._ROOM / "dates" / "finder.py"


def test_code_that_nobody_edited_is_as_it_was_loaded() -> None:
    require_as_loaded()


@pytest.mark.parametrize("stamp", [(1, 1), None])
def test_an_edit_is_found_and_named(
    stamp: tuple[int, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if stamp:
        monkeypatch.setitem(versions._STAMPS, EDITED, stamp)
    else:  # it came since
        monkeypatch.delitem(versions._STAMPS, EDITED)
    with pytest.raises(EditedError, match=r"pipelines/dates/finder\.py was edited"):
        require_as_loaded()


def test_a_file_that_went_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(versions._STAMPS, versions._ROOM / "gone.py", (1, 1))
    with pytest.raises(EditedError, match=r"pipelines/gone\.py"):
        require_as_loaded()


def test_the_version_is_that_of_the_code_as_it_was_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: extractor_version.__wrapped__(name, "model") for name in versions._BUILDS_ON}
    monkeypatch.setitem(versions._LOADED, EDITED, b"another version")
    after = {name: extractor_version.__wrapped__(name, "model") for name in versions._BUILDS_ON}
    assert {name for name in before if before[name] != after[name]} == {"dates", "quotes"}


def test_what_is_decided_across_articles_extracts_nothing_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    linking = versions._ROOM / "entities" / "across" / "link.py"
    before = versions.rows_version.__wrapped__(versions.DEFAULT_MODEL)
    of_rows = versions.across_version.__wrapped__("0123456789ab")
    monkeypatch.setitem(versions._LOADED, linking, b"another version")
    versions.extractor_version.cache_clear()
    assert versions.rows_version.__wrapped__(versions.DEFAULT_MODEL) == before
    assert versions.across_version.__wrapped__("0123456789ab") != of_rows
