"""The lab's process: `python -I -m verify.lab.child`, with the desk's socket as input.

It imports everything, raises its walls, says which stand, and serves one file after
another until the socket closes. It opens nothing: every file comes as a descriptor.
"""

from __future__ import annotations

import array  # noqa: F401  socket.recv_fds imports it when first called: too late by then
import codecs
import contextlib
import encodings
import os
import pkgutil
import socket

from verify.lab.walls import allow_cpu, raise_walls
from verify.lab.wire import (
    FILE_BYTES,
    Answer,
    Examined,
    Fault,
    Pictured,
    Request,
    Standing,
    receive_request,
    send,
)


def main() -> None:
    """Serve until the desk is gone. Standard input is the socket."""
    from verify.lab import examine

    desk = socket.socket(fileno=0)
    examine.warm()
    _load_codecs()
    _fall_silent()
    send(desk, Standing(walls=raise_walls()))
    while True:
        try:
            request, descriptor = receive_request(desk)
        except (EOFError, OSError):
            return
        allow_cpu()
        send(desk, _answer(request, descriptor))


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


def _answer(request: Request, descriptor: int | None) -> Answer:
    from verify.lab import examine

    try:
        data = _read(descriptor)
        if request.operation == "pixels":
            return Pictured(pixels=examine.pixels(data, request.longest_side))
        return Examined(
            examination=examine.examine(
                data,
                filename=request.filename,
                declared_type=request.declared_type,
                sent_as=request.sent_as,
                trust_list=request.trust_list,
            )
        )
    except MemoryError:
        return Fault(code="memory")
    except Exception:  # whatever a decoder raises; its text may be hostile and stays here
        return Fault(code="crashed")


def _read(descriptor: int | None) -> bytes:
    """The whole file, wherever its offset stands; the descriptor is closed."""
    if descriptor is None:
        raise ValueError("no file came with the request")
    try:
        size = min(os.fstat(descriptor).st_size, FILE_BYTES)
        parts: list[bytes] = []
        position = 0
        while position < size and (part := os.pread(descriptor, size - position, position)):
            parts.append(part)
            position += len(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    main()
