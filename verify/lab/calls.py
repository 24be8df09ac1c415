"""The list of system calls that decoding needs, as a filter that the kernel keeps: all others fail.

Where a call could ask about another process, or about a name of the file system, its arguments
are looked at, too. A path cannot be looked at, so what takes one is refused.
Sources: seccomp(2), fcntl(2), clock_getres(2), linux/filter.h.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import platform
import signal
import struct

_AUDIT_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_PR_SET_PDEATHSIG = 1
_CLONE_THREAD = 0x00010000
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
    "munmap": (11, 215),
    "mremap": (25, 216),
    "brk": (12, 214),
    "madvise": (28, 233),
    "futex": (202, 98),
    "sched_yield": (24, 124),
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
# The clock of another process has a negative number: it would tell that there is one.
_ANOTHERS = 0x80000000
# A file's owner may have a signal sent to any process of the user, so no command sets one.
_COMMANDS = (fcntl.F_DUPFD, fcntl.F_DUPFD_CLOEXEC, fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL)

# Number on x86_64, number on aarch64, argument; allowed when these bits of it are set.
_ALLOWED_WITH: dict[str, tuple[int | None, int | None, int, int]] = {
    "clone": (56, 220, 0, _CLONE_THREAD),
}
# Allowed when these bits of it are clear: no memory becomes code.
_ALLOWED_WITHOUT: dict[str, tuple[int | None, int | None, int, int]] = {
    "mmap": (9, 222, 2, _PROT_EXEC),
    "mprotect": (10, 226, 2, _PROT_EXEC),
    "clock_gettime": (228, 113, 0, _ANOTHERS),
    "clock_getres": (229, 114, 0, _ANOTHERS),
    "clock_nanosleep": (230, 115, 0, _ANOTHERS),
}
# And for a program: no file is opened to be written, no other process gets other limits.
_LOADED_WITHOUT: dict[str, tuple[int | None, int | None, int, int]] = {
    "openat": (257, 56, 2, os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC),
    "prlimit64": (302, 261, 0, 0xFFFFFFFF),
}


def filter_system_calls(*, loading: bool = False) -> bool:
    """Raise the last wall, on Linux, in the process that is going to read a received byte.

    It cannot fork afterwards, and dies with the process that forked it. loading: it is about
    to become another program, which may have no second thread either.
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

    def among(index: int, *values: int) -> list[bytes]:
        chosen = [part for value in values for part in (step(equal, value, 0, 1), yes)]
        return [argument(index), *chosen, no]

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
    for call in () if loading else _ALLOWED_WITH.values():
        program.append(when(call[column], argument(call[2]), step(any_bit, call[3], 0, 1), yes, no))
    for call in without.values():
        program.append(when(call[column], argument(call[2]), step(any_bit, call[3], 1, 0), yes, no))
    own = os.getpid()
    program.append(when((72, 25)[column], *among(1, *_COMMANDS)))  # fcntl
    program.append(when((204, 123)[column], *among(0, 0, own)))  # sched_getaffinity
    program.append(when((234, 131)[column], *among(0, own)))  # tgkill, by which one aborts
    # glibc tries clone3 first, whose flags a filter cannot read, and falls back to clone.
    program += [when(435, step(answer, 0x00050000 | _ENOSYS)), no]
    return b"".join(program)
