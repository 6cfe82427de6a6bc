"""Token vectors, with what does not depend on the neighbours computed once a kind of token."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

Floats = NDArray[np.float32]
#: Kinds of token kept at a time, 384 bytes each; beyond it one starts anew.
MOST_KINDS = 100_000
_ATTRIBUTES: list[int | str] = ["ORTH", "NORM", "SPACY"]


class TokenVectors:
    """A spaCy `Tok2Vec` of two layers: one that embeds tokens, one that mixes neighbours.

    A token's embedding depends on its form, its norm and the space behind it alone, and text
    repeats them: each kind is embedded by the model's own first layer, once. A row of a product
    of matrices does not depend on the other rows, so that it does not matter which kinds were
    embedded together; a test holds that for the library that multiplies here.
    """

    def __init__(self, model: Model[Any, Any], vocab: Vocab) -> None:
        self._embed, self._encode = model.layers
        self._vocab = vocab
        self._rows: dict[tuple[int, ...], int] = {}
        self._table: Floats = np.zeros((0, 0), dtype=np.float32)

    def of(self, docs: Sequence[Doc]) -> list[Floats]:
        """The vectors of each document's tokens, a row a token."""
        kinds = [list(map(tuple, doc.to_array(_ATTRIBUTES).tolist())) for doc in docs]
        missing = {kind for own in kinds for kind in own} - self._rows.keys()
        if len(self._rows) + len(missing) > MOST_KINDS:
            self._rows, missing = {}, {kind for own in kinds for kind in own}
        if missing:
            self._add(sorted(missing))
        rows = self._rows
        embedded = [self._table[[rows[kind] for kind in own]] for own in kinds]
        vectors: list[Floats] = self._encode.predict(embedded)
        return vectors

    def _add(self, kinds: Sequence[tuple[int, ...]]) -> None:
        words = [self._vocab.strings[orth] for orth, _, _ in kinds]
        probe = Doc(self._vocab, words=words, spaces=[bool(spaced) for _, _, spaced in kinds])
        for token, (_, norm, _) in zip(probe, kinds, strict=True):
            if token.norm != norm:
                token.norm_ = self._vocab.strings[norm]
        (fresh,) = self._embed.predict([probe])
        known = self._table[: len(self._rows)]
        self._table = np.concatenate([known, fresh]) if len(known) else fresh
        for kind in kinds:
            self._rows[kind] = len(self._rows)
