"""`make readme`: the README's queries with their output, and its picture, made anew."""

import io
import re
import sys
from pathlib import Path

import duckdb
from rich.console import Console

from assets.show import print_article

CHECKOUT = Path(__file__).parents[1]
README = CHECKOUT / "README.md"
PICTURE = CHECKOUT / "docs" / "show.svg"
QUERIES = CHECKOUT / "warehouse" / "queries"
_ROWS = 6
_WIDTH = 56
_BLOCK = re.compile(r"(<!-- query (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def render(readme: str, database: Path) -> str:
    """The README with every `<!-- query NAME -->` block filled: the query, then its first rows."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return _BLOCK.sub(lambda m: m[1] + _answer(connection, m[2]) + m[3], readme)


def draw(database: Path, article: str, command: str) -> str:
    """What `otr show` prints of an article, as an SVG that loads nothing from elsewhere."""
    console = Console(record=True, width=110, file=io.StringIO(), force_terminal=True)
    print_article(database, article, console)
    svg = console.export_svg(title=command)
    return re.sub(r"@font-face \{.*?\}\n", "", svg, flags=re.DOTALL)


def _answer(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    sql = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    result = connection.execute(sql)
    names = [column[0] for column in result.description]
    rows = [[_cell(value) for value in row] for row in result.fetchmany(_ROWS)]
    lines = [_line(names), _line(["---"] * len(names)), *map(_line, rows)]
    table = "\n".join(lines)
    return f"```sql\n{sql}```\n\n{table}\n\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    text = " ".join(str("" if value is None else value).split()).replace("|", "\\|")
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1].rstrip() + "…"


def main(dataset: str, example: str, article: str) -> None:
    """Fill the README from a published dataset, and draw an article of another one."""
    README.write_text(render(README.read_text("utf-8"), Path(dataset)), "utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw(Path(example), article, f"otr show {article}"), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
