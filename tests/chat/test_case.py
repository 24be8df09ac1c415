"""Cases over time: notes, claims, verdicts, lists, search, languages."""

from __future__ import annotations

import asyncio
import re

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph
from verify.records import Rating

CHINA = encode(photograph("china"))
FLOWER = encode(photograph("flower"))


@in_room()
async def test_words_become_a_note_in_the_case_opened_last_and_can_be_undone(room: Room) -> None:
    await room.send(CHINA)
    await room.send(FLOWER)
    (noted,) = await room.say("Ask the florist")
    assert words(noted) == "Noted in case 2."
    assert [note.text for note in room.case(2).notes] == ["Ask the florist"]
    assert await room.press(noted, "Undo") == []
    assert "taken back" in words(room.now(noted))
    assert room.case(2).notes == ()


@in_room()
async def test_a_reply_goes_to_the_case_of_the_message_it_replies_to(room: Room) -> None:
    (first,) = await room.send(CHINA)
    await room.send(FLOWER)
    (noted,) = await room.say("About the temple", reply_to=first["message_id"])
    assert words(noted) == "Noted in case 1."
    await room.say("Under the picture itself", reply_to=room.own()[0]["message_id"])
    texts = [note.text for note in room.case(1).notes]
    assert texts == ["About the temple", "Under the picture itself"]


@in_room()
async def test_opening_a_case_sends_the_next_words_there(room: Room) -> None:
    await room.send(CHINA)
    await room.send(FLOWER)
    (shown,) = await room.say("/case 1")
    assert words(shown).startswith("Case 1")
    (noted,) = await room.say("Back to the temple")
    assert words(noted) == "Noted in case 1."
    (shown,) = await room.say("/case 1")
    assert "Back to the temple" in words(shown)


@in_room()
async def test_without_a_case_a_sentence_helps(room: Room) -> None:
    (answer,) = await room.say("Hello?")
    assert "No case is open here" in words(answer)
    for command in ("/note x", "/claim x", "/verdict"):
        (answer,) = await room.say(command)
        assert "No case is open here" in words(answer)


@in_room()
async def test_an_edited_note_is_added_beside_the_first(room: Room) -> None:
    await room.send(CHINA)
    await room.say("Sunn")
    (noted,) = await room.edit(room.own()[-1]["message_id"], "Sun")
    assert words(noted) == "Noted in case 1."
    assert [note.text for note in room.case(1).notes] == ["Sunn", "Sun"]


