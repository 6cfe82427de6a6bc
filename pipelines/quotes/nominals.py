"""What a verb reports as a thing: “declared its intention to leave”, “noted the fact that …”."""

from spacy.tokens import Token

from pipelines.quotes.lexicon import lemma, words

_OWN = frozenset({"its", "his", "her", "their", "my", "our"})


def reported_thing(verb: Token) -> tuple[Token, Token] | None:
    """First and last token of the thing that a verb reports, where it tells what was said.

    It does where it holds a clause: “the fact that …”, “its intention to …”, or where a clause is
    joined to it: “the cost of it and that nobody will pay”.
    """
    thing = next((c for c in verb.rights if c.dep_ == "dobj" and c.pos_ == "NOUN"), None)
    if thing is None:
        return None
    joined = next((c for c in verb.rights if c.dep_ == "conj" and _opens_with_that(c)), None)
    if joined is not None:
        return thing.left_edge, joined.right_edge
    if lemma(thing) == "fact" and any(c.dep_ == "acl" and _is_that(c) for c in thing.rights):
        return thing.left_edge, _before_remark(_listed(verb, thing))
    own = any(c.dep_ == "poss" and c.lower_ in _OWN for c in thing.children)
    aims = any(c.dep_ == "acl" and c.tag_ == "VB" for c in thing.rights)
    if own and aims and lemma(thing) in words("intention_nouns"):
        return thing.left_edge, _before_remark(thing)
    return None


def _listed(verb: Token, thing: Token) -> Token:
    """What a list of facts ends with: “hailed the fact that A is mended, B is paid and C”.

    The parse hangs the second on the verb of the past; being of the present, it is a fact as well.
    """
    second = next((c for c in verb.rights if c.dep_ == "conj" and c.i > thing.right_edge.i), None)
    if second is None or any(c.dep_ == "cc" and c.i < second.i for c in verb.rights):
        return thing
    return second if verb.tag_ == "VBD" and is_present(second) else thing


def is_present(verb: Token) -> bool:
    """Whether a verb, or the auxiliary that bears its tense, is in the present."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return (auxiliaries[0] if auxiliaries else verb).tag_ in ("VBZ", "VBP")


def _is_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _opens_with_that(clause: Token) -> bool:
    return clause.left_edge.lower_ == "that" and _is_that(clause)


def _before_remark(thing: Token) -> Token:
    """The last word of what is reported, “, which …” left out: that is the writer's."""
    last = thing.right_edge
    for token in thing.subtree:
        if token.lower_ == "which" and token.nbor(-1).text == ",":
            return token.nbor(-2)
    return last
