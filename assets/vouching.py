"""What a build says of what it published, so that a release can be cut from it and nothing else."""

import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path

from assets.assemble import table_digests
from assets.settings import Settings
from expectations.runner import CheckResult
from warehouse.release import build_record, checkout
from warehouse.release.build_record import Check, Model
from warehouse.release.hashes import folder_sha256


def keep_results(results: Iterable[CheckResult], settings: Settings) -> None:
    """Keep how every check of the tables in staging ended."""
    build_record.write_checks(map(_check, results), settings.staging, table_digests(settings))


def vouch(settings: Settings) -> None:
    """Say of the published tables, which are those in staging, how they were checked and made."""
    build_record.write(
        settings.warehouse_folder,
        settings.staging,
        settings.seeds_folder,
        checkout.read(),
        _model(settings.model),
        table_digests(settings),
    )


def _check(result: CheckResult) -> Check:
    return Check(
        name=result.rule.name,
        table=result.rule.table,
        severity=result.rule.severity,
        description=result.rule.description,
        passed=result.success,
        n_checked=result.n_checked,
        n_failed=result.n_failed,
        failing_ids=result.failing_ids,
    )


def _model(name: str) -> Model:
    """An installed spaCy pipeline, or one in a folder; it is not loaded."""
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    folder = Path(spec.origin).parent if spec and spec.origin else Path(name)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return Model(f"{meta['lang']}_{meta['name']}-{meta['version']}", folder_sha256(folder))
