"""Which letters of an article's text are spelt otherwise in a clone, and what else holds them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.process import SPAN_JOINT

#: Words, a capital in front or none; of them the letters behind the capital are spelt otherwise.
_WORD = re.compile(r"(?<![\w’'])([A-Z]?)([a-z]{2,})")
_LEAST_OF_SMALL = 3
_PARAGRAPHS = "\n\n"

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Letters:
    """The bytes of a text, of what joins its parts and of its title, and those of words and names.

    `n_text` is the number of those of the text, `place_of` that of the byte at each code point.
    """

    all: Bytes
    n_text: int
    in_words: npt.NDArray[np.bool_]
    in_names: npt.NDArray[np.bool_]
    place_of: npt.NDArray[np.int64]

    def spelt(self, words: Bytes, names: Bytes) -> Bytes:
        """The bytes with their letters exchanged by two tables."""
        spelt = self.all.copy()
        spelt[self.in_words] = words[spelt[self.in_words]]
        spelt[self.in_names] = names[spelt[self.in_names]]
        return spelt


@dataclass(frozen=True, slots=True)
class Column:
    """The strings of a column, as places in `Letters.all`, one string after the other."""

    places: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int32]


#: By table and column.
Strings = Mapping[tuple[str, str], Column]


def letters_of(rows: Mapping[str, pa.Table]) -> Letters:
    """The letters of the one article among these rows."""
    (article,) = rows["extracted_articles"].to_pylist()
    text = article["text"]
    whole = text + SPAN_JOINT + _PARAGRAPHS + (article["title"] or "")
    sizes = np.array([len(c.encode()) for c in whole], dtype=np.int64)
    place_of = np.concatenate([[0], np.cumsum(sizes)])
    in_words = np.zeros(place_of[-1], dtype=np.bool_)
    in_names = in_words.copy()
    for found in _WORD.finditer(whole):
        start, end = place_of[found.start(2)], place_of[found.end(2)]
        if found[1]:
            in_names[start:end] = True
        elif len(found[2]) >= _LEAST_OF_SMALL:
            in_words[start:end] = True
    content = np.frombuffer(whole.encode(), dtype=np.uint8)
    return Letters(content, int(place_of[len(text)]), in_words, in_names, place_of)


def strings_of(rows: Mapping[str, pa.Table], letters: Letters) -> Strings:
    """The columns that hold parts of the text, and where these lie."""
    (article,) = rows["extracted_articles"].to_pylist()
    text, n_chars = article["text"], len(article["text"])
    joint = np.arange(letters.place_of[n_chars], letters.place_of[n_chars + len(SPAN_JOINT)])
    gap_at = n_chars + len(SPAN_JOINT)
    gap = np.arange(letters.place_of[gap_at], letters.place_of[gap_at + len(_PARAGRAPHS)])
    title_at = gap_at + len(_PARAGRAPHS)

    def part(start: int | None, end: int | None) -> npt.NDArray[np.int64]:
        if start is None or end is None:
            return np.arange(0)
        return np.arange(letters.place_of[start], letters.place_of[end])

    blocks = sorted(rows["blocks"].to_pylist(), key=lambda row: int(row["block_no"]))
    body = _joined([part(*_stripped(text, b)) for b in blocks if b["kind"] == "body"], gap)
    spans: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows["quote_spans"].to_pylist(), key=lambda row: int(row["span_no"])):
        spans.setdefault(row["quote_id"], []).append(row)
    quotes = rows["extracted_quotes"].to_pylist()
    said = [
        _joined([part(s["start_char"], s["end_char"]) for s in spans[q["quote_id"]]], joint)
        for q in quotes
    ]
    found = {
        ("extracted_articles", "text"): [part(0, n_chars)],
        ("extracted_articles", "body"): [body],
        ("extracted_articles", "title"): [part(title_at, len(letters.place_of) - 1)],
        ("extracted_quotes", "text"): said,
        ("extracted_quotes", "cue"): [part(q["cue_start"], q["cue_end"]) for q in quotes],
        ("extracted_quotes", "speaker_text"): [
            part(q["speaker_start"], q["speaker_end"]) for q in quotes
        ],
    }
    for table in ("extracted_mentions", "dates", "quote_spans"):
        found[table, "text"] = [
            part(r["start_char"], r["end_char"]) for r in rows[table].to_pylist()
        ]
    columns = {key: _column(parts) for key, parts in found.items()}
    for (table, name), column in columns.items():
        there = "".join(value or "" for value in rows[table][name].to_pylist())
        if letters.all[column.places].tobytes().decode() != there:
            raise ValueError(f"{table}.{name} is not made of the article's text.")
    return columns


def _stripped(text: str, block: Mapping[str, Any]) -> tuple[int, int]:
    start, whole = block["start_char"], text[block["start_char"] : block["end_char"]]
    begin = start + len(whole) - len(whole.lstrip())
    return begin, begin + len(whole.strip())


def _joined(
    parts: Sequence[npt.NDArray[np.int64]], joint: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    joined = [piece for part in parts for piece in (joint, part)]
    return np.concatenate(joined[1:] or [np.arange(0)])


def _column(parts: Sequence[npt.NDArray[np.int64]]) -> Column:
    lengths = np.array([len(part) for part in parts], dtype=np.int32)
    return Column(np.concatenate([*parts, np.arange(0)]).astype(np.int64), lengths)
