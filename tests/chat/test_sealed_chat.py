"""A sealed chat takes files in, answers them, and leaves nothing that leads back to it."""

from __future__ import annotations

import json

import pyrage

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph
from tests.traces import found
from verify.desk.sealing import opened
from verify.records import Origin, OriginKind, Role
from verify.store.keeping import custody

CHINA, FLOWER = encode(photograph("china")), encode(photograph("flower"))
SOURCE = Origin(
    kind=OriginKind.USER, name="Zaynab Qabbani", external_id="8844221190", username="zq_hamidiya"
)
NAMES = ("Zaynab Qabbani", "zq_hamidiya", "8844221190", "t.me/hamidiya77", "IMG_zaynab_77")
CAPTION = "The old bridge, t.me/hamidiya77/4711, says Zaynab Qabbani"


def keyed(room: Room) -> str:
    """The private key of an owner at the desk's computer."""
    console = room.desk.team.at_console("7", "Noor", "en")
    identity = pyrage.x25519.Identity.generate()  # a passphrase would take seconds
    room.desk.sealing.add_key(console, "", str(identity.to_public()))
    return str(identity)


def chats_in(room: Room) -> dict[str, int]:
    """How many rows name this chat, by table; of the desk's own database."""
    store, counted = room.desk.store, {}
    for row in store.rows(
        "SELECT m.name, p.name AS column FROM sqlite_master m, pragma_table_info(m.name) p"
        " WHERE m.type = 'table' AND p.name = 'chat_id'"
    ):
        found = store.row(
            f'SELECT count(*) AS n FROM "{row["name"]}" WHERE chat_id = ?', (room.you,)
        )
        counted[row["name"]] = found["n"] if found else 0
    return {name: count for name, count in counted.items() if count}


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_sealed_file_is_answered_and_leads_nowhere(room: Room) -> None:
    home = room.local.exchange.store.files.folder.parent
    await room.say("/start")
    (refused,) = await room.say("/seal on")
    assert "verify-desk key" in words(refused)
    secret = keyed(room)
    (sealed,) = await room.say("/seal on")
    assert "Noor alone" in words(sealed)
    before = chats_in(room)
    answers = await room.send(CHINA, "IMG_zaynab_77.jpg", caption=CAPTION, origin=SOURCE)
    assert "Kept unchanged in case 1, and its source sealed." in words(answers[0])
    assert "old bridge" in words(answers[-1])
    assert not any("reply_markup" in one for one in answers)
    shown = "".join(map(words, answers))
    assert [one for one in NAMES if one in shown] == []
    assert chats_in(room) == before
    told = [one for one in found(home, NAMES) if not one[1].startswith("localchat")]
    assert told == []  # that database is the service's own, as Telegram's is
    console = room.desk.team.at_console("7", "Noor", "en")
    (body,) = room.desk.sealing.sources(console, 1)
    source = opened(body, secret)
    assert source is not None
    assert (source.account, source.submission.chat_id) == (str(room.you), room.you)
    assert source.submission.caption == CAPTION
    assert custody.first_break(room.desk.store) is None
    you = room.desk.team.person("telegram", str(room.you), "", "")
    rows = room.desk.store.rows("SELECT kind FROM custody_event WHERE person_id = ?", (you.id,))
    assert {row["kind"] for row in rows} <= {"sealing begun", "member added", "role changed"}


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_the_name_of_who_brings_a_file_leaves_its_caption(room: Room) -> None:
    keyed(room)
    maryam = room.local.exchange.store.add_person("Maryam Haddad", "en")
    room.desk.team.admit("telegram", str(maryam), "Maryam Haddad", Role.EDITOR)
    await room.say("/seal on", by=maryam)
    answers = await room.send(CHINA, caption="I, Maryam, took it at the old bridge", by=maryam)
    assert "“I, […], took it at the old bridge”" in words(answers[-1])


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_nothing_else_is_kept_in_a_sealed_chat_until_it_ends(room: Room) -> None:
    keyed(room)
    await room.say("/start")
    await room.send(FLOWER)
    await room.say("/seal on")
    for text in ("Ask the florist", "/note Ask the florist", "https://t.me/hamidiya77/4711"):
        (answer,) = await room.say(text)
        assert "This chat is sealed" in words(answer)
    assert room.case(1).notes == ()
    await room.say("/seal off")
    await room.say("/case 1")
    await room.say("Ask the florist")
    assert [note.text for note in room.case(1).notes] == ["Ask the florist"]


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_an_album_shares_a_case_and_a_repeat_changes_nothing(room: Room) -> None:
    keyed(room)
    await room.say("/start")
    await room.say("/seal on")
    await room.send_album(CHINA, FLOWER)
    assert len(room.case(1).exhibits) == 2
    assert room.desk.store.rows("SELECT 1 FROM sealed_arrival") == []
    bodies = room.desk.store.rows("SELECT body FROM inbox")
    assert {row["body"] for row in bodies} == {"{}"}
    albums = room.desk.store.rows("SELECT album, chat_id FROM submission")
    assert room.you not in {row["chat_id"] for row in albums}


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_what_came_while_it_was_sealed_is_sealed_after_a_kill(room: Room) -> None:
    """The update is on disk, and sealing ends before it is worked off."""
    keyed(room)
    await room.say("/start")
    await room.say("/seal on")
    await room.chat.stop()
    update = {
        "update_id": 900_000,
        "message": {"message_id": 5, "chat": {"id": room.you, "type": "private"}},
    }
    memory = room.chat.inbox._memory
    bot_id = room.chat.application.bot.id
    assert memory.keep_updates(bot_id, [(900_000, json.dumps(update))]) == [900_000]
    you = room.desk.team.person("telegram", str(room.you), "", "")
    owner = room.desk.team.admit("telegram", str(room.you), you.name, Role.OWNER)
    room.desk.sealing.seal_chat(owner, "telegram", room.you, False)
    assert room.desk.sealing.covers("telegram", room.you, bot_id, 900_000)
    assert not room.desk.sealing.covers("telegram", room.you, bot_id, 900_001)
    memory.finish_update(bot_id, 900_000)
    assert not room.desk.sealing.covers("telegram", room.you, bot_id, 900_000)
    await room.chat.start()


@in_room()
async def test_the_local_chat_says_that_it_seals_nothing(room: Room) -> None:
    (answer,) = await room.say("/seal on")
    assert "verify-desk import --seal" in words(answer)


@in_room()
async def test_the_open_case_is_sealed_once_that_is_confirmed(room: Room) -> None:
    home = room.local.exchange.store.files.folder.parent
    keyed(room)
    await room.send(CHINA, "IMG_zaynab_77.jpg", caption=CAPTION, origin=SOURCE)
    assert found(home, NAMES) != []
    (asked,) = await room.say("/seal case")
    assert "Nothing undoes it." in words(asked)
    assert room.case(1).sightings[0].source == "Zaynab Qabbani"
    answers = await room.press(asked, "Yes, seal it")
    assert "is sealed" in words(answers[-1])
    room.desk.store.empty_log()
    assert {name for _, name in found(home, NAMES)} == set()
    assert room.case(1).exhibits[0].sealed
