"""A place in the text that means something, while the article is being read."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.entities.mention import EntityType, MentionForm


@dataclass(frozen=True, slots=True)
class Reference:
    """Tokens `start` to `end` (half-open) that mean cluster `target`; None where untold."""

    start: int
    end: int
    type: EntityType
    form: MentionForm
    target: int | None
    confidence: float


def joined(new: Sequence[Reference], old: Sequence[Reference]) -> list[Reference]:
    """Both by place; a new reference takes the place of the old ones inside it."""
    covered = {i for reference in new for i in range(reference.start, reference.end)}
    kept = [r for r in old if covered.isdisjoint(range(r.start, r.end))]
    return sorted([*kept, *new], key=lambda r: r.start)
