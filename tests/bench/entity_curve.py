"""Entities across a generated corpus of so many mentions: `python -m tests.bench.entity_curve N`.

With `--generate-only` nothing is resolved, so that what the corpus itself costs can be subtracted.

The names are made of syllables; as in news, few of them come often and many once. Two things in
five are people, most of them with a role, some called by their family names alone.
"""

import random
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.entities.gathered import SLOT, StoredThings
from pipelines.resolve import Resolved, finish_mentions, resolve_entities
from warehouse.tables import REGISTRY
from warehouse.tables.extracted import EXTRACTED_ENTITIES, EXTRACTED_MENTIONS

_SYLLABLES = tuple(c + v for c in "bdfghjklmnprstv" for v in "aeiou")
_ROLES = ("prime minister", "striker", "professor", "NATO chief", "mayor", "chief executive", "")
_SORTS = ("Inc", "Group", "Ministry", "University")
_MADE_BY = {"extractor": "entities", "extractor_version": "0" * 12}
_FAMILIES, _GIVEN = 20_000, 300
#: Things whose rows are made at a time.
_BATCH = 20_000


def corpus(mentions: int, seed: int = 1) -> tuple[pa.Table, pa.Table]:
    """The things and the mentions of generated articles, as extraction would yield them."""
    things = _things(random.Random(seed))
    tables: list[tuple[pa.Table, pa.Table]] = []
    left = mentions
    while left > 0:
        rows = list(islice(things, min(left, _BATCH)))
        places = [_mention(row) for row in rows for _ in range(row["n_mentions"])][:left]
        left -= len(places)
        tables.append((EXTRACTED_ENTITIES.from_rows(rows), EXTRACTED_MENTIONS.from_rows(places)))
    return pa.concat_tables([t for t, _ in tables]), pa.concat_tables([m for _, m in tables])


def _things(draw: random.Random) -> Iterator[dict[str, Any]]:
    families = ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))) for _ in range(_FAMILIES)]
    given = ["".join(draw.choices(_SYLLABLES, k=2)).title() for _ in range(_GIVEN)]
    article = 0
    while True:
        article += 1
        for local in range(draw.randint(5, 30)):
            n = int(draw.paretovariate(0.8)) % _FAMILIES
            first = given[n * 7 % _GIVEN if draw.random() < 0.9 else draw.randrange(_GIVEN)]
            named = _named(draw, families[n].title(), first)
            yield {
                "article_id": f"a{article:016x}",
                "local_no": local,
                "n_mentions": draw.randint(1, 4),
                **named,
                **_MADE_BY,
            }


def _named(draw: random.Random, family: str, given: str) -> dict[str, Any]:
    """A person, a body or a place."""
    thing: dict[str, Any] = {"aliases": [], "roles": [], "country": None}
    sort = draw.random()
    if sort < 0.4:
        role = draw.choice(_ROLES)
        name = f"{given} {family}" if draw.random() < 0.85 else family
        country = draw.choice((None, None, "US", "GB"))
        return thing | {
            "name": name,
            "type": "PERSON",
            "roles": [role] if role else [],
            "country": country,
        }
    if sort < 0.7:
        aliases = [family] if draw.random() < 0.3 else []
        return thing | {
            "name": f"{family} {draw.choice(_SORTS)}",
            "type": "ORG",
            "aliases": aliases,
        }
    return thing | {"name": family, "type": "GPE", "country": draw.choice((None, "US"))}


def _mention(thing: dict[str, Any]) -> dict[str, Any]:
    return {
        "mention_id": "m" + "0" * 16,
        "article_id": thing["article_id"],
        "start_char": 0,
        "end_char": 1,
        "text": thing["name"],
        "type": thing["type"],
        "form": "name",
        "confidence": 0.9,
        "local_no": thing["local_no"],
        **_MADE_BY,
    }


def main(mentions: int) -> None:
    """Resolve a corpus of so many mentions."""
    things, places = corpus(mentions)
    if "--generate-only" in sys.argv:
        return
    nothing = REGISTRY.schema.empty_table()
    rows = things.append_column(SLOT, pa.array(np.zeros(things.num_rows, dtype=np.int32)))
    part = StoredThings("all", np.ones(1, dtype=np.bool_), lambda: rows)
    entities, links, _ = resolve_entities([part], nothing)
    finish_mentions(places, Resolved(entities, entities, links, nothing, {}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
