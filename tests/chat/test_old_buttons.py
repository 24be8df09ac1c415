"""Old buttons after a merge or a move: they say what changed, and lead to where things are now."""

from __future__ import annotations

import asyncio

import pytest

from tests.chat.room import Json, Room, in_room, labels, words
from tests.photographs import encode, photograph, shrunk
from verify.records import Reply

CHINA = encode(photograph("china"))
FLOWER = encode(photograph("flower"))
COPY = encode(shrunk(photograph("china")))


def plain(messages: list[Json]) -> str:
    """What the messages say, without the marks that set their direction."""
    said = "\n".join(words(message) for message in messages)
    return said.replace("\u2068", "").replace("\u2069", "")


async def moved(room: Room) -> Json:
    """Case 1 with a flower; its picture of a temple, and a claim about it, went to case 3. Gives
    the message that showed case 1 before."""
    (answer, *_) = await room.send(CHINA, caption="A temple in 2008")
    await room.send(FLOWER)
    owner = room.desk.team.at_console("0", "Olga", "en")
    room.desk.casework.merge(owner, 2, 1)
    assert room.desk.casework.move(owner, 1, 1, None) == 3
    return answer


@in_room()
async def test_buttons_of_a_moved_exhibit_lead_to_its_case(room: Room) -> None:
    answer = await moved(room)
    for label, shows in (
        ("Verdict", "against which claim"),
        ("Claim", "A temple in 2008"),
    ):
        said = plain(await room.press(answer, label))
        assert "It was moved from case 1 to case 3." in said, label
        assert shows in said, label
    said = plain(await room.press(answer, "More"))
    assert "It was moved from case 1 to case 3." in said
    assert await room.press(answer, "Less") == []
    assert plain([room.now(answer)]).splitlines()[0].startswith("Case 3")


@in_room()
async def test_prompts_of_a_moved_exhibit_are_answered_in_its_case(room: Room) -> None:
    (answer, *_) = await room.send(CHINA)
    (choose,) = await room.press(answer, "Verdict")
    (why,) = await room.press(choose, "Staged")
    await room.send(FLOWER)
    owner = room.desk.team.at_console("0", "Olga", "en")
    room.desk.casework.merge(owner, 2, 1)
    room.desk.casework.move(owner, 1, 1, None)
    said = plain(await room.say("The set was found", reply_to=why["message_id"]))
    assert "It was moved from case 1 to case 3." in said
    assert "Verdict in case 3: Staged" in said
    assert [verdict.exhibit_id for verdict in room.case(3).verdicts] == [1]
    assert room.case(1).verdicts == ()


@in_room()
async def test_everything_pressed_in_a_merged_case_lands_in_what_stands_for_it(
    room: Room,
) -> None:
    await room.send(FLOWER)
    (answer, *_) = await room.send(CHINA)
    (note,) = await room.press(answer, "Note")
    (claim,) = await room.press(answer, "Claim")
    (listed,) = await room.say("/cases")
    (tags,) = await room.say("/tag")
    (due,) = await room.say("/due")
    (priority,) = await room.say("/priority")
    (second,) = await room.say("/case 2")
    await room.press(second, "Checklist")
    await room.press(second, "1")
    owner = room.desk.team.at_console("0", "Olga", "en")
    room.desk.casework.merge(owner, 2, 1)
    said = plain(await room.say("seen in a shop", reply_to=note["message_id"]))
    assert "Case 2 is part of case 1 now." in said and "Noted in case 1." in said
    await room.say("A temple in 2008", reply_to=claim["message_id"])
    await room.press(due, "Tomorrow 9:00")
    await room.press(priority, "Urgent")
    (asked,) = [m for m in await room.press(tags, "Add a tag") if "the tag" in words(m)]
    await room.say("shop", reply_to=asked["message_id"])
    await room.press(second, "Could not tell")
    shown = plain(await room.press(listed, "Case 2"))
    assert "Case 1, 2 exhibits" in shown
    case = room.case(1)
    assert [one.text for one in case.notes] == ["seen in a shop"]
    assert [one.text for one in case.claims] == ["A temple in 2008"]
    assert (case.priority.value, case.tags, bool(case.due_at)) == ("urgent", ("shop",), True)
    answers = [item.answer.reply for item in case.checklist if item.answer]
    assert answers == [Reply.COULD_NOT_TELL]
    strays = "SELECT 1 FROM {} WHERE case_id = 2"
    for table in ("note", "claim", "answer", "tag", "open_case", "watcher"):
        assert not room.desk.store.rows(strays.format(table)), table


