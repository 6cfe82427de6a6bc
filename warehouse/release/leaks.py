"""The leak check: whether a public release holds more of the articles than the policy allows.

It looks for the articles' own words in everything that the release holds, and trusts no mark of the
contracts. A string is in order if it is what a row says stands at its offsets, a quote joined of
such, or a title or label as the build has it; then its characters count for its article. All other
strings are searched for runs of the words of any article. What is encoded is not found.

Every string and every text is read once, and sorting is left to DuckDB, which keeps on the disk
what is too much for memory.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from warehouse import parquet
from warehouse.duckdb import scratch
from warehouse.release import cells
from warehouse.release.hashes import parquet_relation
from warehouse.release.policy import Policy
from warehouse.release.share import Coverage
from warehouse.release.words import SHINGLE, Hashes, places, shingles, words

#: Rows of strings that are taken at a time.
_ROWS_AT_ONCE = 10_000
#: Runs of words that are looked for at a time: 128 MiB of numbers.
_SHINGLES_AT_ONCE = 2**24
#: Faults whose places are looked for, and places named of each.
_PLACED, _PLACES = 10, 10
#: What a build knows an article by, which a release may repeat as it is.
_LABELS = ("source_id", "url", "publisher", "section", "place", "rights")
#: What joins the spans of a quote.
_JOINT = " … "


@dataclass(frozen=True, slots=True)
class _Article:
    """An article whole, as the build has it."""

    article_id: str
    text: str
    title: str | None
    rights: str

    @property
    def shown_title(self) -> str | None:
        """Its title, where that may be shown."""
        return None if self.rights == "none" else self.title


@dataclass(frozen=True, slots=True)
class _Row:
    """A string of a row that belongs to an article.

    With `start` and `end` the row says that the string stands there in the text; `quote_id` is then
    that of the quote whose span it is. `place` names table, column and row.
    """

    article_id: str
    start: int | None
    end: int | None
    value: str
    place: str
    quote_id: str | None


def find(release: Path, articles: Sequence[Path], policy: Policy) -> Iterator[str]:
    """What leaks from a public release, in sentences without the words themselves.

    Args:
        release: the folder.
        articles: the files of the articles that it was made from, with their texts.
        policy: the limits.
    """
    with (
        TemporaryDirectory(dir=release.parent, prefix=".leaks-") as folder,
        scratch(Path(folder)) as connection,
    ):
        cells.gather(release, connection)
        connection.execute(f"CREATE VIEW built AS FROM {parquet_relation(articles)}")
        connection.execute(_CLAIMS_OF_NOTHING)
        _explain_labels(connection, policy)
        for article, rows in _with_rows(connection, articles, _CLAIMS_AND_OPEN_CELLS):
            yield from _judge_claims(article, rows, policy)
            _explain(connection, article, rows)
        connection.execute("""
            CREATE TABLE loose AS
            SELECT DISTINCT article_id, place, value FROM cells ANTI JOIN explained USING (value)
        """)
        for wanted in _wanted(connection):
            faults = [
                (fault, hit)
                for article, rows in _with_rows(connection, articles, _CLAIMS_AND_LOOSE)
                for fault, hit in _judge_article(article, rows, wanted, policy)
            ]
            yield from _placed(connection, faults)
            if faults:
                return


#: What stands at no offsets, or in no article, is a string like any other.
_CLAIMS_OF_NOTHING = """
    INSERT INTO cells
    SELECT article_id, place, value FROM claims
    WHERE first IS NULL OR last IS NULL OR article_id IS NULL
    OR article_id NOT IN (SELECT article_id FROM built);
    DELETE FROM claims
    WHERE first IS NULL OR last IS NULL OR article_id IS NULL
    OR article_id NOT IN (SELECT article_id FROM built);
"""
_CLAIMS = "SELECT article_id, first, last, value, place, quote_id, no FROM claims"
_CELLS = "SELECT article_id, NULL, NULL, value, place, NULL, NULL FROM"
_CLAIMS_AND_OPEN_CELLS = f"""
    {_CLAIMS} UNION ALL {_CELLS} cells
    WHERE article_id IN (SELECT article_id FROM built WHERE rights_code = 'full')
