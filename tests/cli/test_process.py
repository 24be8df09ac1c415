"""`verify-desk` as a process of its own: started, stopped and interrupted."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import VERIFY_DESK, Run, browser, command, heed_signals, serving, settings
from verify.cli.commands import serve
from verify.desk import Desk
from verify.localchat import LocalChat
from verify.records import CaseFilter, Person, Role
from verify.sandbox import Sandbox
from verify.store.database.connection import now, stamp
from verify.store.keeping import custody


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A desk that serves its page: its home and the address that it printed."""
    home = tmp_path_factory.mktemp("serve") / "home"
    with serving(home) as process:
        assert process.stdout
        yield home, json.loads(process.stdout.readline())["address"]


def start(*arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [VERIFY_DESK, *arguments],
        env=settings(home, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_the_printed_address_opens_the_page(desk: tuple[Path, str]) -> None:
    _, address = desk
    assert address.startswith("http://127.0.0.1:")
    root = address.partition("#")[0]
    with browser() as http:
        assert "<title>" in http.get(address).text
        assert http.post(f"{root}api/start").json()["person"]["is_bot"] is False
    with browser() as stranger:
        stranger.get(address)  # the key is used up
        assert stranger.post(f"{root}api/start", headers={"Origin": root[:-1]}).status_code == 401


def test_a_browser_is_started_with_a_file_and_never_with_the_key(tmp_path: Path) -> None:
    """In a terminal, on a screen: what a program is started with every account can read."""
    told, program = tmp_path / "told", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$*" > "{told}.part"; mv "{told}.part" "{told}"\n')
    program.chmod(0o700)
    screen, terminal = os.openpty()
    desk = subprocess.Popen(
        [VERIFY_DESK, "serve"],
        env=settings(tmp_path / "home", BROWSER=str(program), DISPLAY=":0"),
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
    )
    with desk, os.fdopen(screen, "rb", buffering=0) as shown:
        os.close(terminal)
        try:
            printed = b""
            while b"Ctrl-C" not in printed:
                printed += shown.read(4096)
            while not told.exists():
                time.sleep(0.02)
            [key] = re.findall(r"http://127\.0\.0\.1:\d+/#(\S+)", printed.decode())
            file = tmp_path / "home" / "open-chat.html"
            assert told.read_text() == file.as_uri()
            assert key in file.read_text() and stat.S_IMODE(file.stat().st_mode) == 0o600
        finally:
            desk.kill()


def test_a_key_is_printed_for_a_terminal_alone(
    home: Path, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    page = LocalChat(home, sandbox)
    serve._tell_address(page)
    printed = capsys.readouterr().out
    assert str(page.doorway) in printed
    assert page.link.partition("#")[2] not in printed
    asyncio.run(page.stop())


def test_a_home_has_one_desk(desk: tuple[Path, str]) -> None:
    done = start("serve", home=desk[0])
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "Another verify-desk" in done.stderr


def test_reading_works_beside_a_running_desk(
    desk: tuple[Path, str], verify_desk: Run, china: Path
) -> None:
    done = verify_desk("cases", "--json", VERIFY_HOME=str(desk[0]))
    assert (done.returncode, done.stderr) == (0, "")
    done = verify_desk("match", "--json", china, VERIFY_HOME=str(desk[0]))
    assert (done.returncode, json.loads(done.stdout)["matches"]) == (0, [])


def test_a_command_beside_the_page_is_its_owners(desk: tuple[Path, str], china: Path) -> None:
    assert start("import", str(china), home=desk[0]).returncode == 0
    with Desk(desk[0], reading=True) as read:
        reader = Person(id=0, name="reader", role=Role.OWNER, at_console=True)
        [owner] = read.team.members(reader)
        assert owner.service == "localchat"
        [mine] = read.reports.cases(reader, wanted=CaseFilter(of_person=owner.id))
        assert read.reports.case(reader, mine.id).opened_by == owner.name


def test_what_a_serving_desk_keeps_is_private(desk: tuple[Path, str]) -> None:
    home, _ = desk
    for path in (home, *home.rglob("*")):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_stopping_is_quiet_and_frees_the_home(
    home: Path, verify_desk: Run, name: signal.Signals
) -> None:
    with serving(home) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(name)
        assert process.wait() == 0
        assert process.stdout.read() == ""
    assert verify_desk("reexamine").returncode == 0


def test_ctrl_c_ends_an_import_and_what_was_done_stays(
    home: Path, verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    """More pictures than any machine is done with before Ctrl-C."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number:03}.jpg").write_bytes(china.read_bytes() + bytes([number]))
    with command("import", "--json", folder, home=home, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert "Cancelled. What was done until then stays." in process.stderr.read()
    done = verify_desk("import", "--json", *(folder / f"{n:03}.jpg" for n in (0, 198)))
    found = [json.loads(line)["status"] for line in done.stdout.splitlines()]
    assert found == ["repeated", "new"]


def test_what_never_ends_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for asked, path in (("import", "/dev/zero"), ("import", str(pipe)), ("examine", str(pipe))):
        done = start(asked, path, home=tmp_path / "home")
        said = f"verify-desk: {path} is a pipe or a device, not a file.\n"
        assert (done.returncode, done.stderr) == (2, said)


def test_what_the_tests_start_hears_signals() -> None:
    """A script's background ignores Ctrl-C, and so would every desk that is started there."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        heed_signals()
        with subprocess.Popen(["sleep", "60"]) as process:
            process.send_signal(signal.SIGINT)
            assert process.wait() == -signal.SIGINT
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_clock_that_was_set_back_is_said_when_the_desk_opens(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    home = tmp_path / "home"
    with Desk(home, sandbox=sandbox) as desk, desk.store.transaction():
        custody.append(desk.store, "noted", desk.team.at_console("1", "Noor", "en").id)
        later = stamp(now() + timedelta(hours=2))
        desk.store.change("UPDATE custody_event SET at = ?", (later,))
    with command("serve", home=home, stderr=subprocess.PIPE) as process:
        assert process.stderr
        said = f"The clock stands before {later[:10]}"
        assert any(line.startswith(said) for line in process.stderr)  # a slow desk warns, too


def test_a_refused_token_is_one_sentence(tmp_path: Path) -> None:
    done = start("serve", home=tmp_path / "home", TELEGRAM_BOT_TOKEN="not a token")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "not a token" not in done.stderr
