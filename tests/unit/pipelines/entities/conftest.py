"""An article in a few paragraphs, and what is found in it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from spacy.language import Language

from pipelines.articles.article import Block
from pipelines.entities.finder import find_mentions
from pipelines.entities.mention import LocalEntity, Mention
from pipelines.parsing import parse


@dataclass(frozen=True)
class Found:
    """An article's text with its mentions and the things that they mean."""

    text: str
    mentions: list[Mention]
    things: list[LocalEntity]

    def called(self, form: str = "name") -> list[tuple[str, str, str | None]]:
        """Each mention of a form: its words, its type, the name of the thing it means."""
        return [
            (
                self.text[m.start : m.end],
                m.type,
                None if m.local is None else self.things[m.local].name,
            )
            for m in self.mentions
            if m.form == form
        ]

    def names(self) -> list[tuple[str, str]]:
        """Each name and its type, in order."""
        return [(words, kind) for words, kind, _ in self.called()]

    def thing(self, name: str) -> LocalEntity:
        """The one thing of this name."""
        (found,) = [t for t in self.things if t.name == name]
        return found


Find = Callable[..., Found]


@pytest.fixture(scope="session")
def find(nlp: Language) -> Find:
    """Finds the mentions of an article whose paragraphs are given."""

    def found(*paragraphs: str) -> Found:
        text, blocks = "", []
        for paragraph in paragraphs:
            start = len(text)
            text += paragraph + "\n\n"
            blocks.append(Block("body", start, len(text)))
        return Found(text, *find_mentions(parse(nlp, text, blocks), text, blocks))

    return found
