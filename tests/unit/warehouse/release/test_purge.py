"""Purging and yanking releases: what goes, what stays, and that a reader is told which it is."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.counterexamples.dataset import valid
from tests.unit.warehouse.release.published import folder_of, publish, release
from tests.unit.warehouse.release.test_verify import failures, keys, recount
from warehouse import parquet
from warehouse.release import contracts, index, manifest, purge_database, purged
from warehouse.release.errors import ReleaseError
from warehouse.release.purge import Purge, Purged, purge
from warehouse.release.verify_standing import notes
from warehouse.release.yank import yank
from warehouse.tables import TABLES
from warehouse.tables.registry import NO_NAME
from warehouse.tables.withdrawals import Withdrawal, Withdrawals

pytestmark = pytest.mark.slow

ONE, TWO, THREE = valid("one"), valid("two"), valid("three")
VERSION, LATER = "2026.11.0", date(2026, 12, 1)
#: An article of the first case, a person of the second, a quote of the third.
TOLD = Withdrawals(
    {"one/bridge.txt": Withdrawal("retracted", ONE.id("a", "bridge"), "0" * 64)},
    {TWO.id("e", "solvang"): Withdrawal("person")},
    {THREE.id("q", "again"): Withdrawal("harm")},
)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("warehouse")
    publish(warehouse, "one", "two", "three")
    release(warehouse)
    return warehouse / "releases"


@pytest.fixture
def releases(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "releases"))


@pytest.fixture(scope="module")
def cleaned(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same releases, purged; nothing is written to."""
    folder = tmp_path_factory.mktemp("cleaned") / "releases"
    shutil.copytree(released, folder)
    clean(folder)
    return folder


def clean(releases: Path, told: Withdrawals = TOLD, **more: Path) -> list[Purged]:
    return purge(Purge(releases, VERSION, told, {}, LATER, **more))


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = parquet.read(folder / f"data/{table}.parquet").to_pylist()
    return found


@pytest.mark.parametrize("name", [VERSION, f"{VERSION}-full"])
def test_what_is_withdrawn_is_gone_from_every_profile(cleaned: Path, name: str) -> None:
    folder = cleaned / name
    articles = {row["article_id"] for row in rows(folder, "articles")}
    assert ONE.id("a", "bridge") not in articles
    assert ONE.id("a", "ferry") in articles
    for table in ("blocks", "dates", "mentions", "quotes"):
        assert ONE.id("a", "bridge") not in {row["article_id"] for row in rows(folder, table)}
    quotes = {row["quote_id"] for row in rows(folder, "quotes")}
    said_by_her = {TWO.id("q", label) for label in ("close", "ready", "boat")}
    assert not quotes & (said_by_her | {THREE.id("q", "gap"), THREE.id("q", "again")})
    assert TWO.id("q", "gap") in quotes
    assert {row["quote_id"] for row in rows(folder, "quote_spans")} == quotes
    assert TWO.id("e", "solvang") not in {row["entity_id"] for row in rows(folder, "entities")}
    assert TWO.id("m", "she") not in {row["mention_id"] for row in rows(folder, "mentions")}
    registry = {row["entity_id"]: row for row in rows(folder, "registry")}
    assert registry[TWO.id("e", "solvang")]["name"] == NO_NAME


def test_who_is_left_is_counted_anew(cleaned: Path) -> None:
    entities = {row["entity_id"]: row for row in rows(cleaned / f"{VERSION}-full", "entities")}
    left = entities[ONE.id("e", "solvang")]
    assert (left["n_mentions"], left["n_articles"]) == (1, 1)


def test_its_documents_say_what_became_of_them(cleaned: Path) -> None:
    documents = {row["source_id"]: row for row in rows(cleaned / VERSION, "documents")}
    for name in ("one/bridge.txt", "one/copy.txt"):
        assert (documents[name]["status"], documents[name]["reason"]) == ("rejected", "withdrawn")
        assert documents[name]["article_id"] is None
    (ferry,) = (r for r in rows(cleaned / VERSION, "articles") if r["source_id"] == "one/ferry.txt")
    assert ferry["near_duplicate_of"] is None


def test_the_duckdb_file_holds_no_trace(cleaned: Path) -> None:
    file = cleaned / f"{VERSION}-full" / "on_the_record.duckdb"
    assert ONE.id("a", "bridge").encode() not in file.read_bytes()
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute("SELECT count(*) FROM statements").fetchall()
        comments = connection.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE comment IS NOT NULL"
        ).fetchall()
    assert found[0][0] > 0
    assert comments[0][0] > sum(len(table.columns) for table in TABLES) - 1


def test_a_purged_release_is_whole_and_says_so(cleaned: Path) -> None:
    for name in (VERSION, f"{VERSION}-full"):
        assert failures(cleaned / name) == {}
        (note,) = notes(cleaned / name)
        assert "removed (document 2, article 1, entity 1, quote 10)" in note
        assert "no damage" in note


