"""What was built before changes how long a build takes, and not one byte of what it ends in."""

import json
import random
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest

from assets.assemble import make_tables
from assets.extraction import bring_up_to_date
from assets.settings import Settings, settings
from pipelines.articles.article import Article
from pipelines.dates.time_expression import TimeExpression
from pipelines.entities.mention import LocalEntity, Mention
from pipelines.entities.published import entity_id
from pipelines.ids import article_id
from pipelines.process import _Extraction
from pipelines.quotes.quote import Quote, QuoteSpan
from pipelines.versions import EditedError
from tests.workers import open_here
from warehouse import parquet
from warehouse.tables import TABLES
from warehouse.tables.withdrawals import Withdrawal, Withdrawals, with_lines

NAMES = ("Ida Brandt", "Ingrid Halvorsen", "Tomas Verhoeven", "Nadia Osei", "Larkmoor Post")
NAME = re.compile("|".join(NAMES))
QUOTED = re.compile("“([^”]+)”")


@pytest.fixture(autouse=True)
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Extraction that costs nothing, and the openings of the texts that it was asked for.

    Shards and files that count as new are small, so that there are many.
    """
    asked: list[str] = []

    def extract(article: Article, nlp: object) -> _Extraction:
        del nlp
        asked.append(article.text[:40])
        return _found(article.text)

    nothing = SimpleNamespace(meta={"lang": "en", "name": "nothing", "version": "1"})
    monkeypatch.setattr("pipelines.process._extract", extract)
    monkeypatch.setattr("pipelines.parsing.load_model", lambda name: nothing)
    monkeypatch.setattr("assets.extraction.open_workers", open_here)
    monkeypatch.setattr("warehouse.storage._YOUNG_NS", 0)
    monkeypatch.setattr("warehouse.shards.DOCUMENTS_A_SHARD", 8)
    monkeypatch.setattr("assets.extraction.DOCUMENTS_A_SHARD", 8)
    monkeypatch.setattr("warehouse.shards._SMALL_SHARDS", 3)
    return asked


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are cut into parts of a few articles."""
    monkeypatch.setattr("warehouse.parts.LEAST", 3)
    monkeypatch.setattr("warehouse.parts.MOST", 9)
    monkeypatch.setattr("warehouse.parts._ARTICLES_A_CUT", 4)


def _found(text: str) -> _Extraction:
    """Names of the list, and everything in quotation marks, said by the first of them."""
    places = list(NAME.finditer(text))
    names = list(dict.fromkeys(m[0] for m in places))
    mentions = [
        Mention(m.start(), m.end(), "PERSON", "name", names.index(m[0]), 0.9) for m in places
    ]
    first = 0 if names else None
    quotes = [
        Quote(
            "direct",
            (QuoteSpan(m.start(1), m.end(1), True),),
            (mentions[0].start, mentions[0].end) if mentions else None,
            first,
            first,
            "name" if names else "none",
            None,
            None,
            None,
            0.5,
        )
        for m in QUOTED.finditer(text)
    ]
    dates: list[TimeExpression] = []
    things = [LocalEntity(name, "PERSON") for name in names]
    return _Extraction(mentions, things, dates, quotes, [(0, len(text))])


def build(seeds: Path, warehouse: Path) -> dict[str, bytes]:
    """Build the tables, and return their bytes."""
    chosen = settings(str(seeds), str(warehouse), environment={})
    bring_up_to_date(chosen)
    make_tables(chosen)
    paths = [path for t in TABLES for path in parquet.files(chosen.staging, t.name)]
    return {path.name: path.read_bytes() for path in paths}


