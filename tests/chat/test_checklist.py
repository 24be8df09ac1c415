"""The checklist in the chat: people answer, findings are quoted."""

from __future__ import annotations

from PIL import ImageOps

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph
from verify.records import Reply
from verify.wording.proposals import proposal

CHINA = encode(photograph("china"))


@in_room()
async def test_ten_items_come_first_and_all_on_request_pillar_by_pillar(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    assert await room.press(examined, "Checklist") == []
    assert "0 of 10 answered here, 0 of 37 in all, 0 of 11 with ★." in words(room.now(examined))
    assert [one for one in labels(room.now(examined)) if one.isdigit()][-1] == "10"
    await room.press(examined, "All 37 items")
    assert "Checklist of case 1: Preservation" in words(room.now(examined))
    seen = []
    for pillar in ("Provenance", "Source", "Date", "Location", "Motivation"):
        await room.press(examined, pillar)
        seen.append(words(room.now(examined)))
        assert f"Checklist of case 1: {pillar}" in seen[-1]
    assert "★" in "".join(seen)
    await room.press(examined, "The first ten")
    assert "0 of 10 answered here" in words(room.now(examined))
    await room.press(examined, "Back to the examination")
    assert words(room.now(examined)) == words(examined)


@in_room()
async def test_a_number_behind_a_command_names_the_case_that_it_is_about(room: Room) -> None:
    await room.send(CHINA)
    await room.send(encode(photograph("flower")))
    (shown,) = await room.say("/checklist 1")
    assert "Checklist of case 1" in words(shown)
    (asked,) = await room.say("/verdict 1")
    assert "ase 1" in words(asked)
    (unknown,) = await room.say("/checklist 9")
    assert "There is no case 9." in words(unknown)


@in_room()
async def test_an_item_quotes_findings_and_says_where_it_comes_from(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    for label in ("Checklist", "All 37 items", "Provenance", "1"):
        await room.press(examined, label)
    item = words(room.now(examined))
    assert "Nobody has answered this yet." in item
    assert "Where this comes from: Human Rights Watch" in item
    assert "640\u00a0×\u00a0427 pixels" in item
    assert labels(room.now(examined))[:4] == [
        "Settled",
        "Concern",
        "Could not tell",
        "Does not apply",
    ]
    await room.press(examined, "Back to the list")
    assert "Checklist of case 1: Provenance" in words(room.now(examined))


@in_room()
async def test_one_tap_answers_and_the_next_open_item_follows(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    await room.press(examined, "Checklist")
    await room.press(examined, "1")
    core = [item for item in room.case(1).checklist if item.core]
    assert len(core) == 10
    for number, item in enumerate(core):
        shown = words(room.now(examined))
        assert item.question.template in shown
        assert await room.press(examined, "Settled" if number % 2 else "Concern") == []
        assert f"✓ {item.question.template}" in words(room.now(examined))
    assert "10 of 10 answered here, 10 of 37 in all, 2 of 11 with ★." in words(room.now(examined))
    answers = [item.answer for item in room.case(1).checklist if item.answer]
    assert [answer.reply for answer in answers] == [Reply.CONCERN, Reply.SETTLED] * 5
    assert {answer.by for answer in answers} == {"You"}
    assert not any(answer.proposed for answer in answers)


@in_room()
async def test_what_the_desk_knows_is_proposed_and_accepted_with_one_tap(room: Room) -> None:
    await room.send(CHINA)
    mirrored = encode(ImageOps.mirror(photograph("china")))
    examined, *_ = await room.send(mirrored, "mirrored.jpg")
    await room.press(examined, "Checklist")
    assert words(room.now(examined)).count("The desk proposes an answer.") == 3
    await room.press(examined, "1")
    shown = words(room.now(examined))
    assert "The desk proposes “Settled”: original kept and hashed (SHA-256 " in shown
    for _ in range(2):  # preserved, earliest
        assert labels(room.now(examined))[0] == "Accept what is proposed"
        await room.press(examined, "Accept what is proposed")
    assert "Which reverse image searches" in words(room.now(examined))
    assert "Accept what is proposed" not in labels(room.now(examined))  # somebody has to look
    await room.press(examined, "Does not apply")
    await room.press(examined, "Accept what is proposed")  # mirrored
    assert "Accepted as proposed by You, " in words(room.now(examined))
    accepted = {
        item.id: item.answer.text
        for item in room.case(2).checklist
        if item.answer and item.answer.proposed
    }
    assert set(accepted) == {"preserved", "earliest", "mirrored"}
    assert "mirrored left to right" in accepted["mirrored"]
    assert "in case 1" in accepted["earliest"]


@in_room()
async def test_nothing_is_proposed_of_starred_items_that_need_looking(room: Room) -> None:
    await room.send(CHINA)
    await room.send(encode(ImageOps.mirror(photograph("china"))))
    report = room.case(2)
    proposed = {item.id for item in report.checklist if proposal(report, item)}
    starred = {item.id for item in report.checklist if item.starred}
    assert proposed & starred == {"mirrored"}


@in_room()
async def test_words_can_be_added_to_an_answer(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    await room.press(examined, "Checklist")
    await room.press(examined, "1")
    await room.press(examined, "Settled")
    (asked,) = await room.press(examined, "Add words to the answer")
    assert "reply to this message" in words(asked).lower()
    await room.restart()
    (answered,) = await room.say("It came as a file", reply_to=asked["message_id"])
    assert words(answered) == "Answered, in case 1."
    (item,) = [item for item in room.case(1).checklist if item.answer]
    assert item.answer
    assert (item.id, item.answer.text) == ("preserved", "It came as a file")
    await room.press(examined, "Back to the list")
    await room.press(examined, "Back to the examination")
    await room.press(examined, "More")
    assert "Checklist: 1 of" in words(room.now(examined))


@in_room()
async def test_items_follow_each_other_across_pillars(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    for label in ("Checklist", "1"):
        await room.press(examined, label)
    steps = 1
    while "Next item ›" in labels(room.now(examined)):
        await room.press(examined, "Next item ›")
        steps += 1
    assert steps == len(room.case(1).checklist)


@in_room()
async def test_an_answer_that_is_too_long_is_not_kept(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    for label in ("Checklist", "2", "Concern"):
        await room.press(examined, label)
    (asked,) = await room.press(examined, "Add words to the answer")
    (answer,) = await room.say("x" * 1001, reply_to=asked["message_id"])
    assert "1000 characters" in words(answer)
    [kept] = [item.answer for item in room.case(1).checklist if item.answer]
    assert kept.text == ""
