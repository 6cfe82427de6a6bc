"""Bytes kept from build to build: whatever else than they were is none at all."""

import hashlib
from pathlib import Path

from warehouse.storage import atomic_path

_SEAL_BYTES = 32


def read_sealed(path: Path, key: str) -> bytes:
    """What was kept under this key; empty if nothing was, or if the file is damaged."""
    try:
        found = path.read_bytes()
    except OSError:
        return b""
    seal, data = found[:_SEAL_BYTES], found[_SEAL_BYTES:]
    return data if seal == _seal(key, data) else b""


def write_sealed(path: Path, key: str, data: bytes) -> None:
    """Keep some bytes until others are kept there; `key` is the digest of what they depend on.

    Raises:
        OSError: the file cannot be written.
    """
    with atomic_path(path) as temporary:
        temporary.write_bytes(_seal(key, data) + data)


def _seal(key: str, data: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(key.encode()).digest() + data).digest()
