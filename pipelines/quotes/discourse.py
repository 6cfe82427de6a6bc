"""Who a text is speaking of, frame by frame: whom “he” and “Lund” can mean where they speak."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from pipelines.entities.lexicon import given_names, honorifics, roles
from pipelines.entities.mention import LocalEntity, Mention
from pipelines.quotes.frames import Frame
from pipelines.quotes.lexicon import ids
from pipelines.quotes.speakers import Mentions

Gender = Literal["m", "f"]

#: How much a person counts for a pronoun: who acts or speaks, before who is merely named.
_SPEAKER, _SUBJECT, _INNER_SUBJECT, _NAMED = 1.1, 1.0, 0.5, 0.4
_DECAY = 0.77
#: What knowing that the gender fits adds, and what a given name of the other gender leaves.
_GENDER_FITS, _GENDER_UNLIKELY = 1.02, 0.4
#: What is left of it for someone of whom an interviewer asks.
_ASKED = 0.5
#: How far after “was” the name of who is introduced begins at most, in characters.
_INTRODUCTION = 60
#: How much less each frame back says about whom a shared surname means.
_FADING = 0.97
#: How many frames back a pronoun reaches.
_REACH = 14
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SUBJECT_IDS, _ASK = ids(_SUBJECTS), ids({"ask"})
_UNREAD = ids({"SPACE", "PUNCT"})
_PRONOUN_GENDER: dict[str, Gender] = {"he": "m", "she": "f"}


@dataclass(frozen=True, slots=True)
class _Trace:
    """Someone named at a place; `local` None for a person whose name is not known."""

    local: int | None
    place: int
    weight: float
    gender: Gender | None = None


class Discourse:
    """The people of an article as its frames name them, outside quotations."""

    def __init__(
        self, frames: Sequence[Frame], mentions: Mentions, entities: Sequence[LocalEntity]
    ) -> None:
        self._frames = frames
        self._mentions = mentions
        self._entities = entities
        persons = [e.type == "PERSON" for e in entities]
        self._told = [told_gender(e) if p else None for e, p in zip(entities, persons, strict=True)]
        self._likely = [
            likely_gender(e) if p else None for e, p in zip(entities, persons, strict=True)
        ]
        self._traces: list[list[_Trace]] = []
        for no, frame in enumerate(frames):
            self._traces.append([])
            self._traces[no].extend(self._read(no, frame))

    def _read(self, no: int, frame: Frame) -> Iterator[_Trace]:
        last = -1
        asked = _asked(frame)
        for token in frame.tokens:
            start = token.idx
            if start < last or token.pos in _UNREAD:
                continue
            found = self._mentions.at(start, start + len(token))
            if found is None:
                if _is_stranger(token):
                    yield self._stranger(token, frame)
                continue
            mention = self._mentions.all[found]
            last = mention.end
            if mention.form != "pronoun" and mention.type == "PERSON":
                head = _head(frame, mention)
                local = mention.local
                if local is None and head is not None and mention.form == "name":
                    local, _ = self.named(head.text, no)
                weight = _weight(head) * (_ASKED if token.i in asked else 1.0)
                yield _Trace(local, mention.start, weight)

    def _stranger(self, subject: Token, frame: Frame) -> _Trace:
        named = self._introduced(subject, frame)
        if named is not None:
            return _Trace(named, subject.idx, _weight(subject))
        known = roles().get(subject.lower_)
        gender = _gender(known.gender) if known else None
        return _Trace(None, subject.idx, _weight(subject) * 0.9, gender)

    def _introduced(self, subject: Token, frame: Frame) -> int | None:
        """“The first witness was Ada Lund”: the person whom a role is said to be."""
        verb = subject.head
        if verb.lemma_ != "be":
            return None
        following = self._mentions.within(verb.idx, frame.end)
        people = (m for m in following if m.type == "PERSON" and m.form == "name")
        first = next(people, None)
        if first is None or first.start - verb.idx > _INTRODUCTION:
            return None
        return first.local

    def spoke(self, local: int, frame: int, place: int) -> None:
        """Remember that someone spoke in a frame."""
        if self._entities[local].type == "PERSON":
            self._traces[frame].append(_Trace(local, place, _SPEAKER))

    def stranger_spoke(self, head: Token, frame: int, place: int) -> None:
        """Remember that someone spoke whose name is not known: “a neighbour”."""
        known = roles().get(head.lower_)
        if known is not None or head.pos_ == "PROPN":
            gender = _gender(known.gender) if known else None
            self._traces[frame].append(_Trace(None, place, _SPEAKER, gender))

    def learn(self, local: int, pronoun: str) -> None:
        """Remember the gender that a sure pronoun tells."""
        if self._told[local] is None:
            self._told[local] = _PRONOUN_GENDER.get(pronoun)

    def meant(
        self, pronoun: str, frame: int, place: int, own: Sequence[tuple[int, int]]
    ) -> tuple[int | None, float]:
        """Whom a pronoun that speaks means, and how sure that is (0 to 1).

        Args:
            pronoun: “he” or “she”.
            frame: the index of its frame.
            place: where it stands; only what comes before counts.
            own: the stretches that it speaks, in which it does not look.
        """
        gender = _PRONOUN_GENDER[pronoun]
        named = self._named_in(own)
        scores: dict[int | None, float] = {}
        for no in range(frame, max(-1, frame - _REACH), -1):
            for trace in self._traces[no]:
                if trace.place >= place or any(a <= trace.place < b for a, b in own):
                    continue
                fit = self._fit(trace, gender)
                if fit == 0.0 or trace.local in named:
                    continue
                worth = trace.weight * fit * _DECAY ** (frame - no)
                best = scores.get(trace.local, 0.0)
                scores[trace.local] = max(best, worth) + 0.1 * min(best, worth)
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][0] is None:
            return None, 0.0
        first = ranked[0][1]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        margin = (first - second) / max(first, _NAMED)
        return ranked[0][0], round(min(0.95, 0.62 + 0.5 * margin), 2)

    def _fit(self, trace: _Trace, gender: Gender) -> float:
        """How well a trace fits a pronoun's gender, as a factor; 0 where it cannot."""
        if trace.local is None:
            return 1.0 if trace.gender in (None, gender) else 0.0
        told, likely = self._told[trace.local], self._likely[trace.local]
        if told is not None:
            return _GENDER_FITS if told == gender else 0.0
        if likely is not None:
            return _GENDER_FITS if likely == gender else _GENDER_UNLIKELY
        return 1.0

    def names(self, local: int, stretches: Sequence[tuple[int, int]]) -> bool:
        """Whether stretches name someone, by the same surname at least."""
        last = self._entities[local].name.split()[-1].casefold()
        others = {self._entities[i].name.split()[-1].casefold() for i in self._named_in(stretches)}
        return last in others

    def _named_in(self, stretches: Sequence[tuple[int, int]]) -> set[int]:
        """Who is named in what is said: seldom the one who says it."""
        found = (m for a, b in stretches for m in self._mentions.within(a, b))
        return {m.local for m in found if m.form == "name" and m.local is not None}

    def named(self, surname: str, frame: int) -> tuple[int | None, float]:
        """Whom a bare surname that several people bear, or none yet known, means."""
        wanted = surname.split()[-1].casefold()
        bearers = {
            i
            for i, e in enumerate(self._entities)
            if e.type == "PERSON" and e.name.split()[-1].casefold() == wanted and " " in e.name
        }
        if len(bearers) == 1:
            return next(iter(bearers)), 0.9
        counts: dict[int, float] = {}
        for no in range(frame, -1, -1) if bearers else ():
            for trace in self._traces[no]:
                if trace.local is not None and trace.local in bearers:
                    worth = trace.weight * _FADING ** (frame - no)
                    counts[trace.local] = counts.get(trace.local, 0.0) + worth
        if not counts:
            return None, 0.0
        return max(counts.items(), key=lambda item: item[1])[0], 0.65

    def fullest(self, local: int) -> int:
        """The person whose full name a short one ends: “Lund” where “Ada Lund” is known."""
        short = self._entities[local].name.casefold().split()
        if self._entities[local].type != "PERSON":
            return local
        full = [
            i
            for i, e in enumerate(self._entities)
            if e.type == "PERSON" and _ends_with(e.name.casefold().split(), short)
        ]
        return full[0] if len(full) == 1 else local

    def subject(self, no: int) -> Token | None:
        """The head of what a frame's main clause is about, outside its quotations."""
        for token in self._frames[no].tokens:
            if token.dep_ in _SUBJECTS and token.head.dep_ in ("ROOT", "conj", "ccomp"):
                return token
        return None


