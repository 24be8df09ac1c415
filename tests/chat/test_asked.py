"""What people write that is no note: misspelt commands, questions to the desk, times to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph

CHINA = encode(photograph("china"))


@in_room()
async def test_an_unknown_command_says_so_and_names_the_nearest(room: Room) -> None:
    await room.send(CHINA)
    (answer,) = await room.say("/serach bridge")
    assert "There is no command /serach. Did you mean /search?" in words(answer)
    (answer,) = await room.say("/zzzz")
    assert "There is no command /zzzz. See /help." in words(answer)
    for written in ("/قضايا", "/"):
        (answer,) = await room.say(written)
        assert "There is no command" in words(answer)
    assert room.case(1).notes == ()


@in_room()
async def test_a_question_to_the_desk_is_answered_and_is_no_note(room: Room) -> None:
    (answer,) = await room.say("is this real?")
    assert "people conclude; I do not. Send it, best as a file" in words(answer)
    await room.send(CHINA)
    for asked in ("Is this real?", "هل هذه الصورة حقيقية؟"):
        (answer,) = await room.say(asked)
        assert "What I found is in case" in words(answer)
        assert labels(answer) == ["Case 1", "Checklist", "Keep my words as a note"]
    (of_when,) = await room.say("When was this taken?")
    assert "of when, where and by whom is in case" in words(of_when)
    assert room.case(1).notes == ()
    await room.press(answer, "Keep my words as a note")
    await room.press(answer, "Keep my words as a note")
    assert [one.text for one in room.case(1).notes] == ["هل هذه الصورة حقيقية؟"]


@in_room()
async def test_due_takes_what_people_write_and_says_what_it_takes(room: Room) -> None:
    await room.send(CHINA)
    (asked,) = await room.say("/due")
    assert "Write a day, a time or both, as in" in words(asked) and "next friday" in words(asked)
    (refused,) = await room.say("/due soonish")
    assert "Write a day, a time or both, as in" in words(refused)
    await room.say("/due next friday 3pm")
    due = room.case(1).due_at
    assert due is not None and (due.weekday(), due.hour) == (4, 15)
    await room.say("/due غدا")
    due = room.case(1).due_at
    tomorrow = datetime.now(due.tzinfo if due else None) + timedelta(days=1)
    assert due is not None and abs(due.date() - tomorrow.date()) <= timedelta(days=1)
    for past in ("yesterday", "أمس", "last friday", "2020-01-01"):
        (refused,) = await room.say(f"/due {past}")
        assert "is past, so the due time was not changed" in words(refused), past
    assert room.case(1).due_at == due


@in_room()
async def test_sun_takes_what_people_write_and_says_what_it_takes(room: Room) -> None:
    (usage,) = await room.say("/sun")
    assert "Write a place and a time, as in" in words(usage) and "today 3pm" in words(usage)
    (usage,) = await room.say("/sun Damascus today")
    assert "names no time of day. Write one, as in /sun Damascus 3pm" in words(usage)
    for written in ("/sun Damascus today 3pm", "/sun دمشق اليوم ٣ مساء", "/sun Damascus 15:00"):
        (answer,) = await room.say(written)
        assert "15:00" in words(answer) and "Elevation" in words(answer), written
