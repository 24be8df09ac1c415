"""Somebody outside says that the custody record existed before a moment; OpenSSL agrees."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.authority import Authority
from tests.conftest import Run


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "one", "one")


def trusted(home: Path, authority: Authority) -> None:
    (home / "trust").mkdir(exist_ok=True)
    (home / "trust" / "timestamps.pem").write_text(authority.root)


def openssl(bag: Path, authority: Authority, stamp: int = 1) -> int:
    (bag / "ca.pem").write_text(authority.root)
    there = f"data/stamps/{stamp}"
    command = ["openssl", "ts", "-verify", "-data", f"{there}/head.txt"]
    more = ["-in", f"{there}/reply.tsr", "-CAfile", "ca.pem"]
    done = subprocess.run([*command, *more], cwd=bag, capture_output=True, check=False)
    (bag / "ca.pem").unlink()
    return done.returncode


def test_a_stamp_is_asked_for_kept_audited_and_goes_along(
    verify_desk: Run, home: Path, tmp_path: Path, china: Path, flower: Path, authority: Authority
) -> None:
    verify_desk("import", flower)  # case 1, whose events are not in the bag of case 2
    verify_desk("import", china)
    trusted(home, authority)
    assert verify_desk("stamp", "--yes").returncode == 2  # no address is set
    with authority.serving() as address:
        assert verify_desk("stamp", VERIFY_STAMPER=address).returncode == 2  # nobody said yes
        done = verify_desk("stamp", "--yes", "--json", VERIFY_STAMPER=address)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["events"], told["trusted"]) == (6, True)
    audited = verify_desk("audit")
    assert "6 custody events existed before " in audited.stdout
    assert "not verified" not in audited.stdout
    assert (
        verify_desk("export", "2", "-o", tmp_path / "a.zip", "--profile", "inside").returncode == 0
    )
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extractall(tmp_path)
    bag = tmp_path / "case-2-inside"
    checked = subprocess.run(
        [sys.executable, "-I", bag / "check_bag.py"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "of 4 events, 3 existed before it" in checked.stdout
    assert "openssl ts -verify" in checked.stdout
    assert openssl(bag, authority) == 0
    assert openssl(bag, Authority(tmp_path / "two", "two")) != 0
    reply = bag / "data" / "stamps" / "1" / "reply.tsr"
    content = bytearray(reply.read_bytes())
    content[-1] ^= 1
    reply.write_bytes(content)  # a false stamp
    assert openssl(bag, authority) != 0
    other = Authority(tmp_path / "three", "three")
    reply.write_bytes(other.reply((reply.parent / "request.tsq").read_bytes()))
    assert openssl(bag, authority) != 0


def test_a_desk_that_is_offline_stamps_by_files(
    verify_desk: Run, home: Path, tmp_path: Path, china: Path, authority: Authority
) -> None:
    verify_desk("import", china)
    ask, answer = tmp_path / "ask.tsq", tmp_path / "answer.tsr"
    assert verify_desk("stamp", "--request", ask).returncode == 0
    assert verify_desk("stamp", "--request", ask).returncode == 2  # it is there
    answer.write_bytes(b"no stamp")
    assert verify_desk("stamp", "--response", answer).returncode == 2
    answer.write_bytes(authority.reply(ask.read_bytes()))
    done = verify_desk("stamp", "--response", answer)
    assert "3 custody events existed before " in done.stdout
    assert "was not verified" in done.stdout
    assert verify_desk("stamp", "--response", answer).returncode == 2  # nothing waits for it
    assert verify_desk("audit").returncode == 0
    with sqlite3.connect(home / "desk.db") as desk:
        desk.execute("UPDATE stamp SET events = 2")
    done = verify_desk("audit")
    assert "Time stamp 1 does not fit what it stamps." in done.stdout
    assert done.returncode != 0


def test_a_stamp_of_somebody_who_is_not_trusted_or_on_another_text_is_refused(
    verify_desk: Run, home: Path, tmp_path: Path, china: Path, authority: Authority
) -> None:
    verify_desk("import", china)
    trusted(home, authority)
    one, two, answer = tmp_path / "one.tsq", tmp_path / "two.tsq", tmp_path / "answer.tsr"
    assert verify_desk("stamp", "--request", one).returncode == 0
    answer.write_bytes(Authority(tmp_path / "other", "other").reply(one.read_bytes()))
    done = verify_desk("stamp", "--response", answer)
    assert (done.returncode, "that this desk trusts" in done.stderr) == (2, True)
    foreign = ["-data", str(china), "-sha256", "-cert", "-out", str(two)]
    subprocess.run(["openssl", "ts", "-query", *foreign], check=True, capture_output=True)
    answer.write_bytes(authority.reply(two.read_bytes()))
    done = verify_desk("stamp", "--response", answer)
    assert (done.returncode, "another request" in done.stderr) == (2, True)
    assert "existed before" not in verify_desk("audit").stdout
