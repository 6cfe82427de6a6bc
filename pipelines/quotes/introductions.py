"""Who is named before a colon that introduces a quotation, where no verb reports it."""

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from pipelines.entities.lexicon import roles
from pipelines.quotes.frames import DASHES, is_word
from pipelines.quotes.lexicon import is_verb, lemma, words
from pipelines.quotes.linking import name_line, names_speech

#: How far below a headline its names are looked for, in tokens.
_FARTHEST = 3000
#: The longest label that is only a name, in tokens.
_LONGEST_LABEL = 3


def named_by_dash(before: Sequence[Token]) -> Token | None:
    """“Rates to rise – Ada Lund: ‘…’”: the name between a dash and a colon."""
    if len(before) < 3 or before[-1].text != ":":
        return None
    dash = next((i for i in range(len(before) - 2, -1, -1) if before[i].text in DASHES), None)
    return name_line(before[dash + 1 : -1]) if dash is not None else None


def introducer(before: Sequence[Token]) -> Token | None:
    """Who is named before a colon: “Ames shook her head: ‘…’”, “Ames: ‘…’”."""
    last = next((t for t in reversed(before) if is_word(t)), None)
    if last is not None and (lemma(last) in words("documents") or names_speech(last)):
        owner = next((c for c in last.children if c.dep_ == "poss"), None)
        if owner is not None and owner.pos_ in ("PROPN", "NOUN"):
            return owner
    if last is not None and (last.text[0] == "@" or is_label(before)):
        return last
    if last is not None and last.pos_ == "PROPN" and not _belongs_to_role(last):
        first = last.left_edge
        name = first.doc[first.i : last.i + 1]
        plain = all(t.pos_ == "PROPN" for t in name)
        alone = plain and (first.i == before[0].i or first.nbor(-1).text in DASHES)
        if alone or last.ent_type_ == "PERSON" or first.nbor(-1).lower_ in ("from", "by", "to"):
            return last
    for token in before:
        if token.dep_ in ("nsubj", "nsubjpass") and token.head.pos_ in ("VERB", "AUX"):
            return token
    if any(is_verb(t) for t in before):
        return None
    comma = next((t.i for t in before if t.text in (",", ":")), before[-1].i)
    return next((t for t in reversed(before) if t.i < comma and is_word(t)), None)


def is_label(before: Sequence[Token]) -> bool:
    """Whether what stands before a colon is a name and nothing else, known or not: “Marsh: …”."""
    named = [t for t in before if t.text != ":"]
    capital = all(t.text[:1].isupper() or t.text[:1] == "@" for t in named)
    return capital and 0 < len(named) <= _LONGEST_LABEL


def _belongs_to_role(name: Token) -> bool:
    """“a reporter from the Varn Herald”: who speaks is the reporter."""
    above = name.head
    return above.dep_ == "prep" and lemma(above.head) in roles()


def headline_label(label: Sequence[Token]) -> Token | None:
    """The head of who or what speaks before a headline's colon: “Lund”, “Lund at Varn”, “Poll”."""
    phrase = list(takewhile(lambda t: t.pos_ != "ADP", label))
    if not phrase or any(is_verb(t) for t in phrase):
        return None
    head = phrase[-1]
    if len(label) <= 2 and lemma(head) in words("documents") and head.tag_ == "NN":
        return head
    if name_line(phrase) is not None and head.ent_type_ in ("PERSON", "ORG"):
        return head
    if len(phrase) <= 2 and _is_named_below(head):
        return head
    is_group = lemma(head) in words("collective_nouns") | words("anonymous_nouns")
    return head if is_group and len(phrase) <= 2 else None


def _is_named_below(head: Token) -> bool:
    """Whether a headline's first word, which a tagger may misread, is someone's name below it."""
    below = head.doc[head.i + 1 : head.i + 1 + _FARTHEST]
    following = (t for t in below if t.text == head.text)
    return any(t.ent_type_ in ("PERSON", "ORG") for t in following)
