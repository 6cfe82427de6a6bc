"""Cutting a text into the lines that are judged."""

from pipelines.articles.lines import cut_lines


def _texts(text: str) -> list[str]:
    return [line.text for line in cut_lines(text)]


def test_a_page_is_judged_line_by_line() -> None:
    text = (
        "Home\n* News\n* Sport\n\nA long line of running text that ends as sentences do.\nShare\n"
    )
    assert _texts(text) == [
        "Home",
        "* News",
        "* Sport",
        "A long line of running text that ends as sentences do.",
        "Share",
    ]


def test_a_paragraph_broken_at_a_fixed_width_is_one_line() -> None:
    text = (
        "The harbour of Vessby was closed on Tuesday after two\n"
        "ferries collided in thick fog, the coast guard said, and\n"
        "thirty passengers were taken to a hospital in the town.\n"
        "\n"
        "Nobody was badly hurt, according to the hospital, though\n"
        "one woman was kept overnight. The port will open again\n"
        "when divers have looked at both hulls, officials said.\n"
    )
    assert [line.split()[0] for line in _texts(text)] == ["The", "Nobody"]


def test_a_line_per_paragraph_stays_a_line_per_paragraph() -> None:
    text = (
        "The harbour was closed on Tuesday after two ferries collided in thick fog.\n"
        "Nobody was badly hurt, according to the hospital in the town of Vessby.\n"
        "The port will open again when divers have looked at both of the hulls.\n"
    )
    assert len(cut_lines(text)) == 3


def test_a_glued_stamp_is_cut_between_date_and_clock() -> None:
    stamp, clock = cut_lines("Feb. 3, 202104:15")
    assert (stamp.text, stamp.is_stamp) == ("Feb. 3, 2021", True)
    assert (clock.text, clock.is_clock) == ("04:15", True)


def test_offsets_are_those_of_the_text() -> None:
    text = "\n\n  Title \u00a0\n\n\tBody text here. \n"
    assert [text[line.start : line.end] for line in cut_lines(text)] == _texts(text)


def test_white_space_alone_has_no_lines() -> None:
    assert cut_lines(" \n\n\t ") == []


def test_an_indented_line_opens_a_paragraph_of_a_broken_text() -> None:
    text = (
        "   The harbour of Vessby was closed on Tuesday after two\n"
        "ferries collided in thick fog, and thirty passengers were\n"
        "taken to a hospital in the town, the coast guard said.\n"
        "   Nobody was badly hurt, according to the hospital, where\n"
        "one woman was kept overnight. The port will open again\n"
        "when divers have looked at both hulls, officials said.\n"
    )
    assert [line.split()[0] for line in _texts(text)] == ["The", "Nobody"]


def test_a_mark_is_told_from_the_words_after_it() -> None:
    marked = cut_lines("* Home\n# Fog closes harbour\n1. Sport\n- one\nplain")
    assert [(line.mark.strip(), line.content) for line in marked] == [
        ("*", "Home"),
        ("#", "Fog closes harbour"),
        ("1.", "Sport"),
        ("-", "one"),
        ("", "plain"),
    ]
