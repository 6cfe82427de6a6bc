"""Dependencies: spaCy's transition model, many texts in step.

The transitions are those of the arc-eager system (Nivre, 2003) as spaCy has them, made
non-monotonic (Honnibal & Johnson, 2015): shift (S), reduce (D), link to the left (L) or to the
right (R), and break a sentence before the second word of the buffer (B). spaCy takes the
interpreter's lock at each step of each text; here a step of all is some operations on arrays.
"""

from typing import Any

import numpy as np
from spacy.pipeline import DependencyParser

from pipelines.inference.arc_state import ArcState
from pipelines.inference.forms import Integers, Numbers
from pipelines.inference.products import Floats, product

_FEATURES, _PIECES = 8, 2
_PLACES = np.arange(_FEATURES)[:, None]
#: Texts whose scores are multiplied at a time.
_TEXTS = 64
#: What the kinds of move of `arc_state` are called in a move's name, in their order.
_ACTS = "SDLRB"


class ArcDecoder:
    """The heads and labels that a greedy `DependencyParser` gives, its weights read once.

    A label's number is that of the move that gives it; `labels` has its hash.
    """

    def __init__(self, parser: DependencyParser) -> None:
        """Read a parser for which `is_decodable`."""
        model: Any = parser.model
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        project = model.get_ref("tok2vec").layers[-1]
        self._project: Floats = np.ascontiguousarray(project.get_param("W").T)
        self._shift: Floats = project.get_param("b")
        # A feature's row has its pieces one behind the other: (feature, piece, output).
        weights = lower.get_param("W").transpose(3, 0, 2, 1)
        self._lower: Floats = np.ascontiguousarray(weights.reshape(len(weights), -1))
        self._padding: Floats = lower.get_param("pad").transpose(0, 1, 3, 2).reshape(1, -1)
        self._bias: Floats = lower.get_param("b").T.reshape(-1)
        self._upper: Floats = np.ascontiguousarray(upper.get_param("W").T)
        moves: Any = parser.moves
        names = [moves.get_class_name(i).partition("-") for i in range(moves.n_moves)]
        self._acts = np.array([_ACTS.index(act) for act, _, _ in names])
        strings = parser.vocab.strings
        self.labels: Numbers = np.array([strings.add(n) for _, _, n in names], dtype=np.uint64)
        self.is_lifted = np.array(["||" in name for _, _, name in names])
        self._root = names.index(("B", "-", "ROOT"))
        bits = [[allowed >> act & 1 for act in self._acts] for allowed in range(1 << len(_ACTS))]
        # What is added to the score of each move, given which are allowed.
        self._shifts: Floats = np.where(bits, upper.get_param("b"), np.float32(-np.inf))

    def arcs(self, vectors: Floats, lengths: Integers) -> tuple[Integers, Integers]:
        """The head of each token, counted through all texts, and its label's number.

        Args:
            vectors: those of all tokens.
            lengths: how many of them are each text's; none is without.
        """
        table = self._features(vectors)
        state = ArcState.of(lengths)
        while len(state.top):
            words = state.words()
            scores = self._scores(table, words)
            scores += self._shifts.take(state.allowed(words), axis=0)
            moves = scores.argmax(axis=1)
            state.do(self._acts[moves], moves, words)
            state.leave_ended()
        heads, labels = state.heads[:-1], state.moves[:-1]
        free = heads < 0
        return np.where(free, np.arange(len(free)), heads), np.where(free, self._root, labels)

    def _features(self, vectors: Floats) -> Floats:
        """What each token adds to the hidden layer from each place where it may be looked at.

        A row a token and place; the last are those of no token.
        """
        none = np.zeros((1, vectors.shape[1]), dtype=np.float32)
        projected = product(np.concatenate([vectors, none]), self._project)
        projected += self._shift
        features = product(projected, self._lower)
        features[-1] = self._padding
        return features.reshape(len(features) * _FEATURES, -1)

    def _scores(self, table: Floats, words: Integers) -> Floats:
        hidden = table.take(words * _FEATURES + _PLACES, axis=0).sum(axis=0)
        hidden += self._bias
        half = hidden.shape[1] // _PIECES
        most = np.maximum(hidden[:, :half], hidden[:, half:])
        return product(most, self._upper, _TEXTS)


def is_decodable(parser: DependencyParser) -> bool:
    """Whether the parser is of the architecture that `ArcDecoder` decodes."""
    model: Any = parser.model
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    return (
        parser.cfg["beam_width"] == 1
        and not parser.cfg["learn_tokens"]
        and not parser.cfg["multitasks"]
        and bool(model.attrs["has_upper"])
        and not model.attrs["unseen_classes"]
        and (lower.get_dim("nF"), lower.get_dim("nP")) == (_FEATURES, _PIECES)
        and upper.name == "linear"
    )
