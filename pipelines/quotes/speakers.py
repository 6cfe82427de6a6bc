"""Speakers: the phrase that names who speaks, and the mention that it is."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipelines.entities.lexicon import given_names, roles
from pipelines.entities.mention import Mention
from pipelines.quotes.lexicon import lemma, words
from pipelines.quotes.quote import SpeakerForm

_PHRASE = frozenset(
    {"det", "amod", "compound", "poss", "nmod", "nummod", "case", "quantmod", "advmod"}
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A speaker's phrase: half-open code points, the mention that is its head, and its form."""

    start: int
    end: int
    mention: int | None
    form: SpeakerForm
    head: Token


class Mentions:
    """An article's mentions, to be asked by place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.order = sorted(range(len(mentions)), key=lambda i: mentions[i].start)
        self.starts = [mentions[i].start for i in self.order]
        self.all = mentions
        self.covered = {place for m in mentions for place in range(m.start, m.end)}

    def at(self, start: int, end: int) -> int | None:
        """The mention over a place: a name before a role before a pronoun, else the shortest."""
        if self.covered.isdisjoint(range(start, end)):
            return None
        low = max(0, bisect_left(self.starts, start) - 12)
        high = bisect_right(self.starts, end)
        near = [
            i for i in self.order[low:high] if self.all[i].start < end and start < self.all[i].end
        ]
        return min(near, key=lambda i: (self.all[i].form != "name", self._length(i)), default=None)

    def spanning(self, start: int, end: int) -> int | None:
        """The mention that is this place, no more and no less."""
        over = self.at(start, end)
        is_it = over is not None and (self.all[over].start, self.all[over].end) == (start, end)
        return over if is_it else None

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin inside a stretch, in order."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [self.all[i] for i in self.order[low:high]]

    def _length(self, i: int) -> int:
        return self.all[i].end - self.all[i].start


def phrase_of(head: Token, text: str, mentions: Mentions) -> Phrase:
    """The phrase of which `head` is the head, and the mention that stands for the speaker."""
    end = head.idx + len(head.text)
    partners = [
        c for c in head.children if c.dep_ == "conj" and c.pos_ in ("PROPN", "NOUN", "PRON")
    ]
    mention = mentions.at(head.idx, end)
    if mention is None or mentions.all[mention].form == "role":
        apposed = _apposed(head, mentions)
        for partner in partners if apposed is None else ():
            apposed = _titled(head, partner, mentions) or apposed
        if apposed is not None:
            mention, partners = apposed, []
    if partners:
        return _several(head, partners)
    if mention is not None:
        found = mentions.all[mention]
        form = found.form
        return Phrase(found.start, found.end, mention, _form(head, form), head)
    first, last = _bounds(head)
    return Phrase(first.idx, last.idx + len(last.text), None, _form(head, None), head)


def _several(head: Token, partners: Sequence[Token]) -> Phrase:
    first, _ = _bounds(head)
    _, last = _bounds(partners[-1])
    return Phrase(first.idx, last.idx + len(last.text), None, "collective", head)


def _apposed(head: Token, mentions: Mentions) -> int | None:
    """The name beside a role: “the minister, Ada Lund, said”, “the mayor of Varn, Ada Lund, said”.

    Beside a role that a person has, whatever is named is a person, however it was read.
    """
    of = (g for c in head.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj")
    for near in (head, *of):
        for child in near.children:
            if child.dep_ != "appos" or child.pos_ != "PROPN":
                continue
            found = mentions.at(child.idx, child.idx + len(child.text))
            if found is None or mentions.all[found].form != "name":
                continue
            is_person = mentions.all[found].type == "PERSON"
            if is_person or (lemma(head) in roles() and _looks_personal(child)):
                return found
    return None


def _looks_personal(name: Token) -> bool:
    """Whether a name begins with a given name, or is of two words or three at least."""
    first = name.left_edge
    parts = [t for t in name.doc[first.i : name.i + 1] if t.pos_ == "PROPN"]
    return first.text in given_names() or first.text.lower() in given_names() or len(parts) > 1


def _titled(head: Token, partner: Token, mentions: Mentions) -> int | None:
    """“Chair and chief executive Ada Lund said”: one person with two roles."""
    if partner.pos_ != "PROPN" and not any(c.dep_ == "appos" for c in partner.children):
        return None
    if any(c.dep_ == "det" and c.lower_ != "the" for c in head.children) or head.tag_ == "NNS":
        return None
    if partner.pos_ != "PROPN":
        return _apposed(partner, mentions)
    found = mentions.at(partner.idx, partner.idx + len(partner.text))
    if found is None or mentions.all[found].type != "PERSON":
        return None
    return found if lemma(head) in roles() else None


def _bounds(head: Token) -> tuple[Token, Token]:
    first = last = head
    for child in head.children:
        if child.dep_ in _PHRASE and child.left_edge.i < first.i and child.i < head.i:
            first = child.left_edge
        if (
            child.dep_ == "prep"
            and child.lower_ in ("of", "at", "for", "from", "in")
            and child.i == last.i + 1
        ):
            last = child.right_edge
    return first, last


def _form(head: Token, form: str | None) -> SpeakerForm:
    name = lemma(head)
    if form == "name":
        return "name"
    if head.pos_ == "PRON" and head.lower_ in words("personal_pronouns"):
        return "pronoun"
    if form == "pronoun":
        return "pronoun"
    several = head.pos_ == "NUM" and name != "one"
    if several or head.tag_ in ("NNS", "NNPS") or name in words("collective_nouns"):
        return "collective"
    if _is_indefinite(head):
        return "anonymous"
    return "role"


def _is_indefinite(head: Token) -> bool:
    """“a source”, “one resident”, “someone”: nobody the text lets us name."""
    if head.pos_ == "PRON":
        return True
    if lemma(head) in words("anonymous_nouns"):
        return True
    return any(
        c.lower_ in ("a", "an", "one", "another") and c.dep_ in ("det", "nummod")
        for c in head.children
    )
