"""Part of speech and lemma: rules that look at one token, asked once a kind of token."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipelines.inference.forms import Forms, Numbers
from pipelines.inference.kinds import Kinds

#: What is told of a token: these four, and whether a match of a rule over several may begin there.
COLUMNS = ["TAG", "POS", "LEMMA", "DEP"]
#: Kinds of token kept at a time.
MOST_KINDS = 200_000
_KIND: list[int | str] = ["TAG", "DEP"]
_Pattern = list[dict[str, Any]]


class Attributes:
    """An attribute ruler and a rule lemmatizer, one after the other.

    Nearly all rules look at a token's form, tag and dependency alone: what they and the lemmatizer
    say of such a kind of token is asked of spaCy's own components once. The tokens of a match of
    one of the few rules over several are given to the components together.
    """

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer, vocab: Vocab) -> None:
        self._ruler: Any = ruler
        self._lemmatizer: Any = lemmatizer
        self._vocab = vocab
        several = [p for p in _patterns(ruler) if len(p) > 1]
        self._several = _matcher(vocab, several)
        self._openers = _matcher(vocab, [pattern[:1] for pattern in several])
        self._kinds = Kinds(self._told, MOST_KINDS)

    def columns(self, forms: Forms, tags: Numbers, labels: Numbers) -> Numbers:
        """The columns `COLUMNS` of texts' tokens, a row a token."""
        numbers = self._kinds.numbers(np.column_stack([forms.columns[:, 0], tags, labels]))
        told = self._kinds.tables[0][numbers]
        for text in forms.texts_of(np.flatnonzero(told[:, -1])):
            doc, own = forms.docs[text], slice(*forms.bounds[text : text + 2])
            doc.from_array(_KIND, np.column_stack([tags[own], labels[own]]))
            for start, end in _joined(self._several(doc, allow_missing=True)):
                tokens = slice(own.start + start, own.start + end)
                probe = self._probe(forms.columns[tokens, 0], tags[tokens], labels[tokens])
                told[tokens, :-1] = self._lemmatizer(self._ruler(probe)).to_array(COLUMNS)
        return told[:, :-1]

    def _told(self, kinds: Numbers) -> list[Numbers]:
        probe = self._probe(*kinds.T)
        opens: NDArray[np.uint64] = np.zeros(len(kinds), dtype=np.uint64)
        opens[[start for _, start, _ in self._openers(probe, allow_missing=True)]] = 1
        # Of tokens that stand here side by side by chance, no rule over several may speak.
        matches = [m for m in self._ruler.match(probe) if m[3] - m[2] == 1]
        self._ruler.set_annotations(probe, matches)
        return [np.column_stack([self._lemmatizer(probe).to_array(COLUMNS), opens])]

    def _probe(self, forms: Numbers, tags: Numbers, labels: Numbers) -> Any:  # noqa: ANN401
        """A text of these tokens."""
        words = [self._vocab.strings[form] for form in forms.tolist()]
        probe: Any = Doc(self._vocab, words=words)
        return probe.from_array(_KIND, np.column_stack([tags, labels]))


def _joined(matches: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The first token of matches and the one behind their last; of those that meet, of all."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted({(start, end) for _, start, end in matches}):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


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
