"""Finding cases again: each once, with what it is about; by one grammar; what is mine."""

from __future__ import annotations

from pathlib import Path

from tests.chat.room import Room, in_room, labels, words
from tests.chat.test_at_a_glance import in_language
from tests.chat.test_desk_work import admit
from tests.conftest import Run
from tests.photographs import encode, photograph
from verify.records import Rating
from verify.wording.searching import NARROWING

CHINA = encode(photograph("china"))
FLOWER = encode(photograph("flower"))


@in_room()
async def test_a_case_is_found_once_with_what_it_is_about(room: Room) -> None:
    await room.send(CHINA, caption="A temple in Hanoi")
    for note in ("the bridge at dawn", "another bridge", "the bridge again"):
        await room.say(note)
    await room.send(FLOWER, caption="A bridge in Hue")
    (found,) = await room.say("/search bridge")
    assert labels(found)[:2] in (["Case 1", "Case 2"], ["Case 2", "Case 1"])
    assert words(found).count("A temple in Hanoi") == 1
    assert words(found).count("bridge in Hue") == 1
    assert len(room.desk.reports.search(room.desk.team.at_console("0", "R", "en"), "bridge")) == 2


@in_room()
async def test_what_a_finding_says_is_found_in_the_readers_language(room: Room) -> None:
    await in_language(room, "العربية")
    await room.send(CHINA, caption="حماة هذا الصباح")
    await room.send(encode(photograph("china"), quality=60), caption="تكريت، 12 يونيو 2014")
    (found,) = await room.say("/search another place was claimed")
    assert labels(found) == ["القضية 2"]
    assert "ادُّعي في القضية 1 مكان آخر" in words(found)
    assert "Another place was" not in words(found)


@in_room()
async def test_a_verdict_leads_to_its_cases_with_the_reasons_by_any_of_its_names(
    room: Room,
) -> None:
    await room.send(CHINA, caption="A temple in Hanoi")
    olga = room.desk.team.at_console("0", "Olga", "en")
    room.desk.verdicts.conclude(olga, 1, 1, Rating.DECONTEXTUALISED, "It stood there in 2008")
    await room.send(FLOWER)
    for asked in (
        *('"out of context"', "decontextualised", "Out-of-context", '"خارج السياق"'),
        *("out of context", "خارج السياق"),
    ):
        (found,) = await room.say(f"/search verdict:{asked}")
        assert labels(found) == ["Case 1"], asked
        assert "It stood there in 2008" in words(found)
        assert "A temple in Hanoi" in words(found)
    (found,) = await room.say("/search verdict:out of context temple")
    assert labels(found) == ["Case 1"]
    (none,) = await room.say("/search verdict:out of context pagoda")
    assert labels(none) == []
    (none,) = await room.say("/search verdict:staged")
    assert labels(none) == []
    (every,) = await room.say("/search verdict:")
    assert labels(every) == ["Case 1"] and "It stood there in 2008" in words(every)
    (unknown,) = await room.say("/search verdict:fishy")
    assert "No verdict is called fishy" in words(unknown)
    assert "Out of context" in words(unknown) and "Cannot be verified." in words(unknown)


@in_room()
async def test_a_tag_leads_to_cases_by_their_own_lines(room: Room) -> None:
    await room.send(CHINA, caption="A temple in Hanoi")
    await room.say("/tag flood")
    (found,) = await room.say("/search tag:flood")
    line, opened, tags = words(found).split("\n")[2:5]
    assert (line, tags) == ("Case 1: A temple in Hanoi", "#flood")
    assert opened.startswith("Case opened, ")


def test_chat_and_command_line_narrow_a_search_alike(verify_desk: Run, home: Path) -> None:
    helped = " ".join(verify_desk("search", "--help").stdout.split())
    for example, meaning in NARROWING.items():
        assert example in helped and meaning.template in helped


@in_room()
async def test_mine_is_what_i_opened_was_given_or_wrote_in(room: Room) -> None:
    rosa = await admit(room, "Rosa", "Reporter")
    await room.send(CHINA)
    for name in ("flower", "rocket", "astronaut"):
        await room.send(encode(photograph(name)), by=rosa)
    (mine,) = await room.say("/cases mine")
    assert labels(mine)[:1] == ["Case 1"] and "Case 2" not in labels(mine)
    await room.say("/case 2")
    await room.say("I know this garden")
    await room.say("/case 3")
    await room.say("/assign me")
    (mine,) = await room.say("/cases mine")
    assert [one for one in labels(mine) if one.startswith("Case")] == ["Case 3", "Case 2", "Case 1"]
