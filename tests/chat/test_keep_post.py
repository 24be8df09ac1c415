"""Posts that may be gone soon: how to keep one is said, and a screenshot leads to its post."""

from __future__ import annotations

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph

POST = "https://x.com/w_s/status/1200000000000000000"
TWEET = (
    '{"id_str": "1200000000000000000", "created_at": "Thu Nov 28 10:34:00 +0000 2019",'
    ' "full_text": "Tikrit", "user": {"id_str": "5", "screen_name": "w_s", "name": "W"}}\n'
)


@in_room()
async def test_how_to_keep_a_post_is_said_to_its_address_and_a_screenshot_leads_to_it(
    room: Room,
) -> None:
    (told,) = await room.say(POST)
    assert "Keep a post before it is gone" in words(told)
    for way in ("screenshot", "SingleFile", "MHTML"):
        assert way in words(told)
    (other,) = await room.say("https://example.org/about")
    assert "No case is open" in words(other)
    (helped,) = await room.say("/help")
    await room.press(helped, "How to keep a post")
    assert "SingleFile" in words(room.now(helped))
    await room.send(encode(photograph("flower")), "screen.jpg", caption=POST)
    assert room.case(1).sightings[0].links == (POST,)
    (seen,) = await room.say("/seen")
    assert "a post on X, which is not here" in words(seen)
    (sent,) = await room.send(TWEET.encode(), "posts.jsonl")
    await room.press(sent, "Read as an export")
    await room.press(room.now(sent), "Take it in")
    await room.say("/case 1")
    (seen,) = await room.say("/seen")
    assert "the address of a post that is here: 2019-11-28 10:34" in words(seen)
    assert "@w_s on x" in words(seen)


@in_room()
async def test_an_address_behind_a_picture_or_in_a_case_has_a_button_that_says_how(
    room: Room,
) -> None:
    await room.send(encode(photograph("flower")))
    (joined,) = await room.say(POST)
    (told,) = await room.press(joined, "How to keep the post")
    assert "MHTML" in words(told)
    shown = await room.say("/case 1")
    (noted,) = await room.say(POST, reply_to=shown[0]["message_id"])
    assert "How to keep the post" in labels(noted)
    (plain,) = await room.say("The roof is new")
    assert "How to keep the post" not in labels(plain)


@in_room()
async def test_to_an_address_behind_a_concluded_case_is_said_how_to_keep_the_post(
    room: Room,
) -> None:
    await room.send(encode(photograph("flower")))
    (asked,) = await room.say("/verdict original It is ours")
    await room.press(asked, "Original")
    told = await room.say(POST)
    said = " ".join(map(words, told))
    assert "concluded and locked" in said
    assert "SingleFile" in said
    (refused,) = await room.say("The roof is new")
    assert "SingleFile" not in words(refused)
