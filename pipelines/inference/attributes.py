"""Part of speech and lemma: rules that look at one token, asked once a kind of token."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

#: What is read of a document once its attributes are known.
COLUMNS = ["TAG", "POS", "LEMMA", "DEP"]
#: Kinds of token kept at a time; beyond it one starts anew.
MOST_KINDS = 200_000
_KIND: list[int | str] = ["ORTH", "TAG", "DEP"]
_Kind = tuple[int, ...]
_Pattern = list[dict[str, Any]]


class Attributes:
    """An attribute ruler and a rule lemmatizer, one after the other.

    Nearly all rules look at a token's form, tag and dependency alone: what they and the lemmatizer
    say of such a kind of token is asked of spaCy's own components once. A document that holds a
    match of one of the few rules over several tokens is given to the components whole.
    """

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer, vocab: Vocab) -> None:
        self._ruler: Any = ruler
        self._lemmatizer: Any = lemmatizer
        self._vocab = vocab
        several = [p for p in _patterns(ruler) if len(p) > 1]
        self._several = _matcher(vocab, several)
        self._openers = _matcher(vocab, [pattern[:1] for pattern in several])
        self._known: dict[_Kind, _Kind] = {}
        #: Kinds with which a match of a rule over several tokens may begin.
        self._opening: set[_Kind] = set()

    def columns(self, docs: Sequence[Doc]) -> list[NDArray[np.uint64]]:
        """The columns `COLUMNS` of each tagged and parsed document, a row a token."""
        kinds = [list(map(tuple, doc.to_array(_KIND).tolist())) for doc in docs]
        self._learn({kind for own in kinds for kind in own})
        found: list[NDArray[np.uint64]] = []
        for doc, own in zip(docs, kinds, strict=True):
            if not self._opening.isdisjoint(own) and self._several(doc, allow_missing=True):
                found.append(self._lemmatizer(self._ruler(doc)).to_array(COLUMNS))
            else:
                found.append(np.array([self._known[kind] for kind in own], dtype=np.uint64))
        return found

    def _learn(self, kinds: set[_Kind]) -> None:
        missing = sorted(kinds - self._known.keys())
        if len(self._known) + len(missing) > MOST_KINDS:
            self._known, missing = {}, sorted(kinds)
        if not missing:
            return
        probe: Any = Doc(self._vocab, words=[self._vocab.strings[kind[0]] for kind in missing])
        probe.from_array(_KIND[1:], np.array([kind[1:] for kind in missing], dtype=np.uint64))
        openers = self._openers(probe, allow_missing=True)
        self._opening.update(missing[start] for _, start, _ in openers)
        # Of tokens that stand here side by side by chance, no rule over several may speak.
        matches = [m for m in self._ruler.match(probe) if m[3] - m[2] == 1]
        self._ruler.set_annotations(probe, matches)
        rows = self._lemmatizer(probe).to_array(COLUMNS).tolist()
        self._known.update(zip(missing, map(tuple, rows), strict=True))


def is_askable(ruler: AttributeRuler) -> bool:
    """Whether each of the ruler's patterns is plain tokens, as many as it matches."""
    return not any({"OP", "_"} & token.keys() for p in _patterns(ruler) for token in p)


def _patterns(ruler: AttributeRuler) -> list[_Pattern]:
    rules: Any = ruler.patterns
    return [pattern for rule in rules for pattern in rule["patterns"]]


def _matcher(vocab: Vocab, patterns: list[_Pattern]) -> Matcher:
    matcher = Matcher(vocab)
    if patterns:
        matcher.add("", patterns)
    return matcher
