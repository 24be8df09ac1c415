"""An exported case is whole, checkable with common tools, and leaves a custody event."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import time
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyrage
import pytest

from tests.conftest import Run
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import VerifyError
from verify.records import Origin, OriginKind, Rating, Role, SentAs
from verify.sandbox import Sandbox
from verify.store.keeping import age


def test_an_exported_case_is_whole_and_checkable(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    verify_desk("import", china)
    done = verify_desk("export", "1", tmp_path / "case.zip", "--profile", "inside")
    assert (done.returncode, done.stderr) == (0, "")
    folder = tmp_path / "opened"
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        archive.extractall(folder)
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
    (original,) = (folder / "originals").iterdir()
    assert original.read_bytes() == china.read_bytes()
    assert original.suffix == ".jpg"
    assert "Case 1" in (folder / "report.txt").read_text()
    assert json.loads((folder / "case.json").read_text())["id"] == 1
    events = [json.loads(line) for line in (folder / "custody.jsonl").read_text().splitlines()]
    assert [event["kind"] for event in events] == ["received", "preserved", "examined", "exported"]


def test_an_export_that_failed_is_none(home: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    file, nowhere = tmp_path / "case.zip", tmp_path / "missing" / "case.zip"
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.at_console("7", "Noor", "en")
        desk.receiving.receive(noor, arrived(), b"any bytes")
        for target in (file, file, nowhere):  # the second finds the file of the first
            with suppress(VerifyError, OSError):
                desk.exporting.export(noor, 1, target, {"report.txt": "Case 1"})
        assert desk.wiping.wipe(noor, 1).exports == 1


@pytest.mark.parametrize("year", [1970, 2110])
def test_a_clock_far_off_keeps_no_case_in(
    home: Path, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    at = datetime(year, 1, 2, tzinfo=UTC).timestamp()
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.at_console("7", "Noor", "en")
        sha256 = desk.receiving.receive(noor, arrived(), b"any bytes").sha256
        os.utime(home / "vault" / sha256[:2] / sha256, (at, at))
        monkeypatch.setattr("time.time", lambda: at)
        monkeypatch.setattr("time.localtime", lambda _=at: time.gmtime(at))
        desk.exporting.export(noor, 1, tmp_path / "case.zip", {"report.txt": "Case 1"})
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 4


def test_the_exhibits_stand_in_a_table_that_a_spreadsheet_reads(
    home: Path, sandbox: Sandbox, verify_desk: Run, tmp_path: Path
) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "نور", Role.EDITOR)
        for number, caption in enumerate(["=1+1", "حلب 2016"], start=1):
            message = arrived(
                sent_as=SentAs.PHOTO,
                received_at=datetime(2026, 11, 24, 9, number, tzinfo=ZoneInfo("Asia/Baghdad")),
                filename="صورة.jpg",
                caption=caption,
                origin=Origin(kind=OriginKind.CHANNEL, name="Street news"),
            )
            desk.receiving.receive(noor, message, encode(shrunk(photograph("china"))))
        desk.examining.examine(noor, 1)
        desk.verdicts.conclude(noor, 1, 1, Rating.STAGED, "@both")
    assert verify_desk("export", "1", tmp_path / "1.zip").returncode == 0
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        written = archive.read("exhibits.csv")
    assert written.startswith("\N{BYTE ORDER MARK}".encode())
    (header, row) = csv.reader(io.StringIO(written.decode("utf-8-sig")))
    found = dict(zip(header, row, strict=True))
    assert len(found.pop("SHA-256")) == 64
    assert found == {
        "Case": "1",
        "Exhibit": "1",
        "Received (UTC)": "2026-11-24 06:01:00",
        "From": "نور",
        "How it came": "sent as a photo",
        "File name": "صورة.jpg",
        "Kind": "image/jpeg",
        "Source": "Street news",
        "Caption": "'=1+1 | حلب 2016",
        "Claim": "'=1+1 | حلب 2016",
        "Verdict": "Staged",
        "Where the verdict stands": "Confirmed",
        "Why": "'@both",
    }


def test_an_encrypted_export_opens_with_its_key_alone(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    verify_desk("import", china)
    file = tmp_path / "case.age"
    done = verify_desk("export", "1", file, "--to", str(key.to_public()), "--json")
    assert json.loads(done.stdout)["encrypted"] is True
    content = file.read_bytes()
    assert not zipfile.is_zipfile(file)
    assert china.read_bytes()[:200] not in content
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [other])
    with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(content, [key]))) as archive:
        (name,) = [name for name in archive.namelist() if name.startswith("originals/")]
        assert archive.read(name) == china.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("command", ["export", "backup"])
def test_what_is_encrypted_lies_in_clear_in_the_home_alone(
    verify_desk: Run,
    home: Path,
    tmp_path: Path,
    china: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    verify_desk("import", china)
    stick = tmp_path / "stick"
    stick.mkdir()
    seen: list[tuple[Path, list[str]]] = []
    encrypt = age.encrypt

    def watched(source: Path, target: Path, recipients: list[str]) -> None:
        encrypt(source, target, recipients)
        seen.append((source, [path.name for path in stick.rglob("*") if path.is_file()]))

    monkeypatch.setattr(age, "encrypt", watched)
    key = str(pyrage.x25519.Identity.generate().to_public())
    case = ["1"] if command == "export" else []
    assert verify_desk(command, *case, stick / "out.age", "--to", key).returncode == 0
    [(source, on_stick)] = seen
    assert source.is_relative_to(home)
    assert on_stick == [f"{command}.age"]
    assert [path.name for path in stick.iterdir()] == ["out.age"]
    assert list((home / "vault" / "incoming").iterdir()) == []


def test_a_wrong_recipient_is_said_and_leaves_nothing(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    verify_desk("import", china)
    done = verify_desk("export", "1", tmp_path / "case.age", "--to", "age1nobody")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_nothing_is_overwritten_and_no_case_is_said(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    verify_desk("import", china)
    (tmp_path / "case.zip").write_bytes(b"older")
    for case, file in (("1", "case.zip"), ("9", "other.zip")):
        done = verify_desk("export", case, tmp_path / file)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
    assert (tmp_path / "case.zip").read_bytes() == b"older"
    assert not (tmp_path / "other.zip").exists()
