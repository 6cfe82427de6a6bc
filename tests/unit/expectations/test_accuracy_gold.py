"""Gold files: what is read, what is refused and how the refusal reads."""

import json
from pathlib import Path
from typing import Any

import pytest

from expectations.accuracy import Gold, GoldError, gold_documents, read_gold
from expectations.accuracy.gold import GoldDate, GoldEntity, GoldMetadata, GoldQuote

TEXT = "“Rain is late,” Ines Caron said on Monday."
DOCUMENT: dict[str, Any] = {"doc_id": "wire/7", "text": TEXT}


def gold_file(folder: Path, *documents: dict[str, Any]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(document) for document in documents), encoding="utf-8")
    return path


def read_one(folder: Path, **layers: Any) -> Gold:  # noqa: ANN401 - any JSON
    (document,) = read_gold(gold_file(folder, DOCUMENT | layers))
    return document


def test_a_layer_that_is_absent_is_not_the_same_as_an_empty_one(tmp_path: Path) -> None:
    document = read_one(tmp_path, dates=[])
    assert document.dates == ()
    assert document.quotes is None


def test_a_quote_with_parts_is_its_parts(tmp_path: Path) -> None:
    quote = {
        "start": 1,
        "end": 41,
        "parts": [{"start": 1, "end": 5}, {"start": 35, "end": 41}],
        "type": "mixed",
        "speaker": {"start": 16, "end": 26, "canonical": "Ines Caron"},
        "reporting": False,
    }
    assert read_one(tmp_path, quotes=[quote]).quotes == (
        GoldQuote("mixed", ((1, 5), (35, 41)), ((16, 26),), "Ines Caron", is_reporting=False),
    )


def test_a_speaker_outside_the_text_has_a_name_and_no_mention(tmp_path: Path) -> None:
    quote = {"start": 1, "end": 13, "type": "direct", "speaker": None, "span_kind": "statement"}
    document = read_one(tmp_path, quotes=[quote | {"speaker_canonical": "Ines Caron"}])
    assert document.quotes == (
        GoldQuote("direct", ((1, 13),), (), "Ines Caron", is_statement=True),
    )
    assert document.has_statements


def test_entities_are_the_mentions_of_persons_bodies_and_places(tmp_path: Path) -> None:
    entities = [
        {"start": 16, "end": 26, "label": "person", "mention": "NAM"},
        {"start": 1, "end": 5, "label": "event"},
        {"start": 16, "end": 20, "label": "person", "named": False},
        {"start": 21, "end": 26, "label": "PERSON", "mention": "PRO"},
        {"start": 35, "end": 41, "label": None, "mention": None},
    ]
    assert read_one(tmp_path, entities=entities).entities == (
        GoldEntity((16, 26), "PER"),
        GoldEntity((16, 20), "PER", is_name=False),
        GoldEntity((21, 26), "PER", is_name=False),
    )


@pytest.mark.parametrize(
    ("fields", "group", "link"),
    [
        ({"group": "4", "link": "Ines_Caron", "canonical": "Caron"}, "4", "Ines_Caron"),
        ({"link": "Ines_Caron", "canonical": "Caron"}, "Ines_Caron", "Ines_Caron"),
        ({"canonical": "Caron"}, "Caron", None),
        ({}, None, None),
    ],
)
def test_mentions_of_one_thing_share_a_group(
    tmp_path: Path, fields: dict[str, str], group: str | None, link: str | None
) -> None:
    entity = {"start": 16, "end": 26, "label": "person"} | fields
    assert read_one(tmp_path, entities=[entity]).entities == (
        GoldEntity((16, 26), "PER", group, link),
    )


def test_a_byline_of_several_is_several_authors(tmp_path: Path) -> None:
    known = {"authors": ["Ada Bloom, Cem Aksoy and Uma Reyes"], "date": "2021-03-04T09:00:00Z"}
    assert read_one(tmp_path, gold=known).metadata == GoldMetadata(
        title=None,
        authors=("Ada Bloom", "Cem Aksoy", "Uma Reyes"),
        published="2021-03-04",
        body=None,
        body_includes=(),
        body_excludes=(),
    )


def test_only_the_source_tells_that_calendar_dates_alone_were_marked(tmp_path: Path) -> None:
    dates = [{"start": 35, "end": 41, "value": "2021-03-01"}]
    document = read_one(tmp_path, source="GUM v11", dates=dates)
    assert document.dates == (GoldDate((35, 41), "2021-03-01"),)
    assert document.has_calendar_dates_only


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object; give one JSON object a line"),
        ('{"text": "Rain."}', "give doc_id as a string that is not empty"),
        ('{"doc_id": "b", "text": ""}', "give text as a string that is not empty"),
        ('{"doc_id": "b", "text": 5}', "give text as a string"),
        ('{"doc_id": "b", "text": "Rain.", "dates": 3}', "give dates as a list of objects"),
        (
            '{"doc_id": "b", "text": "Rain.", "dates": [{"start": 2, "end": 6}]}',
            "dates[0]: give start and end as code points into the text, 0 <= start < end <= 5",
        ),
        (
            '{"doc_id": "b", "text": "Rain.", "quotes": [{"start": 0, "end": 4, "type": "x"}]}',
            "quotes[0]: give type as one of direct, mixed, indirect",
        ),
        (
            '{"doc_id": "b", "text": "Rain.", "pieces": [{"start": 0, "end": 4, "mention": [4]}]}',
            "pieces[0]: give mention as code points",
        ),
        ('{"doc_id": "a", "text": "Rain."}', "doc_id 'a' again; give each document its own"),
    ],
)
def test_a_bad_line_is_named_with_its_remedy(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc_id": "a", "text": "Snow."}\n\n' + line, encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        read_gold(path)
    assert str(caught.value).startswith(f"{path}:3")
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("content", "complaint"), [(b"\n \n", "holds no document"), (b'"\xff"', "save it as UTF-8")]
)
def test_a_file_without_documents_is_refused(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldError, match=complaint):
        read_gold(path)


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc_id": "a", "text": "Rain.\u2028Snow."}\n', encoding="utf-8")
    assert [document.text for document in read_gold(path)] == ["Rain.\u2028Snow."]


def test_the_build_is_told_the_day_only_where_it_is_not_asked_for_it(tmp_path: Path) -> None:
    path = gold_file(
        tmp_path,
        {"doc_id": "a", "text": "Rain.", "published": "2021-03-04T10:00:00"},
        {"doc_id": "b", "text": "Snow.", "published": None},
        {"doc_id": "c", "text": "Hail.", "published": "2021-03-04", "gold": {"title": "Hail"}},
        {"doc_id": "d", "text": "Ice.", "gold": {"published": "2021-03-04"}},
    )
    assert gold_documents(read_gold(path)) == [
        {"id": "a", "text": "Rain.", "published": "2021-03-04"},
        {"id": "b", "text": "Snow."},
        {"id": "c", "text": "Hail.", "published": "2021-03-04"},
        {"id": "d", "text": "Ice."},
    ]
