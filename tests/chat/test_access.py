"""Who may speak: with a token only owners and paired accounts, on every message and button."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph
from verify.store.database.connection import now, stamp

CHINA = encode(photograph("china"))
REFUSAL = "This desk serves only people whom its owners have admitted."


def stranger(room: Room) -> int:
    """Another account in the same service."""
    return room.local.exchange.store.add_person("Mallory", "en")


def watch_inbox(room: Room) -> None:
    """Copy every update that the inbox ever holds, also after it is emptied."""
    with room.desk.store.transaction():
        room.desk.store.change("CREATE TABLE watched (body TEXT)")
        room.desk.store.change(
            "CREATE TRIGGER watch AFTER INSERT ON inbox"
            " BEGIN INSERT INTO watched VALUES (new.body); END"
        )


def kept(room: Room) -> str:
    """All that the inbox held since it is watched."""
    return "\n".join(row["body"] for row in room.desk.store.rows("SELECT body FROM watched"))


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_stranger_gets_one_sentence_and_nothing_is_downloaded(room: Room) -> None:
    other, asked = stranger(room), room.asked
    watch_inbox(room)
    (answer,) = await room.send(CHINA, "secret.jpg", by=other, caption="secret words")
    assert words(answer) == REFUSAL
    assert await room.say("secret words again", by=other) == []
    assert room.desk.reports.cases(room.desk.team.at_console("0", "Console", "en")) == []
    assert str(other) in kept(room)
    assert "secret" not in kept(room)
    assert not any("getFile" in path or "/file/" in path for path in asked)


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_an_owner_is_served(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    assert "Case 1" in words(answer)
    assert any("getFile" in path for path in room.asked)


@in_room("telegram")
async def test_a_one_time_code_admits_one_account(room: Room) -> None:
    code = room.desk.team.owner_code()
    other = stranger(room)
    (answer,) = await room.say("/start WRONG-CODE", by=other)
    assert "not right" in words(answer)
    (answer,) = await room.say(f"/start {code}", by=other)
    assert "You are admitted" in words(answer)
    (answer,) = await room.send(CHINA, by=other)
    assert "Case 1" in words(answer)
    (answer,) = await room.say(f"/start {code}")
    assert "not right" in words(answer)


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_button_is_refused_to_another_person(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    token = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for sender in (stranger(room), 1001):
        query = {
            "id": "7",
            "from": {"id": sender, "is_bot": False, "first_name": "M"},
            "message": {**answer, "chat": {"id": sender, "type": "private"}},
            "chat_instance": "1",
            "data": token if sender != 1001 else "guessed",
        }
        await room.chat.inbox.keep([{"update_id": 9000 + sender, "callback_query": query}])
        await room.settle()
        assert words(room.now(answer)) == words(answer)


@in_room("telegram", VERIFY_OWNERS="1001 1002")
async def test_a_colleague_cannot_press_another_ones_button(room: Room) -> None:
    colleague = stranger(room)
    assert colleague == 1002
    (answer,) = await room.send(CHINA)
    row = answer["reply_markup"]["inline_keyboard"][0]
    before = await room.say("/help", by=colleague)
    query = {
        "id": "7",
        "from": {"id": colleague, "is_bot": False, "first_name": "M"},
        "message": answer,
        "chat_instance": "1",
        "data": row[0]["callback_data"],
    }
    await room.chat.inbox.keep([{"update_id": 9000, "callback_query": query}])
    await room.settle()
    assert words(room.now(answer)) == words(answer)
    assert room.answers(colleague) == before


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_callback_data_says_nothing(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    tokens = [
        button["callback_data"]
        for row in answer["reply_markup"]["inline_keyboard"]
        for button in row
    ]
    assert len(set(tokens)) == len(tokens)
    assert all(len(token) == 16 for token in tokens)


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_group_is_not_served(room: Room) -> None:
    owner = {"id": 1001, "is_bot": False, "first_name": "Owner"}
    message = {
        "message_id": 5,
        "date": 1700000000,
        "chat": {"id": -100, "type": "group", "title": "All"},
        "from": owner,
        "text": "/cases",
    }
    await room.chat.inbox.keep([{"update_id": 9000, "message": message}])
    await room.settle()
    assert room.desk.store.row("SELECT * FROM sent") is None


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_an_old_button_says_that_it_expired_and_a_new_one_works(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    age(room, days=15)
    told = listen(room)
    await room.press(answer, "More")
    assert told == ["This button has expired. Find the case again with /cases."]
    assert words(room.now(answer)) == words(answer)
    (again,) = await room.say("/case 1")
    await room.press(again, "More")
    assert words(room.now(again)) != words(again)


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_buttons_and_updates_of_long_ago_are_dropped_at_a_start(room: Room) -> None:
    await room.send(CHINA)
    age(room, days=61)
    await room.say("/start")
    await room.chat.stop()
    await room.restart()
    while room.desk.store.rows("SELECT 1 FROM button"):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert len(room.desk.store.rows("SELECT 1 FROM inbox")) == 1


def listen(room: Room) -> list[str]:
    """What is shown for a moment to who presses a button, from now on."""
    told: list[str] = []
    feed = room.local.exchange.feed
    tell = feed.tell

    def heard(chat: int, event: str, **what: object) -> None:
        if event == "answer":
            told.append(str(what["text"]))
        tell(chat, event, **what)

    feed.tell = heard  # type: ignore[method-assign]
    return told


def age(room: Room, days: int) -> None:
    """Let the buttons and updates that are there have been made so long ago."""
    past = stamp(now() - timedelta(days=days))
    with room.desk.store.transaction():
        room.desk.store.change("UPDATE button SET made_at = ?", (past,))
        room.desk.store.change("UPDATE inbox SET done_at = ? WHERE done_at IS NOT NULL", (past,))
