"""A public release and somebody's own copies of the texts become a full local DuckDB file.

A copy is joined by the SHA-256 of its text, and only where every offset of the release holds in it.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

import duckdb as engine
import pyarrow as pa

from warehouse import duckdb, parquet
from warehouse.release import contracts, data, manifest, profile
from warehouse.release.copies import Articles, Copy, Known
from warehouse.release.errors import ReleaseError
from warehouse.storage import atomic_path
from warehouse.tables import Table
from warehouse.tables.spec import byte_column

State = Literal["whole", "changed", "missing", "disproved"]
#: Of texts, so many code points are held in memory before they are written.
_CHARS_A_BATCH = 8 * 2**20
#: Rows that are written at a time.
_ROWS = 65_536
#: The table of the file that says what became of each article.
FINDINGS = "_rehydrated"
_Connection = engine.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of an article: `copy` names the copy that was joined, or comes near to it.

    `whole`: its text is there. `changed`: the copy's text is another. `missing`: there is no copy.
    `disproved`: an offset of the release does not hold in the very text, so it was not joined.
    """

    article_id: str
    source_id: str
    state: State
    copy: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Stray:
    """A copy that was not used, and why."""

    copy: str
    why: str


@dataclass(frozen=True, slots=True)
class Rehydrated:
    """What was written: `n_proven` offsets were held against the texts and hold."""

    database: Path
    findings: tuple[Finding, ...]
    n_proven: int
    strays: tuple[Stray, ...]

    @property
    def lacking(self) -> list[Finding]:
        """The articles without their text."""
        return [finding for finding in self.findings if finding.state != "whole"]


@dataclass(frozen=True, slots=True)
class _Place:
    """A pair of columns that hold offsets, and the one that holds the text between them."""

    table: str
    start: str
    end: str
    text: str | None


_PLACES = (
    _Place("blocks", "start_char", "end_char", None),
    _Place("dates", "start_char", "end_char", "text"),
    _Place("mentions", "start_char", "end_char", "text"),
    _Place("quotes", "start_char", "end_char", None),
    _Place("quotes", "speaker_start", "speaker_end", "speaker_text"),
    _Place("quotes", "cue_start", "cue_end", "cue"),
    _Place("quote_spans", "start_char", "end_char", "text"),
    _Place("quote_spans", "start_char", "uncut_end_char", None),
)


def rehydrate(release: Path, copies: Iterable[Copy], target: Path) -> Rehydrated:
    """Join copies of the texts to a public release, and write a full DuckDB file.

    An article without its text stays as the release has it; the table `_rehydrated` of the file
    says what became of each. What a release leaves out and no offset leads to stays left out, too:
    some other names and roles of entities and speakers.

    Raises:
        ReleaseError: it is no public release, or one of another schema than this program's.
    """
    refuse_others(release)
    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".rehydrate-", dir=target.absolute().parent) as name:
        work = Path(name)
        with engine.connect(str(work / "work.duckdb")) as connection:
            _load(connection, release)
            joined = _join(connection, copies)
            n_proven, disproved = _prove(connection)
            _restore(connection)
            findings = tuple(_findings(connection, joined, disproved))
            tables = [*_contracts(connection)]
            _write_tables(connection, tables, work)
        with atomic_path(target) as temporary:
            said = duckdb.read_release(release / duckdb.FILE_NAME)
            duckdb.publish(work, temporary, said, tables)
            _add_findings(temporary, findings)
    return Rehydrated(target, findings, n_proven, tuple(joined.strays))


def refuse_others(release: Path) -> None:
    """Refuse a folder that is no public release of this program's schema.

    Raises:
        ReleaseError: it is none.
    """
    said = manifest.read(release)
    if said["schema_version"] != contracts.SCHEMA_VERSION:
        raise ReleaseError(
            f"{release} is of schema {said['schema_version']}, and this program rehydrates "
            f"{contracts.SCHEMA_VERSION}; check out the commit that its manifest names, or take a "
            "later release."
        )
    if profile.of(said) != "public":
        raise ReleaseError(f"{release} holds its texts already; only a public release lacks them.")


def _load(connection: _Connection, release: Path) -> None:
    for table in profile.tables("public"):
        connection.execute(duckdb.ddl(table, with_key=False))
        files = [str(path) for path in parquet.files(release / data.FOLDER, table.name)]
        connection.execute(f"INSERT INTO {table.name} BY NAME FROM read_parquet(?)", [files])


@dataclass(slots=True)
class _Joined:
    """Which copy is of which article; the copies that come near to one, and the others."""

    copies: dict[str, str] = field(default_factory=dict)
    near: dict[str, tuple[str, str]] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)


