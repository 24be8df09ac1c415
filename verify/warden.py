"""One child of the lab: started, asked, ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess

import msgspec

from verify.distrust import ImplausibleError, check_examination, check_pixels
from verify.lab.wire import (
    Answer,
    Examined,
    Fault,
    Pictured,
    Request,
    Standing,
    TooMuchError,
    receive,
    send,
)

ANSWER_BYTES = 1 << 20
_START_SECONDS = 60.0

# One thread a child and one heap: threads and heaps reserve memory that the limit counts.
_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_PASSED_ON = ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")

_decoder = msgspec.msgpack.Decoder(Answer)


class ChildError(Exception):
    """Why a child gave nothing usable, as a code. The child is then of no more use."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Child:
    """One process of the lab, and the socket to it. `walls`: which stand around it."""

    def __init__(self, command: tuple[str, ...]) -> None:
        """Start it and wait until its walls stand. Raises ChildError("not started")."""
        self.served = 0
        self._socket, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = _start(command, theirs)
            except OSError as error:
                self._socket.close()
                raise ChildError("not started") from error
        try:
            standing = self._receive(ANSWER_BYTES, _START_SECONDS)
        except ChildError as failure:
            self.end()
            raise ChildError("not started") from failure
        if not isinstance(standing, Standing):
            self.end()
            raise ChildError("not started")
        self.walls = standing.walls

    def ask(self, request: Request, descriptor: int, limit: int, seconds: float) -> Answer:
        """Hand over one file and wait for one plausible answer of at most `limit` bytes.

        Raises ChildError when the child dies, takes too long, runs out of memory or lies.
        """
        self.served += 1
        self._socket.settimeout(seconds)
        try:
            send(self._socket, request, descriptor)
        except OSError as error:  # a full socket is a child that does not read
            raise ChildError("slow" if isinstance(error, TimeoutError) else "crashed") from error
        answer = self._receive(limit, seconds)
        try:
            if isinstance(answer, Examined):
                check_examination(answer.examination)
            if isinstance(answer, Pictured):
                check_pixels(answer.pixels, request.longest_side)
        except ImplausibleError as error:
            raise ChildError("unusable") from error
        if isinstance(answer, Fault) and answer.code == "memory":
            raise ChildError("memory")
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

    def _receive(self, limit: int, seconds: float) -> Answer:
        try:
            return _decoder.decode(receive(self._socket, limit, seconds))
        except TimeoutError as error:
            raise ChildError("slow") from error
        except (EOFError, OSError) as error:
            raise ChildError(self._cause_of_death()) from error
        except (TooMuchError, msgspec.MsgspecError, RecursionError) as error:
            raise ChildError("unusable") from error

    def _cause_of_death(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._process.wait(timeout=1) == -signal.SIGXCPU:
                return "slow"
        return "crashed"


def _start(command: tuple[str, ...], socket_: socket.socket) -> subprocess.Popen[bytes]:
    """The child gets the socket as its input, and nothing of the desk's environment.

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
