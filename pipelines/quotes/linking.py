"""Which cue reports which quotation: after it (“…,” she said), or before (she said: “…”)."""

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from pipelines.quotes.clauses import is_second, token_end
from pipelines.quotes.cues import Cue, verb_cue
from pipelines.quotes.frames import DASHES, Frame, is_word
from pipelines.quotes.lexicon import is_verb, lemma, words
from pipelines.quotes.marks import Quotation

_PAUSES = DASHES | {","}
#: Words that begin another clause, in which no tag can stand.
_CONNECTIVES = frozenset({"and", "but", "which", "that", "while", "when", "who", "or"})
_CLAUSE_OPENERS = frozenset({"that", "how", "if", "whether", "why", "what"})
_PARTICIPLES = frozenset({"VBG", "VB"})
_REFUSALS = frozenset({"decline", "refuse"})
#: How far a tag may begin after its quotation, in tokens (a long apposition counts whole).
_TAG_REACH = 12
_LONGEST_LABEL = 14
#: What a title before a name is made of that the parse left apart, and how long it is, in tokens.
_TITLE = frozenset({"NOUN", "PROPN", "ADJ"})
_LONGEST_TITLE = 5
_LONGEST_SIGNATURE = 16


def said_by_frame(frame: Frame, k: int) -> list[Token]:
    """The words of segment `k`, punctuation left out."""
    return [token for token in frame.segments[k] if is_word(token)]


