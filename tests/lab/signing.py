"""Content Credentials made for the tests: a root, a signer, and files signed by it."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from c2pa import Builder, C2paBuilderIntent, C2paSignerInfo, Signer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
)

Key = ec.EllipticCurvePrivateKey
CREATED = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@dataclass(frozen=True)
class Identity:
    """A signer, or a time-stamp authority, and the root that vouches for it."""

    certificate: x509.Certificate
    key: Key
    root: x509.Certificate

    @property
    def trust_list(self) -> str:
        """The root, as a desk that trusts it has it in a file."""
        return _pem(self.root)


@cache
def identity(
    organisation: str = "Test Newsroom",
    *,
    lifetime: timedelta = timedelta(days=365),
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.EMAIL_PROTECTION,
    revocation: str = "",
) -> Identity:
    """An ES256 signer under a root of its own; two calls with the same words are one.

    revocation: the address that would tell whether the certificate was withdrawn.
    """
    now = datetime.now(UTC)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _certificate(f"{organisation} Root", root_key, now + timedelta(days=3650))
    extended = [(x509.ExtendedKeyUsage([purpose]), purpose == ExtendedKeyUsageOID.TIME_STAMPING)]
    if revocation:
        place = x509.UniformResourceIdentifier(revocation)
        status = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
        extended.append((x509.AuthorityInformationAccess([status]), False))
    end = now + lifetime
    return Identity(_certificate(organisation, key, end, (root, root_key), extended), key, root)


def sign(
    data: bytes,
    media_type: str = "image/jpeg",
    by: Identity | None = None,
    *,
    source_type: str = CREATED,
    ingredient: bytes | None = None,
    edited: bool = False,
    address: str | None = None,
    time_stamps: str | None = None,
    **more: Any,
) -> bytes:
    """The file with Content Credentials inside; with an address, only that is inside.

    ingredient: a JPEG that was placed into the picture. edited: the file is what was opened.
    time_stamps: the address of an authority. more: fields of the manifest.
    """
    by = by or identity()
    created = {"action": "c2pa.created", "digitalSourceType": source_type}
    actions = [{"action": "c2pa.cropped"}] if edited else [created]
    manifest = {
        "claim_generator_info": [{"name": "Test Camera", "version": "1.2"}],
        "title": "picture",
        "assertions": [{"label": "c2pa.actions", "data": {"actions": actions}}],
        **more,
    }
    chain = _pem(by.certificate) + _pem(by.root)
    key = by.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    signer = Signer.from_info(C2paSignerInfo(b"es256", chain.encode(), key, time_stamps))
    signed = io.BytesIO()
    with Builder(json.dumps(manifest)) as builder:
        if ingredient is not None:
            placed = {"title": "placed.jpg", "relationship": "componentOf"}
            builder.add_ingredient(json.dumps(placed), "image/jpeg", io.BytesIO(ingredient))
        if edited:
            builder.set_intent(C2paBuilderIntent.EDIT)
        if address is not None:
            builder.set_no_embed()
            builder.set_remote_url(address)
        builder.sign(signer, media_type, io.BytesIO(data), signed)
    return signed.getvalue()


def _certificate(
    organisation: str,
    key: Key,
    end: datetime,
    issuer: tuple[x509.Certificate, Key] | None = None,
    extended: Sequence[tuple[x509.ExtensionType, bool]] = (),
) -> x509.Certificate:
    """A certificate as section 14.5 of the C2PA specification wants it; without issuer a root.

    extended: further extensions, and whether each is critical.
    """
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
    for extension, critical in extended:
        builder = builder.add_extension(extension, critical)
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
