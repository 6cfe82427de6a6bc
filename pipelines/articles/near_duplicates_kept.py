"""Wordings outside of memory, in a nameless file that goes when it is closed."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from pipelines.articles.near_duplicates_text import Wording, packed, unpacked, wording


@contextmanager
def kept_wordings(bodies: Iterable[tuple[int, str]]) -> Iterator[Callable[[int], Wording]]:
    """Keep the wordings of some bodies; gives what finds one by the number given with its body.

    Bodies that are too short for a wording are left out.
    """
    places: dict[int, tuple[int, int]] = {}
    end = 0
    with tempfile.TemporaryFile() as file:
        for number, body in bodies:
            found = wording(body)
            if found is not None:
                n_bytes = file.write(packed(found))
                places[number] = n_bytes, end
                end += n_bytes
        file.flush()
        yield lambda number: unpacked(os.pread(file.fileno(), *places[number]))
