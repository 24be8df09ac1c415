"""Who gets in: hosts, origins, the one-time key, the channel; what every answer carries."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import socket
import sqlite3
import stat
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.localchat.line import Line, line
from tests.visitor import AsyncSealing, Visitor
from verify.errors import Unavailable
from verify.localchat import LocalChat
from verify.localchat.limits import UPLOAD_BYTES
from verify.localchat.sealing import content, name, text
from verify.sandbox import Sandbox
from verify.store.localchat import ChatStore

Hold = Callable[..., None]


async def sign_in(line: Line) -> None:
    assert (await line.wire.get(line.chat.link)).status_code == 200
    assert (await line.wire.post("/api/start")).status_code == 200


async def let_in(line: Line, link: str = "") -> Visitor:
    """A page of its own, through the same wire."""
    transport = AsyncSealing(line.wire._transport._inner)  # type: ignore[attr-defined]
    async with httpx.AsyncClient(transport=transport, timeout=240) as wire:
        await wire.get(link or line.chat.link)
    return transport.visitor


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def own(line: Line, **headers: str) -> dict[str, str]:
    return {"Origin": line.chat.address, **headers}


def test_the_key_lets_one_page_in_and_then_there_is_another(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        assert (await line.wire.post("/api/start", headers=own(line))).status_code == 401
        link = line.chat.link
        await sign_in(line)
        assert (await let_in(line, link)).channel is None
        assert line.chat.link != link
        assert (await let_in(line)).channel is not None
        await sign_in(line)

    hold_both_ways(talk)


def test_nothing_secret_travels_and_no_cookie_is_set(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        sent: list[str] = []
        app = line.chat.app

        async def heard(scope: Any, receive: Any, send: Any) -> None:
            async def listened() -> Any:
                message = await receive()
                sent.append(str(message.get("body", b"")))
                return message

            async def said(message: Any) -> None:
                sent.append(str(message))
                await send(message)

            sent.append(str(scope))
            await app(scope, listened, said)

        key = line.chat.link.partition("#")[2]
        inner = httpx.ASGITransport(heard)
        transport = AsyncSealing(inner)
        async with httpx.AsyncClient(
            base_url=line.chat.address, transport=transport, timeout=240
        ) as wire:
            await wire.get(line.chat.link)
            await wire.post("/api/send", json={"text": "for the desk alone"})
            assert b"for the desk alone" in (await wire.post("/api/messages")).content
        travelled = "".join(sent)
        assert "/api/messages" in travelled
        for secret in (key, text(transport.visitor.again), "for the desk alone", "set-cookie"):
            assert secret not in travelled

    hold(talk)


def test_a_page_that_was_in_comes_back_without_the_key_while_the_desk_runs(
    home: Path, sandbox: Sandbox
) -> None:
    async def talk() -> bytes:
        async with line(home, sandbox) as first:
            link = first.chat.link
            visitor = await let_in(first)
            again = f"{first.chat.address}/#{text(visitor.again)}"
            for _ in range(2):
                assert (await let_in(first, again)).channel is not None
        async with line(home, sandbox) as second:
            assert (await let_in(second, again)).channel is None
            assert (await let_in(second, link)).channel is None
        return visitor.again

    secret = asyncio.run(talk())
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert secret not in kept and text(secret).encode() not in kept


def test_sessions_of_an_earlier_version_open_nothing(home: Path, sandbox: Sandbox) -> None:
    """Their cookies lasted for 180 days."""
    ChatStore(home).close()
    cookie = "a" * 43
    with closing(sqlite3.connect(home / "localchat.db")) as database, database:
        database.execute("CREATE TABLE session (digest TEXT PRIMARY KEY, opened_at REAL NOT NULL)")
        digest = hashlib.sha256(cookie.encode()).hexdigest()
        database.execute("INSERT INTO session VALUES (?, ?)", (digest, time.time()))
        database.execute("DELETE FROM _sqlite_migrations WHERE name = 'm003_no_sessions'")

    async def talk() -> None:
        async with line(home, sandbox) as ours:
            number = ours.chat.token.partition(":")[0]
            headers = own(ours, Cookie=f"verify-desk-{number}={cookie}")
            for path in ("start", "messages", "send", "events"):
                answer = await ours.wire.post(f"/api/{path}", json={}, headers=headers)
                assert (answer.status_code, answer.content) == (401, b"{}")

    asyncio.run(talk())


def test_a_call_counts_once_for_one_path_and_as_it_was_made(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        inner = line.wire._transport._inner  # type: ignore[attr-defined]
        visitor = await let_in(line)

        async def post(path: str, call: int, content: bytes) -> int:
            headers = {"Desk-Channel": visitor.number, "Desk-Call": str(call), **own(line)}
            url = f"{line.chat.address}/api/{path}"
            answer = await inner.handle_async_request(
                httpx.Request("POST", url, headers=headers, content=content)
            )
            return int(answer.status_code)

        assert visitor.channel is not None
        words = b'{"text": "once"}'
        made = b"".join(visitor.channel.records(7, "/api/send", iter([words])))
        cut = visitor.channel.seal(8, "/api/send", 0, words, last=True)[:-1]
        assert await post("people", 7, made) == 401
        assert await post("send", 6, made) == 401
        assert await post("send", 7, bytes([*made[:-1], made[-1] ^ 1])) == 401
        assert await post("send", 7, made) == 200
        assert await post("send", 7, made) == 401
        assert await post("send", 8, cut) == 401
        for number in ("", "-1", "1e3", "9" * 30, "x"):
            headers = {"Desk-Channel": visitor.number, "Desk-Call": number, **own(line)}
            answer = await line.wire.post("/api/send", content=made, headers=headers)
            assert answer.status_code == 401
        assert [one["text"] for one in line.chat.messages(line.you)] == ["once"]

    hold(talk)


def test_whoever_does_not_know_the_secret_learns_and_uses_up_nothing(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        link = line.chat.link
        named = {"name": name(content(link.partition("#")[2])), "number": text(bytes(32))}
        post = partial(line.wire.post, headers=own(line))
        for body in (
            {},
            [],
            "x",
            {"name": 1, "number": []},
            {"name": "x", "number": text(bytes(32))},
            {**named, "number": "short"},
            {"name": "é", "number": "\ud800"},
        ):
            for doing in ("meet", "enter"):
                answer = await post(f"/api/{doing}", content=json.dumps(body))
                assert answer.status_code == 401
        # who saw the name of a key that was not used yet gets a proof, and cannot go on
        for _ in range(300):
            met = (await post("/api/meet", json=named)).json()
        for proof in ("", met["proof"], text(bytes(32))):
            enter = {"number": met["number"], "proof": proof}
            assert (await post("/api/enter", json=enter)).status_code == 401
        assert line.chat.link == link
        assert (await let_in(line)).channel is not None

    hold(talk)


def test_the_file_that_opens_the_page_is_its_owners_and_leads_there(
    home: Path, sandbox: Sandbox
) -> None:
    async def talk() -> None:
        before = os.umask(0)
        try:
            async with line(home, sandbox, over_http=True) as ours:
                for _ in range(2):
                    assert stat.S_IMODE(ours.chat.doorway.stat().st_mode) == 0o600
                    assert f"url={ours.chat.link}" in ours.chat.doorway.read_text()
                    await let_in(ours)
                assert "script" not in ours.chat.doorway.read_text()
        finally:
            os.umask(before)
        assert not ours.chat.doorway.exists()

    asyncio.run(talk())


@pytest.mark.parametrize("path", ["start", "messages", "events", "picture", "file", "send"])
def test_nothing_is_had_without_a_channel(hold: Hold, path: str) -> None:
    async def talk(line: Line) -> None:
        response = await line.wire.post(f"/api/{path}", json={}, headers=own(line))
        assert (response.status_code, response.content) == (401, b"{}")

    hold(talk)


def test_a_rebound_name_reaches_nothing(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)
        for host in ("localhost", "evil.example", "127.0.0.1.evil.example", "127.0.0.1:1", "[::1]"):
            for path in ("/", "/api/meet", f"/bot{line.chat.token}/getMe"):
                response = await line.wire.get(path, headers={"Host": host})
                assert response.status_code == 403

    hold_both_ways(talk)


def test_other_sites_can_change_nothing(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        visitor = await let_in(line)
        assert visitor.channel is not None
        made = b"".join(visitor.channel.records(1, "/api/send", iter([b'{"text": "hello"}'])))
        call = {"Desk-Channel": visitor.number, "Desk-Call": "1"}
        for headers in (
            {},
            {"Origin": "null"},
            {"Origin": "https://evil.example"},
            {"Origin": "http://127.0.0.1:8000"},
        ):
            answer = await line.wire.post("/api/send", content=made, headers={**headers, **call})
            assert answer.status_code == 403
        sneaked = f"/bot{line.chat.token}/sendMessage?chat_id={line.you}&text=x"
        assert (await line.wire.post(sneaked, headers={"Origin": "null"})).status_code == 403
        assert line.chat.messages(line.you) == []
        headers = own(line, **call)
        assert (await line.wire.post("/api/send", content=made, headers=headers)).is_success
        assert [m["text"] for m in line.chat.messages(line.you)] == ["hello"]

    hold(talk)


@pytest.mark.parametrize("path", ["/", "/chat.js", "/api/meet", "/bot1:x/getMe", "/nothing"])
def test_every_answer_is_hardened(hold: Hold, path: str) -> None:
    async def talk(line: Line) -> None:
        headers = (await line.wire.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"

    hold(talk)


def test_originals_are_never_shown_inline(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        page = b"<script>alert(1)</script>"
        sent = await line.chat.send_file(line.you, page, "x.html", media_type="text/html")
        unique_id = sent["document"]["file_unique_id"]
        await sign_in(line)
        assert (await line.wire.post(f"/api/picture?id={unique_id}")).status_code == 404
        assert (await line.wire.post(f"/api/file?id={unique_id}")).content == page

    hold(talk)


def test_pictures_are_shown_as_jpegs_made_here(hold: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        sent = await line.chat.send_file(line.you, temple, "a.jpg", as_photo=True)
        await sign_in(line)
        shown = await line.wire.post(f"/api/picture?id={sent['photo'][-1]['file_unique_id']}")
        assert shown.content.startswith(b"\xff\xd8\xff") and shown.content != temple

    hold(talk)


def test_an_upload_is_bounded_while_it_comes(
    hold_both_ways: Hold, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.localchat.kinds.FILE_BYTES", UPLOAD_BYTES)

    async def talk(line: Line) -> None:
        on_disk: list[int] = []

        async def too_much() -> AsyncIterator[bytes]:
            for number in range(3 * UPLOAD_BYTES // 1_000_000):
                part = b'{"name": "large.tif"}' if number == 0 else bytes(1_000_000)
                assert visitor.channel is not None
                yield visitor.channel.seal(1, "/api/upload", number, part, last=False)
                on_disk.append(bytes_in(home / "localchat"))

        visitor = await let_in(line)
        call = {"Desk-Channel": visitor.number, "Desk-Call": "1"}
        response = await line.wire._transport._inner.handle_async_request(  # type: ignore[attr-defined]
            httpx.Request(
                "POST",
                f"{line.chat.address}/api/upload",
                content=too_much(),
                headers=own(line, **call),
            )
        )
        await response.aread()
        assert response.status_code == 400
        said = json.loads(visitor.read(1, "/api/upload", response))["error"]
        assert "“large.tif” is larger than" in said
        assert 0 < max(on_disk) <= UPLOAD_BYTES
        assert bytes_in(home / "localchat") == 0

    hold_both_ways(talk)


def test_the_bots_upload_is_bounded_too(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        files = {"document": ("x", bytes(UPLOAD_BYTES + 2_000_000))}
        path = f"/bot{line.chat.token}/sendDocument"
        response = await line.wire.post(path, data={"chat_id": line.you}, files=files)
        assert response.json() == {
            "ok": False,
            "error_code": 413,
            "description": "Request Entity Too Large",
        }

    hold(talk)


def test_what_the_bot_uploads_reaches_no_disk_outside_the_home(
    hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(line: Line) -> None:
        monkeypatch.setattr("tempfile.tempdir", "/nowhere")
        files = {"document": ("scan.bin", bytes(3_000_000))}
        path = f"/bot{line.chat.token}/sendDocument"
        response = await line.wire.post(path, data={"chat_id": line.you}, files=files)
        assert response.json()["result"]["document"]["file_size"] == 3_000_000

    hold(talk)


def test_the_page_sends_what_it_uploaded(hold: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)
        uploads = []
        for filename in ("a.jpg", "b.jpg"):
            uploaded = await line.wire.post(
                f"/api/upload?name={filename}&type=image/jpeg", content=temple, headers=own(line)
            )
            uploads.append(uploaded.json()["upload"])
        body = {"uploads": uploads, "text": "Two", "as_photo": False}
        sent = await line.wire.post("/api/send", json=body, headers=own(line))
        assert sent.json() == {}
        first, second = line.chat.messages(line.you)
        assert line.chat.content(first["document"]["file_unique_id"]) == temple
        assert first["caption"] == "Two" and second["media_group_id"] == first["media_group_id"]
        again = await line.wire.post("/api/send", json=body, headers=own(line))
        assert (again.status_code, again.json()) == (
            404,
            {"error": "The file is no longer here: choose it again."},
        )

    hold(talk)


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{",
        '{"text": ""}',
        '{"text": "x", "reply_to": 99}',
        '{"text": "x", "origin": {"kind": "planet", "name": "Mars"}}',
        '{"text": "x", "origin": {"kind": "channel", "name": ""}}',
        json.dumps({"text": "x" * 400_000}),
    ],
)
def test_the_page_is_told_in_a_sentence_what_cannot_be_done(hold: Hold, body: str) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)
        response = await line.wire.post("/api/send", content=body, headers=own(line))
        assert response.status_code in (400, 404)
        assert response.json()["error"].endswith(".")
        assert line.chat.messages(line.you) == []

    hold(talk)


def test_the_chosen_language_reaches_page_and_bot(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)
        await line.wire.post("/api/language", json={"language": "ar"}, headers=own(line))
        assert (await line.wire.post("/api/start")).json()["language"] == "ar"
        await line.chat.send_text(line.you, "x")
        sender = (await line.message()).from_user
        assert sender is not None and sender.language_code == "ar"

    hold(talk)


def test_what_is_kept_is_for_its_owner_only(hold: Hold, home: Path) -> None:
    async def talk(line: Line) -> None:
        await line.chat.send_file(line.you, b"x", "x")

    before = os.umask(0o000)
    try:
        hold(talk)
    finally:
        os.umask(before)
    for path in (home, *home.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_the_port_is_a_new_one_or_the_wanted_one(home: Path, sandbox: Sandbox) -> None:
    """At the one of last time somebody else could be waiting for the page."""

    async def started(port: int = 0) -> str:
        chat = LocalChat(home, sandbox, port)
        try:
            await chat.start()
            return chat.address
        finally:
            await chat.stop()

    assert len({asyncio.run(started()) for _ in range(3)}) > 1
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Unavailable):
        asyncio.run(started(taken.getsockname()[1]))
