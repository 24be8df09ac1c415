"""Encryption of a file to people, by age (age-encryption.org/v1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from verify.errors import BadInput
from verify.records import say


def encrypt(source: Path, target: Path, recipients: Sequence[str]) -> None:
    """Encrypt a file to age public keys (`age1...`). Raises BadInput."""
    import pyrage

    try:
        keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    except pyrage.RecipientError as error:
        raise BadInput(say("A recipient is an age public key that begins with age1.")) from error
    pyrage.encrypt_file(str(source), str(target), keys)


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
