"""Results of checks, kept: a check of the same rule on the same rows need not run again.

Of a rule by article it is kept, beside its result on the whole tables, which parts passed it.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from expectations.rule import NoRows, Rule
from expectations.runner import CheckResult
from warehouse.made import code_version, digest
from warehouse.storage import atomic_path
from warehouse.tables import ARTICLES, QUOTES, TABLES

_NAMES = re.compile(rf"\b({'|'.join(table.name for table in TABLES)})\b")


@dataclass(frozen=True, slots=True)
class Key:
    """What the result of a rule depends on.

    `whole` is the digest of all of it, None where that may change unseen; `parts`, of a rule by
    article, are those of what each part adds to it.
    """

    whole: str | None
    parts: tuple[str, ...] = ()


def keys(
    rules: Iterable[Rule], tables: Mapping[str, Sequence[str]], walked: str | None
) -> dict[str, Key]:
    """The key of each rule, by its name.

    Args:
        rules: the rules.
        tables: the digests of each table's files, by its name.
        walked: the digest of what the independent walk finds; None where that may change unseen,
            so that the rules which read it have to run.
    """
    code = code_version(Path(__file__).parent)
    return {rule.name: _key(rule, digest(code, repr(rule)), tables, walked) for rule in rules}


def _key(rule: Rule, made_by: str, tables: Mapping[str, Sequence[str]], walked: str | None) -> Key:
    read = {name: tables[name] for name in sorted(reads(rule))}
    if rule.needs_walk:
        return Key(None if walked is None else digest(made_by, read, walked))
    is_cut_alike = len({len(files) for files in read.values()}) == 1
    parts = zip(*read.values(), strict=True) if rule.by_article and is_cut_alike else ()
    return Key(digest(made_by, read), tuple(digest(made_by, part) for part in parts))


def reads(rule: Rule) -> set[str]:
    """The names of the tables that a rule may read."""
    named = _NAMES.findall(rule.check.sql) if isinstance(rule.check, NoRows) else []
    # Spans find their article through their quote.
    texts = {ARTICLES.name, QUOTES.name} if rule.needs_texts else set()
    return {rule.table, *named, *texts}


class Kept:
    """The record of the last checks, in a file; deleting it costs only time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._known = json.loads(path.read_text(encoding="utf-8"))["rules"]
        except (OSError, ValueError, KeyError, TypeError):
            self._known = {}

    def results(self, rules: Collection[Rule], keys: Mapping[str, Key]) -> list[CheckResult]:
        """The results that still hold, of these rules."""
        found = []
        for rule in rules:
            key, known = keys[rule.name].whole, self._known.get(rule.name)
            if key is not None and known is not None and known["key"] == key:
                n_checked, n_failed, ids = known["result"]
                passed = n_failed == 0
                found.append(CheckResult(rule, passed, n_checked, n_failed, tuple(ids), True))
        return found

    def unjudged(self, rules: Iterable[Rule], keys: Mapping[str, Key]) -> dict[str, list[int]]:
        """For each rule that parts of the tables passed before, the numbers of the others.

        A rule that failed is not among them: all of its table counts again.
        """
        found = {}
        for rule in rules:
            known = self._known.get(rule.name)
            if known is not None and known["result"][1] == 0:
                passed = set(known["parts"])
                parts = keys[rule.name].parts
                others = [number for number, part in enumerate(parts) if part not in passed]
                if len(others) < len(parts):
                    found[rule.name] = others
        return found

    def keep(self, results: Iterable[CheckResult], keys: Mapping[str, Key]) -> None:
        """Write down results."""
        known = {}
        for result in results:
            key = keys[result.rule.name]
            if key.whole is not None:
                found = (result.n_checked, result.n_failed, result.failing_ids)
                parts = key.parts if result.success else ()
                known[result.rule.name] = {"key": key.whole, "result": found, "parts": parts}
        with atomic_path(self._path) as temporary:
            temporary.write_text(json.dumps({"rules": known}), encoding="utf-8")
