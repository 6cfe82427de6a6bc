"""Whether a time expression's clause speaks of the past or of what is to come."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pipelines.dates.tokens import Token
from pipelines.dates.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Token as Parsed

#: -1 past, 0 where nothing shows, 1 perhaps to come, 2 surely to come.
Tense = Literal[-1, 0, 1, 2]
_MOST_STEPS = 8
_WINDOW = 14


class Tenses:
    """Answers for one article, from its parse where there is one, else from the words around."""

    def __init__(self, tokens: Sequence[Token], doc: Doc | None) -> None:
        self._tokens = tokens
        self._clauses = _Clauses(doc) if doc is not None else None

    def of(self, first: int, last: int) -> Tense:
        """The tense around the expression at tokens `first` to `last` exclusive."""
        before = self._tokens[first - 1].word
        if before == "since":
            return -1
        if before == "in" and self._follows_until(first):
            return 2
        parsed = self._clauses.at(self._tokens[first].start) if self._clauses else None
        if self._clauses is None or parsed is None:
            tense, is_long_past = self._of_words(first, last), False
        else:
            tense = self._clauses.tense(parsed)
            is_long_past = self._clauses.is_long_past(parsed)
        is_ahead = before == "of" and self._tokens[first - 2].word == "ahead"
        if (is_ahead or before in word_list("before_future")) and not is_long_past:
            return 2
        return 2 if before == "by" and tense > -1 else tense

    def _follows_until(self, first: int) -> bool:
        """“Until the convention in July”."""
        words = [token.word for token in self._tokens[max(0, first - 7) : first]]
        return "until" in words and not {",", ".", ""} & set(words[words.index("until") :])

    def _of_words(self, first: int, last: int) -> Tense:
        """The nearest cue in the sentence, those before the expression first."""
        for i in range(first - 1, max(0, first - _WINDOW), -1):
            if self._tokens[i].word in (".", "", ";"):
                break
            if cue := _cue(self._tokens[i]):
                return cue
        for i in range(last, min(len(self._tokens), last + _WINDOW)):
            if self._tokens[i].word in (".", "", ";"):
                break
            if cue := _cue(self._tokens[i]):
                return cue
        return 0


def _cue(token: Token) -> Tense:
    word = token.word
    if word in word_list("future_words"):
        return 2
    if word in word_list("past_words") or (len(word) > 3 and word.endswith("ed")):
        return -1
    return 0


class _Clauses:
    """What a parse tells of the verbs over a token."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts: list[int] = doc.to_array("IDX").tolist()

    def at(self, start: int) -> Parsed | None:
        """The token that starts at a code point of the text."""
        place = bisect_left(self._starts, start)
        return self._doc[place] if self._starts[place : place + 1] == [start] else None

    def tense(self, parsed: Parsed) -> Tense:
        """The tense of the nearest verb above the expression, or of the verb above that."""
        verb = _verb_above(parsed)
        if verb is None:
            return 0
        is_owner = parsed.dep_ == "poss"  # “Thursday’s closing price”
        if is_owner and parsed.head.dep_ not in ("nsubj", "nsubjpass"):
            return -1
        if self.is_long_past(parsed):
            return -1
        tense = _of_verb(verb)
        if tense in (-1, 2):
            return tense
        if _is_to_be(verb) and any(_leans(child) for child in verb.children):
            return 2
        above = _verb_above(verb) if _leans(verb) else None
        if above is None:
            return tense
        over = _of_verb(above)
        is_ahead = over == 2 or _is_planning(above) or _is_to_be(above)
        return 2 if is_ahead else tense or over

    def is_long_past(self, parsed: Parsed) -> bool:
        """“Until Thursday they had not met”, “it had been due to end on Friday”."""
        verb = _verb_above(parsed)
        if verb is not None and _leans(verb) and "had" not in _helpers(verb):
            verb = _verb_above(verb)
        return verb is not None and "had" in _helpers(verb)


def _of_verb(verb: Parsed) -> Tense:
    helpers = _helpers(verb)
    if helpers & word_list("future_helpers"):
        return 2
    if _is_planning(verb):
        return 1 if verb.tag_ == "VBD" else 2
    if helpers & word_list("past_helpers") or verb.tag_ == "VBD":
        return -1
    if verb.tag_ == "VBN" and not helpers:
        return -1
    is_open = verb.tag_ in ("VB", "VBZ", "VBP") or (verb.tag_ == "VBG" and bool(helpers))
    return 1 if is_open else 0


def _is_planning(verb: Parsed) -> bool:
    is_plan = verb.lemma_.lower() in word_list("future_verbs")
    return is_plan and "had" not in _helpers(verb)


def _leans(verb: Parsed) -> bool:
    """Whether the verb takes its tense from the verb above: to meet, meeting."""
    return verb.tag_ == "VBG" or (verb.tag_ == "VB" and "to" in _helpers(verb))


def _helpers(verb: Parsed) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}


def _verb_above(parsed: Parsed) -> Parsed | None:
    node = parsed
    for _ in range(_MOST_STEPS):
        if node.head.i == node.i:
            return None
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return node
    return None


def _is_to_be(verb: Parsed) -> bool:
    """“Is to”, “are to”, of which only the first word is a verb of its own."""
    return verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP")