class Corpus:
    """A folder of seeds in which something happens."""

    def __init__(self, folder: Path, draw: random.Random) -> None:
        self._folder, self._draw = folder, draw
        folder.mkdir()
        for _ in range(6):
            self.add()

    def anything(self) -> None:
        """Let something happen that a build has to take notice of, or not."""
        happenings = (
            self.add,
            self.add,
            self.change,
            self.remove,
            self.move,
            self.copy,
            self.tell,
            self.touch,
            self.withdraw,
        )
        self._draw.choice(happenings)()

    def add(self) -> None:
        """A file comes."""
        suffix, content = self._draw.choice((self._text, self._page, self._records))()
        folder = self._folder / self._draw.choice(("", "wire", "wire/more", "old"))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self._draw.randrange(1000):03}{suffix}").write_text(content)

    def change(self) -> None:
        """A file gets other content."""
        path = self._any()
        suffix, content = {".txt": self._text, ".html": self._page}.get(
            path.suffix, self._records
        )()
        assert path.suffix == suffix
        path.write_text(content)

    def remove(self) -> None:
        """A file goes."""
        if len(self._files()) > 1:
            self._any().unlink()

    def move(self) -> None:
        """What comes first, and is the article of which others are duplicates, changes."""
        path = self._any()
        path.rename(path.with_name(f"{self._draw.randrange(1000):03}{path.suffix}"))

    def copy(self) -> None:
        """A file comes again under another name."""
        path = self._any()
        shutil.copy(path, path.with_name(f"{self._draw.randrange(1000):03}{path.suffix}"))

    def tell(self) -> None:
        """A person says something of a source."""
        name = self._draw.choice([p.name for p in self._files()])
        source = f'[[source]]\nmatch = "*{name}"\npublisher = "{self._draw.choice(NAMES)}"\n'
        (self._folder / "sources.toml").write_text(source)

    def touch(self) -> None:
        """A file gets new times only."""
        self._any().touch()

    def withdraw(self) -> None:
        """A person withdraws a file or somebody, or takes back what was withdrawn before."""
        path = self._folder / "withdrawn.toml"
        name = self._any().relative_to(self._folder).as_posix()
        told = Withdrawals({name: Withdrawal("harm", article_id(None, name))})
        if self._draw.random() < 0.5:
            told = Withdrawals(entities={entity_id("PERSON", NAMES[0]): Withdrawal("person")})
        path.unlink(missing_ok=True)
        if self._draw.random() < 0.8:
            path.write_text(with_lines("", told))

    def is_sound(self) -> bool:
        """Whether what a person says still matches something."""
        told = self._folder / "sources.toml"
        match = re.search(r"\*([^\"]+)", told.read_text()) if told.exists() else None
        return match is None or any(p.name == match[1] for p in self._files())

    def mend(self) -> None:
        """Nobody says anything of a source any more."""
        (self._folder / "sources.toml").unlink()

    def _files(self) -> list[Path]:
        return sorted(p for p in self._folder.rglob("*") if p.is_file() and p.suffix != ".toml")

    def _any(self) -> Path:
        return self._draw.choice(self._files())

    def _sentence(self) -> str:
        name, number = self._draw.choice(NAMES), self._draw.randrange(50)
        return f"{name} told the council: “The bridge needs {number} piers.” Nobody answered."

    def _text(self) -> tuple[str, str]:
        lines = [self._sentence() for _ in range(self._draw.randrange(1, 4))]
        return ".txt", "A bridge\n\n" + "\n\n".join(lines)

    def _page(self) -> tuple[str, str]:
        lines = "".join(f"<p>{self._sentence()}</p>" for _ in range(3))
        address = f"https://larkmoor.example/{self._draw.randrange(8)}"
        head = f'<title>A bridge</title><link rel="canonical" href="{address}">'
        return ".html", f"<html><head>{head}</head><body><article>{lines}</article></body></html>"

    def _records(self) -> tuple[str, str]:
        records = [
            {"id": self._draw.randrange(4), "text": self._text()[1], "published": "2021-03-04"}
            for _ in range(self._draw.randrange(1, 5))
        ]
        return ".jsonl", "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.slow
