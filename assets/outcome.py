"""How a build ended."""

from dataclasses import dataclass

from assets.exits import Exit
from expectations.runner import CheckResult


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to; `problem` says what went wrong, unless it was a check.

    `is_unchanged` says that every step found its work done by a build before.
    """

    exit: Exit
    checks: tuple[CheckResult, ...]
    problem: str | None = None
    is_unchanged: bool = False

    @property
    def failed(self) -> list[CheckResult]:
        """The checks that block publishing."""
        return [c for c in self.checks if not c.success and c.rule.severity == "error"]

    @property
    def warned(self) -> list[CheckResult]:
        """The checks that failed and do not block."""
        return [c for c in self.checks if not c.success and c.rule.severity == "warning"]
