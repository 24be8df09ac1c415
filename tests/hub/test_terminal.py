"""A hub from the terminal and in the chat: made, joined, shared after a look, taken back."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.chat.room import Room, labels, words
from tests.conftest import Run
from tests.hub.conftest import DESKS, Hub
from tests.hub.server import Server
from tests.photographs import encode, photograph
from verify.hub import connection

AMMAN, BEIRUT = DESKS
ASK = "the night editor"


def test_two_desks_from_the_terminal(
    server: Server, verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    database = server.database()
    owner = server.url(database)
    made = [json.loads(verify_desk("hub", "init", "--on", owner, "--json").stdout) for _ in "12"]
    assert [one["made"] for one in made] == [True, False]
    for desk in DESKS:
        invited = verify_desk("hub", "invite", desk, "--on", owner).stdout
        assert f"postgresql://{desk}@HOST/{database}?sslmode=verify-full" in invited
        assert f"sslcert=…/{desk}.crt" in invited
    assert verify_desk("hub", "invite", "Not A Name", "--on", owner).returncode == 2
    assert verify_desk("hub", "invite", "nobody", "--on", server.url("postgres")).returncode == 2

    def at(desk: str, *arguments: str | Path, **more: str) -> dict[str, object]:
        done = verify_desk(
            *arguments, "--json", VERIFY_HOME=str(tmp_path / desk), VERIFY_HUB_CONTACT=ASK,
            VERIFY_HUB=server.by_tls(database, desk), **more,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return lines[-1] if lines else {}

    assert at(AMMAN, "hub", "status")["set_up"] is True
    for desk in DESKS:
        at(desk, "import", china)
    looked = verify_desk(
        *("hub", "share", "1"), VERIFY_HOME=str(tmp_path / AMMAN), VERIFY_HUB_CONTACT=ASK,
        VERIFY_HUB=server.by_tls(database, AMMAN),
    )  # fmt: skip
    assert looked.returncode == 2 and "--yes" in looked.stderr  # nobody said yes
    assert "Fingerprint of the whole picture: " in looked.stdout and ASK in looked.stdout
    assert server.run(database, "SELECT count(*) FROM verify_hub.log") == [(0,)]
    sent = at(AMMAN, "hub", "share", "1", "--yes")
    assert (sent["waiting"], sent["desk"], sent["trouble"]) == (0, AMMAN, None)
    assert at(BEIRUT, "hub", "follow")["entries"] == 1
    [found] = at(BEIRUT, "match", china)["seen_elsewhere"]  # type: ignore[misc]
    assert (found["desk"], found["ask"], found["rating"]) == (AMMAN, ASK, None)
    shown = verify_desk("show", "1", VERIFY_HOME=str(tmp_path / BEIRUT)).stdout
    assert f"Another desk ({AMMAN}) saw this first on" in shown
    taken = at(AMMAN, "hub", "withdraw", "1")
    assert (taken["withdrawn"], taken["waiting"]) == (1, 0)
    assert at(BEIRUT, "hub", "follow")["entries"] == 0
    status = at(AMMAN, "hub", "status")
    [shared] = status["shared"]  # type: ignore[misc]
    assert shared["gone_at"] and (status["behind"], status["trouble"]) == (0, None)
    server.stop()
    try:
        away = at(AMMAN, "hub", "share", "1", "--yes")
        assert away["waiting"] == 1 and "cannot be reached" in str(away["trouble"])
        assert "cannot be reached" in str(at(AMMAN, "hub", "status")["trouble"])
        wrong = at(AMMAN, "doctor")["troubles"]
        assert any("cannot be reached" in one for one in wrong)  # type: ignore[attr-defined]
    finally:
        server.start()
    assert at(AMMAN, "hub", "follow")["waiting"] == 0
    assert at(BEIRUT, "hub", "follow")["entries"] == 1


def test_without_a_hub_and_without_the_extra_it_is_said_what_is_missing(
    verify_desk: Run, china: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify_desk("import", china)
    assert "VERIFY_HUB" in verify_desk("hub", "share", "1").stderr
    assert json.loads(verify_desk("hub", "status", "--json").stdout)["set_up"] is False
    assert verify_desk("hub", "status", VERIFY_HUB="https://hub.example").returncode == 2
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    told = verify_desk("hub", "status", VERIFY_HUB="postgresql://desk@localhost/hub").stdout
    assert "pip install 'verify-desk[hub]'" in told


def test_in_the_chat_it_is_shown_before_it_leaves(hub: Hub, home: Path) -> None:
    async def talk() -> None:
        settings = {"VERIFY_HUB": hub.url(AMMAN), "VERIFY_HUB_CONTACT": ASK}
        room = await Room(home, "localchat", **settings).enter()
        try:
            await room.send(encode(photograph("china")))
            (shown,) = await room.say("/hub")
            assert "Fingerprint of the whole picture" in words(shown) and ASK in words(shown)
            assert "rough picture" in words(shown)
            await room.press(shown, "Share with the hub")
            assert "Share with the hub" in labels(room.now(shown))  # on the page of the case's work
            room.desk.hub.visit()
            assert hub.run("SELECT count(*) FROM verify_hub.log") == [(1,)]
            (again,) = await room.say("/hub")
            assert "the hub has it already" in words(again)
            await room.press(again, "Take back what is shared")
            room.desk.hub.visit()
            assert hub.run("SELECT count(*) FROM verify_hub.log") == [(2,)]
            await room.say("/confidential")
            (refused,) = await room.say("/hub")
            assert "confidential" in words(refused)
        finally:
            await room.leave()

    asyncio.run(asyncio.wait_for(talk(), 240))


def test_an_address_is_never_told_with_its_password(
    verify_desk: Run, caplog: pytest.LogCaptureFixture
) -> None:
    address = "postgresql://desk:a-secret@127.0.0.1:1/hub"
    for command in (("hub", "init", "--on", address), ("hub", "status")):
        done = verify_desk(*command, VERIFY_HUB=address)
        assert "a-secret" not in done.stdout + done.stderr + caplog.text
    assert connection.CONNECT_SECONDS < 60
