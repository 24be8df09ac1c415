"""One call of the Bot API, read from a query, a form, a multipart body or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.types import Message

from verify.localchat.limits import UPLOAD_BYTES
from verify.localchat.refusals import Refused

_OVERHEAD = 1_000_000  # form fields and boundaries beside the files
# A larger file would go through `/tmp`, in clear, before it is read into memory all the same.
MultiPartParser.spool_max_size = UPLOAD_BYTES + _OVERHEAD


@dataclass(frozen=True)
class Upload:
    """A file inside a request: `name` and `media_type` as the sender gave them."""

    content: bytes
    name: str
    media_type: str


@dataclass(frozen=True)
class Call:
    """The fields of a call, and its uploads by field name."""

    fields: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A field as text, in valid UTF-8."""
        value = self.fields.get(name)
        if value is None:
            return default
        return _encodable(value if isinstance(value, str) else json.dumps(value))

    def number(self, name: str, default: int = 0) -> int:
        """A field as an integer; the default where it is none, or one that no id can be."""
        try:
            number = int(self.fields.get(name, default))
        except (TypeError, ValueError, OverflowError):
            return default
        return number if abs(number) < 2**53 else default

    def flag(self, name: str) -> bool:
        """A field as a boolean."""
        return str(self.fields.get(name, "")).lower() in ("true", "yes", "1")

    def json(self, name: str) -> Any:
        """A field that holds JSON, encoded once more or not; None where there is none."""
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            read = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise Refused(f"can't parse {name.replace('_', ' ')} JSON object") from error
        _encodable(json.dumps(read, ensure_ascii=False))
        return read


async def read_call(request: Request) -> Call:
    """Read a request, at most an upload's size of it, whatever length it declares."""
    bounded = _bounded(request)
    fields: dict[str, Any] = dict(request.query_params)
    uploads = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        fields.update(_object(await bounded.body()))
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            async with bounded.form(max_part_size=_OVERHEAD) as form:
                for name, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        uploads[name] = Upload(
                            await value.read(),
                            value.filename or "",
                            value.content_type or "",
                        )
                    else:
                        fields[name] = value
        except (MultiPartException, HTTPException) as error:
            raise Refused("can't parse the request's body") from error
    return Call(fields, uploads)


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refused("can't parse the request's JSON object") from error
    _encodable(json.dumps(value, ensure_ascii=False))
    if not isinstance(value, dict):
        raise Refused("object expected as the request's body")
    return value


def _encodable(text: str) -> str:
    """The text, unless half of a surrogate pair stands in it, which nothing could store."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused("strings must be encoded in UTF-8") from error
    return text


def _bounded(request: Request) -> Request:
    seen = 0

    async def receive() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > UPLOAD_BYTES + _OVERHEAD:
            raise Refused("Request Entity Too Large", code=413)
        return message

    return Request(request.scope, receive)
