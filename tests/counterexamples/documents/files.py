"""Hostile names, links and files that are none."""

import os
from pathlib import Path

from tests.counterexamples.documents.case import Rows, article, hostile


@hostile
def links_out_of_the_folder(folder: Path) -> Rows:
    (folder / "a.txt").symlink_to(Path(__file__))
    (folder / "b").symlink_to(Path(__file__).parent)
    (folder / "c.jsonl").symlink_to(Path(__file__))
    return dict.fromkeys(("a.txt", "b", "c.jsonl"), "outside_seeds")


@hostile
def links_that_lead_nowhere(folder: Path) -> Rows:
    (folder / "a.txt").symlink_to(folder / "nowhere.txt")
    (folder / "b.txt").symlink_to(folder / "b.txt")
    (folder / "c").symlink_to(folder)
    return dict.fromkeys(("a.txt", "b.txt", "c"), "unreadable")


@hostile
def a_pipe(folder: Path) -> Rows:
    os.mkfifo(folder / "a.txt")
    return {"a.txt": "unreadable"}


@hostile
def a_folder_named_as_text(folder: Path) -> Rows:
    (folder / "a.txt").mkdir()
    (folder / "a.txt" / "b.txt").write_text(article(300))
    return {"a.txt/b.txt": None}


@hostile
def folders_900_deep(folder: Path) -> Rows:
    inner = folder.joinpath(*["d"] * 900)
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text(article(301))
    return {"d/" * 900 + "a.txt": None}


@hostile
def names_with_blanks_emoji_and_marks(folder: Path) -> Rows:
    names = ("a b.txt", "😀.txt", "a#1.txt", "a!b.txt", "[x]*?.txt", "~2.txt", "'; DROP.txt")
    for number, name in enumerate(names):
        (folder / name).write_text(article(310 + number))
    return dict.fromkeys(names)


@hostile
def names_that_no_table_can_hold(folder: Path) -> Rows:
    for number, name in enumerate((b"a\xff.txt", b"a\xfe.txt", b"b\x01\n.txt")):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(article(320 + number))
    return dict.fromkeys(("a?.txt", "a?.txt~2", "b \n.txt"))


@hostile
def a_file_that_takes_the_name_of_a_record(folder: Path) -> Rows:
    (folder / "a.jsonl").write_text('{"id": "b.txt", "text": "Ida Brandt of Tellwick left."}')
    (folder / "a.jsonl#b.txt").write_text(article(330))
    return {"a.jsonl#b.txt": None, "a.jsonl#b.txt~2": None}
