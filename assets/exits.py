"""The codes that scripts read."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ends."""

    PUBLISHED = 0
    CHECK_FAILED = 1
    BAD_CONFIGURATION = 2
    INTERNAL_ERROR = 3
