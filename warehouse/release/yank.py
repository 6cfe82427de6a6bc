"""Marking a bad release: it stays where it is, byte for byte, and nobody is led to it any more."""

from datetime import date
from pathlib import Path

from warehouse.release import index
from warehouse.release.errors import ReleaseError


def yank(releases: Path, version: str, reason: str, today: date) -> str:
    """Mark a release as yanked in the index, and lead to the last one that is not.

    Returns:
        The version that `latest.json` names now: the yanked one itself where all are.

    Raises:
        ReleaseError: there is no such release, it is yanked already, or no reason is given.
    """
    why = " ".join(reason.split())
    if not why:
        raise ReleaseError("Say with --reason what is wrong with the release.")
    with index.one_at_a_time(releases):
        entries = index.read(releases)
        entry = index.listed(entries, version, releases)
        if (before := entry.get("yanked")) is not None:
            raise ReleaseError(
                f"Release {version} was yanked already on {before['on']}: {before['reason']}"
            )
        entry["status"] = "yanked"
        entry["yanked"] = {"on": today.isoformat(), "reason": why}
        index.write(entries, releases)
        return str(index.good(entries)["version"])
