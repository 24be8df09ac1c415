"""An export of a channel sent as a file is shown, taken in on a press, and found by pictures."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph, shrunk
from verify.records import AccountEvent, AccountState, Rating, Role, Status

CHINA = photograph("china")


def export() -> bytes:
    """Telegram Desktop's ZIP of a channel with one photograph."""
    text = "Tikrit, 12 June 2014"
    message = {
        "id": 1,
        "type": "message",
        "date_unixtime": "1402581791",
        "from": "Wilayat Salahaddin",
        "from_id": "channel1001",
        "text": text,
        "text_entities": [{"type": "plain", "text": text}],
        "photo": "photos/1.jpg",
    }
    told = {"name": "Wilayat", "type": "public_channel", "id": 1001, "messages": [message]}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("ChatExport/result.json", json.dumps(told))
        archive.writestr("ChatExport/photos/1.jpg", encode(shrunk(CHINA)))
    return file.getvalue()


@in_room()
async def test_an_export_that_is_sent_becomes_part_of_the_archive_on_a_press(room: Room) -> None:
    (shown,) = await room.send(export(), "channel.zip")
    assert "An export of chats in it can be read as such" in words(shown)
    await room.press(shown, "Read as an export")
    asked = room.now(shown)
    assert "Telegram Desktop, JSON" in words(asked)
    assert "1 post" in words(asked)
    await room.press(asked, "Take it in")
    assert "1 post, 1 new" in words(room.now(shown))
    assert "/keep import 1 2027-03-31" in words(room.now(shown))
    for written, answer in (
        ("/keep import 1 2027-03-31", "Kept until 31 March 2027"),
        ("/keep import ١ hold", "Legal hold"),
        ("/keep حساب Wilayat Salahaddin ٢٠٢٧-٠٣-٣١", "Kept until 31 March 2027"),
        ("/keep account Wilayat Salahaddin release", "Kept until"),
        ("/keep account Wilayat Salahaddin", "Kept until"),
        ("/keep import 9 off", "There is no import 9"),
    ):
        (told,) = await room.say(written)
        assert answer in words(told), written
    found = await room.send(encode(CHINA.crop((60, 40, CHINA.width, CHINA.height))))
    assert "posted 2014-06-12 14:03" in words(found[0])
    await room.press(found[0], "Where it stood")
    assert "Wilayat Salahaddin on telegram" in words(room.now(found[0]))


@in_room()
async def test_a_text_that_is_no_export_is_said_to_be_none(room: Room) -> None:
    (shown,) = await room.send(b"only words\n", "notes.txt")
    (told,) = await room.press(shown, "Read as an export")
    assert "no export" in words(told)


AMBIGUOUS = "03/04/2014, 15:37 - Sara: hello\n05/06/2014, 15:38 - Sara: again\n"


@in_room()
async def test_dates_that_can_be_read_both_ways_are_asked_about(room: Room) -> None:
    (shown,) = await room.send(AMBIGUOUS.encode(), "WhatsApp Chat with Sara.txt")
    await room.press(shown, "Read as an export")
    asked = room.now(shown)
    assert "3 April or 4 March" in words(asked)
    await room.press(asked, "The month first")
    assert "from 2014-03-04T15:37" in words(room.now(shown))
    assert words(room.now(shown)).count("WhatsApp Chat with Sara.txt") == 1
    await room.press(room.now(shown), "Take it in")
    assert "2 posts, 2 new" in words(room.now(shown))


def account() -> bytes:
    """The export of a whole account: two channels, a talk of two; a message that cannot be read."""

    def chat(number: int, name: str, kind: str, *ids: int) -> dict[str, object]:
        messages = [
            {
                "id": one,
                "type": "message",
                "date_unixtime": str(1402581791 + one),
                "from": name,
                "from_id": f"channel{number}",
                "text": f"post {one}",
            }
            for one in ids
        ]
        unread = {"id": 99, "type": "unsupported"}
        return {"name": name, "type": kind, "id": number, "messages": [*messages, unread]}

    chats = [
        chat(1, "Street", "public_channel", 1, 2, 3),
        chat(2, "Square", "public_channel", 1),
        chat(3, "Sara", "personal_chat", 1, 2),
    ]
    return json.dumps({"about": "", "chats": {"about": "", "list": chats}}).encode()


@in_room()
async def test_of_a_whole_account_channels_are_ticked_and_private_chats_stay_out(
    room: Room,
) -> None:
    (shown,) = await room.send(account(), "result.json")
    await room.press(shown, "Read as an export")
    asked = words(room.now(shown))
    assert "4 posts" in asked and "Sara" not in asked
    assert "1 private chat stays out" in asked and "--chat" in asked
    await room.press(room.now(shown), "☑ Street: 3 posts")
    assert "Square: 1 post" in words(room.now(shown))
    await room.press(room.now(shown), "☑ Square: 1 post")
    assert "no chat is ticked" in words(room.now(shown))
    await room.press(room.now(shown), "☐ Square: 1 post")
    await room.press(room.now(shown), "Take it in")
    told = words(room.now(shown))
    assert "1 post, 1 new" in told
    assert "1 chat was not ticked" in told and "1 private chat stays out" in told
    assert "Left out" in told and "could not read it either" in told


@in_room()
async def test_what_contradicts_a_verdict_is_said_once_with_a_button_that_reopens(
    room: Room,
) -> None:
    (shown,) = await room.send(export(), "channel.zip")
    await room.press(shown, "Read as an export")
    await room.press(room.now(shown), "Take it in")
    found = await room.send(encode(CHINA.crop((60, 40, CHINA.width, CHINA.height))))
    you = room.desk.team.admit("localchat", "1001", "You", Role.OWNER)
    [exhibit] = room.case(2).exhibits
    room.desk.verdicts.conclude(you, 2, exhibit.exhibit_id, Rating.ORIGINAL, "it is as it says")
    [account] = room.desk.posts.accounts(you, "channel1001")
    for kind in (AccountState.SUSPENDED, AccountState.DELETED):
        event = AccountEvent(kind=kind, at=datetime.now(UTC), by="You")
        room.desk.posts.note_account(you, account.account.id, event)
    told = next(
        one for one in await room.say("/cases") + room.answers() if "Since then" in words(one)
    )
    assert words(told).count("was concluded") == 1
    assert "was suspended" in words(told) and "was deleted" in words(told)
    await room.press(told, "Reopen case 2")
    assert room.case(2).status is Status.REOPENED
    assert "was suspended" in room.case(2).notes[-1].text
    assert found


@in_room()
async def test_a_list_of_hashes_that_is_sent_names_the_picture_that_is_here(room: Room) -> None:
    picture = encode(CHINA)
    (shown,) = await room.send(picture)
    assert "fakes.csv" not in words(shown)
    listed = f"type,value\nmd5,{hashlib.md5(picture).hexdigest()}\nmd5,no\n".encode()
    (sent,) = await room.send(listed, "fakes.csv")
    await room.press(sent, "Read as an export")
    asked = room.now(sent)
    assert "1 hash" in words(asked) and "MD5: 1" in words(asked)
    assert "Take it in, for me alone" not in words(asked)
    await room.press(asked, "Take it in")
    assert "1 is new" in words(room.now(sent)) and "fakes.csv:3" in words(room.now(sent))
    room.desk.hash_lists.begin_looking()
    while not room.desk.store.rows("SELECT * FROM list_hit"):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    found = room.case(1).exhibits[0].findings
    assert next(one.raw for one in found if one.check == "on_a_hash_list").startswith("md5 ")
