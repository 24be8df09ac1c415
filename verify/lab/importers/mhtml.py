"""A page that a browser kept as MHTML: its address and date above, its HTML as the first part.

Source: RFC 2557.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from verify.lab.importers import Source
from verify.lab.importers._moments import of_mail
from verify.lab.importers._pages import LARGEST, page
from verify.lab.importers._reasons import CUT_OFF, MALFORMED
from verify.records import Post, Unread

NAME = "MHTML"

_HEAD = 64 << 10
_FOLD = re.compile(rb"\r?\n[ \t]+")
_FIELD = re.compile(rb"^([A-Za-z-]{1,60}):[ \t]*([^\r\n]*)", re.MULTILINE)
_END = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\"\r\n;]{1,100})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*\"?([\w-]{2,20})", re.IGNORECASE)


def recognises(source: Source) -> bool:
    """By its fields."""
    if not source.name.lower().endswith((".mhtml", ".mht")):
        return False
    told = _fields(source.content[:_HEAD])
    return b"multipart/related" in told.get("content-type", b"").lower()


def _fields(head: bytes) -> dict[str, bytes]:
    """The fields above the first empty line, by their names."""
    above = _FOLD.sub(b" ", _END.split(head, maxsplit=1)[0])
    return {name.decode().lower(): value.strip() for name, value in _FIELD.findall(above)}


def read(source: Source) -> Iterator[Post | Unread]:
    """One page."""
    head = source.content[:_HEAD]
    told = _fields(head)
    boundary = _BOUNDARY.search(told.get("content-type", b""))
    start = head.find(b"--" + boundary[1]) if boundary else -1
    if boundary is None or start < 0:
        yield Unread(what=source.name[:300], why=MALFORMED)
        return
    at = start + len(boundary[1]) + 2
    part = source.content[at : at + 2 * LARGEST].lstrip(b"\r\n")
    fields = _fields(part[:_HEAD])
    ended = _END.search(part)
    link = told.get("snapshot-content-location") or fields.get("content-location") or b""
    if ended is None or not link.startswith((b"http://", b"https://")):
        yield Unread(what=source.name[:300], why=CUT_OFF if ended is None else MALFORMED)
        return
    body = part[ended.end() :].split(b"\n--" + boundary[1], 1)[0]
    charset = _CHARSET.search(fields.get("content-type", b""))
    yield page(
        link.decode("utf-8", "replace"),
        _decoded(body, fields.get("content-transfer-encoding", b"").lower()),
        of_mail(told.get("date", b"").decode("utf-8", "replace")),
        charset[1].decode() if charset else "",
    )


def _decoded(body: bytes, way: bytes) -> bytes:
    if way == b"quoted-printable":
        return binascii.a2b_qp(body)
    if way != b"base64":
        return body
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
