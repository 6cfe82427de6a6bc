"""Fine-grained parts of speech: spaCy's tagger, one product of matrices."""

from typing import Any

import numpy as np
from spacy.pipeline import Tagger

from pipelines.inference.forms import Numbers
from pipelines.inference.products import Floats, product


class TagDecoder:
    """The tags that a `Tagger` gives, its weights read once."""

    def __init__(self, tagger: Tagger) -> None:
        output = tagger.model.get_ref("output_layer")
        self._weights: Floats = np.ascontiguousarray(output.get_param("W").T)
        self._bias: Floats = output.get_param("b")
        strings = tagger.vocab.strings
        self._tags: Numbers = np.array([strings.add(tag) for tag in tagger.labels], dtype=np.uint64)

    def tags(self, vectors: Floats) -> Numbers:
        """The tag of each token, as the hash of its name."""
        scores = product(vectors, self._weights) + self._bias
        best: Numbers = self._tags[scores.argmax(axis=1)]
        return best


def is_decodable(tagger: Tagger) -> bool:
    """Whether the tagger is of the architecture that `TagDecoder` decodes."""
    model: Any = tagger.model
    return bool(model.has_ref("output_layer") and model.get_ref("output_layer").name == "softmax")
