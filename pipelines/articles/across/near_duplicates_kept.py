"""Wordings outside of memory, in a nameless file that goes when it is closed."""

import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from contextlib import contextmanager
from functools import lru_cache
from typing import BinaryIO

from pipelines.articles.near_duplicates_text import Wording, packed, unpacked, wording

#: Gives of some articles, by their numbers, the numbers and bodies, in any order.
NumberedBodies = Callable[[Collection[int]], Iterable[tuple[int, str]]]


class KeptWordings:
    """The wordings of the bodies that were read, by their articles' numbers.

    Bodies that are too short for a wording are left out.
    """

    def __init__(self, file: BinaryIO, bodies: NumberedBodies) -> None:
        self._file, self._bodies, self._end = file, bodies, 0
        self._places: dict[int, tuple[int, int]] = {}
        self._known = lru_cache(maxsize=128)(self._unpacked)

    @property
    def numbers(self) -> Set[int]:
        """The articles whose bodies were read."""
        return self._places.keys()

    def read(self, numbers: Iterable[int]) -> None:
        """Read the bodies of some articles, those that were not read yet."""
        wanted = [number for number in numbers if number not in self._places]
        for number, body in self._bodies(wanted) if wanted else ():
            found = wording(body)
            if found is not None:
                n_bytes = self._file.write(packed(found))
                self._places[number] = n_bytes, self._end
                self._end += n_bytes
        self._file.flush()

    def __getitem__(self, number: int) -> Wording:
        """The wording of a body that was read."""
        return self._known(number)

    def _unpacked(self, number: int) -> Wording:
        return unpacked(os.pread(self._file.fileno(), *self._places[number]))


@contextmanager
def kept_wordings(bodies: NumberedBodies) -> Iterator[KeptWordings]:
    """A place for the wordings of some bodies."""
    with tempfile.TemporaryFile() as file:
        yield KeptWordings(file, bodies)
