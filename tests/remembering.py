"""What is the same for many tests and done once: a lab's answers depend on the file alone, and
every new desk is empty in the same way."""

from __future__ import annotations

import atexit
import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from verify.records import WHOLE, Examination, Footage, Sound, View
from verify.sandbox import Pixels, Sandbox
from verify.store.database.connection import Store
from verify.store.database.schema import LOCALCHAT

A = TypeVar("A")

# names the folder of the answers of a run
ANSWERS = "VERIFY_DESK_TEST_ANSWERS"


class RememberingSandbox(Sandbox):
    """The real lab. What it answered about the same bytes before, to any test of this run, it
    answers again."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def examine(self, content: bytes | Path, **told: Any) -> Examination:
        return self._once(
            content, ("examine", told), lambda: Sandbox.examine(self, content, **told)
        )

    def pixels(self, content: bytes | Path, longest_side: int, view: View = WHOLE) -> Pixels | None:
        asked = ("pixels", longest_side, view.bare())
        return self._once(content, asked, lambda: Sandbox.pixels(self, content, longest_side, view))

    def watch(self, film: bytes | Path) -> Footage | None:
        return self._once(film, "watch", lambda: Sandbox.watch(self, film))

    def hear(self, file: bytes | Path) -> Sound | None:
        return self._once(file, "hear", lambda: Sandbox.hear(self, file))

    def close(self) -> None:
        """It stays for the desks that come."""

    def end(self) -> None:
        super().close()

    def _once(self, content: bytes | Path, asked: object, ask: Callable[[], A]) -> A:
        if isinstance(content, Path) and not content.is_file():
            return ask()
        data = content if isinstance(content, bytes) else content.read_bytes()
        key = hashlib.sha256(data + repr(asked).encode("utf-8", "surrogatepass")).hexdigest()
        answered = self._folder / key
        if answered.exists():
            before: A = pickle.loads(answered.read_bytes())
            return before
        answer = ask()
        half = answered.with_suffix(f".{os.getpid()}-{id(answer)}")
        half.write_bytes(pickle.dumps(answer))
        half.rename(answered)
        return answer


@cache
def lab() -> RememberingSandbox:
    """The lab of this process; what it answers serves the other processes of the run, too."""
    one = RememberingSandbox(Path(os.environ.get(ANSWERS) or tempfile.mkdtemp()))
    atexit.register(one.end)
    return one


def furnished(home: Path) -> Path:
    """The folder with a desk in it that nobody has used: its tables take some fifty commits to
    make, so they are made once and copied."""
    home.mkdir(mode=0o700, exist_ok=True)
    for made in _tables().iterdir():
        shutil.copy(made, home)
    return home


@cache
def _tables() -> Path:
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    home = Path(folder)
    Store(home / "desk.db").close()
    Store(home / "localchat.db", LOCALCHAT).close()
    return home
