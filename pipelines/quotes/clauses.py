"""What a cue reports: the clause that hangs on it, as stretches of the text."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from pipelines.quotes.cues import Cue, clause_of
from pipelines.quotes.frames import DASHES, Frame, is_word
from pipelines.quotes.lexicon import lemma, words
from pipelines.quotes.nominals import is_present, reported_thing
from pipelines.quotes.subjects import first_participle, is_passive

_CLAUSAL = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "ROOT", "ccomp"})
Stretch = tuple[int, int]

#: “LARKMOOR, May 3 (Varn News) – ”: a place in capitals, a day and an agency before a dash.
_DATELINE = re.compile(
    r"[A-Z][A-Z.’'/-]+(?: [A-Z][A-Z.’'/-]+){0,3}(?:, [^\n(—–-]{1,25})?(?: ?\([^)\n]{2,40}\))?"
    r" ?(?:—|–|--| -) ?(?=\S)"
)
#: Words before a reported clause that do not belong to it when the cue follows.
_LEADS = frozenset({"but", "and", "so", "yet", "still", "or", "nor"})
#: How far a clause begins at most after the one it goes on with, in tokens: “, and …”.
_JOINT = 3
_TRAILING = " \t\n,;:—–-"


def token_end(token: Token) -> int:
    """Half-open end of a token, in code points."""
    return token.idx + len(token.text)


def cue_stretch(frame: Frame, cue: Cue) -> Stretch:
    """The clause that reports, with the commas around it."""
    doc = cue.word.doc
    left, right = cue.left, cue.right
    outside = {t.i for t in frame.tokens}
    while left - 1 in outside and doc[left - 1].text in (",", "—", "–", "-"):
        left -= 1
    while right + 1 in outside and doc[right + 1].text in (",", "—", "–", "-"):
        right += 1
    return doc[left].idx, token_end(doc[right])


def reported(text: str, frame: Frame, cue: Cue, cues: Sequence[Cue]) -> list[Stretch]:
    """The stretches that a cue reports in its frame, in order; empty where there are none.

    Args:
        text: the article's text.
        frame: the cue's frame.
        cue: the cue.
        cues: all cues of the frame; what another speaker is reported to say is not this one's.
    """
    if cue.kind == "source":
        return _beside_source(text, frame, cue)
    complement = _complement(cue)
    if complement is None:
        if cue.kind == "say" and (_is_tag(frame, cue) or _is_aside(cue)):
            return _around(text, frame, cue)
        return []
    left, right = complement
    verb = cue.word
    if left.i > verb.i:
        start = max(left.idx, token_end(verb.doc[cue.last]))
        return _clip(text, frame, [(start, _own_end(cue, left, right, cues))])
    if right.i < cue.left and _is_remark(frame, cue):
        return _clip(text, frame, [(_content_start(text, frame), cue_stretch(frame, cue)[0])])
    return _around(text, frame, cue) if right.i < cue.left or right.i > verb.i else []


def begun(text: str, frame: Frame, cue: Cue) -> list[Stretch]:
    """The clause before a cue that goes on after it: (A asked), Lund said, (for more)."""
    complement = _complement(cue)
    if complement is None or complement[1].i >= cue.left:
        return []
    return _clip(text, frame, [(_content_start(text, frame), cue_stretch(frame, cue)[0])])


def _is_remark(frame: Frame, cue: Cue) -> bool:
    """“…, she said on Friday, in her first speech since May”: what follows is the writer's."""
    rest = [t for t in frame.tokens if t.i > cue.right]
    first = next((t for t in rest if is_word(t)), None)
    return first is not None and rest[0].text != ":" and first.pos_ in ("ADP", "DET", "NUM")


def _own_end(cue: Cue, left: Token, right: Token, cues: Sequence[Cue]) -> int:
    """Where a clause ends: before “, adding …” and before what someone else says beside it."""
    end = token_end(right)
    for token in cue.word.doc[left.i + 1 : right.i + 1]:
        remarks = token.tag_ == "VBG" and lemma(token) in words("remarking_verbs")
        if remarks and token.nbor(-1).text == ",":
            end = min(end, token.nbor(-1).idx)
    for other in cues:
        if not left.i < other.word.i <= right.i or other.kind not in ("say", "request"):
            continue
        verb = other.word
        own_subject = any(c.dep_ == "nsubj" for c in verb.children)
        added = verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.i > left.i
        beside = verb.dep_ == "conj" and verb.head.head.i == cue.word.i and own_subject
        if added or beside or is_second(verb, cue.word):
            asks = lemma(verb) in words("request_verbs")
            edge = min(other.left, verb.left_edge.i) if own_subject or asks else verb.left_edge.i
            before = verb.doc[edge - 1]
            if before.dep_ == "cc" or before.text == ",":
                end = min(end, before.idx)
    return end


def is_second(verb: Token, first: Token) -> bool:
    """“saying that A is safe and stressing that …”: whether a participle goes on with another."""
    above = first_participle(verb)
    return above is not None and above.i == first.i


def _is_aside(cue: Cue) -> bool:
    """“as the ministry noted”: the clause around it is what was said."""
    children = list(cue.word.children)
    has_object = any(c.dep_ in ("dobj", "ccomp", "dative") for c in children)
    by_writer = cue.speaker is not None and cue.speaker.lower_ in ("i", "we")
    return (
        not has_object
        and not by_writer
        and any(c.dep_ == "mark" and c.lower_ == "as" for c in children)
    )


