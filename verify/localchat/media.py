"""Files in messages: kept, described in the Bot API's words, named by the bot again."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from pathlib import PurePosixPath
from typing import Any

from verify.formats import FORMATS, PICTURES, UNKNOWN, ending
from verify.localchat.exchange import Exchange
from verify.localchat.limits import PHOTO_BYTES
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call, Upload
from verify.store.localchat.files import StoredFile

Json = dict[str, Any]
CLIPS, SOUNDS = "clips", "sounds"
"""The kinds of files that the bot made and the page may play."""
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}")
# not all of them are in every Python's and system's list
_PICTURES = {ending(one): one for one in PICTURES if FORMATS[one].openers}


def attached(call: Call, name: str) -> Upload | str:
    """The upload that a field is or names (`attach://`), or the file_id that it holds."""
    if name in call.uploads:
        return call.uploads[name]
    value = call.text(name)
    if not value:
        raise Refused(f"there is no {name} in the request")
    return named(call, value)


def named(call: Call, value: str) -> Upload | str:
    """The upload behind `attach://NAME`, or the file_id as it is."""
    if not value.startswith("attach://"):
        return value
    upload = call.uploads.get(value.removeprefix("attach://"))
    if upload is None:
        raise Refused("wrong file identifier/HTTP URL specified")
    return upload


async def photo(exchange: Exchange, source: Upload | str, *, from_bot: bool) -> Json:
    """`{"photo": [sizes]}`, smallest first, from an upload or a photo's file_id."""
    if isinstance(source, str):
        known = exchange.store.files.by_id(source)
        if known is None or not known.photo:
            raise Refused("wrong file identifier/HTTP URL specified")
        name = known.photo
    else:
        _check_not_empty(source)
        if from_bot and len(source.content) > PHOTO_BYTES:
            raise Refused(
                f"file of size {len(source.content)} bytes is too big for a photo; "
                f"the maximum size is {PHOTO_BYTES} bytes"
            )
        name = await exchange.pictures.photo(source.content, from_bot=from_bot)
    return {"photo": [size(file) for file in exchange.store.files.photo_sizes(name)]}


async def document(exchange: Exchange, source: Upload | str) -> Json:
    """`{"document": ...}`, the bytes untouched; a picture gets a thumbnail."""
    if isinstance(source, str):
        known = exchange.store.files.by_id(source)
        if known is None or known.photo:
            raise Refused("wrong file identifier/HTTP URL specified")
        return {"document": described(known)}
    _check_not_empty(source)
    kept, extra, _ = await keep(exchange, source, "documents")
    return {"document": {**described(kept), **extra}}


async def clip(exchange: Exchange, source: Upload | str, seconds: int) -> Json:
    """`{"animation": ..., "document": ...}`: a film that the bot made; its bytes untouched."""
    if isinstance(source, str):
        raise Refused("wrong file identifier/HTTP URL specified")
    _check_not_empty(source)
    found = await exchange.pictures.thumbnail(source.content)
    if found is None:
        raise Refused("VIDEO_PROCESS_FAILED")
    first, width, height = found
    kept = await _save(exchange, source, CLIPS, "video/mp4", ".mp4")
    document = {**described(kept), "thumbnail": size(first)}
    animation = {**document, "width": width, "height": height, "duration": seconds}
    return {"animation": animation, "document": document}


async def voice(exchange: Exchange, source: Upload | str, seconds: int) -> Json:
    """`{"voice": ...}`: a sound that the bot made; its bytes untouched."""
    if isinstance(source, str):
        raise Refused("wrong file identifier/HTTP URL specified")
    _check_not_empty(source)
    kept = await _save(exchange, source, SOUNDS, "audio/ogg", ".ogg")
    return {"voice": {**described(kept), "duration": seconds}}


async def _save(
    exchange: Exchange, upload: Upload, kind: str, media_type: str, extension: str
) -> StoredFile:
    return await asyncio.to_thread(
        exchange.store.files.save,
        upload.content,
        kind=kind,
        name=upload.name,
        media_type=media_type,
        extension=extension,
    )


async def keep(
    exchange: Exchange, upload: Upload, kind: str
) -> tuple[StoredFile, Json, tuple[int, int]]:
    """Keep an upload untouched: the file, its thumbnail if it is a picture, width and height."""
    media_type = media_type_of(upload)
    made = None
    if media_type.startswith("image/"):
        made = await exchange.pictures.thumbnail(upload.content)
    suffix = PurePosixPath(upload.name).suffix
    extension = suffix.lower() if _EXTENSION.fullmatch(suffix) else ""
    kept = await _save(exchange, upload, kind, media_type, extension)
    if made is None:
        return kept, {}, (0, 0)
    return kept, {"thumbnail": size(made[0])}, (made[1], made[2])


def media_type_of(upload: Upload) -> str:
    """The declared type, else the one that the name suggests. Nobody looked inside."""
    if _MEDIA_TYPE.fullmatch(upload.media_type) and upload.media_type != UNKNOWN:
        return upload.media_type.lower()
    suffix = PurePosixPath(upload.name).suffix.lower()
    return _PICTURES.get(suffix) or mimetypes.guess_type(upload.name)[0] or UNKNOWN


def described(file: StoredFile) -> Json:
    """A file as the Bot API's Document."""
    described: Json = {"file_name": file.name} if file.name else {}
    if file.media_type:
        described["mime_type"] = file.media_type
    return {**described, **_identified(file)}


def size(file: StoredFile) -> Json:
    """A picture as the Bot API's PhotoSize."""
    return {**_identified(file), "width": file.width, "height": file.height}


def _identified(file: StoredFile) -> Json:
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}


def _check_not_empty(upload: Upload) -> None:
    if not upload.content:
        raise Refused("file must be non-empty")
