"""Every rule at 1 million rows a table: `python -m tests.bench.checks [FOLDER]`.

The rows are made by SQL and pass every rule. An article is `_SEGMENTS` lines of the same length;
each is a block and holds a mention, a date and a quote, which the mention's person said then; every
tenth quote has two spans. Their words come from the texts of the dataset, so that letters of more
than a byte are as common as in news.
"""

import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table as Grid

from expectations.rule import PARTED
from tests.bench.figures import Bench, Line
from tests.bench.measure import run
from tests.golden.documents import articles as golden_articles
from warehouse.duckdb import type_name
from warehouse.parquet import files, write_table
from warehouse.tables import TABLES, Table

#: Of quotes, mentions, dates and blocks there are `ROWS` each, of spans a tenth more.
ROWS, DOCUMENTS, ENTITIES, WITHDRAWN = 1_000_000, 1_000_000, 250_000, 10_000
#: Articles are as many as hold so many quotes: our five texts have 12 each.
_SEGMENTS = 10
ARTICLES = ROWS // _SEGMENTS
#: Articles of a part, as a build cuts them.
_A_PART = 2_000
_QUOTE, _FILLER, _SPLIT = 123, 220, 60
#: A line: who, when, the quote, and words without any row. The offsets follow from it.
_WHO, _SAID, _WHEN = 14, " said on ", 10
_CUE = _WHO + 1
_DATE = _WHO + len(_SAID)
_START = _DATE + _WHEN + len(": “")
_END = _START + _QUOTE
#: A quotation mark has two bytes more than characters.
_START_BYTE = _START + 2
_LENGTH = _END + len("” ") + _FILLER + len("\n")


def main(folder: str | None = None) -> None:
    """Make the tables, unless the folder holds them, check them, and print what it took."""
    if folder is not None:
        _print(Path(folder))
        return
    with tempfile.TemporaryDirectory(prefix="otr-bench-") as temporary:
        _print(Path(temporary))


def _print(folder: Path) -> None:
    if not (folder / "walked.parquet").exists():
        make_tables(folder)
    console = Console(highlight=False, width=100)
    measured = measure(folder)
    console.print(_by_rule(measured))
    console.print(json.dumps({k: v for k, v in measured.items() if k != "rules"}))


def speeds(folder: Path) -> Bench:
    """What checking takes, in a process of its own."""
    # The memory that this process once held would count as that of those it starts.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        pool.submit(make_tables, folder).result()
    cost = run([sys.executable, "-m", "tests.bench.checks", str(folder)])
    grid = Grid("", "s", "CPU s", "peak MiB", title=f"All checks at {ROWS:,} rows a table")
    grid.add_row("in all", f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.peak_mib:,.0f}")
    return Bench(grid, (Line(f"all checks at {ROWS:,} rows a table: seconds", cost.wall, "≤ 20"),))


def measure(folder: Path) -> dict[str, object]:
    """Seconds by rule and in all of checking the tables in a folder, and the peak memory in MiB.

    The time of a query of one rule is that rule's; that of a query for many rules of a table, and
    what Great Expectations takes besides, is counted under names of their own.

    Raises:
        RuntimeError: a rule found a row at fault.
    """
    import sqlalchemy

    from expectations.runner import run_checks

    by_rule: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    began: list[tuple[float, float]] = []

    def before(*_: object) -> None:
        began.append((time.monotonic(), time.process_time()))

    def after(*event: object) -> None:
        wall, cpu = began.pop()
        spent = by_rule[_rule_of(str(event[2]))]
        spent[0] += time.monotonic() - wall
        spent[1] += time.process_time() - cpu

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", before)
    sqlalchemy.event.listen(sqlalchemy.Engine, "after_cursor_execute", after)
    wall, cpu = time.monotonic(), time.process_time()
    results = run_checks(folder, folder / "walked.parquet")
    total = [time.monotonic() - wall, time.process_time() - cpu]
    if failed := [result.rule.name for result in results if not result.success]:
        raise RuntimeError(f"The made tables break {', '.join(failed)}.")
    queries = [sum(spent[i] for spent in by_rule.values()) for i in (0, 1)]
    by_rule["(Great Expectations, its import and all that is no query)"] = [
        total[i] - queries[i] for i in (0, 1)
    ]
    return {
        "rules": by_rule,
        "wall": round(total[0], 2),
        "cpu": round(total[1], 2),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "n_rules": len(results),
        "rows": {table.name: _n_rows(folder, table) for table in TABLES},
    }


