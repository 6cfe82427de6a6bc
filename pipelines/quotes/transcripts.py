"""Transcripts: turns that a label opens (“Q:”, “A:”, “LUND:”, “**Ada Lund:**”), without marks."""

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.quotes.frames import Frame
from pipelines.quotes.statements import Statement

#: A label, which may be set bold or italic with asterisks, as Markdown has it.
_LABEL = re.compile(
    r"(?P<bold>\*{0,3})"
    r"(?P<name>Q|A|Question|Answer|[A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{0,20}){0,3})"
    r"\s?(?P<stop>[:.])\*{0,3}\s+(?=\S)"
)
_GENERIC = frozenset({"Q", "A", "Question", "Answer"})
#: A text is a transcript where labels open so many paragraphs, one of them twice or more.
_FEWEST_TURNS = 4
_OPENERS, _CLOSERS = "“\"‘'«", "”\"’'»"


def find_turns(text: str, frames: Sequence[Frame]) -> list[Statement]:
    """The turns of a transcript, a statement each; none where the text is not one.

    A turn is the rest of the paragraph that its label opens. Its words stand outside quotation
    marks, so it counts as reported. Its label is its speaker's mention; “Q” and “A” name nobody.
    A label used once counts where its initials or its surname are used after it.
    """
    seen: set[int] = set()
    ends = {frame.block: frame.end for frame in frames}
    turns: list[tuple[int, Frame, re.Match[str]]] = []
    for no, frame in enumerate(frames):
        if frame.block in seen:
            continue
        seen.add(frame.block)
        found = _LABEL.match(text, frame.start)
        if found is None or _is_quoted(text, found.end(), ends[frame.block]):
            continue
        if found["name"] in _GENERIC or found["stop"] == ":":
            turns.append((no, frame, found))
    used = Counter(found["name"] for _, _, found in turns)
    known = {name for name, times in used.items() if times > 1}
    for name in used:
        short = {other for other in used if is_short_for(other, name)}
        known |= {name, *short} if short else set()
    turns = [turn for turn in turns if turn[2]["name"] in known]
    if len(turns) < _FEWEST_TURNS:
        return []
    return [_turn(text, no, frame, found, ends[frame.block]) for no, frame, found in turns]


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether what a label opens stands in quotation marks, which say enough."""
    return text[start] in _OPENERS and text[end - 1] in _CLOSERS


def is_short_for(short: str, name: str) -> bool:
    """Whether a label abbreviates a name: “AL” or “LUND” for “Ada Lund”."""
    words = name.split()
    if len(words) < 2:
        return False
    return short.casefold() in ("".join(w[0] for w in words).casefold(), words[-1].casefold())


def _turn(text: str, no: int, frame: Frame, found: re.Match[str], end: int) -> Statement:
    end -= len(text[found.end() : end]) - len(text[found.end() : end].rstrip("* "))
    statement = Statement([(found.end(), end)], [], None, "turn", frame, no)
    label = [t for t in frame.tokens if found.start("name") <= t.idx < found.end("name")]
    statement.speaker = label[-1] if label else None
    return statement
