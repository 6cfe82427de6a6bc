"""Part of speech and lemma: rules that look at one token, asked once a kind of token."""

from collections.abc import Iterable, Sequence
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
        self._several = Matcher(vocab)
        rules: Any = ruler.patterns
        for number, rule in enumerate(rules):
            patterns = [p for p in rule["patterns"] if not _is_of_one_token(p)]
            if patterns:
                self._several.add(str(number), patterns)
        self._known: dict[_Kind, _Kind] = {}

    def columns(self, docs: Sequence[Doc]) -> list[NDArray[np.uint64]]:
        """The columns `COLUMNS` of each tagged and parsed document, a row a token."""
        found: list[NDArray[np.uint64]] = []
        for doc in docs:
            if self._several and self._several(doc, allow_missing=True):
                found.append(self._lemmatizer(self._ruler(doc)).to_array(COLUMNS))
                continue
            kinds = list(map(tuple, doc.to_array(_KIND).tolist()))
            self._learn(kinds)
            known = [self._known[kind] for kind in kinds]
            found.append(np.array(known, dtype=np.uint64).reshape(len(kinds), len(COLUMNS)))
        return found

    def _learn(self, kinds: Iterable[_Kind]) -> None:
        if len(self._known) > MOST_KINDS:
            self._known = {}
        missing = sorted(set(kinds) - self._known.keys())
        if not missing:
            return
        probe: Any = Doc(self._vocab, words=[self._vocab.strings[kind[0]] for kind in missing])
        probe.from_array(_KIND[1:], np.array([kind[1:] for kind in missing], dtype=np.uint64))
        # Of tokens that stand here side by side by chance, no rule over several may speak.
        matches = [m for m in self._ruler.match(probe) if m[3] - m[2] == 1]
        self._ruler.set_annotations(probe, matches)
        rows = self._lemmatizer(probe).to_array(COLUMNS).tolist()
        self._known.update(zip(missing, map(tuple, rows), strict=True))


def _is_of_one_token(pattern: Sequence[dict[str, Any]]) -> bool:
    return len(pattern) == 1 and not {"OP", "_"} & pattern[0].keys()
