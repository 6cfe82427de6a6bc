"""The dependencies of articles: their texts are decoded in step, a very long one by spaCy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.pipeline import DependencyParser

from pipelines.inference.arc_state import Integers
from pipelines.inference.arcs import ArcDecoder
from pipelines.inference.encoder import Floats
from pipelines.inference.forms import Forms, Numbers

#: Of a text with more tokens most steps would be made for it alone, which spaCy does faster.
_LONGEST = 400
#: Tokens decoded together, about; each takes 4 KiB meanwhile.
_TOGETHER = 8_000
_COLUMNS: list[int | str] = ["DEP", "HEAD"]


@dataclass(frozen=True, slots=True)
class Arcs:
    """A row a token of an article: its label's hash, and how far ahead its head is, modulo 2^64."""

    labels: Numbers
    heads: Numbers


@dataclass(frozen=True, slots=True)
class _Run:
    """Texts of one article that are decoded together: their tokens, and how many each has."""

    article: int
    tokens: Integers
    lengths: Sequence[int]


class Dependencies:
    """What a greedy `DependencyParser` says of articles."""

    def __init__(self, parser: DependencyParser) -> None:
        """Read a parser for which `pipelines.inference.arcs.is_decodable`."""
        self._parser: Any = parser
        self._decoder = ArcDecoder(parser)

    def of(self, forms: Sequence[Forms], vectors: Sequence[Floats]) -> list[Arcs]:
        """The arcs of each article, given the vectors of its tokens."""
        found = [_none(len(own)) for own in vectors]
        waiting: list[_Run] = []
        for article, own in enumerate(forms):
            for run in _runs(article, own):
                waiting.append(run)
                if sum(len(run.tokens) for run in waiting) >= _TOGETHER:
                    self._decode(waiting, forms, vectors, found)
                    waiting = []
            for text in np.flatnonzero(own.lengths() > _LONGEST).tolist():
                self._leave_to_spacy(own, text, vectors[article], found[article])
        self._decode(waiting, forms, vectors, found)
        return found

    def _decode(
        self,
        runs: Sequence[_Run],
        forms: Sequence[Forms],
        vectors: Sequence[Floats],
        found: Sequence[Arcs],
    ) -> None:
        if not runs:
            return
        features = [self._decoder.features(vectors[run.article][run.tokens]) for run in runs]
        lengths = np.array([length for run in runs for length in run.lengths])
        heads, labels = self._decoder.arcs(features, lengths)
        heads -= np.arange(len(heads))
        start = 0
        for run in runs:
            own = slice(start, start + len(run.tokens))
            start = own.stop
            arcs = found[run.article]
            arcs.heads[run.tokens] = heads[own].view(np.uint64)
            arcs.labels[run.tokens] = self._decoder.labels[labels[own]]
            lifted = run.tokens[self._decoder.is_lifted[labels[own]]]
            self._lower(forms[run.article], lifted, arcs)

    def _lower(self, forms: Forms, lifted: Integers, arcs: Arcs) -> None:
        """Put arcs that were lifted to keep from crossing others where they belong.

        Source: Nivre & Nilsson (2005), Pseudo-projective dependency parsing.
        """
        for text in sorted(set((np.searchsorted(forms.bounds, lifted, side="right") - 1).tolist())):
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


def _none(n_tokens: int) -> Arcs:
    return Arcs(np.zeros(n_tokens, dtype=np.uint64), np.zeros(n_tokens, dtype=np.uint64))


def _runs(article: int, forms: Forms) -> Iterator[_Run]:
    """An article's texts, the very long ones aside, so many at a time."""
    tokens: list[int] = []
    lengths: list[int] = []
    for start, end in zip(forms.bounds, forms.bounds[1:], strict=False):
        if start < end <= start + _LONGEST:
            tokens += range(start, end)
            lengths.append(end - start)
        if len(tokens) >= _TOGETHER:
            yield _Run(article, np.array(tokens), lengths)
            tokens, lengths = [], []
    if tokens:
        yield _Run(article, np.array(tokens), lengths)
