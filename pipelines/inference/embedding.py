"""Token vectors, with what does not depend on the neighbours computed once a kind of token."""

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

from pipelines.inference.encoder import Encoder, is_readable
from pipelines.inference.forms import Forms, Numbers
from pipelines.inference.kinds import Kinds
from pipelines.inference.products import Floats

#: Kinds of token kept at a time, 4 KiB each for each model.
MOST_KINDS = 20_000


class TokenVectors:
    """Some spaCy `Tok2Vec` of two layers: one that embeds tokens, one that mixes neighbours.

    A token's embedding depends on its form, its norm and the space behind it alone, and text
    repeats them: each kind is embedded by the model's own first layer, once. A row of a product
    of matrices does not depend on the other rows, so that it does not matter which kinds were
    embedded together; a test holds that for the library that multiplies here.
    """

    def __init__(self, models: Sequence[Model[Any, Any]], vocab: Vocab) -> None:
        """Read models for which `is_embedder`."""
        self._embed = [model.layers[0] for model in models]
        self._encoders = [Encoder(model.layers[1]) for model in models]
        self._vocab = vocab
        self._kinds = Kinds(self._learnt, MOST_KINDS)

    def of(self, forms: Forms) -> list[Floats]:
        """The vectors of texts' tokens by each model, a row a token."""
        numbers, lengths = self._kinds.numbers(forms.columns), forms.lengths()
        tables = iter(self._kinds.tables)
        return [
            encoder.of(numbers, lengths, next(tables), next(tables)) for encoder in self._encoders
        ]

    def _learnt(self, kinds: Numbers) -> list[Floats]:
        """By each model the vectors of kinds, and what they add to its first mixing layer."""
        probe = self._probe(kinds)
        tables: list[Floats] = []
        for embed, encoder in zip(self._embed, self._encoders, strict=True):
            embedded: Floats = embed.predict([probe])[0]
            tables += [embedded, encoder.products(embedded)]
        return tables

    def _probe(self, kinds: Numbers) -> Doc:
        """A token of each kind."""
        orths, norms, spaced = kinds.T.tolist()
        words = [self._vocab.strings[orth] for orth in orths]
        probe = Doc(self._vocab, words=words, spaces=list(map(bool, spaced)))
        for token, norm in zip(probe, norms, strict=True):
            if token.norm != norm:
                token.norm_ = self._vocab.strings[norm]
        return probe


def is_embedder(model: Model[Any, Any]) -> bool:
    """Whether a model is of the two layers that `TokenVectors` runs."""
    return len(model.layers) == 2 and is_readable(model.layers[1])
