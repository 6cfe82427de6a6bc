"""The language of a text: told from few letters only where they are of a script of its own."""

import pytest

from pipelines.articles.languages import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The harbour stays closed until divers have looked at both hulls, the master said. "
            * 2,
            "en",
        ),
        ("Der Hafen bleibt geschlossen, bis Taucher beide Schiffe untersucht haben. " * 2, "de"),
        ("The harbour stays closed.", None),
        ("市长周一表示，港口将至少关闭两周，因为检查人员发现东墙严重损坏。我们不能冒险。", "zh"),
        ("Порт закрыт на две недели, сообщила мэр города", "ru"),
        ("港口关闭", None),
        ("", None),
    ],
)
def test_detect_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language
