from xml.etree import ElementTree

import pytest

from tests.bench.plot import log_log


def test_a_line_is_drawn_through_its_points_from_left_to_right_and_up() -> None:
    svg = log_log({"build & check": [(1_000, 0.5), (10_000, 5.0)]}, "documents", "seconds")
    root = ElementTree.fromstring(svg)
    dots = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in root if "circle" in c.tag]
    (left, low), (right, high) = dots
    assert left < right
    assert low > high
    assert "build & check" in [node.text for node in root]


def test_nothing_that_is_not_positive_has_a_place() -> None:
    with pytest.raises(ValueError, match="logarithmic"):
        log_log({"zero": [(1, 0.0)]}, "documents", "seconds")
