"""Accuracy: how near a published database comes to what careful readers marked.

What belongs here: reading gold files, reading predictions from a published DuckDB file, one
module a measure, the reliability of `confidence`, and a table to print. What does not: building
the database (the `otr` command does), extraction rules, and thresholds to reach.

    gold = read_gold(path)
    ... build gold_documents(gold) into a temporary warehouse ...
    print(render(score(gold, warehouse / "on_the_record.duckdb")))
"""

from expectations.accuracy.gold import Gold, gold_documents
from expectations.accuracy.gold_file import GoldError, read_gold
from expectations.accuracy.reliability import Bin
from expectations.accuracy.rendering import render
from expectations.accuracy.scoring import Figures, reliability, score

__all__ = [
    "Bin",
    "Figures",
    "Gold",
    "GoldError",
    "gold_documents",
    "read_gold",
    "reliability",
    "render",
    "score",
]
