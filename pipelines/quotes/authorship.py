"""Whose words a document's are: its owner, who sent it, where it was published."""

from collections.abc import Iterator

from spacy.tokens import Token

from pipelines.quotes.lexicon import lemma, words

_SITES = frozenset({"blog", "homepage", "page", "portal", "site", "webpage", "website"})
#: How many phrases deep the place of publication may stand: a line (in a note (on a page)).
_DEEPEST = 4


def authors(head: Token) -> Iterator[Token]:
    """The heads of whoever a document may be by, the likeliest first."""
    document = head if lemma(head) in words("documents") else _whole(head)
    if document is None:
        return
    yield from (c for c in document.children if c.dep_ == "poss")
    made = [c for c in document.children if c.dep_ == "acl" and c.tag_ == "VBN"]
    preps = (c for h in (document, *made) for c in h.children if c.lower_ in ("by", "from", "of"))
    yield from (g for p in preps for g in p.children if g.dep_ == "pobj")
    yield from _publishers(document, 0)


def _whole(part: Token) -> Token | None:
    """“the last line of the note”: the document of which that is a part."""
    preps = (c for c in part.children if c.lower_ in ("of", "in", "from"))
    wholes = (g for p in preps for g in p.children if g.dep_ == "pobj")
    return next((w for w in wholes if lemma(w) in words("documents")), None)


def _publishers(head: Token, depth: int) -> Iterator[Token]:
    """“on the Varn website”, “on the website of Varn”, “on Varn's website”."""
    if lemma(head) in _SITES and depth > 0:
        yield from (c for c in head.children if c.dep_ in ("poss", "compound"))
        of = (g for c in head.children if c.lower_ == "of" for g in c.children)
        yield from (g for g in of if g.dep_ == "pobj")
    elif depth < _DEEPEST:
        for prep in (c for c in head.children if c.dep_ == "prep"):
            for inner in (g for g in prep.children if g.dep_ == "pobj"):
                yield from _publishers(inner, depth + 1)