def _ends_with(name: Sequence[str], end: Sequence[str]) -> bool:
    return len(name) > len(end) and list(name[-len(end) :]) == list(end)


def _is_stranger(token: Token) -> bool:
    """Whether a subject that is no mention is one person: a name not read, “a neighbour”."""
    if token.dep not in _SUBJECT_IDS or token.tag_ not in ("NN", "NNP"):
        return False
    if token.pos_ != "PROPN" and token.lower_ not in roles():
        return False
    # “Her husband, the potter Ivo Lund, …”: no stranger, his name follows.
    beside = (c for c in token.children if c.dep_ == "appos")
    return not any(t.pos_ == "PROPN" for c in beside for t in c.subtree)


def _asked(frame: Frame) -> frozenset[int]:
    """The words of what an interviewer says to have asked: topics, seldom who answers."""
    verbs = [t for t in frame.tokens if t.lemma in _ASK and t.pos_ == "VERB"]
    own = (v for v in verbs if any(c.lower_ in ("i", "we") for c in v.lefts))
    return frozenset(t.i for v in own for c in v.rights for t in c.subtree)


def _weight(head: Token | None) -> float:
    while head is not None and head.dep_ == "appos":
        head = head.head
    if head is None or head.dep_ not in _SUBJECTS:
        return _NAMED
    verb = head.head
    reported_first = verb.dep_ == "ccomp" and verb.i < verb.head.i
    return _SUBJECT if verb.dep_ in ("ROOT", "conj") or reported_first else _INNER_SUBJECT


def _head(frame: Frame, mention: Mention) -> Token | None:
    for token in frame.tokens:
        inside = mention.start <= token.idx < mention.end
        if inside and not mention.start <= token.head.idx < mention.end:
            return token
    return None


def _gender(told: str | None) -> Gender | None:
    return "m" if told == "m" else "f" if told == "f" else None


def told_gender(person: LocalEntity) -> Gender | None:
    """The gender that a form of address or a role tells, None where none does."""
    for name in (*person.aliases, person.name):
        told = _gender(honorifics().get(name.split()[0].lower())) if name.split() else None
        if told is not None:
            return told
    for role in person.roles:
        for word in role.lower().split():
            known = roles().get(word)
            if known is not None and _gender(known.gender) is not None:
                return _gender(known.gender)
    return None


def likely_gender(person: LocalEntity) -> Gender | None:
    """The gender that the given name mostly goes with, None where it does not tell."""
    words = person.name.split()
    if len(words) < 2:
        return None
    names = given_names()
    return _gender(names.get(words[0]) or names.get(words[0].lower()))
