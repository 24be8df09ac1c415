"""Groups: those that become supergroups, topics, service messages, who writes anonymously."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.chat.groups import Groups, Talk, buttons
from tests.chat.room import Room, words
from tests.photographs import encode, photograph

OLD, NEW = -100, -1001234567890
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHINA = encode(photograph("china"))


def in_group(talk: Callable[[Talk], Awaitable[None]]) -> Callable[[Path], None]:
    """Make a test of what is said in a group that an owner, 1001, enabled; case 1 is there."""

    def test(home: Path) -> None:
        async def hold() -> None:
            made: list[Groups] = []

            def transport(app: object) -> Groups:
                made.append(Groups(app))
                return made[0]

            room = Room(home, "telegram", transport, VERIFY_OWNERS="1001")  # type: ignore[arg-type]
            await room.enter()
            try:
                await room.send(CHINA, caption="A temple in Hanoi")
                group = Talk(room, made[0])
                await group.hear(text="/group")
                await asyncio.wait_for(talk(group), 240)
            finally:
                await room.leave()

        asyncio.run(hold())

    test.__doc__ = talk.__doc__
    return test


def served(group: Talk, number: int) -> bool:
    return group.room.desk.team.group_enabled("telegram", number)


@in_group
async def test_a_group_stays_enabled_as_the_supergroup_that_it_became(group: Talk) -> None:
    (shown,) = await group.hear(text="/case 1")
    assert await group.hear(OLD, sender=5, migrate_to_chat_id=NEW) == []
    assert await group.hear(NEW, sender=5, migrate_from_chat_id=OLD) == []
    assert served(group, NEW) and not served(group, OLD)
    (told,) = await group.hear(NEW, text="/note The roof is new")
    assert told["chat_id"] == str(NEW) and "Noted in case 1" in told["text"]
    (pressed,) = await group.press(buttons(shown)["More"], OLD)
    assert pressed["chat_id"] == str(NEW) and "message_id" not in pressed
    await group.hear(NEW, text="/group off")
    assert not served(group, NEW)
    (refused,) = await group.hear(NEW, text="/cases")
    assert "does not answer in this group" in refused["text"]


@in_group
async def test_an_answer_that_meets_the_upgrade_goes_to_the_supergroup(group: Talk) -> None:
    group.service.upgraded[OLD] = NEW
    (told,) = await group.hear(text="/case 1")
    assert told["chat_id"] == str(NEW) and "Case 1" in told["text"]
    assert served(group, NEW)
    (told,) = await group.hear(NEW, text="/case 1")
    assert told["chat_id"] == str(NEW)


@in_group
async def test_a_group_that_is_not_enabled_is_not_by_becoming_a_supergroup(group: Talk) -> None:
    await group.hear(-200, sender=5, migrate_to_chat_id=NEW)
    assert not served(group, NEW)
    group.service.upgraded[-300] = NEW
    assert await group.hear(-300, text="/cases") == []


@in_group
async def test_every_answer_stays_in_its_topic(group: Talk) -> None:
    topic = {"message_thread_id": 77, "is_topic_message": True}
    for text in ("/case 1", "/note", "/cases", "/help", "/due"):
        for said in await group.hear(NEW if served(group, NEW) else OLD, text=text, **topic):
            assert said["message_thread_id"] == "77", text
    (refused,) = await group.hear(-400, text="/cases", **topic)
    assert (
        refused["message_thread_id"] == "77" and "does not answer in this group" in refused["text"]
    )
    (thread,) = await group.hear(text="/case 1", message_thread_id=5)
    assert "message_thread_id" not in thread


@in_group
async def test_service_messages_and_what_people_send_each_other_get_no_answer(group: Talk) -> None:
    olga = {"id": 1001, "is_bot": False, "first_name": "Olga"}
    for content in (
        {"pinned_message": {"message_id": 5, "date": 0, "chat": {"id": OLD, "type": "group"}}},
        {"new_chat_members": [{"id": 5, "is_bot": False, "first_name": "Sam"}]},
        {"left_chat_member": olga},
        {"forum_topic_created": {"name": "Homs", "icon_color": 1}},
        {"new_chat_title": "Verification"},
        {"contact": {"phone_number": "1", "first_name": "Sam"}},
        {"boost_added": {"boost_count": 1}},
    ):
        assert await group.hear(**content) == [], content
    pinned = {"message_id": 5, "date": 0, "chat": {"id": 1001, "type": "private"}}
    before = group.room.answers()
    await group.update(
        message={
            "message_id": 800,
            "date": 0,
            "chat": {"id": 1001, "type": "private"},
            "from": olga,
            "pinned_message": pinned,
        }
    )
    assert group.room.answers() == before


@in_group
async def test_who_writes_in_the_name_of_the_group_is_told_why_it_is_not_served(
    group: Talk,
) -> None:
    name = {"sender_chat": {"id": OLD, "type": "group", "title": "All"}, "from": ANONYMOUS}
    assert await group.hear(text="People talk to each other", **name) == []
    assert await group.hear(text="/case@another_bot 1", **name) == []
    (told,) = await group.hear(text="/case 1", **name)
    assert "in the name of a group" in told["text"] and "Remain anonymous" in told["text"]
    assert await group.hear(text="/case 1", **name) == []  # within ten minutes
    photo = [{"file_id": "F", "file_unique_id": "U", "width": 9, "height": 9}]
    named = {**name, "photo": photo}
    await group.hear(-500, text="/group")
    assert await group.hear(-500, **named, is_automatic_forward=True) == []
    (told,) = await group.hear(-500, **named)
    assert "nothing of it was kept" in told["text"]
    assert await group.hear(-600, **named) == []  # a group that the desk does not serve
    (told,) = await group.hear(-600, text="/group", **name)
    assert "Remain anonymous" in told["text"]


@in_group
async def test_the_film_of_a_live_photo_is_said_not_to_be_kept(group: Talk) -> None:
    sent = next(one for one in group.room.own() if "photo" in one or "document" in one)
    picture = (sent.get("photo") or [sent["document"]])[-1]
    film = {"file_id": "film", "file_unique_id": "f", "width": 1, "height": 1, "duration": 3}
    said = await group.hear(photo=[{**picture, "width": 9, "height": 9}], live_photo=film)
    assert any("This is a live photo. Its picture is kept" in one["text"] for one in said)
    assert await group.hear(photo=[{**picture, "width": 9, "height": 9}]) != []


@in_group
async def test_a_caption_added_later_is_the_first_version_of_its_claim(group: Talk) -> None:
    room = group.room
    await room.send(encode(photograph("flower")))
    (told,) = await room.edit(room.own()[-1]["message_id"], "A dahlia in Hue, 3 May 2012")
    assert "Kept as a claim in case 2" in words(told) and "I read: 3 May 2012" in words(told)
    assert "version" not in words(told)
    (claim,) = room.case(2).claims
    assert claim.version == 1
