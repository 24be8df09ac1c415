"""How a process that was started lets others go first."""

from __future__ import annotations

import contextlib
import os


def make_nice(pid: int, niceness: int) -> None:
    """Let others have the processor before this process and what it starts from now on.

    0 leaves it as it is, and so does a system that knows no such thing.
    """
    if niceness and hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):  # it may have ended
            os.setpriority(os.PRIO_PROCESS, pid, niceness)
