"""Who is the subject of a verb that reports: its own, an inherited one, or who stands beside it."""

from collections.abc import Iterable

from spacy.tokens import Token

from pipelines.quotes.lexicon import is_verb, lemma, words

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_SHARING = frozenset({"conj", "advcl", "ccomp", "xcomp", "dep", "parataxis"})
#: Verbs with a tense, and the participle of the perfect.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
#: How many tokens off a subject is no longer next to its verb.
_FAR = 8
#: How many verbs up the tree a subject may be shared.
_DEEPEST = 4
_NOMINAL = ("NOUN", "PROPN", "PRON")
#: How far before its verb a subject may begin, in tokens.
_LONGEST_APPOSITION = 40
#: Nouns for a point in time, of which no one says anything: “at one point calling …”.
_MOMENTS = frozenset({"point", "time", "moment", "stage"})
#: Verbs whose passive subject speaks: “was quoted as saying”.
_QUOTED = frozenset({"quote", "cite", "hear", "overhear"})


def subject_of(verb: Token, outside: Iterable[int]) -> Token | None:
    """The head of the phrase that speaks: the verb's own or inherited subject, or its neighbour."""
    allowed = outside if isinstance(outside, set) else set(outside)
    if is_passive(verb) and lemma(verb) in _QUOTED:
        quoted = (c for c in verb.children if c.dep_ == "nsubjpass" and c.i in allowed)
        return next(quoted, None)
    if is_passive(verb):
        agents = (g for c in verb.children if c.dep_ == "agent" for g in c.children)
        return next((g for g in agents if g.i in allowed), None)
    found = _across_quotation(verb, allowed) or _parsed_subject(first_participle(verb) or verb, 0)
    if found is not None and found.i not in allowed and verb.tag_ == "VBG":
        found = _subject_above(verb, allowed)
    if found is not None and found.i in allowed:
        return _nearer_name(verb, found, allowed) or found
    return _neighbour(verb, allowed)


def first_participle(verb: Token) -> Token | None:
    """“saying that A is safe and stressing that …”: the participle that another goes on with.

    The parse often joins the second to the verb of the reported clause, but no bare “-ing” can be
    joined to a verb with a tense.
    """
    if verb.tag_ != "VBG" or verb.dep_ != "conj":
        return None
    if any(c.dep_ in ("aux", *_SUBJECTS) for c in verb.children):
        return None
    head = verb.head
    if head.dep_ == "ccomp" and head.tag_ in _FINITE:
        head = head.head
    return head if head.tag_ == "VBG" else None


def _across_quotation(verb: Token, outside: set[int]) -> Token | None:
    """“Lund said the port was ‘a wreck’ and insisted …”: past the quotation, who said speaks on."""
    if verb.dep_ != "conj" or any(c.dep_ in _SUBJECTS for c in verb.children):
        return None
    inner = verb.head
    if all(i in outside for i in range(inner.i, verb.i)):
        return None
    for _ in range(_DEEPEST):
        if inner.dep_ == "ccomp" and is_verb(inner.head) and inner.head.i < inner.i:
            return _parsed_subject(inner.head, 0)
        if inner.dep_ not in ("conj", "advcl", "xcomp"):
            return None
        inner = inner.head
    return None


def _subject_above(verb: Token, outside: set[int]) -> Token | None:
    """The nearest subject up the tree that stands in the frame, however far the tree spans."""
    above = verb.head
    for _ in range(_DEEPEST):
        own = next((c for c in above.lefts if c.dep_ in _SUBJECTS and c.i in outside), None)
        if own is not None or above.head.i == above.i:
            return own
        above = above.head
    return None


def _nearer_name(verb: Token, subject: Token, outside: set[int]) -> Token | None:
    """A name right before the verb, where the parse reaches past it for a subject far away."""
    if verb.i - subject.i < _FAR or verb.i - 1 not in outside:
        return None
    name = verb.nbor(-1)
    if name.pos_ != "PROPN" or any(t.i == name.i for t in subject.subtree):
        return None
    return name


def is_passive(verb: Token) -> bool:
    """Whether a verb's subject is spoken to or of, not speaking."""
    if verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl"):
        return not any(c.dep_ in ("aux", "dobj", "nsubj") for c in verb.children)
    return any(
        c.dep_ == "nsubjpass" or (c.dep_ == "auxpass" and c.tag_[:2] == "VB") for c in verb.children
    )


def _parsed_subject(verb: Token, depth: int) -> Token | None:
    if depth > _DEEPEST:
        return None
    subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
    if not subjects:
        return _inherited(verb, depth + 1)
    left = [c for c in subjects if c.i < verb.i]
    nearest = left[-1] if left else subjects[0]
    if nearest.lower_ in _RELATIVES and verb.dep_ == "relcl":
        return verb.head
    if nearest.lower_ == "who" and nearest.i > 0 and nearest.nbor(-1).pos_ in _NOMINAL:
        return nearest.nbor(-1)
    return nearest


