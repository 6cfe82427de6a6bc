"""The checkout that a build or a release is made from: which commit, and whether it is that one."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from warehouse.storage import sha256

FOLDER = Path(__file__).parents[2]
LOCK_FILE = FOLDER / "requirements.lock"
#: What a release itself writes into the checkout.
_OWN_OUTPUT = "seeds/registry.parquet"


@dataclass(frozen=True, slots=True)
class Checkout:
    """The state of the code.

    `commit` is None where there is no git to tell; `changed` are the files that differ from the
    commit or that it does not know, ignored ones and the id registry aside.
    """

    commit: str | None
    changed: tuple[str, ...]
    packages_sha256: str

    @property
    def is_clean(self) -> bool:
        """Whether the commit says all that there is to know of the code."""
        return self.commit is not None and not self.changed


def read(folder: Path = FOLDER) -> Checkout:
    """Look at the checkout as it is now."""
    status = ("status", "--porcelain", "--untracked-files=all", "-z")
    commit, changed = _git(folder, "rev-parse", "HEAD"), _git(folder, *status)
    names = _names(changed or "")
    own = {_OWN_OUTPUT} if folder == FOLDER else set()
    return Checkout(
        commit.strip() if commit and changed is not None else None,
        tuple(name for name in names if name not in own),
        sha256(folder / LOCK_FILE.name),
    )


def _names(status: str) -> list[str]:
    """The paths of `git status --porcelain -z`; a rename's old path has no entry of its own."""
    entries = iter(entry for entry in status.split("\0") if entry)
    names = []
    for entry in entries:
        names.append(entry[3:])
        if "R" in entry[:2] or "C" in entry[:2]:
            next(entries, None)
    return names


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return None
