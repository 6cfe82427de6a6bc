"""The words a contract is written in: a table, its columns, and what must hold of them."""

import re
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

#: A list of strings, its element named as Parquet names it, so that the type survives a file.
STRINGS = pa.list_(pa.field("element", pa.string(), nullable=False))

Severity = Literal["error", "warning"]
#: What a column holds of an article's own words, which decides what a public release keeps of it.
#: `text`: the article, or a part of it, as it stands. `title`: its headline. `label`: what it says
#: of itself (its address, its notice of rights), which may repeat words of the text. `quote`: what
#: somebody said. `fact`: a short stretch that names something.
Words = Literal["text", "title", "label", "quote", "fact"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the rules that follow from its contract alone.

    `pattern` is a regular expression for the whole value, `values` the fixed set it is taken from,
    `minimum` and `maximum` are inclusive, `references` is `table.column`. A null passes every rule
    but `nullable=False`. `words` says what the column holds of an article's words, None where
    nothing.

    Raises:
        ValueError: the column has no description, or a pattern that does not compile.
    """

    name: str
    type: pa.DataType
    doc: str
    nullable: bool = False
    unique: bool = False
    pattern: str | None = None
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    references: str | None = None
    words: Words | None = None

    def __post_init__(self) -> None:
        if not self.doc.strip():
            raise ValueError(f"Column “{self.name}” has no description; say what its values mean.")
        if self.pattern is not None:
            re.compile(self.pattern)

    @property
    def field(self) -> "pa.Field[pa.DataType]":
        """The Arrow field, its description kept as metadata."""
        return pa.field(self.name, self.type, self.nullable, {"description": self.doc})


@dataclass(frozen=True, slots=True)
class Table:
    """A table's contract: what a row is, its key, its columns in order.

    Raises:
        ValueError: the table has no description, repeats a column, or its key is not among them.
    """

    name: str
    doc: str
    primary_key: tuple[str, ...]
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        names = self.column_names
        if not self.doc.strip():
            raise ValueError(f"Table “{self.name}” has no description.")
        if len(set(names)) < len(names):
            raise ValueError(f"Table “{self.name}” names a column twice.")
        if not self.primary_key or not set(self.primary_key) <= set(names):
            raise ValueError(f"The key of table “{self.name}” is not among its columns.")

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def order(self) -> list[tuple[str, Literal["ascending", "descending"]]]:
        """How its rows are sorted, in Arrow's words: by the key."""
        return [(name, "ascending") for name in self.primary_key]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema: types, nullability, descriptions."""
        return pa.schema([c.field for c in self.columns], metadata={"description": self.doc})

    def from_rows(self, rows: list[dict[str, Any]]) -> pa.Table:
        """Make an Arrow table of this schema; a row holds each column by name."""
        return pa.Table.from_pylist(rows, schema=self.schema)


def article_reference(doc: str = "The article this row belongs to.") -> Column:
    """The column that ties a row to its article."""
    return Column("article_id", pa.string(), doc, references="articles.article_id")


def offsets(of: str, nullable: bool = False, prefix: str = "") -> tuple[Column, ...]:
    """The half-open offsets into `articles.text`: in code points, then in bytes of its UTF-8."""
    start, end = (f"{prefix}start", f"{prefix}end") if prefix else ("start_char", "end_char")
    return (
        Column(
            start,
            pa.int32(),
            f"Where {of} begins in articles.text: 0-based, in Unicode code points.",
            nullable=nullable,
            minimum=0,
        ),
        Column(
            end,
            pa.int32(),
            f"Where {of} ends in articles.text: the offset after its last code point.",
            nullable=nullable,
            minimum=1,
        ),
        *(
            Column(
                byte_column(name),
                pa.int32(),
                f"`{name}` in bytes of articles.text in UTF-8.",
                nullable=nullable,
            )
            for name in (start, end)
        ),
    )


def byte_column(offset: str) -> str:
    """The column that holds an offset in bytes: `end_byte` of `end_char`, `cue_end_byte`."""
    return f"{offset.removesuffix('_char')}_byte"


def confidence(of: str) -> Column:
    """A calibrated probability, rounded to .01."""
    return Column(
        "confidence",
        pa.float64(),
        f"How likely {of} is right: of rows at 0.9, nine in ten are. Rounded to .01.",
        minimum=0,
        maximum=1,
    )


#: Which code made a row; on every extracted row.
EXTRACTED_BY: tuple[Column, Column] = (
    Column("extractor", pa.string(), "The part of the program that made this row."),
    Column(
        "extractor_version",
        pa.string(),
        "The version of that part: a digest of its code, its word lists and the language model.",
        pattern=r"[0-9a-f]{12}",
    ),
)


def id_pattern(letter: str) -> str:
    """The pattern of an id: a letter, then 16 hex digits of a SHA-256."""
    return rf"{letter}[0-9a-f]{{16}}"
