"""Token vectors, with what does not depend on the neighbours computed once a kind of token."""

from typing import Any

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

from pipelines.inference.encoder import Encoder, Floats, is_readable
from pipelines.inference.forms import Forms, Numbers
from pipelines.inference.kinds import Kinds

#: Kinds of token kept at a time, 384 bytes each.
MOST_KINDS = 100_000


class TokenVectors:
    """A spaCy `Tok2Vec` of two layers: one that embeds tokens, one that mixes neighbours.

    A token's embedding depends on its form, its norm and the space behind it alone, and text
    repeats them: each kind is embedded by the model's own first layer, once. A row of a product
    of matrices does not depend on the other rows, so that it does not matter which kinds were
    embedded together; a test holds that for the library that multiplies here.
    """

    def __init__(self, model: Model[Any, Any], vocab: Vocab) -> None:
        self._embed, encode = model.layers
        self._encoder = Encoder(encode)
        self._vocab = vocab
        none: Floats = np.zeros((0, self._embed.get_dim("nO")), dtype=np.float32)
        self._kinds = Kinds(self._embedded, none, MOST_KINDS)

    def of(self, forms: Forms) -> Floats:
        """The vectors of an article's tokens, a row a token."""
        return self._encoder.of(self._kinds.rows(forms.columns), forms.lengths())

    def _embedded(self, kinds: Numbers) -> Floats:
        orths, norms, spaced = kinds.T.tolist()
        words = [self._vocab.strings[orth] for orth in orths]
        probe = Doc(self._vocab, words=words, spaces=list(map(bool, spaced)))
        for token, norm in zip(probe, norms, strict=True):
            if token.norm != norm:
                token.norm_ = self._vocab.strings[norm]
        rows: Floats = self._embed.predict([probe])[0]
        return rows


def is_embedder(model: Model[Any, Any]) -> bool:
    """Whether a model is of the two layers that `TokenVectors` runs."""
    return len(model.layers) == 2 and is_readable(model.layers[1])
