"""What an input says, before anybody has read its text."""

from dataclasses import dataclass
from typing import Literal

Basis = Literal["person", "record", "page"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one witness says about a text; None where it is silent.

    `basis` names the witness: a `person` (`sources.toml`), the `record` that held the text, or the
    `page`. `published` is as the witness wrote it (an ISO date, a time stamp, or EDTF).
    """

    basis: Basis
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One readable input: its text, and what is known about it, the most trusted witness first."""

    source_id: str
    batch: str
    media_type: str
    text: str
    known: tuple[Metadata, ...] = ()
