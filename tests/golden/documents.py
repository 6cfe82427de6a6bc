"""Every golden document, as lines of a gold file."""

import json
from pathlib import Path

from tests.golden.markup import read_article
from tests.golden.records import Record, document
from tests.golden.sidecar import read_sidecar

_HERE = Path(__file__).parent


def articles() -> list[Record]:
    """The articles that we wrote.

    Raises:
        MarkupError: an annotation contradicts another.
    """
    return [document(read_article(path)) for path in sorted((_HERE / "articles").glob("*.txt"))]


def five_texts() -> list[Record]:
    """The five texts of the seeds.

    Raises:
        MarkupError: an annotation contradicts another, or its text.
    """
    return [document(read_sidecar(path)) for path in sorted((_HERE / "five_texts").glob("*.toml"))]


def write_gold(records: list[Record], path: Path) -> None:
    """Write a gold file: JSON Lines, a document a line."""
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    path.write_text("".join(lines), encoding="utf-8")
