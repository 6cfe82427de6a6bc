"""Cues: the words that report (“said”, “according to”, “called it”) and who is their subject."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Token

from pipelines.quotes.frames import Frame
from pipelines.quotes.lexicon import ids, is_verb, lemma, words
from pipelines.quotes.subjects import is_passive, subject_of

CueKind = Literal["say", "utter", "label", "request", "source"]

#: The lists of words that report.
_LISTS = (
    "claim_nouns",
    "document_verbs",
    "label_verbs",
    "reporting_verbs",
    "request_verbs",
    "utterance_verbs",
)
#: What stands before the name of a source.
_SOURCES = frozenset({"according", "in", "per"})
#: How many tokens apart the verbs of one cue may be: “seemed, again, to suggest”.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word in a frame.

    `word` is the verb (or “according”), `first` and `last` the token indexes of the cue itself,
    `speaker` the head of its subject's phrase, None where the frame names none. `left` and `right`
    bound, in tokens, the clause that reports: subject, verb, listener, time and place.
    """

    kind: CueKind
    word: Token
    first: int
    last: int
    speaker: Token | None
    left: int
    right: int


def find_cues(frame: Frame) -> list[Cue]:
    """The cues of a frame outside its quotations, in order."""
    known = _cue_words()
    # A lemma that is not in small letters is the word as it stands.
    candidates = [t for t in frame.tokens if t.lemma in known or t.lower in known]
    if not candidates:
        return []
    outside = {token.i for token in frame.tokens}
    cues = []
    for token in candidates:
        if token.pos_ == "NOUN":
            cue = _claim(token, outside)
        elif (kind := _kind(token)) == "source":
            cue = _source(token, outside)
        elif kind is not None and not _is_idle(token, outside):
            cue = verb_cue(kind, token, outside)
        else:
            continue
        if cue is not None:
            cues.append(cue)
    return cues


@cache
def _cue_words() -> frozenset[int]:
    """The lemmas of all words that may report."""
    lists = (words(name) for name in _LISTS)
    return ids({*_SOURCES, *_phrasal_verbs()}.union(*lists))


def _kind(token: Token) -> CueKind | None:
    word = token.lower_
    if word == "according" or (word in _SOURCES and token.pos_ == "ADP"):
        return "source"
    if not is_verb(token) or token.dep_ in ("amod", "compound", "aux"):
        return None
    if _is_document_saying(token):
        return "say"
    name = lemma(token)
    if name in words("reporting_verbs") or _is_phrasal(token):
        return "say"
    if name in words("label_verbs"):
        return "label"
    if name in words("request_verbs"):
        return "request"
    if name in words("utterance_verbs"):
        return "utter"
    return None


def _is_idle(verb: Token, outside: set[int]) -> bool:
    """“and I quote”, “a boat called …”, “adds value”: reporting verbs that report nothing."""
    if lemma(verb) == "quote":
        return any(c.dep_ == "nsubj" and c.lower_ == "i" for c in verb.children)
    if lemma(verb) in words("naming_verbs") and is_passive(verb):
        named = (c for c in verb.rights if c.dep_ in ("oprd", "dobj", "agent") or c.lower_ == "by")
        return not any(c.i in outside and c.pos_ != "DET" for c in named)
    things = [c for c in verb.children if c.dep_ == "dobj" and c.i in outside]
    return lemma(verb) in ("add", "post", "share") and any(not _is_said(t) for t in things)


def _is_said(thing: Token) -> bool:
    """Whether what is posted or shared can be words: a message, not a film or value."""
    if thing.pos_ != "NOUN":
        return True
    inside = [thing, *(g for c in thing.children if c.lower_ == "with" for g in c.children)]
    return any(lemma(t) in words("documents") | words("reporting_nouns") for t in inside)


def _is_document_saying(verb: Token) -> bool:
    """“The survey found …”: a text that says what it holds."""
    if lemma(verb) not in words("document_verbs"):
        return False
    return any(c.dep_ == "nsubj" and lemma(c) in words("documents") for c in verb.children)


def _is_phrasal(verb: Token) -> bool:
    """“pointed out”, “put it”: a verb that reports with a word after it."""
    name = lemma(verb)
    if name not in _phrasal_verbs():
        return False
    following = verb.doc[verb.i + 1 : verb.i + 4]
    return any(f"{name} {t.lower_}" in words("phrasal_verbs") for t in following)


@cache
def _phrasal_verbs() -> frozenset[str]:
    """The verbs of `phrasal_verbs`, without the word after them."""
    return frozenset(entry.rpartition(" ")[0] for entry in words("phrasal_verbs"))


