"""What a hand-out leaves behind: people, chats, devices, positions, all that nobody named."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.chat.room import Room, in_room, words
from tests.conftest import Run
from tests.photographs import encode, photograph
from tests.submissions import arrived
from verify.contacts import without_contacts
from verify.desk import Desk
from verify.language import Reader
from verify.layouts import handout
from verify.layouts.profiles import names, narrowest, profile
from verify.records import CaseReport, Origin, OriginKind, Rating, Role
from verify.sandbox import Sandbox

SOURCE = Origin(
    kind=OriginKind.USER, name="Layla Haddad", external_id="5550123", username="laylah_aleppo"
)
PEOPLE = (
    "Layla Haddad",
    "laylah_aleppo",
    "5550123",
    "Noor Editor",
    "+963 944 123 456",
    "t.me/laylah",
    "layla@example.org",
    "IMG_from_layla",
    "Ask her mother",
    "Canon",
    "EOS R5",
)
CAPTION = "Bridge at Deir, 14.6.2014. Call +963 944 123 456, t.me/laylah/7, layla@example.org"


def furnished(desk: Desk) -> CaseReport:
    """A case with a sender, a source, a device, a note, a concluded and an open claim."""
    noor = desk.team.person("telegram", "987654321", "Noor Editor", "en")
    desk.team.admit("telegram", "987654321", "Noor Editor", Role.OWNER)
    noor = desk.team.person("telegram", "987654321", "Noor Editor", "en")
    exif = photograph("china").getexif()
    exif[0x010F], exif[0x0110] = "Canon", "Canon EOS R5"
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (36.0, 12.0, 4.5), 3: "E", 4: (37.0, 9.0, 40.5)}  # 36.20125, 37.16125
    )
    picture = encode(photograph("china"), exif=exif)
    submission = arrived(filename="IMG_from_layla.jpg", caption=CAPTION, origin=SOURCE)
    kept = desk.receiving.receive(noor, submission, picture)
    desk.examining.examine(noor, kept.exhibit_id)
    desk.cases.note(noor, kept.case_id, "Ask her mother, +963 944 123 456")
    claim = desk.reports.case(noor, kept.case_id).claims[0]
    desk.verdicts.conclude(
        noor,
        kept.case_id,
        kept.exhibit_id,
        Rating.DECONTEXTUALISED,
        "It stood online in 2012. Layla's number is +963 944 123 456.",
        claim_id=claim.id,
    )
    return desk.reports.case(noor, kept.case_id)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> CaseReport:
    with Desk(tmp_path_factory.mktemp("profiles") / "home", sandbox=sandbox) as desk:
        return furnished(desk)


def handed(report: CaseReport, name: str, language: str = "en") -> dict[str, str]:
    return handout.texts(report, profile(name), name, Reader(language, ZoneInfo("UTC")))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["partner", "public"])
def test_no_person_chat_or_device_is_in_what_leaves(
    report: CaseReport, name: str, language: str
) -> None:
    inside = "".join(handed(report, "inside", language).values())
    assert [one for one in PEOPLE if one not in inside] == ["laylah_aleppo", "5550123"]
    given = "".join(handed(report, name, language).values())
    assert [one for one in PEOPLE if one.lower() in given.lower()] == []
    assert "14.6.2014" in given  # the claim itself is told, its date too


def test_a_partner_gets_positions_on_the_grid_that_is_named(report: CaseReport) -> None:
    texts = handed(report, "partner")
    told = json.loads(texts["case.json"])
    gps = told["exhibits"][0]["examination"]["metadata"]["gps"]
    assert (gps["latitude"], gps["longitude"]) == (36.2, 37.2)
    assert "36.20" not in "".join(texts.values())
    assert "0.1 degrees" in texts["report.txt"]


def test_the_public_gets_what_was_concluded_and_no_more(report: CaseReport) -> None:
    told = json.loads(handed(report, "public")["case.json"])
    assert set(told) == {"profile", "left_out", "exhibits", "claims", "verdicts"}
    (verdict,) = told["verdicts"]
    assert verdict["rating"] == "decontextualised"
    assert verdict["reason"] == "It stood online in 2012. Layla's number is […]."
    assert told["exhibits"][0]["sha256"] == report.exhibits[0].sha256


def test_what_waits_for_a_second_person_is_not_public(report: CaseReport) -> None:
    waiting = msgspec.structs.replace(
        report, verdicts=tuple(_proposed(one) for one in report.verdicts)
    )
    told = json.loads(handed(waiting, "public")["case.json"])
    assert (told["verdicts"], told["exhibits"], told["claims"]) == ([], [], [])


def _proposed(verdict: object) -> object:
    from verify.records import VerdictState

    return msgspec.structs.replace(verdict, state=VerdictState.PROPOSED)  # type: ignore[type-var]


@pytest.mark.parametrize("name", ["inside", "partner", "public"])
def test_each_hand_out_names_its_profile_and_what_it_left_out(
    report: CaseReport, name: str
) -> None:
    texts = handed(report, name)
    assert texts["report.txt"].splitlines()[0] == f"Hand-out profile: {name}"
    told = json.loads(texts["case.json"])
    assert told["profile"] == name
    assert all(f"  - {one}" in texts["report.txt"] for one in told["left_out"])


def test_the_narrowest_comes_first() -> None:
    assert names() == ["public", "partner", "inside"]
    assert narrowest() == "public"


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("ring 0944 123 456 now", "ring […] now"),
        ("٠٩٤٤١٢٣٤٥٦", "[…]"),
        ("+963 11 2345", "[…]"),
        ("on 2014-06-14 17:30, 14.06.2014", "on 2014-06-14 17:30, 14.06.2014"),
        ("at 36.20125, 37.16125", "at […], […]"),
        ("see https://x.com/layla/status/1 and @layla", "see […] and […]"),
        ("12,000 people, 3.5 km, 1948", "12,000 people, 3.5 km, 1948"),
    ],
)
def test_contacts_go_and_dates_stay(written: str, left: str) -> None:
    assert without_contacts(written) == left


def test_the_command_line_hands_out_by_profile(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    verify_desk("import", china, "--by", "Layla Haddad")
    old = verify_desk("export", "1", tmp_path / "old.zip")
    assert old.returncode == 0
    assert "--profile" in old.stderr
    with zipfile.ZipFile(tmp_path / "old.zip") as archive:
        assert any(name.startswith("originals/") for name in archive.namelist())
    done = verify_desk("export", "1", tmp_path / "new.zip", "--profile", "partner")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Left out:" in done.stdout
    with zipfile.ZipFile(tmp_path / "new.zip") as archive:
        assert sorted(archive.namelist()) == [
            "SHA256SUMS",
            "case.json",
            "exhibits.csv",
            "report.txt",
        ]
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Haddad" not in content
    assert china.name.encode() not in content
    wrong = verify_desk("export", "1", tmp_path / "no.zip", "--profile", "police")
    assert wrong.returncode == 2
    assert not (tmp_path / "no.zip").exists()


@in_room()
async def test_the_chat_shows_what_leaves_before_it_makes_the_narrowest(room: Room) -> None:
    await room.send(encode(photograph("china")), caption="The bridge, says @laylah_aleppo")
    (shown,) = await room.say("/export")
    assert "hand-out profile: public" in words(shown)
    assert "the originals" in words(shown)
    (sent,) = await room.press(shown, "Make this file")
    assert sent["document"]["file_name"] == "case-1-public.zip"
    file = room.local.exchange.store.files.by_id(sent["document"]["file_id"])
    assert file is not None
    stored = room.local.exchange.store.files.content(file).read_bytes()
    with zipfile.ZipFile(io.BytesIO(stored)) as archive:
        names_ = [name.removeprefix("case-1-public/") for name in archive.namelist()]
        assert "check_bag.py" in names_
        assert "data/custody.jsonl" not in names_
        assert b"laylah_aleppo" not in archive.read("case-1-public/data/report.txt")
        listed = archive.read("case-1-public/tagmanifest-sha256.txt")
    assert hashlib.sha256(listed).hexdigest() in words(sent)
    await room.press(shown, "partner")
    assert "hand-out profile: partner" in words(room.now(shown))
