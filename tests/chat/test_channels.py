"""A channel that the bot is in: its posts are kept where an owner says so, with their versions."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from tests.chat.room import Json, Room, in_room, labels, words
from tests.photographs import encode, photograph, shrunk
from verify.jobs.course import Course
from verify.jobs.kinds.import_ import Job, Result, run
from verify.jobs.messages import Who, order
from verify.jobs.place import Place
from verify.records import KeptPost, Person, PostEventKind, Role

CHANNEL = -1000000001001
CHINA = photograph("china")
_numbers = count(70_000)


async def posted(room: Room, number: int, edited: int = 0, **content: Any) -> None:
    """Let the bot have a post of the channel, or another version of it."""
    chat = {"id": CHANNEL, "type": "channel", "title": "Wilayat", "username": "wilayat"}
    told = {"message_id": number, "date": 1402581791 + number, "chat": chat, "sender_chat": chat}
    kind = "edited_channel_post" if edited else "channel_post"
    more = {"edit_date": edited} if edited else {}
    await room.chat.inbox.keep([{"update_id": next(_numbers), kind: {**told, **more, **content}}])
    await room.settle()


def you(room: Room) -> Person:
    return room.desk.team.admit("localchat", str(room.you), "You", Role.OWNER)


def kept(room: Room) -> list[KeptPost]:
    return [*room.desk.posts.every(you(room))]


def said(room: Room) -> list[str]:
    """What the bot asked the service to show, wherever."""
    return [one for one in room.asked if "send" in one.lower() or "edit" in one.lower()]


async def enabled(room: Room) -> Json:
    (shown,) = await room.say("/channel")
    await room.press(shown, "Keep Wilayat")
    return room.now(shown)


@in_room()
async def test_posts_are_kept_once_an_owner_says_so_and_edits_keep_both_versions(
    room: Room,
) -> None:
    (none,) = await room.say("/channel")
    assert "I am in no channel yet" in words(none)
    await posted(room, 1, text="secret before")
    rows = room.desk.store.rows("SELECT body FROM inbox")
    assert all("secret before" not in row["body"] for row in rows)
    assert kept(room) == []
    shown = await enabled(room)
    assert "Wilayat: its posts go into the archive" in words(shown)
    before = said(room)
    await posted(room, 2, text="Tikrit #a")
    await posted(room, 2, edited=1402590000, text="Tikrit, 12 June 2014 #b")
    await posted(room, 2, edited=1402590001, text="Tikrit, 12 June 2014 #b")
    pinned = {"message_id": 2, "date": 1, "chat": {"id": 1, "type": "channel"}}
    await posted(room, 3, pinned_message=pinned)
    assert said(room) == before
    [post] = kept(room)
    assert (post.post.id, post.post.place, post.post.account) == ("2", "1001", "channel1001")
    assert post.post.link == "https://t.me/wilayat/2"
    assert (post.post.at, post.post.edited_at) == ("2014-06-12T14:03:13Z", "2014-06-12T16:20:00Z")
    assert (post.post.text, post.post.hashtags) == ("Tikrit, 12 June 2014 #b", ())
    [event] = post.events
    assert (event.kind, event.text) == (PostEventKind.EDITED, "Tikrit #a")
    assert room.desk.posts.with_words(you(room), "Tikrit") == [post]
    await room.press(room.now(shown), "No longer Wilayat")
    await posted(room, 4, text="after")
    assert len(kept(room)) == 1


@in_room()
async def test_a_picture_of_a_channel_is_found_and_what_an_export_lacks_is_told(
    room: Room,
) -> None:
    (sent,) = await room.send(encode(shrunk(CHINA)))
    [photo] = [one for one in room.own() if "photo" in one or "document" in one]
    file = (photo.get("photo") or [photo["document"]])[-1]
    await posted(room, 1, text="first")
    await enabled(room)
    size = {"width": 9, "height": 9, **{k: file[k] for k in ("file_id", "file_unique_id")}}
    for number in (5, 6, 7):
        await posted(room, number, text=f"post {number}")
    await posted(room, 8, photo=[size], caption="Tikrit")
    assert len(kept(room)[-1].exhibits) == 1
    assert room.desk.store.row('SELECT count(*) AS n FROM "case" WHERE id > 0')["n"] == 1  # type: ignore[index]
    await posted(room, 9, text="last")
    messages = [
        {"id": one, "type": "message", "date_unixtime": str(1402581791 + one), "text": "x"}
        | {"from": "Wilayat", "from_id": "channel1001"}
        for one in (5, 7)
    ]
    unread = {"id": 6, "type": "unsupported"}
    told = {"name": "Wilayat", "type": "public_channel", "id": 1001}
    for at, rows in enumerate(([*messages, unread], [*messages, {**messages[0], "id": 9}])):
        path = room.desk.incoming / f"export-{at}" / "result.json"
        path.parent.mkdir()
        path.write_text(json.dumps({**told, "messages": rows}))
        job = Job((Place.of(path),))
        course = Course(order("import", job, Who("1", "You", "en", "UTC")), beside_others=False)
        assert [one for one in run(room.desk, you(room), job, course) if isinstance(one, Result)]
    gone = {one.post.id for one in kept(room) if one.events}
    assert gone == {"6", "8"}
    (case,) = await room.say("/case 1")
    (seen,) = await room.say("/seen")
    assert "No longer in the export of" in words(seen)
    (account,) = await room.say("/account @wilayat")
    assert "2 of them are no longer in a later export" in words(account)
    assert case and sent and labels(seen)
