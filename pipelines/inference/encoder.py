"""Layers that mix each token's vector with its neighbours', as products of whole matrices.

spaCy's `MaxoutWindowEncoder`: each layer looks at a token and the one on either side, takes the
largest of three linear pieces, brings it to mean 0 and variance 1, and adds it to what came in
(Goodfellow et al., 2013; Ba et al., 2016; He et al., 2016). Rounding apart, the answers are
those of the model's own layers, which copy each matrix several times and multiply more slowly.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model

Floats = NDArray[np.float32]
#: What spaCy adds to a variance, so that it is never 0.
_LEAST = np.float32(1e-8)
_LAYER = ["expand_window", "maxout", "layernorm", "dropout"]


@dataclass(frozen=True, slots=True)
class _Layer:
    """`weights`: a column an output of a piece, piece after piece."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats
    pieces: int


class Encoder:
    """The vectors of tokens in their places, of those of their forms."""

    def __init__(self, model: Model[Any, Any]) -> None:
        """Read the weights of a model for which `is_readable`."""
        self._pad: int = model.attrs["pad"]
        self._layers = [_layer(residual.layers[0]) for residual in _residuals(model)]

    def of(self, embedded: Floats, lengths: NDArray[np.int64]) -> Floats:
        """The vectors of tokens of texts, of which each has so many, a row a token."""
        texts = np.repeat(np.arange(1, len(lengths) + 1), lengths)
        rows = np.arange(len(embedded)) + self._pad * texts
        size = len(embedded) + self._pad * (len(lengths) + 1)
        vectors = np.zeros((size, embedded.shape[1]), dtype=np.float32)
        vectors[rows] = embedded
        for layer in self._layers:
            _add(layer, vectors)
        found: Floats = vectors[rows]
        return found


def is_readable(model: Model[Any, Any]) -> bool:
    """Whether a model is such layers, and no others, each with a window of one token."""
    if "pad" not in model.attrs or len(model.layers) != 1:
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


def _add(layer: _Layer, vectors: Floats) -> None:
    """Add to the vectors what a layer makes of them."""
    rows, width = vectors.shape
    windows = np.zeros((rows, 3 * width), dtype=np.float32)
    windows[1:, :width] = vectors[:-1]
    windows[:, width : 2 * width] = vectors
    windows[:-1, 2 * width :] = vectors[1:]
    linear = windows @ layer.weights
    linear += layer.bias
    most = np.maximum(linear[:, :width], linear[:, width : 2 * width])
    for piece in range(2, layer.pieces):
        np.maximum(most, linear[:, piece * width : (piece + 1) * width], out=most)
    most -= most.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", most, most) / np.float32(width) + _LEAST
    most *= (1 / np.sqrt(variance))[:, None]
    most *= layer.scale
    most += layer.shift
    vectors += most
