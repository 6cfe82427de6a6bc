"""Words that no blank parts from a closing mark (“…,”Lund said), cut off the word inside it."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc, Token

from pipelines.quotes.lexicon import is_verb
from pipelines.quotes.marks import Quotation

#: How many tokens after a name that was cut off its verb may stand.
_REACH = 3


def unglued(doc: Doc, text: str, quotations: Sequence[Quotation]) -> Doc:
    """The same analysis with a token of its own for each name glued to the end of a quotation.

    A tokenizer takes `good,”Lund` for one word. The part after the mark is read as a name, and as
    the subject of a verb that follows at once. `doc` itself is left as it is. Offsets of quotations
    count code points of `text`.
    """
    ends = [q.end for q in quotations]
    if not any(text[end : end + 1].isupper() for end in ends):
        return doc
    cuts = []
    for token in doc:
        place = bisect_right(ends, token.idx)
        end = ends[place] if place < len(ends) else token.idx
        tail = token.text[end - token.idx :] if token.idx < end else ""
        if tail[:1].isupper() and tail.isalnum():
            cuts.append((token.i, end - token.idx))
    if not cuts:
        return doc
    copy = doc.copy()
    with copy.retokenize() as retokenizer:
        for i, length in cuts:
            token = copy[i]
            verb = _verb_after(token)
            parts = [token.text[:length], token.text[length:]]
            head = (token, 0) if verb is None else verb
            role = "dep" if verb is None else "nsubj"
            attrs: dict[str | int, list[Any]] = {
                "TAG": [token.tag_, "NNP"],
                "POS": [token.pos_, "PROPN"],
                "DEP": [token.dep_, role],
            }
            retokenizer.split(token, parts, heads=[token.head, head], attrs=attrs)
    return copy


def _verb_after(token: Token) -> Token | None:
    following = token.doc[token.i + 1 : token.i + 1 + _REACH]
    return next((t for t in following if is_verb(t)), None)
