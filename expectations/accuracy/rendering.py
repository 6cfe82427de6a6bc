"""Figures as text to read in a terminal, as rows to keep, and as Markdown to publish."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from expectations.accuracy.ratios import PrecisionRecall, Ratio
from expectations.accuracy.scoring import Figures
from expectations.accuracy.sections import Line, Mean, Share, sections


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: `share` from 0 to 1, `right` out of `of` where it was counted."""

    layer: str
    figure: str
    share: float
    right: int | None
    of: int | None


def render(figures: Figures) -> str:
    """Every figure with what it is out of, in plain text; shares from 0 to 1."""
    told = sections(figures)
    width = max((len(name) for section in told for name, _ in section.lines), default=0)
    blocks = [_head(figures)]
    for section in told:
        lines = (f"  {name:{width}}  {_text((name, figure))}" for name, figure in section.lines)
        blocks.append("\n".join([section.title, *lines]))
    return "\n\n".join(blocks) + "\n"


def rows(figures: Figures) -> list[Row]:
    """Every figure as a row: of precision and recall three, one each and their F1."""
    return [
        Row(section.title, *numbers)
        for section in sections(figures)
        for line in section.lines
        for numbers in _numbers(line)
    ]


def markdown(table: Sequence[Row]) -> str:
    """The rows as a Markdown table a layer."""
    blocks = []
    for layer in dict.fromkeys(row.layer for row in table):
        lines = [f"### {layer}", "", "| figure | share | right | out of |", "|---|---:|---:|---:|"]
        for row in table:
            if row.layer == layer:
                right = "" if row.right is None else str(row.right)
                of = "" if row.of is None else str(row.of)
                lines.append(f"| {row.figure} | {row.share:.3f} | {right} | {of} |")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _head(figures: Figures) -> str:
    head = f"{figures.n_articles} of {figures.n_documents} documents have an article"
    if figures.n_other_texts:
        head += (
            f"; the text of {figures.n_other_texts} is not the gold's, "
            "so their offsets do not compare"
        )
    return head


def _text(line: Line) -> str:
    match line[1]:
        case Ratio() as ratio:
            return f"{ratio.share:.3f}  {ratio.hits} of {ratio.of}"
        case PrecisionRecall(precision=precision, recall=recall) as both:
            shares = f"p {precision.share:.3f}  r {recall.share:.3f}  f1 {both.f1:.3f}"
            return f"{shares}  {precision.of} predicted, {recall.of} in the gold"
        case Mean() as mean:
            shares = f"p {mean.precision:.3f}  r {mean.recall:.3f}  f1 {mean.f1:.3f}"
            return f"{shares}  mean of {mean.of} {mean.unit}"
        case Share(value=value):
            return f"{value:.3f}"


def _numbers(line: Line) -> Iterator[tuple[str, float, int | None, int | None]]:
    name, figure = line
    match figure:
        case Ratio(hits=hits, of=of):
            yield name, round(figure.share, 3), hits, of
        case PrecisionRecall(precision=precision, recall=recall):
            yield f"{name}: precision", round(precision.share, 3), precision.hits, precision.of
            yield f"{name}: recall", round(recall.share, 3), recall.hits, recall.of
            yield f"{name}: f1", round(figure.f1, 3), None, None
        case Mean(precision=precision, recall=recall, f1=f1, of=of):
            yield f"{name}: precision, a mean", round(precision, 3), None, of
            yield f"{name}: recall, a mean", round(recall, 3), None, of
            yield f"{name}: f1, a mean", round(f1, 3), None, of
        case Share(value=value):
            yield name, round(value, 3), None, None
