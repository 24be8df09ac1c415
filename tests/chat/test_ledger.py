"""/ledger: what was said of the picture of a case, and what a person says contradicts."""

from __future__ import annotations

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph

CHINA = photograph("china")


@in_room()
async def test_the_ledger_shows_what_contradicts_and_keeps_what_people_note(room: Room) -> None:
    await room.send(encode(CHINA, quality=60), caption="Tikrit, 12 June 2014")
    await room.send(encode(CHINA), caption="Mosul, 10 June 2017")
    (page,) = await room.say("/ledger")
    assert "Dates that contradict each other" in words(page)
    assert words(page).index("2014-06-12") < words(page).index("2017-06-10")
    (asked,) = await room.press(page, "Something else contradicts")
    (noted,) = await room.say("1,700 or 300\ncounted in the film", reply_to=asked["message_id"])
    assert "1,700 or 300 Why: counted in the film" in words(noted)
    (asked,) = await room.press(noted, "Take one back")
    (back,) = await room.say("1 a misreading", reply_to=asked["message_id"])
    assert ": a misreading" in words(back)
    assert "Take one back" not in labels(back)
    (refused,) = await room.say("/ledger 3 or 30")
    assert "Please write why." in words(refused)
