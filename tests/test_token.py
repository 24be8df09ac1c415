"""The bot's token is in nothing that a whole run writes, says or shows."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.parse import quote

from tests.conftest import Run, browser, settings
from tests.photographs import encode, photograph, shrunk
from verify.localchat import LocalChat
from verify.sandbox import Sandbox

_TALKATIVE = """
import logging, sys
logging.basicConfig(level=logging.DEBUG)
from verify.cli import main
main(["serve", "--json"])
"""


def talkative(home: Path, output: Path, **more: str) -> subprocess.Popen[bytes]:
    """The real `serve` with every log at its most talkative, all of it into one file."""
    with output.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-c", _TALKATIVE],
            env=settings(home, **more),
            cwd=home.parent,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )


def secrets_of(token: str) -> list[bytes]:
    """What must appear nowhere: the token as it is and in an address, and its secret half."""
    return [part.encode() for part in (token, quote(token, safe=""), token.partition(":")[2])]


def wait_for(output: Path, words: bytes, count: int = 1) -> bytes:
    deadline = time.monotonic() + 200
    while output.read_bytes().count(words) < count:
        assert time.monotonic() < deadline, output.read_bytes()[-2000:]
        time.sleep(0.05)
    return output.read_bytes()


def test_a_whole_run_never_shows_the_token(home: Path, tmp_path: Path, verify_desk: Run) -> None:
    output = tmp_path / "output"
    shown = b""
    with talkative(home, output) as desk, browser() as page:
        try:
            wait_for(output, b'"address"')
            lines = output.read_text().splitlines()
            address = json.loads(next(one for one in lines if one.startswith("{")))["address"]
            root = address.partition("/#")[0]
            page.headers["Origin"] = root
            page.timeout = 240
            shown += page.get(address).content
            for share in (1, 0.5):
                content = encode(shrunk(photograph("china"), share))
                upload = page.post(f"{root}/api/upload?name=a.jpg", content=content).json()
                page.post(f"{root}/api/send", json={"uploads": [upload["upload"]]})
            page.post(f"{root}/api/send", json={"text": "A note"})
            page.post(f"{root}/api/send", json={"text": "/nosuchcommand"})
            deadline = time.monotonic() + 200
            while b"Noted in case" not in (messages := page.post(f"{root}/api/messages").content):
                assert time.monotonic() < deadline
                time.sleep(0.1)
            shown += messages + page.post(f"{root}/api/start").content
            shown += page.post(f"{root}/api/press", json={"message_id": 1, "data": "x"}).content
            shown += page.get(f"{root}/botWRONG/getMe").content
            for command in (["cases"], ["show", "--json", "1"], ["audit"], ["doctor"]):
                done = verify_desk(*command)
                shown += (done.stdout + done.stderr).encode()
            desk.send_signal(signal.SIGTERM)
            desk.wait()
        finally:
            desk.kill()
    (token,) = sqlite3.connect(home / "localchat.db").execute(
        "SELECT value FROM setting WHERE name = 'token'"
    ).fetchone()  # fmt: skip
    written = output.read_bytes()
    kept = b"".join(one.read_bytes() for one in home.glob("desk.db*"))
    assert b"DEBUG" in written
    assert b"Case 2" in shown
    assert not [one for one in secrets_of(token) if one in written + shown + kept]


def test_telegrams_token_is_in_nothing_that_is_kept_or_handed_out(
    home: Path, tmp_path: Path, sandbox: Sandbox, verify_desk: Run
) -> None:
    """The bot of a service that gives a file, then goes away: its log, home, export and backup."""
    output = tmp_path / "output"
    told: list[str] = []

    async def talk() -> str:
        service = LocalChat(tmp_path / "service", sandbox)
        await service.start()
        given = {
            "TELEGRAM_BOT_TOKEN": service.token,
            "BOT_API_URL": service.address,
            "VERIFY_OWNERS": str(service.you),
        }
        with talkative(home, output, **given) as desk:
            try:
                picture = encode(photograph("china"))
                await service.send_file(service.you, picture, "china.jpg", caption="Seen today")
                await service.send_text(service.you, "/nosuchcommand")
                while not any("640\u00a0×\u00a0427" in text for text in told):
                    await asyncio.sleep(0.1)
                    told[:] = [
                        json.dumps(one, ensure_ascii=False) for one in service.messages(service.you)
                    ]
                await service.stop()
                await asyncio.to_thread(wait_for, output, b"no updates, again", 2)
                desk.send_signal(signal.SIGTERM)
                await asyncio.to_thread(desk.wait)
            finally:
                desk.kill()
        return service.token

    token = asyncio.run(asyncio.wait_for(talk(), 240))
    case, whole = tmp_path / "case.zip", tmp_path / "whole"
    for command in (["export", "1", str(case)], ["backup", str(whole)], ["doctor", "--json"]):
        done = verify_desk(*command)
        assert done.returncode == 0
        told.append(repr(done))
    with zipfile.ZipFile(case) as archive:
        exported = [archive.read(name) for name in archive.namelist()]
    kept = [one.read_bytes() for one in home.rglob("*") if one.is_file()]
    everything = [*exported, *kept, whole.read_bytes(), output.read_bytes(), *map(str.encode, told)]
    assert b"DEBUG" in output.read_bytes()
    assert len(exported) > 3 and len(kept) > 3
    assert not [one for one in secrets_of(token) if any(one in part for part in everything)]


def test_a_service_that_is_away_does_not_bring_the_token_into_the_log(tmp_path: Path) -> None:
    token = "123456789:" + "AbC_-" * 7
    output = tmp_path / "output"
    away = {"TELEGRAM_BOT_TOKEN": token, "BOT_API_URL": "http://127.0.0.1:9"}
    with talkative(tmp_path / "home", output, **away) as desk:
        try:
            written = wait_for(output, b"does not answer", 2)
        finally:
            desk.kill()
    assert b"DEBUG" in written
    assert not [one for one in secrets_of(token) if one in written]
