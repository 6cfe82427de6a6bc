"""The annotations of the five texts of the seeds, kept beside the texts and not inside them.

Each file in `five_texts/` is named like its text in `seeds/texts/`. A place is told by the words
around `⟦…⟧`, which holds what is annotated; ` … ` stands for words left out. Such words have to
occur just once, so that a place is never counted by hand.
"""

import tomllib
from pathlib import Path
from typing import Any

from expectations.accuracy.spans import Span
from tests.golden.markup import Annotated, Marked, MarkupError, Name, blocks_of_lines

TEXTS = Path(__file__).parents[2] / "seeds" / "texts"
_LEFT_OUT = " … "


def read_sidecar(path: Path) -> Annotated:
    """Read the annotations of one of the five texts.

    Raises:
        MarkupError: a place does not occur in the text, or more than once.
    """
    known = tomllib.loads(path.read_text(encoding="utf-8"))
    text = (TEXTS / path.name).with_suffix(".txt").read_text(encoding="utf-8")
    marked = Marked(text)
    quotes: dict[str, tuple[str, str | None, tuple[str, ...]]] = {}
    for number, quote in enumerate(known["quote"]):
        quotes[str(number)] = (
            quote["kind"],
            quote.get("name"),
            ("#optional",) if quote.get("optional") else (),
        )
        for label, places in (
            (f"{number}", quote["spans"]),
            (f"{number}s", [quote["speaker"]] if "speaker" in quote else []),
            (f"{number}c", [quote["cue"]] if "cue" in quote else []),
            (f"{number}w", quote.get("when", [])),
        ):
            marked.spans[label] += [find(text, place) for place in places]
    for place, value in known["dates"].items():
        marked.spans[f"date={value}"].append(find(text, place))
    for place, value in known["optional_dates"].items():
        marked.spans[f"maybe={value}"].append(find(text, place))
    marked.spans["not"] += [find(text, place) for place in known.get("not_quotes", [])]
    marked.spans["author"] += [find(text, place) for place in known.get("authors", [])]
    _mark_blocks(marked, known["blocks"])
    published = known.get("published")
    return Annotated(
        doc_id=path.stem,
        header={"manner": "five texts", "published": f"{published} text" if published else ""},
        marked=marked,
        quotes=quotes,
        names=[Name(type_, name, tuple(forms)) for name, (type_, *forms) in known["names"].items()],
    )


def find(text: str, place: str) -> Span:
    """Where the bracketed part of `place` lies in `text`.

    Raises:
        MarkupError: the words do not occur in the text, or more than once.
    """
    before, _, rest = place.partition("⟦")
    inside, _, after = rest.partition("⟧")
    first, *others = (before + inside + after).split(_LEFT_OUT)
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    found = []
    start = text.find(first)
    while start >= 0:
        if (end := _follow(text, start + len(first), others)) is not None:
            found.append((start + len(before), end - len(after)))
        start = text.find(first, start + 1)
    if len(found) != 1:
        raise MarkupError(f"{len(found)} places read {place!r}; give words that one place has")
    return found[0]


def _follow(text: str, at: int, others: list[str]) -> int | None:
    """Where the last of `others` ends, each looked for after the one before it."""
    for words in others:
        start = text.find(words, at)
        if start < 0:
            return None
        at = start + len(words)
    return at


def _mark_blocks(marked: Marked, kinds: dict[str, Any]) -> None:
    """Whole lines have the kind that is given, body where none is; parts of a line are cut out."""
    text = marked.text
    given = [(*find(text, place), kind) for place, kind in kinds.items()]
    lines: list[tuple[str, int, int]] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            kind = next((k for a, b, k in given if a <= at and end <= b), "body")
            lines.append((kind, at, end))
        at = end + 1
    for start, end, kind in given:
        if not any(start <= a and b <= end for _, a, b in lines):
            marked.spans[f"block={kind}"].append((start, end))
    marked.blocks = list(blocks_of_lines(marked, lines))
