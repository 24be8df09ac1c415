"""The systemd unit: systemd finds it sound, and the lab's walls stand behind its filters."""

from __future__ import annotations

import configparser
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import VERIFY_DESK, settings

UNIT = Path(__file__).parent.parent / "contrib" / "systemd" / "verify-desk.service"
ANALYZE = shutil.which("systemd-analyze")
MOST_EXPOSED = 20  # of 100; systemd calls anything up to 2.0 "OK"

pytestmark = [
    pytest.mark.skipif(not ANALYZE, reason="there is no systemd-analyze here"),
    pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's"),
]

# What the service manager does before it starts the program: the same filters, by the same library.
_CONFINE = """
import ctypes, errno, json, os, sys
lib = ctypes.CDLL("libseccomp.so.2")
lib.seccomp_init.restype = ctypes.c_void_p
class Compare(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int),
                ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]
ALLOW, MASKED, NOT = 0x7FFF0000, 7, 1
def refuse(number): return 0x00050000 | number
def build(default):
    return ctypes.c_void_p(lib.seccomp_init(default))
def rule(filter_, action, name, *compares):
    number = lib.seccomp_syscall_resolve_name(name.encode())
    if number >= 0:
        array = (Compare * len(compares))(*compares)
        assert lib.seccomp_rule_add_array(filter_, action, number, len(compares), array) == 0, name
names, command = json.loads(sys.argv[1]), sys.argv[2:]
arguments = build(ALLOW)
for family in range(64):  # RestrictAddressFamilies
    if family not in (1, 2, 10):
        rule(arguments, refuse(errno.EAFNOSUPPORT), "socket", Compare(0, 4, family, 0))
for flag in (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x20000000):  # RestrictNamespaces
    rule(arguments, refuse(errno.EPERM), "unshare", Compare(0, MASKED, flag, flag))
    rule(arguments, refuse(errno.EPERM), "clone", Compare(0, MASKED, flag, flag))
rule(arguments, refuse(errno.EPERM), "setns")
rule(arguments, refuse(errno.ENOSYS), "clone3")
for name in ("mprotect", "pkey_mprotect"):  # MemoryDenyWriteExecute
    rule(arguments, refuse(errno.EPERM), name, Compare(2, MASKED, 4, 4))
rule(arguments, refuse(errno.EPERM), "mmap", Compare(2, MASKED, 6, 6))
calls = build(refuse(errno.EPERM))  # SystemCallFilter
for name in names:
    rule(calls, ALLOW, name)
for capability in range(64):  # CapabilityBoundingSet; who is not root has none to lose
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
for one in (arguments, calls):
    assert lib.seccomp_load(one) == 0
os.execv(command[0], command)
"""


def unit() -> configparser.SectionProxy:
    reader = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read_string(UNIT.read_text())
    return reader["Service"]


@cache
def members(group: str) -> frozenset[str]:
    """The system calls of a group, groups within it resolved."""
    assert ANALYZE
    done = subprocess.run([ANALYZE, "syscall-filter", group], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()[1:]]
    named = [line for line in lines if line and not line.startswith("#")]
    groups = [members(one) for one in named if one.startswith("@")]
    return frozenset(one for one in named if not one.startswith("@")).union(*groups)


def allowed() -> list[str]:
    """What the unit's SystemCallFilter lines let through."""
    found: set[str] = set()
    for line in UNIT.read_text().splitlines():
        if line.startswith("SystemCallFilter="):
            words = line.partition("=")[2].removeprefix("~").split()
            calls = frozenset[str]().union(
                *(members(one) if one.startswith("@") else frozenset({one}) for one in words)
            )
            found = found - calls if "=~" in line else found | calls
    return sorted(found)


def confined(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _CONFINE, json.dumps(allowed()), str(VERIFY_DESK), *arguments]
    return subprocess.run(
        command, env=settings(home), capture_output=True, text=True, timeout=240, check=False
    )


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The unit with the program of this environment, for the one in it is not installed here."""
    file = tmp_path / UNIT.name
    program = unit()["ExecStart"].split()[0]
    file.write_text(UNIT.read_text().replace(program, str(VERIFY_DESK)))
    return file


def test_systemd_finds_nothing_wrong_with_the_unit(installed: Path) -> None:
    assert ANALYZE
    done = subprocess.run([ANALYZE, "verify", installed], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_calls_the_exposure_low(installed: Path) -> None:
    assert ANALYZE
    review = [ANALYZE, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", installed]
    done = subprocess.run(review, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_walls_stand_and_pictures_are_read_behind_the_filters(home: Path, china: Path) -> None:
    kept = confined(home, "import", "--json", str(china))
    line = json.loads(kept.stdout)
    assert (line["status"], line["failed"]) == ("new", 0), kept.stderr
    walls = json.loads(confined(home, "doctor", "--json").stdout)["walls"]
    assert len(walls) == 6
    # the unit's user is counted; root, who may run these tests, is not, and cannot change it here
    assert {name for name, stands in walls.items() if not stands} <= {"threads"}


def test_the_filters_of_this_test_do_refuse(home: Path) -> None:
    """What the unit forbids fails here, so that the test above shows something."""
    tries = """
import ctypes, os, socket
for attempt in (lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW), lambda: os.chroot("/")):
    try:
        attempt()
        print("done")
    except OSError as error:
        print(error.errno)
print(ctypes.CDLL(None).unshare(0x00020000))
"""
    command = [sys.executable, "-c", _CONFINE, json.dumps(allowed()), sys.executable, "-c", tries]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.stdout.split() == ["97", "1", "-1"], done.stderr