def _rule_of(query: str) -> str:
    """The rule that a query is for, which `expectations.gx` writes into it."""
    _, mark, rest = query.partition("/* rule ")
    return rest.partition(" ")[0] if mark else "(columns of a table, many rules at once)"


def _by_rule(measured: dict[str, object]) -> Grid:
    grid = Grid("rule", "s", "CPU s", title=f"{measured['n_rules']} rules, {measured['rows']}")
    rules = measured["rules"]
    assert isinstance(rules, dict)
    for rule, (wall, cpu) in sorted(rules.items(), key=lambda item: -item[1][1]):
        grid.add_row(rule, f"{wall:.2f}", f"{cpu:.2f}")
    grid.add_row("in all", str(measured["wall"]), str(measured["cpu"]))
    return grid


def _n_rows(folder: Path, table: Table) -> int:
    return sum(pq.read_metadata(path).num_rows for path in files(folder, table.name))


def make_tables(folder: Path) -> None:
    """Write every table and `walked.parquet`, valid under all rules, sorted by their keys."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(folder / "made.duckdb")) as connection:
        connection.execute("SET memory_limit = '4GB'; SET enable_progress_bar = false")
        _make_texts(connection)
        for table in TABLES:
            _write(connection, table, folder)
        connection.execute(
            f"COPY (SELECT {_SOURCE} AS source_id, 'input' AS kind, false AS is_changed "
            f"FROM range({DOCUMENTS}) AS d(n) UNION ALL SELECT 'main/', 'folder', false "
            "UNION ALL SELECT 'main/f' || n || '.jsonl', 'file', false "
            f"FROM range({DOCUMENTS} // 1000) AS d(n)) "
            f"TO '{folder / 'walked.parquet'}' (FORMAT parquet)"
        )
    (folder / "made.duckdb").unlink()


def _make_texts(connection: duckdb.DuckDBPyConnection) -> None:
    """`lines` (one a quote: `n` of all, `k` in its article, `a` the article's) and `texts`."""
    words = " ".join(" ".join(str(article["text"]).split()) for article in golden_articles())
    words = words.translate(str.maketrans("“”", "‘’"))
    step = 17
    pieces = [
        (words[i : i + _QUOTE], words[i + _QUOTE : i + _QUOTE + _FILLER])
        for i in range(0, len(words) - _QUOTE - _FILLER, step)
    ]
    connection.execute("CREATE TABLE pieces (n INTEGER, quote VARCHAR, filler VARCHAR)")
    connection.executemany(
        "INSERT INTO pieces VALUES (?, ?, ?)", [(n, *piece) for n, piece in enumerate(pieces)]
    )
    connection.execute("CREATE MACRO id(letter, n) AS letter || sha256(letter || n)[:16]")
    connection.execute(
        f"CREATE TABLE lines AS SELECT line.n, line.n % {_SEGMENTS} AS k, "
        f"line.n // {_SEGMENTS} AS a, 'Mira {{:09d}}'.format(line.n) AS who, said.quote, "
        f"line.n % {_SEGMENTS} * {_LENGTH} AS base, "
        "rest.filler "
        f"FROM range({ROWS}) AS line(n) "
        f"JOIN pieces AS said ON said.n = hash(line.n) % {len(pieces)} "
        f"JOIN pieces AS rest ON rest.n = hash(line.n + {ROWS}) % {len(pieces)}"
    )
    connection.execute(
        f"CREATE TABLE whole AS SELECT *, who || '{_SAID}2021-03-01: “' || quote || '” ' "
        "|| filler || chr(10) AS line FROM lines"
    )
    connection.execute(
        "CREATE OR REPLACE TABLE lines AS SELECT * EXCLUDE (line), strlen(line) AS n_bytes, "
        "(sum(strlen(line)) OVER (PARTITION BY a ORDER BY k))::INTEGER - n_bytes AS byte FROM whole"
    )
    connection.execute(
        "CREATE TABLE texts AS SELECT a, string_agg(line, '' ORDER BY k) AS text "
        "FROM whole GROUP BY a"
    )
    connection.execute("DROP TABLE whole")


def _write(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    source, given = _ROWS_OF[table.name]
    columns = (
        f"CAST({(_EVERYWHERE | given).get(c.name, 'NULL')} AS {type_name(c.type)}) AS {c.name}"
        for c in table.columns
    )
    selected = f"SELECT {', '.join(columns)} FROM {source}"
    order = f"ORDER BY {', '.join(table.primary_key)}"
    if table.name not in PARTED:
        rows = connection.sql(f"{selected} {order}")
        write_table(table, _pieces(rows, table), folder / f"{table.name}.parquet")
        return
    n_parts = -(-ARTICLES // _A_PART)
    for part in range(n_parts):
        of_part = f"WHERE a BETWEEN {part * _A_PART} AND {(part + 1) * _A_PART - 1}"
        name = f"{table.name}-{part:05}-of-{n_parts:05}.parquet"
        rows = connection.sql(f"{selected} {of_part} {order}")
        write_table(table, _pieces(rows, table), folder / name)


def _pieces(rows: duckdb.DuckDBPyRelation, table: Table) -> Iterator[pa.Table]:
    for batch in rows.to_arrow_reader(50_000):
        yield pa.Table.from_batches([batch]).cast(table.schema)


#: Of a span in its quote; the blank where a quote is cut is in none.
_FIRST = f"CASE i WHEN 1 THEN {_SPLIT + 1} ELSE 0 END"
_LAST = f"CASE WHEN is_cut AND i = 0 THEN {_SPLIT} ELSE {_QUOTE} END"
_SOURCE = "'main/f' || n // 1000 || '.jsonl#' || n"
_EVERYWHERE = {
    "extractor": "'bench'",
    "extractor_version": "'abcdef012345'",
    "article_id": "id('a', a)",
    "confidence": "0.9",
    "type": "'PERSON'",
    "aliases": "['Solvang']",
    "roles": "['the harbour master']",
    "country": "'NO'",
}
#: For each table where its rows come from, and what its columns are; null where it is not said.
_ROWS_OF: dict[str, tuple[str, dict[str, str]]] = {
    "articles": (
        "(SELECT *, a AS n FROM texts)",
        {
            "source_id": _SOURCE,
            "content_sha256": "sha256(text)",
            "words_sha256": "sha256(translate(text, ' ' || chr(10), ''))",
            "title": "'Report ' || a",
            "authors": "[]",
            "language": "'en'",
            "published_on": "DATE '2021-03-02'",
            "published_edtf": "'2021-03-02'",
            "published_basis": "'record'",
            "rights_code": "'excerpt'",
            "text": "text",
            "text_basis": "'source'",
            "body": "text",
            "n_words": "600",
            "near_duplicate_of": "CASE WHEN a % 20 = 19 THEN id('a', a - 1) END",
        },
    ),
    "documents": (
        f"range({DOCUMENTS}) AS d(n)",
        {
            "document_id": "id('d', n)",
            "source_id": _SOURCE,
            "batch": "'main'",
            "media_type": "'text/plain'",
            "encoding": "'utf-8'",
            "n_bytes": "4000",
            "sha256": "sha256(n::VARCHAR)",
            "status": f"CASE WHEN n < {ARTICLES} THEN 'accepted' ELSE 'duplicate' END",
            "reason": f"CASE WHEN n >= {ARTICLES} THEN 'same_content' END",
            "article_id": f"id('a', n % {ARTICLES})",
        },
    ),
    "blocks": (
        "lines",
        {
            "block_no": "k",
            "kind": "'body'",
            "start_char": "base",
            "end_char": f"base + {_LENGTH}",
            "start_byte": "byte",
            "end_byte": "byte + n_bytes",
        },
    ),
    "dates": (
        "lines",
        {
            "date_id": "id('t', n)",
            "start_char": f"base + {_DATE}",
            "end_char": f"base + {_DATE + _WHEN}",
            "start_byte": f"byte + {_DATE}",
            "end_byte": f"byte + {_DATE + _WHEN}",
            "text": "'2021-03-01'",
            "timex_type": "'DATE'",
            "timex_value": "'2021-03-01'",
            "edtf": "'2021-03-01'",
            "earliest": "DATE '2021-03-01'",
            "latest": "DATE '2021-03-01'",
            "granularity": "'day'",
        },
    ),
    "entities": (
        f"range({ENTITIES}) AS e(n)",
        {
            "entity_id": "id('e', n)",
            "name": "'Mira ' || n",
            "n_mentions": f"{ROWS // ENTITIES}",
            "n_articles": f"{ROWS // ENTITIES}",
        },
    ),
    "mentions": (
        "lines",
        {
            "mention_id": "id('m', n)",
            "entity_id": f"id('e', n % {ENTITIES})",
            "start_char": "base",
            "end_char": f"base + {_WHO}",
            "start_byte": "byte",
            "end_byte": f"byte + {_WHO}",
            "text": "who",
            "form": "'name'",
        },
    ),
    "quotes": (
        "lines",
        {
            "quote_id": "id('q', n)",
            "quote_no": "k",
            "kind": "'direct'",
            "start_char": f"base + {_START}",
            "end_char": f"base + {_END}",
            "start_byte": f"byte + {_START_BYTE}",
            "end_byte": f"byte + {_START_BYTE} + strlen(quote)",
            "is_truncated": "false",
            "text": f"CASE k WHEN 0 THEN quote[:{_SPLIT}] || ' … ' || quote[{_SPLIT} + 2:] "
            "ELSE quote END",
            "speaker_text": "who",
            "speaker_start": "base",
            "speaker_end": f"base + {_WHO}",
            "speaker_start_byte": "byte",
            "speaker_end_byte": f"byte + {_WHO}",
            "speaker_mention_id": "id('m', n)",
            "speaker_entity_id": f"id('e', n % {ENTITIES})",
            "speaker_name": f"'Mira ' || n % {ENTITIES}",
            "speaker_form": "'name'",
            "cue": "'said'",
            "cue_start": f"base + {_CUE}",
            "cue_end": f"base + {_CUE + len('said')}",
            "cue_start_byte": f"byte + {_CUE}",
            "cue_end_byte": f"byte + {_CUE + len('said')}",
            "date_id": "id('t', n)",
        },
    ),
    "quote_spans": (
        "(SELECT *, 0 AS i, k = 0 AS is_cut FROM lines "
        "UNION ALL SELECT *, 1, true FROM lines WHERE k = 0)",
        {
            "quote_id": "id('q', n)",
            "span_no": "i",
            "start_char": f"base + {_START} + {_FIRST}",
            "end_char": f"base + {_START} + {_LAST}",
            "start_byte": f"byte + {_START_BYTE} + strlen(quote[:{_FIRST}])",
            "end_byte": f"byte + {_START_BYTE} + strlen(quote[:{_LAST}])",
            "uncut_end_char": f"base + {_START} + {_LAST}",
            "uncut_end_byte": f"byte + {_START_BYTE} + strlen(quote[:{_LAST}])",
            "text": f"quote[{_FIRST} + 1:{_LAST}]",
            "is_verbatim": "true",
        },
    ),
    "registry": (
        f"range({ENTITIES}) AS e(n)",
        {
            "entity_id": "id('e', n)",
            "name": "'Mira ' || n",
            "status": "'active'",
            "first_release": "'2021.3.0'",
            "last_release": "'2021.10.1'",
        },
    ),
    "withdrawn": (
        f"range({WITHDRAWN}) AS w(n)",
        {
            "id": f"id('d', n + {DOCUMENTS})",
            "kind": "'document'",
            "release": "'2021.10.1'",
            "reason": "'retracted'",
        },
    ),
}

if __name__ == "__main__":
    main(*sys.argv[1:])
