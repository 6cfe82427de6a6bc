"""Signing a release with a key of the user's, by OpenSSF's model-signing; nothing is fetched.

The signature covers every file of the folder, the checksums included, itself aside. The public key
lies beside it: that proves that the folder is one piece, not whose it is. Whoever wants to know
whose gives `otr verify` a key that they have from elsewhere.
"""

from pathlib import Path

from warehouse.release.errors import ReleaseError
from warehouse.release.manifest import PUBLIC_KEY, SIGNATURE
from warehouse.storage import sha256

_INSTALL = "the package model-signing is not installed; `make setup` installs it"


def write_public_key(private_key: Path, release: Path) -> None:
    """Put the public half of a key into a release that is to be signed.

    Raises:
        ReleaseError: it is no elliptic-curve private key in PEM without a password.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    try:
        key = serialization.load_pem_private_key(private_key.read_bytes(), password=None)
    except (OSError, TypeError, ValueError) as error:
        raise ReleaseError(f"The key {private_key} cannot be read: {error}.") from error
    if not isinstance(key, EllipticCurvePrivateKey):
        raise ReleaseError(f"{private_key} is no elliptic-curve key; releases are signed with one.")
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (release / PUBLIC_KEY).write_bytes(pem)


def sign(release: Path, private_key: Path) -> None:
    """Sign a release whose other files are all written.

    Raises:
        ReleaseError: the library is not installed.
    """
    try:
        from model_signing import hashing, signing
    except ImportError as error:
        raise ReleaseError(f"A release cannot be signed: {_INSTALL}.") from error
    without = hashing.Config().set_ignored_paths(paths=[SIGNATURE], ignore_git_paths=False)
    signer = signing.Config().set_hashing_config(without)
    signer.use_elliptic_key_signer(private_key=private_key).sign(release, release / SIGNATURE)


def fault(release: Path, public_key: Path | None) -> str | None:
    """What is wrong with the signature of a release; None where it holds.

    Without a key, that of the release itself is used.
    """
    try:
        from model_signing import hashing, verifying
    except ImportError:
        return _INSTALL
    without = hashing.Config().set_ignored_paths(paths=[SIGNATURE], ignore_git_paths=False)
    try:
        verifier = verifying.Config().set_hashing_config(without)
        verifier.use_elliptic_key_verifier(public_key=public_key or release / PUBLIC_KEY)
        verifier.verify(release, release / SIGNATURE)
    except Exception as error:  # the library lets errors of every layer below it pass
        return str(error) or type(error).__name__
    return None


def fingerprint(public_key: Path) -> str:
    """The first 16 hex digits of the SHA-256 of a public key's file."""
    return sha256(public_key)[:16]
