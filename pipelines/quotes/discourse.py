"""Who a text is speaking of, frame by frame: whom “he” and “Lund” can mean where they speak."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipelines.entities.lexicon import given_names, honorifics, roles
from pipelines.entities.mention import LocalEntity
from pipelines.quotes.frames import Frame
from pipelines.quotes.speakers import Mentions

#: How much a person counts for a pronoun: who acts or speaks, before who is merely named.
_SPEAKER, _SUBJECT, _NAMED = 1.1, 1.0, 0.5
_DECAY = 0.8
#: How many frames back a pronoun reaches.
_REACH = 14
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class _Trace:
    local: int
    frame: int
    place: int
    weight: float


class Discourse:
    """The people of an article as its frames name them, outside quotations."""

    def __init__(
        self, frames: Sequence[Frame], mentions: Mentions, entities: Sequence[LocalEntity]
    ) -> None:
        self._frames = frames
        self._mentions = mentions
        self._entities = entities
        self._traces: list[list[_Trace]] = [list(self._read(no)) for no in range(len(frames))]
        self._genders = [gender_of(e) if e.type == "PERSON" else None for e in entities]

    def _read(self, no: int) -> Iterator[_Trace]:
        last = -1
        for token in self._frames[no].tokens:
            if token.idx < last or token.pos_ in ("SPACE", "PUNCT"):
                continue
            found = self._mentions.at(token.idx, token.idx + len(token.text))
            if found is None:
                continue
            mention = self._mentions.all[found]
            last = mention.end
            if mention.local is None or mention.form == "pronoun":
                continue
            if self._entities[mention.local].type == "PERSON":
                head = _head(self._frames[no], mention.start, mention.end)
                weight = _SUBJECT if head is not None and head.dep_ in _SUBJECTS else _NAMED
                yield _Trace(mention.local, no, mention.start, weight)

    def spoke(self, local: int, frame: int, place: int) -> None:
        """Remember that someone spoke in a frame."""
        if self._entities[local].type == "PERSON":
            self._traces[frame].append(_Trace(local, frame, place, _SPEAKER))

    def learn(self, local: int, pronoun: str) -> None:
        """Remember the gender that a sure pronoun tells."""
        gender = {"he": "m", "she": "f"}.get(pronoun)
        if gender and self._genders[local] is None:
            self._genders[local] = gender

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
        gender = "m" if pronoun == "he" else "f"
        scores: dict[int, float] = {}
        for no in range(frame, max(-1, frame - _REACH), -1):
            for trace in self._traces[no]:
                if trace.place >= place or any(a <= trace.place < b for a, b in own):
                    continue
                if self._genders[trace.local] not in (None, "u", gender):
                    continue
                worth = trace.weight * _DECAY ** (frame - no)
                if self._genders[trace.local] == gender:
                    worth *= 1.15
                best = scores.get(trace.local, 0.0)
                scores[trace.local] = max(best, worth) + 0.1 * min(best, worth)
        if not scores:
            return None, 0.0
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        first = ranked[0][1]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        return ranked[0][0], round(min(0.95, 0.55 + 0.45 * (first - second) / max(first, 0.3)), 2)

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
        for no in range(frame, -1, -1):
            for trace in self._traces[no]:
                if trace.local in bearers:
                    worth = trace.weight * 0.9 ** (frame - no)
                    counts[trace.local] = counts.get(trace.local, 0.0) + worth
        if not counts:
            return None, 0.0
        return max(counts.items(), key=lambda item: item[1])[0], 0.65

    def subject(self, no: int) -> Token | None:
        """The head of what a frame's main clause is about, outside its quotations."""
        for token in self._frames[no].tokens:
            if token.dep_ in _SUBJECTS and token.head.dep_ in ("ROOT", "conj", "ccomp"):
                return token
        return None


def _head(frame: Frame, start: int, end: int) -> Token | None:
    for token in frame.tokens:
        if start <= token.idx < end and not start <= token.head.idx < end:
            return token
    return None


def gender_of(person: LocalEntity) -> str | None:
    """“m” or “f” where a form of address, a role or the given name tells, else None."""
    for name in (*person.aliases, person.name):
        told = honorifics().get(name.split()[0].lower()) if name.split() else None
        if told in ("m", "f"):
            return told
    for role in person.roles:
        for word in role.lower().split():
            known = roles().get(word)
            if known is not None and known.gender in ("m", "f"):
                return known.gender
    words = person.name.split()
    given = given_names().get(words[0]) or given_names().get(words[0].lower()) if words else None
    return given if given in ("m", "f") and len(words) > 1 else None
