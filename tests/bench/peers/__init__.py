"""Programs that we are measured against, each in an environment of its own under `.peers/`.

`make peers` installs what `*.txt` pins; one that does not install here is left out of the tables.
"""

from pathlib import Path

_ENVIRONMENTS = Path(__file__).parents[3] / ".peers"


def python_of(peer: str) -> str | None:
    """The Python of a peer's environment, or nothing where it is not installed."""
    folder = _ENVIRONMENTS / peer
    return str(folder / "bin" / "python") if (folder / ".ready").exists() else None
