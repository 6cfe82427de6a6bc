"""What was found of pairs of bodies, kept so that none is judged twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.articles.across.near_duplicates_kept import KeptWordings
from pipelines.articles.near_duplicates_text import Wording

#: Bytes of the digest of all that a body depends on.
DIGEST_BYTES = 16
#: The name under which the verdicts of a build are kept.
JUDGED = "judged"
#: The question's letter, the digest of the earlier body, that of the later one.
_KEY = np.dtype(f"S{1 + 2 * DIGEST_BYTES}")

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Keys = NDArray[np.bytes_]
Digests = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Yes or no to questions on pairs of bodies, in the order of their keys."""

    keys: Keys
    is_so: Flags

    @classmethod
    def of(cls, keys: Sequence[Keys], is_so: Sequence[Flags]) -> "Verdicts":
        """Verdicts in any order."""
        joined = np.concatenate([np.empty(0, _KEY), *keys])
        order = np.argsort(joined)
        return cls(joined[order], np.concatenate([np.empty(0, np.bool_), *is_so])[order])

    @classmethod
    def from_tables(cls, tables: Sequence[pa.Table]) -> "Verdicts":
        """What `to_table` made; no tables are no verdicts."""
        if not sum(table.num_rows for table in tables):
            return NONE
        (table,) = tables
        keys: Any = table["key"].combine_chunks()
        size = len(keys) * _KEY.itemsize
        start = keys.offset * _KEY.itemsize
        data = np.frombuffer(keys.buffers()[1], np.uint8)[start : start + size]
        return cls(data.view(_KEY), table["is_so"].to_numpy())

    def to_table(self) -> pa.Table:
        """The verdicts to be kept; those on the same pairs are the same rows."""
        kind = pa.binary(_KEY.itemsize)
        data = pa.py_buffer(self.keys.tobytes())
        keys = pa.Array.from_buffers(kind, len(self.keys), [None, data])
        return pa.table({"key": keys, "is_so": self.is_so})

    def find(self, keys: Keys) -> tuple[Flags, Flags]:
        """Which of some pairs were judged, and what was found; false where nothing was."""
        if not len(self.keys):
            return np.zeros(len(keys), np.bool_), np.zeros(len(keys), np.bool_)
        places = np.searchsorted(self.keys[:-1], keys)
        is_known = self.keys[places] == keys
        return is_known, self.is_so[places] & is_known


NONE = Verdicts.of((), ())


class Judge:
    """Answers a question on pairs of bodies; bodies are read only of pairs that were never judged.

    Bodies go by the numbers of their articles, a pair by the earlier and the later one: the answer
    is a function of the two bodies in this order.
    """

    def __init__(
        self,
        letter: bytes,
        is_so: Callable[[Wording, Wording], bool],
        digests: Digests,
        wordings: KeptWordings,
        before: Verdicts,
    ) -> None:
        """`letter` tells the question from others, `digests` are the bodies', a row each."""
        self._letter, self._is_so = np.frombuffer(letter, np.uint8), is_so
        self._digests, self._wordings, self._before = digests, wordings, before
        self._keys: list[Keys] = []
        self._found: list[Flags] = []

    def all(self, earlier: Numbers, later: Numbers) -> Flags:
        """The answers on some pairs."""
        keys = self._key(earlier, later)
        is_known, found = self._before.find(keys)
        new = np.flatnonzero(~is_known)
        self._wordings.read(np.unique([earlier[new], later[new]]).tolist())
        for place in new:
            one, other = self._wordings[int(earlier[place])], self._wordings[int(later[place])]
            found[place] = self._is_so(one, other)
        self._keys.append(keys)
        self._found.append(found)
        return found

    def one(self, earlier: int, later: int) -> bool | None:
        """The answer on a pair; None where it needs a body that was not read yet."""
        is_known, _ = self._before.find(self._key(np.array([earlier]), np.array([later])))
        if not is_known[0] and not {earlier, later} <= self._wordings.numbers:
            return None
        return bool(self.all(np.array([earlier]), np.array([later]))[0])

    def forget(self) -> None:
        """Keep none of the answers so far."""
        self._keys.clear()
        self._found.clear()

    @property
    def kept(self) -> tuple[list[Keys], list[Flags]]:
        """The pairs that were asked for, and the answers."""
        return self._keys, self._found

    def _key(self, earlier: Numbers, later: Numbers) -> Keys:
        letters = np.repeat(self._letter[None], len(earlier), axis=0)
        parts = [letters, self._digests[earlier], self._digests[later]]
        return np.concatenate(parts, axis=1).view(_KEY).reshape(-1)
