"""4CAT's data sets: its CSV of posts, the same as JSON lines, and what Zeeschuimer recorded.

Unix times are of UTC; those written out are of whatever zone its server has.
Source: digitalmethodsinitiative/4cat, `map_item` of its data sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verify.lab.importers import Source
from verify.lab.importers._bounds import bounded
from verify.lab.importers._fields import first, objects, within
from verify.lab.importers._json_lines import first_object, objects_in
from verify.lab.importers._moments import first_field_of, of_iso, of_unix
from verify.lab.importers._networks import address, network
from verify.lab.importers._once import Once
from verify.lab.importers._reasons import MALFORMED, TWICE
from verify.lab.importers._table import header, plain, rows
from verify.records import Attachment, PlaceKind, Post, Sentence, Unread

NAME = "4CAT"

_ALWAYS = {"id", "thread id", "author", "body", "timestamp"}
_LINKS = ("link", "url", "post url", "tiktok url", "tweet url", "permalink")
_MEDIA = {
    "images": "photo",
    "image urls": "photo",
    "image url": "photo",
    "media url": "photo",
    "media urls": "photo",
    "thumbnail url": "thumbnail",
    "videos": "video",
    "video url": "video",
    "attachment filename": "",
}


def recognises(source: Source) -> bool:
    """By its columns, or what its first line holds."""
    name = source.name.lower()
    if name.endswith(".csv"):
        head = header(source.content)
        return head is not None and set(head.columns) >= _ALWAYS
    if not name.endswith((".ndjson", ".jsonl")):
        return False
    told = first_object(source.content)
    return told is not None and (_is_recorded(told) or {plain(key) for key in told} >= _ALWAYS)


def _is_recorded(told: Mapping[str, Any]) -> bool:
    return {"source_platform", "timestamp_collected", "data"} <= told.keys()


def read(source: Source) -> Iterator[Post | Unread]:
    """Its rows or lines."""
    head = header(source.content) if source.name.lower().endswith(".csv") else None
    known = Once()
    found: Iterator[tuple[int, Mapping[str, Any] | Sentence]]
    found = rows(source.content, head) if head else objects_in(source.content)
    for number, told in found:
        what = f"{source.name}:{number}"[:300]
        if isinstance(told, Sentence):
            yield Unread(what=what, why=told)
            continue
        post = _recorded(told) if _is_recorded(told) else _mapped(told, source.name)
        if post is None:
            yield Unread(what=what, why=MALFORMED)
        else:
            new = known.new_name(post.network, post.place, post.id)
            yield post if new else Unread(what=what, why=TWICE)


def _mapped(told: Mapping[str, Any], filename: str) -> Post | None:
    row = {plain(key): value for key, value in told.items()}
    link = first(row, *_LINKS)
    where = _network(row, link, filename)
    number = first(row, "id")
    at = first_field_of(of_unix(row.get("unix timestamp")), of_iso(row.get("timestamp")))
    if not number or not (at.at or first(row, "body", "subject")):
        return None
    chat = first(row, "chat") if where == "telegram" else first(row, "subreddit")
    answered = first(row, "reply to", "parent id")
    edited = of_unix(row.get("unix timestamp edited"))
    forwarded = first(row, "author forwarded from username", "author forwarded from name")
    author = first(row, "author")  # a number on Telegram, elsewhere a handle
    numbered = where == "telegram"
    handle = first(row, "author username") or ("" if numbered else author)
    return bounded(
        Post(
            network=where,
            id=number.rpartition("-")[2] if where == "telegram" else number,
            place=chat,
            place_name=chat,
            place_kind=PlaceKind.GROUP if chat else PlaceKind.PROFILE,
            account=first(row, "author id")
            or (first(row, "author") if where == "telegram" else ""),
            name=first(row, "author fullname", "author full", "author name", "author"),
            handle=handle.removeprefix("@"),
            at=at.at,
            resolution_s=at.resolution_s,
            impossible=at.written,
            edited_at=edited.at,
            text="\n\n".join(part for part in (first(row, "subject"), first(row, "body")) if part),
            links=tuple(_listed(row, "urls") or _listed(row, "entities linked")),
            hashtags=tuple(tag.lstrip("#") for tag in _listed(row, "hashtags")),
            client=first(row, "source") if where == "x" else "",
            forwarded_from=forwarded or first(row, "retweeted user"),
            reply_to="" if answered == number else answered,
            link=link,
            media=tuple(
                Attachment(missing=one, kind=kind)
                for column, kind in _MEDIA.items()
                for one in _listed(row, column)
            ),
        )
    )


def _listed(row: Mapping[str, Any], column: str) -> list[str]:
    """What stands in one value with commas between."""
    return [part.strip() for part in first(row, column).split(",") if part.strip()]


def _network(row: Mapping[str, Any], link: str, filename: str) -> str:
    """By the address; else by a column that one source has; else by the data set's name."""
    led = address(link).network if link else "web"
    if led != "web":
        return led
    if "author forwarded from name" in row or "timestamp edited" in row:
        return "telegram"
    if "tiktok url" in row:
        return "tiktok"
    if "retweet count" in row:
        return "x"
    word = plain(filename.rpartition(".")[0]).split(" ")[0]
    return network(word.removesuffix("v2")) if word.isalnum() else "web"


def _recorded(told: Mapping[str, Any]) -> Post | None:
    """What Zeeschuimer saw in a browser: the network's own answer, of TikTok and Instagram."""
    data = within(told, "data")
    platform = first(told, "source_platform")
    if platform == "tiktok.com":
        return _tiktok(data)
    return _instagram(data) if platform == "instagram.com" else None


def _tiktok(data: dict[str, Any]) -> Post | None:
    author, number = within(data, "author"), first(data, "id")
    handle, at = first(author, "uniqueId"), of_unix(data.get("createTime"))
    if not number or not at.at:
        return None
    challenges = objects(data.get("challenges"))
    return bounded(
        Post(
            network="tiktok",
            id=number,
            account=first(author, "id"),
            name=first(author, "nickname"),
            handle=handle,
            at=at.at,
            text=first(data, "desc"),
            hashtags=tuple(first(one, "title") for one in challenges),
            link=f"https://www.tiktok.com/@{handle}/video/{number}" if handle else "",
            media=(Attachment(missing=first(within(data, "video"), "cover"), kind="video"),),
        )
    )


def _instagram(data: dict[str, Any]) -> Post | None:
    user = within(data, "user") or within(data, "owner")
    number, at = first(data, "code", "shortcode"), of_unix(data.get("taken_at"))
    at = at if at.at else of_unix(data.get("taken_at_timestamp"))
    if not number or not at.at:
        return None
    captions = objects(within(data, "edge_media_to_caption").get("edges"))
    caption = within(data, "caption") or within(next(iter(captions), {}), "node")
    return bounded(
        Post(
            network="instagram",
            id=number,
            account=first(user, "pk", "id"),
            name=first(user, "full_name"),
            handle=first(user, "username"),
            at=at.at,
            text=first(caption, "text"),
            link=f"https://www.instagram.com/p/{number}/",
        )
    )
