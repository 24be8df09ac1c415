"""Who gets in: hosts, origins, the one-time key, sessions; what every answer carries."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.localchat.line import Line, line
from verify.errors import Unavailable
from verify.localchat import LocalChat
from verify.localchat.limits import UPLOAD_BYTES
from verify.sandbox import Sandbox

Hold = Callable[..., None]


async def sign_in(line: Line) -> None:
    response = await line.wire.get(line.chat.link)
    assert (response.status_code, response.headers["location"]) == (303, "/")


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def own(line: Line, **headers: str) -> dict[str, str]:
    return {"Origin": line.chat.address, **headers}


def test_the_key_lets_one_browser_in_and_stays_out_of_the_address(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        assert (await line.wire.get("/")).status_code == 403
        assert (await line.wire.get("/?key=wrong")).status_code == 403
        assert (await line.wire.head(line.chat.link)).status_code == 403
        await sign_in(line)
        assert (await line.wire.get("/")).status_code == 200
        line.wire.cookies.clear()
        assert (await line.wire.get(line.chat.link)).status_code == 403

    hold_both_ways(talk)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        response = await line.wire.get(line.chat.link)
        cookie = response.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie

    hold(talk)


def test_a_session_survives_a_restart_and_its_cookie_is_not_kept(
    home: Path, sandbox: Sandbox
) -> None:
    async def talk() -> list[str]:
        async with line(home, sandbox) as first:
            await sign_in(first)
            cookies = dict(first.wire.cookies)
        async with line(home, sandbox) as second:
            second.wire.cookies.update(cookies)
            assert (await second.wire.get("/api/start")).status_code == 200
            assert (await second.wire.get(second.chat.link)).headers["location"] == "/"
        return list(cookies.values())

    cookies = asyncio.run(talk())
    kept = b"".join(path.read_bytes() for path in home.glob("localchat.db*"))
    assert cookies and not any(value.encode() in kept for value in cookies)


@pytest.mark.parametrize(
    "path", ["/api/start", "/api/messages", "/api/events", "/api/picture/x", "/api/file/x"]
)
def test_nothing_is_read_without_a_session(hold: Hold, path: str) -> None:
    async def talk(line: Line) -> None:
        response = await line.wire.get(path)
        assert response.status_code == 401
        assert "Open the address that is printed" in response.json()["error"]

    hold(talk)


def test_a_rebound_name_reaches_nothing(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)
        for host in ("evil.example", "127.0.0.1.evil.example", "127.0.0.1:1", "[::1]"):
            for path in ("/", "/api/start", f"/bot{line.chat.token}/getMe"):
                response = await line.wire.get(path, headers={"Host": host})
                assert response.status_code == 403

    hold_both_ways(talk)


def test_other_sites_can_change_nothing(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)
        body = json.dumps({"text": "hello"})
        for headers in (
            {},
            {"Origin": "null"},
            {"Origin": "https://evil.example"},
            {"Origin": "http://127.0.0.1:8000"},
        ):
            response = await line.wire.post("/api/send", content=body, headers=headers)
            assert response.status_code == 403
        sneaked = f"/bot{line.chat.token}/sendMessage?chat_id={line.you}&text=x"
        assert (await line.wire.post(sneaked, headers={"Origin": "null"})).status_code == 403
        assert line.chat.messages(line.you) == []
        response = await line.wire.post("/api/send", content=body, headers=own(line))
        assert response.status_code == 200
        assert [m["text"] for m in line.chat.messages(line.you)] == ["hello"]

    hold(talk)


@pytest.mark.parametrize("path", ["/", "/chat.js", "/api/start", "/bot1:x/getMe", "/nothing"])
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
        assert (await line.wire.get(f"/api/picture/{unique_id}")).status_code == 404
        saved = await line.wire.get(f"/api/file/{unique_id}")
        assert saved.content == page
        assert saved.headers["content-type"] == "application/octet-stream"
        assert saved.headers["content-disposition"] == 'attachment; filename="x.html"'

    hold(talk)


def test_pictures_are_shown_as_jpegs_made_here(hold: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        sent = await line.chat.send_file(line.you, temple, "a.jpg", as_photo=True)
        await sign_in(line)
        shown = await line.wire.get(f"/api/picture/{sent['photo'][-1]['file_unique_id']}")
        assert shown.headers["content-type"] == "image/jpeg"
        assert shown.content.startswith(b"\xff\xd8\xff") and shown.content != temple

    hold(talk)


def test_an_upload_is_bounded_while_it_comes(hold_both_ways: Hold, home: Path) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)
        on_disk: list[int] = []

        async def too_much() -> AsyncIterator[bytes]:
            for _ in range(3 * UPLOAD_BYTES // 1_000_000):
                yield bytes(1_000_000)
                on_disk.append(bytes_in(home / "localchat"))

        response = await line.wire.post(
            "/api/upload?name=large.tif", content=too_much(), headers=own(line)
        )
        assert response.status_code == 400
        assert "“large.tif” is larger than" in response.json()["error"]
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
        for name in ("a.jpg", "b.jpg"):
            uploaded = await line.wire.post(
                f"/api/upload?name={name}&type=image/jpeg", content=temple, headers=own(line)
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
        assert (await line.wire.get("/api/start")).json()["language"] == "ar"
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


def test_the_port_is_the_one_of_last_time_or_the_wanted_one(home: Path, sandbox: Sandbox) -> None:
    async def started(port: int = 0) -> str:
        chat = LocalChat(home, sandbox, port)
        try:
            await chat.start()
            return chat.address
        finally:
            await chat.stop()

    assert asyncio.run(started()) == asyncio.run(started())
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Unavailable):
        asyncio.run(started(taken.getsockname()[1]))
