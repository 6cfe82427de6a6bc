"""Which words stand inside quotation marks, whatever the marks and however many are missing."""

import pytest

from pipelines.quotes.marks import find_quotations


def quoted(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in find_quotations(text, [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"We sail at dawn," said Oriel.', ["We sail at dawn,"], id="straight"),
        pytest.param("“We sail at dawn,” said Oriel.", ["We sail at dawn,"], id="curly"),
        pytest.param('"It’s gone,” she said.', ["It’s gone,"], id="straight opens, curly closes"),
        pytest.param("”We sail,” he said.", ["We sail,"], id="two closing marks"),
        pytest.param("„We sail“, he said.", ["We sail"], id="low opening mark"),
        pytest.param("«We sail», he said.", ["We sail"], id="guillemets"),
        pytest.param("''We sail,'' he said.", ["We sail,"], id="doubled apostrophes"),
        pytest.param("``We sail,'' he said.", ["We sail,"], id="typewriter marks"),
        pytest.param('He wrote,"Go home."', ["Go home."], id="no blank before the mark"),
    ],
)
def test_reads_every_sort_of_mark(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“They shouted “Stop” and ran,” said Ines Falk.",
            ["They shouted “Stop” and ran,"],
            id="same marks",
        ),
        pytest.param(
            "“They shouted ‘Stop’ and ran,” said Ines Falk.",
            ["They shouted ‘Stop’ and ran,"],
            id="other marks",
        ),
        pytest.param(
            '"They shouted "Stop" and ran", said Ines Falk.',
            ['They shouted "Stop" and ran'],
            id="straight in straight",
        ),
        pytest.param("“‘Stop,’ they said.”", ["‘Stop,’ they said."], id="at the very start"),
    ],
)
def test_a_quotation_in_a_quotation_is_part_of_it(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "‘We can’t stop,’ said the ferry’s cook.", ["We can’t stop,"], id="contraction"
        ),
        pytest.param(
            "‘The dockers’ pay is late,’ said Jo’s wife.",
            ["The dockers’ pay is late,"],
            id="plural",
        ),
        pytest.param("the boys' club and the girls' club", [], id="possessives only"),
        pytest.param("rock 'n' roll of the '60s, 'til dawn", [], id="letters left out"),
        pytest.param("Mayor: 'We will rebuild'", ["We will rebuild"], id="headline"),
    ],
)
def test_single_marks_are_told_from_apostrophes(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    ["He is 6'2\" tall.", 'a 12" pipe and a 9" pipe', "at 45° 30' 15\" north", "a 5' fence"],
)
def test_feet_inches_and_minutes_quote_nothing(text: str) -> None:
    assert quoted(text) == []


def test_a_quotation_reopened_in_the_next_paragraph_goes_on() -> None:
    text = "“We left.\n\n“We never came back,” Falk said."
    first, second = find_quotations(text, [(0, len(text))])
    assert not first.continues
    assert second.continues
    assert text[first.inner_start : first.inner_end] == "We left."


def test_a_quotation_closed_in_the_next_paragraph_goes_on() -> None:
    text = "“We left.\n\nWe never came back,” Falk said."
    assert quoted(text) == ["We left.", "We never came back,"]


def test_an_odd_mark_costs_only_its_own_paragraph() -> None:
    text = 'The pipe is 3 " wide and "long.\n\n“Fine,” Falk said.'
    assert quoted(text)[-1] == "Fine,"


def test_quotations_stay_inside_their_stretch() -> None:
    text = "“One” and “two”"
    assert [q.start for q in find_quotations(text, [(0, 5), (10, 15)])] == [0, 10]


def test_many_marks_take_time_in_proportion() -> None:
    assert len(find_quotations("“a " * 20000, [(0, 60000)])) <= 1
