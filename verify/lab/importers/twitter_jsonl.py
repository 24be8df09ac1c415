"""Posts of Twitter as its interfaces answered, an object or a page of them a line.

Version 1.1: twarc's lines. Version 2: twarc2's pages, with what they refer to beside them; its
flattened lines; and those that 4CAT keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from verify.lab.importers import Source
from verify.lab.importers._bounds import bounded
from verify.lab.importers._fields import first, objects, within, word
from verify.lab.importers._json_lines import first_object, objects_in
from verify.lab.importers._moments import of_iso, of_twitter
from verify.lab.importers._once import Once
from verify.lab.importers._reasons import MALFORMED, TWICE
from verify.records import Attachment, Post, Sentence, Unread

NAME = "Twitter, JSON lines"

_TAG = re.compile(r"<[^<>]{0,500}>")
_NUMBER = re.compile(r"\d{1,20}")
_KINDS = {"photo": "photo", "video": "video", "animated_gif": "animation"}


def recognises(source: Source) -> bool:
    """By what its first line holds."""
    if not source.name.lower().endswith((".jsonl", ".json", ".ndjson", ".jsonlines")):
        return False
    told = first_object(source.content)
    return told is not None and any(_is_post(one) for one in _posts(told))


def _is_post(told: dict[str, Any]) -> bool:
    of_version_1 = "user" in told and ("full_text" in told or "text" in told)
    of_version_2 = "author_id" in told and "text" in told
    return (of_version_1 or of_version_2) and "created_at" in told and bool(_id(told))


def read(source: Source) -> Iterator[Post | Unread]:
    """The posts; not those that they quote or share, which have their own accounts' times."""
    known = Once()
    for number, told in objects_in(source.content):
        what = f"{source.name}:{number}"[:300]
        if isinstance(told, Sentence):
            yield Unread(what=what, why=told)
            continue
        found = 0
        for one in _posts(told):
            found += 1
            if not _is_post(one):
                yield Unread(what=what, why=MALFORMED)
            elif not known.new(int(_id(one))):
                yield Unread(what=f"{what}/{_id(one)}"[:300], why=TWICE)
            else:
                yield _of_version_1(one) if "user" in one else _of_version_2(one, told)
        if not found and "meta" not in told and "errors" not in told:
            yield Unread(what=what, why=MALFORMED)


def _posts(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Of a page its posts; else the line itself."""
    data = told.get("data")
    if isinstance(data, dict):
        return [data]
    if isinstance(data, list):
        return [*objects(data)]
    return [] if "meta" in told and "text" not in told else [told]


def _id(told: dict[str, Any]) -> str:
    number = first(told, "id_str", "id")
    return number if _NUMBER.fullmatch(number) else ""


def _of_version_1(told: dict[str, Any]) -> Post:
    user = within(told, "user")
    longer = within(told, "extended_tweet") or told
    shared = within(told, "retweeted_status")
    entities = within(longer, "entities") or within(told, "entities")
    handle = first(user, "screen_name")
    more = within(longer, "extended_entities") or within(told, "extended_entities")
    return _post(
        told,
        account=first(user, "id_str", "id"),
        name=first(user, "name"),
        handle=handle,
        at=of_twitter(told.get("created_at")),
        text=first(longer, "full_text", "text"),
        links=_addresses(entities.get("urls")),
        hashtags=tuple(first(one, "text") for one in objects(entities.get("hashtags"))),
        client=_TAG.sub("", first(told, "source")),
        forwarded_from=first(within(shared, "user"), "screen_name"),
        reply_to=first(told, "in_reply_to_status_id_str"),
        media=tuple(map(_file, objects((more or entities).get("media")))),
    )


def _of_version_2(told: dict[str, Any], page: dict[str, Any]) -> Post:
    includes = within(page, "includes")
    account = first(told, "author_id")
    user = within(told, "author") or within(told, "author_user")
    user = user or _among(includes.get("users"), "id", account)
    entities = within(told, "entities")
    referred = {first(one, "type"): one for one in objects(told.get("referenced_tweets"))}
    shared = referred.get("retweeted", {})
    sharer = within(shared, "author") or within(shared, "author_user")
    if shared and not sharer:
        original = _among(includes.get("tweets"), "id", first(shared, "id"))
        sharer = _among(includes.get("users"), "id", first(original, "author_id"))
    return _post(
        told,
        account=account,
        name=first(user, "name"),
        handle=first(user, "username"),
        at=of_iso(told.get("created_at")),
        text=first(within(told, "note_tweet"), "text") or first(told, "text"),
        links=_addresses(entities.get("urls")),
        hashtags=tuple(first(one, "tag") for one in objects(entities.get("hashtags"))),
        client=first(told, "source"),
        forwarded_from=first(sharer, "username") or first(shared, "id"),
        reply_to=first(referred.get("replied_to", {}), "id"),
        media=tuple(_files(told, includes)),
    )


def _post(told: dict[str, Any], *, at: Any, **fields: Any) -> Post:
    number, handle = _id(told), fields["handle"]
    link = f"https://x.com/{handle}/status/{number}" if handle else ""
    return bounded(
        Post(
            network="x",
            id=number,
            link=link,
            at=at.at,
            resolution_s=at.resolution_s,
            impossible=at.written,
            **fields,
        )
    )


def _among(held: object, key: str, value: str) -> dict[str, Any]:
    return next((one for one in objects(held) if value and first(one, key) == value), {})


def _addresses(held: object) -> tuple[str, ...]:
    """Where its short addresses lead; those of its own pictures are none."""
    found = (first(one, "unwound_url", "expanded_url", "url") for one in objects(held))
    return tuple(link for link in found if not re.search(r"/status/\d+/(?:photo|video)/", link))


def _file(one: dict[str, Any]) -> Attachment:
    """Twitter's answers hold no files: where one stood is all that is known of it."""
    where = first(one, "media_url_https", "url", "preview_image_url", "media_key")
    return Attachment(missing=where, kind=_KINDS.get(first(one, "type"), ""))


def _files(told: dict[str, Any], includes: dict[str, Any]) -> Iterator[Attachment]:
    attachments = within(told, "attachments")
    yield from map(_file, objects(attachments.get("media")))  # of flattened lines
    keys = attachments.get("media_keys")
    for key in keys if isinstance(keys, list) else ():
        if isinstance(key, dict):
            yield _file(key)
        elif not attachments.get("media"):
            yield _file(_among(includes.get("media"), "media_key", word(key)) or {"url": key})
