"""The lab's process: `python -I -m verify.lab.child`, with the desk's socket as input.

It imports everything, raises its walls, says which stand, and never looks at a received
byte itself: it forks for every file, behind one more wall, so that nothing which a file did
to its decoder outlives the file. It opens nothing: files come as descriptors.

On macOS the libraries do not survive a fork; there it serves some files and then ends.
"""

from __future__ import annotations

import array  # noqa: F401  socket.recv_fds imports it when first called: too late by then
import codecs
import contextlib
import ctypes
import encodings
import gc
import itertools
import os
import pkgutil
import socket
import sys
from collections.abc import Callable, Iterator

from verify.formats import FILMS
from verify.lab.calls import filter_system_calls
from verify.lab.reading_at import Content, ReadAt
from verify.lab.walls import (
    LISTENING_CPU_SECONDS,
    WATCHING_CPU_SECONDS,
    allow_cpu,
    raise_walls,
)
from verify.lab.wire import (
    FILE_BYTES,
    Answer,
    Ended,
    Examined,
    Fault,
    Filmed,
    Listed,
    Listened,
    Pictured,
    Played,
    Request,
    Standing,
    Told,
    Unpacked,
    Watched,
    packed,
    receive_request,
    send,
    send_part,
)
from verify.records import Part

_FORKS = sys.platform == "linux"
_FILES_WITHOUT_FORK = 50
_PIECE = 256 << 10
_CPU_SECONDS = {
    "watch": WATCHING_CPU_SECONDS,
    "posts": WATCHING_CPU_SECONDS,
    "bag": WATCHING_CPU_SECONDS,
    "hear": LISTENING_CPU_SECONDS,
}


class _TooLargeError(Exception):
    """No film, and too large to be in memory."""


def main() -> None:
    """Serve until the desk is gone. Standard input is the socket."""
    from verify.lab import archives, bags, examine  # noqa: F401  loaded while files can be opened
    from verify.lab.importers import importers

    importers()
    desk = socket.socket(fileno=0)
    examine.warm()
    _load_codecs()
    _fall_silent()
    walls = raise_walls()
    walls["system calls"] = _FORKS and _apart(filter_system_calls) == 0
    send(desk, Standing(walls=walls))
    _freeze()
    for number in itertools.count() if _FORKS else range(_FILES_WITHOUT_FORK):
        try:
            request, (file, answer) = receive_request(desk)
        except (EOFError, OSError):
            return
        with socket.socket(fileno=answer) as connection:
            code = _serve(request, file, connection, desk)
        os.close(file)
        send(desk, Ended(signal=max(0, -code)))
        if number == 0:  # who asks for one file alone does not wait for it
            examine.settle()
            _freeze()


def _freeze() -> None:
    """Pages that the collector leaves alone stay shared with the forked."""
    gc.collect()
    _give_back()
    gc.freeze()


def _serve(request: Request, file: int, answer: socket.socket, desk: socket.socket) -> int:
    """Answer one request, where possible in a process that has nothing but file and answer."""

    def serve() -> bool:
        allow_cpu(_CPU_SECONDS.get(request.operation), last=_FORKS)
        if _FORKS:
            desk.close()
            filter_system_calls()
        send(answer, _answer(request, file, answer))
        return True

    return _apart(serve) if _FORKS else 1 - serve()


def _apart(work: Callable[[], bool]) -> int:
    """Work in a forked process. Returns 0 if it succeeded; minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if work() else 1
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _give_back() -> None:
    """Hand free memory back to the kernel: a forked process that used it again would copy it, page
    by page, where new memory comes empty and in large pages."""
    if _FORKS and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):  # of glibc alone
        trim(0)


def _load_codecs() -> None:
    """Python imports an encoding when a text first names it; a hostile XML may name any."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(LookupError):  # Windows has two of its own
            codecs.lookup(module.name)


def _fall_silent() -> None:
    """What a decoder prints from here on would be hostile text on the desk's console."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)


def _answer(request: Request, file: int, connection: socket.socket) -> Answer:
    from verify.lab import archives, bags, examine
    from verify.lab.importers import AmbiguousDatesError, NotAnExportError

    try:
        if request.operation == "list":
            return Listed(members=archives.members(file))
        if request.operation == "bag":
            return bags.read(file)
        if request.member is not None:
            return _hand_out(archives.parts(file, request.member), connection)
        if request.part is not None:
            return _hand_out(_pieces(file, request.part), connection)
        if request.operation == "posts":
            return _tell_posts(request, file, connection)
        if request.operation == "hear":
            return Listened(sound=examine.heard(ReadAt(file)))
        if request.operation == "play":
            return Played(samples=examine.played(ReadAt(file), *request.times))
        data = _content(file)
        if request.operation == "watch":
            return Watched(footage=examine.watched(data))
        if request.operation == "frames":
            asked = request.times, request.longest_side, request.step
            return Filmed(frames=examine.frames(data, *asked))
        if request.operation == "reel":
            begin_ms, most = request.times
            return Filmed(frames=examine.reel(data, begin_ms, most, request.longest_side))
        if request.operation == "pixels":
            wanted = examine.pixels(data, request.longest_side, request.view)
            return Pictured(pixels=wanted)
        return Examined(
            examination=examine.examine(
                data,
                filename=request.filename,
                declared_type=request.declared_type,
                sent_as=request.sent_as,
                trust=request.trust,
            )
        )
    except archives.ArchiveError as error:
        return Fault(code=error.code)
    except NotAnExportError:
        return Fault(code="no export")
    except bags.NotABagError:
        return Fault(code="no bag")
    except AmbiguousDatesError:
        return Fault(code="day or month")
    except _TooLargeError:
        return Fault(code="too large")
    except MemoryError:
        return Fault(code="memory")
    except Exception:  # whatever a decoder raises; its text may be hostile and stays here
        return Fault(code="crashed")


def _tell_posts(request: Request, file: int, connection: socket.socket) -> Answer:
    """Send the posts of an export, each behind its length, then how that went."""
    from verify.lab.importers import NotAnExportError, Source, importer_of, told

    beside = frozenset(request.beside)
    source = Source(request.filename, ReadAt(file), beside, request.dates)
    try:
        importer = importer_of(source)
    except NotAnExportError:
        send_part(connection, b"")
        raise
    _hand_out(packed(told(importer, source)), connection)
    return Told(format=importer.NAME)


def _hand_out(pieces: Iterator[bytes], connection: socket.socket) -> Answer:
    """Send a file piece by piece, then how that went."""
    try:
        for piece in pieces:
            if piece:
                send_part(connection, piece)
    finally:
        send_part(connection, b"")
    return Unpacked()


def _pieces(file: int, part: Part) -> Iterator[bytes]:
    """The part's own bytes, of which none is looked at. Raises EOFError where they are missing."""
    at, end = part.at, part.at + part.size
    while at < end:
        piece = os.pread(file, min(_PIECE, end - at), at)
        if not piece:
            raise EOFError
        at += len(piece)
        yield piece


def _content(file: int) -> Content:
    """The whole file, wherever its offset stands; of a film none of it yet."""
    from verify.lab.sniffing import sniff

    content = ReadAt(file)
    if sniff(content) in FILMS:
        return content
    if len(content) > FILE_BYTES:
        raise _TooLargeError
    return content.whole(FILE_BYTES)


if __name__ == "__main__":
    main()
