"""Several people at one desk: who is let in, who concludes, who is told, what stays closed."""

from __future__ import annotations

from datetime import UTC, datetime

from PIL import ImageOps

from tests.chat.room import Json, Room, in_room, labels, words
from tests.photographs import encode, photograph, shrunk
from tests.submissions import imported
from verify.records import Rating

CHINA = encode(photograph("china"))
FLOWER = encode(photograph("flower"))


async def admit(room: Room, name: str, role: str) -> int:
    """Invite somebody and let them in with the code; gives their number."""
    (team,) = await room.say("/team")
    await room.press(team, "Invite")
    (invitation,) = await room.press(team, role)
    code = words(invitation).rpartition("/start ")[2]
    person = room.local.exchange.store.add_person(name, "en")
    (answer,) = await room.say(f"/start {code}", by=person)
    assert "You are admitted" in words(answer)
    return person


def plain(message: Json) -> str:
    """The words of a message without the marks that set their direction."""
    return words(message).replace("\u2068", "").replace("\u2069", "")


async def propose(room: Room, answer: Json, by: int) -> Json:
    """Propose that the picture is staged; gives the message that says so."""
    (choose,) = await room.press(answer, "Verdict", by=by)
    assert "starred items are unanswered" in words(choose)
    (why,) = await room.press(choose, "Staged", by=by)
    kept = await room.say("The shadows disagree", by=by, reply_to=why["message_id"])
    return kept[-1]


