"""The version of an extractor: a digest of its code, its word lists and the language model."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

Extractor = Literal["articles", "entities", "dates", "quotes"]

_ROOM = Path(__file__).parent
#: What each extractor's rows depend on beside its own package.
_SHARED = ("parsing.py", "process.py", "ids.py")
_BUILDS_ON: dict[Extractor, tuple[Extractor, ...]] = {
    "articles": (),
    "entities": ("articles",),
    "dates": ("articles",),
    "quotes": ("articles", "entities", "dates"),
}


@cache
def extractor_version(extractor: Extractor, model: str) -> str:
    """The first 12 hex digits of a SHA-256 over all that the extractor's rows depend on.

    `model` is the language model's name and version. Nobody has to remember to raise it.
    """
    digest = hashlib.sha256(model.encode())
    for package in ("documents", *_BUILDS_ON[extractor], extractor):
        for path in sorted(p for p in (_ROOM / package).rglob("*") if _counts(p)):
            digest.update(path.relative_to(_ROOM).as_posix().encode() + path.read_bytes())
    for name in _SHARED:
        digest.update((_ROOM / name).read_bytes())
    return digest.hexdigest()[:12]


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
