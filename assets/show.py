"""An article in the terminal, with everything that was found in it marked."""

from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

#: What is marked; where two meet, the later one wins.
_STYLES = {
    "quote": "on grey23",
    "name": "cyan",
    "date": "green",
    "speaker": "bold yellow",
    "cue": "underline",
}
_DIM_BLOCKS = {"boilerplate", "related", "author_note", "section"}

Row = dict[str, Any]


class ShowError(ValueError):
    """There is no such article, or more than one."""


def print_article(database: Path, wanted: str, console: Console) -> None:
    """Print on a console the one article whose article_id or source_id holds `wanted`.

    Raises:
        ShowError: nothing is published, or no article fits, or several do.
    """
    if not database.exists():
        raise ShowError(f"Nothing is published at {database} yet; run `otr build` first.")
    with duckdb.connect(str(database), read_only=True) as connection:
        article = _find(connection, wanted)
        found = {name: _rows(connection, sql, article) for name, sql in _QUERIES.items()}
    console.print(Text(article["title"] or article["source_id"], style="bold"))
    console.print(Text(_facts(article), style="dim"))
    legend = Text("  ".join(_STYLES))
    for name, style in _STYLES.items():
        legend.highlight_words([name], style)
    console.print(legend, end="\n\n")
    console.print(_body(article, found))
    console.print(_statements(found["quotes"]))


_QUERIES = {
    "blocks": "SELECT kind, start_char, end_char FROM blocks WHERE article_id = ? ORDER BY 2",
    "name": "SELECT start_char, end_char FROM mentions WHERE article_id = ?",
    "date": "SELECT start_char, end_char FROM dates WHERE article_id = ?",
    "quote": "SELECT s.start_char, s.end_char FROM quote_spans AS s JOIN quotes USING (quote_id) "
    "WHERE article_id = ?",
    "speaker": "SELECT speaker_start AS start_char, speaker_end AS end_char FROM quotes "
    "WHERE article_id = ? AND speaker_start IS NOT NULL",
    "cue": "SELECT cue_start AS start_char, cue_end AS end_char FROM quotes "
    "WHERE article_id = ? AND cue_start IS NOT NULL",
    "quotes": "SELECT * FROM quotes WHERE article_id = ? ORDER BY quote_no",
}


def _find(connection: duckdb.DuckDBPyConnection, wanted: str) -> Row:
    exact = "FROM articles WHERE ? IN (article_id, source_id)"
    partly = "FROM articles WHERE contains(article_id, ?1) OR contains(source_id, ?1) ORDER BY 1"
    for sql in (exact, partly):
        rows = _fetch(connection, sql, wanted)
        if len(rows) == 1:
            return rows[0]
    if not rows:
        raise ShowError(f"No article has “{wanted}” in its article_id or source_id.")
    some = ", ".join(row["source_id"] for row in rows[:5])
    raise ShowError(f"{len(rows)} articles fit “{wanted}”, such as {some}; give more of the id.")


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, article: Row) -> list[Row]:
    return _fetch(connection, sql, article["article_id"])


def _fetch(connection: duckdb.DuckDBPyConnection, sql: str, value: str) -> list[Row]:
    result = connection.execute(sql, [value])
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _facts(article: Row) -> str:
    facts = (
        article["article_id"],
        article["source_id"],
        ", ".join(article["authors"]),
        article["publisher"],
        f"published {article['published_edtf'] or 'at an unknown date'}",
        article["language"],
    )
    return " · ".join(fact for fact in facts if fact)


def _body(article: Row, found: dict[str, list[Row]]) -> Grid:
    marked = Text(article["text"])
    for name, style in _STYLES.items():
        for row in found[name]:
            marked.stylize(style, row["start_char"], row["end_char"])
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="magenta", justify="right", no_wrap=True)
    grid.add_column()
    for block in found["blocks"]:
        part = marked[block["start_char"] : block["end_char"]]
        part.rstrip()
        if block["kind"] in _DIM_BLOCKS:
            part.stylize("dim")
        grid.add_row(block["kind"], part)
    return grid


def _statements(quotes: list[Row]) -> Grid:
    grid = Grid("speaker", "kind", "said", "cue", "sure", title="Statements")
    for quote in quotes:
        speaker = quote["speaker_name"] or f"({quote['speaker_text'] or 'unknown'})"
        cells = (speaker, quote["kind"], quote["text"], quote["cue"] or "")
        grid.add_row(*map(Text, cells), f"{quote['confidence']:.2f}")
    return grid
