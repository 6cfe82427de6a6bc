import pytest

from assets.progress import Progress, line


@pytest.mark.parametrize(
    ("done", "rejected", "share", "seconds", "says"),
    [
        (30, 0, 0.5, 10.0, "extracted: 30 documents, 3.0 a second, about 10 s left"),
        (1200, 2, 0.1, 60.0, "1,200 documents, 20.0 a second, about 9 min left, 2 rejected"),
        (10, 0, 0.001, 60.0, "about 17 h left"),
        (10, 0, 0.0, 5.0, "extracted: 10 documents, 2.0 a second"),
    ],
)
def test_a_line_says_how_far_how_fast_how_long_and_what_was_refused(
    done: int, rejected: int, share: float, seconds: float, says: str
) -> None:
    assert line("extracted", done, rejected, share, seconds).endswith(says)


def test_where_there_is_no_terminal_a_plain_line_comes_at_times(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.progress._EVERY", 0.0)
    progress = Progress("extracted")
    progress.add(8, 1, 0.5)
    progress.end()
    said = capsys.readouterr().err
    assert said.startswith("extracted: 8 documents")
    assert said.endswith("1 rejected\n")
