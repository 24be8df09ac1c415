"""Jobs for a desk that runs: the real program, the real socket, and what else comes in there."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from tests.conftest import Run, command, serving
from tests.photographs import encode, photograph, shrunk
from verify.desk import Desk
from verify.jobs import address
from verify.jobs.door import open_door
from verify.jobs.kinds import import_
from verify.jobs.messages import (
    Cancel,
    Done,
    Found,
    Gave,
    Hello,
    Order,
    Told,
    Waits,
    Who,
    events,
    order,
)
from verify.jobs.place import Place
from verify.lab.wire import receive, send
from verify.records import Record
from verify.sandbox import Sandbox

WHO = Who("1", "Noor", "en", "UTC")
_MIB = 1 << 20


@pytest.fixture
def running(home: Path, sandbox: Sandbox) -> Iterator[Desk]:
    """A desk that takes jobs, in this process; the commands reach it through its socket."""
    with Desk(home, sandbox=sandbox) as desk, open_door(desk, home):
        yield desk


@contextmanager
def line(home: Path) -> Iterator[socket.socket]:
    """A connection that has said hello."""
    found = address.connected(home)
    assert found
    with found:
        send(found, Hello())
        assert receive(found, 1000, 10)
        yield found


def heard(connection: socket.socket) -> list[Record]:
    """All that the desk says of a job, to its end."""
    said: list[Record] = []
    while not said or not isinstance(said[-1], Done):
        said.append(events.decode(receive(connection, _MIB, 60)))
    return said


def claim_order(words: str) -> Order:
    from verify.jobs.kinds.claim import Job

    return order("claim", Job(1, words, "", None, None, None), WHO)


def pictures(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        content = encode(shrunk(photograph("china"), 0.2), quality=30)
        (folder / f"{number:02}.jpg").write_bytes(content + bytes([number]))
    return folder


def alike(text: str) -> str:
    """Output without what differs from one run to the next: times, and where the home is."""
    return re.sub(r"\d{4}-\d\d-\d\d(T[\d:.]+Z| \d\d:\d\d)", "TIME", text)


# --- the same as without a desk -----------------------------------------------------------------


COMMANDS = (
    ("import", "--json", "china.jpg", "broken.jpg"),
    ("import", "flower.jpg"),
    ("match", "china.jpg", "broken.jpg", "china.jpg"),
    ("match", "--json", "folder"),
    ("match", "empty"),
    ("claim", "1", "Tikrit on 14 June 2014", "--json"),
    ("claim", "1", "--date", "2015"),
    ("claim", "9", "nothing"),
    ("export", "1", "case.zip", "--json"),
    ("export", "1", "case.zip"),
    ("export", "7", "other.zip"),
    ("reexamine", "--json"),
    ("wipe", "2", "--yes", "--json"),
    ("wipe", "2", "--yes"),
)


def test_commands_say_the_same_beside_a_running_desk_as_alone(
    verify_desk: Run, tmp_path: Path, china: Path, flower: Path, sandbox: Sandbox
) -> None:
    (tmp_path / "china.jpg").write_bytes(china.read_bytes())
    (tmp_path / "flower.jpg").write_bytes(flower.read_bytes())
    (tmp_path / "broken.jpg").write_bytes(china.read_bytes()[:5000])
    pictures(tmp_path / "folder", 2)
    (tmp_path / "empty").mkdir()

    def said(home: Path) -> list[tuple[int, str, str]]:
        (tmp_path / "case.zip").unlink(missing_ok=True)
        done = [verify_desk(*arguments, VERIFY_HOME=str(home)) for arguments in COMMANDS]
        return [(one.returncode, alike(one.stdout), alike(one.stderr)) for one in done]

    alone = said(tmp_path / "alone")
    served = tmp_path / "served"
    with Desk(served, sandbox=sandbox) as desk, open_door(desk, served):
        assert said(served) == alone
    assert [status for status, _, _ in alone] == [0, 0, 0, 0, 2, 0, 0, 2, 0, 2, 2, 0, 0, 2]


def test_a_serving_desk_takes_a_claim_and_its_socket_is_private(
    verify_desk: Run, home: Path, china: Path
) -> None:
    assert verify_desk("import", china).returncode == 0
    with serving(home) as process:
        assert process.stdout
        process.stdout.readline()
        assert (home / address.NAME).stat().st_mode & 0o777 == 0o600
        done = verify_desk("claim", "1", "Hama, this morning")
        assert (done.returncode, done.stderr) == (0, "")
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    assert not (home / address.NAME).exists()
    assert "Hama, this morning" in verify_desk("show", "1").stdout


def test_a_running_desk_says_what_matches_and_the_command_opens_none(
    verify_desk: Run, running: Desk, china: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify_desk("import", china)
    with monkeypatch.context() as patch:
        patch.setattr("verify.cli.opened.read_config", None)
        patch.setattr("verify.cli.commands.match.desk_to_read", None)
        patch.setattr("verify.cli.carrying.opened_home", None)
        patch.setattr("verify.cli.carrying.who", lambda: WHO)
        done = verify_desk("match", "--json", china)
    assert json.loads(done.stdout)["matches"][0]["case"] == 1


def test_a_desk_that_fills_its_index_answers_and_says_what_is_not_compared(
    verify_desk: Run, running: Desk, china: Path, flower: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify_desk("import", china, flower)
    monkeypatch.setattr("verify.desk.indexes._STEP_SECONDS", 0)
    monkeypatch.setattr("verify.desk.filling._PAUSE_SECONDS", 240)
    monkeypatch.setattr("verify.jobs.kinds.match._PATIENCE_SECONDS", 0.5)
    running.archive._indexes.empty()
    # one view is there; of the first photograph an inset lacks, of the second all
    assert "2 pictures of it were compared only as a whole" in verify_desk("match", china).stdout
    assert json.loads(verify_desk("match", "--json", flower).stdout)["not_compared"] == 2


def test_what_the_running_desk_does_not_see_is_looked_for_without_it(
    verify_desk: Run, running: Desk, china: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify_desk("import", china)
    monkeypatch.setattr("verify.jobs.door.Hello", lambda: Hello("0.0.1"))
    done = verify_desk("match", "--json", china)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["matches"][0]["case"] == 1


def test_a_home_with_a_long_path_is_reached(verify_desk: Run, tmp_path: Path, china: Path,
                                            sandbox: Sandbox) -> None:  # fmt: skip
    home = tmp_path / ("long" * 50) / "home"
    with Desk(home, sandbox=sandbox) as desk, open_door(desk, home):
        done = verify_desk("import", china, VERIFY_HOME=str(home))
        assert (done.returncode, done.stdout.partition("\n")[0]) == (0, "1 new file.")


def test_a_desk_of_another_version_is_named(
    verify_desk: Run, running: Desk, china: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.jobs.door.Hello", lambda: Hello("0.0.1"))
    done = verify_desk("import", china)
    assert done.returncode == 2
    assert "is of version 0.0.1, this command of" in done.stderr


def test_a_file_that_the_desk_sees_otherwise_is_not_taken(
    home: Path, running: Desk, china: Path
) -> None:
    other = msgspec.structs.replace(Place.of(china), inode=1)
    with line(home) as connection:
        send(connection, order("import", import_.Job((other,)), WHO))
        said = events.decode(receive(connection, _MIB, 60))
        while not hasattr(said, "sentence"):
            said = events.decode(receive(connection, _MIB, 60))
    assert "does not see" in said.sentence.template


# --- what is cut, repeated, cancelled, killed ---------------------------------------------------


def test_a_cut_line_ends_nothing_and_the_job_is_found_again(
    home: Path, running: Desk, verify_desk: Run, china: Path
) -> None:
    verify_desk("import", china)
    asked = claim_order("Said once")
    with line(home) as connection:
        send(connection, asked)
    with line(home) as connection:  # the same command, again
        send(connection, asked)
        assert [type(one).__name__ for one in heard(connection)] == ["Gave", "Done"]
    with line(home) as connection:  # another one that asks for the same
        send(connection, claim_order("Said once"))
        assert heard(connection)[0] == Found(ended=True)
        send(connection, Told())
        receive_end(connection)
    noor = running.team.at_console("1", "Noor", "en")
    assert [one.text for one in running.reports.case(noor, 1).claims] == ["Said once"]
    with line(home) as connection:  # it was told: now it is said anew
        send(connection, claim_order("Said once"))
        heard(connection)
    assert len(running.reports.case(noor, 1).claims) == 2


def receive_end(connection: socket.socket) -> None:
    with pytest.raises((EOFError, OSError)):
        receive(connection, _MIB, 10)


def test_cancelling_ends_an_import_between_two_files(
    home: Path, running: Desk, tmp_path: Path
) -> None:
    folder = pictures(tmp_path / "pictures", 12)
    with line(home) as connection:
        send(connection, order("import", import_.Job((Place.of(folder),)), WHO))
        receive(connection, _MIB, 60)
        receive(connection, _MIB, 60)
        send(connection, Cancel())
        said = b""
        while b"Cancelled" not in said:
            said = receive(connection, _MIB, 60)
    noor = running.team.at_console("1", "Noor", "en")
    found = running.reports.cases(noor)
    assert 0 < len(found) < 12
    for case in found:
        (exhibit,) = running.reports.case(noor, case.id).exhibits
        assert exhibit.examination


def test_a_job_that_waits_is_cancelled_at_once_and_a_brief_one_does_not_wait(
    home: Path, running: Desk, tmp_path: Path, verify_desk: Run
) -> None:
    first, second = pictures(tmp_path / "first", 20), pictures(tmp_path / "second", 1)
    with line(home) as enduring, line(home) as waiting:
        send(enduring, order("import", import_.Job((Place.of(first),)), WHO))
        receive(enduring, _MIB, 60)
        receive(enduring, _MIB, 60)
        send(waiting, order("import", import_.Job((Place.of(second),)), WHO))
        assert events.decode(receive(waiting, _MIB, 60)) == Waits()
        assert verify_desk("claim", "1", "Said meanwhile").returncode == 0
        send(waiting, Cancel())
        assert b"Cancelled" in receive(waiting, _MIB, 60)
        noor = running.team.at_console("1", "Noor", "en")
        assert 0 < len(running.reports.cases(noor)) < 20, "the import goes on"
        send(enduring, Cancel())


def test_ctrl_c_cancels_a_job_of_the_running_desk(home: Path, running: Desk,
                                                  tmp_path: Path) -> None:  # fmt: skip
    folder = pictures(tmp_path / "pictures", 30)
    with command("import", "--json", folder, home=home, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert "Cancelled. What was done until then stays." in process.stderr.read()
    assert 0 < len(running.reports.cases(running.team.at_console("1", "Noor", "en"))) < 30


def test_a_command_goes_on_without_the_desk_that_was_stopped(home: Path, tmp_path: Path) -> None:
    folder = pictures(tmp_path / "pictures", 8)
    with serving(home) as desk:
        assert desk.stdout
        desk.stdout.readline()
        with command("import", "--json", folder, home=home, stderr=subprocess.PIPE) as process:
            assert process.stdout and process.stderr
            first = process.stdout.readline()
            desk.send_signal(signal.SIGTERM)
            desk.wait()
            rest = process.stdout.read()
            assert process.wait() == 0, process.stderr.read()
    found = [json.loads(one) for one in [first, *rest.splitlines()]]
    assert [Path(one["file"]).name for one in found] == [f"{n:02}.jpg" for n in range(8)]
    assert {one["status"] for one in found} == {"new"}
    assert len({one["case"] for one in found}) == 8


# --- what else comes in at the socket -----------------------------------------------------------


def test_another_user_is_not_heard(
    home: Path, running: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.jobs.door.same_user", lambda guest: False)
    connection = socket.socket(socket.AF_UNIX)
    with connection:
        connection.connect(str(home / address.NAME))
        receive_end(connection)


def test_the_system_says_who_is_at_the_other_end(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = socket.socketpair()
    with here, there:
        assert address.same_user(here)
        monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
        assert not address.same_user(here)


def test_no_input_harms_the_desk(
    home: Path,
    running: Desk,
    verify_desk: Run,
    china: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr("threading.excepthook", broken.append)
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    whole = msgspec.msgpack.encode(claim_order("words"))
    before = threading.active_count()
    for _ in range(150):
        with line(home) as connection:
            connection.sendall(_bad(dice, whole))
            if dice.random() < 0.5:
                connection.shutdown(socket.SHUT_WR)
    silent = [found for _ in range(40) if (found := address.connected(home))]
    for connection in silent:
        connection.close()
    assert verify_desk("import", china).returncode == 0
    assert verify_desk("claim", "1", "It still listens").returncode == 0
    deadline = time.monotonic() + 240
    while threading.active_count() > before + 8 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert threading.active_count() <= before + 8, "no thread is left behind"
    assert broken == []


def _bad(dice: random.Random, whole: bytes) -> bytes:
    def framed(body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + body

    changed = bytearray(whole)
    changed[dice.randrange(len(changed))] = dice.randrange(256)
    return dice.choice(
        [
            dice.randbytes(dice.randrange(1, 200)),
            framed(dice.randbytes(dice.randrange(100))),
            framed(whole)[: dice.randrange(1, len(whole))],
            framed(bytes(changed)),
            framed(b"\x91" * 100_000),  # nested deeper than any reader goes
            struct.pack(">I", 2**32 - 1) + b"x" * 1000,
            framed(msgspec.msgpack.encode(order("../claim", Cancel(), WHO))),
            framed(msgspec.msgpack.encode(order("import", Cancel(), WHO))),
            framed(msgspec.msgpack.encode(Told())),
        ]
    )


# --- what is no file ----------------------------------------------------------------------------


def test_what_lies_in_a_folder_and_is_no_file_is_never_waited_for(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "again").symlink_to(folder)
    os.mkfifo(folder / "pipe.jpg")
    (folder / "temple.jpg").write_bytes(china.read_bytes())
    done = verify_desk("import", "--json", folder)
    assert done.returncode == 0
    found = [json.loads(one) for one in done.stdout.splitlines()]
    assert [Path(one["file"]).name for one in found] == ["temple.jpg"]
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    looped = verify_desk("import", "loop")
    assert (looped.returncode, looped.stdout) == (2, "")


def test_a_file_that_became_a_pipe_is_left_out(tmp_path: Path, home: Path, running: Desk) -> None:
    os.mkfifo(tmp_path / "pipe")
    with line(home) as connection:
        send(connection, order("import", import_.Job((Place.of(tmp_path / "pipe"),)), WHO))
        gave = [one for one in heard(connection) if isinstance(one, Gave)]
    found = msgspec.msgpack.decode(gave[0].result, type=import_.Result)
    assert found.status == "left_out"
