"""How to cite a release, and under which terms: CITATION.cff, citation.bib, LICENSE."""

import yaml

from warehouse.release.facts import (
    AUTHOR,
    DESCRIPTION,
    KEYWORDS,
    LICENCE,
    LICENCE_URL,
    SUBTITLE,
    TITLE,
    Facts,
)


def cff(facts: Facts) -> str:
    """The Citation File Format, 1.2.0."""
    said = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite this version of it.",
        "type": "dataset",
        "title": f"{TITLE}: {SUBTITLE}",
        "abstract": DESCRIPTION,
        "authors": [{"name": AUTHOR}],
        "keywords": list(KEYWORDS),
        "version": facts.version,
        "date-released": facts.released_on.isoformat(),
        "license": LICENCE,
    }
    if facts.build.commit:
        said["commit"] = facts.build.commit
    text: str = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=100)
    return text


def bibtex(facts: Facts) -> str:
    """A BibTeX entry that every style knows."""
    key = f"on_the_record_{facts.version.replace('.', '_')}"
    lines = [
        f"@misc{{{key},",
        f"  author = {{{{{AUTHOR}}}}},",
        f"  title = {{{{{TITLE}}}: {SUBTITLE}}},",
        f"  year = {{{facts.released_on.year}}},",
        f"  month = {{{facts.released_on.month}}},",
        f"  version = {{{facts.version}}},",
        f"  note = {{Data set, version {facts.version}, {LICENCE}}}",
        "}",
    ]
    return "\n".join(lines) + "\n"


def licence() -> str:
    """What may be done with the annotations, and what this does not cover."""
    return f"""{TITLE}: the annotations

The annotations of this release (every table, file and column of it, but for the words of the
articles themselves) are licensed under the Creative Commons Attribution 4.0 International licence.

SPDX-License-Identifier: {LICENCE}
Summary:    {LICENCE_URL}
Legal code: {LICENCE_URL}legalcode

You may share and adapt them for any purpose, even commercially, as long as you give credit
(CITATION.cff and citation.bib say how), link to the licence, and say what you changed.

The licence does not cover the texts that the annotations are about: what `articles` holds of them
in `title`, `summary`, `text` and `body`, where it does, and what the other tables quote. RIGHTS.md
says whose they are.
"""
