"""The sun, asked for in the chat."""

from __future__ import annotations

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph


@in_room()
async def test_the_sun_over_a_town_and_over_coordinates(room: Room) -> None:
    (answer,) = await room.say("/sun Damascus 2024-05-01 12:30")
    assert "2024-05-01 12:30" in words(answer)
    assert "Elevation 71.8°" in words(answer)
    assert "It is daylight." in words(answer)
    (same,) = await room.say("/sun 33.5102, 36.29128 2024-05-01 9:30Z")
    assert "Elevation 71.8°" in words(same)
    (same,) = await room.say("/sun Damascus, 1 May 2024, 12:30")
    assert "Elevation 71.8°" in words(same)
    (same,) = await room.say("/sun دمشق ١ أيار ٢٠٢٤ ١٢:٣٠")
    assert "Elevation 71.8°" in words(same)
    (night,) = await room.say("/sun دمشق 2024-05-01 23:30")
    assert "It is night." in words(night)
    assert "no shadows" in words(night)


@in_room()
async def test_what_cannot_be_read_is_answered_with_a_sentence(room: Room) -> None:
    (answer,) = await room.say("/sun Nowhereville 2024-05-01 12:30")
    assert "I do not know this place." in words(answer)
    for words_without_time in ("/sun Damascus", "/sun Damascus tomorrow"):
        (answer,) = await room.say(words_without_time)
        assert "That names no time of day. Write one, as in /sun Damascus 3pm" in words(answer)
    (answer,) = await room.say("/sun tomorrow 3pm")
    assert "That names no place, nor does the open case." in words(answer)
    (answer,) = await room.say("/sun Damascus 2024-13-01 12:30")
    assert words(answer) == "There is no such time."
    (answer,) = await room.say("/sun")
    assert "Without a place it is about the open case." in words(answer)


@in_room()
async def test_a_measured_shadow_gives_times_and_a_plot_after_two_taps(room: Room) -> None:
    (examined,) = await room.send(encode(photograph("china")))
    (refused,) = await room.press(examined, "Sun")
    assert "This needs a place and a day." in words(refused)
    assert "/sun Damascus today 3pm" in words(refused)
    await room.say("/claim In Damascus on 1 May 2024")
    (choice,) = await room.press(examined, "Sun")
    assert labels(choice) == ["Shadow length", "Shadow direction"]
    assert "Write a place and a time, as in /sun Damascus" in words(choice)
    (asked,) = await room.press(choice, "Shadow length")
    (refused,) = await room.say("long", reply_to=asked["message_id"])
    assert "Write a number above 0" in words(refused)
    (plot,) = await room.say("1.5", reply_to=asked["message_id"])
    assert plot["photo"]
    assert not plot.get("has_media_spoiler")
    assert "Times in Damascus, Syria on 2024-05-01 that fit:" in words(plot)
    assert "days of 2024" in words(plot)
    (asked,) = await room.press(choice, "Shadow direction")
    (plot,) = await room.say("180", reply_to=asked["message_id"])
    assert "At no time of 2024-05-01" in words(plot)


@in_room()
async def test_the_sun_is_asked_for_as_people_speak(room: Room) -> None:
    (noon,) = await room.say("/sun Hama noon")
    assert "The sun over Hama" in words(noon) and " 12:00:00 +03:00" in words(noon)
    await room.send(encode(photograph("china")), caption="In Damascus on 1 May 2024")
    (of_case,) = await room.say("/sun tomorrow 3pm")
    assert "The sun over Damascus" in words(of_case) and " 15:00:00 +03:00" in words(of_case)
    (of_case,) = await room.say("/sun 2024-05-01 12:30")
    assert "Elevation 71.8°" in words(of_case)
    (asked,) = await room.say("/language")
    await room.press(asked, "العربية")
    (noon,) = await room.say("/sun حماة ظهرا")
    assert "الشمس فوق" in words(noon) and "12:00:00 +03:00" in words(noon)
    (of_case,) = await room.say("/sun غدا 3 عصرا")
    assert "15:00:00 +03:00" in words(of_case)
    (refused,) = await room.say("/sun حماة")
    assert "لا وقت" in words(refused)
