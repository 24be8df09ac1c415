"""Content Credentials made for the tests: a root, a signer, and files signed by it."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from c2pa import Builder, C2paSignerInfo, Signer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey
CREATED = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@dataclass(frozen=True)
class Identity:
    """A signer with the chain that leads to its root, all as PEM."""

    chain: str
    key: str
    root: str


@cache
def identity(
    organisation: str = "Test Newsroom", lifetime: timedelta = timedelta(days=365)
) -> Identity:
    """An ES256 signer under a root of its own; two calls with the same words are one."""
    now = datetime.now(UTC)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _certificate(f"{organisation} Root", root_key, None, now + timedelta(days=3650))
    signer = _certificate(organisation, key, (root, root_key), now + lifetime)
    return Identity(
        chain=_pem(signer) + _pem(root),
        key=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
        root=_pem(root),
    )


def sign(
    data: bytes,
    media_type: str = "image/jpeg",
    by: Identity | None = None,
    *,
    source_type: str = CREATED,
    ingredient: bytes | None = None,
    address: str | None = None,
    **more: Any,
) -> bytes:
    """The file with Content Credentials inside; with an address, only that is inside.

    ingredient: a JPEG that is placed into the picture. more: fields of the manifest.
    """
    by = by or identity()
    actions: list[dict[str, Any]] = [{"action": "c2pa.created", "digitalSourceType": source_type}]
    manifest = {
        "claim_generator_info": [{"name": "Test Camera", "version": "1.2"}],
        "title": "picture",
        "assertions": [{"label": "c2pa.actions", "data": {"actions": actions}}],
        **more,
    }
    signer = Signer.from_info(C2paSignerInfo(b"es256", by.chain.encode(), by.key.encode(), None))
    signed = io.BytesIO()
    with Builder(json.dumps(manifest)) as builder:
        if ingredient is not None:
            placed = {"title": "placed.jpg", "relationship": "componentOf"}
            builder.add_ingredient(json.dumps(placed), "image/jpeg", io.BytesIO(ingredient))
        if address is not None:
            builder.set_no_embed()
            builder.set_remote_url(address)
        builder.sign(signer, media_type, io.BytesIO(data), signed)
    return signed.getvalue()


def _certificate(
    organisation: str, key: Key, issuer: tuple[x509.Certificate, Key] | None, end: datetime
) -> x509.Certificate:
    """A certificate as section 14.5 of the C2PA specification wants it; without issuer a root."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{organisation} C2PA"),
        ]
    )
    authority, authority_key = issuer or (None, key)
    ends_chain = authority is not None
    public = authority_key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(authority.subject if authority else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=3650))
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(not ends_chain, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), False)
        .add_extension(_usage(ends_chain), critical=True)
    )
    if ends_chain:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purpose, critical=False)
    return builder.sign(authority_key, hashes.SHA256())


def _usage(signs_content: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_content,
        key_cert_sign=not signs_content,
        crl_sign=not signs_content,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