def _join(connection: _Connection, copies: Iterable[Copy]) -> _Joined:
    """Write the texts that are articles' into the table `texts`."""
    connection.execute("CREATE TABLE texts (article_id VARCHAR, text VARCHAR)")
    articles, joined = Articles(_known(connection)), _Joined()
    batch: list[tuple[str, str]] = []
    for copy in copies:
        same = articles.same(copy.text) if copy.text is not None else None
        if same is None:
            _note_other(copy, articles, joined)
        elif same in joined.copies:
            joined.strays.append(Stray(copy.name, f"it is the same text as {joined.copies[same]}"))
        else:
            joined.copies[same] = copy.name
            batch.append((same, copy.text or ""))
        if sum(len(text) for _, text in batch) > _CHARS_A_BATCH:
            _insert(connection, batch)
            batch.clear()
    _insert(connection, batch)
    return joined


def _note_other(copy: Copy, articles: Articles, joined: _Joined) -> None:
    """Note a copy whose text is no article's."""
    near = articles.near(copy)
    if copy.text is None:
        joined.strays.append(Stray(copy.name, copy.detail or "it cannot be read"))
    elif not near:
        joined.strays.append(Stray(copy.name, "it is of no article of this release"))
    elif len(near) > 1:
        which = ", ".join(sorted(one.article_id for one in near))
        joined.strays.append(Stray(copy.name, f"it fits {len(near)} articles: {which}"))
    for one in near:
        joined.near.setdefault(one.article_id, (copy.name, copy.detail or one.why))


def _insert(connection: _Connection, batch: list[tuple[str, str]]) -> None:
    rows = pa.table({name: [row[i] for row in batch] for i, name in enumerate(("id", "text"))})
    rows = rows.cast(pa.schema([("id", pa.string()), ("text", pa.string())]))
    connection.register("batch", rows)
    connection.execute("INSERT INTO texts FROM batch")
    connection.unregister("batch")


def _known(connection: _Connection) -> Iterator[Known]:
    rows = connection.execute(
        """
        SELECT article_id, source_id, url, content_sha256, words_sha256,
            coalesce(list(s.text) FILTER (WHERE s.text IS NOT NULL), [])
        FROM articles
        LEFT JOIN quotes USING (article_id)
        LEFT JOIN quote_spans AS s USING (quote_id)
        GROUP BY ALL
        """
    ).fetchall()
    return (
        Known(article_id, source_id, url, content, words, tuple(quotes))
        for article_id, source_id, url, content, words, quotes in rows
    )


def _prove(connection: _Connection) -> tuple[int, dict[str, str]]:
    """Hold every offset against the texts; the texts in which one fails are left out.

    Returns:
        How many pairs of offsets hold, and where the first fails, by article.
    """
    n_proven, disproved = 0, dict[str, str]()
    for place in _PLACES:
        n, failed = connection.execute(_proof(place)).fetchall()[0]
        n_proven += n
        for article_id, start in failed or ():
            where = f"{place.table}.{place.start} = {start} does not hold in the text"
            disproved.setdefault(article_id, where)
    connection.execute(
        "DELETE FROM texts WHERE article_id IN (SELECT unnest(?))", [list(disproved)]
    )
    return n_proven, disproved


def _proof(place: _Place) -> str:
    """The query that counts what holds, and lists the article and the start of what does not."""
    start, end = place.start, place.end
    said = f"AND coalesce(r.{place.text} = {_between(start, end)}, true)" if place.text else ""
    return f"""
        WITH seen AS (
            SELECT t.article_id, r.{start} AS start, r.{end} <= length(t.text)
                AND strlen(substr(t.text, 1, r.{start})) = r.{byte_column(start)}
                AND strlen(substr(t.text, 1, r.{end})) = r.{byte_column(end)} {said} AS holds
            FROM {_with_article(place.table)} AS r JOIN texts AS t USING (article_id)
            WHERE r.{start} IS NOT NULL
        )
        SELECT count(*) FILTER (WHERE holds),
            list((article_id, start) ORDER BY article_id, start) FILTER (WHERE NOT holds)
        FROM seen
    """


def _with_article(table: str) -> str:
    """The rows of a table with the article that each is of."""
    if table != "quote_spans":
        return table
    return "(SELECT s.*, q.article_id FROM quote_spans AS s JOIN quotes AS q USING (quote_id))"


def _between(start: str, end: str) -> str:
    return f"substr(t.text, r.{start} + 1, r.{end} - r.{start})"


def _restore(connection: _Connection) -> None:
    """Give every row of the articles at hand the text that it points at."""
    byte = byte_column("uncut_end_char")
    connection.execute(
        f"""
        UPDATE quote_spans AS r SET end_char = uncut_end_char, {byte_column("end_char")} = {byte}
        FROM quotes AS q JOIN texts AS t USING (article_id) WHERE q.quote_id = r.quote_id
        """
    )
    for place in _PLACES:
        if place.text is not None:
            of = "q.article_id" if place.table == "quote_spans" else "r.article_id"
            join = "quotes AS q, " if place.table == "quote_spans" else ""
            same = "q.quote_id = r.quote_id AND " if join else ""
            connection.execute(
                f"UPDATE {place.table} AS r SET {place.text} = {_between(place.start, place.end)} "
                f"FROM {join}texts AS t WHERE {same}t.article_id = {of} "
                f"AND r.{place.start} IS NOT NULL"
            )
    for query in (_QUOTES, _ARTICLES, _ENTITIES, _SPEAKERS, _REGISTRY):
        connection.execute(query)