def test_the_manifest_is_the_one_that_was_released(released: Path, cleaned: Path) -> None:
    for name in (manifest.FILE, "CHANGELOG.md", "changes/quotes.parquet", "schema.json"):
        assert (cleaned / VERSION / name).read_bytes() == (released / VERSION / name).read_bytes()
    said = manifest.read_json(cleaned / VERSION, manifest.FILE)
    told = purged.read(cleaned / VERSION)
    assert told is not None
    for name, file in told["files"].items():
        assert file["released_sha256"] == said["files"][name]["sha256"]
        assert file["sha256"] != file["released_sha256"]


def test_an_old_citation_leads_to_an_explanation(cleaned: Path) -> None:
    told = {row["id"]: row for row in purged.removed(cleaned / VERSION)}
    assert told[ONE.id("q", "ready")]["with_id"] == ONE.id("a", "bridge")
    assert told[ONE.id("q", "ready")]["reason"] == "retracted"
    assert told[TWO.id("q", "boat")]["with_id"] == TWO.id("e", "solvang")
    assert told[THREE.id("q", "gap")] == {
        "id": THREE.id("q", "gap"),
        "kind": "quote",
        "reason": "harm",
        "with_id": THREE.id("q", "again"),
    }
    (entry,) = index.read(cleaned)
    assert entry["status"] == "purged"
    assert "`purged.json` says" in (cleaned / VERSION / "README.md").read_text()


def test_what_describes_the_tables_describes_what_is_left(cleaned: Path) -> None:
    folder = cleaned / VERSION
    n_rows = len(rows(folder, "quotes"))
    assert f"| `quotes` | {n_rows:,} |" in (folder / "README.md").read_text()
    assert manifest.read(folder)["tables"]["quotes"]["rows"] == n_rows
    package = json.loads((folder / "datapackage.json").read_text())
    (quotes,) = (r for r in package["resources"] if r["name"] == "quotes")
    assert quotes["bytes"] == (folder / "data/quotes.parquet").stat().st_size
    metadata = pq.read_schema(folder / "data/quotes.parquet").metadata or {}
    assert metadata[b"version"] == VERSION.encode()


def test_purged_twice_it_tells_of_both(releases: Path) -> None:
    clean(releases, Withdrawals(quotes={THREE.id("q", "boat"): Withdrawal("harm")}))
    assert len(notes(releases / VERSION)) == 1
    clean(releases)
    assert len(notes(releases / VERSION)) == 2
    assert failures(releases / VERSION) == {}
    assert {row["kind"] for row in purged.removed(releases / VERSION)} == {
        *("document", "article", "entity", "quote")
    }


def test_a_release_that_holds_nothing_of_it_stays(releases: Path) -> None:
    clean(releases)
    before = (releases / VERSION / manifest.CHECKSUMS).read_bytes()
    assert [one.removed for one in clean(releases)] == [(), ()]
    assert (releases / VERSION / manifest.CHECKSUMS).read_bytes() == before
    other = Withdrawals({"none.txt": Withdrawal("harm")}, {}, {"q" + "0" * 16: Withdrawal("harm")})
    assert [one.removed for one in clean(releases, other)] == [(), ()]


def test_what_lives_on_as_a_withdrawn_one_goes_too(releases: Path) -> None:
    """Two ids of one person, of which only later it was found out."""
    told = Withdrawals(entities={ONE.id("e", "other"): Withdrawal("person")})
    merged = {ONE.id("e", "solvang"): ONE.id("e", "other")}
    (public, _) = purge(Purge(releases, VERSION, told, merged, LATER))
    assert ONE.id("e", "solvang") in {row["id"] for row in public.removed}
    assert failures(releases / VERSION) == {}


def test_files_that_people_wrote_are_named(releases: Path) -> None:
    name = "queries/01_most_quoted.sql"
    for folder in (releases / VERSION, releases / f"{VERSION}-full"):
        (folder / name).write_text("-- What did Mira\nSolvang say?")
        recount(folder)
    relist(releases)
    assert {one.naming for one in clean(releases)} == {(name,)}


def relist(releases: Path) -> None:
    """Let the index list the manifest as it is."""
    (entry,) = index.read(releases)
    index.write([index.entry(releases / VERSION) | {"status": entry["status"]}], releases)


def damage(folder: Path) -> None:
    with (folder / "data/quotes.parquet").open("ab") as stream:
        stream.write(b"\0")


def forge_purge(folder: Path) -> None:
    said = json.loads((folder / purged.FILE).read_text())
    said["purges"][0]["removed"] = []
    (folder / purged.FILE).write_text(json.dumps(said))
    manifest.write_checksums(folder)


def forge_history(folder: Path) -> None:
    said = json.loads((folder / purged.FILE).read_text())
    said["files"]["README.md"]["released_sha256"] = "0" * 64
    (folder / purged.FILE).write_text(json.dumps(said))
    manifest.write_checksums(folder)


