"""The checklist in the chat: people answer, findings are quoted."""

from __future__ import annotations

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph

CHINA = encode(photograph("china"))


@in_room()
async def test_the_checklist_is_walked_pillar_by_pillar_in_one_message(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    assert await room.press(examined, "Checklist") == []
    assert "Checklist of case 1: Preservation" in words(room.now(examined))
    seen = []
    for pillar in ("Provenance", "Source", "Date", "Location", "Motivation"):
        await room.press(examined, pillar)
        seen.append(words(room.now(examined)))
        assert f"Checklist of case 1: {pillar}" in seen[-1]
    assert "★" in "".join(seen)
    await room.press(examined, "Back to the examination")
    assert words(room.now(examined)) == words(examined)


@in_room()
async def test_an_item_quotes_findings_and_says_where_it_comes_from(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    await room.press(examined, "Checklist")
    await room.press(examined, "Provenance")
    await room.press(examined, "1")
    item = words(room.now(examined))
    assert "Nobody has answered this yet." in item
    assert "Where this comes from: Human Rights Watch" in item
    assert "640 × 427 pixels" in item
    assert labels(room.now(examined))[:4] == [
        "Settled",
        "Concern",
        "Could not tell",
        "Does not apply",
    ]


@in_room()
async def test_an_answer_without_words_is_kept_at_once(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    await room.press(examined, "Checklist")
    await room.press(examined, "2")
    assert await room.press(examined, "Could not tell") == []
    assert "Could not tell (You, " in words(room.now(examined))
    answers = [item.answer for item in room.case(1).checklist if item.answer]
    assert [(answer.item, answer.by) for answer in answers] == [("as-file", "You")]


@in_room()
async def test_settled_asks_for_words_and_brings_the_item_up_to_date(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    await room.press(examined, "Checklist")
    await room.press(examined, "2")
    (asked,) = await room.press(examined, "Settled")
    assert "reply to this message" in words(asked).lower()
    assert not any(item.answer for item in room.case(1).checklist)
    await room.restart()
    (answered,) = await room.say("It came as a file", reply_to=asked["message_id"])
    assert words(answered) == "Answered, in case 1."
    assert "Settled: It came as a file (You, " in words(room.now(examined))
    await room.press(examined, "Back to the list")
    await room.press(examined, "Back to the examination")
    await room.press(examined, "More")
    assert "Checklist: 1 of" in words(room.now(examined))


@in_room()
async def test_items_follow_each_other_across_pillars(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    await room.press(examined, "Checklist")
    await room.press(examined, "1")
    steps = 1
    while "Next item ›" in labels(room.now(examined)):
        await room.press(examined, "Next item ›")
        steps += 1
    assert steps == len(room.case(1).checklist)


@in_room()
async def test_an_answer_that_is_too_long_is_not_kept(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    await room.press(examined, "Checklist")
    await room.press(examined, "2")
    (asked,) = await room.press(examined, "Concern")
    (answer,) = await room.say("x" * 1001, reply_to=asked["message_id"])
    assert "1000 characters" in words(answer)
    assert not any(item.answer for item in room.case(1).checklist)
