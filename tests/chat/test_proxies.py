"""Ways around a blocked network: the real bot behind real proxies, and a line that is cut."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.chat.room import words
from tests.photographs import encode, photograph
from tests.remembering import furnished, lab
from tests.submissions import imported
from verify.chat.application import build
from verify.config import read_config
from verify.desk import Desk
from verify.errors import BadInput
from verify.localchat import LocalChat

CHINA = encode(photograph("china"))
NAME = "bot-api.example"  # leads nowhere: it could not be looked up here

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


class Line:
    """A proxy on 127.0.0.1 that leads to one door whatever was asked for, and can be cut."""

    def __init__(self, greet: Callable[[Streams], Awaitable[str]], door: int) -> None:
        self._greet, self._door = greet, door
        self.asked: set[str] = set()
        self.port = 0
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            self.asked.add(await self._greet((reader, writer)))
            there = await asyncio.open_connection("127.0.0.1", self._door)
            await asyncio.gather(pour(reader, there[1]), pour(there[0], writer))
        writer.close()


async def pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await source.read(1 << 16):
            target.write(chunk)
            await target.drain()
    target.close()


async def http_connect(streams: Streams) -> str:
    """RFC 9110, 9.3.6, with a name and a password."""
    reader, writer = streams
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    secret = base64.b64encode(b"desk:secret").decode()
    assert f"proxy-authorization: basic {secret}".lower() in head.lower()
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    method, target, _ = head.split(" ", 2)
    return f"{method} {target}"


async def socks5(streams: Streams) -> str:
    """RFC 1928, with a name and a password as in RFC 1929."""
    reader, writer = streams
    _, count = await reader.readexactly(2)
    assert 2 in await reader.readexactly(count)
    writer.write(b"\5\2")
    _, length = await reader.readexactly(2)
    name = await reader.readexactly(length)
    password = await reader.readexactly((await reader.readexactly(1))[0])
    assert (name, password) == (b"desk", b"secret")
    writer.write(b"\1\0")
    version, command, _, kind = await reader.readexactly(4)
    assert (version, command) == (5, 1)
    size = (await reader.readexactly(1))[0] if kind == 3 else 4
    host = await reader.readexactly(size)
    port = int.from_bytes(await reader.readexactly(2))
    writer.write(b"\5\0\0\1\0\0\0\0\0\0")
    return f"{host.decode() if kind == 3 else ipaddress.ip_address(host)}:{port}"


@contextlib.asynccontextmanager
async def behind(
    home: Path, folder: Path, scheme: str, greet: Callable[[Streams], Awaitable[str]]
) -> AsyncIterator[tuple[Desk, LocalChat, Line]]:
    """A desk whose bot reaches its Bot API only over TLS through a proxy."""
    desk = Desk(furnished(home), sandbox=lab())
    chat = LocalChat(home, desk.sandbox)
    await chat.start()
    port = int(chat.address.rpartition(":")[2])
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate(folder))

    async def unwrap(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pour(reader, there[1]), pour(there[0], writer))

    door = await asyncio.start_server(unwrap, "127.0.0.1", 0, ssl=tls)
    line = Line(greet, door.sockets[0].getsockname()[1])
    await line.start()
    settings = {
        "VERIFY_HOME": str(home),
        "BOT_API_URL": f"https://127.0.0.1:{port}",
        "VERIFY_PROXY": f"{scheme}://desk:secret@127.0.0.1:{line.port}",
    }
    bot = build(read_config(settings), desk, token=chat.token, owners=frozenset({chat.you}))
    await bot.start()
    try:
        yield desk, chat, line
    finally:
        await bot.stop()
        line.cut()
        door.close()
        await chat.stop()
        desk.close()


def told(chat: LocalChat) -> list[str]:
    return [words(one) for one in chat.messages(chat.you) if one["from"]["is_bot"]]


async def until(true: Callable[[], object]) -> None:
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0.001)


@pytest.mark.parametrize(
    ("scheme", "greet", "word"), [("http", http_connect, "CONNECT "), ("socks5", socks5, "")]
)
def test_a_picture_goes_through_a_proxy_and_back(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    scheme: str, greet: Callable[[Streams], Awaitable[str]], word: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))

    async def talk() -> None:
        async with behind(home, tmp_path, scheme, greet) as (_, chat, line):
            await chat.send_file(chat.you, CHINA, "china.jpg")
            await until(lambda: any("640\u00a0×\u00a0427" in text for text in told(chat)))
            assert line.asked == {word + chat.address.removeprefix("http://")}

    asyncio.run(asyncio.wait_for(talk(), 240))


@pytest.mark.parametrize(
    ("scheme", "greet", "word"), [("http", http_connect, "CONNECT "), ("socks5", socks5, "")]
)
def test_names_are_looked_up_by_the_proxy(
    home: Path, scheme: str, greet: Callable[[Streams], Awaitable[str]], word: str
) -> None:
    async def talk() -> None:
        line = Line(greet, door=9)
        await line.start()
        settings = {
            "VERIFY_HOME": str(home),
            "BOT_API_URL": f"https://{NAME}",
            "VERIFY_PROXY": f"{scheme}://desk:secret@127.0.0.1:{line.port}",
        }
        with Desk(home) as desk:
            bot = build(read_config(settings), desk, token="1:x", owners=frozenset())
            starting = asyncio.create_task(bot.start())
            await until(lambda: line.asked)
            starting.cancel()
            await asyncio.wait({starting})
            await bot.application.shutdown()
        line.cut()
        assert line.asked == {f"{word}{NAME}:443"}

    asyncio.run(asyncio.wait_for(talk(), 240))


def test_work_goes_on_while_the_line_is_cut_and_is_sent_afterwards(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))

    async def talk() -> None:
        async with behind(home, tmp_path, "socks5", socks5) as (desk, chat, line):
            await chat.send_file(chat.you, CHINA, "china.jpg")
            await until(lambda: any("640\u00a0×\u00a0427" in text for text in told(chat)))
            before = len(told(chat))
            await chat.send_text(chat.you, "Sent just before")
            await until(lambda: len(desk.store.rows("SELECT 1 FROM inbox")) == 2)
            line.cut()
            await chat.send_text(chat.you, "Sent meanwhile")
            await asyncio.to_thread(import_and_note, desk)
            assert told(chat)[before:] == []
            await line.start()
            await until(lambda: told(chat).count("Noted in case 1.") == 2)
            notes = [
                note.text
                for note in desk.reports.case(desk.team.at_console("0", "R", "en"), 1).notes
            ]
            assert notes == ["Sent just before", "Sent meanwhile"]

    asyncio.run(asyncio.wait_for(talk(), 240))


def import_and_note(desk: Desk) -> None:
    """What a person at the desk's own computer does while nothing leads out."""
    person = desk.team.at_console("0", "Reader", "en")
    receipt = desk.receiving.receive(person, imported(), encode(photograph("flower")))
    desk.examining.examine(person, receipt.exhibit_id)
    desk.cases.note(person, receipt.case_id, "Written offline")
    report = desk.reports.case(person, receipt.case_id)
    assert [note.text for note in report.notes] == ["Written offline"]
    assert desk.reports.exhibit(person, receipt.case_id, receipt.exhibit_id).findings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VERIFY_PROXY", "127.0.0.1:9050"),
        ("VERIFY_PROXY", "socks4://127.0.0.1:9050"),
        ("VERIFY_PROXY", "http://desk:secret@127.0.0.1:port"),
        ("BOT_API_URL", "127.0.0.1:8081"),
        ("BOT_API_URL", "https://"),
    ],
)
def test_a_wrong_address_is_refused_without_quoting_it(name: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_config({name: value})
    assert refused.value.sentence.template.startswith(f"{name} takes an address")
    assert refused.value.sentence.values == {}
