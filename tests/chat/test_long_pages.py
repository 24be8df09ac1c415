"""What is too long for one message is shown whole, sent or edited in place."""

from __future__ import annotations

from dataclasses import replace

from tests.chat.room import Json, Room, in_room, labels, words
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.chat.action import Action
from verify.chat.outbox import Outbox
from verify.chat.pages import Button, Page
from verify.records import Picture
from verify.store.chats.chat_state import ChatState

CHINA = Picture(jpeg=encode(shrunk(photograph("china"))))
SHOW = Button("\u200bShow " + "🔥" * 90, Action(name="case", case_id=1))
LINES = [f"<b>{number}</b> " + "🔥 &amp;&quot;" * 20 for number in range(1, 101)]
LONG = Page("\n".join(LINES), ((SHOW,) * 11,) * 10)


def outbox(room: Room, update_id: int = 1) -> Outbox:
    reads = room.desk.team.person("localchat", str(room.you), "You", "en")
    return Outbox(
        room.chat.application.bot, ChatState(room.desk.store), update_id, reads.id, room.you
    )


def preserved(room: Room, *names: str) -> None:
    """Files that share a case, kept but not examined: that takes longer than all the rest."""
    owner = room.desk.team.at_console("1", "Noor", "en")
    for name in names:
        room.desk.receiving.receive(owner, arrived(filename=name, album="a"), name.encode())


def numbers(messages: list[Json]) -> list[int]:
    """The lines of LONG that messages show, in order."""
    return [
        int(line.split()[0])
        for message in messages
        for line in words(message).split("\n")
        if line[:1].isdecimal()
    ]


@in_room()
async def test_a_long_list_to_move_from_is_walked_in_place(room: Room) -> None:
    preserved(room, *(f"{number} " + "🔥" * 200 for number in range(29)))
    (case,) = await room.say("/case 1")
    await room.press(case, "Manage")
    seen: list[str] = []
    assert await room.press(case, "Move an exhibit") == []
    for _ in range(2):
        seen += labels(room.now(case))
        assert await room.press(case, "Next ›") == []
    seen += labels(room.now(case))
    assert [one for one in seen if "Exhibit" in one] == [f"Exhibit {n}" for n in range(1, 30)]
    await room.press(case, "Exhibit 29")
    await room.press(case, "A new case")
    assert len(room.case(1).exhibits) == 28


@in_room()
async def test_a_long_page_is_edited_in_place_and_goes_on_below(room: Room) -> None:
    preserved(room, "a.jpg")
    (answer,) = await room.say("/case 1")
    for _ in range(2):  # a repetition of the same update sends nothing twice
        assert await outbox(room).edit(answer["message_id"], LONG, case_id=1)
    first, *more, last = room.answers()
    assert numbers([first, *more, last]) == list(range(1, 101))
    assert first["message_id"] == answer["message_id"]
    assert [labels(one) for one in (first, *more)] == [[]] * (1 + len(more))
    assert 90 < len(labels(last)) <= 100
    (reply,) = await room.say("about it", reply_to=last["message_id"])
    assert "Noted in case 1" in words(reply)


@in_room()
async def test_a_long_page_is_sent_whole(room: Room) -> None:
    for _ in range(2):
        await outbox(room).send("shown", LONG)
    assert numbers(room.answers()) == list(range(1, 101))


@in_room()
async def test_words_that_a_caption_cannot_hold_go_on_below(room: Room) -> None:
    preserved(room, "a.jpg")
    for _ in range(2):
        await outbox(room).photo(
            "card", CHINA, LONG, reply_to=None, case_id=1, exhibit_id=1, purpose="card 1"
        )
    card, *rest = room.answers()
    assert numbers([card, *rest]) == list(range(1, 101))
    assert labels(card)
    assert labels(rest[-1]) == []
    await outbox(room, 2).caption(card["message_id"], replace(LONG, rows=()))
    await outbox(room, 3).replace_photo(card["message_id"], CHINA, LONG)
    assert len(room.answers()) == 1 + 3 * len(rest)


@in_room()
async def test_a_button_without_a_visible_name_still_stands(room: Room) -> None:
    nameless = Button(" ", Action(name="case", case_id=1))
    await outbox(room).send("shown", Page("Who?", ((nameless,),)))
    assert labels(room.answers()[-1]) == ["…"]