def _beside_source(text: str, frame: Frame, cue: Cue) -> list[Stretch]:
    """The frame without “according to X”, the apposition to X apart."""
    tokens = frame.tokens
    if tokens[0].i < cue.first or (
        frame.quotations and frame.quotations[0].start < frame.tokens[0].idx
    ):
        return _around(text, frame, cue)
    speaker = cue.speaker.i if cue.speaker is not None else cue.last
    for token in tokens:
        is_main = token.dep_ in ("nsubj", "nsubjpass", "expl") and token.head.dep_ == "ROOT"
        if is_main and token.left_edge.i > speaker + 1:
            return _clip(text, frame, [(token.left_edge.idx, frame.end)])
    comma = next((t for t in tokens if t.i > speaker and t.text in (",", ":")), None)
    return _clip(text, frame, [(token_end(comma), frame.end)]) if comma is not None else []


def _complement(cue: Cue) -> tuple[Token, Token] | None:
    """First and last token of what the verb takes as its content."""
    kinds: dict[str, tuple[str, ...]] = {
        "say": ("ccomp",),
        "request": ("ccomp", "xcomp"),
        "utter": (),
        "label": (),
    }
    taken = kinds[cue.kind]
    if cue.word.pos_ not in ("VERB", "ADP", "SCONJ"):
        clause = clause_of(cue.word)
        return None if clause is None else (clause.left_edge, clause.right_edge)
    if cue.kind == "say" and lemma(cue.word) in words("request_verbs"):
        taken = kinds["request"]
    for child in cue.word.children:
        if child.dep_ not in taken or (child.i < cue.left and _is_parted(cue)):
            continue
        if cue.kind == "say" and child.i > cue.word.i and not _is_clause(child):
            continue
        return child.left_edge, _last_of(cue.word, child)
    return reported_thing(cue.word) if cue.kind in ("say", "label") else None


def _is_parted(cue: Cue) -> bool:
    """“A says …; B says …”: whether what stands before a cue is another's."""
    return cue.left > 0 and cue.word.doc[cue.left - 1].text == ";"


def _last_of(verb: Token, clause: Token) -> Token:
    """The last word of what a verb reports, with what the parse hangs on the verb instead.

    That is a second clause, or one in the present tense joined to a verb of the past: “said the
    line has been mended and is now waiting for trains”.
    """
    last = clause.right_edge
    if clause.i < verb.i:
        return last
    for child in verb.rights:
        if child.pos_ not in ("VERB", "AUX") or not 0 < child.left_edge.i - last.i <= _JOINT:
            continue
        if verb.doc[last.i + 1].text in DASHES | {";"}:
            continue
        second = child.dep_ == "ccomp"
        subject = any(c.dep_ in _CLAUSAL for c in child.children)
        present = verb.tag_ == "VBD" and is_present(clause) and is_present(child)
        if second or (child.dep_ == "conj" and present and not subject):
            last = child.right_edge
    return last


def _is_clause(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or any(
        c.dep_ in ("nsubj", "nsubjpass", "mark", "expl", "cop") for c in token.children
    )


def _is_tag(frame: Frame, cue: Cue) -> bool:
    """Whether the cue's clause is set off by commas: “…, she said”."""
    if cue.speaker is None or cue.speaker.lower_ in ("that", "this"):
        return False
    if cue.word.tag_ == "VBN" and is_passive(cue.word):
        return False
    if any(c.dep_ == "advcl" and c.i < cue.left for c in cue.word.children):
        return False
    around = [t for t in frame.tokens if not cue.left <= t.i <= cue.right]
    if not frame.quotations and not any(t.dep_ in _CLAUSAL for t in around):
        return False
    doc = cue.word.doc
    before = doc[cue.left - 1] if cue.left - 1 >= frame.tokens[0].i else None
    after = doc[cue.right + 1] if cue.right + 1 <= frame.tokens[-1].i else None
    set_off = before is not None and before.text in (",", "—", "–")
    return set_off and (after is None or after.is_punct)


def _around(text: str, frame: Frame, cue: Cue) -> list[Stretch]:
    """The frame without the cue's own clause."""
    start, end = cue_stretch(frame, cue)
    pieces = [(_content_start(text, frame), start), (end, frame.end)]
    return _clip(text, frame, pieces)


def _content_start(text: str, frame: Frame) -> int:
    """Where what is said may begin in a frame: past its dateline and its “But”."""
    dateline = _DATELINE.match(text, frame.start, frame.end)
    tokens = tuple(t for t in frame.tokens if dateline is None or t.idx >= dateline.end())
    first = tokens[0] if tokens else None
    if first is None or (frame.quotations and frame.quotations[0].start < first.idx):
        return frame.start
    for token in tokens:
        if is_word(token):
            return token_end(token) if token.lower_ in _LEADS else token.idx
    return frame.start


def _clip(text: str, frame: Frame, pieces: list[Stretch]) -> list[Stretch]:
    """Pieces inside the frame that hold a word, without the punctuation at their ends."""
    kept = []
    for start, end in pieces:
        start, end = max(start, frame.start), min(end, frame.end)
        inside = any(start <= q.start < end for q in frame.quotations)
        while end > start and text[end - 1] in _TRAILING + ".":
            end -= 1
        while start < end and text[start] in _TRAILING + ".":
            start += 1
        if end > start and (inside or any(c.isalnum() for c in text[start:end])):
            kept.append((start, end))
    return kept
