"""What a release folder holds: every file of it, written in the order in which they depend."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import duckdb as engine

from warehouse import dictionary, duckdb, parquet, registry
from warehouse.release import (
    card,
    changelog,
    changes,
    citation_files,
    contracts,
    croissant,
    data,
    datapackage,
    drift,
    excerpts,
    index,
    manifest,
    profile,
    rights,
    signature,
    withdrawals,
)
from warehouse.release.changelog import Differences
from warehouse.release.drift import Drift
from warehouse.release.facts import Facts, inputs
from warehouse.release.hashes import logical_hash, parquet_relation
from warehouse.storage import sha256
from warehouse.tables import ARTICLES, DOCUMENTS, ENTITIES, REGISTRY, TABLES, WITHDRAWN

QUERIES = Path(__file__).parents[1] / "queries"
QUALITY = "quality"


def write(
    facts: Facts,
    tables: Path,
    half: Path,
    last: Path | None,
    previous: index.Entry | None,
    key: Path | None,
    quality: Iterable[Path],
    moved: Drift,
    built: Mapping[str, str] | None = None,
) -> Differences:
    """Write every file of a release into a new folder.

    Args:
        facts: what the release says of itself.
        tables: the published tables.
        half: the folder.
        last: the folder of the release before; None for the first.
        previous: what the index says of that one.
        key: the private key to sign with, if it is to be signed.
        quality: files that say how right the rows are.
        moved: how far the tables moved from the last good release.
        built: each table's logical hash in the full release of this version; None where this is it.

    Returns:
        The differences from the release before.
    """
    files = _write_tables(facts, tables, half, last)
    rows = {name: sum(parquet.count_rows(half / f) for f in of) for name, of in files.items()}
    differences = _write_differences(facts, half, last, files, rows)
    differences = replace(differences, moved=moved.told())
    _write_texts(facts, half, differences, files, last)
    for path in quality:
        shutil.copyfile(path, half / QUALITY / path.name)
    _write_json(moved.dump(), half / drift.FILE)
    with engine.connect() as connection:
        hashes = {
            t.name: logical_hash(connection, t, parquet_relation(half / f for f in files[t.name]))
            for t in profile.tables(facts.profile)
        }
    if key is not None:
        signature.write_public_key(key, half)
    said = manifest.describe(
        facts, half, hashes, files, inputs(parquet.files(tables, DOCUMENTS.name)), previous, built
    )
    manifest.write(said | {"drift": moved.summary()}, half)
    if key is not None:
        signature.sign(half, key)
    return differences


def _write_tables(
    facts: Facts, tables: Path, half: Path, last: Path | None
) -> dict[str, list[str]]:
    """The Parquet files, registry and withdrawals extended, and the DuckDB file made from them."""
    work = half / ".work"
    work.mkdir()
    extended, gone = (work / f"{table.name}.parquet" for table in (REGISTRY, WITHDRAWN))
    known, entities = (parquet.read(tables / f"{t.name}.parquet") for t in (REGISTRY, ENTITIES))
    parquet.write(registry.extend_registry(known, entities, facts.version), extended)
    told = parquet.read(tables / f"{WITHDRAWN.name}.parquet")
    parquet.write(withdrawals.extended(told, tables, last, facts.version), gone)
    sources = {t.name: parquet.files(tables, t.name) for t in TABLES}
    sources |= {REGISTRY.name: [extended], WITHDRAWN.name: [gone]}
    if facts.policy is not None:
        sources = excerpts.write(sources, work / "excerpts", facts.policy)
    own = profile.tables(facts.profile)
    files = {t.name: data.write(t, sources[t.name], half, facts.in_parquet) for t in own}
    shutil.rmtree(work)
    duckdb.publish(half / data.FOLDER, half / duckdb.FILE_NAME, facts.in_database, own)
    return files


def _write_differences(
    facts: Facts,
    half: Path,
    last: Path | None,
    files: Mapping[str, list[str]],
    rows: Mapping[str, int],
) -> Differences:
    tables = profile.tables(facts.profile)
    paths = {name: [half / f for f in of] for name, of in files.items()}
    new = changes.Side(tables, paths, facts.profile)
    old = None if last is None else side(last)
    found = changes.compare(old, new)
    changes.write(found, tables, half)
    schema = tuple(contracts.compare(old.tables, tables)) if old else ()
    before = None if last is None else manifest.read(last)
    said = {
        "from": before and {k: before[k] for k in ("version", "schema_version")},
        "to": {"version": facts.version, "schema_version": contracts.SCHEMA_VERSION},
        "bump": contracts.bump(schema).name.lower(),
        "changes": [asdict(c) | {"bump": c.bump.name.lower()} for c in schema],
    }
    _write_json(said, half / contracts.DIFF_FILE)
    return Differences(None if last is None else last.name, rows, found, schema)


def side(release: Path) -> changes.Side:
    """The tables of a release that lies in a folder.

    Raises:
        ReleaseError: its contracts cannot be read.
    """
    tables = contracts.load(manifest.read_json(release, contracts.FILE))
    folder = release / data.FOLDER
    files = {t.name: parquet.files(folder, t.name) for t in tables}
    return changes.Side(tables, files, profile.of(manifest.read(release)))


def _write_texts(
    facts: Facts,
    half: Path,
    differences: Differences,
    files: Mapping[str, list[str]],
    last: Path | None,
) -> None:
    """Everything that is to be read, by people or by programs."""
    digests = {name: {f: sha256(half / f) for f in of} for name, of in files.items()}
    before = None if last is None else (last / changelog.FILE).read_text(encoding="utf-8")
    lead = changelog.LEAD.read_text(encoding="utf-8")
    tables = profile.tables(facts.profile)
    origin = f"The tables of version {facts.version}, derived from the contracts that made them."
    texts = {
        card.FILE: card.render(facts, tables, files, differences.rows),
        changelog.FILE: changelog.render(facts, differences, lead, before),
        "DICTIONARY.md": dictionary.render(origin, tables),
        "CITATION.cff": citation_files.cff(facts),
        "citation.bib": citation_files.bibtex(facts),
        "LICENSE": citation_files.licence(),
        "RIGHTS.md": rights.render([half / name for name in files[ARTICLES.name]], facts.policy),
    }
    for name, text in texts.items():
        (half / name).write_text(text, encoding="utf-8")
    _write_json(contracts.dump(tables), half / contracts.FILE)
    _write_json(datapackage.describe(facts, tables, digests, half), half / datapackage.FILE)
    _write_json(croissant.describe(facts, tables, digests, half), half / croissant.FILE)
    _write_json(
        {"checks": [asdict(check) for check in facts.build.checks]}, half / QUALITY / "checks.json"
    )
    (half / QUERIES.name).mkdir()
    for query in sorted(QUERIES.glob("*.sql")):
        shutil.copyfile(query, half / QUERIES.name / query.name)


def _write_json(said: Mapping[str, Any], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
