"""What yt-dlp writes beside what it downloads: `NAME.info.json`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from verify.lab.importers import Source
from verify.lab.importers._bounds import bounded
from verify.lab.importers._fields import first, words
from verify.lab.importers._json_stream import BrokenError, fields
from verify.lab.importers._media import PICTURE_ENDINGS, attached, of_stem
from verify.lab.importers._moments import Moment, first_field_of, of_day, of_unix
from verify.lab.importers._networks import address, network
from verify.lab.importers._reasons import CUT_OFF, MALFORMED
from verify.records import Attachment, PlaceKind, Post, Unread

NAME = "yt-dlp"

_ENDING = ".info.json"
_BEGIN = re.compile(rb'\s*\{\s*"id"\s*:\s*(?:"|\d)')
_WANTED = {
    *("id", "title", "description", "uploader", "uploader_id", "uploader_url", "channel"),
    *("channel_id", "timestamp", "upload_date", "webpage_url", "extractor_key", "extractor"),
    *("tags", "ext", "_type"),
}
_TITLED = frozenset({"youtube", "vimeo", "dailymotion", "rumble", "odysee", "bitchute", "rutube"})


def recognises(source: Source) -> bool:
    """By its name, and that it begins with an id."""
    return source.name.lower().endswith(_ENDING) and bool(_BEGIN.match(source.content[:256]))


def read(source: Source) -> Iterator[Post | Unread]:
    """One post; none for a list of others."""
    try:
        told = fields(source.content, _WANTED)
    except BrokenError:
        yield Unread(what=source.name[:300], why=CUT_OFF)
        return
    if told.get("_type") in ("playlist", "multi_video"):
        return
    if not first(told, "extractor_key", "extractor") or not first(told, "id"):
        yield Unread(what=source.name[:300], why=MALFORMED)
        return
    yield _post(told, source)


def _post(told: dict[str, Any], source: Source) -> Post:
    link = first(told, "webpage_url")
    where = network(first(told, "extractor_key", "extractor"))
    led = address(link)
    same = led.network == where
    handle, account = _author(told, where)
    at = _moment(told)
    return bounded(
        Post(
            network=where,
            id=led.id if same and where == "telegram" else first(told, "id"),
            place=led.place if same else "",
            place_kind=PlaceKind.CHANNEL if same and led.place else PlaceKind.PROFILE,
            account=account,
            name=first(told, "channel", "uploader"),
            handle=handle or (led.handle if same else ""),
            at=at.at,
            resolution_s=at.resolution_s,
            impossible=at.written,
            text=_text(told, where),
            hashtags=words(told.get("tags")) if where == "tiktok" else (),
            link=link,
            media=tuple(_media(told, source)),
        )
    )


def _author(told: dict[str, Any], where: str) -> tuple[str, str]:
    """Handle and number. Some networks give the handle where others give the number."""
    ids = [first(told, "channel_id"), first(told, "uploader_id")]
    if where == "x":
        return ids[1], ids[0]
    last = unquote(first(told, "uploader_url").rstrip("/").rpartition("/")[2])
    names = [one for one in (last, *ids) if one.startswith("@")]
    handle = names[0][1:] if names else last if last not in ids else ""
    plain = [one for one in ids if one and one.removeprefix("@") != handle]
    return handle, plain[0] if plain else ""


def _moment(told: dict[str, Any]) -> Moment:
    return first_field_of(of_unix(told.get("timestamp")), of_day(told.get("upload_date")))


def _text(told: dict[str, Any], where: str) -> str:
    """Of films a title and a description; of posts the title is made from the text."""
    title, description = first(told, "title"), first(told, "description")
    if description and where not in _TITLED:
        return description
    return "\n\n".join(part for part in (title, description) if part)


def _media(told: dict[str, Any], source: Source) -> Iterator[Attachment]:
    stem = source.name[: -len(_ENDING)]
    found = sorted(of_stem(stem, source.beside))
    films = [name for name in found if name.rpartition(".")[2] not in PICTURE_ENDINGS]
    for name in found:
        pictured = films and name not in films
        yield Attachment(path=name, kind="thumbnail" if pictured else "")
    if not found and (ending := first(told, "ext")):
        yield attached(f"{stem}.{ending}", source.beside)
