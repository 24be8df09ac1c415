"""A bag that was cut short is noted once; an encrypted one opens; what is sealed stays behind."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pyrage
import pytest

from tests.conftest import PHOTOGRAPHS
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import Cancelled
from verify.jobs.course import Course
from verify.jobs.kinds import bag
from verify.jobs.messages import Who, order
from verify.jobs.place import Place
from verify.records import Box, Origin, OriginKind, Person, Rating, SealedSource

CHINA = (PHOTOGRAPHS / "china.jpg").read_bytes()
SOURCE = Origin(kind=OriginKind.USER, name="Sami Okapi", external_id="4711", username="oka")


@pytest.fixture
def case(desk: Desk, noor: Person) -> int:
    receipt = desk.receiving.receive(noor, arrived(), CHINA)
    desk.examining.examine(noor, receipt.exhibit_id)
    return receipt.case_id


def ordered(job: bag.Job) -> Course:
    return Course(order("bag", job, Who("1", "noor", "en", "UTC")), beside_others=False)


def again(course: Course, job: bag.Job) -> Course:
    """The same order, taken up after a kill."""
    told = order("bag", job, course.who)
    told = msgspec.structs.replace(told, begun_at=course.begun_at, again=True)
    return Course(told, beside_others=False)


def formats(desk: Desk, person: Person, case: int) -> list[str]:
    return sorted(one.format for one in desk.reporting.made(person, case))


def noted(desk: Desk, kind: str) -> int:
    return len(desk.store.rows("SELECT id FROM custody_event WHERE kind = ?", (kind,)))


def test_reports_are_noted_once_where_the_answer_of_a_bag_was_lost(
    desk: Desk, noor: Person, case: int, tmp_path: Path
) -> None:
    job = bag.Job(case, Place.of(tmp_path), b"case.zip", (), "inside")
    course = ordered(job)
    [made] = bag.run(desk, noor, job, course)
    assert made.bagged is not None
    written = (tmp_path / "case.zip").read_bytes()
    [taken_up] = bag.run(desk, noor, job, again(course, job))
    assert taken_up.bagged is None
    assert (tmp_path / "case.zip").read_bytes() == written
    assert formats(desk, noor, case) == ["html", "pdf"]
    assert (noted(desk, "reported"), noted(desk, "exported")) == (2, 1)
    assert desk.wiping.wipe(noor, case).exports == 1  # its reports left within it


def test_reports_are_noted_once_where_a_bag_was_cut_short(
    desk: Desk, noor: Person, case: int, tmp_path: Path
) -> None:
    job = bag.Job(case, Place.of(tmp_path), b"case.zip", (), "inside")
    course = ordered(job)
    course.cancel()
    with pytest.raises(Cancelled):
        [*bag.run(desk, noor, job, course)]
    assert not (tmp_path / "case.zip").exists()
    assert noted(desk, "reported") == 0
    [made] = bag.run(desk, noor, job, again(course, job))
    assert made.bagged is not None
    assert formats(desk, noor, case) == ["html", "pdf"]
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        for ending in ("html", "pdf"):
            report = archive.read(f"case-{case}-inside/data/report.{ending}")
            assert desk.reporting.known(noor, case, report)


def test_an_encrypted_bag_opens_with_its_key_alone_and_fits(
    desk: Desk, noor: Person, case: int, tmp_path: Path
) -> None:
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    job = bag.Job(case, Place.of(tmp_path), b"case.age", (str(key.to_public()),), "inside")
    [made] = bag.run(desk, noor, job, ordered(job))
    content = (tmp_path / "case.age").read_bytes()
    assert not zipfile.is_zipfile(tmp_path / "case.age")
    assert CHINA[:200] not in content
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [other])
    with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(content, [key]))) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / f"case-{case}-inside"
    assert made.bagged is not None
    command = [sys.executable, "-I", folder / "check_bag.py", folder, made.bagged.digest]
    assert subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0
    page = (folder / "data" / "berkeley-protocol.html").read_text()
    assert "The bag was encrypted when it was made." in page
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["case.age"]


def test_a_copy_of_what_is_sealed_stays_behind_as_its_source_does(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    desk.sealing.add_key(noor, "", str(pyrage.x25519.Identity.generate().to_public()))
    brought = arrived(filename="sami-at-the-square.jpg", caption="Quagga", origin=SOURCE)
    stand_in = desk.sealing.stand_in(noor, 1, 1)
    sealed = desk.receiving.receive(
        stand_in, brought, CHINA, sealed_from=SealedSource(submission=brought)
    )
    desk.examining.examine(noor, sealed.exhibit_id)
    box = Box(left=0.1, top=0.1, right=0.5, bottom=0.5)
    copy = desk.copying.copy(noor, sealed.sha256, (box,)).receipt
    desk.examining.all_of(noor, copy.exhibit_id)
    desk.verdicts.conclude(noor, sealed.case_id, sealed.exhibit_id, Rating.ORIGINAL, "seen")
    for profile in ("partner", "public", "inside"):
        job = bag.Job(sealed.case_id, Place.of(tmp_path), f"{profile}.zip".encode(), (), profile)
        [made] = bag.run(desk, noor, job, ordered(job))
        assert made.bagged is not None
        assert made.bagged.copies == 0
        with zipfile.ZipFile(tmp_path / f"{profile}.zip") as archive:
            names = archive.namelist()
            texts = b"".join(archive.read(one) for one in names if "/originals/" not in one)
        assert not any("/copies/" in one for one in names)
        assert profile == "inside" or not any(one.endswith(".jpg") for one in names)
        for secret in (b"sami", b"Sami", b"Okapi", b"4711", b"square"):
            assert secret not in texts, (profile, secret)
        if profile == "public":
            assert sealed.sha256.encode() not in texts
