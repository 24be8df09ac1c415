"""A file opened to read, and nothing that one would wait for or read without an end."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def descriptor_of(path: Path) -> int:
    """Open a file for reading, links followed. Raises OSError, also for a pipe, a device or a
    socket, without waiting for it."""
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("not a regular file")
    return descriptor
