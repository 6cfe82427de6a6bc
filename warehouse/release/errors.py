"""What keeps a release from being made or read."""


class ReleaseError(ValueError):
    """There is nothing to release, it may not be released, or it cannot be written or read."""
