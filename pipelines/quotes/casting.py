"""Who the labels of a transcript stand for: “LUND”, “AL” and “A” for Ada Lund."""

from collections.abc import Iterable, Sequence

from pipelines.entities.lexicon import honorifics
from pipelines.entities.mention import LocalEntity, Mention
from pipelines.quotes.transcripts import is_short_for

#: What the one who answers is labelled, where only questions and answers are told apart.
_ANSWERS = frozenset({"a", "answer"})
_OPEN = frozenset({"q", "question", *_ANSWERS})


def cast(label: str, entities: Sequence[LocalEntity], opening: Iterable[Mention]) -> int | None:
    """The person or body that a label stands for, as an index into `entities`; None if unclear.

    Args:
        label: the label as it stands in the text.
        entities: the things named in the article.
        opening: the mentions before the first turn, where an interview presents its guest.
    """
    words = label.casefold().split()
    while len(words) > 1 and words[0] in honorifics():
        del words[0]
    wanted = " ".join(words)
    if wanted in _OPEN:
        return _guest(entities, opening) if wanted in _ANSWERS else None
    named = [i for i, e in enumerate(entities) if e.type in ("PERSON", "ORG")]
    full = [i for i in named if " " in entities[i].name]
    for choice in (
        [i for i in full if entities[i].name.casefold() == wanted],
        [i for i in full if is_short_for(wanted, entities[i].name)],
        [i for i in named if entities[i].name.casefold() == wanted],
    ):
        if choice:
            return choice[0] if len(choice) == 1 else None
    return None


def _guest(entities: Sequence[LocalEntity], opening: Iterable[Mention]) -> int | None:
    """The one person whom the words before the first question name in full."""
    people = {
        m.local
        for m in opening
        if m.local is not None
        and m.form == "name"
        and entities[m.local].type == "PERSON"
        and " " in entities[m.local].name
    }
    return people.pop() if len(people) == 1 else None