_QUOTES = """
    UPDATE quotes AS r SET text = said.text, is_truncated = false
    FROM (
        SELECT quote_id, string_agg(text, ' … ' ORDER BY span_no) AS text
        FROM quote_spans GROUP BY quote_id
    ) AS said, texts AS t
    WHERE said.quote_id = r.quote_id AND t.article_id = r.article_id
"""
#: White space as Python strips it; DuckDB's own trim takes blanks alone.
_STRIPPED = r"regexp_replace({}, '^[\s\p{{Z}}\x1c-\x1f\x85]+|[\s\p{{Z}}\x1c-\x1f\x85]+$', '', 'g')"
_BLOCK = _STRIPPED.format("substr(t.text, b.start_char + 1, b.end_char - b.start_char)")
_ARTICLES = f"""
    UPDATE articles AS r SET text = made.text, body = made.body, summary = made.summary
    FROM (
        SELECT t.article_id, any_value(t.text) AS text,
            coalesce(string_agg({_BLOCK}, e'\\n\\n' ORDER BY block_no)
                FILTER (WHERE b.kind = 'body'), '') AS body,
            first({_BLOCK} ORDER BY block_no) FILTER (WHERE b.kind = 'summary') AS summary
        FROM texts AS t JOIN blocks AS b USING (article_id) GROUP BY t.article_id
    ) AS made
    WHERE made.article_id = r.article_id
"""
#: A name that was left out of the release is the longest one that a text gives.
_ENTITIES = """
    UPDATE entities AS r SET name = m.name
    FROM (
        SELECT entity_id, first(text ORDER BY length(text) DESC, text) AS name
        FROM mentions WHERE form = 'name' AND text IS NOT NULL GROUP BY entity_id
    ) AS m
    WHERE r.name IS NULL AND m.entity_id = r.entity_id
"""
_SPEAKERS = """
    UPDATE quotes AS r SET speaker_name = e.name
    FROM entities AS e WHERE e.entity_id = r.speaker_entity_id
"""
_REGISTRY = """
    UPDATE registry AS r SET name = e.name
    FROM entities AS e WHERE e.entity_id = r.entity_id AND r.name IS NULL
"""


def _contracts(connection: _Connection) -> Iterator[Table]:
    """The contract that each table keeps by now: the full one, unless holes are left in it."""
    for full, public in zip(profile.tables("full"), profile.tables("public"), strict=True):
        holes = " OR ".join(f"{c.name} IS NULL" for c in full.columns if not c.nullable)
        found = connection.execute(f"SELECT 1 FROM {full.name} WHERE {holes} LIMIT 1").fetchone()
        yield public if found else full


def _write_tables(connection: _Connection, tables: Iterable[Table], folder: Path) -> None:
    for table in tables:
        order = ", ".join(table.primary_key)
        query = connection.sql(f"FROM {table.name} ORDER BY {order}")
        pieces = map(partial(_conformed, table), query.to_arrow_reader(_ROWS))
        parquet.write_table(table, pieces, folder / f"{table.name}.parquet")


def _conformed(table: Table, rows: pa.RecordBatch) -> pa.Table:
    return pa.Table.from_batches([rows]).cast(table.schema)


def _findings(
    connection: _Connection, joined: _Joined, disproved: dict[str, str]
) -> Iterator[Finding]:
    query = "SELECT article_id, source_id FROM articles ORDER BY source_id"
    for article_id, source_id in connection.execute(query).fetchall():
        if article_id in disproved:
            yield Finding(
                article_id,
                source_id,
                "disproved",
                joined.copies[article_id],
                f"{disproved[article_id]}: `otr verify` the release",
            )
        elif article_id in joined.copies:
            yield Finding(article_id, source_id, "whole", joined.copies[article_id])
        elif article_id in joined.near:
            yield Finding(article_id, source_id, "changed", *joined.near[article_id])
        else:
            yield Finding(article_id, source_id, "missing")


def _add_findings(database: Path, findings: Iterable[Finding]) -> None:
    rows = [(f.article_id, f.source_id, f.state, f.copy, f.detail) for f in findings]
    names = ("article_id", "source_id", "state", "copy", "detail")
    schema = pa.schema([(name, pa.string()) for name in names])
    table = pa.table([list(column) for column in zip(*rows, strict=True)], schema=schema)
    with engine.connect(str(database)) as connection:
        connection.register("findings", table)
        connection.execute(f"CREATE TABLE {FINDINGS} AS FROM findings")
        connection.unregister("findings")
        says = "What became of each article''s text when the file was made of a public release."
        connection.execute(f"COMMENT ON TABLE {FINDINGS} IS '{says}'")
