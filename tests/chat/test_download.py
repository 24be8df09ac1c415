"""Files come with a limit, and only from where they may."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from telegram.ext import ExtBot

from verify.chat.download import LIMIT_BYTES, Files
from verify.chat.intake import Attachment
from verify.chat.requests import BotRequest
from verify.errors import BadInput, Unavailable
from verify.records import SentAs

FILE = Attachment("F", SentAs.DOCUMENT)
TOKEN = "123456789:" + "A" * 35


def fetch(named: str, body: bytes = b"", *, folder: Path | None = None) -> bytes | Path:
    """Fetch a file from a server that names this path and serves these bytes."""

    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/getFile"):
            told = {"file_id": "F", "file_unique_id": "U", "file_path": named}
            return httpx.Response(200, json={"ok": True, "result": told})
        return httpx.Response(200 if "photos" in request.url.path else 404, content=body)

    async def go() -> bytes | Path:
        requests = BotRequest(transport=httpx.MockTransport(serve))
        bot = ExtBot(TOKEN, request=requests)
        return await Files(bot, requests, folder).fetch(FILE)

    return asyncio.run(go())


def test_a_file_comes_whole() -> None:
    assert fetch("photos/a.jpg", b"bytes") == b"bytes"


def test_a_download_ends_at_the_limit_whatever_size_was_told() -> None:
    with pytest.raises(BadInput) as refused:
        fetch("photos/a.jpg", bytes(LIMIT_BYTES + 1))
    assert "20 MiB" in refused.value.sentence.template


def test_a_missing_file_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        fetch("gone/a.jpg")


def test_a_path_of_this_machine_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    with pytest.raises(Unavailable):
        fetch(str(secret))


def test_a_local_servers_path_is_read_inside_its_folder_only(tmp_path: Path) -> None:
    folder, secret = tmp_path / "files", tmp_path / "secret"
    folder.mkdir()
    secret.write_text("secret")
    inside = folder / "a.jpg"
    inside.write_text("picture")
    (folder / "link").symlink_to(secret)
    assert fetch(str(inside), folder=folder) == inside
    for outside in (secret, folder / ".." / "secret", folder / "link"):
        with pytest.raises(Unavailable):
            fetch(str(outside), folder=folder)
