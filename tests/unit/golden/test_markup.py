"""The light markup of golden articles, and the places of the sidecar files."""

from pathlib import Path

import pytest

from tests.golden.documents import articles, five_texts
from tests.golden.markup import MarkupError, read_article, unmark
from tests.golden.records import Record, document
from tests.golden.sidecar import find

HEAD = "manner: wire\npublished: 2023-01-11 record\n===\n"
TEXT = (
    "“{1|Rain is late,}” {1s|Ines Caron} {1c|said} on {date=2023-01-09,1w|Monday}. “{1|Again.}”\n"
)
TAIL = "===\n1 direct Ines Caron #split-cue\n===\nPERSON Ines Caron = Caron\n"


def annotated(folder: Path, text: str = TEXT, tail: str = TAIL) -> Record:
    path = folder / "wire_rain.txt"
    path.write_text(HEAD + text + tail, encoding="utf-8")
    return document(read_article(path))


def test_marks_become_offsets_into_the_text_without_them(tmp_path: Path) -> None:
    record = annotated(tmp_path)
    text = record["text"]
    assert text == "“Rain is late,” Ines Caron said on Monday. “Again.”\n"
    (quote,) = record["quotes"]
    assert [part["text"] for part in quote["parts"]] == ["Rain is late,", "Again."]
    assert [quote[key]["text"] for key in ("speaker", "cue", "when")] == [
        "Ines Caron",
        "said",
        "Monday",
    ]
    assert quote["cases"] == ["split-cue"]
    assert [date["value"] for date in record["dates"]] == ["2023-01-09"]
    for part in [*quote["parts"], quote["speaker"], *record["dates"], *record["entities"]]:
        assert text[part["start"] : part["end"]] == part["text"]


def test_a_reported_clause_is_cut_at_the_marks_inside_it(tmp_path: Path) -> None:
    text = "{1s|She} {1c|said} {1|that it was “{1|rather late}” again}. Ines Caron left.\n"
    record = annotated(tmp_path, text, TAIL.replace("direct", "mixed"))
    (quote,) = record["quotes"]
    assert [part["text"] for part in quote["parts"]] == ["that it was", "rather late", "again"]
    assert [piece["text"] for piece in record["pieces"]] == ["rather late"]
    pronoun, name = record["entities"]
    assert (pronoun["form"], name["form"]) == ("pronoun", "name")
    assert pronoun["group"] == name["group"] == "Ines Caron"


def test_blocks_have_the_role_of_their_line_or_of_a_part_of_it() -> None:
    marked = unmark("title> Rain\n\n{block=dateline|OSLO –} Rain is late.\n", "rain")
    assert [(kind, marked.text[start:end]) for kind, start, end in marked.blocks] == [
        ("title", "Rain"),
        ("dateline", "OSLO –"),
        ("body", " Rain is late."),
    ]


@pytest.mark.parametrize(
    ("text", "tail", "says"),
    [
        ("“{1|Rain,” she said.\n", TAIL, "left open"),
        ("Rain}, Caron said.\n", TAIL, "closes nothing"),
        ("{1|Rain}, Ines Caron said.\n", TAIL, "is indirect by its marks"),
        ("“{1|Rain,}” said Ines Caron. “Snow,” said no one.\n", TAIL, "neither a quote"),
        ("“{1|Rain,}” {2s|Ines Caron} said.\n", TAIL, "quote 2 is marked and not described"),
        ("“Rain,” Ines Caron said.\n", TAIL, "quote 1 is described and not marked"),
        ("“{1|Rain,}” she said.\n", TAIL, "nowhere in the text"),
        ("“{1|Rain,}” Ines Caron said.\n", TAIL.replace("Ines Caron #", "Ada #"), "not among the"),
        ("“{1|Rain,}” Ines Caron {said|said}.\n", TAIL, "no such label"),
    ],
)
def test_what_contradicts_itself_is_refused(
    tmp_path: Path, text: str, tail: str, says: str
) -> None:
    with pytest.raises(MarkupError, match=says):
        annotated(tmp_path, text, tail)


def test_a_place_is_told_by_the_words_around_it() -> None:
    text = "Rain is late.\u00a0She said rain is no news, and left."
    assert find(text, "⟦Rain⟧ is late") == (0, 4)
    assert find(text, "said ⟦rain is … news⟧") == (23, 38)
    assert find(text, "late. ⟦She⟧") == (14, 17)


@pytest.mark.parametrize("place", ["⟦is⟧", "⟦snow⟧", "⟦Rain … snow⟧"])
def test_a_place_that_is_not_told_apart_is_refused(place: str) -> None:
    with pytest.raises(MarkupError, match="places read"):
        find("Rain is late. She said rain is no news.", place)


def test_there_are_enough_articles_of_every_manner_and_length() -> None:
    records = articles()
    assert len(records) >= 40
    manners = [record["manner"] for record in records]
    for manner in ("wire", "tabloid", "broadsheet", "blog", "interview", "press", "live"):
        assert manners.count(manner) >= 5, manner
    assert all(150 <= len(record["text"].split()) <= 500 for record in records)


def test_the_five_texts_are_annotated_as_they_lie_in_the_seeds() -> None:
    records = five_texts()
    texts = Path(__file__).parents[3] / "seeds" / "texts"
    assert [record["doc_id"] for record in records] == sorted(p.stem for p in texts.glob("*.txt"))
    assert all(record["quotes"] and record["names"] for record in records)
