"""What a viewer is offered, what an owner sees of closed cases, and what a group reads."""

from __future__ import annotations

from typing import Any

from tests.chat.room import Json, Room, in_room, labels, words
from tests.chat.test_desk_work import admit, plain
from tests.photographs import encode, photograph
from verify.records import Role

CHINA = encode(photograph("china"))
WRITING = {
    *("Note", "Claim", "Verdict", "Assign", "Due time", "Priority", "Tag", "Make confidential"),
    *("Merge", "Move an exhibit", "Link a case", "Settled", "Could not tell", "Undo", "Reopen"),
    *("Accept what is proposed", "Add words to the answer"),
}


@in_room()
async def test_a_viewer_is_offered_and_asked_nothing_that_a_viewer_cannot_do(room: Room) -> None:
    vera = await admit(room, "Vera", "Viewer")
    await room.send(CHINA)
    (hello,) = await room.say("/start", by=vera)
    assert "Send a picture" not in words(hello)
    (helped,) = await room.say("/help", by=vera)
    assert "What you can send" not in words(helped)
    assert "/verdict" not in words(helped) and "/search" in words(helped)
    (refused,) = await room.say("words", by=vera)
    assert "Viewers read only" in words(refused)
    (case,) = await room.say("/case 1", by=vera)
    seen = {*labels(case)}
    for way in ("Checklist", "1", "Back to the list", "Back to the examination", "More", "Manage"):
        await room.press(room.now(case, by=vera), way, by=vera)
        seen |= {*labels(room.now(case, by=vera))}
    assert "Watch" in seen and "Details" in seen
    assert seen & WRITING == set()
    for command in ("/note", "/claim", "/verdict", "/due", "/tag", "/merge", "/split", "/reopen"):
        (refused,) = await room.say(command, by=vera)
        assert "read only" in words(refused) or "Only an" in words(refused), command
    (refused,) = await room.send(CHINA, by=vera)
    assert "Viewers read only" in words(refused)


@in_room()
async def test_buttons_and_prompts_from_before_do_nothing_for_a_viewer(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Reporter")
    (answer,) = await room.send(CHINA, by=rosa)
    (asked,) = await room.press(answer, "Note", by=rosa)
    olga = room.desk.team.at_console("0", "Olga", "en")
    (member,) = [one for one in room.desk.team.members(olga) if one.name == "Rosa"]
    room.desk.team.change_role(olga, member.id, Role.VIEWER)
    (refused,) = await room.press(answer, "Verdict", by=rosa)
    assert "Viewers read only" in words(refused)
    (refused,) = await room.say("words", by=rosa, reply_to=asked["message_id"])
    assert "Viewers read only" in words(refused)
    assert room.case(1).notes == ()


@in_room()
async def test_an_owner_finds_a_closed_case_and_takes_it_over(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Reporter")
    await room.send(CHINA, caption="A temple in 2008", by=rosa)
    await room.say("/confidential", by=rosa)
    (refused,) = await room.say("/case 1")
    assert "Case 1 is confidential, for Rosa only." in plain(refused)
    (listed,) = await room.say("/cases")
    assert "temple" not in words(listed)
    await room.press(listed, "1 case closed to you")
    assert "Case 1: Rosa" in plain(room.now(listed))
    await room.press(listed, "Take over case 1")
    await room.press(listed, "Yes, take it over")
    assert "Case 1: Open" in plain(room.now(listed))
    assert "took over case 1" in plain(room.answers(rosa)[-1])
    (case,) = await room.say("/case 1")
    assert "temple" in words(case)


class Group:
    """A group in which somebody writes, and what the bot sends there."""

    def __init__(self, room: Room) -> None:
        self.room, self.number = room, 9000

    async def update(self, **what: Any) -> None:
        self.number += 1
        await self.room.chat.inbox.keep([{"update_id": self.number, **what}])
        await self.room.settle()

    def message(self, text: str, sender: int, **more: Any) -> Json:
        entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        return {
            "message_id": self.number + 1,
            "date": 1700000000,
            "chat": {"id": -100, "type": "group", "title": "All"},
            "from": {"id": sender, "is_bot": False, "first_name": "Olga"},
            "text": text,
            **({"entities": [entity]} if text.startswith("/") else {}),
            **more,
        }


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_button_numbers_of_others_of_other_chats_and_invented_ones_do_nothing(
    room: Room,
) -> None:
    (answer,) = await room.send(CHINA)
    group = Group(room)
    olga = room.desk.team.at_console("0", "Olga", "en")
    room.desk.team.admit("telegram", "1002", "Noor", Role.REPORTER)
    room.desk.team.enable_group(olga, "telegram", -100, True)
    (token,) = room.desk.store.rows(
        "SELECT token FROM button WHERE json_extract(action, '$.name') = 'note'"
    )
    before = len(room.answers())
    chats = {"private": 1001, "group": -100}
    for sender, kind, data in (
        (1002, "private", token["token"]),
        (1001, "group", token["token"]),
        *((1001, "private", str(odd)) for odd in (10**40, -1, "", "\x00", "{}", "note", "\ud800")),
    ):
        chat = {"id": chats[kind] if kind == "group" else sender, "type": kind, "title": "All"}
        message = {**group.message("x", 1), "chat": chat, "message_id": answer["message_id"]}
        query = {
            "id": "1",
            "from": {"id": sender, "is_bot": False, "first_name": "Olga"},
            "chat_instance": "1",
            "data": data,
            "message": message,
        }
        await group.update(callback_query=query)
    assert len(room.answers()) == before
    assert not room.desk.store.rows("SELECT 1 FROM inbox WHERE failures > 0")
    assert not room.desk.store.rows("SELECT 1 FROM bot_message WHERE purpose LIKE '%note%'")


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_group_reads_nothing_of_a_closed_case(room: Room) -> None:
    await room.send(CHINA, caption="A temple in 2008")
    olga = room.desk.team.at_console("0", "Olga", "en")
    room.desk.casework.close_to_others(olga, 1, True)
    room.desk.team.enable_group(olga, "telegram", -100, True)
    (owner,) = [one for one in room.desk.team.members_for_console() if one.external_id == "1001"]
    room.desk.casework.let_in(olga, 1, owner.id)
    heard = group_talk(room)
    group = Group(room)
    for text in ("/case 1", "/cases", "/search temple", "/handover", "/closed", "/note x"):
        await group.update(message=group.message(text, 1001))
    assert len(heard) >= 6
    said = " ".join(heard)
    for secret in ("2008", "SHA-256", "Rosa", "Confidential", "checklist"):
        assert secret not in said, secret
    assert not room.desk.store.rows("SELECT 1 FROM bot_message WHERE chat_id = -100")
    assert not room.desk.store.rows("SELECT 1 FROM open_case WHERE chat_id = -100")


def group_talk(room: Room) -> list[str]:
    """What the bot asks the service to say in groups, from now on; the service knows none."""
    heard: list[str] = []
    send = room.chat.application.bot._request[1].do_request

    async def listening(url: str, method: str, request_data: Any = None, **more: Any) -> Any:
        said = request_data.json_parameters if request_data else {}
        if said.get("chat_id") == "-100" and "text" in said:
            heard.append(said["text"])
        return await send(url, method, request_data, **more)

    room.chat.application.bot._request[1].do_request = listening  # type: ignore[method-assign]
    return heard
