"""What kind of message a person's file becomes, as Telegram's apps sort them."""

from __future__ import annotations

from itertools import groupby

from verify.errors import BadInput
from verify.lab.wire import FILE_BYTES
from verify.localchat import media
from verify.localchat.exchange import Exchange, Json
from verify.localchat.limits import ALBUM_FILES
from verify.localchat.refusals import Refused
from verify.localchat.requests import Upload
from verify.records import ByteSize, say

_ALBUM_KINDS = {"photo": "seen", "video": "seen", "document": "document", "audio": "audio"}


def check_size(size: int, name: str) -> None:
    """Raise BadInput for a file that is larger than what the lab examines."""
    if size > FILE_BYTES:
        raise BadInput(
            say(
                "“{name}” is larger than {limit}. Import it on the command line instead: "
                "verify-desk import FILE",
                name=name,
                limit=ByteSize(count=FILE_BYTES),
            )
        )


async def content_of(exchange: Exchange, upload: Upload, *, as_photo: bool) -> Json:
    """What a message with this file holds, by the kind of file, as Telegram's apps sort them."""
    if not upload.content:
        raise BadInput(say("“{name}” is empty.", name=upload.name))
    check_size(len(upload.content), upload.name)
    media_type = media.media_type_of(upload)
    if upload.content.startswith((b"GIF87a", b"GIF89a")):
        return await _animation(exchange, upload)
    if media_type.startswith("image/") and as_photo:
        try:
            return await media.photo(exchange, upload, from_bot=False)
        except Refused as error:
            raise BadInput(
                say(
                    "“{name}” could not be read as a picture. Send it as a file instead.",
                    name=upload.name,
                )
            ) from error
    if media_type in ("audio/ogg", "audio/opus"):
        return await _played(exchange, upload, "voice", "voice", {})
    if media_type.startswith("audio/"):
        return await _played(exchange, upload, "audio", "music", {})
    if media_type.startswith("video/") and as_photo:
        return await _played(exchange, upload, "video", "videos", {"width": 0, "height": 0})
    return await media.document(exchange, upload)


async def _animation(exchange: Exchange, upload: Upload) -> Json:
    """A GIF goes as a file, untouched; a message with one also names it as a document."""
    kept, extra, (width, height) = await media.keep(
        exchange, Upload(upload.content, upload.name, "image/gif"), "animations"
    )
    document = {**media.described(kept), **extra}
    if not extra:
        return {"document": document}
    animation = {**document, "width": width, "height": height, "duration": 0}
    return {"animation": animation, "document": document}


async def _played(exchange: Exchange, upload: Upload, kind: str, folder: str, more: Json) -> Json:
    """Sound and video. Their length would take decoding, which happens only in the lab."""
    kept, _, _ = await media.keep(exchange, upload, folder)
    return {kind: {**media.described(kept), "duration": 0, **more}}


def albums(exchange: Exchange, contents: list[Json]) -> list[Json]:
    """Files of a kind, next to each other, share an album; the order stays."""
    grouped: list[Json] = []
    for kind, members in groupby(contents, key=_album_kind):
        alike = list(members)
        for start in range(0, len(alike), ALBUM_FILES):
            album = alike[start : start + ALBUM_FILES]
            shared = (
                {"media_group_id": exchange.store.new_album()} if kind and len(album) > 1 else {}
            )
            grouped.extend({**body, **shared} for body in album)
    return grouped


def _album_kind(body: Json) -> str:
    if "animation" in body:
        return ""
    return next((_ALBUM_KINDS[name] for name in body if name in _ALBUM_KINDS), "")
