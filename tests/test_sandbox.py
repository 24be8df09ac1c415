"""What a desk must survive: files that harm their decoder, and children that die or lie."""

from __future__ import annotations

import ast
import contextlib
import io
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

import verify.lab
from tests.lab.specimens import exif
from tests.photographs import photograph
from verify import distrust
from verify.errors import Unavailable
from verify.lab import calls
from verify.lab import examine as lab
from verify.records import Examination, Outcome, SentAs
from verify.sandbox import Sandbox

linux = pytest.mark.skipif(sys.platform != "linux", reason="macOS has only the limits")


def jpeg(picture: int = 0, quality: int = 90) -> bytes:
    file = io.BytesIO()
    photograph(("china", "flower")[picture]).save(file, "JPEG", quality=quality)
    return file.getvalue()


def processes(of: int | None = None) -> set[int]:
    """The lab's processes that this one, or the one given, has started."""
    command = ["ps", "-A", "-o", "pid=,ppid=,args="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = (line.split(None, 2) for line in listed.stdout.splitlines() if "lab.child" in line)
    return {int(pid) for pid, parent, _ in lines if int(parent) == (of or os.getpid())}


@contextlib.contextmanager
def one_child(seconds: float = 20.0) -> Iterator[tuple[Sandbox, int]]:
    """A sandbox with one child that has served nothing yet, and its process."""
    before = processes()
    sandbox = Sandbox(1, seconds=seconds)
    sandbox.walls()
    (child,) = processes() - before
    yield sandbox, child
    sandbox.close()
    assert child not in processes()


def only_failure(examination: Examination) -> str:
    (finding,) = examination.findings
    assert finding.outcome is Outcome.FAILED
    assert finding.caution is not None
    return finding.summary.template


# --- honest files ---


def test_a_child_says_what_the_lab_says(sandbox: Sandbox) -> None:
    data = jpeg()
    examined = sandbox.examine(data, filename="china.jpg", sent_as=SentAs.PHOTO)
    assert examined == lab.examine(data, filename="china.jpg", sent_as=SentAs.PHOTO)
    assert (examined.width, examined.height) == (640, 427)


def test_a_path_and_its_bytes_are_the_same_file(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "flower.jpg"
    path.write_bytes(jpeg(1))
    assert sandbox.examine(path, filename="a") == sandbox.examine(jpeg(1), filename="a")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "GIF"])
def test_every_format_is_read_behind_the_walls(sandbox: Sandbox, kind: str) -> None:
    file = io.BytesIO()
    Image.open(io.BytesIO(jpeg())).save(file, kind)
    pixels = sandbox.pixels(file.getvalue(), 320)
    assert pixels is not None
    assert (pixels.width, pixels.height, len(pixels.rgb)) == (320, 214, 3 * 320 * 214)


def test_metadata_in_any_encoding_is_read_behind_the_walls(sandbox: Sandbox) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Caméra".encode("cp1252").decode("latin-1")
    file = io.BytesIO()
    Image.open(io.BytesIO(jpeg())).save(file, "JPEG", exif=exif)
    assert sandbox.examine(file.getvalue()) == lab.examine(file.getvalue())


def test_a_name_that_is_no_text_is_no_obstacle(sandbox: Sandbox) -> None:
    assert sandbox.examine(jpeg(), filename="\udcff" * 100_000).width == 640


# --- hostile files ---


def test_a_picture_is_as_long_as_was_asked_for(sandbox: Sandbox) -> None:
    file = io.BytesIO()
    Image.new("RGB", (2500, 100)).save(file, "PNG")
    pixels = sandbox.pixels(file.getvalue(), 1280)
    assert pixels is not None
    assert (pixels.width, pixels.height) == (1280, 51)


