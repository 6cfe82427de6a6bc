"""Results of checks, kept: a check of the same rule on the same tables need not run again."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from expectations.rule import NoRows, Rule
from expectations.runner import CheckResult
from warehouse.made import code_version, digest
from warehouse.storage import atomic_path
from warehouse.tables import ARTICLES, QUOTES, TABLES

_NAMES = re.compile(rf"\b({'|'.join(table.name for table in TABLES)})\b")


def keys(
    rules: Iterable[Rule], tables: Mapping[str, str], walked: str | None
) -> dict[str, str | None]:
    """The digest, by the rule's name, of all that its result depends on.

    Args:
        rules: the rules.
        tables: the digest of each table's rows, by its name.
        walked: the digest of what the independent walk finds; None where that may change unseen,
            so that the rules which read it have to run.
    """
    code = code_version(Path(__file__).parent)
    found: dict[str, str | None] = {}
    for rule in rules:
        read = {name: tables[name] for name in sorted(reads(rule))}
        parts = (code, repr(rule), read, walked if rule.needs_walk else "")
        found[rule.name] = None if rule.needs_walk and walked is None else digest(*parts)
    return found


def reads(rule: Rule) -> set[str]:
    """The names of the tables that a rule may read."""
    named = _NAMES.findall(rule.check.sql) if isinstance(rule.check, NoRows) else []
    # Spans find their article through their quote.
    texts = {ARTICLES.name, QUOTES.name} if rule.needs_texts else set()
    return {rule.table, *named, *texts}


def read_kept(
    path: Path, rules: Collection[Rule], keys: Mapping[str, str | None]
) -> list[CheckResult]:
    """The results that still hold, of these rules."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    found = []
    for rule in rules:
        key, known = keys[rule.name], kept.get(rule.name)
        if key is not None and known is not None and known[0] == key:
            n_checked, n_failed, ids = known[1:]
            found.append(CheckResult(rule, n_failed == 0, n_checked, n_failed, tuple(ids), True))
    return found


def keep(path: Path, results: Iterable[CheckResult], keys: Mapping[str, str | None]) -> None:
    """Write down results for `read_kept`."""
    kept = {
        result.rule.name: (key, result.n_checked, result.n_failed, result.failing_ids)
        for result in results
        if (key := keys[result.rule.name]) is not None
    }
    with atomic_path(path) as temporary:
        temporary.write_text(json.dumps(kept), encoding="utf-8")
