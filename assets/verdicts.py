"""The checks of a build, those that were run before on the same rows left out."""

import time
from collections.abc import Sequence

from assets.apart import apart
from assets.assemble import table_files
from assets.settings import Settings
from expectations.kept import Kept, Key, keys
from expectations.rule import Rule
from expectations.runner import CheckResult, all_rules, run_rules
from expectations.walk import fingerprint, walked_table
from warehouse import parquet

#: A file this young may be written to again with the same times.
_YOUNG_NS = 2 * 10**9


def check(settings: Settings) -> list[CheckResult]:
    """The result of every rule on the tables of the build under way.

    Rules by article are run on the parts that never passed them.

    Raises:
        expectations.runner.CheckCrash: a rule could not be evaluated.
    """
    rules = all_rules()
    wanted = _keys(rules, settings, settings.listed.stat().st_mtime_ns)
    kept = Kept(settings.checked)
    results = kept.results(rules, wanted)
    known = {result.rule.name for result in results}
    missing = [rule for rule in rules if rule.name not in known]
    if missing:
        results += _run(missing, kept.unjudged(missing, wanted), settings)
    kept.keep(results, wanted)
    order = {rule.name: number for number, rule in enumerate(rules)}
    return sorted(results, key=lambda result: order[result.rule.name])


def kept(settings: Settings, listed_ns: int) -> list[CheckResult] | None:
    """The result of every rule, where none has to be run; else None.

    `listed_ns` is a moment before the inputs were listed, in nanoseconds of Unix time.
    """
    rules = all_rules()
    results = Kept(settings.checked).results(rules, _keys(rules, settings, listed_ns))
    return results if len(results) == len(rules) else None


def _keys(rules: Sequence[Rule], settings: Settings, listed_ns: int) -> dict[str, Key]:
    """What each rule's result depends on."""
    old = min(listed_ns, time.time_ns() - _YOUNG_NS)
    files = table_files(settings).items()
    digests = {name: [sha256 for _, sha256 in of_table] for name, of_table in files}
    return keys(rules, digests, fingerprint(settings.seeds_place, old))


def _run(rules: list[Rule], parts: dict[str, list[int]], settings: Settings) -> list[CheckResult]:
    walked = settings.staged("walked")
    if any(rule.needs_walk for rule in rules):
        since = settings.listed.stat().st_mtime_ns
        before = settings.cache / "walk.jsonl"
        parquet.write(walked_table(settings.seeds_place, since, before), walked)
    seen = walked if walked.exists() else None
    return apart(settings, run_rules, rules, settings.staging, seen, parts)
