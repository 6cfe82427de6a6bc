"""Near-duplicates among many articles: `python -m tests.bench.near_duplicates_curve N`.

With `--generate-only` nothing is compared, so that what the corpus itself costs can be subtracted.

The articles are of made-up words, few of them common and many rare. One in twenty is a version of
another one, every tenth word changed, and one in five ends in one of fifty paragraphs of sites.
"""

import random
import sys
from collections.abc import Collection, Iterator

import numpy as np
import pyarrow as pa

from pipelines.articles.across.near_duplicates import DIGEST, RANKED_BY, near_duplicates
from pipelines.articles.near_duplicates_text import signature

_SYLLABLES = np.array([c + v for c in "bdfghjklmnprstv" for v in "aeiou"])
_WORDS, _LENGTHS = 50_000, (150, 700)
_VERSIONS, _WITH_SITE, _SITES = 20, 5, 50


class Corpus:
    """Articles by their numbers; each is made again whenever it is asked for."""

    def __init__(self, articles: int) -> None:
        self._articles = articles
        draw = np.random.default_rng(0)
        words = _SYLLABLES[draw.integers(len(_SYLLABLES), size=(_WORDS, 3))]
        self._words = ["".join(word) for word in words]
        self._sites = [" ".join(self._drawn(n, 60)) for n in range(_SITES)]

    def body(self, number: int) -> str:
        """The text of an article."""
        draw = random.Random(number)
        is_version = number % _VERSIONS == 1 and number > 1
        original = draw.randrange(number - 1) // _VERSIONS * _VERSIONS if is_version else number
        least, most = _LENGTHS
        words = self._drawn(_SITES + original, random.Random(original).randint(least, most))
        if is_version:
            others = self._drawn(_SITES + self._articles + number, len(words))
            pairs = zip(words, others, strict=True)
            words = [word if draw.random() > 0.1 else other for word, other in pairs]
        has_site = draw.randrange(_WITH_SITE) == 0
        return " ".join([*words, draw.choice(self._sites) if has_site else ""])

    def table(self) -> pa.Table:
        """What near-duplicates are told by; the articles are of a hundred days."""
        numbers = range(self._articles)
        names = [f"a{number:016x}" for number in numbers]
        days = [f"2021-{n % 100 // 28 + 1:02}-{n % 100 % 28 + 1:02}" for n in numbers]
        signatures = [signature(self.body(number)) for number in numbers]
        columns = (
            pa.array(names),
            pa.array(names),
            pa.array(days),
            pa.nulls(self._articles, pa.string()),
            pa.array(signatures, pa.binary(512)),
        )
        digests = pa.array([name[1:].encode() for name in names], pa.binary(16))
        return pa.table(dict(zip((*RANKED_BY, DIGEST), (*columns, digests), strict=True)))

    def bodies(self, ids: Collection[str]) -> Iterator[tuple[str, str]]:
        """The bodies of some articles."""
        return ((key, self.body(int(key[1:], 16))) for key in ids)

    def _drawn(self, seed: int, number: int) -> list[str]:
        ranks = np.random.default_rng(seed).zipf(1.2, number) % _WORDS
        return [self._words[rank] for rank in ranks]


def main(articles: int) -> None:
    """Find the near-duplicates of so many articles."""
    corpus = Corpus(articles)
    table = corpus.table()
    if "--generate-only" not in sys.argv:
        print(len(near_duplicates(table, corpus.bodies)[0]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
