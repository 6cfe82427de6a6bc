"""What a published warehouse says of itself: what made its tables, and how every check ended.

The build writes `build.json` beside the tables, last of all; a release is cut from what it vouches
for, and from nothing else.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from warehouse import parquet
from warehouse.release.checkout import Checkout
from warehouse.release.errors import ReleaseError
from warehouse.storage import atomic_path, sha256
from warehouse.tables import TABLES
from warehouse.tables.spec import Severity

FILE = "build.json"
CHECKS_FILE = "checks.json"


@dataclass(frozen=True, slots=True)
class Check:
    """How one check ended: how many rows it read, how many offended, and the first of those."""

    name: str
    table: str
    severity: Severity
    description: str
    passed: bool
    n_checked: int
    n_failed: int
    failing_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The language model: its name and version, and a digest of its files."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What made the tables, and what the checks said.

    `seeds_folder` is where the inputs lay; `seeds` are the digests of the files there that tell of
    them, by name; `tables` those of the published ones (`parquet.digest`).
    """

    commit: str | None
    changed: tuple[str, ...]
    packages_sha256: str
    model: Model
    seeds_folder: str
    seeds: Mapping[str, str]
    tables: Mapping[str, str]
    checks: tuple[Check, ...]

    @property
    def blocked_by(self) -> list[Check]:
        """The blocking checks that did not pass."""
        return [c for c in self.checks if c.severity == "error" and not c.passed]


def write_checks(
    checks: Iterable[Check], staging: Path, tables: Mapping[str, str] | None = None
) -> None:
    """Keep the checks' results beside the tables that were checked, and say which these were.

    `tables` are the digests of the tables, where they are known.
    """
    digests = tables or _digests(staging)
    said = {"tables": digests, "checks": [asdict(check) for check in checks]}
    _write(said, staging / CHECKS_FILE)


def write(
    warehouse: Path,
    staging: Path,
    seeds: Path,
    checkout: Checkout,
    model: Model,
    tables: Mapping[str, str] | None = None,
) -> None:
    """Vouch for the published tables of a warehouse: they are those in staging that were checked.

    Where staging has no results of these very tables, `checks` is empty. `tables` are the digests
    of the published ones, where they are known.
    """
    tables = tables or _digests(warehouse / "tables")
    checked: Mapping[str, Any] = {}
    if (staging / CHECKS_FILE).exists():
        checked = json.loads((staging / CHECKS_FILE).read_text(encoding="utf-8"))
    record = {
        "commit": checkout.commit,
        "changed": checkout.changed,
        "packages_sha256": checkout.packages_sha256,
        "model": asdict(model),
        "seeds_folder": str(seeds.resolve()),
        "seeds": {path.name: sha256(path) for path in _about_inputs(seeds)},
        "tables": tables,
        "checks": checked["checks"] if checked.get("tables") == tables else [],
    }
    _write(record, warehouse / "tables" / FILE)


def require(warehouse: Path) -> Path:
    """The record of a warehouse.

    Raises:
        ReleaseError: nothing is published there.
    """
    path = warehouse / "tables" / FILE
    if not path.exists():
        raise ReleaseError(f"Nothing is published in {warehouse} yet; run `otr build` first.")
    return path


def read(warehouse: Path) -> BuildRecord:
    """Read what a warehouse says of itself, and hold it against the tables that lie there.

    Raises:
        ReleaseError: nothing is published, the tables are not those that were checked, or the
            record cannot be read.
    """
    path = require(warehouse)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        checks = [Check(**{**c, "failing_ids": tuple(c["failing_ids"])}) for c in said["checks"]]
        fields = {"model": Model(**said["model"]), "changed": tuple(said["changed"])}
        record = BuildRecord(**{**said, **fields, "checks": tuple(checks)})
        is_as_built = record.tables == _digests(warehouse / "tables")
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReleaseError(f"{path} cannot be read ({error}); run `otr build`.") from error
    if not is_as_built:
        raise ReleaseError(
            f"The tables in {warehouse} are not those it published; run `otr build`."
        )
    return record


def _digests(tables: Path) -> dict[str, str]:
    found = {table.name: parquet.files(tables, table.name) for table in TABLES}
    return {name: parquet.digest([sha256(path) for path in of]) for name, of in found.items()}


def _about_inputs(seeds: Path) -> list[Path]:
    return sorted(p for pattern in ("*.toml", "registry.*") for p in seeds.glob(pattern))


def _write(said: Mapping[str, Any], path: Path) -> None:
    with atomic_path(path) as temporary:
        text = json.dumps(said, indent=2, ensure_ascii=False) + "\n"
        temporary.write_text(text, encoding="utf-8")