@in_room()
async def test_a_merge_that_was_agreed_on_is_not_made_once_the_case_has_changed(
    room: Room,
) -> None:
    for content in (FLOWER, CHINA, b"three"):
        await room.send(content)
    await room.say("/case 2")
    (asked,) = await room.say("/merge 1")
    owner = room.desk.team.at_console("0", "Olga", "en")
    room.desk.casework.merge(owner, 2, 3)
    said = plain(await room.press(asked, "Yes, into case 1"))
    assert "Case 2 is part of case 3: name that one." in said
    assert (room.case(1).id, room.case(3).id) == (1, 3)
    await room.say("/case 3")
    (refused,) = await room.say("/merge 2")
    assert "Case 2 is part of case 3 now." in plain([refused])


@in_room()
async def test_the_card_of_a_moved_match_is_judged_where_it_is(room: Room) -> None:
    await room.send(CHINA)
    _, card, *_ = await room.send(COPY)
    assert "Not the same" in labels(card)
    owner = room.desk.team.at_console("0", "Olga", "en")
    room.desk.casework.merge(owner, 1, 2)
    assert room.desk.casework.move(owner, 2, 2, None) == 3
    said = plain(await room.press(card, "Not the same"))
    assert "It was moved from case 2 to case 3." in said
    assert "not the same" in words(room.now(card))


@in_room()
async def test_an_exhibit_that_is_gone_is_said_to_be_and_its_case_is_shown(room: Room) -> None:
    await room.send(FLOWER)
    (answer, *_) = await room.send(CHINA)
    owner = room.desk.team.at_console("0", "Olga", "en")
    (you,) = [m for m in room.desk.team.members_for_console() if m.service == "localchat"]
    room.desk.casework.merge(owner, 1, 2)
    closed = room.desk.casework.move(owner, 2, 2, None)
    room.desk.store.change('UPDATE "case" SET confidential = 1 WHERE id = ?', (closed,))
    room.desk.store.change("DELETE FROM case_member WHERE person_id = ?", (you.id,))
    shown, said = await room.press(answer, "More")
    assert "This is no longer in case 2." in plain([said])
    assert "Case 2" in plain([shown]) and "3" not in plain([said])


@in_room()
async def test_an_item_that_the_checklist_no_longer_has_leads_to_the_list(room: Room) -> None:
    (answer, *_) = await room.send(CHINA)
    await room.press(answer, "Checklist")
    (button,) = room.desk.store.rows(
        "SELECT token FROM button WHERE json_extract(action, '$.name') = 'item'"
        " ORDER BY rowid LIMIT 1"
    )
    room.desk.store.change(
        "UPDATE button SET action = json_set(action, '$.item', 'long gone') WHERE token = ?",
        (button["token"],),
    )
    (said,) = await room.press(answer, "1")
    assert "no such item" in words(said)
    assert "Checklist of case" in words(room.now(answer))


@pytest.mark.parametrize("folder", ["handlers", "replies"])
def test_nothing_is_taken_from_a_case_without_a_look_whether_it_is_there(folder: str) -> None:
    """`next(...)` without a default fails once a case has changed under an old button."""
    import ast
    from pathlib import Path

    import verify.chat

    for path in (Path(verify.chat.__file__).parent / folder).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            bare = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "next"
            assert not (bare and len(node.args) == 1), f"{path.name}:{node.lineno}"  # type: ignore[attr-defined]


@in_room()
async def test_a_double_tap_asks_once(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    (choose,) = await room.press(answer, "Verdict")
    await asyncio.gather(
        *(room.local.press(room.you, choose["message_id"], "Staged") for _ in range(2))
    )
    await room.settle()
    asked = [one for one in room.answers() if one["message_id"] > choose["message_id"]]
    assert len(asked) == 1


@in_room()
async def test_a_button_pressed_again_later_answers_again(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    (choose,) = await room.press(answer, "Verdict")
    assert len(await room.press(choose, "Staged")) == 1
    assert len(await room.press(choose, "Staged")) == 1
