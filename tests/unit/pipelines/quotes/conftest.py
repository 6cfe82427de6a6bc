"""Reading a short text into statements, as tests of this room do."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from spacy.language import Language

from pipelines.articles.article import Block
from pipelines.entities.finder import find_mentions
from pipelines.parsing import parse
from pipelines.quotes.finder import find_quotes
from pipelines.quotes.quote import Quote


@dataclass(frozen=True)
class Said:
    """A statement in words instead of offsets."""

    kind: str
    text: str
    speaker: str | None
    name: str | None
    cue: str | None
    quote: Quote


Reader = Callable[[str], list[Said]]


def paragraphs(text: str) -> list[Block]:
    ends = [m.end() for m in re.finditer(r"\n\n+", text)] + [len(text)]
    starts = [0, *ends[:-1]]
    return [Block("body", a, b) for a, b in zip(starts, ends, strict=True) if a < b]


@pytest.fixture(scope="session")
def read(nlp: Language) -> Reader:
    """Statements of a text whose paragraphs, cut at blank lines, are all body."""

    def reader(text: str) -> list[Said]:
        blocks = paragraphs(text)
        doc = parse(nlp, text, blocks)
        mentions, entities = find_mentions(doc, text, blocks)
        quotes = find_quotes(doc, text, blocks, mentions, entities, [])
        for quote in quotes:  # the tables say so of every row
            if quote.speaker_mention is not None:
                mention = mentions[quote.speaker_mention]
                assert (mention.start, mention.end) == quote.speaker
        return [
            Said(
                q.kind,
                " … ".join(text[s.start : s.end] for s in q.spans),
                text[slice(*q.speaker)] if q.speaker else None,
                entities[q.speaker_local].name if q.speaker_local is not None else None,
                text[slice(*q.cue)] if q.cue else None,
                q,
            )
            for q in quotes
        ]

    return reader
