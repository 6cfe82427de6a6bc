"""The rules written by hand, across columns and tables.

Belongs here: one SQL file a rule, called `<table>.<rule>.sql`, which selects the key (and whatever
helps to see the fault) of each row that offends; and `offsets`, the rules that are alike for every
pair of offsets. A file begins with a comment, `-- error: ` or `-- warning: ` and the rule in a
sentence; further comment lines are for readers of the file. `-- error by article: ` says that rows
of one article alone decide whether a row of it offends, so that parts are checked once
(`expectations.rule.Rule`).

Two conventions keep each fault with one rule: a row with a null in it passes (NOT NULL is a derived
rule), and what a derived rule refuses is not refused again (an offset below 0 belongs to the range
of its column, an unknown id to its foreign key).

Does not belong here: rules that follow from one contract alone (`expectations.from_tables`).
"""

from pathlib import Path
from typing import get_args

from expectations.rule import NoRows, Rule
from expectations.rules.offsets import offset_rules
from warehouse.tables.spec import Severity

_BY_ARTICLE = " by article"


def hand_written_rules() -> tuple[Rule, ...]:
    """Every rule of this folder, sorted by name.

    Raises:
        ValueError: a file does not begin with its severity and description.
    """
    from_files = (_read(path) for path in Path(__file__).parent.glob("*.sql"))
    return tuple(sorted((*from_files, *offset_rules()), key=lambda rule: rule.name))


def _read(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    front = text.partition("\n")[0].removeprefix("-- ")
    kind, _, description = front.partition(": ")
    severity = kind.removesuffix(_BY_ARTICLE)
    for known in get_args(Severity):
        if severity == known:
            table = path.name.partition(".")[0]
            by_article = kind.endswith(_BY_ARTICLE)
            return Rule(path.stem, table, known, description, NoRows(text), by_article)
    raise ValueError(f"{path.name} does not begin with `-- error: ` or `-- warning: `.")
