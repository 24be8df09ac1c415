"""Long polling: what is delivered, what is confirmed, what survives a kill."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

from telegram import Update

from tests.localchat.line import Line, line
from verify.localchat.door import Call, Door
from verify.localchat.reading import Reading
from verify.localchat.sessions import Sessions
from verify.sandbox import Sandbox
from verify.store.localchat import ChatStore

Hold = Callable[..., None]

# Writes messages until it is killed; prints the id of each one that is committed.
WRITER = """
import asyncio, sys
from pathlib import Path
from verify.localchat import LocalChat

async def write():
    chat = LocalChat(Path(sys.argv[1]), sandbox=None)
    while True:
        sent = await chat.send_text(chat.you, "hello")
        print(sent["message_id"], flush=True)

asyncio.run(write())
"""


def texts(updates: list[Update]) -> list[str]:
    return [str(update.effective_message and update.effective_message.text) for update in updates]


async def say(line: Line, *words: str) -> None:
    for word in words:
        await line.chat.send_text(line.you, word)


def test_unconfirmed_updates_come_again(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        await say(line, "a", "b", "c")
        first = await line.received()
        assert texts(first) == texts(await line.received()) == ["a", "b", "c"]
        assert texts(await line.received(first[1].update_id)) == ["b", "c"]
        assert texts(await line.received()) == ["b", "c"]
        assert texts(await line.received(first[-1].update_id + 1)) == []
        assert texts(await line.received()) == []

    hold_both_ways(talk)


def test_an_offset_beyond_the_tail_deletes_nothing(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        await say(line, "a", "b")
        last = (await line.received())[-1].update_id
        assert texts(await line.received(last + 1000)) == ["a", "b"]
        assert texts(await line.received(last + 2)) == ["a", "b"]

    hold(talk)


def test_a_negative_offset_keeps_that_many_of_the_last(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        await say(line, "a", "b", "c")
        assert texts(await line.received(-2)) == ["b", "c"]
        assert texts(await line.received()) == ["b", "c"]
        await line.bot.delete_webhook(drop_pending_updates=True)
        assert texts(await line.received()) == []
        assert line.chat.exchange.store.updates.pending() == 0

    hold(talk)


def test_only_the_kinds_that_the_bot_wants_are_queued(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        await line.bot.get_updates(allowed_updates=["edited_message"])
        sent = await line.chat.send_text(line.you, "a")
        await line.chat.edit(line.you, sent["message_id"], "b")
        assert texts(await line.received()) == ["b"]
        await line.bot.get_updates(allowed_updates=[])
        await say(line, "c")
        assert texts(await line.received()) == ["b", "c"]

    hold(talk)


def test_a_limit_is_kept(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        await say(line, "a", "b", "c")
        assert texts(list(await line.bot.get_updates(limit=2))) == ["a", "b"]

    hold(talk)


def test_a_long_poll_ends_with_an_update_or_with_its_time(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        poll = asyncio.create_task(line.bot.get_updates(timeout=20))
        await line.polling()
        await say(line, "a")
        assert texts(list(await poll)) == ["a"]
        begun = time.monotonic()
        last = (await line.received())[-1].update_id
        assert list(await line.bot.get_updates(offset=last + 1, timeout=1)) == []
        assert time.monotonic() - begun > 0.9

    hold_both_ways(talk)


def test_stopping_the_server_ends_a_long_poll(home: Path, sandbox: Sandbox) -> None:
    async def talk() -> None:
        async with line(home, sandbox, over_http=True) as ours:
            poll = asyncio.create_task(ours.bot.get_updates(timeout=50))
            await ours.polling()
            await ours.chat.stop()
            assert list(await poll) == []

    asyncio.run(talk())


def test_a_kill_loses_no_update_and_repeats_no_id(home: Path, sandbox: Sandbox) -> None:
    written: list[int] = []
    for _ in range(2):
        written += _write_until_killed(home)
    assert len(written) == len(set(written)) >= 40

    async def talk() -> None:
        async with line(home, sandbox) as ours:
            updates = []
            while batch := await ours.received(updates[-1].update_id + 1 if updates else 0):
                updates += batch
            delivered = [update.message.message_id for update in updates if update.message]
            assert set(written) <= set(delivered)
            assert len(set(delivered)) == len(delivered)
            sent = await ours.bot.send_message(ours.you, "new")
            assert sent.message_id > max(delivered)
            await say(ours, "x")
            assert (await ours.received())[0].update_id == updates[-1].update_id + 1

    asyncio.run(talk())


def test_who_is_who_stays_after_a_restart(home: Path, sandbox: Sandbox) -> None:
    async def talk() -> tuple[str, int, int]:
        async with line(home, sandbox) as ours:
            sent = await ours.bot.send_message(ours.you, "x")
            ours.chat.exchange.store.delete_message(sent.message_id)
            return ours.chat.token, ours.you, sent.message_id

    first, second = asyncio.run(talk()), asyncio.run(talk())
    assert first[:2] == second[:2]
    assert second[2] > first[2]


def _write_until_killed(home: Path) -> list[int]:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        written = [int(writer.stdout.readline()) for _ in range(20)]
        os.kill(writer.pid, signal.SIGKILL)
        return written + [int(line) for line in writer.stdout if line.endswith("\n")]


def test_presses_of_yesterday_are_forgotten_and_their_numbers_not_given_again(home: Path) -> None:
    store = ChatStore(home)
    first = store.updates.add_callback(1, 1)
    with store.transaction():
        store._db.change("UPDATE callback SET pressed_at = pressed_at - 90000")
    second = store.updates.add_callback(1, 1)
    assert second > first
    assert [tuple(row) for row in store._db.rows("SELECT id FROM callback")] == [(second,)]
    store.close()


def test_a_page_sees_what_another_process_takes_out_before_it_hears_anything_else(
    hold: Hold, home: Path
) -> None:
    """As a wipe in a terminal does beside the desk."""

    async def nothing() -> AsyncIterator[bytes]:
        yield b""

    async def talk(line: Line) -> None:
        sent = await line.chat.send_text(line.you, "of a case that goes")
        exchange = line.chat.exchange
        door = Door(exchange, Sessions(), line.you)
        stream = await Reading(exchange, door).events(Call(line.you, {}, nothing()))
        assert json.loads(await anext(stream))["kind"] == "open"
        told = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)  # it has looked, and waits
        with closing(ChatStore(home)) as beside:
            beside.delete_message(sent["message_id"])
        event = json.loads(await told)
        assert (event["kind"], event["told"]["deleted"]) == ("message", True)
        assert event["told"]["id"] == sent["message_id"]
        await stream.aclose()

    hold(talk)
