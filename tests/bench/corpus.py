"""A seeded generator of articles: as many as asked for, of real sentences, no two alike."""

import json
import random
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds" / "texts"
_PARAGRAPHS = 14


def write_corpus(folder: Path, articles: int, seed: int = 1) -> list[str]:
    """Write `documents.jsonl` into the folder and return the articles' texts.

    Each article is a title and paragraphs drawn at random from the five texts of the dataset, a
    serial number in every paragraph, so that no two articles are near-duplicates.
    """
    draw = random.Random(seed)
    pool = [
        line.strip()
        for path in sorted(SEEDS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line.split()) >= 12
    ]
    texts = [_article(draw, pool, number) for number in range(articles)]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as out:
        for number, text in enumerate(texts):
            record = {"id": number, "text": text, "published": f"2021-03-{number % 28 + 1:02}"}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return texts


def _article(draw: random.Random, pool: list[str], number: int) -> str:
    paragraphs = [_shuffled(draw, p) for p in draw.sample(pool, _PARAGRAPHS)]
    return "\n\n".join([f"Report number {number} on the alliance and its neighbours", *paragraphs])


def _shuffled(draw: random.Random, paragraph: str) -> str:
    """The paragraph's clauses in another order: the same words, other shingles."""
    clauses = paragraph.rstrip(".").split(", ")
    draw.shuffle(clauses)
    return ", ".join(clauses) + "."
