"""Named entities: spaCy's transition model, decoded for all tokens at once.

The transitions are those of Lample et al. (2016) as spaCy has them: at each token open an entity
(B), name one of one token (U) or none (O); inside one, go on (I) or close it (L). The scores
outside an entity depend on the token alone, so that they are one product of matrices for the
whole batch, and only the insides of entities are stepped through, all entities in step.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

from pipelines.inference.embedding import Floats, TokenVectors

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
        self._lower, self._upper = model.get_ref("lower"), model.get_ref("upper")
        if not is_decodable(recognizer):
            raise ValueError("Not a greedy recogniser with three features and two layers.")
        self._vectors = TokenVectors(tok2vec.layers[0], recognizer.vocab)
        self._project = tok2vec.layers[-1]
        self._bias: Floats = self._lower.get_param("b")
        classes = range(self._upper.get_dim("nO"))
        moves = [recognizer.moves.get_class_name(i).partition("-") for i in classes]
        self._labels = [label for _, _, label in moves]
        self._acts = np.array([act if label or act == "O" else "" for act, _, label in moves])
        at = {(act, label): i for i, (act, _, label) in enumerate(moves) if label}
        self._inside = np.array([at.get(("I", label), 0) for label in self._labels])
        self._last = np.array([at.get(("L", label), 0) for label in self._labels])

    def entities(self, docs: Sequence[Doc]) -> list[list[Entity]]:
        """The entities of each document, in order; sentence starts must be set."""
        lengths = [len(doc) for doc in docs]
        flags = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]) for doc in docs])
        ends = np.cumsum(lengths)
        stops = np.zeros(len(flags), dtype=bool)  # no entity reaches beyond this token
        stops[:-1] = flags[1:, 0] == 1
        stops[ends - 1] = True
        vectors = np.concatenate(self._vectors.of(docs))
        features = self._lower.predict(self._project.predict(vectors))
        padding, features = features[0], features[1:]
        scores = self._scores(features[:, 0] + padding[1] + padding[2])
        best = self._outside(scores, stops, flags[:, 1] != 0)
        until = self._until(features, best, stops)
        return self._read(best, until, ends, lengths)

    def _scores(self, unmaxed: Floats) -> Floats:
        hidden = (unmaxed + self._bias).max(axis=-1)
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

    def _read(
        self,
        best: NDArray[np.int64],
        until: NDArray[np.int64],
        ends: NDArray[np.int64],
        lengths: Sequence[int],
    ) -> list[list[Entity]]:
        found: list[list[Entity]] = [[] for _ in lengths]
        behind = 0
        (named,) = np.nonzero(self._acts[best] != "O")
        owners = np.searchsorted(ends, named, side="right").tolist()
        for i, owner in zip(named.tolist(), owners, strict=True):
            if i >= behind:
                behind = int(until[i]) or i + 1
                first = int(ends[owner]) - lengths[owner]
                found[owner].append((i - first, behind - first, self._labels[best[i]]))
        return found


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
