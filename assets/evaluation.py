"""`otr eval`: gold documents through the whole build, in a warehouse of their own."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assets.build import build
from assets.exits import Exit
from assets.settings import settings
from expectations.accuracy import Gold, gold_documents, read_gold, render, score
from warehouse import duckdb


class EvaluationFailedError(RuntimeError):
    """The build of the gold documents did not publish."""


def evaluate_gold(gold: Path, workers: int | None) -> str:
    """Build the documents of a gold file and return the figures as a table.

    Raises:
        expectations.accuracy.GoldError: the file is no gold file.
        EvaluationFailedError: the build ended without publishing.
    """
    documents = read_gold(gold)
    with built(documents, workers) as database:
        return render(score(documents, database))


@contextmanager
def built(documents: Sequence[Gold], workers: int | None) -> Iterator[Path]:
    """Build gold documents in a warehouse that lasts as long as the block.

    Yields:
        The published DuckDB file.

    Raises:
        EvaluationFailedError: the build ended without publishing.
    """
    with tempfile.TemporaryDirectory(prefix="otr-eval-") as folder:
        seeds, warehouse = Path(folder, "seeds"), Path(folder, "warehouse")
        seeds.mkdir()
        lines = (json.dumps(d, ensure_ascii=False) + "\n" for d in gold_documents(documents))
        (seeds / "documents.jsonl").write_text("".join(lines), encoding="utf-8")
        outcome = build(settings(str(seeds), str(warehouse), workers))
        if outcome.exit != Exit.PUBLISHED:
            failed = ", ".join(c.rule.name for c in outcome.failed)
            raise EvaluationFailedError(outcome.problem or f"Checks failed: {failed}")
        yield warehouse / duckdb.FILE_NAME
