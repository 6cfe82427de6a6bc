"""Cutting a release: from the published warehouse to a folder that is whole, then listed."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import get_args

import duckdb as engine

from warehouse import parquet, registry, storage
from warehouse.release import (
    accuracy,
    build_record,
    checkout,
    contents,
    contracts,
    data,
    drift,
    index,
    leaks,
    manifest,
    policy,
    profile,
    withdrawals,
)
from warehouse.release.build_record import BuildRecord
from warehouse.release.changelog import Differences
from warehouse.release.drift import Drift
from warehouse.release.errors import ReleaseError
from warehouse.release.facts import Facts, inputs
from warehouse.release.hashes import digest_of_inputs, logical_hash, parquet_relation
from warehouse.release.policy import Policy
from warehouse.release.profile import Profile
from warehouse.release.verify import verify
from warehouse.release.versions import next_version
from warehouse.storage import sha256
from warehouse.tables import ARTICLES, DOCUMENTS, REGISTRY, TABLES, WITHDRAWN
from warehouse.tables.withdrawals import FILE_NAME as WITHDRAWN_FILE

#: Faults shown of many.
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for.

    `releases` is the folder of all releases; `version` None means the next free one; `key` is the
    private key to sign with; `accept` is why a person takes it that the tables moved far.
    """

    warehouse: Path
    releases: Path
    today: date
    version: str | None = None
    allow_dirty: bool = False
    dry_run: bool = False
    key: Path | None = None
    accept: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """What came of it.

    `folder` holds the public release of this version, beside the full one; it is None after a dry
    run. `differences` are None
    where nothing had changed, and the version is then that of the last release. `is_measured` tells
    whether it ships a table of how right its rows are.
    """

    version: str
    folder: Path | None
    differences: Differences | None
    citation: str
    is_measured: bool
    moved: Drift | None = None


def cut(order: Order) -> Cut:
    """Cut a release of what is published; with nothing changed, none is made.

    Raises:
        ReleaseError: nothing is published, a blocking check failed, the checkout is not the commit
            that built the tables, the version cannot be used, another release is being written, or
            the disk refuses. Whatever the reason, no release is listed that is not whole.
        warehouse.storage.WarehouseError: a build is using the warehouse.
    """
    build_record.require(order.warehouse)
    with storage.lock(order.warehouse), index.one_at_a_time(order.releases):
        build = build_record.read(order.warehouse)
        listed = index.read(order.releases)
        entries = index.with_unlisted(listed, order.releases)
        if entries != listed and not order.dry_run:
            _list(entries, order.releases, Path(build.seeds_folder))
        return _cut(order, build, entries)


def _cut(order: Order, build: BuildRecord, entries: list[index.Entry]) -> Cut:
    last = index.check_listed(entries[-1], order.releases) if entries else None
    tables = order.warehouse / "tables"
    limits = policy.read()
    _refuse_changed(build, [WITHDRAWN_FILE])
    if last is not None and _is_same(tables, last, limits):
        is_measured = (last / contents.QUALITY / accuracy.FILES[0]).exists()
        return Cut(last.name, last, None, entries[-1]["citation"], is_measured)
    _refuse_unchecked(build)
    if not order.allow_dirty:
        _refuse_dirty(build, checkout.read())
    taken = [entry["version"] for entry in entries]
    version = next_version(taken, order.today, order.version)
    digest = digest_of_inputs(inputs(parquet.files(tables, DOCUMENTS.name)))
    facts = Facts(version, order.today, build, digest, policy=limits)
    measured = accuracy.of_build(order.warehouse, build)
    good = [entry for entry in entries if "yanked" not in entry]
    moved = drift.drift(tables, index.check_listed(good[-1], order.releases) if good else None)
    moved = moved.accepting(order.accept) if order.dry_run else moved.require(order.accept)
    with ExitStack() as stack:
        halves = {
            name: stack.enter_context(_half(order.releases, profile.folder_name(version, name)))
            for name in get_args(Profile)
        }
        built: Mapping[str, str] | None = None
        for name, half in halves.items():
            differences = contents.write(
                replace(facts, profile=name, policy=limits if name == "public" else None),
                tables,
                half,
                last and _of_profile(last, name),
                entries[-1] if entries else None,
                order.key,
                measured,
                moved,
                built,
            )
            built = {n: t["logical_hash"] for n, t in manifest.read(half)["tables"].items()}
        if order.dry_run:
            return Cut(version, None, differences, facts.citation, bool(measured), moved)
        _refuse_faulty(halves, tables, limits)
        folder = _put_in_place(halves, order.releases / version)
        _list([*entries, index.entry(folder)], order.releases, Path(build.seeds_folder))
    return Cut(version, folder, differences, facts.citation, bool(measured), moved)


