"""The key by which a desk signs what it hands out: Ed25519 (RFC 8032), in a file of its own that is
encrypted by a passphrase. The desk keeps the public half alone."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from verify.errors import BadInput
from verify.records import say
from verify.regular import descriptor_of
from verify.store.database.connection import Store, now, stamp
from verify.store.folder.files import write_new

if TYPE_CHECKING:  # loaded where a desk signs: that takes a tenth of its start
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


_MOST_BYTES = 1 << 20
_KEY = re.compile("-----BEGIN PUBLIC KEY-----.{1,500}?-----END PUBLIC KEY-----", re.DOTALL)


def make(target: Path, passphrase: str) -> str:
    """Write a new key to a new file; gives its public half, in PEM. Raises BadInput."""
    from cryptography.hazmat.primitives import serialization as written
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    encrypted = written.BestAvailableEncryption(passphrase.encode())
    pem = key.private_bytes(written.Encoding.PEM, written.PrivateFormat.PKCS8, encrypted)
    write_new(target, pem)
    return _public(key)


def read(source: Path, passphrase: str) -> bytes:
    """The key in a file that `make` wrote, as 32 bytes. Raises BadInput."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(source.read_bytes(), passphrase.encode())
    except (ValueError, TypeError) as error:
        raise BadInput(say("This passphrase does not open this key.")) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput(say("This is no key by which a desk signs."))
    return key.private_bytes_raw()


def public(key: bytes) -> str:
    """The public half of a key as `read` gives it, in PEM."""
    return _public(_of(key))


def signature(key: bytes, content: bytes) -> bytes:
    """64 bytes."""
    return _of(key).sign(content)


def fingerprint(public: str) -> str:
    """By which people tell a public key: the SHA-256 of its DER, in hexadecimal."""
    from cryptography.hazmat.primitives import serialization as written

    der = written.load_pem_public_key(public.encode()).public_bytes(
        written.Encoding.DER, written.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(der).hexdigest()


def raw_public(key: bytes) -> bytes:
    """The public half of a key as `read` gives it, as 32 bytes."""
    return _of(key).public_key().public_bytes_raw()


def pem_of_raw(raw: bytes) -> str | None:
    """A public key of 32 bytes in PEM; None for bytes that are none."""
    from cryptography.hazmat.primitives import serialization as written
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        return None
    pem = key.public_bytes(written.Encoding.PEM, written.PublicFormat.SubjectPublicKeyInfo)
    return pem.decode()


def current(store: Store) -> tuple[str, str] | None:
    """Fingerprint and public half of the key by which the desk signs now."""
    row = store.row("SELECT fingerprint, public FROM signing_key WHERE gone_at IS NULL")
    return (row["fingerprint"], row["public"]) if row else None


def put(store: Store, public: str) -> str:
    """Sign by this one from now on; gives its fingerprint."""
    retire(store)
    told = fingerprint(public)
    store.insert("signing_key", fingerprint=told, public=public, made_at=stamp(now()))
    return told


def every(store: Store) -> list[str]:
    """The public halves of all keys by which the desk signs or ever signed, in PEM."""
    return [row["public"] for row in store.rows("SELECT public FROM signing_key")]


def listed(file: Path) -> list[str]:
    """The public keys in a file, in PEM; none where there is no such file."""
    try:
        with os.fdopen(descriptor_of(file), "rb") as source:
            text = source.read(_MOST_BYTES).decode("ascii", "replace")
    except OSError:
        return []
    return [one for one in _KEY.findall(text) if _is_ed25519(one)]


def signed(public: str, content: bytes, signature: bytes) -> bool:
    """Whether this key signed these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    key = load_pem_public_key(public.encode())
    try:
        return isinstance(key, Ed25519PublicKey) and key.verify(signature, content) is None
    except InvalidSignature:
        return False


def retire(store: Store) -> str | None:
    """Sign by none any more; gives the fingerprint of the one that was."""
    known = current(store)
    store.change("UPDATE signing_key SET gone_at = ? WHERE gone_at IS NULL", (stamp(now()),))
    return known[0] if known else None


def _is_ed25519(public: str) -> bool:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        return isinstance(load_pem_public_key(public.encode()), Ed25519PublicKey)
    except (ValueError, UnsupportedAlgorithm):
        return False


def _of(key: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(key)


def _public(key: Ed25519PrivateKey) -> str:
    from cryptography.hazmat.primitives import serialization as written

    pem = key.public_key().public_bytes(
        written.Encoding.PEM, written.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode()
