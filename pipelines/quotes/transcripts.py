"""Transcripts: turns that a label opens (“Q:”, “A:”, “LUND:”, “Ada Lund:”), without marks."""

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.quotes.frames import Frame
from pipelines.quotes.statements import Statement

_LABEL = re.compile(
    r"(?P<name>Q|A|Question|Answer|[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{0,20}){0,3})"
    r"\s?[:.]\s+(?=\S)"
)
_GENERIC = frozenset({"Q", "A", "Question", "Answer"})
#: A text is a transcript where labels open at least so many paragraphs, each used twice or more.
_FEWEST_TURNS = 4


def find_turns(text: str, frames: Sequence[Frame]) -> list[Statement]:
    """The turns of a transcript, a statement each; none where the text is not one.

    A turn is the rest of the paragraph that its label opens. Its words stand outside quotation
    marks, so it counts as reported. Its label is its speaker's mention; “Q” and “A” name nobody.
    """
    seen: set[int] = set()
    turns: list[tuple[int, Frame, re.Match[str]]] = []
    for no, frame in enumerate(frames):
        if frame.kind != "body" or frame.block in seen:
            continue
        seen.add(frame.block)
        found = _LABEL.match(text, frame.start)
        if found and (found["name"] in _GENERIC or text[found.end("name")] == ":"):
            turns.append((no, frame, found))
    used = Counter(found["name"] for _, _, found in turns)
    turns = [turn for turn in turns if used[turn[2]["name"]] > 1]
    if len(turns) < _FEWEST_TURNS:
        return []
    ends = {frame.block: frame.end for frame in frames}
    return [_turn(no, frame, found, ends[frame.block]) for no, frame, found in turns]


def _turn(no: int, frame: Frame, found: re.Match[str], end: int) -> Statement:
    statement = Statement([(found.end(), end)], [], None, "colon", frame, no)
    label = [t for t in frame.tokens if found.start("name") <= t.idx < found.end("name")]
    statement.speaker = label[-1] if label else None
    return statement
