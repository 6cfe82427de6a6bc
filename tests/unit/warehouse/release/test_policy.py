"""The policy's file: its own figures, and what is wrong with another's."""

from pathlib import Path

import pytest

from warehouse.release import policy
from warehouse.release.errors import ReleaseError

GOOD = """
quote_chars = 300
quote_share = 0.25
article_share = 0.4
fact_words = 7
label_chars = 300
"""


def test_the_policy_of_the_repository_can_be_read() -> None:
    assert 0 < policy.read().quote_share <= policy.read().article_share < 1


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("quote_chars", "cannot be read"),
        ("quote_chars = 300", "“article_share” is missing"),
        (GOOD + "words = 3", "“words” is unknown"),
        (GOOD.replace("300", "0", 1), "“quote_chars” is 0; write a whole number above 0"),
        (GOOD.replace("0.25", "25"), "“quote_share” is 25; write a share, above 0 and up to 1"),
        (GOOD.replace("7", "7.5"), "“fact_words” is 7.5; write a whole number"),
        (GOOD.replace("7", "true"), "“fact_words” is True"),
        (GOOD.replace("0.25", "0.5"), "“quote_share” is more than “article_share”"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(tmp_path: Path, toml: str, says: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(toml)
    with pytest.raises(ReleaseError, match=says):
        policy.read(file)
