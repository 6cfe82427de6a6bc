"""The accuracy report that a release ships: every figure, with its counts and its limits."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from expectations.accuracy.gold import Gold
from expectations.accuracy.ratios import PrecisionRecall, Ratio
from expectations.accuracy.rendering import Row, markdown, rows
from expectations.accuracy.scoring import Figures, score

_MANNER_HEAD = (
    "| manner | articles | direct f1 | mixed f1 | indirect f1 | named | misnamed | date value f1 "
    "| entities f1 | blocks |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of a set of gold documents.

    `about` says in a few sentences what was measured and what not; `manners` has a line of Markdown
    for each manner of writing.
    """

    title: str
    about: str
    n_documents: int
    rows: tuple[Row, ...]
    manners: tuple[str, ...]

    @property
    def markdown(self) -> str:
        """The whole report."""
        parts = [f"## {self.title}", self.about]
        if self.manners:
            parts += ["### By manner of writing", "\n".join([_MANNER_HEAD, *self.manners])]
        return "\n\n".join([*parts, markdown(self.rows)])

    @property
    def record(self) -> dict[str, Any]:
        """The whole report as a JSON object; a figure has `layer figure share right of`."""
        return {
            "title": self.title,
            "about": self.about,
            "n_documents": self.n_documents,
            "figures": [asdict(row) for row in self.rows],
        }


def report(title: str, about: str, gold: Sequence[Gold], database: Path) -> Report:
    """Score a published database against gold documents, together and by manner.

    Raises:
        duckdb.Error: the database cannot be opened or lacks a table or column.
    """
    by_manner: dict[str, list[Gold]] = {}
    for document in gold:
        if document.manner:
            by_manner.setdefault(document.manner, []).append(document)
    several = by_manner if len(by_manner) > 1 else {}
    return Report(
        title,
        about,
        len(gold),
        tuple(rows(score(gold, database))),
        tuple(_line(name, score(own, database)) for name, own in sorted(several.items())),
    )


def _line(manner: str, figures: Figures) -> str:
    quotes, speakers = figures.quotes, figures.speakers
    cells = [
        _f1(quotes.direct.found if quotes else None),
        _f1(quotes.mixed.found if quotes else None),
        _f1(quotes.indirect.found if quotes else None),
        _share(speakers.named if speakers else None),
        _share(speakers.misnamed if speakers else None),
        f"{figures.dates.value_f1:.2f}" if figures.dates else "–",
        _f1(figures.entities.all if figures.entities else None),
        _share(figures.blocks.right if figures.blocks else None),
    ]
    return f"| {manner} | {figures.n_documents} | {' | '.join(cells)} |"


def _f1(found: PrecisionRecall | None) -> str:
    return f"{found.f1:.2f} of {found.recall.of}" if found else "–"


def _share(share: Ratio | None) -> str:
    return f"{share.share:.2f} of {share.of}" if share else "–"
