"""The shapes that finding names in an article yields."""

from dataclasses import dataclass

from warehouse.tables.mentions import EntityType as EntityType
from warehouse.tables.mentions import MentionForm as MentionForm


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names something.

    Offsets are half-open code points into the article's text. `local` is the index, in the
    article's list of `LocalEntity`, of the thing meant; None where it cannot be told.
    `confidence` is that of `local` (0 to 1).
    """

    start: int
    end: int
    type: EntityType
    form: MentionForm
    local: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """One thing named in one article: its fullest name there, and what the article calls it."""

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    country: str | None = None
