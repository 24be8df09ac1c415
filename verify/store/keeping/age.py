"""Encryption of a file to people, by age (age-encryption.org/v1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from verify.errors import BadInput
from verify.records import say
from verify.store.folder.files import private_folder, put_in_place


def encrypt(source: Path, target: Path, recipients: Sequence[str]) -> None:
    """Encrypt a file to age public keys (`age1...`). Raises BadInput."""
    import pyrage

    try:
        keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    except pyrage.RecipientError as error:
        raise BadInput(say("A recipient is an age public key that begins with age1.")) from error
    pyrage.encrypt_file(str(source), str(target), keys)


def sealed(content: bytes, recipients: Sequence[str]) -> bytes:
    """Bytes encrypted to age public keys."""
    import pyrage

    keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    return bytes(pyrage.encrypt(content, keys))


def opened(content: bytes, secret: str) -> bytes | None:
    """What bytes hold, by a private key; None where they are not encrypted to it."""
    import pyrage

    try:
        return bytes(pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(secret)]))
    except pyrage.DecryptError:
        return None


def decrypt_to(source: Path, target: Path, secret: str) -> None:
    """Decrypt a file with a private key. Raises BadInput."""
    import pyrage

    try:
        identity = pyrage.x25519.Identity.from_str(secret)
        pyrage.decrypt_file(str(source), str(target), [identity])
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise BadInput(
            say("It is encrypted to another key than this one, or was cut off or changed.")
        ) from error


def make_identity(target: Path, passphrase: str) -> str:
    """Write a new private key to a new file, encrypted by a passphrase as `age -p` does; gives
    the public one. Raises BadInput, Unavailable."""
    import pyrage

    if target.exists():
        raise BadInput(say("{file} exists already. Name a new file.", file=str(target)))
    identity = pyrage.x25519.Identity.generate()
    with private_folder(target.parent) as folder:
        unfinished = folder / "key"
        unfinished.write_bytes(pyrage.passphrase.encrypt(f"{identity}\n".encode(), passphrase))
        unfinished.chmod(0o600)
        put_in_place(unfinished, target)
    return str(identity.to_public())


def read_identity(source: Path, passphrase: str) -> str:
    """The private key in a file that `make_identity` wrote. Raises BadInput."""
    import pyrage

    try:
        text = pyrage.passphrase.decrypt(source.read_bytes(), passphrase).decode()
        return str(pyrage.x25519.Identity.from_str(text.strip()))
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise BadInput(say("This passphrase does not open this key.")) from error


def decrypt(source: Path, target: Path, identity: Path) -> None:
    """Decrypt a backup with the keys in a file. Raises BadInput."""
    import pyrage

    try:
        lines = identity.read_text(encoding="utf-8").splitlines()
        keys = [
            pyrage.x25519.Identity.from_str(line.strip())
            for line in lines
            if line.strip().startswith("AGE-SECRET-KEY-")
        ]
        pyrage.decrypt_file(str(source), str(target), keys)
    except (pyrage.IdentityError, pyrage.DecryptError, UnicodeDecodeError) as error:
        raise BadInput(say("This key does not open this backup.")) from error
