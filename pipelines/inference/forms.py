"""The tokens of texts as columns of numbers, before anything is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

Numbers = NDArray[np.uint64]
Integers = NDArray[np.int64]
_COLUMNS = ["ORTH", "NORM", "SPACY", "IS_SPACE"]


@dataclass(frozen=True, slots=True)
class Forms:
    """Tokens, one after the other; those of text n are `bounds[n]` to `bounds[n + 1]`.

    `docs` are the texts as spaCy's tokenizer left them; `columns` has a row a token, with its
    form, its norm, and whether a blank stands behind it.
    """

    docs: Sequence[Any]
    bounds: list[int]
    columns: Numbers
    is_space: NDArray[np.bool_]

    def lengths(self) -> Integers:
        """The number of tokens of each text."""
        return np.diff(self.bounds)

    def texts_of(self, tokens: Integers) -> list[int]:
        """The texts that hold one of the tokens, in order."""
        texts: list[int] = np.unique(
            np.searchsorted(self.bounds, tokens, side="right") - 1
        ).tolist()
        return texts


def forms_of(nlp: Language, texts: Sequence[str]) -> Forms:
    """Cut texts into tokens."""
    docs: list[Any] = [nlp.make_doc(text) for text in texts]
    none = np.zeros((0, len(_COLUMNS)), dtype=np.uint64)
    columns = np.concatenate([none, *(doc.to_array(_COLUMNS) for doc in docs)])
    bounds = np.cumsum([0, *map(len, docs)]).tolist()
    return Forms(docs, bounds, columns[:, :3], columns[:, 3] != 0)