def test_a_side_beyond_belief_costs_the_pixels_and_nothing_else(sandbox: Sandbox) -> None:
    """Found by fuzzing: the whole answer was taken for a lie, what the file says with it."""
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Maker"
    Image.new("RGB", (96, 72)).save(file, "TIFF", exif=exif)
    width = struct.pack("<HHII", 256, 4, 1, 96)
    assert width in file.getvalue()
    claimed = struct.pack("<HHII", 256, 4, 1, 13_303_904)
    examined = sandbox.examine(file.getvalue().replace(width, claimed))
    (failed,) = [one for one in examined.findings if one.outcome is Outcome.FAILED]
    assert "more pixels than can be decoded" in failed.summary.template
    assert (examined.width, examined.metadata.make) == (None, "Maker")


def test_what_is_no_picture_has_no_pixels(sandbox: Sandbox) -> None:
    assert sandbox.pixels(b"not a picture", 100) is None
    assert sandbox.pixels(jpeg()[:4000], 100) is None


def test_what_is_no_file_is_not_waited_for(sandbox: Sandbox, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, tmp_path / "missing"):
        assert only_failure(sandbox.examine(path)) == "This file could not be opened."


def test_a_file_beyond_the_limit_is_not_handed_over(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate((256 << 20) + 1)
    assert "larger than" in only_failure(sandbox.examine(path))


# --- walls ---


@linux
def test_every_wall_is_told_of(sandbox: Sandbox) -> None:
    standing = sandbox.walls()
    assert set(standing) == {
        "limits",
        "privileges",
        "network",
        "threads",
        "files",
        "system calls",
    }
    assert standing["limits"] and standing["privileges"] and standing["system calls"]


_TRIES = """
import os, socket, sys, threading
import ctypes, fcntl, mmap, signal, time
from verify.lab.calls import filter_system_calls
from verify.lab.walls import raise_walls
from verify.lab import examine, films
film = films.sample()
examine.watched(film)
parent, x86 = os.getppid(), os.uname().machine == "x86_64"
raise_walls()
filter_system_calls()
libc = ctypes.CDLL(None, use_errno=True)
def raw(*arguments):
    if libc.syscall(*(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments)) < 0:
        raise OSError(ctypes.get_errno(), "")
found, here, empty, buffer = b"/etc/passwd", -100, 0x1000, bytes(512)
look, look_more = (262, 332) if x86 else (79, 291)
def attempt(name, do):
    try:
        do()
    except (OSError, MemoryError, RuntimeError, ValueError) as error:
        print(name, type(error).__name__)
    else:
        print(name, "DONE")
attempt("read", lambda: open("/etc/passwd"))
attempt("write", lambda: open(sys.argv[1], "w"))
attempt("list", lambda: os.listdir("/"))
attempt("look", lambda: os.stat("/etc/passwd"))
attempt("look-in-disguise", lambda: raw(look, here, found, buffer, empty))
attempt("look-for-more", lambda: raw(look_more, here, found, empty, 0xFFF, buffer))
attempt("link", lambda: os.readlink("/proc/self"))
attempt("access", lambda: raw(21, found, 0))
attempt("owner", lambda: fcntl.fcntl(0, fcntl.F_SETOWN, parent))
attempt("owner-by-name", lambda: fcntl.fcntl(0, 15, bytes(8)))
attempt("which-signal", lambda: fcntl.fcntl(0, fcntl.F_SETSIG, signal.SIGKILL))
attempt("tell", lambda: fcntl.fcntl(0, fcntl.F_SETFL, os.O_ASYNC))
attempt("tell-of-folders", lambda: fcntl.fcntl(0, fcntl.F_NOTIFY, 1))
attempt("lock", lambda: fcntl.lockf(0, fcntl.LOCK_SH | fcntl.LOCK_NB))
attempt("clock-of-another", lambda: time.clock_gettime(~parent << 3 | 2))
attempt("processors-of-another", lambda: os.sched_getaffinity(parent))
attempt("delete", lambda: os.unlink(__file__))
attempt("internet", lambda: socket.socket())
attempt("local", lambda: socket.socketpair())
attempt("fork", os.fork)
attempt("run", lambda: os.execv("/bin/true", ["true"]))
attempt("signal", lambda: os.kill(os.getppid(), 0))
attempt("code", lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC))
attempt("memory", lambda: bytearray(4 << 30))
attempt("limit", lambda: __import__("resource").prlimit(os.getppid(), 0))
thread = threading.Thread(target=lambda: attempt("thread", lambda: open("/etc/passwd")))
thread.start()
thread.join()
attempt("watch", lambda: examine.watched(film))
attempt("compute", lambda: sum(bytearray(1 << 20)))
"""


@linux
def test_from_behind_the_walls_nothing_can_be_reached(tmp_path: Path) -> None:
    script = tmp_path / "tries.py"
    script.write_text(_TRIES)
    done = subprocess.run(
        [sys.executable, "-I", script, tmp_path / "written"], capture_output=True, text=True
    )
    tries = dict(line.split() for line in done.stdout.splitlines())
    assert tries.pop("memory") == "MemoryError"
    assert tries.pop("compute") == tries.pop("watch") == "DONE"
    assert len(tries) == 25
    assert set(tries.values()) == {"PermissionError"}
    assert script.exists()
    assert not (tmp_path / "written").exists()


def verdict(machine: str, number: int, *arguments: int, architecture: int | None = None) -> str:
    """What the filter decides about a system call, by following its instructions."""
    steps = list(struct.iter_unpack("=HBBI", calls._program(machine)))
    known = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[machine]
    six = (*arguments, *[0] * 6)[:6]
    data = struct.pack("=IIQ6Q", number, architecture or known, 0, *six)
    position = value = 0
    while True:
        code, then, otherwise, operand = steps[position]
        position += 1
        if code == 0x20:
            (value,) = struct.unpack_from("=I", data, operand)
        elif code == 0x06:
            return {0x7FFF0000: "allow", 0x80000000: "kill"}.get(operand, f"error {operand & 255}")
        else:
            holds = value == operand if code == 0x15 else bool(value & operand)
            position += then if holds else otherwise


@pytest.mark.parametrize(
    ("machine", "read", "clone", "mmap", "never"),
    [  # never: openat, socket, execve, kill, ptrace
        ("x86_64", 0, 56, 9, (257, 41, 59, 62, 101)),
        ("aarch64", 63, 220, 222, (56, 198, 221, 129, 117)),
    ],
)
def test_the_filter_decides_alike_on_both_machines(
    machine: str, read: int, clone: int, mmap: int, never: tuple[int, ...]
) -> None:
    assert verdict(machine, read) == "allow"
    assert {verdict(machine, number) for number in never} == {"error 1"}
    a_process, a_thread = 0x11, 0x3D0F00
    assert verdict(machine, clone, a_process) == "error 1"
    assert verdict(machine, clone, a_thread) == "allow"
    data, code = 3, 7
    assert verdict(machine, mmap, 0, 4096, data) == "allow"
    assert verdict(machine, mmap, 0, 4096, code) == "error 1"
    assert verdict(machine, 435) == "error 38"
    fcntl = {"x86_64": 72, "aarch64": 25}[machine]
    asked, owned, signalled, told = 1, 8, 10, 4  # F_GETFD, F_SETOWN, F_SETSIG, F_SETFL
    assert verdict(machine, fcntl, 3, asked) == "allow"
    assert {verdict(machine, fcntl, 3, one) for one in (owned, signalled, told)} == {"error 1"}
    look, at_empty_path = {"x86_64": 262, "aarch64": 79}[machine], 0x1000
    assert verdict(machine, look, 3, 1, 2, at_empty_path) == "error 1"
    another = 0x40000003
    assert verdict(machine, read, architecture=another) == "kill"


_THREADS = """
import threading, time
from verify.lab.calls import filter_system_calls
from verify.lab.walls import raise_walls
print(raise_walls()["threads"])
filter_system_calls()
started = 0
try:
    for started in range(1000):
        threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
except RuntimeError:
    pass
print(started, flush=True)
import os; os._exit(0)
"""


@linux
def test_threads_are_counted(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-I", "-c", _THREADS], capture_output=True, text=True)
    stands, started = done.stdout.split()
    if stands == "False":
        pytest.skip("this kernel counts no threads apart")
    assert 2 <= int(started) < 16


@linux
def test_the_end_of_cpu_time_cannot_be_put_off(tmp_path: Path) -> None:
    """Neither by a signal that whoever started the desk ignores, nor by one's own ignoring it."""
    script = (
        "import signal\n"
        "from verify.lab import walls\n"
        "walls.CPU_SECONDS = 0\n"
        "walls.raise_walls()\n"
        "walls.allow_cpu(last=True)\n"
        "signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n"
        "while True: pass\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], timeout=240)
    assert done.returncode == -signal.SIGKILL


@linux
def test_a_child_knows_nothing_of_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:secret")
    with one_child() as (_, child):
        process = Path(f"/proc/{child}")
        if not os.access(process / "environ", os.R_OK):
            pytest.skip("only root may look at a process that gave up being looked at")
        assert b"secret" not in (process / "environ").read_bytes()
        assert len(list((process / "fd").iterdir())) == 3


@linux
def test_computing_without_end_is_stopped(tmp_path: Path) -> None:
    script = tmp_path / "spin.py"
    script.write_text(
        "from verify.lab import walls\n"
        "walls.CPU_SECONDS = 0\n"
        "walls.raise_walls()\n"
        "walls.allow_cpu()\n"
        "while True: pass\n"
    )
    done = subprocess.run([sys.executable, "-I", script], timeout=240)
    assert done.returncode == -signal.SIGXCPU


# --- children that die ---


def test_a_child_killed_while_idle_is_not_missed() -> None:
    with one_child() as (sandbox, child):
        assert sandbox.examine(jpeg()).width == 640
        os.kill(child, signal.SIGKILL)
        assert sandbox.examine(jpeg()).width == 640


def test_a_child_that_hangs_is_replaced() -> None:
    with one_child(seconds=0.5) as (sandbox, child):
        os.kill(child, signal.SIGSTOP)
        assert "took too long" in only_failure(sandbox.examine(jpeg()))
        sandbox._seconds = 60.0  # what is honest may be slow where the machine is busy
        assert sandbox.examine(jpeg()).width == 640


def test_a_child_killed_before_its_work_is_not_missed() -> None:
    with one_child() as (sandbox, child), ThreadPoolExecutor(1) as pool:
        os.kill(child, signal.SIGSTOP)
        answer = pool.submit(sandbox.examine, jpeg(1))
        time.sleep(0.2)
        os.kill(child, signal.SIGKILL)
        assert answer.result() == lab.examine(jpeg(1))


@linux
def test_a_file_that_kills_its_decoder_is_told_and_the_next_one_is_read() -> None:
    slow = io.BytesIO()
    Image.open(io.BytesIO(jpeg())).resize((7000, 5000)).save(slow, "TIFF")
    with one_child(seconds=60.0) as (sandbox, child), ThreadPoolExecutor(1) as pool:
        killed = False
        while not killed:  # it may have done before it is found
            answer = pool.submit(sandbox.examine, slow.getvalue())
            while not answer.done():
                for decoder in processes(of=child):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(decoder, signal.SIGKILL)
            killed = answer.result().width is None
        assert "broke down" in only_failure(answer.result())
        assert sandbox.examine(jpeg(1)).width == 640
        assert child in processes()


@linux
def test_nothing_of_one_file_is_left_for_the_next(sandbox: Sandbox) -> None:
    for data in (jpeg(0), b"no picture", jpeg(1)):
        sandbox.examine(data)
        assert [processes(of=child) for child in processes()] == [set()] * len(processes())


def test_threads_share_the_children(sandbox: Sandbox) -> None:
    before = processes()
    with ThreadPoolExecutor(6) as pool:
        examined = list(pool.map(sandbox.examine, [jpeg(0), jpeg(1)] * 6))
    assert examined == [lab.examine(jpeg(0)), lab.examine(jpeg(1))] * 6
    assert len(processes() - before) <= 2


def test_pictures_are_looked_at_while_films_keep_the_lab_busy() -> None:
    hangs = "time.sleep(60) if request.operation == 'watch' else examined(width=64)"
    script = f"{_LIAR}\n{hangs}\nanswer.close()\n{_END}"
    sandbox = Sandbox(2, command=(sys.executable, "-I", "-c", script), seconds=20)
    with ThreadPoolExecutor(3) as pool:
        films = [pool.submit(sandbox.watch, b"a film") for _ in range(3)]
        assert [sandbox.examine(jpeg()).width for _ in range(2)] == [64, 64]
        assert not any(film.done() for film in films)
        command = ["pkill", "-9", "-P", str(os.getpid()), "-f", "examined.width=64"]
        while not all(film.done() for film in films):
            subprocess.run(command, check=False)
            time.sleep(0.2)
    sandbox.close()


def test_the_first_file_and_those_after_it_have_their_place() -> None:
    """The table of towns is unpacked behind the walls, by the first file that needs it."""
    block = exif(gps={1: "N", 2: (33.0, 20.0, 0.0), 3: "E", 4: (44.0, 24.0, 0.0)})
    stream = io.BytesIO()
    photograph("china").resize((64, 48)).save(stream, "JPEG", exif=block)
    with one_child() as (sandbox, _):
        for _ in range(2):
            seen = sandbox.examine(stream.getvalue())
            [place] = [one for one in seen.findings if one.check == "place"]
            assert "Asia/Baghdad" in repr(place.summary)


def test_a_closed_sandbox_says_so() -> None:
    sandbox = Sandbox(1)
    sandbox.close()
    with pytest.raises(Unavailable):
        sandbox.examine(jpeg())


@pytest.mark.parametrize("command", [("/bin/false",), ("/nowhere",)])
def test_a_lab_that_does_not_start_is_told(command: tuple[str, ...]) -> None:
    sandbox = Sandbox(1, command=command)
    assert "could not be started" in only_failure(sandbox.examine(jpeg()))
    assert sandbox.pixels(jpeg(), 100) is None
    assert sandbox.walls() == {}


# --- children that lie ---

_LIAR = """
import os, signal, socket, sys, time
from verify.lab.wire import *
from verify.records import *
desk = socket.socket(fileno=0)
send(desk, Standing(walls={}))
request, (file, answer) = receive_request(desk)
answer = socket.socket(fileno=answer)
def examined(**fields):
    fields = {"lab_version": 1, "media_type": "image/jpeg"} | fields
    send(answer, Examined(examination=Examination(**fields)))
def finding(summary):
    examined(findings=(Finding(
        check="size", pillar=Pillar.SOURCE, outcome=Outcome.NOTED, summary=summary),))
def fingerprint(*sizes, algorithm="pdq"):
    print_ = Fingerprint(algorithm=algorithm, version=1, hash=bytes(sizes[0]),
        orientations=tuple(bytes(size) for size in sizes[1:]))
    examined(views=(View(kind=ViewKind.WHOLE, fingerprints=(print_,)),))
"""


_END = "send(desk, Ended())\nreceive_request(desk)"

# Tells whatever lie a file's name holds, one after the other.
_LIARS = """
while True:
    try: exec(request.filename)
    except OSError: pass
    answer.close()
    send(desk, Ended())
    request, (file, answer) = receive_request(desk)
    answer = socket.socket(fileno=answer)
"""


@pytest.fixture(scope="module")
def liars() -> Iterator[Sandbox]:
    """A lab that lies as it is told to; starting one costs a fifth of a second."""
    sandbox = Sandbox(1, command=(sys.executable, "-I", "-c", _LIAR + _LIARS), seconds=60)
    yield sandbox
    sandbox.close()


def liar(lie: str, seconds: float = 20.0) -> Sandbox:
    script = f"{_LIAR}\ntry:\n    {lie}\nexcept OSError: pass\nanswer.close()\n{_END}"
    return Sandbox(1, command=(sys.executable, "-I", "-c", script), seconds=seconds)


@pytest.mark.parametrize(
    "lie",
    [
        "answer.sendall(bytes([0, 0, 0, 3]) + b'abc')",
        "answer.sendall(bytes([255] * 4))\nwhile True: answer.sendall(bytes(65536))",
        "answer.sendall(bytes([0, 0, 0, 0]))",
        "body = msgspec.msgpack.encode(Fault(code='abc')).replace(b'abc', bytes([254] * 3))\n"
        "answer.sendall(bytes([0, 0, 0, len(body)]) + body)",
        "send(answer, Standing(walls={}))",
        "examined(lab_version='one')",
        "examined(width=10**9)",
        "examined(width=-1)",
        "examined(height='high')",
        "examined(media_type='x' * 20_000)",
        "examined(metadata=Metadata(gps=Gps(latitude=float('nan'), longitude=0.0)))",
        "examined(metadata=Metadata(gps=Gps(latitude=91.0, longitude=0.0)))",
        "examined(metadata=Metadata(captured_at='yesterday'))",
        "examined(metadata=Metadata(captured_at='2024-13-45T00:00:00'))",
        "examined(metadata=Metadata(orientation=9))",
        "examined(generator=Generator(name='x' * 20_000, evidence=''))",
        "examined(thumbnail=Thumbnail(present=True, differs=True, differing=('here',) * 9))",
        "finding(say('This picture is genuine.'))",
        "finding(say('{count} pictures'))",
        "fingerprint(32)",
        "fingerprint(31, *[32] * 8)",
        "fingerprint(32, *[32] * 7, 1)",
        "fingerprint(8, algorithm='md5')",
    ],
)
def test_a_lie_is_not_believed(liars: Sandbox, lie: str) -> None:
    assert "could not be used" in only_failure(liars.examine(b"", filename=lie))


@pytest.mark.parametrize(
    "lie",
    [
        "send(answer, Pictured(pixels=Pixels(width=40_000, height=25_000, rgb=b'')))",
        "send(answer, Pictured(pixels=Pixels(width=10, height=10, rgb=bytes(299))))",
        "send(answer, Pictured(pixels=Pixels(width=101, height=1, rgb=bytes(303))))",
        "send(answer, Pictured(pixels=Pixels(width=0, height=0, rgb=b'')))",
        "send(answer, Pictured(pixels=Pixels(width=100, height=5000, rgb=bytes(1_500_000))))",
        "examined(width=100)",
    ],
)
def test_impossible_pixels_are_none(lie: str) -> None:
    sandbox = liar(lie)
    assert sandbox.pixels(jpeg(), 100) is None
    sandbox.close()


def test_all_that_the_labs_source_says_is_known_and_nothing_else() -> None:
    said: set[str] = set()
    for path in Path(verify.lab.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "say_many"):
                values = (part for argument in node.args for part in ast.walk(argument))
                texts = (part.value for part in values if isinstance(part, ast.Constant))
                said.update(text for text in texts if isinstance(text, str))
    assert said == distrust._sentences()


@pytest.mark.parametrize(
    ("behaviour", "sentence"),
    [
        ("os.abort()", "broke down"),
        ("sys.exit(0)", "broke down"),
        ("pass", "broke down"),
        ("answer.close(); send(desk, Ended(signal=signal.SIGXCPU))", "took too long"),
        ("send(answer, Fault(code='memory'))", "more memory"),
        ("send(answer, Fault(code='<b>'))", "could not be examined"),
        (
            "answer.sendall(bytes([0, 0, 9, 9]))\n"
            "    while True: answer.sendall(b'x'); time.sleep(0.1)",
            "took too long",
        ),
    ],
)
def test_the_reader_learns_what_happened(behaviour: str, sentence: str) -> None:
    sandbox = liar(behaviour, seconds=1.5 if "sleep" in behaviour else 60)
    assert sentence in only_failure(sandbox.examine(jpeg()))
    sandbox.close()