"""
_CLAIMS_AND_LOOSE = f"{_CLAIMS} UNION ALL {_CELLS} loose WHERE article_id IS NOT NULL"


def _with_rows(
    connection: cells.Connection, articles: Sequence[Path], query: str
) -> Iterator[tuple[_Article, list[_Row]]]:
    """Every article, in the order of ids, with its rows of a query."""
    ordered = connection.cursor().execute(
        f"FROM ({query}) ORDER BY article_id, place, quote_id, no, value"
    )
    groups = groupby(_fetched(ordered), key=lambda row: row.article_id)
    current = next(groups, None)
    columns = ("article_id", "text", "title", "rights_code")
    for row in parquet.rows_in_order(articles, "article_id", columns):
        article = _Article(*(row[name] for name in columns))
        while current is not None and current[0] < article.article_id:
            current = next(groups, None)
        is_its = current is not None and current[0] == article.article_id
        yield article, list(current[1]) if current is not None and is_its else []


def _fetched(result: cells.Connection) -> Iterator[_Row]:
    while rows := result.fetchmany(_ROWS_AT_ONCE):
        for *fields, _ in rows:
            if fields[0] is not None:
                yield _Row(*fields)


def _judge_claims(article: _Article, rows: Sequence[_Row], policy: Policy) -> Iterator[str]:
    """Whether each text stands where its row says, and is no longer than one may be."""
    lengths: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.start is None or row.end is None:
            continue
        if article.text[row.start : row.end] != row.value:
            yield f"{row.place} is not what stands at its offsets in {article.article_id}"
        elif article.rights == "none":
            yield f"{row.place} holds words of {article.article_id}, whose rights are “none”"
        elif article.rights == "excerpt" and row.quote_id is None:
            if len(words(row.value)) > policy.fact_words:
                yield f"{row.place} holds more than {policy.fact_words} words"
        elif article.rights == "excerpt" and row.quote_id is not None:
            lengths[row.place.partition(":")[0], row.quote_id] += len(row.value)
    for (place, quote_id), n_chars in lengths.items():
        if n_chars > policy.quote_chars:
            yield f"{place}: {quote_id} holds {n_chars} characters of a quote"


def _explain_labels(connection: cells.Connection, policy: Policy) -> None:
    """What the build calls its articles, which a release may say of them, too."""
    labels = ", ".join(f"{name}" for name in _LABELS)
    limit = policy.label_chars
    connection.execute(f"""
        CREATE TABLE explained AS
        SELECT value FROM (SELECT unnest([{labels}]) AS value FROM built)
        WHERE length(value) <= {limit}
        UNION
        SELECT title FROM built WHERE rights_code <> 'none' AND length(title) <= {limit}
        UNION
        SELECT unnest([authors::VARCHAR] || authors) FROM built
        WHERE length(authors::VARCHAR) <= {limit}
        UNION
        SELECT unnest([text, title, summary, body]) FROM built WHERE rights_code = 'full'
    """)


def _explain(connection: cells.Connection, article: _Article, rows: Sequence[_Row]) -> None:
    """Put by the strings that are in order because of what stands at offsets."""
    claims = [row for row in rows if row.start is not None]
    found = {row.value for row in claims if len(words(row.value)) >= SHINGLE}
    of_quotes = (row for row in claims if row.quote_id is not None)
    for _, spans in groupby(of_quotes, key=lambda row: (row.place.partition(":")[0], row.quote_id)):
        found.add(_JOINT.join(span.value for span in spans))
    if article.rights == "full":
        own = shingles(words(article.text))
        open_cells = (row.value for row in rows if row.start is None)
        found.update(v for v in open_cells if np.isin(shingles(words(v)), own).all())
    if found:
        connection.execute("INSERT INTO explained SELECT unnest(?)", [sorted(found)])


def _wanted(connection: cells.Connection) -> Iterator[Hashes]:
    """The runs of words of all loose strings, so many at a time; at least one set of them."""
    waiting: list[Hashes] = []
    result = connection.cursor().execute("SELECT DISTINCT value FROM loose ORDER BY value")
    while rows := result.fetchmany(_ROWS_AT_ONCE):
        waiting += [shingles(words(value)) for (value,) in rows]
        if sum(map(len, waiting)) >= _SHINGLES_AT_ONCE:
            yield np.unique(np.concatenate(waiting))
            waiting = []
    yield np.unique(np.concatenate([np.empty(0, np.uint64), *waiting]))


def _judge_article(
    article: _Article, rows: Sequence[_Row], wanted: Hashes, policy: Policy
) -> Iterator[tuple[str, Hashes]]:
    """What too much is held of an article, with the runs of words by which it was found."""
    if article.rights == "full":
        return
    text, name = article.text, article.article_id
    coverage = Coverage(text, article.shown_title)
    for row in rows:
        if row.start is not None and row.end is not None:
            coverage.show(row.start, row.end)
    own = shingles(words(text))
    is_hit = np.isin(own, wanted)
    if is_hit.any():
        n_words = _longest_hidden(is_hit, text, coverage)
        if n_words > policy.fact_words:
            yield f"{n_words} words in a row of {name}", own[is_hit]
    loose = [shingles(words(row.value)) for row in rows if row.start is None]
    if loose:
        is_hit = np.isin(own, np.concatenate(loose))
        for start, end in _covered(is_hit, text):
            coverage.show(start, end)
    most = int(policy.article_share * len(text)) if article.rights == "excerpt" else 0
    if coverage.n_chars > most:
        share = coverage.n_chars / len(text)
        yield f"{share:.0%} of the characters of {name}", own[is_hit] if loose else own[:0]


def _covered(is_hit: npt.NDArray[np.bool_], text: str) -> list[tuple[int, int]]:
    """Where the words stand that lie in a run that was found."""
    if not is_hit.any():
        return []
    is_covered = np.zeros(len(is_hit) + SHINGLE - 1, bool)
    for place in range(SHINGLE):
        is_covered[place : place + len(is_hit)] |= is_hit
    return [spot for spot, is_in in zip(places(text), is_covered, strict=True) if is_in]


def _longest_hidden(is_hit: npt.NDArray[np.bool_], text: str, coverage: Coverage) -> int:
    """The most words in a row that were found and that no row shows at its offsets."""
    found = dict.fromkeys(_covered(is_hit, text))
    longest = n_words = 0
    for spot in places(text):
        n_words = n_words + 1 if spot in found and coverage.cost(*spot) else 0
        longest = max(longest, n_words)
    return longest


def _placed(connection: cells.Connection, faults: Sequence[tuple[str, Hashes]]) -> Iterator[str]:
    """The faults, each with the first places in which the words were found."""
    found: list[list[str]] = [[] for _ in faults]
    if faults:
        result = connection.cursor().execute("SELECT place, value FROM loose ORDER BY place")
        while rows := result.fetchmany(_ROWS_AT_ONCE):
            for place, value in rows:
                own = shingles(words(value))
                for number, (_, hit) in enumerate(faults[:_PLACED]):
                    if len(found[number]) < _PLACES and np.isin(own, hit).any():
                        found[number].append(place)
    for (fault, _), of in zip(faults, found, strict=True):
        yield f"{fault} ({'; '.join(dict.fromkeys(of))})" if of else fault
