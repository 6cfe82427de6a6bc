"""Statements: quotations and reported clauses joined with the cue that reports them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Token

from pipelines.quotes.clauses import Stretch, begun, reported, token_end
from pipelines.quotes.cues import Cue, find_cues
from pipelines.quotes.frames import HEADLINE_KINDS, Frame, is_word
from pipelines.quotes.introductions import headline_label, introducer, named_by_dash
from pipelines.quotes.lexicon import is_verb, lemma
from pipelines.quotes.linking import (
    clause_end,
    content_start,
    cue_after,
    cue_before,
    names_words,
    said_by_frame,
    signature,
    source_beside,
)
from pipelines.quotes.marks import Quotation
from pipelines.quotes.quote import QuoteSpan
from pipelines.quotes.subjects import is_passive

#: How a statement was tied to its speaker, or that only what stands around it can tell.
Route = Literal[
    "after", "before", "clause", "colon", "label", "source", "signed", "turn", "context"
]

#: The longest stretch of plain words, in characters, between two quotations of one clause.
_LONGEST_GAP = 200
_SHORTEST_SENTENCE = 5
#: What may stand between a tag and the words that go on: “…,” he said, however, “…”.
_LINKS = frozenset({"ADV", "CCONJ", "INTJ", "SCONJ"})
#: The longest quotation, in words, that can be a mere name inside a clause.
_LONGEST_SCRAP = 2
#: The longest name before a headline's colon, in tokens.
_LONGEST_LABEL = 8


@dataclass(slots=True)
class Statement:
    """A statement being put together: its stretches of text, quotations, cue and frame.

    `speaker` is the head of the speaker's phrase, where a cue or an introduction names it;
    `spans` are its stretches cut at the marks.
    """

    stretches: list[Stretch]
    quotations: list[Quotation]
    cue: Cue | None
    route: Route
    frame: Frame
    frame_no: int
    speaker: Token | None = None
    spans: list[QuoteSpan] = field(default_factory=list)


def find_statements(text: str, frames: Sequence[Frame]) -> list[Statement]:
    """The statements of each frame, tied to cues inside it; speakers elsewhere stay open."""
    statements: list[Statement] = []
    for no, frame in enumerate(frames):
        for statement in _Linker(text, frame, no).run():
            if statements and _goes_on(statements[-1], statement):
                statements[-1].stretches += statement.stretches
                statements[-1].quotations += statement.quotations
            elif statements and _was_open(statements[-1], statement):
                statement.stretches[:0] = statements[-1].stretches
                statement.quotations[:0] = statements[-1].quotations
                statements[-1] = statement
            else:
                statements.append(statement)
    return statements


def _goes_on(before: Statement, after: Statement) -> bool:
    """“A,” he said. “B.”: one statement; so is a quotation carried on in the next paragraph."""
    if after.route != "context" or not before.quotations:
        return False
    if after.quotations[0].continues:
        return True
    near = after.frame_no - before.frame_no == 1 and after.frame.block == before.frame.block
    return near and before.stretches[-1][1] >= before.quotations[-1].end and before.route != "label"


def _was_open(before: Statement, after: Statement) -> bool:
    """Whether a quotation left open by its paragraph is told its speaker only in the next."""
    open_ended = before.route == "context" and bool(before.quotations)
    return open_ended and bool(after.quotations) and after.quotations[0].continues


@dataclass(slots=True)
class _Linker:
    """Ties the quotations and clauses of one frame to its cues."""

    text: str
    frame: Frame
    frame_no: int
    cues: list[Cue] = field(default_factory=list)
    done: list[Statement] = field(default_factory=list)
    owner: dict[int, Statement] = field(default_factory=dict)
    #: Verbs that say again what an earlier cue reports: Lund replied: “A,” she said, “B.”
    spent: set[int] = field(default_factory=set)

    def run(self) -> list[Statement]:
        self.cues = find_cues(self.frame)
        numbers = range(len(self.frame.quotations))
        if not self._headline():
            for k in numbers:
                if k not in self.owner and not self._chain(k):
                    self._link(k)
            for cue in self.cues:
                self._report(cue)
        for k in numbers:
            if k not in self.owner:
                self._introduce(k)
        return sorted(self.done, key=lambda s: s.stretches[0])

    def _link(self, k: int) -> None:
        before = self.frame.segments[k]
        introduced = bool(before) and before[-1].text == ":"
        cue = cue_after(self.text, self.frame, k, self.cues)
        if cue is not None and (introduced or _says_again(cue)) and self._before(k) is not None:
            self.spent.add(cue.word.i)
        elif cue is not None:
            self._take_before(k, cue)
            return
        named = named_by_dash(self.frame.segments[k])
        if named is not None:
            q = self.frame.quotations[k]
            self._new([(q.start, q.end)], [k], None, "signed").speaker = named
            return
        end = self.frame.quotations[k].end
        signed = signature(self.text, end, self.frame.segments[k + 1])
        if signed is not None:
            q = self.frame.quotations[k]
            self._new([(q.start, q.end)], [k], None, "signed").speaker = signed
            return
        cue = source_beside(self.frame, k, self.cues)
        if cue is not None and _is_sentence(self._inner(k)):
            q = self.frame.quotations[k]
            self._new([(q.start, q.end)], [k], cue, "source")
            return
        cue = self._before(k)
        if cue is not None:
            self._take_after(k, cue)

    def _before(self, k: int) -> Cue | None:
        free = [c for c in self.cues if not any(s.cue is c for s in self.done)]
        return cue_before(self.text, self.frame, k, free)

    def _chain(self, k: int) -> bool:
        """“A,” he said, “B”; said that “A” and could “B”: the next part of the same statement."""
        earlier = self.owner.get(k - 1)
        if earlier is None or cue_after(self.text, self.frame, k, self.cues) is not None:
            return False
        limit = earlier.cue.right if earlier.cue else -1
        previous, quotation = self.frame.quotations[k - 1], self.frame.quotations[k]
        between = [
            c
            for c in self.cues
            if c.word.i > limit and previous.start < c.word.idx < quotation.start
        ]
        if len(between) == 1 and between[0].word.i in self.spent:
            self._add(earlier, k, (quotation.start, quotation.end))
            return True
        if between:
            return False
        if earlier.route == "after":
            rest = [t for t in self.frame.segments[k] if t.i > limit]
            stopped = bool(rest) and rest[-1].text[-1] == "." and not any(is_verb(t) for t in rest)
            aside = (t for t in rest if is_word(t) and t.tag_ != "VBG")
            if any(t.pos_ not in _LINKS for t in aside) and not stopped:
                return False
            segment = self.frame.segments[k]
            # Without a pause between, a few words in marks belong to the tag: of the ‘lost’ years.
            unpaused = bool(segment) and is_word(segment[-1]) and segment[-1].pos_ not in _LINKS
            if unpaused and len(self._inner(k).split()) < _SHORTEST_SENTENCE:
                return False
            self._add(earlier, k, (quotation.start, quotation.end))
            return True
        gap = self.text[previous.end : quotation.start]
        if any(names_words(t) for t in self.frame.segments[k]):
            return False
        if earlier.route not in ("before", "label") or len(gap) > _LONGEST_GAP or ";" in gap:
            return False
        end = quotation.end
        if earlier.cue is not None:
            end = clause_end(self.text, self.frame, k, earlier.cue, self.cues)
        self._add(earlier, k, (previous.end, end))
        return True

    def _add(self, statement: Statement, k: int, stretch: Stretch) -> None:
        statement.stretches.append(stretch)
        statement.quotations.append(self.frame.quotations[k])
        self.owner[k] = statement

    def _new(
        self, stretches: list[Stretch], ks: Sequence[int], cue: Cue | None, route: Route
    ) -> Statement:
        quotations = [self.frame.quotations[k] for k in ks]
        statement = Statement(stretches, quotations, cue, route, self.frame, self.frame_no)
        statement.speaker = cue.speaker if cue else None
        self.owner.update(dict.fromkeys(ks, statement))
        self.done.append(statement)
        return statement

    def _take_before(self, k: int, cue: Cue) -> None:
        """“A,” said S, with the unquoted words of the same clause before it."""
        first = k
        while first > 0 and first - 1 not in self.owner:
            first -= 1
        start = self.frame.quotations[first].start
        lead = said_by_frame(self.frame, first)
        used = [c.right for c in self.cues if c.word.idx < start and c is not cue]
        if lead and self._stands_alone(first, lead):
            pass
        elif lead and first == 0 and self.frame.segments[0][-1].text not in (":", ".", "—", "–"):
            start = lead[0].idx
        elif lead and first > 0:
            limit = max(used, default=-1)
            rest = [t for t in lead if t.i > limit and t.dep_ != "cc" and t.lower_ != "while"]
            start = rest[0].idx if rest else start
        self._new([(start, self.frame.quotations[k].end)], range(first, k + 1), cue, "after")

    def _inner(self, k: int) -> str:
        quotation = self.frame.quotations[k]
        return self.text[quotation.inner_start : quotation.inner_end]

    def _stands_alone(self, k: int, lead: Sequence[Token]) -> bool:
        """Whether a quotation is a sentence set beside another: She laughed. “It holds,” …."""
        inner = self._inner(k)
        paused = self.frame.segments[k][-1].text == ","
        clause = any(t.dep_ in ("nsubj", "nsubjpass", "expl") and t.head in lead for t in lead)
        whole = inner[:1].isupper() and len(inner.split()) >= _SHORTEST_SENTENCE
        return clause and (whole or paused)

    def _take_after(self, k: int, cue: Cue) -> None:
        """S said: “A”; S said that A “B” C."""
        quotation = self.frame.quotations[k]
        start = self._outer_start(k, cue) or content_start(self.text, self.frame, k, cue)
        end = quotation.end
        inner = self.text[quotation.inner_start : quotation.inner_end].strip()
        if start < quotation.start or inner[-1:] not in ".!?…,":
            end = max(end, clause_end(self.text, self.frame, k, cue, self.cues))
        if cue.kind == "label" or not self._is_scrap(k, start, end):
            stretches = [*self._begun(k, cue), (start, end)]
            self._new(stretches, [k], cue, "label" if cue.kind == "label" else "before")

    def _outer_start(self, k: int, cue: Cue) -> int | None:
        """Where a clause begins before words in marks of nobody: wrote that the ‘chief’ …."""
        between = [i for i in range(k) if cue.word.idx < self.frame.quotations[i].start]
        if not between or any(i in self.owner for i in between):
            return None
        clauses = (c for c in cue.word.rights if c.dep_ == "ccomp")
        return next((c.left_edge.idx for c in clauses), None)

    def _begun(self, k: int, cue: Cue) -> list[Stretch]:
        """“The crews asked for, Lund said, ‘more time’”: what stands before a cue in the middle."""
        if k > 0 or cue.kind != "say":
            return []
        after = [t for t in self.frame.segments[0] if t.i > cue.right]
        if len(after) < 2 or after[0].text != ",":
            return []
        return begun(self.text, self.frame, cue)

    def _is_scrap(self, k: int, start: int, end: int) -> bool:
        """Whether a reported clause was cut off before its verb: said that the “old lady” (…) …."""
        if start == self.frame.quotations[k].start or len(self._inner(k).split()) > _LONGEST_SCRAP:
            return False
        inside = [t for t in self.frame.tokens if start <= t.idx < end]
        is_clause = inside[0].dep_ == "mark" if inside else False
        return is_clause and not any(t.pos_ in ("VERB", "AUX") for t in inside)

    def _headline(self) -> bool:
        """“Lund: Port will reopen ‘by May’” over an article: what follows the colon was said."""
        frame = self.frame
        if frame.kind not in HEADLINE_KINDS:
            return False
        first = frame.segments[0]
        colon = next((i for i, t in enumerate(first) if t.text == ":"), 0)
        if not 0 < colon <= _LONGEST_LABEL or colon + 1 == len(first) == len(frame.tokens):
            return False
        head = headline_label(first[:colon])
        if head is None:
            return False
        start = token_end(first[colon])
        rest = [t for t in frame.tokens if t.idx >= start]
        if not frame.quotations and not any(is_verb(t) or t.pos_ == "AUX" for t in rest):
            return False
        ks = range(len(frame.quotations))
        self._new([(start, frame.end)], ks, None, "colon").speaker = head
        return True

    def _report(self, cue: Cue) -> None:
        """A clause that a cue reports and that no quotation has claimed."""
        claimed = (
            s.cue is cue or any(a <= cue.word.idx < b for a, b in s.stretches) for s in self.done
        )
        if cue.word.i in self.spent or any(claimed):
            return
        stretches = reported(self.text, self.frame, cue, self.cues)
        ks = [k for k, q in enumerate(self.frame.quotations) if _meets(stretches, q)]
        if not stretches or any(k in self.owner for k in ks):
            return
        if cue.speaker is None and cue.kind != "source" and not ks:
            return
        if _says_nothing(cue, bool(ks)):
            return
        for k in ks:
            q = self.frame.quotations[k]
            stretches = [
                (min(a, q.start), max(b, q.end)) if a < q.end and q.start < b else (a, b)
                for a, b in stretches
            ]
        self._new(stretches, ks, cue, "source" if cue.kind == "source" else "clause")

    def _introduce(self, k: int) -> None:
        """A quotation that no cue reports: after a colon, beside another, or all there is."""
        quotation = self.frame.quotations[k]
        whole = (quotation.start, quotation.end)
        before = self.frame.segments[k]
        if before and before[-1].text == ":":
            self._new([whole], [k], None, "colon").speaker = introducer(before)
            return
        has_words = bool(said_by_frame(self.frame, k))
        if not has_words and k - 1 in self.owner:
            self._add(self.owner[k - 1], k, whole)
            return
        inner = self.text[quotation.inner_start : quotation.inner_end]
        starts = k == 0 and (not has_words or before[-1].text == ",")
        after = self.frame.segments[k + 1]
        heads = (
            starts and self.frame.kind in HEADLINE_KINDS and bool(after) and after[0].text == ":"
        )
        if self.frame.is_bare or heads or (starts and _is_sentence(inner)):
            self._new([whole], [k], None, "context")


def _meets(stretches: Sequence[Stretch], quotation: Quotation) -> bool:
    return any(a < quotation.end and quotation.start < b for a, b in stretches)


def _says_nothing(cue: Cue, has_marks: bool) -> bool:
    """“Nobody said …”, “I ask whether …”, “asked to see it”: no statement of anyone."""
    speaker = cue.speaker.lower_ if cue.speaker is not None else ""
    if speaker in ("nobody", "none"):
        return True
    if lemma(cue.word) not in ("ask", "wonder"):
        return False
    if is_passive(cue.word) and cue.word.dep_ in ("advcl", "acl") and cue.word.i < cue.word.head.i:
        return True
    wanted = any(c.dep_ == "xcomp" for c in cue.word.rights)
    told = any(c.dep_ in ("dobj", "dative") for c in cue.word.children)
    return not (has_marks or told) and (speaker in ("i", "we") or wanted)


def _says_again(cue: Cue) -> bool:
    """Whether a tag may only repeat who speaks: Lund said that “…”, she said."""
    return cue.kind == "say" and cue.speaker is not None and cue.speaker.lower_ in ("he", "she")


def _is_sentence(inner: str) -> bool:
    return len(inner.split()) >= _SHORTEST_SENTENCE and inner.rstrip()[-1:] in ".!?…"