def _inherited(verb: Token, depth: int) -> Token | None:
    """The subject that a verb without one of its own shares with what it hangs on."""
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep_ == "relcl":
        return head
    if verb.dep_ == "acl":
        return None if is_passive(verb) else _described(verb, depth)
    if verb.dep_ == "pcomp":
        return _parsed_subject(head.head, depth) if _is_verbal(head.head) else None
    if verb.dep_ == "xcomp" and lemma(head) in words("forward_adjectives"):
        return _parsed_subject(head.head, depth) if _is_verbal(head.head) else None
    if not _is_verbal(head) or (verb.dep_ == "ccomp" and verb.tag_ != "VBG"):
        return None
    outer = _outer_sayer(verb)
    if outer is not None:
        return _parsed_subject(outer, depth)
    handled = verb.tag_ == "VB" and lemma(head) in words("handling_verbs")
    if verb.dep_ == "xcomp" and not handled:
        listener = next((c for c in head.children if c.dep_ in ("dobj", "dative")), None)
        return listener or _parsed_subject(head, depth)
    return _parsed_subject(head, depth) if verb.dep_ in _SHARING else None


def _outer_sayer(verb: Token) -> Token | None:
    """“Lund said the plan was late, adding …”: who adds is who said the rest."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or not verb.head.i < verb.i:
        return None
    inner = verb.head
    for _ in range(_DEEPEST):
        if inner.dep_ == "ccomp" and is_verb(inner.head) and inner.head.i < inner.i:
            sayer = inner.head
            return sayer if lemma(sayer) in words("reporting_verbs") else None
        if inner.dep_ not in ("conj", "advcl", "xcomp"):
            return None
        inner = inner.head
    return None


def _described(verb: Token, depth: int) -> Token | None:
    """“posted a note saying …”: who posted it; “a note saying …”: the note."""
    noun = verb.head
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    if _is_day(noun) or lemma(noun) in _MOMENTS:
        while not _is_verbal(above) and above.head.i != above.i:
            above = above.head
        return _parsed_subject(above, depth) if _is_verbal(above) else None
    if lemma(noun) in words("reporting_nouns") and noun.dep_ in ("dobj", "pobj"):
        return _parsed_subject(above, depth) if _is_verbal(above) else None
    return noun


def _is_verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _neighbour(verb: Token, outside: set[int]) -> Token | None:
    """Who stands beside the verb where the parse, upset by quotations, gives no subject."""
    doc = verb.doc
    if verb.tag_ in ("VBN", "VBG", "VB") and verb.dep_ != "ROOT":
        return None
    i = verb.i - 1
    while i in outside and (doc[i].pos_ in ("ADV", "AUX", "PART") or _is_day(doc[i])):
        i -= 1
    if i in outside and doc[i].pos_ in _NOMINAL:
        return _whole_phrase(doc[i], outside)
    if i in outside and doc[i].text == ",":
        return _before_apposition(verb, outside)
    if lemma(verb) in words("telling_verbs"):
        return None
    i = verb.i + 1
    while i in outside and doc[i].pos_ in ("DET", "ADJ", *_NOMINAL):
        if i + 1 not in outside or doc[i + 1].pos_ not in ("ADJ", "NOUN", "PROPN"):
            return doc[i] if doc[i].pos_ in _NOMINAL else None
        i += 1
    return None


def _whole_phrase(last: Token, outside: set[int]) -> Token:
    """“Ada Lund of the Port of Varn”: the head of the phrase that a name before the verb ends."""
    head = last
    while head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.i in outside:
        if head.head.head.pos_ not in _NOMINAL:
            break
        head = head.head.head
    return head


def _is_day(token: Token) -> bool:
    """“Lund on Monday said”: a day between a speaker and the verb, with its preposition."""
    if token.pos_ == "ADP":
        return token.i + 1 < len(token.doc) and _is_day(token.nbor(1))
    return token.ent_type_ in ("DATE", "TIME") or token.text in words("weekdays")


def _before_apposition(verb: Token, outside: set[int]) -> Token | None:
    """“Ada Lund, who has run the port since May, told …”: the name before the first comma."""
    doc = verb.doc
    first = verb.i - 1
    while first - 1 in outside and verb.i - first < _LONGEST_APPOSITION:
        first -= 1
    comma = next((i for i in range(first, verb.i) if doc[i].text == ","), verb.i)
    if comma < verb.i - 1 and comma > first and doc[comma - 1].pos_ in _NOMINAL:
        return doc[comma - 1]
    return None
