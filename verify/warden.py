"""One process of the lab: started, asked, ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from typing import BinaryIO

import msgspec

from verify.distrust import (
    ImplausibleError,
    check_bag,
    check_examination,
    check_footage,
    check_frames,
    check_listed,
    check_pixels,
    check_played,
    check_sound,
)
from verify.lab.wire import (
    POSTS_BYTES,
    Answer,
    Bag,
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
    TooMuchError,
    Watched,
    receive,
    send,
)
from verify.niceness import make_nice

ANSWER_BYTES = 5 << 20  # twenty views with some 230 KB of features each
FOOTAGE_BYTES = 100 << 20  # 240 such views, and 7,200 samples
_START_SECONDS = 60.0
_END_SECONDS = 10.0
_PART_BYTES = 1 << 20
_BYTES_A_SECOND = 10 << 20  # of a slow disk

# One thread a child and one heap: threads and heaps reserve memory that the limit counts. In large
# pages, and not handed back before the end: of small ones a picture touches 19,000, and each costs
# more than what is computed in it.
_ENVIRONMENT = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1073741824"
    ":glibc.malloc.trim_threshold=1073741824",
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_PASSED_ON = ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")

_decoder = msgspec.msgpack.Decoder(Answer)


class ChildError(Exception):
    """A child is of no more use: `not started`, `slow` or `gone`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Child:
    """A process of the lab, and the socket to it. `walls`: which stand around its work."""

    def __init__(self, command: tuple[str, ...], niceness: int = 0) -> None:
        """Start it and wait until its walls stand. Raises ChildError."""
        self._socket, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = _start(command, theirs)
            except OSError as error:
                self._socket.close()
                raise ChildError("not started") from error
        make_nice(self._process.pid, niceness)
        standing = self._hear(_START_SECONDS)
        if not isinstance(standing, Standing):
            self.end()
            raise ChildError("not started")
        self.walls = standing.walls

    def ask(
        self,
        request: Request,
        descriptor: int,
        limit: int,
        seconds: float,
        into: BinaryIO | None = None,
    ) -> Answer:
        """Hand over one file and wait for one plausible answer of at most `limit` bytes.

        into: takes what a file of an archive unpacks to, a part of a file, or the posts of an
        export, which come before the answer; raises OSError when it does not. What dies over the
        file, lies, or says too much is a Fault. Raises ChildError when the child itself is of no
        more use.
        """
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._tell(request, [descriptor, theirs.fileno()], seconds)
            broken = _unpacked(ours, request, seconds, into) if into else None
            answer = broken or _answer(ours, request, limit, seconds)
        # By now nobody listens to what served the file; what still speaks ends.
        ended = self._hear(_END_SECONDS)
        if not isinstance(ended, Ended):
            raise ChildError("gone")
        if isinstance(answer, Fault) and ended.signal == signal.SIGXCPU:
            return Fault(code="slow")
        return answer

    def alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill it with whatever it started, and wait for it."""
        self._socket.close()
        if self.alive():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _tell(self, request: Request, descriptors: list[int], seconds: float) -> None:
        self._socket.settimeout(seconds)
        try:
            send(self._socket, request, descriptors)
        except OSError as error:  # a full socket is a child that does not read
            raise ChildError("slow" if isinstance(error, TimeoutError) else "gone") from error

    def _hear(self, seconds: float) -> Answer | None:
        """What the child itself says; None if that is nothing, or nothing sensible."""
        try:
            answer: Answer = _decoder.decode(receive(self._socket, ANSWER_BYTES, seconds))
            return answer
        except (EOFError, OSError, TooMuchError, msgspec.MsgspecError, UnicodeDecodeError):
            return None


def _unpacked(
    connection: socket.socket, request: Request, seconds: float, into: BinaryIO
) -> Fault | None:
    """Take the pieces of what comes, no more than is to be expected; None when they are all there.

    Raises ChildError when that takes too long, OSError when the disk refuses.
    """
    wanted = request.member or request.part
    left = wanted.size if wanted else POSTS_BYTES
    deadline = time.monotonic() + seconds + left / _BYTES_A_SECOND
    into.seek(0)
    into.truncate()  # another child may have begun it
    while True:
        try:
            part = receive(connection, _PART_BYTES, max(0.001, deadline - time.monotonic()))
        except TimeoutError as error:
            raise ChildError("slow") from error
        except (EOFError, OSError):
            return Fault(code="crashed")
        except TooMuchError:
            return Fault(code="unusable")
        left -= len(part)
        if left < 0:
            return Fault(code="unusable")
        if not part:
            return None
        into.write(part)


def _answer(connection: socket.socket, request: Request, limit: int, seconds: float) -> Answer:
    """What the process that serves a file answers. Raises ChildError when that takes too long."""
    try:
        answer: Answer = _decoder.decode(receive(connection, limit, seconds))
        if isinstance(answer, Examined):
            check_examination(answer.examination)
        if isinstance(answer, Pictured):
            check_pixels(answer.pixels, request.longest_side)
        if isinstance(answer, Filmed):
            check_frames(answer.frames, request)
        if isinstance(answer, Watched):
            check_footage(answer.footage)
        if isinstance(answer, Listened):
            check_sound(answer.sound)
        if isinstance(answer, Played):
            check_played(answer.samples, request)
        if isinstance(answer, Listed):
            check_listed(answer)
        if isinstance(answer, Bag):
            check_bag(answer)
    except TimeoutError as error:
        raise ChildError("slow") from error
    except (EOFError, OSError):
        return Fault(code="crashed")
    except (
        TooMuchError,
        msgspec.MsgspecError,
        UnicodeDecodeError,
        RecursionError,
        ImplausibleError,
    ):
        return Fault(code="unusable")
    return answer


def _start(command: tuple[str, ...], socket_: socket.socket) -> subprocess.Popen[bytes]:
    """Start a child. It gets the socket as its input, and nothing of the desk's environment.

    A session of its own keeps Ctrl-C from it. Its errors are seen until its walls stand.
    """
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(  # noqa: S603  the command is ours
        command,
        stdin=socket_.fileno(),
        stdout=subprocess.DEVNULL,
        cwd="/",
        env=_ENVIRONMENT | passed_on,
        start_new_session=True,
    )
