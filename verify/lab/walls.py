"""The walls that the lab puts around itself before it sees a received byte.

Each wall stands alone and says whether it stands, for a kernel or a container may refuse
one: limits, no new privileges, namespaces without a network, Landlock without a rule; and,
around the process that reads one file, a list of the system calls that decoding needs: all
others fail. A program from elsewhere gets the same walls with what it takes to be loaded: it
may read the system's files and write none. On macOS only the limits stand.
Sources: landlock(7), seccomp(2), linux/landlock.h, linux/filter.h.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

MEMORY_BYTES = 3 << 29
CPU_SECONDS = 15
_DESCRIPTORS = 16

_AUDIT_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_LANDLOCK = (444, 445, 446)  # create_ruleset, add_rule, restrict_self: alike on both machines
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_PR_SET_NO_NEW_PRIVS, _PR_GET_NO_NEW_PRIVS = 38, 39
_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_THREAD = 0x10000000, 0x40000000, 0x00010000
_AT_EMPTY_PATH = 0x1000
_PROT_EXEC = 4
_ENOSYS = 38

# Name: number on x86_64, number on aarch64. None: that machine has no such call.
_ALLOWED: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "fcntl": (72, 25),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "brk": (12, 214),
    "madvise": (28, 233),
    "futex": (202, 98),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getcpu": (309, 168),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "getrandom": (318, 278),
    "membarrier": (324, 283),
    "getrusage": (98, 165),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "recvfrom": (45, 207),
    "recvmsg": (47, 212),
    "poll": (7, None),
    "ppoll": (271, 73),
}
# What a program needs beyond that to be loaded and to read its own files.
_ALLOWED_TO_LOAD: dict[str, tuple[int | None, int | None]] = {
    "execve": (59, 221),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
    "arch_prctl": (158, None),
    "set_tid_address": (218, 96),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "mmap": (9, 222),
    "mprotect": (10, 226),
}
# Allowed when these bits of that argument are set.
_ALLOWED_WITH: dict[str, tuple[int, int | None, int, int]] = {
    "clone": (56, 220, 0, _CLONE_THREAD),
    "newfstatat": (262, 79, 3, _AT_EMPTY_PATH),
    "statx": (332, 291, 2, _AT_EMPTY_PATH),
}
# Allowed when these bits of that argument are clear: no memory becomes code.
_ALLOWED_WITHOUT = {"mmap": (9, 222, 2, _PROT_EXEC), "mprotect": (10, 226, 2, _PROT_EXEC)}
# And for a program: no file is opened to be written, no other process gets other limits.
_LOADED_WITHOUT = {
    "openat": (257, 56, 2, os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC),
    "prlimit64": (302, 261, 0, 0xFFFFFFFF),
}


def raise_walls() -> dict[str, bool]:
    """Raise every wall but the last, for good; what is forked later stands behind them too.

    Call it in a process with one thread, after everything is imported: afterwards nothing
    can be opened. Returns which walls stand, by name.
    """
    walls = {"limits": _limit(written=0)}
    if sys.platform != "linux":
        return walls | dict.fromkeys(("privileges", "network", "files"), False)
    libc = ctypes.CDLL(None, use_errno=True)
    walls["privileges"] = _give_up_privileges(libc)
    walls["network"] = _leave_network(libc)
    walls["files"] = _close_files(libc)
    return walls


def wall_in_program(readable: Sequence[str], written: int) -> dict[str, bool]:
    """Raise every wall around the program that this process is going to become.

    readable: files and folders that it may read, and nothing else. written: bytes that it may
    write into what it was given open. Returns which walls stand, by name.
    """
    walls = {"limits": _limit(written)}
    allow_cpu()
    if sys.platform != "linux":
        return walls | dict.fromkeys(("privileges", "network", "files", "system calls"), False)
    libc = ctypes.CDLL(None, use_errno=True)
    walls["privileges"] = _give_up_privileges(libc)
    walls["network"] = _leave_network(libc)
    walls["files"] = _close_files(libc, readable)
    walls["system calls"] = filter_system_calls(loading=True)
    return walls


def filter_system_calls(*, loading: bool = False) -> bool:
    """Raise the last wall, on Linux, in the process that is going to read a received byte.

    It cannot fork afterwards, and dies with the process that forked it. loading: it is about
    to become another program.
    """
    machine = platform.machine()
    if machine not in _SECCOMP:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    program = _program(machine, loading=loading)
    code = ctypes.create_string_buffer(program, len(program))
    filter_ = struct.pack("=H6xQ", len(program) // 8, ctypes.addressof(code))
    set_mode_filter, every_thread = 1, 1
    return bool(libc.syscall(_SECCOMP[machine], set_mode_filter, every_thread, filter_) == 0)


def allow_cpu() -> None:
    """Give the next request its CPU time: the limit counts all that was used before."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (_at_most(seconds, hard), hard))


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


def _close_files(libc: ctypes.CDLL, readable: Sequence[str] = ()) -> bool:
    """Landlock: whatever it can handle is denied, but reading what is `readable`."""
    create, _, restrict = _LANDLOCK
    version = libc.syscall(create, None, ctypes.c_size_t(0), 1)
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


def _program(machine: str, *, loading: bool = False) -> bytes:
    """The filter in BPF's own instructions: 8 bytes each.

    A call that is not on the list fails with EPERM; one that is made for another
    instruction set, under which the numbers mean other calls, ends the process.
    """
    column = list(_AUDIT_ARCHITECTURES).index(machine)
    load, equal, any_bit, answer = 0x20, 0x15, 0x45, 0x06
    allow, refuse, kill = 0x7FFF0000, 0x00050001, 0x80000000

    def step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
        return struct.pack("=HBBI", code, then, otherwise, value)

    def when(number: int | None, *steps: bytes) -> bytes:
        if number is None:
            return b""
        return step(equal, number, 0, len(steps)) + b"".join(steps)

    def argument(index: int) -> bytes:
        return step(load, 16 + 8 * index)  # its lower half: both machines are little-endian

    yes, no = step(answer, allow), step(answer, refuse)
    program = [
        step(load, 4),
        step(equal, _AUDIT_ARCHITECTURES[machine], 1, 0),
        step(answer, kill),
        step(load, 0),
    ]
    # the first rule for a call is the one that counts
    allowed = _ALLOWED | (_ALLOWED_TO_LOAD if loading else {})
    without = _ALLOWED_WITHOUT | (_LOADED_WITHOUT if loading else {})
    program += [when(numbers[column], yes) for numbers in allowed.values()]
    for *numbers, index, bits in _ALLOWED_WITH.values():
        program.append(when(numbers[column], argument(index), step(any_bit, bits, 0, 1), yes, no))
    for *numbers, index, bits in without.values():
        program.append(when(numbers[column], argument(index), step(any_bit, bits, 1, 0), yes, no))
    aborting = (234, 131)[column]
    program.append(when(aborting, argument(0), step(equal, os.getpid(), 0, 1), yes, no))
    # glibc tries clone3 first, whose flags a filter cannot read, and falls back to clone.
    program += [when(435, step(answer, 0x00050000 | _ENOSYS)), no]
    return b"".join(program)
