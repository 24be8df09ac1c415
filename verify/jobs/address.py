"""Where the running desk listens, and who is at the other end of a connection."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verify.errors import Unavailable
from verify.records import say

NAME = "desk.socket"
_LONGEST = 100  # bytes of a socket's path; Linux takes 107, macOS 103
_CONNECT_SECONDS = 10.0
_UCRED = struct.Struct("3i")  # process, user, group


@contextmanager
def reached(home: Path) -> Iterator[str]:
    """A path to the socket that is short enough for the system, for as long as that is needed.

    Raises Unavailable where there is none, OSError when the disk refuses.
    """
    path = home / NAME
    if len(os.fsencode(path)) <= _LONGEST:
        yield str(path)
        return
    with tempfile.TemporaryDirectory(prefix="vd-") as folder:  # readable by its owner alone
        link = Path(folder, "h")
        link.symlink_to(home)
        short = link / NAME
        if len(os.fsencode(short)) > _LONGEST:
            raise Unavailable(
                say("The path of the desk's home is too long for a socket, that of TMPDIR too.")
            )
        yield str(short)


def listening(home: Path) -> socket.socket:
    """A socket in the home, which this process holds, for the same user alone. Raises as above."""
    (home / NAME).unlink(missing_ok=True)  # a killed desk's
    listener = socket.socket(socket.AF_UNIX)
    try:
        with reached(home) as path:
            listener.bind(path)
            Path(path).chmod(0o600)  # nobody can connect before it listens
        listener.listen(16)
    except BaseException:
        listener.close()
        raise
    return listener


def connected(home: Path) -> socket.socket | None:
    """A connection to the desk that runs as the same user; None when nobody listens there."""
    if not hasattr(socket, "AF_UNIX"):  # Windows
        return None
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(_CONNECT_SECONDS)
        with reached(home) as path:
            connection.connect(path)
        if same_user(connection):
            return connection
    except (OSError, Unavailable):
        pass
    connection.close()
    return None


def same_user(connection: socket.socket) -> bool:
    """Whether the same user is at the other end, as far as the system tells.

    Where it does not, the modes of home and socket let nobody else in.
    """
    with contextlib.suppress(OSError):
        if sys.platform == "linux":
            raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size)
            return int(_UCRED.unpack(raw)[1]) == os.geteuid()
        if sys.platform == "darwin":
            # struct xucred: version, user, count of groups, groups. Source: sys/ucred.h
            raw = connection.getsockopt(0, 1, 76)  # SOL_LOCAL, LOCAL_PEERCRED
            return struct.unpack_from("2I", raw)[1] == os.geteuid()
        return True
    return False
