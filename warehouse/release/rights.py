"""RIGHTS.md: whose the texts are, as far as anybody said."""

from pathlib import Path

import duckdb

_HEAD = """# Rights in the texts

The articles are third-party works: the copyright is their publishers' and authors'. The licence
of the annotations (LICENSE) does not cover them. They are here so that every quote can be checked
where it stands; whoever passes them on needs a right of their own to do so.

`articles.rights` holds what a person or the source said may be done with each text, word for word;
an empty cell is no permission.

| publisher | what it says of its rights | articles |
|---|---|---|
"""


def render(articles: list[Path]) -> str:
    """The page for the files of the table of articles."""
    query = """
        SELECT coalesce(publisher, 'not known'), coalesce(rights, 'nothing'), count(*)
        FROM read_parquet(?) GROUP BY ALL ORDER BY ALL
    """
    with duckdb.connect() as connection:
        rows = connection.execute(query, [[str(path) for path in articles]]).fetchall()
    return _HEAD + "".join(
        f"| {_cell(publisher)} | {_cell(rights)} | {n} |\n" for publisher, rights, n in rows
    )


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
