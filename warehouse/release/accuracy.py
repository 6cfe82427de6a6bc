"""How right the rows were measured to be: `make accuracy` measures, a release ships the table.

Beside the table lies what code it was measured with. A release takes it only from its own code.
"""

import json
from dataclasses import asdict
from pathlib import Path

from warehouse.release import checkout
from warehouse.release.build_record import BuildRecord
from warehouse.release.checkout import Checkout

#: The folder inside a warehouse.
FOLDER = "accuracy"
FILES = ("accuracy.md", "accuracy.json")
_MADE_BY = "made_by.json"


def is_current(folder: Path) -> bool:
    """Whether the table was measured with the code of the checkout as it is, and that is clean."""
    now = checkout.read()
    return now.is_clean and _is_by(folder, now)


def stamp(folder: Path) -> None:
    """Say which code a table that was just measured is of."""
    said = json.dumps(asdict(checkout.read()), indent=2, ensure_ascii=False) + "\n"
    (folder / _MADE_BY).write_text(said, encoding="utf-8")


def of_build(warehouse: Path, build: BuildRecord) -> list[Path]:
    """The files of the table measured with the code of a build; none where there is none."""
    folder = warehouse / FOLDER
    code = Checkout(build.commit, build.changed, build.packages_sha256)
    return [folder / name for name in FILES] if _is_by(folder, code) else []


def _is_by(folder: Path, code: Checkout) -> bool:
    try:
        said = json.loads((folder / _MADE_BY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    is_same = said == json.loads(json.dumps(asdict(code)))
    return is_same and all((folder / name).is_file() for name in FILES)
