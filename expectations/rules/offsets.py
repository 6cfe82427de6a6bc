"""The rules that are alike for every pair of offsets into `articles.text`."""

from collections.abc import Iterator
from dataclasses import dataclass

from expectations.rule import NoRows, Rule
from warehouse.tables.spec import byte_column


@dataclass(frozen=True, slots=True)
class Stretch:
    """Two columns of offsets, the column with the text between them, and where they may lie.

    `source` joins the table to what `article_id` and `key` are taken from.
    """

    table: str
    key: str
    start: str = "start_char"
    end: str = "end_char"
    text: str | None = "text"
    allowed: str | None = None

    @property
    def source(self) -> str:
        """The table, with `article_id` among its columns."""
        through = " JOIN quotes USING (quote_id)" if self.table == "quote_spans" else ""
        return self.table + through

    @property
    def article(self) -> str:
        """The table of the source that has the column `article_id`."""
        return "quotes" if self.table == "quote_spans" else self.table

    @property
    def prefix(self) -> str:
        """What sets the rules of this stretch apart from others of the table."""
        named = "" if self.start == "start_char" else self.start.removesuffix("start")
        return f"{self.table}.{named}"


_QUOTED = "IN (SELECT kind FROM quoted_kinds)"
_READ = "NOT IN (SELECT kind FROM unread_kinds)"

STRETCHES: tuple[Stretch, ...] = (
    Stretch("blocks", "article_id, block_no", text=None),
    Stretch("quotes", "quote_id", text=None),
    Stretch("quotes", "quote_id", "speaker_start", "speaker_end", "speaker_text"),
    Stretch("quotes", "quote_id", "cue_start", "cue_end", "cue"),
    Stretch("quote_spans", "quote_id, span_no", allowed=_QUOTED),
    Stretch("mentions", "mention_id", allowed=_READ),
    Stretch("dates", "date_id", allowed=_READ),
)


def offset_rules() -> Iterator[Rule]:
    """Order of the two offsets, the text between them, its bytes, the kind of its block."""
    for number, stretch in enumerate(STRETCHES):
        yield _start_before_end(stretch)
        if stretch.text is not None:
            yield _text_at_offsets(number, stretch, stretch.text)
            yield _bytes_at_offsets(stretch, stretch.text)
        if stretch.allowed is not None:
            yield _in_allowed_blocks(stretch, stretch.allowed)


def _start_before_end(stretch: Stretch) -> Rule:
    start, end = stretch.start, stretch.end
    return _error(
        stretch,
        "start_before_end",
        f"{stretch.table}.{start} comes before {end}.",
        # An end below 1 is left to the range of its column.
        f"SELECT {stretch.key}, {start}, {end}\n"
        f"FROM {stretch.table}\n"
        f"WHERE {start} >= {end} AND {end} >= 1",
    )


def _text_at_offsets(number: int, stretch: Stretch, text: str) -> Rule:
    start, end, said = (f"{stretch.table}.{name}" for name in (stretch.start, stretch.end, text))
    return _error(
        stretch,
        "text_at_offsets",
        f"{stretch.table}.{text} is articles.text from {stretch.start} to {stretch.end}.",
        f"SELECT {stretch.key}\n"
        f"FROM {stretch.source}\n"
        f"SEMI JOIN (SELECT * FROM misplaced WHERE stretch = {number}) AS misplaced\n"
        f"ON misplaced.article_id = {stretch.article}.article_id AND misplaced.said = {said}\n"
        f"AND misplaced.first_char = {start} AND misplaced.end_char = {end}",
    )


def _bytes_at_offsets(stretch: Stretch, text: str) -> Rule:
    start, end = (byte_column(name) for name in (stretch.start, stretch.end))
    return _error(
        stretch,
        "bytes_at_offsets",
        f"{stretch.table}.{text} has as many bytes of UTF-8 as lie from {start} to {end}.",
        f"SELECT {stretch.key}, {start}, {end}\n"
        f"FROM {stretch.table}\n"
        f"WHERE {end} - {start} <> strlen({stretch.table}.{text})",
    )


def _in_allowed_blocks(stretch: Stretch, allowed: str) -> Rule:
    start, end = (f"{stretch.table}.{name}" for name in (stretch.start, stretch.end))
    return _error(
        stretch,
        "in_allowed_blocks",
        f"No part of {stretch.table} lies in a kind of block where none may lie.",
        f"SELECT DISTINCT {stretch.key}, blocks.kind\n"
        f"FROM {stretch.source}\n"
        f"JOIN (SELECT * FROM blocks WHERE NOT kind {allowed}) AS blocks USING (article_id)\n"
        f"WHERE 0 <= {start} AND {start} < blocks.end_char AND blocks.start_char < {end}",
    )


def _error(stretch: Stretch, name: str, description: str, sql: str) -> Rule:
    full_name = f"{stretch.prefix}{name}"
    return Rule(full_name, stretch.table, "error", description, NoRows(sql), by_article=True)
