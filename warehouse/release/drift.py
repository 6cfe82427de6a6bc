"""The drift gate: how far a build has moved from the last release, and whether that is too far.

Everything is measured on the tables of the build, which are alike for all profiles; a release keeps
the measures in `quality/drift.json`, and the next one is compared with them. Only ids that came or
went are read from the rows of the last release itself.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from warehouse import parquet
from warehouse.release import contracts, data, manifest
from warehouse.release.errors import ReleaseError
from warehouse.release.hashes import parquet_relation
from warehouse.tables import TABLES, Table

FILE = "quality/drift.json"
LIMITS = Path(__file__).with_name("drift.toml")
#: Whose ids are followed from release to release, and in which column they stand.
_IDS = {"articles": "article_id", "quotes": "quote_id", "entities": "entity_id"}
#: Tables that only grow, or that say themselves why they differ.
_NOT_JUDGED = frozenset({"registry", "withdrawn"})
_MIXES = ("language", "publisher")
#: Values of a mix that are kept; the rest counts as one.
_VALUES = 1000
_REST = "(all others)"


@dataclass(frozen=True, slots=True)
class Move:
    """Something that was measured on both sides: `by` is how far it moved, `limit` how far it may.

    `limit` is None where there are too few rows to judge.
    """

    what: str
    before: float
    after: float
    by: float
    limit: float | None

    @property
    def is_beyond(self) -> bool:
        """Whether it moved further than it may."""
        return self.limit is not None and abs(self.by) > self.limit

    def __str__(self) -> str:
        """The move in words, from what to what."""
        allowed = "not judged" if self.limit is None else f"the limit is {self.limit:.0%}"
        moved = f"{_number(self.before)} → {_number(self.after)}"
        return f"{self.what}: {moved} ({self.by:+.0%}, {allowed})"


@dataclass(frozen=True, slots=True)
class Drift:
    """A build against the last good release.

    `previous` is None for the first release. `measures` are the build's own. `not_compared` says
    what the last release, of another schema, does not tell. `accepted` is why a person took what is
    beyond the limits.
    """

    previous: str | None
    measures: Mapping[str, Any]
    moves: tuple[Move, ...] = ()
    not_compared: tuple[str, ...] = ()
    accepted: str | None = None

    @property
    def beyond(self) -> tuple[Move, ...]:
        """What moved further than it may."""
        return tuple(move for move in self.moves if move.is_beyond)

    def accepting(self, why: str | None) -> "Drift":
        """The drift with what a person says of it, where there is anything to say."""
        said = " ".join((why or "").split()) or None
        return replace(self, accepted=said if self.beyond else None)

    def require(self, why: str | None) -> "Drift":
        """The drift with what a person says of it, who has to say something where it is too far.

        Raises:
            ReleaseError: something moved too far and nobody says why.
        """
        said = self.accepting(why)
        if said.beyond and said.accepted is None:
            listed = "".join(f"\n  {move}" for move in self.beyond)
            raise ReleaseError(
                f"The tables moved further from release {self.previous} than {LIMITS.name} allows:"
                f"{listed}\nFind out why and build again; or, where that is as it should be, "
                'release with --accept "why".'
            )
        return said

    def summary(self) -> dict[str, Any]:
        """What the manifest says."""
        return {
            "compared_with": self.previous,
            "beyond": [str(move) for move in self.beyond],
            "accepted": self.accepted,
        }

    def told(self) -> tuple[str, ...]:
        """What the changelog says: lines of Markdown, none where nothing moved too far."""
        if not self.beyond:
            return ()
        why = f"Beyond the limits since {self.previous}, and taken because: {self.accepted}"
        return (why, "", *(f"- {move}" for move in self.beyond))

    def dump(self) -> dict[str, Any]:
        """What `quality/drift.json` says."""
        note = "There was no good release before this one." if self.previous is None else None
        return {
            "compared_with": self.previous,
            "note": note,
            "accepted": self.accepted,
            "beyond": [move.what for move in self.beyond],
            "moves": [asdict(move) | {"is_beyond": move.is_beyond} for move in self.moves],
            "not_compared": list(self.not_compared),
            "measures": self.measures,
        }


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:.3f}"


def drift(tables: Path, last: Path | None) -> Drift:
    """Measure the published tables, and compare them with the last good release.

    Raises:
        ReleaseError: the limits or what the last release says cannot be read.
    """
    measures = measure(TABLES, {t.name: parquet.files(tables, t.name) for t in TABLES})
    if last is None:
        return Drift(None, measures)
    held = contracts.load(manifest.read_json(last, contracts.FILE))
    files = {t.name: parquet.files(last / data.FOLDER, t.name) for t in held}
    before = _kept(last) or measure(held, files)
    limits = read_limits(LIMITS.read_text(encoding="utf-8"))
    lost = _lost(tables, {n: files.get(n, []) for n in _IDS})
    moves = [*compare(before, measures, limits), *_churn(lost, limits)]
    if max(of["rows"]["articles"] for of in (before, measures)) < limits["corpus"]["at_least"]:
        moves = [replace(move, limit=None) for move in moves]
    return Drift(last.name, measures, tuple(moves), tuple(_not_compared(before, measures)))


def read_limits(toml: str) -> dict[str, dict[str, float]]:
    """Read the settings file.

    Raises:
        ReleaseError: it is no TOML, lacks a limit, or one is no number from 0.
    """
    try:
        said: dict[str, dict[str, float]] = tomllib.loads(toml)
        for section, names in _SETTINGS.items():
            for name in ("at_least", *names):
                if not said[section][name] >= 0:
                    raise ValueError(f"{section}.{name} is less than 0")
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{LIMITS.name} cannot be used: {error}.") from error
    return said


_SETTINGS: dict[str, tuple[str, ...]] = {
    "corpus": (),
    "rows": ("fewer", "more"),
    "nulls": ("change",),
    "mix": _MIXES,
    "speakers": ("change",),
    "lost": tuple(_IDS),
}


def _kept(release: Path) -> dict[str, Any] | None:
    """The measures that a release keeps; None where it is older than the gate."""
    if not (release / FILE).exists():
        return None
    measures = manifest.read_json(release, FILE).get("measures")
    if not isinstance(measures, dict):
        raise ReleaseError(f"{release / FILE} holds no measures.")
    return measures


def measure(tables: Sequence[Table], files: Mapping[str, Sequence[Path]]) -> dict[str, Any]:
    """What is compared between releases, of tables that lie in Parquet files."""
    names = {table.name: table for table in tables}
    found: dict[str, Any] = {"rows": {}, "nulls": {}, "mix": {}}
    with duckdb.connect() as connection:
        for table in tables:
            relation = parquet_relation(files[table.name])
            columns = [c.name for c in table.columns if c.nullable]
            counts = ", ".join(f'count(*) - count("{name}")' for name in columns)
            query = f"SELECT count(*){', ' * bool(counts)}{counts} FROM {relation}"
            n_rows, *nulls = connection.execute(query).fetchall()[0]
            found["rows"][table.name] = n_rows
            for name, n in zip(columns, nulls, strict=True):
                found["nulls"][f"{table.name}.{name}"] = round(n / n_rows, 4) if n_rows else 0.0
        articles = parquet_relation(files["articles"])
        for name in _MIXES:
            if name in names["articles"].column_names:
                found["mix"][name] = _mix(connection, articles, name)
        quotes = parquet_relation(files["quotes"])
        query = f"SELECT count(DISTINCT (article_id, speaker_entity_id)) FROM {quotes} "
        query += "WHERE speaker_entity_id IS NOT NULL"
        (n_speakers,) = connection.execute(query).fetchall()[0]
    n_articles = found["rows"]["articles"]
    found["speakers_per_article"] = round(n_speakers / n_articles, 4) if n_articles else 0.0
    return found


def _mix(connection: duckdb.DuckDBPyConnection, articles: str, name: str) -> dict[str, int]:
    """How many articles have each value, the commonest first."""
    query = f"""
        SELECT coalesce("{name}", '(none)') AS value, count(*) AS n
        FROM {articles} GROUP BY 1 ORDER BY n DESC, value
    """
    rows = connection.execute(query).fetchall()
    found = dict(rows[:_VALUES])
    if rest := sum(n for _, n in rows[_VALUES:]):
        found[_REST] = rest
    return found


def compare(
    before: Mapping[str, Any], after: Mapping[str, Any], limits: Mapping[str, Mapping[str, float]]
) -> Iterator[Move]:
    """Everything that both sides measured, moved or not."""
    yield from _rows(before["rows"], after["rows"], limits["rows"])
    of, rows = limits["nulls"], (before["rows"], after["rows"])
    for column, share in after["nulls"].items():
        if column in before["nulls"] and column.partition(".")[0] not in _NOT_JUDGED:
            was, table = before["nulls"][column], column.partition(".")[0]
            limit = of["change"] if _are_enough(rows, table, of) else None
            yield Move(f"nulls in {column}", was, share, round(share - was, 4), limit)
    of = limits["mix"]
    for name, now in after["mix"].items():
        if name in before["mix"]:
            limit = of[name] if _are_enough(rows, "articles", of) else None
            yield _mix_move(name, before["mix"][name], now, limit)
    of = limits["speakers"]
    was, share = before["speakers_per_article"], after["speakers_per_article"]
    limit = of["change"] if _are_enough(rows, "articles", of) else None
    yield Move("speakers per article", was, share, _relative(was, share), limit)


def _rows(
    before: Mapping[str, int], after: Mapping[str, int], limits: Mapping[str, float]
) -> Iterator[Move]:
    for table, n in after.items():
        if table in before and table not in _NOT_JUDGED:
            by = _relative(before[table], n)
            # From nothing to many, or to nothing, is far, whatever the least number of one side.
            is_judged = max(before[table], n) >= limits["at_least"]
            limit = limits["more" if by > 0 else "fewer"] if is_judged else None
            yield Move(f"rows of {table}", before[table], n, by, limit)


def _are_enough(
    rows: tuple[Mapping[str, int], Mapping[str, int]], table: str, limits: Mapping[str, float]
) -> bool:
    return all(of.get(table, 0) >= limits["at_least"] for of in rows)


def _relative(before: float, after: float) -> float:
    if before == after:
        return 0.0
    return round((after - before) / before, 4) if before else 1e9


def _mix_move(
    name: str, before: Mapping[str, int], after: Mapping[str, int], limit: float | None
) -> Move:
    """How far a mix moved, shown by the value whose share changed most."""
    totals = max(1, sum(before.values())), max(1, sum(after.values()))
    shares = {
        value: (before.get(value, 0) / totals[0], after.get(value, 0) / totals[1])
        for value in sorted({*before, *after})
    }
    distance = sum(abs(now - was) for was, now in shares.values()) / 2
    moved = {value: round(abs(now - was), 4) for value, (was, now) in shares.items()}
    most = max(moved, key=lambda value: moved[value], default="")
    was, now = shares.get(most, (0.0, 0.0))
    what = f"{name} mix (most of all “{most}”)"
    return Move(what, round(was, 4), round(now, 4), round(distance, 4), limit)


def _lost(tables: Path, files: Mapping[str, Sequence[Path]]) -> dict[str, tuple[int, int, int]]:
    """Of each kind of id how many there were, are not there any more, and are new.

    Those that were withdrawn count as still there.
    """
    found = {}
    withdrawn = parquet_relation(parquet.files(tables, "withdrawn"))
    with duckdb.connect() as connection:
        for table, key in _IDS.items():
            if not files[table]:
                continue
            now = parquet_relation(parquet.files(tables, table))
            query = f"""
                SELECT
                    count(*) FILTER (o.id IS NOT NULL),
                    count(*) FILTER (n.id IS NULL AND o.id NOT IN (SELECT id FROM {withdrawn})),
                    count(*) FILTER (o.id IS NULL)
                FROM (SELECT {key} AS id FROM {parquet_relation(files[table])}) AS o
                FULL JOIN (SELECT {key} AS id FROM {now}) AS n ON o.id = n.id
            """
            found[table] = connection.execute(query).fetchall()[0]
    return found


def _churn(
    lost: Mapping[str, tuple[int, int, int]], limits: Mapping[str, Mapping[str, float]]
) -> Iterator[Move]:
    of = limits["lost"]
    for table, (there, gone, new) in lost.items():
        limit = of[table] if there >= of["at_least"] else None
        by = -round(gone / there, 4) if there else 0.0
        yield Move(f"ids of {table} that live on", there, there - gone, by, limit)
        by = round(new / there, 4) if there else 0.0
        yield Move(f"new ids of {table}", 0, new, by, None)


def _not_compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """What only one of the sides tells, because they are of different schemas."""
    for part in ("rows", "nulls", "mix"):
        for name in sorted(before[part].keys() ^ after[part].keys()):
            side = "the last release has it not" if name in after[part] else "it is no more"
            yield f"{part} of {name}: {side}"
