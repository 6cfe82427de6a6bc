"""A seeded generator of articles: as many as asked for, of the paragraphs of `tests/golden`.

Who is named in them is drawn anew for each article, a few often and many once, as in news. Three in
a hundred are versions of an article shortly before them: a paragraph less, another one more.
"""

import csv
import json
import random
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from tests.golden.documents import articles as golden_articles

_ENTITIES = Path(__file__).parents[2] / "pipelines" / "entities" / "data"
_SYLLABLES = tuple(c + v for c in "bdfghjklmnprstv" for v in "aeiou")
_FAMILIES = 20_000
_PARAGRAPHS = (8, 24)
#: A paragraph shorter than this is a heading or a stray line.
_LEAST_WORDS = 8
_VERSIONS, _VERSION_OF_LAST = 0.03, 50


@dataclass(frozen=True, slots=True)
class _Piece:
    """A title or paragraph, and the words in it that are parts of people's names."""

    text: str
    given: frozenset[str]
    family: frozenset[str]


def write_corpus(folder: Path, articles: int, seed: int = 1) -> list[str]:
    """Write `documents.jsonl` into the folder and return the articles' texts."""
    texts = list(islice(generated(seed), articles))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as out:
        for number, text in enumerate(texts):
            record = {"id": number, "text": text, "published": f"2021-03-{number % 28 + 1:02}"}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return texts


def generated(seed: int = 1) -> Iterator[str]:
    """Articles without end: a title, a byline and paragraphs, parted by blank lines."""
    draw = random.Random(seed)
    titles, paragraphs = _pieces()
    last: deque[list[str]] = deque(maxlen=_VERSION_OF_LAST)
    while True:
        names = _Names(draw)
        parts = [
            names.in_place(piece) for piece in draw.sample(paragraphs, draw.randint(*_PARAGRAPHS))
        ]
        title, byline = names.in_place(draw.choice(titles)), f"By {names.person()}"
        article = [title, byline, *parts]
        if last and draw.random() < _VERSIONS:
            earlier = draw.choice(last)
            article = [title, *earlier[1:-1], parts[0]]
        last.append(article)
        yield "\n\n".join(article)


class _Names:
    """Names of people, drawn for one article: who has one name in it keeps it."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._given: dict[str, str] = {}
        self._family: dict[str, str] = {}

    def in_place(self, piece: _Piece) -> str:
        """The text with its people called otherwise."""
        for word in sorted(piece.family):
            self._family.setdefault(word, self._a_family())
        for word in sorted(piece.given):
            self._given.setdefault(word, self._draw.choice(_given_names()))
        return _exchanged(piece.text, self._given | self._family)

    def person(self) -> str:
        """Somebody else."""
        return f"{self._draw.choice(_given_names())} {self._a_family()}"

    def _a_family(self) -> str:
        number = int(self._draw.paretovariate(0.6)) % _FAMILIES
        return _family(number)


def _exchanged(text: str, words: Mapping[str, str]) -> str:
    if not words:
        return text
    known = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
    return known.sub(lambda m: words[m[0]], text)


@cache
def _family(number: int) -> str:
    draw = random.Random(f"family {number}")
    return "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))).title()


@cache
def _given_names() -> list[str]:
    with (_ENTITIES / "given_names.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return [row["name"] for row in rows]


@cache
def _pieces() -> tuple[list[_Piece], list[_Piece]]:
    """The titles and the paragraphs of the golden articles."""
    titles, paragraphs = [], []
    for article in golden_articles():
        people = [n["name"].split() for n in article["names"] if n["type"] == "PERSON"]
        full = [name for name in people if len(name) > 1]
        given = frozenset(name[0] for name in full)
        family = frozenset(name[-1] for name in full) - given
        for block in article["blocks"]:
            text = article["text"][block["start"] : block["end"]].strip()
            piece = _Piece(text, _of(given, text), _of(family, text))
            if block["kind"] == "title":
                titles.append(piece)
            elif block["kind"] == "body" and len(text.split()) >= _LEAST_WORDS:
                paragraphs.append(piece)
    return titles, paragraphs


def _of(words: frozenset[str], text: str) -> frozenset[str]:
    return words & frozenset(re.findall(r"[\w’'-]+", text))
