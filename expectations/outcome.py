"""What became of a rule, in no words of the engine that ran it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows failed, and the first of them; `crash` says why it could not be evaluated."""

    n_failed: int = 0
    failing_ids: tuple[str, ...] = ()
    crash: str | None = None
