"""The tables of a public release, made from those of a build: what may be shared, and no more."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path

import duckdb

from warehouse import parquet
from warehouse.duckdb import scratch
from warehouse.release.hashes import parquet_relation
from warehouse.release.policy import Policy
from warehouse.release.share import Coverage, Stretch, cut_quotes, hidden_facts
from warehouse.release.words import SHINGLE
from warehouse.tables import ARTICLES, QUOTE_SPANS, QUOTES, TABLES, Column, Table
from warehouse.tables.spec import STRINGS

_Connection = duckdb.DuckDBPyConnection
_ARTICLES_AT_ONCE = 256
#: The order in which facts are shown, as long as the article's share lasts.
_FACTS = ("dates", "quotes", "mentions")


def write(
    sources: Mapping[str, Sequence[Path]], folder: Path, policy: Policy
) -> dict[str, list[Path]]:
    """Write the tables of a public release, each into a file of a folder, in no order.

    Args:
        sources: the files of each table as it was built, by the table's name.
        folder: where to write; it is made.
        policy: the limits.

    Returns:
        The new files, by table.
    """
    folder.mkdir()
    with scratch(folder / "spilled") as connection:
        for table in TABLES:
            built = parquet_relation(sources[table.name])
            connection.execute(f"CREATE VIEW {table.name} AS FROM {built}")
        _decide(connection, sources[ARTICLES.name], policy)
        _find_shown(connection)
        _name_entities(connection, policy)
        _cut_spans(connection)
        _cut_quotes(connection)
        files = {table.name: folder / f"{table.name}.parquet" for table in TABLES}
        for table in TABLES:
            query = _public(table, policy)
            connection.execute(f"COPY ({query}) TO '{_quoted(files[table.name])}'")
    return {name: [path] for name, path in files.items()}


def text_offsets(table: Table, column: Column) -> tuple[str, str] | None:
    """The offsets of the stretch of the article that a column holds; None where it has none."""
    prefix = column.name.removesuffix("text").removesuffix("_")
    names = (f"{prefix}_start", f"{prefix}_end") if prefix else ("start_char", "end_char")
    return names if set(names) <= set(table.column_names) else None


def facts_with_offsets() -> Iterator[tuple[Table, Column, tuple[str, str]]]:
    """Every column of facts that says where its facts stand in the article."""
    for table in sorted(TABLES, key=lambda t: _FACTS.index(t.name) if t.name in _FACTS else -1):
        for column in table.columns:
            offsets = text_offsets(table, column)
            if column.words == "fact" and offsets is not None:
                yield table, column, offsets


def _decide(connection: _Connection, articles: Sequence[Path], policy: Policy) -> None:
    """Make the tables of what is cut and hidden in articles of which an excerpt is shared."""
    connection.execute("""
        CREATE TABLE cuts (quote_id VARCHAR, span_no INT, n_chars INT);
        CREATE TABLE hidden (column_name VARCHAR, key VARCHAR);
    """)
    stretches = groupby(_stretches(connection), key=lambda row: row[0])
    current = next(stretches, None)
    columns = ("article_id", "text", "title", "rights_code")
    rows_of = parquet.rows_in_order(articles, "article_id", columns)
    while some := list(islice(rows_of, _ARTICLES_AT_ONCE)):
        cuts: list[tuple[object, ...]] = []
        hidden: list[tuple[object, ...]] = []
        for article in some:
            while current is not None and current[0] < article["article_id"]:
                current = next(stretches, None)
            if current is None or current[0] != article["article_id"]:
                continue
            rows = list(current[1])
            if article["rights_code"] == "excerpt":
                found = _decide_article(article["text"], article["title"], rows, policy)
                cuts += found[0]
                hidden += found[1]
        _insert(connection, "cuts", cuts)
        _insert(connection, "hidden", hidden)
    connection.execute("CREATE TABLE cut_quotes AS SELECT DISTINCT quote_id FROM cuts")


_Row = tuple[str, int, str, str, int, int, int]


def _decide_article(
    text: str, title: str | None, rows: Sequence[_Row], policy: Policy
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    coverage = Coverage(text, title)
    spans = [(key, Stretch((key, no), s, e)) for _, rank, _, key, no, s, e in rows if not rank]
    quotes = [[span for _, span in of] for _, of in groupby(spans, key=lambda pair: pair[0])]
    facts = [Stretch((name, key), s, e) for _, rank, name, key, _, s, e in rows if rank]
    cuts = [
        (*cell, n_chars)  # type: ignore[misc]
        for cell, n_chars in cut_quotes(text, quotes, coverage, policy)
    ]
    return cuts, list(hidden_facts(text, facts, coverage, policy))  # type: ignore[arg-type]


def _stretches(connection: _Connection) -> Iterator[_Row]:
    """Every stretch that a cell holds: article by article, quotes before facts, in text order."""
    parts = [
        "SELECT article_id, 0 AS rank, 'text' AS name, quote_id AS key, span_no AS no, "
        "s.start_char AS first, s.end_char AS last, quote_no "
        "FROM quote_spans AS s JOIN quotes USING (quote_id)"
    ]
    for rank, (table, column, (start, end)) in enumerate(facts_with_offsets(), start=1):
        parts.append(
            f"SELECT article_id, {rank}, '{table.name}.{column.name}', {table.primary_key[0]}, 0, "
            f"{start}, {end}, 0 FROM {table.name} WHERE {column.name} IS NOT NULL"
        )
    query = f"""
        SELECT article_id, rank, name, key, no, first, last FROM ({" UNION ALL ".join(parts)})
        ORDER BY article_id, rank, quote_no, key, no, first
    """
    result = connection.cursor().execute(query)
    while rows := result.fetchmany(10_000):
        yield from rows


def _insert(connection: _Connection, name: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        values = ", ".join("unnest(?)" for _ in columns)
        connection.execute(f"INSERT INTO {name} SELECT {values}", columns)


def _find_shown(connection: _Connection) -> None:
    """The longer facts that stand in the release where the text has them.

    A name or role without offsets may repeat these; else it would hold words that nobody counted.
    """
    parts = [
        f"""
        SELECT t.{column.name} AS surface FROM {table.name} AS t JOIN articles USING (article_id)
        WHERE rights_code <> 'none' AND {_n_words(f"t.{column.name}")} >= {SHINGLE}
        AND t.{table.primary_key[0]} NOT IN ({_hidden_keys(table, column)})
        """
        for table, column, _ in facts_with_offsets()
    ]
    connection.execute(f"CREATE TABLE shown AS {' UNION '.join(parts)}")


def _name_entities(connection: _Connection, policy: Policy) -> None:
    """The names of entities that may be shared: those that only closed articles give may not.

    A name is kept where no article of the entity is closed, or where an open one has it, too.
    """
    connection.execute(f"""
        CREATE TABLE of_entities AS
        SELECT
            entity_id,
            rights_code = 'none' AS is_closed,
            mentions.text AS surface,
            form = 'name' AS named
        FROM mentions JOIN articles USING (article_id)
        UNION ALL
        SELECT speaker_entity_id, rights_code = 'none', unnest([speaker_role, speaker_text]), false
        FROM quotes JOIN articles USING (article_id);
        CREATE TABLE closed AS
        SELECT DISTINCT entity_id FROM of_entities WHERE is_closed AND entity_id IS NOT NULL;
        CREATE TABLE open_names AS
        SELECT
            entity_id,
            list(DISTINCT surface) AS surfaces,
            first(surface ORDER BY length(surface) DESC, surface) FILTER (named) AS longest
        FROM of_entities SEMI JOIN closed USING (entity_id)
        WHERE NOT is_closed AND {_is_short("of_entities.surface", policy)}
        GROUP BY entity_id
    """)


def _entity_names(table: Table, policy: Policy) -> str:
    """A query for a table of entities whose names may be shared."""

    def may_stay(value: str) -> str:
        is_open = f"(c.entity_id IS NULL OR list_contains(coalesce(o.surfaces, []), {value}))"
        is_shown = f"list_contains(coalesce(l.surfaces, []), {value})"
        return f"({is_open} AND {_is_short(value, policy, is_shown)})"

    lists = ", ".join(
        f"list_filter(t.{name}, lambda x: {may_stay('x')}) AS {name}"
        for name in ("aliases", "roles")
    )
    return f"""
        SELECT t.* REPLACE (
            CASE WHEN {may_stay("t.name")} THEN t.name ELSE o.longest END AS name, {lists}
        )
        FROM {table.name} AS t
        LEFT JOIN closed AS c USING (entity_id)
        LEFT JOIN open_names AS o USING (entity_id)
        LEFT JOIN (
            SELECT entity_id, list(surface) AS surfaces
            FROM (
                SELECT entity_id, unnest([name] || aliases || roles) AS surface FROM {table.name}
            )
            SEMI JOIN shown USING (surface)
            GROUP BY entity_id
        ) AS l USING (entity_id)
    """


def _is_short(value: str, policy: Policy, is_shown: str | None = None) -> str:
    """Whether a fact without offsets is short enough; with more than a few words it must be shown.

    A comma, a hyphen part words, as for whoever looks for the words of an article.
    """
    return (
        f"({_n_words(value)} < {SHINGLE} OR {_n_words(value)} <= {policy.fact_words} "
        f"AND {is_shown or f'{value} IN (FROM shown)'})"
    )


def _n_words(value: str) -> str:
    return rf"len(regexp_extract_all({value}, '[\p{{L}}\p{{N}}_]+'))"


def _hidden_keys(table: Table, column: Column) -> str:
    return f"SELECT key FROM hidden WHERE column_name = '{table.name}.{column.name}'"


def _cut_spans(connection: _Connection) -> None:
    """The spans as they are shared: the text of one is null where none of it is."""
    connection.execute("""
        CREATE TABLE public_spans AS
        SELECT s.* REPLACE (
            CASE
                WHEN rights_code = 'none' OR n_chars = 0 THEN NULL
                ELSE left(s.text, coalesce(n_chars, length(s.text)))
            END AS text,
            CASE WHEN n_chars > 0 THEN s.start_char + n_chars ELSE s.end_char END AS end_char,
            CASE
                WHEN n_chars > 0 THEN s.start_byte + strlen(left(s.text, n_chars))
                ELSE s.end_byte
            END AS end_byte
        )
        FROM quote_spans AS s
        JOIN quotes USING (quote_id) JOIN articles USING (article_id)
        LEFT JOIN cuts AS c ON c.quote_id = s.quote_id AND c.span_no = s.span_no
    """)


def _cut_quotes(connection: _Connection) -> None:
    connection.execute("""
        CREATE TABLE public_quotes AS
        SELECT quote_id, string_agg(text, ' … ' ORDER BY span_no) AS text
        FROM public_spans SEMI JOIN cut_quotes USING (quote_id)
        GROUP BY quote_id
    """)


def _public(table: Table, policy: Policy) -> str:
    """A query for the rows of a table as they are shared."""
    if table is QUOTE_SPANS:
        return "FROM public_spans"
    if table.primary_key[0] == "entity_id":
        return _entity_names(table, policy)
    replaced = [
        f"{value} AS {column.name}"
        for column in table.columns
        if (value := _value(table, column, policy)) is not None
    ]
    if not replaced:
        return f"FROM {table.name}"
    if table is QUOTES:
        replaced.append("rights_code = 'none' OR p.quote_id IS NOT NULL AS is_truncated")
    rights = "" if table is ARTICLES else "JOIN articles AS a USING (article_id)"
    more = {
        QUOTES: "LEFT JOIN public_quotes AS p ON p.quote_id = t.quote_id "
        "LEFT JOIN named AS e ON e.entity_id = t.speaker_entity_id"
    }.get(table, "")
    named = f"WITH named AS ({_entity_names(_ENTITIES, policy)}) " if table is QUOTES else ""
    return (
        f"{named}SELECT t.* REPLACE ({', '.join(replaced)}) FROM {table.name} AS t {rights} {more}"
    )


_ENTITIES = next(table for table in TABLES if table.name == "entities")


def _value(table: Table, column: Column, policy: Policy) -> str | None:
    """The value of a column as it is shared, in SQL; None where it holds nobody's words."""
    name = f"t.{column.name}"
    is_short = f"length({name}) <= {policy.label_chars}"
    match column.words:
        case None:
            return None
        case "text":
            return f"CASE WHEN rights_code = 'full' THEN {name} END"
        case "title":
            return (
                f"CASE WHEN rights_code = 'full' OR rights_code = 'excerpt' AND {is_short} "
                f"THEN {name} END"
            )
        case "label" if column.type == STRINGS:
            return f"list_filter({name}, lambda x: length(x) <= {policy.label_chars})"
        case "label":
            return f"CASE WHEN {is_short} THEN {name} END"
        case "quote":
            return (
                "CASE WHEN rights_code = 'none' THEN NULL "
                f"WHEN p.quote_id IS NULL THEN {name} ELSE p.text END"
            )
        case "fact":
            return _fact(table, column, policy)


def _fact(table: Table, column: Column, policy: Policy) -> str:
    name = f"t.{column.name}"
    if column.name == "speaker_name":
        return (
            f"CASE WHEN rights_code <> 'none' THEN CASE WHEN {name} IS NOT NULL THEN e.name END END"
        )
    is_hidden = f"NOT {_is_short(name, policy)}"
    if text_offsets(table, column) is not None:
        is_hidden = f"t.{table.primary_key[0]} IN ({_hidden_keys(table, column)})"
    return (
        f"CASE WHEN rights_code = 'full' THEN {name} "
        f"WHEN rights_code = 'none' OR {is_hidden} THEN NULL ELSE {name} END"
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
