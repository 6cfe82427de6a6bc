"""The README shows what was measured last."""

import pytest

from tests.bench.readme import render

MEASURED = (
    "| what | measured |\n| --- | ---: |\n| speed | 1.20 |\n\n| documents |\n| ---: |\n| 40 |\n"
)


def test_the_figures_stand_in_their_block_and_nowhere_else() -> None:
    readme = "# Speed\n\n<!-- bench -->\nof last year\n<!-- end -->\nMore.\n"
    shown = render(readme, MEASURED)
    assert shown == (
        "# Speed\n\n<!-- bench -->\n| what | measured |\n| --- | ---: |\n| speed | 1.20 |\n"
        "<!-- end -->\nMore.\n"
    )
    assert render(shown, MEASURED) == shown


def test_a_readme_without_the_block_is_an_error() -> None:
    with pytest.raises(ValueError, match="no block"):
        render("# Speed\n", MEASURED)