@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("seed", range(6))
def test_any_history_ends_in_the_bytes_of_a_full_rebuild(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    corpus = Corpus(tmp_path / "seeds", draw)
    for step in range(10):
        for _ in range(draw.randrange(4)):
            corpus.anything()
        if not corpus.is_sound():
            corpus.mend()
        if draw.random() < 0.2:
            _lose_some_of_the_cache(tmp_path / "kept" / "cache", draw)
        kept = build(tmp_path / "seeds", tmp_path / "kept")
        assert kept == build(tmp_path / "seeds", tmp_path / f"new {step}"), f"step {step}"


@pytest.mark.usefixtures("small_parts")
def test_only_what_a_change_touches_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.parts._BATCHES_A_CUT", 1)
    seeds = tmp_path / "seeds"
    staging = settings(str(seeds), str(tmp_path / "warehouse"), environment={}).staging

    def made_anew() -> set[str]:
        before = {path.name: path.stat().st_ino for path in staging.glob("*.parquet")}
        build(seeds, tmp_path / "warehouse")
        return {p.name for p in staging.glob("*-?????-*") if p.stat().st_ino != before.get(p.name)}

    for name, batch in zip(NAMES, ("monday", "tuesday", "wednesday"), strict=False):
        (seeds / batch).mkdir(parents=True)
        for n in range(3):
            (seeds / batch / f"{n}.txt").write_text(f"{name} said: “No {n} piers.”")
    tables = ("articles", "blocks", "dates", "mentions", "quotes", "quote_spans")
    assert made_anew() == {f"{t}-{n:05}-of-00003.parquet" for t in tables for n in range(3)}
    (seeds / "wednesday" / "3.txt").write_text("Somebody new said: “One pier.”")
    assert made_anew() == {f"{table}-00002-of-00003.parquet" for table in tables}
    told = f'[[entity]]\nname = "{NAMES[0]} Olsen"\ntype = "PERSON"\naliases = ["{NAMES[0]}"]\n'
    (seeds / "entities.toml").write_text(told)
    assert made_anew() == {f"{t}-00000-of-00003.parquet" for t in ("mentions", "quotes")}
    assert made_anew() == set()


def _lose_some_of_the_cache(cache: Path, draw: random.Random) -> None:
    files = sorted(p for p in cache.rglob("*") if p.is_file())
    for path in draw.sample(files, min(3, len(files))):
        path.unlink()


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for n in range(5):
        (seeds / f"{n}.txt").write_text(f"{NAMES[n]} said {n}.")
    build(seeds, tmp_path / "warehouse")
    return settings(str(seeds), str(tmp_path / "warehouse"), environment={})


def test_only_what_is_new_is_extracted(chosen: Settings, extracted: list[str]) -> None:
    extracted.clear()
    assert not bring_up_to_date(chosen)
    (chosen.seeds_folder / "3.txt").write_text("Somebody else said 33.")
    (chosen.seeds_folder / "7.txt").write_text("Somebody new said 7.")
    assert bring_up_to_date(chosen)
    assert extracted == ["Somebody else said 33.", "Somebody new said 7."]


def test_what_only_was_touched_or_moved_in_time_is_not_extracted(
    chosen: Settings, extracted: list[str]
) -> None:
    extracted.clear()
    for path in chosen.seeds_folder.iterdir():
        path.write_bytes(path.read_bytes())
    assert bring_up_to_date(chosen)
    assert not make_tables(chosen)
    assert extracted == []


def test_a_file_that_did_not_change_is_not_even_read(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chosen.seeds_folder / "9.txt").write_text("Somebody new said 9.")
    read: list[str] = []

    def opened(path: Path) -> object:
        read.append(path.name)
        return path.open("rb")

    monkeypatch.setattr("assets.reading.open_as_it_is", opened)
    bring_up_to_date(chosen)
    assert read == ["9.txt"]


def test_a_file_as_young_as_the_listing_is_read_again(
    chosen: Settings, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.storage._YOUNG_NS", 3600 * 10**9)
    extracted.clear()
    assert bring_up_to_date(chosen)
    assert not make_tables(chosen)
    assert extracted == []


def test_another_version_of_an_extractor_extracts_anew(
    chosen: Settings, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = chosen.staged("blocks").read_bytes()
    extracted.clear()
    monkeypatch.setattr("pipelines.reuse.rows_version", lambda model: "2")
    monkeypatch.setattr("assets.extraction.rows_version", lambda model: "2")
    bring_up_to_date(chosen)
    assert len(extracted) == 5
    assert not make_tables(chosen) or chosen.staged("blocks").read_bytes() == before
    folder = chosen.cache.glob("rows-*/*")
    assert len(list(folder)) == 1, "the rows of the version before are dropped"


def test_rows_made_while_the_code_was_edited_are_not_kept(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chosen.seeds_folder / "9.txt").write_text("Somebody new said 9.")
    before = sorted(chosen.cache.glob("rows-*/*"))

    def edited() -> None:
        raise EditedError("pipelines/dates/finder.py")

    monkeypatch.setattr("assets.extraction.require_as_loaded", edited)
    with pytest.raises(EditedError, match="run it again"):
        bring_up_to_date(chosen)
    assert sorted(chosen.cache.glob("rows-*/*")) == before


def test_rows_of_another_form_of_the_tables_are_made_anew_and_the_old_dropped(
    chosen: Settings, extracted: list[str]
) -> None:
    (before,) = chosen.cache.glob("rows-*")
    other = before.with_name("rows-of-an-earlier-version")
    before.rename(other)
    extracted.clear()
    tables = build(chosen.seeds_folder, chosen.warehouse_folder)
    assert len(extracted) == 5
    assert not other.exists()
    assert tables == build(chosen.seeds_folder, chosen.warehouse_folder.with_name("new"))


def test_a_removed_document_leaves_every_table(chosen: Settings) -> None:
    (chosen.seeds_folder / "2.txt").unlink()
    tables = build(chosen.seeds_folder, chosen.warehouse_folder)
    assert set(tables) == {f"{table.name}.parquet" for table in TABLES}
    for table in TABLES:
        text = str(pq.read_table(chosen.staged(table.name)).to_pylist())
        assert "2.txt" not in text
        assert NAMES[2] not in text


def rows(chosen: Settings, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(chosen.staged(table)).to_pylist()
    return found


def withdraw(chosen: Settings, told: Withdrawals) -> None:
    """Build without what was withdrawn; the tables are those of a warehouse that never had it."""
    (chosen.seeds_folder / "withdrawn.toml").write_text(with_lines("", told))
    tables = build(chosen.seeds_folder, chosen.warehouse_folder)
    assert tables == build(chosen.seeds_folder, chosen.warehouse_folder.with_name("new"))


def test_a_withdrawn_source_is_a_rejected_document_and_nothing_else(chosen: Settings) -> None:
    (chosen.seeds_folder / "copy.txt").write_text(f"{NAMES[2]} said 2.")
    build(chosen.seeds_folder, chosen.warehouse_folder)
    (article,) = (row for row in rows(chosen, "articles") if row["source_id"] == "2.txt")
    line = Withdrawal("retracted", article["article_id"], article["content_sha256"])
    withdraw(chosen, Withdrawals({"2.txt": line}))
    documents = {row["source_id"]: row for row in rows(chosen, "documents")}
    for name in ("2.txt", "copy.txt"):
        assert (documents[name]["status"], documents[name]["reason"]) == ("rejected", "withdrawn")
        assert documents[name]["article_id"] is None
    assert "put it right" in documents["2.txt"]["detail"]
    assert "as 2.txt" in documents["copy.txt"]["detail"]
    for table in TABLES:
        assert NAMES[2] not in str(rows(chosen, table.name))
    assert {(row["kind"], row["reason"]) for row in rows(chosen, "withdrawn")} == {
        ("document", "retracted"),
        ("article", "retracted"),
    }


def test_the_rows_of_a_withdrawn_source_leave_the_cache(chosen: Settings) -> None:
    (article,) = (row for row in rows(chosen, "articles") if row["source_id"] == "2.txt")
    withdraw(chosen, Withdrawals({"2.txt": Withdrawal("retracted", article["article_id"])}))
    kept = [pq.read_table(path) for path in chosen.cache.glob("rows-*/*/*.parquet")]
    assert len(kept) > 0
    assert not [rows for rows in kept if NAMES[2] in str(rows.to_pylist())]
    assert NAMES[1] in str([rows.to_pylist() for rows in kept])


def test_a_withdrawn_source_that_is_deleted_too_stays_withdrawn(chosen: Settings) -> None:
    (chosen.seeds_folder / "2.txt").unlink()
    withdraw(chosen, Withdrawals({"2.txt": Withdrawal("retracted")}))
    assert [row["kind"] for row in rows(chosen, "withdrawn")] == ["document"]


def test_a_withdrawn_entity_takes_its_mentions_and_words_along(chosen: Settings) -> None:
    for n in (1, 2):
        text = f"{NAMES[n]} told {NAMES[0]}: “The bridge needs {n} piers.”"
        (chosen.seeds_folder / f"said{n}.txt").write_text(text)
    build(chosen.seeds_folder, chosen.warehouse_folder)
    (before,) = (row for row in rows(chosen, "entities") if row["name"] == NAMES[1])
    assert len(rows(chosen, "quotes")) == 2
    withdraw(chosen, Withdrawals(entities={before["entity_id"]: Withdrawal("person")}))
    assert NAMES[1] not in {row["name"] for row in rows(chosen, "entities")}
    assert before["entity_id"] not in {row["entity_id"] for row in rows(chosen, "mentions")}
    (quote,) = rows(chosen, "quotes")
    assert quote["speaker_name"] == NAMES[2]
    assert {row["quote_id"] for row in rows(chosen, "quote_spans")} == {quote["quote_id"]}
    assert [row["kind"] for row in rows(chosen, "withdrawn")] == ["entity"]


def test_a_withdrawn_quote_goes_and_the_others_are_numbered_anew(chosen: Settings) -> None:
    text = f"{NAMES[0]} said: “One pier.” Then: “Two piers.” At last: “Three piers.”"
    (chosen.seeds_folder / "said.txt").write_text(text)
    build(chosen.seeds_folder, chosen.warehouse_folder)
    quotes = {row["text"]: row for row in rows(chosen, "quotes")}
    two = quotes["Two piers."]["quote_id"]
    withdraw(chosen, Withdrawals(quotes={two: Withdrawal("harm")}))
    assert {row["text"]: row["quote_no"] for row in rows(chosen, "quotes")} == {
        "One pier.": 0,
        "Three piers.": 1,
    }
