"""The walls that the lab puts around itself before it sees a received byte.

Each wall stands alone and says whether it stands, for a kernel or a container may refuse
one: limits, no new privileges, a namespace without a network, a count of threads, Landlock
without a rule; and, around the process that reads one file, the system calls of `calls`. A
program from elsewhere gets the same walls with what it takes to be loaded: it may read the
system's files and write none. On macOS only the limits stand.
Sources: landlock(7), user_namespaces(7), getrlimit(2), linux/landlock.h.
"""

from __future__ import annotations

import ctypes
import os
import random
import re
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

from verify.lab.calls import filter_system_calls

MEMORY_BYTES = 3 << 29
CPU_SECONDS = 15
WATCHING_CPU_SECONDS = 420
"""Of a film from its beginning to its end; what decodes it stops by itself long before."""
LISTENING_CPU_SECONDS = 120
"""Of a sound, as that."""
_DESCRIPTORS = 16
_TASKS = 16  # processes and threads: decoders need two or three

_LANDLOCK = (444, 445, 446)  # create_ruleset, add_rule, restrict_self: alike on both machines
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS, _PR_GET_NO_NEW_PRIVS = 38, 39
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def raise_walls() -> dict[str, bool]:
    """Raise every wall but the last, for good; what is forked later stands behind them too.

    Call it in a process with one thread, after everything is imported: afterwards nothing
    can be opened. Returns which walls stand, by name.
    """
    walls = {"limits": _limit(written=0)}
    if sys.platform != "linux":
        return walls | dict.fromkeys(("privileges", "network", "threads", "files"), False)
    libc = ctypes.CDLL(None, use_errno=True)
    walls["privileges"] = _give_up_privileges(libc)
    walls["network"], walls["threads"] = _stand_alone(libc)
    walls["files"] = _close_files(libc)
    return walls


def wall_in_program(readable: Sequence[str], written: int) -> dict[str, bool]:
    """Raise every wall around the program that this process is going to become.

    readable: files and folders that it may read, and nothing else. written: bytes that it may
    write into what it was given open. Returns which walls stand, by name.
    """
    walls = {"limits": _limit(written)}
    allow_cpu(last=True)
    if sys.platform != "linux":
        missing = ("privileges", "network", "threads", "files", "system calls")
        return walls | dict.fromkeys(missing, False)
    libc = ctypes.CDLL(None, use_errno=True)
    walls["privileges"] = _give_up_privileges(libc)
    walls["network"] = _leave_network(libc)
    walls["files"] = _close_files(libc, readable)
    walls["system calls"] = walls["threads"] = filter_system_calls(loading=True)
    return walls


def allow_cpu(seconds: int | None = None, *, last: bool = False) -> None:
    """Give the next request its CPU time: the limit counts all that was used before.

    seconds: `CPU_SECONDS` unless others are given.
    The signal that ends it has its effect back, which a script's background may have ignored.
    last: this process has no other request, so that a second later nothing holds its end up.
    """
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    more = CPU_SECONDS if seconds is None else seconds
    soft = _at_most(int(used.ru_utime + used.ru_stime) + 1 + more, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, _at_most(soft + 1, hard) if last else hard))


def _limit(written: int) -> bool:
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: written,
        resource.RLIMIT_NOFILE: _DESCRIPTORS,
        resource.RLIMIT_AS: MEMORY_BYTES,
    }
    stand = True
    for limit, value in limits.items():
        lowest = _at_most(value, resource.getrlimit(limit)[1])
        try:
            resource.setrlimit(limit, (lowest, lowest))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            stand = False
    return stand


def _at_most(value: int, hard: int) -> int:
    return value if hard == resource.RLIM_INFINITY else min(value, hard)


def _give_up_privileges(libc: ctypes.CDLL) -> bool:
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)


def _leave_network(libc: ctypes.CDLL) -> bool:
    """Enter an empty network. Without a user namespace only root may."""
    return any(libc.unshare(how) == 0 for how in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET))


def _stand_alone(libc: ctypes.CDLL) -> tuple[bool, bool]:
    """Leave the network and the user's other processes. Returns whether the network is left and
    whether threads are counted.

    The kernel counts by user, and never root's: so root becomes somebody whom this computer does
    not know, who may signal nobody. Anybody else is counted apart in a user namespace, by kernels
    from 5.14 on; without one, all that the user runs would count.
    """
    root = os.geteuid() == 0
    network = root and libc.unshare(_CLONE_NEWNET) == 0
    counted = root and _become_nobody()
    if not counted:
        user = libc.unshare(_CLONE_NEWUSER) == 0
        counted = user and not root and _kernel() >= (5, 14)
    network = network or _leave_network(libc)
    if counted:
        resource.setrlimit(resource.RLIMIT_NPROC, (_TASKS, _TASKS))
    return network, counted


def _become_nobody() -> bool:
    """Be somebody without a name and without groups; a container may know only low numbers."""
    for first, last in ((0x70000000, 0x7FFF0000), (61_184, 65_519)):
        number = random.randrange(first, last)  # noqa: S311  no secret: only another one than others
        try:
            os.setgroups([])
            os.setresgid(number, number, number)
            os.setresuid(number, number, number)
        except OSError:
            continue
        return True
    return False


def _kernel() -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", os.uname().release)[:2])


def landlock_version() -> int:
    """Which version of Landlock this kernel has; 0: none."""
    if sys.platform != "linux":
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_LANDLOCK[0], None, ctypes.c_size_t(0), 1)))


def _close_files(libc: ctypes.CDLL, readable: Sequence[str] = ()) -> bool:
    """Landlock: whatever it can handle is denied, but reading what is `readable`."""
    create, _, restrict = _LANDLOCK
    version = landlock_version()
    if version < 1:
        return False
    file_rights = (1 << (13 + (version >= 2) + (version >= 3) + (version >= 5))) - 1
    rights = struct.pack("=QQQ", file_rights, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = libc.syscall(create, rights, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    for path in readable:
        _let_read(libc, ruleset, path)
    stands = libc.syscall(restrict, ruleset, 0) == 0
    os.close(ruleset)
    return bool(stands)


def _let_read(libc: ctypes.CDLL, ruleset: int, path: str) -> None:
    """One rule of Landlock: this file, or all in this folder, may be read and run."""
    execute, read_file, read_folder, path_beneath = 1, 4, 8, 1
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # not on this system
        return
    rights = execute | read_file | (read_folder if Path(path).is_dir() else 0)
    rule = struct.pack("=Qi", rights, descriptor)
    libc.syscall(_LANDLOCK[1], ruleset, path_beneath, rule, 0)
    os.close(descriptor)
