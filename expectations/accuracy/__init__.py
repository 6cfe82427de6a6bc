"""Accuracy: how near a published database comes to what careful readers marked.

What belongs here: reading gold files, reading predictions from a published DuckDB file, one
module a measure, the reliability of `confidence`, and a table to print. What does not: building
the database (the `otr` command does), extraction rules, and thresholds to reach.

    gold = read_gold(path)
    ... build gold_documents(gold) into a temporary warehouse ...
    figures = score(gold, warehouse / "on_the_record.duckdb")
    print(render(figures))                # to read in a terminal
    table = rows(figures)                 # to keep: one row a figure, with its counts
    print(markdown(table))                # to publish
"""

from expectations.accuracy.gold import Gold, gold_documents
from expectations.accuracy.gold_file import GoldError, read_gold
from expectations.accuracy.reliability import Bin
from expectations.accuracy.rendering import Row, markdown, render, rows
from expectations.accuracy.report import Report, report
from expectations.accuracy.scoring import Figures, reliability, score

__all__ = [
    "Bin",
    "Figures",
    "Gold",
    "GoldError",
    "Report",
    "Row",
    "gold_documents",
    "markdown",
    "read_gold",
    "reliability",
    "render",
    "report",
    "rows",
    "score",
]
