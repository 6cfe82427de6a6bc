import pytest

from pipelines.documents.record import Metadata, Record
from pipelines.documents.sources import SourcesError, check_matches, read_sources, with_person

GOOD = """
[[source]]
match = "wire/*"
publisher = "The Wire"
language = "en"

[[source]]
match = "wire/b.txt"
publisher = "The Other Wire"
published = 2020-01-07
authors = ["Ida Brandt"]
"""


def record(source_id: str) -> Record:
    said = Metadata(basis="record", publisher="Nobody", title="A title")
    return Record(source_id, "wire", "text/plain", 1, None, text="x", known=(said,))


def test_the_last_match_wins_over_the_first_and_a_person_over_the_record() -> None:
    known = with_person(record("wire/b.txt"), read_sources(GOOD)).known
    assert [m.publisher for m in known] == ["The Other Wire", "The Wire", "Nobody"]
    assert [m.basis for m in known] == ["person", "person", "record"]
    assert (known[0].published, known[0].authors) == ("2020-01-07", ("Ida Brandt",))


def test_a_pattern_for_a_file_covers_its_records() -> None:
    sources = read_sources('[[source]]\nmatch = "wire/r.jsonl"\nrights = "none"')
    assert with_person(record("wire/r.jsonl#7"), sources).known[0].rights_code == "none"


def test_the_code_and_the_words_about_rights_are_apart() -> None:
    words = "By the wire's leave."
    toml = f'[[source]]\nmatch = "*"\nrights = "full"\nrights_statement = "{words}"'
    told = with_person(record("wire/b.txt"), read_sources(toml))
    assert (told.rights_code, told.known[0].rights) == ("full", words)
    assert record("wire/b.txt").rights_code == "excerpt", "where nobody decides"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[[source", "not TOML"),
        ("[[sources]]\nmatch = '*'", "unknown key “sources”"),
        ("[source]\nmatch = '*'", "two brackets"),
        ("[[source]]\nurl = 'x'", "“match” is missing"),
        ("[[source]]\nmatch = '*'\npublishr = 'x'", "unknown key “publishr”"),
        ("[[source]]\nmatch = '*'\ntitle = 3", "“title” must be a string"),
        ("[[source]]\nmatch = '*'\nauthors = 'x'", "“authors” must be a list"),
        ("[[source]]\nmatch = '*'\nrights = 'all'", "“all”, which is no code; write “full”, “ex"),
        ("[[source]]\nmatch = '*'\nrights = ''", "“”, which is no code"),
        ("[[source]]\nmatch = '*'\nrights = 3", "“3”, which is no code"),
        ("[[source]]\nmatch = '*'\npublished = 'some day in spring'", "“published”"),
    ],
)
def test_a_broken_file_says_what_is_wrong(toml: str, says: str) -> None:
    with pytest.raises(SourcesError, match=says):
        read_sources(toml)


def test_a_pattern_that_matches_nothing_is_an_error() -> None:
    sources = read_sources(GOOD)
    check_matches(sources, ["wire/a.txt", "wire/b.txt"])
    with pytest.raises(SourcesError, match=r"wire/b\.txt.*matches nothing"):
        check_matches(sources, ["wire/a.txt"])
