"""`python -m tests.bench.near_duplicates GOLD.jsonl …`: precision and recall of near-duplicates.

The articles of the files are published again in each way that `versions` knows, among articles
that only look alike. What is counted are pairs of articles that are said to tell the same. Articles
that share their text with another one of the files already, told by counting common runs of words,
are left out, and named: nobody has said whether they tell the same story.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

import pyarrow as pa

from pipelines.articles.across.near_duplicates import DIGEST, RANKED_BY, near_duplicates
from pipelines.articles.near_duplicates_text import LEAST_WORDS, signature
from pipelines.articles.reader import read_article
from tests.bench.lookalikes import LOOKALIKES
from tests.bench.versions import VERSIONS

#: A version shorter than this is none that anybody would print.
_LEAST_WORDS = 2 * LEAST_WORDS
#: Of so many articles one lends its paragraphs, one is made to look like others, and the rest are
#: published again.
_OF = 5
#: Two articles share their text where so much of the shorter one stands in the other.
_SHARED = 0.2
_RUN = 5


@dataclass(slots=True)
class Score:
    """Pairs of articles: found and right, found and wrong, missed."""

    right: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of right pairs among those found; 1 where none is."""
        return self.right / found if (found := self.right + len(self.wrong)) else 1.0

    @property
    def recall(self) -> float:
        """The share of pairs that were found."""
        return self.right / there if (there := self.right + len(self.missed)) else 1.0


def bodies_of(path: Path) -> Iterable[tuple[str, str]]:
    """The id and the body of each document of a gold file, as annotated, else as we read it."""
    with path.open(encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            gold = document.get("gold") or {}
            yield document["doc_id"], gold.get("body") or read_article(document["text"]).body


def sharing(bodies: Mapping[str, str]) -> dict[str, str]:
    """The articles that share text with one before them, and which."""
    runs = {name: _runs(body) for name, body in bodies.items()}
    having: dict[tuple[str, ...], list[str]] = {}
    found = {}
    for name, own in runs.items():
        common = Counter(other for run in own for other in having.get(run, ()))
        for other, n_common in common.most_common(1):
            if n_common > _SHARED * min(len(own), len(runs[other])):
                found[name] = other
        for run in own:
            having.setdefault(run, []).append(name)
    return found


def _runs(body: str) -> set[tuple[str, ...]]:
    words = body.split()
    return {tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}


def measure(bodies: Mapping[str, str], seed: int = 1) -> dict[str, Score]:
    """Score each kind of version and lookalike, all published among each other.

    Args:
        bodies: the bodies of articles by their names, no two of them of one story.
        seed: what is drawn depends on it.
    """
    draw = random.Random(seed)
    names = sorted(name for name, body in bodies.items() if len(body.split()) >= _LEAST_WORDS)
    draw.shuffle(names)
    lending, alike = ([bodies[n] for n in names[start::_OF]] for start in (0, 1))
    originals = {n: bodies[n] for number, n in enumerate(names) if number % _OF > 1}
    others = {
        f"{kind} {number}": text
        for kind, make in LOOKALIKES.items()
        for number, text in enumerate(make(draw, list(originals.values()), alike))
    }
    scores = {}
    for kind, change in VERSIONS.items():
        versions = {n: change(draw, body, lending) for n, body in originals.items()}
        known = {n: text for n, text in versions.items() if len(text.split()) >= _LEAST_WORDS}
        scores[kind] = _score(originals | {f"{n} ~": text for n, text in known.items()} | others)
    return scores


def found_in(texts: Mapping[str, str]) -> dict[str, str]:
    """What is said of articles that nothing but their names and bodies is known of."""
    names = pa.array(texts, pa.string())
    unknown = pa.nulls(len(texts), pa.string())
    signatures = pa.array([signature(text) or None for text in texts.values()], pa.binary(512))
    digests = [blake2b(text.encode(), digest_size=16).digest() for text in texts.values()]
    columns = (names, names, unknown, unknown, signatures, pa.array(digests, pa.binary(16)))
    articles = pa.table(dict(zip((*RANKED_BY, DIGEST), columns, strict=True)))
    first, _ = near_duplicates(articles, lambda wanted: ((name, texts[name]) for name in wanted))
    return first


def _score(texts: Mapping[str, str]) -> Score:
    """Score a corpus, in which `x ~` is a version of `x`."""
    first = found_in(texts)
    groups: dict[str, list[str]] = {}
    for name in texts:
        groups.setdefault(first.get(name, name), []).append(name)
    score = Score()
    for group in groups.values():
        for one, other in combinations(sorted(group), 2):
            if other == f"{one} ~":
                score.right += 1
            else:
                score.wrong.append((one, other))
    score.missed = [
        (name, f"{name} ~")
        for name in texts
        if f"{name} ~" in texts and first.get(name, name) != first.get(f"{name} ~", f"{name} ~")
    ]
    return score


def main(paths: Sequence[str]) -> None:
    """Print the figures of each kind, and all together."""
    bodies = dict(pair for path in paths for pair in bodies_of(Path(path)))
    shared = sharing(bodies)
    for name, other in shared.items():
        print(f"left out: {name} shares text with {other}")
    scores = measure({name: body for name, body in bodies.items() if name not in shared})
    print(f"{'':44} pairs precision recall")
    for kind, score in scores.items():
        n_pairs = score.right + len(score.missed)
        print(f"{kind:44} {n_pairs:5} {score.precision:9.3f} {score.recall:6.3f}")
    together = Score(
        sum(s.right for s in scores.values()),
        [pair for s in scores.values() for pair in s.wrong],
        [pair for s in scores.values() for pair in s.missed],
    )
    n_pairs = together.right + len(together.missed)
    print(f"{'together':44} {n_pairs:5} {together.precision:9.3f} {together.recall:6.3f}")
    for pair in sorted(set(together.wrong)):
        print("joined:", *pair)


if __name__ == "__main__":
    main(sys.argv[1:])
