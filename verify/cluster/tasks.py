"""What runs on a worker: the lab, the reading of text, the search. It writes nothing.

A task takes bytes and gives bytes, and raises nothing: Dask would log what it was asked.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from verify.cluster import Versions
from verify.cluster.said import (
    Answered,
    Asked,
    AskedToIntroduce,
    Introduced,
    Trouble,
    packed,
)
from verify.desk.bulk import NICENESS
from verify.desk.catching_up import with_frames
from verify.desk.handed import Compared, Described, Handed, ToCompare, ToDescribe
from verify.readers.text import SIDE, read_in
from verify.records import Examination, View
from verify.regular import descriptor_of
from verify.sandbox import Sandbox
from verify.tesseract import Tesseract

if TYPE_CHECKING:
    from verify.desk.recall import Recall

ROOT = "VERIFY_CLUSTER_ROOT"
"""In the environment of a worker's process: the folder that is shared, as it sees it."""
_asked = msgspec.msgpack.Decoder(Asked)


class _TroubleError(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


@dataclass(frozen=True)
class _Tools:
    sandbox: Sandbox
    tesseract: Tesseract


@cache
def _tools() -> _Tools:
    tools = _Tools(Sandbox(1, niceness=NICENESS), Tesseract(1, niceness=NICENESS))
    atexit.register(tools.sandbox.close)
    return tools


def introduce(body: bytes) -> bytes:
    """Say which versions these are, which walls stand, and how a file is seen."""
    tools = _tools()
    seen: Trouble = ""
    with suppress(msgspec.MsgspecError):
        probe = msgspec.msgpack.decode(body, type=AskedToIntroduce).probe
        if probe:
            try:
                _content(probe)
            except _TroubleError as error:
                seen = error.trouble
    walls, reads = tools.sandbox.walls(), tools.tesseract.languages()
    return packed(
        Introduced(
            Versions.here(),
            walls,
            reads,
            "differs" if seen == "differs" else "missing" if seen else "",
        )
    )


def work(body: bytes) -> bytes:
    """Do a piece of work."""
    walls: dict[str, bool] = {}
    try:
        asked = _asked.decode(body)
        if asked.versions != Versions.here():
            raise _TroubleError("version")
        walls = _tools().sandbox.walls()
        if not walls or not all(walls.values()):
            raise _TroubleError("walls")
        came: Described | Compared
        if isinstance(asked.what, ToDescribe):
            came = Described(_described(asked.what))
        else:
            came = _compared(asked.what)
        return packed(_answer(walls, came=came))
    except _TroubleError as error:
        return packed(_answer(walls, error.trouble))
    except msgspec.MsgspecError:  # of another version
        return packed(_answer(walls, "version"))
    except BaseException:  # Dask would log the arguments with it
        return packed(_answer(walls, "broke"))


def _answer(
    walls: dict[str, bool], trouble: Trouble = "", came: Described | Compared | None = None
) -> Answered:
    return Answered(Versions.here(), _name(), walls, trouble, came)


def _name() -> str:
    from distributed import get_worker

    try:
        return str(get_worker().address)
    except ValueError:  # in no worker
        return ""


def _described(asked: ToDescribe) -> Examination:
    seen = _seen(asked, _content(asked.file))
    if asked.frames:
        return seen
    views = tuple(
        replace(view, features=view.features and replace(view.features, frame=b""))
        for view in seen.views
    )
    return replace(seen, views=views)


def _seen(asked: ToDescribe, content: bytes | Path) -> Examination:
    return _sandbox_of(asked).examine(
        content,
        filename=asked.filename,
        declared_type=asked.declared_type,
        sent_as=asked.sent_as,
    )


def _sandbox_of(asked: ToDescribe) -> Sandbox:
    sandbox = _tools().sandbox
    sandbox.trust = asked.trust
    return sandbox


def _compared(asked: ToCompare) -> Compared:
    tools, content = _tools(), _content(asked.file)
    views = _seen(asked.again, content).views if asked.views is None else asked.views
    if not views:
        return Compared(None, [])
    pixels = tools.sandbox.pixels(content, SIDE)
    read = read_in(pixels, tools.tesseract)
    if not asked.search:  # then the desk does
        return Compared(read)
    if asked.views is not None:
        views = with_frames(views, pixels)
    recalled = _recall(asked.search).find(_examination(views), asked.exhibit_id)
    return Compared(read, recalled.matches, recalled.alike)


def _examination(views: tuple[View, ...]) -> Examination:
    return Examination(lab_version=Versions.here().lab, media_type="", views=views)


# --- what is shared -----------------------------------------------------------------------------


def _content(file: Handed) -> bytes | Path:
    """A file, once it is seen that it is the one. Raises _TroubleError."""
    if not file.path:
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            raise _TroubleError("differs")
        return file.content
    path = _below(file.path)
    try:
        with os.fdopen(descriptor_of(path), "rb") as stream:
            if os.fstat(stream.fileno()).st_size != file.size:
                raise _TroubleError("differs")
            if hashlib.file_digest(stream, "sha256").hexdigest() != file.sha256:
                raise _TroubleError("differs")
    except OSError as error:
        raise _TroubleError("missing") from error
    return path


def _below(path: bytes) -> Path:
    """What lies there below the folder that is shared. Raises _TroubleError for what does not."""
    root = Path(os.environ[ROOT]).resolve()
    found = (root / os.fsdecode(path)).resolve()
    if not found.is_relative_to(root):
        raise _TroubleError("missing")
    return found


_searching = threading.Lock()
_search: tuple[bytes, Recall] | None = None


def _recall(place: bytes) -> Recall:
    """The search in a copy, which is opened once. Raises _TroubleError."""
    global _search
    with _searching:
        if _search is None or _search[0] != place:
            _search = place, _opened(_below(place))
        return _search[1]


def _opened(folder: Path) -> Recall:
    from verify.desk.indexes import Indexes
    from verify.desk.recall import Recall
    from verify.errors import VerifyError
    from verify.store.database.connection import Store

    try:
        if not (folder / "desk.db").is_file():
            raise _TroubleError("search")
        store = Store(folder / "desk.db", reading=True)
        indexes = Indexes(store, folder, reading=True)
        indexes.wait()
        return Recall(store, indexes)
    except (VerifyError, OSError) as error:
        raise _TroubleError("search") from error
