"""Whether a build has anything to do: each step is asked, in the order of the graph."""

from collections.abc import Sequence

from assets import assemble, extraction, publishing, verdicts
from assets.settings import Settings
from assets.vouching import keep_results, vouch
from expectations.runner import CheckResult
from pipelines.documents.sources import Source
from warehouse.storage import Input


def kept_results(
    settings: Settings, inputs: Sequence[Input], sources: Sequence[Source], began_ns: int
) -> list[CheckResult] | None:
    """What the checks found before, where no step has anything to do; else None.

    What the warehouse says of itself is written as a run would: the code may have been committed.

    Args:
        settings: the settings of the build.
        inputs: the inputs, just listed.
        sources: what a person says about them.
        began_ns: a moment before they were listed, in nanoseconds of Unix time.
    """
    is_made = extraction.is_current(settings, inputs, sources) and assemble.is_current(settings)
    results = verdicts.kept(settings, began_ns) if is_made else None
    if results is None:
        return None
    is_blocked = any(not r.success and r.rule.severity == "error" for r in results)
    if not is_blocked and not publishing.is_current(settings):
        return None
    keep_results(results, settings)
    if not is_blocked:
        vouch(settings)
    return results
