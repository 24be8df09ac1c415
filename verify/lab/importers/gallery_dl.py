"""What gallery-dl writes beside what it downloads: `NAME.EXT.json` for the file `NAME.EXT`.

A post of several files has as many of these. Dates are of UTC, though no zone is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from verify.lab.importers import Source
from verify.lab.importers._bounds import bounded
from verify.lab.importers._fields import first, within, word, words
from verify.lab.importers._json_stream import BrokenError, fields
from verify.lab.importers._media import ENDINGS, attached
from verify.lab.importers._moments import Moment, first_of, of_iso, of_unix
from verify.lab.importers._networks import address, network
from verify.lab.importers._reasons import CUT_OFF, MALFORMED
from verify.records import PlaceKind, Post, Unread

NAME = "gallery-dl"

_HEAD = 256 << 10
_CATEGORY = re.compile(rb'[{,]\s*"category"\s*:\s*"')
_SECOND = re.compile(rb'[{,]\s*"(?:subcategory|extension)"\s*:\s*"')
_AUTHORS = ("author", "user", "owner", "account", "creator")
_WANTED = {
    *("category", "subcategory", "tweet_id", "post_id", "shortcode", "post_shortcode", "id"),
    *("status_id", "date", "post_date", "published", "created_at", "content", "text"),
    *("description", "caption", "title", "selftext", "desc", "hashtags", "source", "username"),
    *("fullname", "owner_id", "user_id", "subreddit", "post_url", "permalink", "webpage_url"),
    *("uri", "reply_id", "blog_name", "type"),
    *_AUTHORS,
}


def recognises(source: Source) -> bool:
    """By the name of what it lies beside, and its category."""
    parts = source.name.lower().rsplit(".", 2)
    if len(parts) != 3 or parts[2] != "json" or parts[1] not in ENDINGS:
        return False
    head = source.content[:_HEAD]
    return bool(head.lstrip()[:1] == b"{" and _CATEGORY.search(head) and _SECOND.search(head))


def read(source: Source) -> Iterator[Post | Unread]:
    """One post with one file."""
    try:
        told = fields(source.content, _WANTED)
    except BrokenError:
        yield Unread(what=source.name[:300], why=CUT_OFF)
        return
    post = _post(told, source)
    known = post.id and first(told, "category")
    yield post if known else Unread(what=source.name[:300], why=MALFORMED)


def _post(told: dict[str, Any], source: Source) -> Post:
    category = first(told, "category")
    where = network(category)
    account, handle, name = _author(told)
    number = first(told, "tweet_id", "post_shortcode", "shortcode", "post_id", "status_id", "id")
    link = _link(told, where, handle, number)
    at = _moment(told)
    subreddit = first(told, "subreddit")
    return bounded(
        Post(
            network=where,
            id=number,
            place=subreddit,
            place_name=subreddit,
            place_kind=PlaceKind.GROUP if subreddit else PlaceKind.PROFILE,
            account=account,
            name=name,
            handle=handle,
            at=at.at,
            resolution_s=at.resolution_s,
            impossible=at.written,
            text=_text(told),
            hashtags=tuple(tag.lstrip("#") for tag in words(told.get("hashtags"))),
            client=first(told, "source") if where == "x" else "",
            reply_to="" if first(told, "reply_id") == "0" else first(told, "reply_id"),
            link=link,
            media=(attached(source.name[: -len(".json")], source.beside, first(told, "type")),),
        )
    )


def _author(told: dict[str, Any]) -> tuple[str, str, str]:
    """Number, handle and name: an object's, or fields' of their own."""
    one = next((found for key in _AUTHORS if (found := within(told, key))), {})
    account = first(one, "id", "did", "nsid", "uid") or first(told, "owner_id", "user_id")
    handle = first(one, "username", "handle", "screen_name", "uniqueId", "acct", "name")
    handle = handle or first(told, "username", "blog_name") or _plain(told)
    name = first(one, "nick", "displayName", "display_name", "nickname", "full_name")
    return account, handle.removeprefix("@"), name or first(told, "fullname") or handle


def _plain(told: dict[str, Any]) -> str:
    return next((found for key in _AUTHORS if (found := word(told.get(key)))), "")


def _moment(told: dict[str, Any]) -> Moment:
    written = [told.get(key) for key in ("date", "post_date", "published", "created_at")]
    return first_of(*(read for one in written for read in (of_iso(one, utc=True), of_unix(one))))


def _text(told: dict[str, Any]) -> str:
    title = first(told, "title")
    rest = first(told, "content", "text", "description", "caption", "selftext", "desc")
    return "\n\n".join(part for part in (title, rest) if part)


def _link(told: dict[str, Any], where: str, handle: str, number: str) -> str:
    """Where it stands: as told, or as its network makes addresses."""
    for key in ("post_url", "webpage_url", "permalink", "uri"):
        if (told_there := first(told, key)).startswith(("http://", "https://")):
            return told_there
    if where == "x" and handle:
        return f"https://x.com/{handle}/status/{number}"
    if where == "instagram":
        return f"https://www.instagram.com/p/{number}/"
    made = f"https://www.tiktok.com/@{handle}/video/{number}"
    return made if where == "tiktok" and address(made).id else ""
