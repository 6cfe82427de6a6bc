"""The dependencies of texts: they are decoded in step, a very long one by spaCy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.pipeline import DependencyParser

from pipelines.inference.arcs import ArcDecoder
from pipelines.inference.forms import Forms, Integers, Numbers
from pipelines.inference.products import Floats

#: Of a text with more tokens most steps would be made for it alone, which spaCy does faster.
_LONGEST = 400
#: Tokens decoded together, about; each takes 4 KiB meanwhile.
_TOGETHER = 8_000
_COLUMNS: list[int | str] = ["DEP", "HEAD"]


@dataclass(frozen=True, slots=True)
class Arcs:
    """A row a token: its label's hash, and how far ahead its head is, modulo 2^64."""

    labels: Numbers
    heads: Numbers


class Dependencies:
    """What a greedy `DependencyParser` says of texts."""

    def __init__(self, parser: DependencyParser) -> None:
        """Read a parser for which `pipelines.inference.arcs.is_decodable`."""
        self._parser: Any = parser
        self._decoder = ArcDecoder(parser)

    def of(self, forms: Forms, vectors: Floats) -> Arcs:
        """The arcs of tokens, given their vectors."""
        found = Arcs(*np.zeros((2, len(vectors)), dtype=np.uint64))
        lengths = forms.lengths()
        for texts in _runs(lengths):
            tokens = np.flatnonzero(np.repeat(texts, lengths))
            self._decode(forms, vectors, tokens, lengths[texts], found)
        for text in np.flatnonzero(lengths > _LONGEST).tolist():
            self._leave_to_spacy(forms, text, vectors, found)
        return found

    def _decode(
        self, forms: Forms, vectors: Floats, tokens: Integers, lengths: Integers, found: Arcs
    ) -> None:
        heads, labels = self._decoder.arcs(vectors[tokens], lengths)
        heads -= np.arange(len(heads))
        found.heads[tokens] = heads.view(np.uint64)
        found.labels[tokens] = self._decoder.labels[labels]
        self._lower(forms, tokens[self._decoder.is_lifted[labels]], found)

    def _lower(self, forms: Forms, lifted: Integers, arcs: Arcs) -> None:
        """Put arcs that were lifted to keep from crossing others where they belong.

        Source: Nivre & Nilsson (2005), Pseudo-projective dependency parsing.
        """
        for text in forms.texts_of(lifted):
            doc, own = forms.docs[text], slice(*forms.bounds[text : text + 2])
            doc.from_array(_COLUMNS, np.column_stack([arcs.labels[own], arcs.heads[own]]))
            for put in self._parser.postprocesses:
                put(doc)
            arcs.labels[own], arcs.heads[own] = doc.to_array(_COLUMNS).T

    def _leave_to_spacy(self, forms: Forms, text: int, vectors: Floats, found: Arcs) -> None:
        doc, own = forms.docs[text], slice(*forms.bounds[text : text + 2])
        doc.tensor = vectors[own]  # where spaCy's parser reads it
        self._parser.set_annotations([doc], self._parser.predict([doc]))
        found.labels[own], found.heads[own] = doc.to_array(_COLUMNS).T


def _runs(lengths: Integers) -> Iterator[NDArray[np.bool_]]:
    """Which texts are decoded together; a very long one is with none, nor is an empty one."""
    is_decoded = (lengths > 0) & (lengths <= _LONGEST)
    runs = np.cumsum(lengths * is_decoded) // _TOGETHER
    for run in np.unique(runs[is_decoded]):
        yield is_decoded & (runs == run)