@pytest.mark.parametrize(
    ("tamper", "kind", "says"),
    [
        (damage, "checksums", "data/quotes.parquet is not the file"),
        (forge_purge, "standing", "purged.json is not the one that index.json lists"),
        (forge_history, "standing", "says that another README.md was released"),
        (lambda folder: (folder / purged.FILE).unlink(), "files", "purged.json is missing"),
        (lambda folder: (folder / purged.FILE).write_text("{"), "manifest", "cannot be read"),
    ],
)
def test_a_damaged_purged_release_is_no_purged_one(
    cleaned: Path, tmp_path: Path, tamper: Callable[[Path], None], kind: str, says: str
) -> None:
    folder = Path(shutil.copytree(cleaned, tmp_path / "releases")) / VERSION
    tamper(folder)
    assert says in failures(folder)[kind]


def test_a_copy_that_was_not_purged_is_named(released: Path, cleaned: Path, tmp_path: Path) -> None:
    shutil.copytree(released, tmp_path / "releases")
    shutil.copy(cleaned / index.FILE, tmp_path / "releases" / index.FILE)
    found = failures(tmp_path / "releases" / VERSION)
    assert "this copy was not: it still holds what was withdrawn" in found["standing"]


def test_a_signed_release_is_signed_again(tmp_path: Path) -> None:
    private, public = keys(tmp_path / "keys", "ours")
    publish(tmp_path, "one")
    folder = folder_of(release(tmp_path, key=private))
    told = Withdrawals(quotes={ONE.id("q", "boat"): Withdrawal("harm")})
    with pytest.raises(ReleaseError, match=r"is signed.*give the private key with --key"):
        clean(folder.parent, told)
    clean(folder.parent, told, key=private)
    assert failures(folder, public) == {}


def test_a_purge_that_was_killed_between_two_renames_is_finished(releases: Path) -> None:
    (releases / VERSION).rename(releases / f".{VERSION}.before")
    clean(releases)
    assert failures(releases / VERSION) == {}
    assert not list(releases.glob(".*before")) + list(releases.glob(".*purging"))


def test_a_database_with_a_table_of_which_nothing_is_known(releases: Path) -> None:
    file = releases / VERSION / "on_the_record.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE postings (word VARCHAR)")
    with pytest.raises(ReleaseError, match="holds the table postings"):
        purge_database.rewrite(file, [], releases / VERSION / "data", TABLES)


def test_a_release_of_another_schema_is_named(releases: Path) -> None:
    file = releases / VERSION / contracts.FILE
    said = json.loads(file.read_text())
    said["tables"] = [table for table in said["tables"] if table["name"] != "quote_spans"]
    file.write_text(json.dumps(said))
    with pytest.raises(ReleaseError, match="It has no table quote_spans"):
        clean(releases)


def test_an_unknown_release_is_named(releases: Path) -> None:
    with pytest.raises(ReleaseError, match=r"no release “2026\.1\.0” in .*there are: 2026\.11\.0"):
        purge(Purge(releases, "2026.1.0", TOLD, {}, LATER))
    with pytest.raises(ReleaseError, match=r"no release “2026\.1\.0”"):
        yank(releases, "2026.1.0", "wrong", LATER)


def test_a_yanked_release_stays_as_it_is(released: Path, releases: Path) -> None:
    assert yank(releases, VERSION, "Half of the\nquotes are missing.", LATER) == VERSION
    assert failures(releases / VERSION) == {}
    (note,) = notes(releases / VERSION)
    assert note == "yanked on 2026-12-01, use another release: Half of the quotes are missing."
    for path in (p for p in (released / VERSION).rglob("*") if p.is_file()):
        name = path.relative_to(released)
        assert (releases / name).read_bytes() == path.read_bytes()
    (entry,) = index.read(releases)
    assert entry["status"] == "yanked"
    with pytest.raises(ReleaseError, match="was yanked already on 2026-12-01: Half of the"):
        yank(releases, VERSION, "Again.", LATER)
    with pytest.raises(ReleaseError, match="Say with --reason"):
        yank(releases, VERSION, " ", LATER)
    clean(releases)
    assert len(notes(releases / VERSION)) == 2
    assert index.read(releases)[0]["status"] == "yanked"


def test_latest_leads_to_the_last_good_release(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    release(tmp_path)
    publish(tmp_path, "one", "two")
    release(tmp_path)
    assert yank(tmp_path / "releases", "2026.11.1", "wrong", LATER) == VERSION
    latest = json.loads((tmp_path / "releases" / index.LATEST).read_text())
    assert latest["version"] == VERSION
    publish(tmp_path, "one", "three")
    assert release(tmp_path).version == "2026.11.2"
    latest = json.loads((tmp_path / "releases" / index.LATEST).read_text())
    assert latest["version"] == "2026.11.2"
