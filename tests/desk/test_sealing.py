"""What is sealed stands nowhere in a home, and is read by the holders of a key alone."""

from __future__ import annotations

import json
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyrage
import pytest

from tests.conftest import Run
from tests.lab.test_behind import archive
from tests.photographs import encode, photograph
from tests.submissions import arrived
from tests.traces import forms, found
from verify.desk import Desk
from verify.desk.sealing import opened
from verify.errors import BadInput, NotFound
from verify.language import Reader, plain
from verify.records import Box, MadeReport, Origin, OriginKind, Person, Role, SealedSource
from verify.sandbox import Sandbox
from verify.store.keeping import age, backup, custody

READER = Reader("en", ZoneInfo("UTC"))
PASSPHRASE = "correct horse battery staple"
NAME, ACCOUNT, PHONE = "Zaynab Qabbani", "zq_hamidiya", "+963 944 771 203"
LINK, FILE, DEVICE = "https://t.me/hamidiya77/4711", "IMG_zaynab_77", "Zorkiy QX-9"
CHAT, MESSAGE, SENDER = 774_411_907_331, 661_773_551_209, "884422119"
SEALED = (
    NAME,
    "Zaynab",
    "Qabbani",
    ACCOUNT,
    PHONE,
    "963 944 771",
    LINK,
    "hamidiya77",
    FILE,
    SENDER,
)


def picture(device: str = DEVICE) -> bytes:
    exif = photograph("china").getexif()
    exif[0x010F], exif[0x0110], exif[0x013B] = device.split()[0], device, NAME
    return encode(photograph("china"), exif=exif)


def keyed(desk: Desk) -> tuple[Person, str]:
    """An owner with a key; the person and the private key."""
    person = desk.team.at_console("7", "Noor", "en")
    identity = pyrage.x25519.Identity.generate()  # a passphrase would take seconds
    desk.sealing.add_key(person, "", str(identity.to_public()))
    return person, str(identity)


def brought(desk: Desk, person: Person) -> int:
    """A file from a sealed source, as a chat brings it; gives its case."""
    origin = Origin(kind=OriginKind.USER, name=NAME, external_id=SENDER, username=ACCOUNT)
    submission = arrived(
        chat_id=CHAT,
        message_id=MESSAGE,
        filename=f"{FILE}.jpg",
        caption=f"Zaynab writes: the old bridge, 14.6.2014. {PHONE} {LINK} @{ACCOUNT}",
        origin=origin,
        links=(LINK,),
        album="",
    )
    source = SealedSource(submission=submission, service="telegram", account=SENDER, name=NAME)
    stand_in = desk.sealing.stand_in(person, 1, 5)
    kept = desk.receiving.receive(stand_in, submission, picture(), sealed_from=source)
    desk.examining.examine(stand_in, kept.exhibit_id)
    return kept.case_id


