"""What `make bench` measured last, put into the README: the figures, and the plot beside them."""

import re
import shutil
import sys
from pathlib import Path

from assets.readme import CHECKOUT, README

PLOT = CHECKOUT / "docs" / "bench.svg"
_BLOCK = re.compile(r"(<!-- bench -->\n).*?(<!-- end -->)", re.DOTALL)


def render(readme: str, measured: str) -> str:
    """The README with the first table of what was measured in its `<!-- bench -->` block.

    Raises:
        ValueError: it has no such block.
    """
    figures, _, _ = measured.partition("\n\n")
    found, n_blocks = _BLOCK.subn(lambda m: f"{m[1]}{figures}\n{m[2]}", readme)
    if n_blocks != 1:
        raise ValueError("The README has no block `<!-- bench -->`.")
    return found


def main(report: str) -> None:
    """Fill the README from a folder that the bench wrote, and keep its plot."""
    measured = Path(report, "bench.md").read_text("utf-8")
    README.write_text(render(README.read_text("utf-8"), measured), "utf-8")
    PLOT.parent.mkdir(exist_ok=True)
    shutil.copyfile(Path(report, "bench.svg"), PLOT)


if __name__ == "__main__":
    main(*sys.argv[1:])