@in_room()
async def test_a_removed_member_is_out_at_once_and_old_buttons_do_nothing(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Reporter")
    (answer,) = await room.send(CHINA, by=rosa)
    (team,) = await room.say("/team")
    await room.press(team, "Rosa")
    await room.press(team, "Remove from the desk")
    await room.press(team, "Yes, remove")
    assert "Rosa" not in words(room.now(team))
    before = words(room.now(answer, by=rosa))
    assert await room.press(answer, "More", by=rosa) == []
    assert words(room.now(answer, by=rosa)) == before
    # the press was answered, in the button's own bubble; for a while nothing more is
    assert await room.say("/cases", by=rosa) == []
    await room.press(answer, "More", by=rosa)
    room.desk.store.change("UPDATE stranger SET answered_at = NULL")
    (refusal,) = await room.say("/cases", by=rosa)
    assert "serves only people" in words(refusal)
    (stranger,) = room.desk.team.strangers(room.desk.team.at_console("0", "Reader", "en"))
    assert (stranger.name, stranger.messages) == ("Rosa", 4)


@in_room()
async def test_who_guesses_codes_is_told_of_the_lockout_once_and_counted(room: Room) -> None:
    mallory = room.local.exchange.store.add_person("Mallory", "en")
    said = [await room.say(f"/start WRONG-{number}", by=mallory) for number in range(8)]
    assert ["not right" in words(answer) for (answer,) in said[:4]] == [True] * 4
    assert "none is accepted" in words(said[4][0])
    assert said[5:] == [[], [], []]
    (stranger,) = room.desk.team.strangers(room.desk.team.at_console("0", "Reader", "en"))
    assert stranger.messages == 8


@in_room()
async def test_a_blocked_stranger_is_not_answered_even_with_a_code(room: Room) -> None:
    mallory = room.local.exchange.store.add_person("Mallory", "en")
    await room.say("hello", by=mallory)
    (team,) = await room.say("/team")
    assert "1 stranger" in labels(team)
    await room.press(team, "1 stranger")
    assert "Mallory: 1 message" in plain(room.now(team))
    await room.press(team, "Block 1")
    assert await room.say("/start ABCD-EFGH-JKLM", by=mallory) == []


@in_room()
async def test_only_owners_see_the_buttons_of_the_team(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Editor")
    (team,) = await room.say("/team", by=rosa)
    assert "Rosa" in words(team)
    assert labels(team) == []


@in_room()
async def test_a_verdict_waits_for_a_second_person_and_then_leads(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Reporter")
    (answer,) = await room.send(CHINA, by=rosa)
    kept = await propose(room, answer, rosa)
    assert "waits for somebody else" in words(kept)
    notice = room.answers()[-1]
    assert "waits to be confirmed" in words(notice)
    (case,) = await room.press(notice, "Case 1")
    (review,) = await room.press(case, "Review the proposed verdict")
    assert "The shadows disagree" in words(review)
    assert "starred items are unanswered" in words(review)
    await room.press(review, "Confirm")
    assert "concluded and locked" in words(room.now(review))
    assert "was confirmed" in words(room.answers(rosa)[-1])
    again = await room.send(CHINA, by=rosa)
    shown = next(one for one in again if "Concluded: Staged" in words(one))
    assert words(shown).startswith("Case 1 · Concluded: Staged")
    (refused,) = await room.say("/note late", by=rosa)
    assert "Reopen it first" in words(refused)


async def conclude(room: Room, answer: Json) -> None:
    """At a desk of one: the verdict stands at once."""
    (choose,) = await room.press(answer, "Verdict")
    if "Claim 1" in labels(choose):
        await room.press(choose, "Claim 1")
    (why,) = await room.press(choose, "Staged")
    await room.say("The film set was found", reply_to=why["message_id"])


@in_room()
async def test_a_near_copy_leads_with_the_verdict_and_says_that_it_is_one(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    await conclude(room, answer)
    picture = photograph("china")
    for number, other in ((2, shrunk(picture)), (3, ImageOps.mirror(picture))):
        shown, card = (await room.send(encode(other)))[:2]
        head = words(shown).splitlines()[0]
        assert head.startswith(f"Case {number} · A near copy was concluded in case 1: Staged")
        assert "Why: The film set was found · This is another file" in head
        await room.press(shown, "More")
        assert "The same picture by its PDQ fingerprint" in words(room.now(shown))
        await room.press(card, "More")
        assert "Concluded about it in case 1: Staged" in words(room.now(card))
    (part, card) = (await room.send(encode(picture.crop((160, 100, 480, 330)))))[:2]
    assert words(part).startswith("Case 4")
    assert "Concluded about it in case 1: Staged" in words(card)


@in_room()
async def test_a_reopened_case_leads_no_answer(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    await conclude(room, answer)
    await room.say("/reopen The set was another one")
    shown = (await room.send(encode(shrunk(photograph("china")))))[0]
    assert words(shown).startswith("Case 2")


@in_room()
async def test_who_proposed_a_verdict_is_not_offered_to_confirm_it(room: Room) -> None:
    edi = await admit(room, "Edi", "Editor")
    (answer,) = await room.send(CHINA)
    await propose(room, answer, room.you)
    for by, buttons in ((room.you, []), (edi, ["Confirm", "Return"])):
        (case,) = await room.say("/case 1", by=by)
        (review,) = await room.press(case, "Review the proposed verdict", by=by)
        assert labels(review) == buttons
        assert ("who did not propose it" in words(review)) is not bool(buttons)


@in_room()
async def test_a_returned_verdict_says_what_is_missing(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Reporter")
    (answer,) = await room.send(CHINA, by=rosa)
    await propose(room, answer, rosa)
    (case,) = await room.press(room.answers()[-1], "Case 1")
    (review,) = await room.press(case, "Review the proposed verdict")
    (asked,) = await room.press(review, "Return")
    await room.say("Who took it?", reply_to=asked["message_id"])
    assert "was returned" in words(room.answers(rosa)[-1])
    (case,) = await room.say("/case 1", by=rosa)
    assert "verdict was returned" in words(case) and "Who took it?" in words(case)


@in_room()
async def test_a_confidential_case_says_only_whom_to_ask(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Reporter")
    await room.send(CHINA)
    (shut,) = await room.say("/confidential")
    assert "Only its members" in words(shut)
    (answer,) = await room.send(CHINA, by=rosa)
    assert "Case 2" in words(answer)
    assert "Seen in a case that you cannot open; ask" in words(answer)
    assert "Not seen" not in words(answer)
    (refused,) = await room.say("/case 1", by=rosa)
    assert "There is no case" in words(refused)
    (cases,) = await room.say("/cases", by=rosa)
    assert labels(cases)[-1] != "Case 1" and "Case 1" not in labels(cases)


@in_room()
async def test_the_work_on_a_case_is_managed_by_buttons_and_commands(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Reporter")
    (answer,) = await room.send(CHINA)
    await room.press(answer, "Manage")
    await room.press(answer, "Assign")
    await room.press(answer, "Rosa")
    assert "was given to" in words(room.answers(rosa)[-1])
    await room.press(answer, "Due time")
    await room.press(answer, "Tomorrow 9:00")
    await room.say("/tag #Bridge flood")
    await room.say("/priority urgent")
    await room.press(answer, "Back to the examination")
    shown = plain(room.now(answer))
    for line in ("With Rosa", "Due ", "#bridge #flood", "Priority: Urgent"):
        assert line in shown
    (handed,) = await room.say("/handover")
    assert "what is claimed, 11 starred questions, verdict" in words(handed)
    await room.say("/claim A temple in Hanoi")
    (handed,) = await room.say("/handover")
    assert "– 11 starred questions, verdict" in words(handed)


@in_room()
async def test_an_overdue_case_is_marked_until_it_is_concluded(room: Room) -> None:
    await room.send(CHINA)
    person = room.desk.team.at_console("0", "Reader", "en")
    room.desk.casework.due(person, 1, datetime(2026, 1, 1, 9, tzinfo=UTC))
    await room.send(FLOWER)
    await room.say("/due 2126-01-01 09:00")
    for command in ("/cases", "/handover"):
        (listed,) = await room.say(command)
        assert words(listed).count("Overdue") == 1
        assert (
            "⏰ Overdue"
            in words(listed).rpartition("1 · " if command == "/handover" else "Case 1")[2]
        )
    (case,) = await room.say("/case 1")
    assert "⏰ Overdue" in words(case)
    await conclude(room, case)
    (listed,) = await room.say("/cases")
    assert "Overdue" not in words(listed)


@in_room()
async def test_the_handover_is_turned_page_by_page(room: Room) -> None:
    person = room.desk.team.at_console("0", "Reader", "en")
    for number in range(1, 13):
        room.desk.receiving.receive(person, imported(), bytes([number]))
    (handed,) = await room.say("/handover")
    assert labels(handed) == [*map(str, range(12, 2, -1)), "Next ›"]
    assert len(words(handed).splitlines()) == 11
    await room.press(handed, "Next ›")
    shown = room.now(handed)
    assert labels(shown) == ["2", "1", "‹ Previous"]
    assert "starred questions, verdict" in words(shown)
    await room.press(shown, "‹ Previous")
    for number in (11, 12):
        exhibit = room.case(number).exhibits[0].exhibit_id
        room.desk.verdicts.conclude(person, number, exhibit, Rating.STAGED, "It is")
    await room.press(room.now(handed), "Next ›")  # made when there were twelve
    assert labels(room.now(handed)) == [*map(str, range(10, 0, -1))]


@in_room()
async def test_exhibits_are_split_off_and_cases_merged(room: Room) -> None:
    await room.send(CHINA)
    await room.send(FLOWER)
    (asked,) = await room.say("/merge 1")
    await room.press(asked, "Yes, into case 1")
    assert len(room.case(1).exhibits) == 2
    assert room.case(2).id == 1
    (which,) = await room.say("/split")
    await room.press(which, "Exhibit 2")
    await room.press(which, "A new case")
    assert [len(room.case(number).exhibits) for number in (1, 3)] == [1, 1]
    (linked,) = await room.say("/relate 1")
    assert "Linked with case" in words(linked)
    assert room.case(3).related == (1,)
    (asked,) = await room.say("/relate")
    await room.press(asked, "Unlink case 1")
    assert room.case(3).related == room.case(1).related == ()


@in_room()
async def test_search_elsewhere_opens_engines_only_after_it_says_what_leaves(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    await room.press(answer, "Search elsewhere")
    told = room.now(answer)
    assert "The desk sends nothing" in words(told)
    assert "url" not in str(told["reply_markup"])
    await room.press(answer, "Show the engines")
    rows = room.now(answer)["reply_markup"]["inline_keyboard"]
    urls = [button["url"] for row in rows for button in row if "url" in button]
    assert len(urls) == 4
    assert all(url.startswith("https://") and "?" not in url for url in urls)
    await room.press(answer, "Note what was found")
    assert "reverse image searches" in words(room.now(answer))


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_group_is_served_once_an_owner_enabled_it(room: Room) -> None:
    await room.send(CHINA)
    team, number = room.desk.team, 9000

    async def write(text: str, sender: int = 1001) -> None:
        nonlocal number
        number += 1
        entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        message = {
            "message_id": number,
            "date": 1700000000,
            "chat": {"id": -100, "type": "group", "title": "All"},
            "from": {"id": sender, "is_bot": False, "first_name": "Olga"},
            "text": text,
            **({"entities": [entity]} if text.startswith("/") else {}),
        }
        await room.chat.inbox.keep([{"update_id": number, "message": message}])
        await room.settle()

    await write("/group", sender=1002)
    assert not team.group_enabled("telegram", -100)
    await write("/group")
    assert team.group_enabled("telegram", -100)
    room.desk.team.admit("telegram", "1001", "Olga", room.desk.team.members_for_console()[0].role)
    await write("People talk to each other here")
    assert room.case(1).notes == ()
    await write("/group off")
    assert not team.group_enabled("telegram", -100)


@in_room()
async def test_a_caption_that_comes_to_a_locked_case_is_said_not_to_be_a_claim(room: Room) -> None:
    (answer,) = await room.send(CHINA, caption="A temple")
    await conclude(room, answer)
    said = [words(one) for one in await room.send(CHINA, caption="A pagoda in Hanoi")]
    assert said[0].startswith("Case 1 · Concluded: Staged")
    assert "did not become a claim" in said[1]
    (again,) = await room.edit(room.own()[-1]["message_id"], "A pagoda in Hue")
    assert "did not become a claim" in words(again)
    assert [claim.text for claim in room.case(1).claims] == ["A temple"]
    assert room.case(1).sightings[-1].caption == "A pagoda in Hue"
    (case,) = await room.say("/case 1")
    await room.press(case, "More")
    case = room.now(case)
    assert "Its caption, which is no claim here: A pagoda in Hue" in plain(case)


@in_room()
async def test_the_words_after_a_command_may_be_arabic(room: Room) -> None:
    await room.send(CHINA)
    for command, expected in (
        ("/priority عاجلة", "Priority: Urgent"),
        ("/due غدا ٠٩:٣٠", "09:30"),
        ("/due إيقاف", "It has no due time now"),
        ("/assign لي", "With"),
        ("/cases قضاياي", "Case 1"),
        ("/cases مغلقة", "None."),
        ("/watch توقف", "no longer told"),
        ("/case ١", "Case 1"),
    ):
        (answer,) = await room.say(command)
        assert expected in words(answer), command


@in_room()
async def test_who_opened_a_case_joins_it_to_the_one_it_matches(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Reporter")
    await room.send(CHINA)
    hers, *_ = await room.send(encode(shrunk(photograph("china"))), by=rosa)
    await room.press(hers, "Join case 1", by=rosa)
    assert "Put everything of case 2 into case 1?" in plain(room.now(hers, by=rosa))
    await room.press(hers, "Yes, into case 1", by=rosa)
    assert len(room.case(1).exhibits) == 2
    (cases,) = await room.say("/cases", by=rosa)
    assert "Case 2" not in labels(cases)


@in_room()
async def test_a_verdict_that_nobody_can_confirm_says_what_is_missing(room: Room) -> None:
    await admit(room, "Rosa", "Reporter")
    (answer,) = await room.send(CHINA)
    kept = await propose(room, answer, room.you)
    assert "takes another editor or owner" in words(kept)
    assert "/team" in words(kept)


@in_room()
async def test_a_note_in_a_locked_case_is_not_taken_back(room: Room) -> None:
    (answer,) = await room.send(CHINA)
    (noted,) = await room.say("The film set was found")
    await conclude(room, answer)
    (refused,) = await room.press(noted, "Undo")
    assert "Reopen it first" in words(refused)
    assert len(room.case(1).notes) == 1