def cue_after(text: str, frame: Frame, k: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue whose clause begins right after quotation `k`: “…,” she said."""
    segment = _after_pause(frame.segments[k + 1])
    if not segment or not is_word(segment[0]) or segment[0].lower_ in _CONNECTIVES:
        return None
    quotation = frame.quotations[k]
    inner = text[quotation.inner_start : quotation.inner_end].rstrip()
    paused = inner[-1:] in ",?!…—–-." or text[quotation.end : quotation.end + 1] in (",", "—", "–")
    cue = next((c for c in cues if segment[0].i <= c.word.i <= segment[-1].i), None)
    if cue is None or not _begins_with(cue, segment[0]):
        return _open_tag(segment) if paused else None
    if cue.kind == "source":
        return cue
    rest = [t for t in segment if t.i > cue.right]
    if rest and rest[0].text == ":" and k + 1 < len(frame.quotations):
        return None
    if cue.kind == "label" and any(c.dep_ == "dobj" for c in cue.word.rights):
        return None
    if cue.speaker is None or cue.word.tag_ in _PARTICIPLES:
        return None
    if cue.word.i < cue.speaker.i and cue.word.i > segment[0].i + 2:
        return None
    starts_frame = k == 0 and not said_by_frame(frame, 0)
    inverted = cue.word.i == segment[0].i
    if not paused and not (starts_frame and (inverted or cue.speaker.pos_ in ("PRON", "PROPN"))):
        return None
    own_words = inner.endswith(".") or not starts_frame
    return None if own_words and _reports_more(cue, segment[-1].i) else cue


def signature(text: str, end: int, segment: Sequence[Token]) -> Token | None:
    """The name that signs a quotation which ends at `end`: “…” — Ada Lund, Port of Varn."""
    rest = [t for t in segment if not t.is_space]
    if not rest:
        return None
    if rest[0].text in DASHES:
        return name_line(rest[1:])
    dashed = text[end : rest[0].idx].strip() in DASHES or rest[0].text[0] in DASHES
    return name_line(rest) if dashed else None


def name_line(line: Sequence[Token]) -> Token | None:
    """The head of a name that stands on its own, a description of its bearer after it."""
    if not line or len(line) > _LONGEST_SIGNATURE:
        return None
    if line[0].pos_ != "PROPN" and line[0].text[0] not in DASHES:
        return None
    if any(is_verb(t) and t.tag_ != "VBG" for t in line) or line[-1].text in ("?", "!"):
        return None
    last = line[0]
    while last.i < line[-1].i and last.nbor(1).pos_ == "PROPN":
        last = last.nbor(1)
    return last


def _after_pause(segment: Sequence[Token]) -> Sequence[Token]:
    start = 0
    while start < len(segment) and segment[start].text in _PAUSES:
        start += 1
    return segment[start:]


def _begins_with(cue: Cue, first: Token) -> bool:
    """Whether a cue's clause is the first thing, an adverb or conjunction aside."""
    if cue.left <= first.i:
        return True
    between = first.doc[first.i : cue.left]
    if cue.left - first.i <= _LONGEST_TITLE and all(t.pos_ in _TITLE for t in between):
        return True
    return cue.left == first.i + 1 and first.pos_ in ("ADV", "SCONJ", "CCONJ")


def _reports_more(cue: Cue, last: int) -> bool:
    """“No.” She said that …: the cue reports what comes after it, up to token `last`."""
    return any(c.dep_ == "ccomp" and cue.word.i < c.i <= last for c in cue.word.children)


def _open_tag(segment: Sequence[Token]) -> Cue | None:
    """Any verb may report where the order leaves no doubt: “…,” Ames smiled."""
    outside = {t.i for t in segment}
    for token in segment[:_TAG_REACH]:
        known = lemma(token) in words("reporting_verbs") or lemma(token) in words("utterance_verbs")
        if token.dep_ in ("relcl", "acl", "amod") or not (is_verb(token) or known):
            continue
        if token.tag_ in _PARTICIPLES:
            return None
        cue = verb_cue("utter", token, outside)
        if cue.speaker is None or not _begins_with(cue, segment[0]):
            return None
        named = cue.speaker.pos_ == "PROPN" or cue.speaker.lower_ in ("he", "she", "they", "i")
        close = token.pos_ == "VERB" and named and cue.word.i - segment[0].i <= 3
        return cue if known or close else None
    return None


def cue_before(text: str, frame: Frame, k: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue before quotation `k` in its segment, where the quotation is what it reports."""
    segment = frame.segments[k]
    if not segment:
        return None
    here = [c for c in cues if segment[0].i <= c.word.i <= segment[-1].i and c.kind != "source"]
    before = [c for c in cues if c.word.i <= segment[-1].i and c.kind != "source"]
    for cue in reversed(here):
        if _reports(text, frame, k, cue):
            return outermost(cue, before)
    return None


def source_beside(frame: Frame, k: int, cues: Sequence[Cue]) -> Cue | None:
    """“which is, according to the port, ‘…’”: a source whose words follow at once."""
    segment = frame.segments[k]
    for cue in cues:
        here = bool(segment) and segment[0].i < cue.first <= segment[-1].i
        beside = here and not any(t.i > cue.right and is_word(t) for t in segment)
        if cue.kind == "source" and beside:
            return cue
    return None


def names_speech(token: Token) -> bool:
    """Whether a noun means something said or written: a claim, a letter, a slogan."""
    return token.pos_ == "NOUN" and lemma(token) in words("reporting_nouns")


def names_words(token: Token) -> bool:
    """“Oslo's claim that …”: whether a noun brings up what someone else has said."""
    if not names_speech(token):
        return False
    has_clause = any(c.dep_ in ("acl", "relcl") for c in token.children)
    return has_clause and any(c.dep_ == "poss" for c in token.children)


def outermost(cue: Cue, cues: Sequence[Cue]) -> Cue:
    """The cue in whose reported clause another stands: A said (that B said …)."""
    relative = any(c.lower_ in ("who", "what", "which") for c in cue.word.children)
    if relative or cue.word.tag_ == "VBG":
        return cue
    if cue.word.dep_ == "xcomp":
        asked = (c for c in cues if c.word.i == cue.word.head.i and c.kind in ("say", "request"))
        cue = next(asked, cue)
    for other in cues:
        if other.word.i >= cue.word.i or other.kind != "say" or other.speaker is None:
            continue
        for child in other.word.children:
            inside = child.left_edge.i <= cue.word.i <= child.right_edge.i
            if inside and child.dep_ == "ccomp" and child.pos_ in ("VERB", "AUX"):
                return other
    return cue


def _reports(text: str, frame: Frame, k: int, cue: Cue) -> bool:
    """Whether a quotation belongs to what a cue before it reports."""
    segment, quotation = frame.segments[k], frame.quotations[k]
    rest = [t for t in segment if t.i > cue.right and is_word(t)]
    last = segment[-1].text
    if not rest and last not in (",", ":") and _is_beside(cue):
        return False
    if cue.kind == "label":
        return len(rest) <= _LONGEST_LABEL and last != "." and not any(_is_main(t) for t in rest)
    if not rest:
        return last in (",", ":") or cue.kind in ("say", "request")
    if last == ":":
        return True
    if last == "," and _is_capital(text, quotation) and len(rest) <= 12:
        return True
    if rest[0].lower_ in _CLAUSE_OPENERS:
        return True
    if cue.kind == "utter":
        return False
    for child in cue.word.children:
        if child.dep_ in ("ccomp", "xcomp") and child.i > cue.word.i:
            return child.left_edge.i <= rest[-1].i
    return cue.word.right_edge.idx >= quotation.start


def _is_beside(cue: Cue) -> bool:
    """“anyone who complains about the noise”: a relative clause that only says who is meant."""
    is_relative = any(c.lower_ == "who" and c.dep_ == "nsubj" for c in cue.word.children)
    return is_relative and any(c.dep_ == "prep" for c in cue.word.children)


def _is_main(token: Token) -> bool:
    return is_verb(token) and token.dep_ in ("ROOT", "conj")


def _is_capital(text: str, quotation: Quotation) -> bool:
    return text[quotation.inner_start : quotation.inner_start + 1].isupper()


def content_start(text: str, frame: Frame, k: int, cue: Cue) -> int:
    """Where the reported clause begins when its cue stands before quotation `k`."""
    quotation, segment = frame.quotations[k], frame.segments[k]
    tail = [t for t in segment if t.i > cue.right]
    rest = [t for t in tail if is_word(t)]
    if not rest or _is_reason(cue, rest[-1]):
        return quotation.start
    for child in cue.word.children:
        if child.dep_ == "ccomp" and rest[0].i <= child.i <= rest[-1].i:
            return max(child.left_edge.idx, rest[0].idx)
    if segment[-1].text == ":":
        return quotation.start
    that = next((t for t in tail[:8] if t.lower_ == "that" and t.dep_ == "mark"), None)
    if that is not None:
        return that.idx
    if segment[-1].text == "," and _is_capital(text, quotation):
        return quotation.start
    return rest[0].idx


def _is_reason(cue: Cue, before: Token) -> bool:
    """“refused to say how, as ‘…’”: what is refused is told, only the reason is said."""
    return lemma(cue.word) in _REFUSALS and before.lower_ in ("as", "because", "since")


def _joins_nouns(conjunction: Token) -> bool:
    """“for hedge funds and other lenders”: whether two things are joined, not two clauses."""
    joined = next((c for c in conjunction.head.children if c.dep_ == "conj"), None)
    return joined is not None and joined.i > conjunction.i and joined.pos_ in ("NOUN", "PROPN")


def _is_pause(text: str, token: Token) -> bool:
    """Whether a comma or dash stands there, not the hyphen of a compound."""
    hyphen = token.text == "-" and not text[token.idx - 1].isspace()
    return token.text in _PAUSES and not hyphen


def clause_end(text: str, frame: Frame, k: int, cue: Cue, cues: Sequence[Cue]) -> int:
    """Where a reported clause ends that began before quotation `k`."""
    quotation = frame.quotations[k]
    end = quotation.end
    inner = text[quotation.inner_start : quotation.inner_end].rstrip()
    if any(names_words(t) for t in frame.segments[k + 1]):
        return end
    added = {
        c.first
        for c in cues
        if (c.word.tag_ == "VBG" and c.word.head.i == cue.word.i) or is_second(c.word, cue.word)
    }
    following = takewhile(lambda t: t.i not in added and t.text != ";", frame.segments[k + 1])
    segment = list(following)
    contents = [c for c in cue.word.children if c.dep_ in ("ccomp", "xcomp")]
    edge = max((c.right_edge.i for c in contents), default=-1)
    reaches = bool(segment) and segment[0].i <= edge <= segment[-1].i
    # A comma inside the marks belongs to the sentence: said that, “at times,” he had slept.
    unfinished = reaches and any(segment[0].i <= c.i for c in contents)
    if inner[-1:] in ".!?" or (inner[-1:] == "," and not unfinished):
        return end
    if reaches:
        return token_end(cue.word.doc[edge])
    for token in segment:
        if _is_pause(text, token) or token.text in (";", ".", ":", "("):
            break
        if token.lower_ in ("while", "although", "adding", "saying"):
            break
        if token.dep_ == "cc" and not (is_verb(cue.word) and _joins_nouns(token)):
            break
        end = token_end(token)
    return end