@in_room()
async def test_the_note_command_and_button_ask_for_words(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    (asked,) = await room.press(examined, "Note")
    assert "reply to this message" in words(asked).lower()
    await room.say("From the button", reply_to=asked["message_id"])
    (asked,) = await room.say("/note")
    await room.say("From the command", reply_to=asked["message_id"])
    await room.say("/note\nAt once")
    texts = [note.text for note in room.case(1).notes]
    assert texts == ["From the button", "From the command", "At once"]


@in_room()
async def test_a_claim_can_name_its_claimant_afterwards(room: Room) -> None:
    await room.send(CHINA)
    (kept,) = await room.say("/claim A temple after the storm")
    assert "who claims it is not given" in words(kept)
    (asked,) = await room.press(kept, "Say who claims it")
    (kept,) = await room.say("@weather <b>", reply_to=asked["message_id"])
    assert "@weather <b>: A temple after the storm" in words(kept)
    (claim,) = room.case(1).claims
    assert (claim.version, claim.claimant) == (2, "@weather <b>")


@in_room()
async def test_the_claim_button_asks_and_the_examination_shows_the_claim(room: Room) -> None:
    (examined,) = await room.send(CHINA)
    (asked,) = await room.press(examined, "Claim")
    await room.say("It shows Hanoi", reply_to=asked["message_id"])
    (shown,) = await room.say("/case")
    assert "Claim: “It shows Hanoi” – read as Hanoi, Vietnam, no date" in words(shown)


@in_room()
async def test_a_verdict_is_a_rating_against_a_claim_with_a_reason(room: Room) -> None:
    (examined,) = await room.send(CHINA, caption="Hanoi today")
    (asked,) = await room.press(examined, "Verdict")
    assert "Hanoi today" in words(asked)
    await room.press(asked, "Claim 1")
    chosen = room.now(asked)
    assert labels(chosen)[0] == "Unverified"
    assert {"AI-generated", "Cannot be verified"} < {*labels(chosen)}
    assert "Out of context: a real picture of another time, place or event" in words(chosen)
    (why,) = await room.press(chosen, "Out of context")
    assert room.case(1).verdicts == ()
    (kept,) = await room.say("The temple stands in Beijing", reply_to=why["message_id"])
    assert "Out of context" in words(kept)
    (verdict,) = room.case(1).verdicts
    assert verdict.reason == "The temple stands in Beijing"
    assert verdict.claim and verdict.claim.text == "Hanoi today"
    (shown,) = await room.say("/case 1")
    assert "The temple stands in Beijing" in words(shown)


@in_room()
async def test_a_verdict_on_an_album_asks_for_the_exhibit_first(room: Room) -> None:
    await room.send_album(CHINA, FLOWER)
    (asked,) = await room.say("/verdict")
    (asked,) = await room.press(asked, "Exhibit 2")
    (why,) = await room.press(asked, "Original")
    await room.say("Seen the camera", reply_to=why["message_id"])
    (verdict,) = room.case(1).verdicts
    assert verdict.exhibit_id == room.case(1).exhibits[1].exhibit_id


@in_room()
async def test_what_is_written_behind_verdict_is_taken_along(room: Room) -> None:
    await room.send_album(CHINA, FLOWER)
    (asked,) = await room.say("/verdict the roofs differ")
    (asked,) = await room.press(asked, "Exhibit 1")
    assert labels(asked)[0] == "Unverified" and "Why: the roofs differ" in words(asked)
    for text in (
        "/verdict Out-of-context: it stood in case 7",
        "/verdict خارج السياق it stood in case 7",
    ):
        (asked,) = await room.say(text)
        (asked,) = await room.press(asked, "Exhibit 2")
        assert labels(asked)[0] == "Out of context" and "Why: it stood in case 7" in words(asked)
    assert room.case(1).verdicts == ()
    await room.press(asked, "Out of context")
    (verdict,) = room.case(1).verdicts
    assert (verdict.rating, verdict.reason) == (Rating.DECONTEXTUALISED, "it stood in case 7")
    await room.send(encode(photograph("astronaut")))
    (asked,) = await room.say("/verdict staged too tidy")
    await room.press(asked, "Staged")
    await room.press(asked, "Staged")
    assert [one.reason for one in room.case(2).verdicts] == ["too tidy"]


@in_room()
async def test_cases_are_listed_latest_first_in_pages(room: Room) -> None:
    (answer,) = await room.say("/cases")
    assert "no cases here yet" in words(answer)
    for number in range(10):
        await room.send(f"%PDF-1.7 {number}".encode(), f"{number}.pdf")
    (listed,) = await room.say("/cases")
    assert labels(listed)[:2] == ["Case 10", "Case 9"]
    await room.press(listed, "Next ›")
    assert labels(room.now(listed))[:3] == ["Case 2", "Case 1", "‹ Previous"]
    await room.press(listed, "Concluded")
    assert "Case 2" not in words(room.now(listed))
    await room.press(listed, "All")
    await room.press(listed, "Next ›")
    (shown,) = await room.press(listed, "Case 1")
    assert words(shown).startswith("Case 1")


@in_room()
async def test_a_case_that_is_not_there_is_a_sentence(room: Room) -> None:
    (answer,) = await room.say("/case 7")
    assert words(answer) == "There is no case 7."
    (answer,) = await room.say("/case ٣٤")
    assert words(answer) == "There is no case 34."
    for wrong in ("/case", "/case seven", "/case ٣x", "/case " + "9" * 30):
        (answer,) = await room.say(wrong)
        assert "Write the number of a case" in words(answer)


@in_room()
async def test_search_finds_notes_in_arabic_with_a_button_to_the_case(room: Room) -> None:
    await room.send(CHINA, caption="صورة من المدينة القديمة")
    await room.send(FLOWER)
    await room.say("#bridge @x a-b AND")
    for asked, number in (("مدينه قديمه", 1), ("@x #bridge", 2), ("AND a-b", 2)):
        (found,) = await room.say(f"/search {asked}")
        assert labels(found) in ([f"Case {number}"], [])
        if number == 2:
            assert labels(found) == ["Case 2"]
    (nothing,) = await room.say("/search <b>nowhere</b>")
    assert "<b>nowhere</b>" in words(nothing)
    (usage,) = await room.say("/search")
    assert "/search bridge" in words(usage)


@in_room()
async def test_help_lists_every_command(room: Room) -> None:
    (answer,) = await room.say("/help")
    await room.press(answer, "What each command does")
    answer = room.now(answer)
    for name in ("start", "cases", "case", "note", "claim", "search", "verdict", "help"):
        assert f"/{name}:" in words(answer)
    await room.press(answer, "How to search")
    assert "tag:flood" in words(room.now(answer))


@in_room()
async def test_the_bot_sets_its_command_list_in_english_and_arabic(room: Room) -> None:
    def kept(language: str) -> list[dict[str, str]]:
        return room.local.exchange.store.commands('{"type": "default"}', language) or []

    while len(kept("ar")) < 9:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert "cases" in {command["command"] for command in kept("")}


@in_room()
async def test_the_language_can_be_changed_and_lasts(room: Room) -> None:
    (asked,) = await room.say("/language")
    assert labels(asked) == ["English", "العربية"]
    await room.press(asked, "العربية")
    (answer,) = await room.send(CHINA)
    arabic = [letter for letter in words(answer) if "\u0600" <= letter <= "\u06ff"]
    assert len(arabic) > 100
    await room.restart()
    (answer,) = await room.say("/cases")
    assert any("\u0600" <= letter <= "\u06ff" for letter in words(answer))
    (answer,) = await room.say("/language english")
    assert words(answer) == "From now on I use this language."


@in_room()
async def test_what_the_desk_cannot_use_is_told(room: Room) -> None:
    (answer,) = await room.say("/unknown")
    assert "See /help" in words(answer)


@in_room()
async def test_a_note_names_the_exhibit_that_it_replies_to(room: Room) -> None:
    (answer,) = await room.send_album(CHINA, FLOWER)
    second = room.own()[-1]["message_id"]
    await room.say("The dahlia grows in Hue", reply_to=second)
    await room.edit(room.own()[-1]["message_id"], "The dahlia grows in Hanoi")
    await room.say("Both by one hand", reply_to=answer["message_id"])
    assert [one.exhibit_id for one in room.case(1).notes] == [2, 2, None]
    await room.press(answer, "More")
    shown = " ".join(words(one) for one in [room.now(answer), *room.answers()])
    while "Both by one hand" not in shown and "›" in " ".join(labels(room.now(answer))):
        await room.press(answer, next(one for one in labels(room.now(answer)) if "›" in one))
        shown = words(room.now(answer))
    assert re.search(r"Exhibit 2: .*The dahlia grows in Hanoi", shown)
    assert not re.search(r"Exhibit \d: .*Both by one hand", shown)
