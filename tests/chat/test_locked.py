"""A concluded case: who wants to change it is told at the first press, and loses no word."""

from __future__ import annotations

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph

CHINA = encode(photograph("china"))


@in_room()
async def test_a_locked_case_says_so_before_it_asks_for_anything(room: Room) -> None:
    (answer,) = await room.send(CHINA, caption="A flood in Tripoli, 05/06/2023")
    (noting,) = await room.press(answer, "Note")
    (choose,) = await room.say("/verdict")
    (rate,) = [room.now(choose)]
    await room.press(choose, "Claim 1")
    (why,) = await room.press(room.now(rate), "Staged")
    (late,) = await room.press(room.now(rate), "Transformed")
    await room.say("The film set was found", reply_to=why["message_id"])

    for command in ("/verdict", "/note", "/due", "/assign", "/tag", "/merge", "/split"):
        (refused,) = await room.say(command)
        assert "concluded and locked" in words(refused), command
        assert labels(refused) == ["Reopen"], command
    for message, label in ((answer, "Verdict"), (answer, "Note"), (room.now(rate), "Original")):
        (refused,) = await room.press(message, label)
        assert labels(refused) == ["Reopen"], label

    (shown,) = await room.say("/claim")
    assert "A flood in Tripoli" in words(shown)
    assert "Tap the one that is" not in words(shown)
    assert labels(shown) == ["Reopen"]
    (checklist,) = await room.say("/checklist")
    await room.press(checklist, "1")
    assert "Reopen" in labels(room.now(checklist))
    assert "Settled" not in labels(room.now(checklist))

    for text, prompt in (
        ("It was staged after all", late),
        ("A witness called", noting),
        ("/verdict staged because it rained", None),
        ("/claim It shows Benghazi", None),
        ("A plain line", None),
    ):
        more = {"reply_to": prompt["message_id"]} if prompt else {}
        (refused,) = await room.say(text, **more)
        assert text.partition(" ")[2].split()[-1] in words(refused), text
        assert labels(refused) == ["Reopen"], text
    (why,) = await room.press(refused, "Reopen")
    await room.say("A witness called", reply_to=why["message_id"])
    assert room.case(1).status == "reopened"