def outside_vault(traces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without the files themselves, which are kept as they came."""
    return [one for one in traces if not one[1].startswith("vault/")]


def without_vault(folder: Path) -> Path:
    """A backup's contents."""
    with tarfile.open(folder / "backup.tar") as archive:
        archive.extractall(folder / "backed-up", filter="data")
    return folder / "backed-up"


@pytest.fixture(scope="module")
def sealed_home(
    tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox
) -> Iterator[tuple[Path, str, SealedSource | None]]:
    """A home with a sealed source, still as it is on disk while the desk runs; its private key,
    and what that opens."""
    folder = tmp_path_factory.mktemp("sealed")
    desk = Desk(folder / "home", sandbox=sandbox)
    person, secret = keyed(desk)
    case_id = brought(desk, person)
    (body,) = desk.sealing.sources(person, case_id)
    backup.write(folder / "home", folder / "backup.tar")
    yield folder / "home", secret, opened(body, secret)
    desk.close()


def test_a_seized_disk_tells_nobody_whose_picture_it_is(
    sealed_home: tuple[Path, str, SealedSource | None],
) -> None:
    home, _, _ = sealed_home
    assert (home / "desk.db-wal").stat().st_size > 0, "the log is looked at as well"
    texts, large = (*SEALED, DEVICE), (CHAT, MESSAGE, int(SENDER))
    assert outside_vault(found(home, texts, large)) == []
    assert outside_vault(found(without_vault(home.parent), texts, large)) == []


def test_the_holder_of_a_key_reads_all_of_it(
    sealed_home: tuple[Path, str, SealedSource | None],
) -> None:
    source = sealed_home[2]
    assert source is not None
    assert (source.name, source.account) == (NAME, SENDER)
    came = source.submission
    assert (came.chat_id, came.message_id, came.links) == (CHAT, MESSAGE, (LINK,))
    assert came.origin and came.origin.username == ACCOUNT


def test_another_key_opens_nothing(home: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        with pytest.raises(BadInput):
            desk.sealing.stand_in(desk.team.at_console("7", "Noor", "en"), 1, 5)
        person, _ = keyed(desk)
        case_id = brought(desk, person)
        _, later = keyed(desk)
        (body,) = desk.sealing.sources(person, case_id)
    assert opened(body, later) is None
    age.make_identity(tmp_path / "key.age", PASSPHRASE)
    with pytest.raises(BadInput):
        age.read_identity(tmp_path / "key.age", "wrong horse battery staple")
    assert all(b"AGE-SECRET" not in one.read_bytes() for one in tmp_path.glob("*.age"))


def test_the_record_links_no_two_sealed_files(home: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        person, _ = keyed(desk)
        owner = person.id
        for update, name in enumerate(("china", "flower"), start=1):
            submission = arrived(chat_id=CHAT)
            source = SealedSource(submission=submission, name=NAME)
            stand_in = desk.sealing.stand_in(person, 1, update)
            content = encode(photograph(name))
            desk.receiving.receive(stand_in, submission, content, sealed_from=source)
        rows = desk.store.rows(
            "SELECT person_id FROM custody_event WHERE kind IN ('received', 'preserved')"
        )
        people = [row["person_id"] for row in rows]
        assert len({*people}) == 2
        assert owner not in people
        assert custody.first_break(desk.store) is None


def test_what_checks_need_stays(sealed_home: tuple[Path, str, SealedSource | None]) -> None:
    with Desk(sealed_home[0], reading=True) as desk:
        reader = Person(id=0, name="Reader", role=Role.OWNER, at_console=True)
        report = desk.reports.case(reader, 1)
    (exhibit,), (claim,) = report.exhibits, report.claims
    assert exhibit.sealed
    assert exhibit.examination and exhibit.examination.metadata.model is None
    assert claim.text == "[…] writes: the old bridge, 14.6.2014. […] […] […]"
    assert claim.claimed_at == "2014-06-14"
    assert report.opened_by == "🔒"
    assert report.sightings[0].links == ()


def test_a_sealed_import_is_read_back_with_the_passphrase_alone(
    verify_desk: Run, tmp_path: Path
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    (tmp_path / f"{FILE}.jpg").write_bytes(picture())
    taken = ("import", tmp_path / f"{FILE}.jpg", "--by", NAME, "--link", LINK, "--seal")
    assert "verify-desk key" in verify_desk(*taken).stderr  # nobody could read it
    made = verify_desk("key", tmp_path / "noor.age", "--passphrase", secret, "--yes")
    assert made.returncode == 0, made.stderr
    assert verify_desk(*taken).returncode == 0
    told = "".join(
        verify_desk(*command).stdout
        for command in (
            ("show", "1", "--json"),
            ("show", "1", "--all"),
            ("search", "Zaynab"),
            ("cases",),
            ("audit",),
        )
    )
    assert [one for one in (NAME, LINK, FILE, DEVICE) if one in told] == []
    key = ("--key", tmp_path / "noor.age", "--passphrase", secret, "--json")
    source = json.loads(verify_desk("unseal", "1", *key).stdout)
    assert source["submission"]["origin"]["name"] == NAME
    assert source["submission"]["links"] == [LINK]
    traces = found(tmp_path / "home", (NAME, LINK, FILE))
    assert {name.partition("/")[0] for _, name in traces} <= {"vault"}
    secret.write_text("another passphrase\n", encoding="utf-8")
    assert verify_desk("unseal", "1", *key).returncode == 2


def test_a_case_that_came_in_openly_is_sealed_as_far_as_it_can_be(
    home: Path, sandbox: Sandbox, tmp_path: Path
) -> None:
    origin = Origin(kind=OriginKind.USER, name=NAME, external_id=SENDER, username=ACCOUNT)
    with Desk(home, sandbox=sandbox) as desk:
        owner, secret = keyed(desk)
        former = desk.team.admit("telegram", "5550199", "Jamila Rahhal", Role.REPORTER)
        submission = arrived(
            chat_id=CHAT,
            message_id=MESSAGE,
            filename=f"{FILE}.jpg",
            caption=f"Zaynab writes: the old bridge, 14.6.2014. {PHONE} {LINK}",
            origin=origin,
            links=(LINK,),
        )
        kept = desk.receiving.receive(former, submission, picture() + b"\0\0" + archive())
        desk.examining.examine(former, kept.exhibit_id)
        part = desk.deriving.derive(owner, kept.sha256, 1)
        assert FILE in desk.reports.exhibit(owner, kept.case_id, part.exhibit_id).filename
        desk.cases.note(owner, kept.case_id, f"Zaynab can be reached at {PHONE}")
        desk.cases.note(owner, kept.case_id, "Ask the mayor")
        texts, large = (*SEALED, DEVICE), (CHAT, MESSAGE, int(SENDER))
        seen = {text for text, _ in outside_vault(found(home, texts, large))}
        assert {NAME, ACCOUNT, PHONE, LINK, FILE, DEVICE, str(CHAT)} <= seen
        (member,) = [one for one in desk.team.members(owner) if one.name == "Jamila Rahhal"]
        desk.team.change_role(owner, member.id, None)
        done = desk.resealing.seal(owner, kept.case_id)
        assert (done.sealed, done.compacted) == (1, True)
        assert done.events == 1  # who took a part out; who brought it is nobody here any more
        desk.store.empty_log()
        assert outside_vault(found(home, (*texts, "Jamila", "Rahhal"), large)) == []
        report = desk.reports.case(owner, kept.case_id)
        assert [note.text for note in report.notes] == [
            "[…] can be reached at […]",
            "Ask the mayor",
        ]
        assert report.claims[0].text == "[…] writes: the old bridge, 14.6.2014. […] […]"
        assert desk.reports.search(owner, "Zaynab") == []
        assert len(desk.reports.search(owner, "mayor")) == 1
        (body,) = desk.sealing.sources(owner, kept.case_id)
        with pytest.raises(BadInput):
            desk.resealing.seal(owner, kept.case_id)
        assert custody.first_break(desk.store) is None
    source = opened(body, secret)
    assert source is not None
    assert (source.name, source.submission.links) == ("Jamila Rahhal", (LINK,))
    assert source.claims[0].claimant == NAME
    assert f"Zaynab can be reached at {PHONE}" in source.words.values()


def test_of_a_member_the_record_keeps_the_number_and_an_export_no_name(
    home: Path, sandbox: Sandbox, tmp_path: Path
) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        owner, _ = keyed(desk)
        member = desk.team.admit("telegram", "5550199", "Jamila Rahhal", Role.REPORTER)
        kept = desk.receiving.receive(member, arrived(), encode(photograph("china")))
        done = desk.resealing.seal(owner, kept.case_id)
        assert done.events == 2
        desk.exporting.export(owner, kept.case_id, tmp_path / "case.zip", {})
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        assert b"Jamila" not in archive.read("custody.jsonl")


def test_names_go_out_of_emblems_and_of_whom_reports_were_given_to_and_reports_are_told(
    home: Path, sandbox: Sandbox
) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        owner, _ = keyed(desk)
        origin = Origin(kind=OriginKind.USER, name=NAME)
        kept = desk.receiving.receive(owner, arrived(origin=origin), encode(photograph("china")))
        box = Box(left=0.1, top=0.1, right=0.6, bottom=0.6)
        desk.emblems.mark(owner, kept.case_id, kept.exhibit_id, box, f"Seal of {NAME}")
        report = MadeReport(
            id=0, case_id=kept.case_id, version=0, profile="inside", language="en", format="html",
            head="", sha256="0" * 64, by=owner.name, at=datetime.now(UTC),
        )  # fmt: skip
        desk.reporting.noted(owner, report)
        for name in (NAME, "Zaynab", "The Daily"):
            desk.reporting.given(owner, kept.case_id, name)
        done = desk.resealing.seal(owner, kept.case_id)
        assert done.exports == 1
        [report] = desk.reporting.made(owner, kept.case_id)
        assert {*report.given} == {"[…]", "The Daily"}
        desk.store.empty_log()
        assert outside_vault(found(home, (NAME, "Zaynab", "Qabbani"))) == []
        assert desk.wiping.wipe(owner, kept.case_id).exports == 1


def test_the_search_finds_every_form_it_looks_for(tmp_path: Path) -> None:
    for number, form in enumerate({*forms(NAME)}):
        (tmp_path / f"{number}").write_bytes(b"--" + form + b"--")
    assert {name for _, name in found(tmp_path, [NAME])} == {
        str(number) for number in range(len({*forms(NAME)}))
    }


def test_all_that_one_sender_brought_is_sealed_in_every_case_and_nothing_else(
    home: Path, sandbox: Sandbox
) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        owner, _ = keyed(desk)
        member = desk.team.admit("telegram", "5550199", "Jamila Rahhal", Role.REPORTER)
        names = {}
        for number, name in enumerate(("china", "coffee", "astronaut"), start=1):
            by = owner if name == "coffee" else member
            submission = arrived(message_id=number, filename=f"{name}-of-jamila.jpg")
            kept = desk.receiving.receive(by, submission, encode(photograph(name)))
            names[name] = kept.case_id
        with pytest.raises(NotFound):
            next(desk.resealing.seal_sender(owner, "Nobody"))
        done = list(desk.resealing.seal_sender(owner, "Jamila Rahhal"))
        assert [one.case_id for one in done] == [names["china"], names["astronaut"]]
        for name, case_id in names.items():
            [exhibit] = desk.reports.case(owner, case_id).exhibits
            assert exhibit.sealed is (name != "coffee")
            assert (exhibit.filename == "file.jpg") is exhibit.sealed


def test_a_name_that_an_import_gave_is_sealed_as_a_sender_too(home: Path, sandbox: Sandbox) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        owner, _ = keyed(desk)
        cases = []
        for name, by in (("china", "Sami Okapi"), ("coffee", "Rosa")):
            origin = Origin(kind=OriginKind.USER, name=by)
            kept = desk.receiving.receive(
                owner, arrived(origin=origin, filename="okapi.jpg"), encode(photograph(name))
            )
            cases.append(kept.case_id)
        with pytest.raises(NotFound) as refused:
            list(desk.resealing.seal_sender(owner, "Nobody"))
        assert owner.name in plain(refused.value.sentence, READER)
        [done] = desk.resealing.seal_sender(owner, "Sami Okapi")
        assert done.case_id == cases[0]
        sealed = [desk.reports.case(owner, one).exhibits[0].sealed for one in cases]
        assert sealed == [True, False]
    assert outside_vault(found(home, ["Sami Okapi"])) == []
