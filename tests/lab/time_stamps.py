"""A time-stamp authority of the tests (RFC 3161), on this computer: cryptography has none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

_INTEGER, _OCTETS, _OID, _TIME, _SEQUENCE, _SET, _CONTEXT = 2, 4, 6, 0x18, 0x30, 0x31, 0xA0


@contextmanager
def authority(
    certificate: Certificate, key: ec.EllipticCurvePrivateKey, at: datetime
) -> Iterator[str]:
    """An address that stamps whatever it is sent with one moment."""

    class Stamp(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            reply = _reply(request, certificate, key, at)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Stamp) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _reply(
    request: bytes, certificate: Certificate, key: ec.EllipticCurvePrivateKey, at: datetime
) -> bytes:
    """TimeStampResp: granted, and the token as CMS signed data (RFC 5652)."""
    _, imprint, *rest = _parts(_parts(request)[0][1])
    nonce = [_der(tag, body) for tag, body in rest if tag == _INTEGER]
    stamped = _der(_TIME, at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode())
    policy = _der(_OID, bytes([0x2A, 3, 4]))
    serial = _der(_INTEGER, b"\x01")
    version = _der(_INTEGER, b"\x01")
    info = _der(_SEQUENCE, version, policy, _der(*imprint), serial, stamped, *nonce)

    kind = _oid("2a864886f70d0109100104")  # id-ct-TSTInfo
    sha256 = _der(_SEQUENCE, _oid("608648016503040201"))
    digest = _der(_OCTETS, hashlib.sha256(info).digest())
    attributes = [
        _der(_SEQUENCE, _oid("2a864886f70d010903"), _der(_SET, kind)),
        _der(_SEQUENCE, _oid("2a864886f70d010904"), _der(_SET, digest)),
    ]
    signature = key.sign(_der(_SET, *attributes), ec.ECDSA(hashes.SHA256()))
    number = certificate.serial_number.to_bytes(21, "big").lstrip(b"\0")
    signer = _der(
        _SEQUENCE,
        version,
        _der(
            _SEQUENCE,
            certificate.issuer.public_bytes(),
            _der(_INTEGER, (b"\0" if number[0] > 127 else b"") + number),
        ),
        sha256,
        _der(_CONTEXT, *attributes),
        _der(_SEQUENCE, _oid("2a8648ce3d040302")),  # ecdsa-with-SHA256
        _der(_OCTETS, signature),
    )
    signed = _der(
        _SEQUENCE,
        _der(_INTEGER, b"\x03"),
        _der(_SET, sha256),
        _der(_SEQUENCE, kind, _der(_CONTEXT, _der(_OCTETS, info))),
        _der(_CONTEXT, certificate.public_bytes(Encoding.DER)),
        _der(_SET, signer),
    )
    token = _der(_SEQUENCE, _oid("2a864886f70d010702"), _der(_CONTEXT, signed))
    return _der(_SEQUENCE, _der(_SEQUENCE, _der(_INTEGER, b"\0")), token)


def _oid(hexadecimal: str) -> bytes:
    return _der(_OID, bytes.fromhex(hexadecimal))


def _der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body).to_bytes(4, "big").lstrip(b"\0") or b"\0"
    return bytes([tag]) + (size if len(body) < 128 else bytes([0x80 | len(size)]) + size) + body


def _parts(body: bytes) -> list[tuple[int, bytes]]:
    """Tags and bodies that stand one after another."""
    found = []
    while body:
        size, at = body[1], 2
        if size > 127:
            at += size & 127
            size = int.from_bytes(body[2:at], "big")
        found.append((body[0], body[at : at + size]))
        body = body[at + size :]
    return found
