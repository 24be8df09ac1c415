"""Time stamps by somebody outside (RFC 3161): what is asked, and what a reply says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from verify.errors import BadInput
from verify.records import say

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

MOST_BYTES = 256 << 10  # of a reply: a token, and the certificates of who signed it


@dataclass(frozen=True)
class Told:
    """When a text existed, by a reply. trusted: whether an authority that the desk trusts signed
    it; else nothing says who did."""

    at: datetime
    trusted: bool


def request(text: str) -> bytes:
    """A request for a stamp on this text: its SHA-256 and a random number, nothing else."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(text.encode())
    asked: bytes = builder.hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()
    return asked


def read(reply: bytes, asked: bytes, text: str, certificates: str = "") -> Told:
    """What a reply says of the text. certificates: of authorities that are trusted, in PEM; ""
    where there are none. Raises BadInput where it is none, or is not about this."""
    from asn1crypto import tsp
    from rfc3161_client import PKIStatus, VerificationError

    if len(reply) > MOST_BYTES:
        raise BadInput(say("This is no reply of a time-stamp authority."))
    try:
        found = _decoded(reply)
        status = PKIStatus(found.status)
    except (ValueError, TypeError) as error:
        raise BadInput(say("This is no reply of a time-stamp authority.")) from error
    if status is not PKIStatus.GRANTED:
        raise BadInput(say("The time-stamp authority refused the request."))
    nonce = tsp.TimeStampReq.load(asked)["nonce"].native
    imprint = found.tst_info.message_imprint
    digest = hashlib.sha256(text.encode()).digest()
    if imprint.message != digest or found.tst_info.nonce != nonce:
        raise BadInput(say("This reply is to another request."))
    try:
        return Told(found.tst_info.gen_time, _trusted(found, digest, certificates))
    except (VerificationError, ValueError) as error:
        raise BadInput(
            say("This reply is not signed by a time-stamp authority that this desk trusts.")
        ) from error


def _decoded(reply: bytes) -> TimeStampResponse:
    """Raises ValueError. OpenSSL writes certificates in another order than DER asks for, which
    the library refuses; the reply is kept as it was received all the same."""
    from asn1crypto import cms, tsp
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(reply)
    except ValueError:
        whole = tsp.TimeStampResp.load(reply, strict=True)
        if not whole["time_stamp_token"].native:
            raise
        signed = whole["time_stamp_token"]["content"]
        ordered = sorted(one.dump() for one in signed["certificates"])
        load = cms.CertificateChoices.load
        signed["certificates"] = cms.CertificateSet([load(one) for one in ordered])
        return decode_timestamp_response(whole.dump(force=True))


def _trusted(found: TimeStampResponse, digest: bytes, certificates: str) -> bool:
    """Raises VerificationError where none of these stands behind it."""
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerifierBuilder

    if not certificates:
        return False
    builder = VerifierBuilder()
    for one in dict.fromkeys(load_pem_x509_certificates(certificates.encode())):
        builder = builder.add_root_certificate(one)
    return bool(builder.build().verify(found, digest))
