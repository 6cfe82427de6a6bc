"""RIGHTS.md: whose the texts are, as far as anybody said, and what a release holds of them."""

from pathlib import Path

import duckdb

from warehouse.release.policy import Policy

_HEAD = """# Rights in the texts

The articles are third-party works: the copyright is their publishers' and authors'. The licence
of the annotations (LICENSE) does not cover them. {held}

`articles.rights` holds what a person or the source said of the rights in each text, word for word;
an empty cell is no permission. `articles.rights_code` is what a public release may hold of it.

| publisher | rights_code | what it says of its rights | articles |
|---|---|---|---:|
"""
_FULL = """They are here whole so that every
quote can be checked where it stands: this release stays at home, and is not for passing on."""
_PUBLIC = """This release holds no text of
theirs beyond this:

- of an article whose `rights_code` is `full`: everything.
- `excerpt`, as where nobody decided: its title, and quotes of up to {quote_chars} characters, all
  together up to {quote_share:.0%} of the characters of the article; with the names, dates and words
  that report, none of more than {fact_words} words, up to {article_share:.0%}. The title does not
  count. A quote that was cut is marked in `quotes.is_truncated`.
- `none`: not a word, the title included; metadata and offsets only.

The offsets and `articles.content_sha256` remain: who has the texts can put every row back in its
place. `manifest.json` holds these limits as `policy`."""


def render(articles: list[Path], policy: Policy | None) -> str:
    """The page for the files of the table of articles; `policy` is None in a full release."""
    query = """
        SELECT
            coalesce(publisher, 'not known'),
            rights_code,
            coalesce(rights, 'nothing'),
            count(*)
        FROM read_parquet(?) GROUP BY ALL ORDER BY ALL
    """
    with duckdb.connect() as connection:
        rows = connection.execute(query, [[str(path) for path in articles]]).fetchall()
    held = _FULL
    if policy is not None:
        held = _PUBLIC.format(
            quote_chars=policy.quote_chars,
            quote_share=policy.quote_share,
            fact_words=policy.fact_words,
            article_share=policy.article_share,
        )
    return _HEAD.format(held=held) + "".join(
        f"| {_cell(publisher)} | {code} | {_cell(rights)} | {n} |\n"
        for publisher, code, rights, n in rows
    )


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
