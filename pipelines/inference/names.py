"""Named entities: spaCy's transition model, decoded for all tokens at once.

The transitions are those of Lample et al. (2016) as spaCy has them: at each token open an entity
(B), name one of one token (U) or none (O); inside one, go on (I) or close it (L). The scores
outside an entity depend on the token alone, so that they are one product of matrices for the
whole batch, and only the insides of entities are stepped through, all entities in step.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.pipeline import EntityRecognizer
from thinc.api import Model

from pipelines.inference.forms import Forms
from pipelines.inference.products import Floats, product

#: An entity: its first token, the one behind its last, and its label.
Entity = tuple[int, int, str]
_NEVER = np.float32(-np.inf)


class EntityDecoder:
    """The entities that a greedy `EntityRecognizer` finds, its weights read once.

    Raises:
        ValueError: the recogniser is not of the one architecture that is decoded here.
    """

    def __init__(self, recognizer: EntityRecognizer) -> None:
        model: Any = recognizer.model
        tok2vec = model.get_ref("tok2vec")
        lower, self._upper = model.get_ref("lower"), model.get_ref("upper")
        if not is_decodable(recognizer):
            raise ValueError("Not a greedy recogniser with three features and two layers.")
        project = tok2vec.layers[-1]
        self._project: Floats = np.ascontiguousarray(project.get_param("W").T)
        self._shift: Floats = project.get_param("b")
        # A feature's row has its pieces one behind the other: (feature, piece, output).
        weights = lower.get_param("W").transpose(3, 0, 2, 1)
        self._lower: Floats = np.ascontiguousarray(weights.reshape(len(weights), -1))
        self._padding: Floats = lower.get_param("pad")[0].transpose(0, 2, 1)
        self._bias: Floats = lower.get_param("b").T
        classes = range(self._upper.get_dim("nO"))
        moves = [recognizer.moves.get_class_name(i).partition("-") for i in classes]
        self._labels = [label for _, _, label in moves]
        self._acts = np.array([act if label or act == "O" else "" for act, _, label in moves])
        at = {(act, label): i for i, (act, _, label) in enumerate(moves) if label}
        self._inside = np.array([at.get(("I", label), 0) for label in self._labels])
        self._last = np.array([at.get(("L", label), 0) for label in self._labels])

    def entities(self, forms: Forms, vectors: Floats, is_start: NDArray[np.bool_]) -> list[Entity]:
        """The entities of texts, in order; no sentence, and no text, parts one of them."""
        stops = np.zeros(len(is_start), dtype=bool)  # no entity reaches beyond this token
        stops[:-1] = is_start[1:]
        stops[np.cumsum(forms.lengths()) - 1] = True
        features = self._features(vectors)
        scores = self._scores(features[:, 0] + self._padding[1] + self._padding[2])
        best = self._outside(scores, stops, forms.is_space)
        return self._read(best, self._until(features, best, stops))

    def _features(self, vectors: Floats) -> Floats:
        """What each token adds to the hidden layer from each place where it may be looked at."""
        projected = product(vectors, self._project)
        projected += self._shift
        features = product(projected, self._lower)
        return features.reshape(len(vectors), *self._padding.shape)

    def _scores(self, unmaxed: Floats) -> Floats:
        hidden = (unmaxed + self._bias).max(axis=-2)
        scores: Floats = self._upper.predict(hidden)
        return scores

    def _outside(
        self, scores: Floats, stops: NDArray[np.bool_], spaces: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """The best move of each token, were no entity open there."""
        begins, units = self._acts == "B", self._acts == "U"
        scores[:, ~(begins | units | (self._acts == "O"))] = _NEVER
        scores[np.ix_(stops | spaces, begins)] = _NEVER
        scores[np.ix_(spaces, units)] = _NEVER
        best: NDArray[np.int64] = scores.argmax(axis=1)
        return best

    def _until(
        self,
        features: Floats,
        best: NDArray[np.int64],
        stops: NDArray[np.bool_],
    ) -> NDArray[np.int64]:
        """Where an entity that begins at a token would end; 0 where none begins."""
        until = np.zeros(len(best), dtype=np.int64)
        (starts,) = np.nonzero(self._acts[best] == "B")
        at = starts + 1
        while len(starts):
            scores = self._scores(features[at, 0] + features[starts, 1] + features[at - 1, 2])
            row, move = np.arange(len(starts)), best[starts]
            inside, last = self._inside[move], self._last[move]
            on = ~stops[at] & (scores[row, inside] > scores[row, last])
            until[starts[~on]] = at[~on] + 1
            starts, at = starts[on], at[on] + 1
        return until

    def _read(self, best: NDArray[np.int64], until: NDArray[np.int64]) -> list[Entity]:
        found: list[Entity] = []
        behind = 0
        for i in np.flatnonzero(self._acts[best] != "O").tolist():
            if i >= behind:
                behind = int(until[i]) or i + 1
                found.append((i, behind, self._labels[best[i]]))
        return found


def embedder(recognizer: EntityRecognizer) -> Model[Any, Any]:
    """The part of the recogniser that makes its tokens' vectors."""
    model: Any = recognizer.model
    own: Model[Any, Any] = model.get_ref("tok2vec").layers[0]
    return own


def is_decodable(recognizer: EntityRecognizer) -> bool:
    """Whether the recogniser is of the architecture that `EntityDecoder` decodes."""
    model: Any = recognizer.model
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    return (
        recognizer.cfg["beam_width"] == 1
        and bool(model.attrs["has_upper"])
        and not model.attrs["unseen_classes"]
        and (lower.get_dim("nF"), lower.get_dim("nP")) == (3, 2)
        and upper.name == "linear"
    )
