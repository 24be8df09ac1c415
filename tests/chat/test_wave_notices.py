"""People of a case are told of a wave of its picture once, with a drawing of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.chat.room import Json, Room, in_room, labels, words
from tests.desk.test_campaigns import post, take
from tests.photographs import encode, photograph, shrunk
from verify.records import Attachment, Person, Post, Role

CHINA = encode(shrunk(photograph("china"), 0.5))
TOLD = "12 accounts posted its picture"


def wave(room: Room) -> int:
    """Sara brings a picture that twelve accounts posted within a quarter of an hour, after days in
    which others wrote something else; gives the import."""
    sara = room.desk.team.admit("localchat", "77", "Sara", Role.OWNER)
    take(room.desk, sara, [post(n, f"p{n % 9}", -3600 * n, f"words {n}") for n in range(60)])
    number = room.desk.posts.begin(sara, "a wave")
    _posted(room, sara, number, (_shows(1000 + n, f"p{n}", 75 * n) for n in range(12)))
    return number


def _shows(number: int, account: str, seconds: float, *, person: bool = False) -> Post:
    return post(number, account, seconds, media=(Attachment(path="p.jpg"),), person=person)


def _posted(room: Room, person: Person, number: int, posts: Iterable[Post]) -> None:
    with TemporaryDirectory() as folder:
        picture = Path(folder) / "p.jpg"
        picture.write_bytes(CHINA)
        for one in posts:
            room.desk.posts.take(person, number, one, {0: picture})
    room.desk.posts.end(person, number)


async def news(room: Room) -> list[Json]:
    """What the bot says by itself, once all is computed."""
    before = {one["message_id"] for one in room.answers()}
    await asyncio.to_thread(room.desk.campaign_watch.finish)
    room.chat.notices.ring()
    await room.chat.notices.idle()
    return [one for one in room.answers() if one["message_id"] not in before]


@in_room()
async def test_a_wave_is_told_under_its_picture_once(room: Room) -> None:
    await room.send(CHINA)
    wave(room)
    (told,) = await news(room)
    assert f"Case 1: among the posts collected here {TOLD}" in words(told)
    assert "where hardly any would be usual" in words(told)
    assert labels(told) == ["Case 1"]
    assert told["photo"][-1]["width"] == 1080
    assert not told.get("has_media_spoiler")
    # a kill after it was sent, before that was noted
    room.desk.store.change("UPDATE notice SET sent_at = NULL")
    await room.restart()
    assert await news(room) == []
    assert not room.desk.casework.notices("localchat")


@in_room()
async def test_only_public_accounts_stand_in_the_picture_and_in_the_readers_language(
    room: Room,
) -> None:
    """Members of closed chats have posted it too: neither words nor picture count them."""
    await room.send(CHINA)
    await room.say("/language ar")
    wave(room)
    sara = room.desk.team.person("localchat", "77", "Sara", "en")
    number = room.desk.posts.begin(sara, "a closed chat")
    members = (_shows(5000 + n, f"member{n}", 30 * n, person=True) for n in range(9))
    _posted(room, sara, number, members)
    (told,) = await news(room)
    assert "١٢" in words(told) or "12" in words(told)
    report = room.desk.campaigns.of_case(1)
    assert len(report.sharers) == 12
    assert not any("member" in one.shown for one in report.sharers.values())


@in_room()
async def test_words_go_alone_where_nothing_can_be_drawn_any_more(room: Room) -> None:
    await room.send(CHINA)
    number = wave(room)
    await asyncio.to_thread(room.desk.campaign_watch.finish)
    room.desk.wiping.undo(room.desk.team.person("localchat", "77", "Sara", "en"), number)
    room.chat.notices.ring()
    await room.chat.notices.idle()
    told = room.answers()[-1]
    assert TOLD in words(told)
    assert "photo" not in told


def test_words_go_alone_where_the_service_takes_no_picture(home: Path) -> None:
    body = {"ok": False, "error_code": 400, "description": "Bad Request: PHOTO_INVALID_DIMENSIONS"}

    class Service(httpx.ASGITransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/sendPhoto"):
                return httpx.Response(400, json=body)
            return await super().handle_async_request(request)

    async def talk() -> None:
        room = await Room(home, "localchat", transport=Service).enter()
        try:
            await room.send(CHINA)
            wave(room)
            (told,) = await news(room)
            assert TOLD in words(told)
            assert await news(room) == []
        finally:
            await room.leave()

    asyncio.run(asyncio.wait_for(talk(), 240))
