"""Layers that mix each token's vector with its neighbours', as products of whole matrices.

spaCy's `MaxoutWindowEncoder`: each layer looks at a token and the one on either side, takes the
largest of three linear pieces, brings it to mean 0 and variance 1, and adds it to what came in
(Goodfellow et al., 2013; Ba et al., 2016; He et al., 2016). Rounding apart, the answers are
those of the model's own layers, which copy each matrix several times and multiply more slowly.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from thinc.api import Model

from pipelines.inference.forms import Integers
from pipelines.inference.products import ROWS, Floats, product

#: What spaCy adds to a variance, so that it is never 0.
_LEAST = np.float32(1e-8)
_LAYER = ["expand_window", "maxout", "layernorm", "dropout"]
#: Kinds multiplied at a time: a batch brings so many new ones, about.
_KINDS = 64
#: Tokens that a window holds.
_WINDOW = 3


@dataclass(frozen=True, slots=True)
class _Layer:
    """`weights`: a column an output of a piece, piece after piece."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats
    pieces: int


class Encoder:
    """The vectors of tokens in their places, of those of their kinds.

    What the first layer's windows are multiplied to is the sum of what their tokens are, each of
    which is known of its kind: only the other layers multiply.
    """

    def __init__(self, model: Model[Any, Any]) -> None:
        """Read the weights of a model for which `is_readable`."""
        self._pad: int = model.attrs["pad"]
        self._first, *self._others = [_layer(residual.layers[0]) for residual in _residuals(model)]

    def products(self, embedded: Floats) -> Floats:
        """What tokens, given their kinds' vectors, add to the first layer.

        Three rows a token: to the window of the token behind it, to its own, and to that of the
        one before it.
        """
        width = embedded.shape[1]
        parts = self._first.weights.reshape(_WINDOW, width, -1).transpose(1, 0, 2)
        return product(embedded, parts.reshape(width, -1), _KINDS).reshape(
            len(embedded), _WINDOW, -1
        )

    def of(
        self, numbers: Integers, lengths: Integers, embedded: Floats, products: Floats
    ) -> Floats:
        """The vectors of tokens of texts, of which each has so many, a row a token.

        Args:
            numbers: the number of each token's kind.
            lengths: how many tokens each text has.
            embedded: the vector of each kind by its number; 0 is no token, and its vector 0.
            products: what `products` says of these.
        """
        texts = np.repeat(np.arange(1, len(lengths) + 1), lengths)
        places = np.arange(len(numbers)) + self._pad * texts
        # As many layers as a vector goes through, so far does it depend on what stands around it.
        step = ROWS - 2 * self._pad
        blocks = -(-(len(numbers) + self._pad * len(lengths)) // step)
        kinds = np.zeros(blocks * step + 2 * self._pad + 2, dtype=np.int64)
        kinds[places + 1] = numbers
        found = np.empty((len(kinds), embedded.shape[1]), dtype=np.float32)
        flat = products.reshape(-1, products.shape[-1])
        block = _Block(embedded.shape[1], self._first)
        for start in range(0, blocks * step, step):
            own = kinds[start : start + ROWS + 2]
            block.begin(own, embedded, flat)
            for layer in self._others:
                block.add(layer)
            inner = slice(start + self._pad, start + self._pad + step)
            found[inner] = block.vectors[self._pad : -self._pad]
        vectors: Floats = found[places]
        return vectors


def is_readable(model: Model[Any, Any]) -> bool:
    """Whether a model is such layers, and no others, each with a window of one token."""
    if "pad" not in model.attrs or len(model.layers) != 1:
        return False
    if not 0 < len(_residuals(model)) <= model.attrs["pad"] < ROWS // 2:
        return False
    return all(
        residual.name.startswith("residual(")
        and [part.name for part in _parts(residual.layers[0])] == _LAYER
        and _parts(residual.layers[0])[0].attrs["window_size"] == 1
        for residual in _residuals(model)
    )


def _residuals(model: Model[Any, Any]) -> list[Model[Any, Any]]:
    return list(model.layers[0].layers)


def _parts(model: Model[Any, Any]) -> list[Model[Any, Any]]:
    """The single steps of a chain of chains, in order."""
    if model.name.startswith("residual(") or not model.layers:
        return [model]
    return [part for layer in model.layers for part in _parts(layer)]


def _layer(model: Model[Any, Any]) -> _Layer:
    parts: list[Any] = _parts(model)
    _, maxout, norm, _ = parts
    pieces, width = maxout.get_dim("nP"), maxout.get_dim("nI")
    by_piece = maxout.get_param("W").transpose(1, 0, 2).reshape(-1, width)
    return _Layer(
        weights=np.ascontiguousarray(by_piece.T),
        bias=np.ascontiguousarray(maxout.get_param("b").T.reshape(-1)),
        scale=norm.get_param("G"),
        shift=norm.get_param("b"),
        pieces=pieces,
    )


class _Block:
    """The vectors of some rows, and the room that is needed to make them."""

    def __init__(self, width: int, layer: _Layer) -> None:
        outputs = len(layer.bias)
        around = np.zeros((ROWS + 2, width), dtype=np.float32)
        self.vectors = around[1:-1]
        self._around = as_strided(around, (ROWS, _WINDOW * width), around.strides)
        self._windows = np.empty((ROWS, _WINDOW * width), dtype=np.float32)
        self._linear = np.empty((ROWS, outputs), dtype=np.float32)
        self._part = np.empty((ROWS, outputs), dtype=np.float32)
        self._most = np.empty((ROWS, width), dtype=np.float32)
        self._first = layer

    def begin(self, kinds: Integers, embedded: Floats, products: Floats) -> None:
        """Give the rows what the first layer makes of tokens' kinds, one more on either side."""
        rows = kinds * _WINDOW
        products.take(rows[1:-1] + 1, axis=0, out=self._linear, mode="clip")
        for neighbour in (rows[:-2], rows[2:] + 2):
            products.take(neighbour, axis=0, out=self._part, mode="clip")
            self._linear += self._part
        embedded.take(kinds[1:-1], axis=0, out=self.vectors, mode="clip")
        self._add_linear(self._first)

    def add(self, layer: _Layer) -> None:
        """Add to the vectors what a layer makes of them."""
        self._windows[:] = self._around
        np.matmul(self._windows, layer.weights, out=self._linear)
        self._add_linear(layer)

    def _add_linear(self, layer: _Layer) -> None:
        linear, most = self._linear, self._most
        width = most.shape[1]
        linear += layer.bias
        np.maximum(linear[:, :width], linear[:, width : 2 * width], out=most)
        for piece in range(2, layer.pieces):
            np.maximum(most, linear[:, piece * width : (piece + 1) * width], out=most)
        most -= np.add.reduce(most, axis=1, keepdims=True) / np.float32(width)
        variance = np.einsum("ij,ij->i", most, most) / np.float32(width) + _LEAST
        most *= (1 / np.sqrt(variance))[:, None]
        most *= layer.scale
        most += layer.shift
        self.vectors += most
