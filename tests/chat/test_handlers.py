"""Handlers are found by walking: a command is one file."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph, shrunk
from verify.chat import handlers

GREET = """
from verify.records import say
COMMAND = "greet"
DESCRIPTION = say("Greet")
async def handle(turn, words):
    await turn.tell(say("Good morning, {name}.", name=words))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A second place where handlers are looked for."""
    monkeypatch.setattr(handlers, "__path__", [*handlers.__path__, str(tmp_path)])
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("verify.chat.handlers.new")]:
        del sys.modules[name]


def test_a_new_file_is_a_new_command(folder: Path, home: Path) -> None:
    (folder / "new_greet.py").write_text(GREET)

    @in_room()
    async def talk(room: Room) -> None:
        (answer,) = await room.say("/greet Ada")
        assert words(answer) == "Good morning, Ada."
        (answer,) = await room.say("/help")
        assert "/greet" in words(answer)

    talk(home)


def test_a_file_without_its_constants_fails_clearly(folder: Path) -> None:
    (folder / "new_empty.py").write_text("")
    with pytest.raises(ImportError, match="new_empty has neither COMMAND, FILTER nor ACTIONS"):
        handlers.find()


def test_a_command_without_description_fails_clearly(folder: Path) -> None:
    (folder / "new_silent.py").write_text('COMMAND = "silent"')
    with pytest.raises(ImportError, match="new_silent has a COMMAND but no DESCRIPTION"):
        handlers.find()


@in_room()
async def test_the_store_is_never_touched_on_the_loop_that_serves_everybody(room: Room) -> None:
    """A disk that takes its time would else keep all others waiting."""
    touched: list[str] = []
    store = room.desk.store

    def watched(work: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*arguments: Any, **more: Any) -> Any:
            if threading.current_thread() is threading.main_thread():
                touched.append("".join(traceback.format_stack(limit=6)))
            return work(*arguments, **more)

        return watch

    for name in ("row", "rows", "change", "insert", "insert_once", "transaction"):
        setattr(store, name, watched(getattr(store, name)))
    await room.send(encode(shrunk(photograph("china"))), caption="In Kyiv, 3 March 2022")
    await room.send(encode(photograph("china")))
    (asked,) = await room.say("/claim")
    (kept, *_) = await room.say("In Aleppo, 2016", reply_to=asked["message_id"])
    await room.say("a note", reply_to=kept["message_id"])
    await room.say("/cases")
    await room.edit(room.own()[0]["message_id"], "In Kyiv, 4 March 2022")
    assert touched == []
    assert [claim.text for claim in room.case(2).claims] == ["In Aleppo, 2016"]


def test_a_failed_answer_to_a_prompt_is_not_taken_for_a_note(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.chat.inbox._RETRY_SECONDS", 0.01)

    @in_room()
    async def talk(room: Room) -> None:
        await room.send(encode(photograph("china")))
        (asked,) = await room.say("/claim")
        room.desk.claims.state = None
        told = await room.say("In Aleppo, 2016", reply_to=asked["message_id"])
        assert "Something went wrong" in words(told[0])
        assert room.case(1).notes == ()

    talk(home)