def _of_profile(last: Path, name: Profile) -> Path:
    """The last release in a profile, where it is at hand; else the one that is listed."""
    own = last.with_name(profile.folder_name(last.name, name))
    return own if (own / manifest.FILE).exists() else last


def _refuse_faulty(halves: Mapping[Profile, Path], tables: Path, limits: Policy) -> None:
    for half in halves.values():
        if faults := [fault for result in verify(half) for fault in result.faults]:
            raise ReleaseError(f"The release does not agree with itself: {'; '.join(faults)}.")
    articles = parquet.files(tables, ARTICLES.name)
    if faults := list(leaks.find(halves["public"], articles, limits)):
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise ReleaseError(
            f"The public release would hold more of the articles than {policy.FILE.name} allows: "
            f"{'; '.join(faults[:_SHOWN])}{more}."
        )


def _put_in_place(halves: Mapping[Profile, Path], folder: Path) -> Path:
    """Give the folders their names, the public one last: where it is, the full one is."""
    home = folder.with_name(profile.folder_name(folder.name, "full"))
    shutil.rmtree(home, ignore_errors=True)  # of a release that was stopped before it was listed
    halves["full"].rename(home)
    return halves["public"].rename(folder)


def _is_same(tables: Path, release: Path, limits: Policy) -> bool:
    """Whether the tables are those of a release; the registry follows from them and from it."""
    last = manifest.read(release)
    if (last["schema_version"], last.get("policy")) != (contracts.SCHEMA_VERSION, asdict(limits)):
        return False
    told = parquet.read(tables / f"{WITHDRAWN.name}.parquet")
    if not withdrawals.is_same(told, release):
        return False
    with engine.connect() as connection:
        return all(
            logical_hash(connection, t, parquet_relation(parquet.files(tables, t.name)))
            == last["tables"][t.name]["built_logical_hash"]
            for t in TABLES
            if t not in (REGISTRY, WITHDRAWN)
        )


def _refuse_unchecked(build: BuildRecord) -> None:
    if not build.checks:
        raise ReleaseError("The published tables were never checked; run `otr build`.")
    if build.blocked_by:
        names = ", ".join(check.name for check in build.blocked_by)
        raise ReleaseError(f"The published tables broke blocking checks: {names}.")
    _refuse_changed(build, [registry.FILE_NAME, "sources.toml"])  # names, and rights


def _refuse_changed(build: BuildRecord, names: Iterable[str]) -> None:
    """Refuse tables that were built before one of these files of the seeds was changed."""
    for name in names:
        now = Path(build.seeds_folder) / name
        if build.seeds.get(now.name) != (sha256(now) if now.exists() else None):
            raise ReleaseError(
                f"{now} changed after the build that read it; run `otr build` again."
            )


def _refuse_dirty(build: BuildRecord, now: checkout.Checkout) -> None:
    remedy = "or add --allow-dirty, which the release records"
    if now.commit is None:
        raise ReleaseError(
            f"There is no git checkout to name the code; release from a clone, {remedy}."
        )
    changed = build.changed or now.changed
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise ReleaseError(
            f"The checkout is not clean ({changed[0]}{more}); commit, build again, {remedy}."
        )
    if build.commit != now.commit:
        raise ReleaseError(f"The tables were built from another commit; run `otr build`, {remedy}.")


@contextmanager
def _half(releases: Path, version: str) -> Iterator[Path]:
    """A hidden folder to write a release in; what is left of it at the end is removed.

    Raises:
        ReleaseError: the disk refuses, or is full.
    """
    half = releases / f".{version}.half"
    shutil.rmtree(half, ignore_errors=True)
    try:
        half.mkdir()
        yield half
    except (OSError, engine.IOException, engine.FatalException) as error:
        raise ReleaseError(
            f"Release {version} could not be written: {error}. Nothing of it is listed."
        ) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _list(entries: list[index.Entry], releases: Path, seeds: Path) -> None:
    """Extend the id registry by the last release, then list it.

    The full release knows every name; a build finds an entity again by it.
    """
    last = _of_profile(releases / entries[-1]["version"], "full")
    if profile.of(manifest.read(last)) != "full":
        raise ReleaseError(
            f"{profile.folder_name(last.name, 'full')} is not beside {last}; put it there, for "
            "the registry of ids is extended from it."
        )
    rows = [parquet.read(path) for path in parquet.files(last / data.FOLDER, REGISTRY.name)]
    extended = parquet.conform(REGISTRY, rows[0])
    path = seeds / registry.FILE_NAME
    if not path.exists() or not parquet.read(path).equals(extended):
        parquet.write(extended, path)
    index.write(entries, releases)
