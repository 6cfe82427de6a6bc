"""README.md: the dataset card that a hub, a loader and a person read."""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from warehouse.duckdb import FILE_NAME, STORAGE_VERSION
from warehouse.release.facts import DESCRIPTION, KEYWORDS, SUBTITLE, TITLE, Facts
from warehouse.release.profile import Profile
from warehouse.tables import QUOTES, Table

FILE = "README.md"
#: What a loader takes where no table is named.
_DEFAULT = QUOTES.name
#: The hub's classes of size: the first number of rows beyond each, and its name.
_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)


def render(
    facts: Facts,
    tables: Iterable[Table],
    files: Mapping[str, Iterable[str]],
    rows: Mapping[str, int],
) -> str:
    """The card of a release, its YAML first."""
    tables = list(tables)
    head = yaml.safe_dump(
        _front(tables, files, rows), sort_keys=False, allow_unicode=True, width=100
    )
    lines = [f"| `{t.name}` | {rows[t.name]:,} | {t.doc} |" for t in tables]
    return f"---\n{head}---\n\n" + _BODY.format(
        title=TITLE,
        subtitle=SUBTITLE,
        description=DESCRIPTION,
        version=facts.version,
        tables="\n".join(lines),
        database=FILE_NAME,
        duckdb=STORAGE_VERSION.removeprefix("v").removesuffix(".0"),
        citation=facts.citation,
        profile=_PROFILES[facts.profile],
    )


def _front(
    tables: list[Table], files: Mapping[str, Iterable[str]], rows: Mapping[str, int]
) -> dict[str, Any]:
    configs = [
        {"config_name": t.name, "data_files": [{"split": "train", "path": list(files[t.name])}]}
        | ({"default": True} if t.name == _DEFAULT else {})
        for t in tables
        if rows[t.name]  # datasets refuses a split without a row
    ]
    return {
        "pretty_name": f"{TITLE}: {SUBTITLE}",
        "license": "cc-by-4.0",
        "language": ["en"],
        "tags": list(KEYWORDS),
        "task_categories": ["token-classification", "text-classification"],
        "size_categories": [_size(rows[_DEFAULT])],
        "configs": configs,
    }


def _size(rows: int) -> str:
    return next((name for limit, name in _SIZES if rows < limit), "n>10M")


_PROFILES: Mapping[Profile, str] = {
    "full": """**This is the full release: it holds the articles whole, and stays at home.** It is
in no index, and is not for passing on; the public release of the same version is.""",
    "public": """This is the public release: of the articles it holds titles, metadata and capped
quotes, and no other text (`RIGHTS.md`). `articles.text`, `body` and `summary` are null but where
the rights allow them, and so are the words around a date in `timeline`; `quotes.is_truncated` marks
a quote that was cut. `articles.content_sha256` is that of the text that every offset points into.
""".rstrip(),
}

_BODY = """# {title}: {subtitle}

{description}

{profile}

Version {version}. What changed since the one before stands in `CHANGELOG.md` and, row by row, in
`changes/`.

| table | rows | one row is |
|---|---|---|
{tables}

`DICTIONARY.md` says what every column means. Offsets are half-open, from 0, in Unicode code points,
into `articles.text`; `text[start_char:end_char]` is the row's text. `start_byte` and `end_byte` are
the same places in bytes of UTF-8.

## Load

```python
import polars
quotes = polars.read_parquet("data/quotes.parquet")
```

```python
from pathlib import Path
from datasets import load_dataset
folder = str(Path.cwd())  # datasets wants a name, which “.” is not
quotes = load_dataset(folder, split="train")
entities = load_dataset(folder, "entities", split="train")
```

`{database}` holds the same tables and the analysts' views; DuckDB {duckdb} or later opens it.
`queries/` holds questions to begin with.

```sql
SELECT speaker, role, quote, published_on, title
FROM statements
WHERE speaker IS NOT NULL
ORDER BY confidence DESC, title, start_char
LIMIT 10;
```

## Check

```sh
sha256sum -c SHA256SUMS
```

says whether each file arrived whole; `otr verify` of the program that made it also whether the
files agree with each other. `quality/` holds how every check of this version ended and how right
the rows were measured to be; `manifest.json` all that it was made from.

## Uses and limits

Made for research on who is quoted, on what and how. The annotations are made by rules and a small
language model, not by people: mind `confidence`, which is calibrated (of rows at 0.9, nine in ten
are right), and what `quality/` says. What cannot be told is null, never guessed. Only English texts
are read. A quote is what a text reports, not what was said; a wrong attribution may harm a living
person, so check the article before you repeat one.

## Rights

The annotations are under CC BY 4.0 (`LICENSE`). The texts are their publishers' (`RIGHTS.md`).

## Cite

> {citation}

`CITATION.cff` and `citation.bib` hold the same for programs.
"""
