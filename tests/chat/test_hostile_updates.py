"""Updates with anything in their fields: a sentence, never silence, and the next one goes on."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.chat.room import Json, Room, in_room, words
from tests.submissions import arrived
from verify.records import Origin, OriginKind, Role
from verify.store.database.connection import moment, stamp

_HALF = "\ud800"
_VALUES: list[Any] = [
    *(None, True, -1, 0, 2**31, 2**63, 10**30, 1e308, "", "x", _HALF, "\x00", "ش" * 5000),
    *([], {}, [None], [[]], {"id": _HALF}, {"id": [1]}, -(2**40), -62135596800, 253402300799),
]


def base(room: Room) -> dict[str, Json]:
    """One update of every kind, from the owner, with much in it."""
    you = {"id": room.you, "is_bot": False, "first_name": "You", "language_code": "en"}
    chat = {"id": room.you, "type": "private", "first_name": "You"}
    message = {"message_id": 900, "date": 1_700_000_000, "chat": chat, "from": you}
    entities = [{"type": "url", "offset": 0, "length": 5}]
    origin = {"type": "user", "date": 1_600_000_000, "sender_user": {**you, "id": 5}}
    document = {"file_id": "F", "file_unique_id": "U", "file_name": "a.jpg", "file_size": 5}
    size = {"file_id": "F", "file_unique_id": "U", "width": 5, "height": 5}
    captioned = {"caption": "https", "caption_entities": entities, "forward_origin": origin}
    hidden = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    channel = {"type": "channel", "date": 1, "chat": {"id": -5, "type": "channel", "title": "C"}}
    return {
        "text": {"message": {**message, "text": "https", "entities": entities}},
        "command": {"message": {**message, "text": "/claim a flood"}},
        "reply": {"message": {**message, "text": "yes", "reply_to_message": message}},
        "document": {"message": {**message, "document": document, **captioned}},
        "photo": {"message": {**message, "photo": [size, size], "forward_origin": hidden}},
        "video": {
            "message": {
                **message,
                "video": {**size, "duration": 1},
                "media_group_id": "a",
                "forward_origin": {**channel, "message_id": 1},
            }
        },
        "edited": {"edited_message": {**message, "edit_date": 5, "text": "new"}},
        "posted": {
            "channel_post": {
                **{"message_id": 5, "date": 1_700_000_000, "text": "https", "entities": entities},
                "chat": {"id": -1000000000005, "type": "channel", "title": "C", "username": "c"},
            }
        },
        "press": {
            "callback_query": {
                "id": "5",
                "from": you,
                "chat_instance": "1",
                "data": "token",
                "message": {**message, "text": "asked"},
            }
        },
    }


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every field of a thing."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in items:
        yield (*path, key)
        if isinstance(one, dict | list):
            yield from places(one, (*path, key))


def changed(update: Json, path: tuple[Any, ...], value: Any) -> Json:
    update = copy.deepcopy(update)
    thing: Any = update
    for key in path[:-1]:
        thing = thing[key]
    if value is places:
        del thing[path[-1]]
    else:
        thing[path[-1]] = value
    return update


@in_room()
async def test_every_update_is_answered_and_none_stops_the_next(room: Room) -> None:
    """A field at random becomes something else, or is left out."""
    seed = random.randrange(2**32)
    print("seed", seed)
    chance = random.Random(seed)
    room.desk.receiving.receive(room.desk.team.at_console("1", "Noor", "en"), arrived(), b"a file")
    await room.say("/case 1")
    room.desk.channels.hear("localchat", -1000000000005, "C")
    you = room.desk.team.admit("localchat", str(room.you), "You", Role.OWNER)
    room.desk.channels.keep(you, "localchat", -1000000000005, True)
    number = 10_000
    for kind, update in base(room).items():
        ways = [*places(update)]
        for path in chance.sample(ways, 12):
            number += 1
            given = changed(update, path, chance.choice([*_VALUES, places]))
            known = _sender(given) == (room.you, room.you)
            before = len(room.asked)
            await room.chat.inbox.keep([{"update_id": number, **given}])
            await room.chat.inbox.idle()
            said = [one for one in room.asked[before:] if one.endswith(("Message", "Query"))]
            if known and kind != "edited":
                assert said, (kind, path, given)
    waiting = room.desk.store.rows("SELECT 1 FROM inbox WHERE done_at IS NULL AND failures < 3")
    assert waiting == []
    assert any("Case 1" in words(one) for one in await room.say("/case 1"))


def _sender(update: Json) -> tuple[Any, Any]:
    """Who sent it, and in which private chat, where that can still be read."""
    thing = next(iter(update.values()), None)
    if not isinstance(thing, dict) or thing.get("message_id", 0) is None:
        return None, None
    chat = (thing.get("message") or thing) if "data" in thing else thing
    try:
        assert chat["chat"]["type"] == "private"
        return thing["from"]["id"], chat["chat"]["id"]
    except (KeyError, TypeError, AssertionError):
        return None, None


@pytest.mark.parametrize("date", [-62135596800, 253402300799, -1, 0, 2**31, 10**30, "never", None])
def test_a_forward_dated_as_nothing_can_be_is_kept_without_its_date(home: Any, date: Any) -> None:
    @in_room()
    async def talk(room: Room) -> None:
        sent = await room.local.exchange.pictures.thumbnail(b"")
        assert sent is None
        file = room.local.exchange.store.files.save(b"no picture", kind="documents", name="a.bin")
        document = {"file_id": file.file_id, "file_unique_id": "U", "file_name": f"a{_HALF}.bin"}
        update = base(room)["document"]
        message = {**update["message"], "document": document, "caption": f"half {_HALF}"}
        message["forward_origin"] = {
            "type": "hidden_user",
            "date": date,
            "sender_user_name": f"N{_HALF}",
        }
        await room.chat.inbox.keep([{"update_id": 20_000, "message": message}])
        await room.chat.inbox.idle()
        (sighting,) = room.case(1).sightings
        assert (sighting.source, sighting.posted_at) == ("N?", None)
        (shown,) = await room.say("/case 1")
        assert "a?.bin" in words(shown)

    talk(home)


@pytest.mark.parametrize("year", [1, 999, 9999])
def test_a_time_of_any_year_is_read_as_it_was_written(year: int) -> None:
    at = datetime(year, 12, 31, 23, 59, tzinfo=UTC)
    assert moment(stamp(at)) == at
    assert len(stamp(at)) == 27
    assert moment(stamp(at).lstrip("0")) == at  # as earlier versions wrote the year 1


@in_room()
async def test_words_that_commands_take_may_hold_any_year(room: Room) -> None:
    room.desk.receiving.receive(
        room.desk.team.at_console("1", "Noor", "en"),
        arrived(
            origin=Origin(kind=OriginKind.USER, name="N", posted_at=datetime(1, 1, 1, tzinfo=UTC))
        ),
        b"a file",
    )
    for words_after in (
        *("/case 1", "/due 0001-01-01", "/due 9999-12-31 23:59", "/due 99999-01-01"),
        *("/sun 0,0 0001-01-01", "/sun 0,0 9999-12-31T23:59", "/search since:0001-01-01 a"),
        *("/claim on 1 January 0001 in Tikrit", "/claim 31.12.9999", "/case 99999999999999999999"),
        *("/merge 99999999999999999999", "/relate -1", "/case ١", "/search " + "a:" * 1000),
    ):
        answers = await room.say(words_after)
        assert answers, words_after
        assert not any("Something went wrong" in words(one) for one in answers), words_after