def _claim(noun: Token, outside: set[int]) -> Cue | None:
    """“the port's claim that …”, “her answer was that …”: a noun that reports, and whose it is."""
    if lemma(noun) not in words("claim_nouns"):
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss" and c.i in outside), None)
    if owner is None:
        return None
    verb = noun.head
    is_equation = noun.dep_ == "nsubj" and verb.lemma_ == "be" and verb.i in outside
    word = verb if is_equation else noun
    if clause_of(word) is None:
        return None
    return Cue("say", word, noun.i, word.i, owner, owner.left_edge.i, word.i)


def clause_of(word: Token) -> Token | None:
    """The verb of the that-clause that a noun or a “was” takes."""
    for child in word.rights:
        marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
        if marked and child.dep_ in ("acl", "ccomp", "relcl"):
            return child
    return None


def _source(token: Token, outside: set[int]) -> Cue | None:
    """“according to X”, “per X”, “in X's words”."""
    if token.lower_ == "in":
        return _in_words_of(token, outside)
    last = token
    if token.lower_ == "according":
        last = next((t for t in token.doc[token.i + 1 : token.i + 2] if t.lower_ == "to"), token)
        if last is token:
            return None
    objects = [c for h in (last, token) for c in h.children if c.dep_ == "pobj"]
    speaker = next((c for c in objects if c.pos_ == "PROPN"), objects[0] if objects else None)
    if speaker is None or speaker.i not in outside:
        after = token.doc[last.i + 1 : last.i + 8]
        speaker = next((t for t in after if t.i in outside and t.pos_ in ("PROPN", "NOUN")), None)
    if speaker is None or (token.lower_ == "per" and speaker.pos_ != "PROPN"):
        return None
    right = _right_edge(speaker, outside)
    return Cue("source", token, token.i, last.i, speaker, token.i, max(last.i, right))


def _in_words_of(token: Token, outside: set[int]) -> Cue | None:
    noun = next((c for c in token.children if c.dep_ == "pobj" and c.i in outside), None)
    if noun is None or noun.lower_ not in words("source_nouns"):
        return None
    speaker = next((c for c in noun.children if c.dep_ == "poss"), None)
    if speaker is None:
        of = (g for c in noun.children if c.lower_ == "of" for g in c.children)
        speaker = next((g for g in of if g.dep_ == "pobj"), None)
    if speaker is None or speaker.i not in outside:
        return None
    return Cue("source", token, token.i, noun.i, speaker, token.i, max(noun.i, speaker.i))


def verb_cue(kind: CueKind, verb: Token, outside: set[int]) -> Cue:
    """A cue of a verb, with its subject where the parse or the word order shows one."""
    speaker = subject_of(verb, outside)
    first = verb.i
    while first - 1 in outside and _belongs(verb.doc[first - 1], verb):
        first -= 1
    if verb.dep_ == "xcomp" and verb.tag_ == "VB" and 0 < first - verb.head.i <= _NEAR:
        first = verb.head.i if verb.head.i in outside else first
    last = verb.i
    if last + 1 in outside and (verb.doc[last + 1].dep_ == "prt" or _is_phrasal(verb)):
        last += 1
    left, right = first, last
    if speaker is not None:
        if speaker.i < verb.i:
            near = (t.i for t in speaker.subtree if t.i in outside)
            left = min(first, speaker.i, *near)
        else:
            right = max(right, _right_edge(speaker, outside))
    right = max(right, _listener_edge(verb, right, outside))
    if left - 1 in outside and verb.doc[left - 1].lower_ == "as":
        left -= 1
    return Cue(kind, verb, first, last, speaker, left, right)


def _belongs(token: Token, verb: Token) -> bool:
    if token.head.i != verb.i:
        return False
    adverb = token.dep_ == "advmod" and token.i == verb.i - 1
    return token.dep_ in ("aux", "auxpass", "neg") or adverb


def _right_edge(head: Token, outside: set[int]) -> int:
    """The last token of a phrase before it meets a quotation or another clause's verb."""
    edge = head.i
    for token in sorted(head.subtree, key=lambda t: t.i):
        if token.i <= head.i:
            continue
        if token.i != edge + 1 or token.i not in outside:
            break
        edge = token.i
    return edge


def _listener_edge(verb: Token, edge: int, outside: set[int]) -> int:
    """The last token of what follows a verb and is not what was said: listener, time, place."""
    for child in sorted(verb.rights, key=lambda t: t.i):
        if child.i <= edge:
            continue
        if child.dep_ not in (
            "dobj",
            "dative",
            "prep",
            "npadvmod",
            "advmod",
            "agent",
            "prt",
            "tmod",
        ):
            break
        if child.left_edge.i != edge + 1 or not all(t.i in outside for t in child.subtree):
            break
        if (
            child.dep_ == "dobj"
            and lemma(verb) not in words("telling_verbs")
            and child.ent_type_ not in ("PERSON",)
        ):
            break
        edge = child.right_edge.i
    return edge
