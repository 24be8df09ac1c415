"""Handlers are found by walking: a command is one file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from verify.chat import handlers

GREET = """
from verify.records import say
COMMAND = "greet"
DESCRIPTION = say("Greet")
async def handle(turn, words):
    await turn.tell(say("Good morning, {name}.", name=words))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A second place where handlers are looked for."""
    monkeypatch.setattr(handlers, "__path__", [*handlers.__path__, str(tmp_path)])
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("verify.chat.handlers.new")]:
        del sys.modules[name]


def test_a_new_file_is_a_new_command(folder: Path, home: Path) -> None:
    from tests.chat.room import Room, in_room, words

    (folder / "new_greet.py").write_text(GREET)

    @in_room()
    async def talk(room: Room) -> None:
        (answer,) = await room.say("/greet Ada")
        assert words(answer) == "Good morning, Ada."
        (answer,) = await room.say("/help")
        assert "/greet: Greet" in words(answer)

    talk(home)


def test_a_file_without_its_constants_fails_clearly(folder: Path) -> None:
    (folder / "new_empty.py").write_text("")
    with pytest.raises(ImportError, match="new_empty has neither COMMAND, FILTER nor ACTIONS"):
        handlers.find()


def test_a_command_without_description_fails_clearly(folder: Path) -> None:
    (folder / "new_silent.py").write_text('COMMAND = "silent"')
    with pytest.raises(ImportError, match="new_silent has a COMMAND but no DESCRIPTION"):
        handlers.find()
