"""A bag of another desk comes in whole, as that desk's, or not at all."""

from __future__ import annotations

import ast
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import PHOTOGRAPHS
from tests.desk.test_bagging import ordered
from tests.submissions import arrived
from tests.test_check_bag import (
    a_byte,
    a_missing_event,
    a_renamed_file,
    a_row,
    a_second_chain,
    a_swapped_original,
    an_added_file,
    an_edited_report,
    remade,
    unpack,
)
from verify.cli import run
from verify.desk import Desk
from verify.jobs import bags
from verify.jobs.kinds import bag as bag_
from verify.jobs.place import Place
from verify.lab import check_bag
from verify.lab.wire import Bag, Fault
from verify.language import Reader, plain
from verify.records import Rating, Sensitive
from verify.sandbox import Sandbox
from verify.store.keeping import signing
from verify.wording.bags import fault, refused

CHINA, FLOWER = (PHOTOGRAPHS / name for name in ("china.jpg", "flower.jpg"))
ENGLISH = Reader("en", ZoneInfo("UTC"))


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory, sandbox: Any) -> Path:
    """A bag of case 1 of another desk, with its folder; `signed` is of its case 2, by its key."""
    folder = tmp_path_factory.mktemp("theirs")
    with Desk(folder / "home", sandbox=sandbox) as desk:
        sami = desk.team.at_console("8", "Sami Okapi", "en")
        for number, path in enumerate((CHINA, FLOWER)):
            message = arrived(filename=path.name, caption=("Aleppo, 14 June 2014", "")[number])
            receipt = desk.receiving.receive(sami, message, path, 1 if number else None)
            desk.examining.examine(sami, receipt.exhibit_id)
        claim = desk.reports.case(sami, 1).claims[0]
        desk.cases.note(sami, 1, "a note of theirs")
        desk.marking.mark(sami, 1, 2, Sensitive.GRAPHIC)
        desk.verdicts.conclude(sami, 1, 1, Rating.STAGED, "a reason of theirs", claim_id=claim.id)
        desk.receiving.receive(sami, arrived(), b"another file")
        public = signing.make(folder / "signed.key", "correct horse battery")
        desk.signing.made(sami, public)
        (folder / "desks.pem").write_text(public)
        key = signing.read(folder / "signed.key", "correct horse battery")
        for case, name, signed_by in ((1, "bag", b""), (2, "signed", key)):
            job = bag_.Job(case, Place.of(folder), f"{name}.zip".encode(), (), "inside", signed_by)
            assert [*bag_.run(desk, sami, job, ordered(job))]
            unpack(folder / f"{name}.zip", folder / name)
    return folder / "bag.zip"


@pytest.fixture
def here(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VERIFY_HOME", str(home))
    return home


def packed(folder: Path, target: Path) -> Path:
    """The folder of a bag as an archive."""
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"case-1-inside/{file.relative_to(folder).as_posix()}")
    return target


def told(*words: str | Path, capfd: pytest.CaptureFixture[str]) -> tuple[int, list[Any]]:
    capfd.readouterr()
    status = run([*map(str, words), "--json"])
    return status, [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_what_another_desk_says_stands_beside_the_exhibits_as_its_words(
    bag: Path, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(CHINA), "--caption", "Beijing"]) == 0
    status, lines = told("import", bag, "--yes", capfd=capfd)
    assert status == 0
    assert [line["status"] for line in lines] == ["known", "new", "bag"]
    came = lines[-1]
    assert (came["case"], came["their_case"], came["profile"]) == (2, 1, "inside")
    assert came["signed_by"] == ""

    _, [case] = told("show", "2", capfd=capfd)
    assert [one["filename"] for one in case["exhibits"]] == ["china.jpg", "flower.jpg"]
    assert not (case["claims"] or case["notes"] or case["verdicts"])
    words = {one["kind"]: one for one in case["bags"][0]["words"]}
    assert words["verdict"]["rating"] == "staged"
    assert words["verdict"]["text"] == "a reason of theirs"
    assert words["verdict"]["by"] == "Sami Okapi"
    assert words["note"]["text"] == "a note of theirs"
    assert words["claim"]["text"] == "Aleppo, 14 June 2014"
    assert case["exhibits"][1]["cover"]["kinds"] == ["graphic"]  # on that desk's word
    assert not case["exhibits"][0]["concluded"]  # a verdict of theirs is none of ours

    capfd.readouterr()
    assert run(["show", "2", "--all"]) == 0
    shown = capfd.readouterr().out
    assert "From another desk: case 1 there" in shown
    assert "As another desk concluded, by Sami Okapi" in shown
    assert "not verified here" in shown
    assert run(["show", "2"]) == 0
    assert "From another desk: case 1 there" in capfd.readouterr().out
    assert run(["audit"]) == 0


def test_the_same_bag_twice_adds_nothing_and_undo_takes_all_of_it_out(
    bag: Path, here: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, lines = told("import", bag, "--yes", capfd=capfd)
    number = str(lines[-1]["import"])
    copy = shutil.copy(bag, tmp_path / "again.zip")
    status, [again] = told("import", copy, "--yes", capfd=capfd)
    assert (status, again["status"], again["case"]) == (0, "repeated", 1)
    _, cases = told("cases", capfd=capfd)
    assert [one["id"] for one in cases] == [1]

    assert run(["claim", "1", "Ours"]) == 0
    assert run(["import", "--undo", number, "--yes"]) == 2  # people worked in it
    assert run(["show", "1"]) == 0
    assert run(["wipe", "1", "--yes"]) == 0
    _, lines = told("import", bag, "--yes", capfd=capfd)
    assert (lines[-1]["status"], lines[-1]["case"]) == ("bag", 2)
    assert run(["import", "--undo", str(lines[-1]["import"]), "--yes"]) == 0
    assert run(["show", "2"]) == 2
    assert not [one for one in (here / "vault").rglob("*") if one.is_file()]
    assert run(["audit"]) == 0


def test_a_signature_counts_where_its_key_is_known_here(
    bag: Path, here: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    signed = bag.parent / "signed.zip"
    _, lines = told("import", signed, "--yes", capfd=capfd)
    assert (len(lines[-1]["signed_by"]), lines[-1]["key_known"]) == (64, False)
    assert run(["import", "--undo", str(lines[-1]["import"]), "--yes"]) == 0
    (here / "trust").mkdir()
    shutil.copy(bag.parent / "desks.pem", here / "trust" / "desks.pem")
    folder = shutil.copytree(bag.parent / "signed", tmp_path / "bag")
    (folder / "tagmanifest-sha256.txt.sig").write_bytes(bytes(64))
    assert run(["import", str(packed(folder, tmp_path / "bag.zip")), "--yes"]) == 2
    assert "not of the key that the bag names" in capfd.readouterr().err
    _, lines = told("import", signed, "--yes", capfd=capfd)
    assert lines[-1]["key_known"]


def test_a_bag_that_was_cut_short_is_taken_up_again(
    bag: Path, home: Path, sandbox: Sandbox
) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.at_console("7", "Noor Zanzibar", "en")
        found = bags.checked(desk, bag)
        assert found
        next(bags.taken(desk, noor, found, bag))
        *files, last = bags.taken(desk, noor, found, bag)
        assert (len(files), isinstance(last, bags.Brought)) == (2, True)
        assert len(desk.reports.case(noor, 1).exhibits) == 2
        [again] = bags.taken(desk, noor, found, bag)
        assert isinstance(again, bags.Brought)
        assert again.again


def a_path_elsewhere(archive: Path) -> None:
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("case-1-inside/../../elsewhere.txt", b"x")


def a_file_twice(archive: Path) -> None:
    with zipfile.ZipFile(archive, "a") as file, pytest.warns(UserWarning):
        file.writestr("case-1-inside/bagit.txt", b"x")


def a_link(archive: Path) -> None:
    with zipfile.ZipFile(archive, "a") as file:
        info = zipfile.ZipInfo("case-1-inside/data/link")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")


def a_bomb(archive: Path) -> None:
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("case-1-inside/data/bomb", bytes(64 << 20))


def no_more_signed(folder: Path, other: Path) -> None:
    info = folder / "bag-info.txt"
    info.write_text(f"{info.read_text()}Verify-Desk-Signed-By: {'0' * 64}\n")
    remade(folder)


def no_case(folder: Path, other: Path) -> None:
    (folder / "data" / "case.json").write_text('{"exhibits": 3}')
    remade(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (a_byte, "was changed."),
        (an_edited_report, "data/report.txt was changed."),
        (an_added_file, "is in no list: it was added."),
        (a_renamed_file, "is not the file that its name says."),
        (a_row, "does not fit."),
        (a_missing_event, "is missing"),
        (a_swapped_original, "is not"),
        (a_second_chain, ""),
        (no_more_signed, "tagmanifest-sha256.txt.sig is missing."),
        (no_case, "Something is not written as in a bag of a desk"),
        (a_path_elsewhere, "is not in the folder of the bag."),
        (a_file_twice, "is in the archive twice."),
        (a_link, "is a link or no file"),
        (a_bomb, "unpacks to more than it may."),
    ],
)
def test_what_does_not_fit_in_a_bag_is_named(
    bag: Path, sandbox: Sandbox, tmp_path: Path, change: Any, said: str
) -> None:
    folder = shutil.copytree(bag.with_suffix(""), tmp_path / "bag")
    if change in (a_path_elsewhere, a_file_twice, a_link, a_bomb):
        file = packed(folder, tmp_path / "bag.zip")
        change(file)
    else:
        change(folder, bag.parent / "signed")
        file = packed(folder, tmp_path / "bag.zip")
    answer = sandbox.bag(file)
    assert isinstance(answer, Bag)
    assert said in plain(refused(answer.wrong), ENGLISH)


def test_a_bag_that_does_not_fit_is_refused_and_nothing_of_it_stays(
    bag: Path, here: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(bag.with_suffix(""), tmp_path / "bag")
    a_byte(folder, folder)
    file = packed(folder, tmp_path / "bag.zip")
    capfd.readouterr()
    assert run(["import", str(file), "--yes"]) == 2
    assert "This bag does not fit, so nothing of it was taken in." in capfd.readouterr().err
    assert not [one for one in (here / "vault").rglob("*") if one.is_file()]
    _, cases = told("cases", capfd=capfd)
    assert cases == []


def test_whatever_the_checker_says_is_a_sentence_for_readers() -> None:
    tree = ast.parse(Path(check_bag.__file__).read_text(encoding="utf-8"))
    checks = [one for one in tree.body if getattr(one, "name", "").startswith("check")]
    lines = [one.value for part in checks for one in ast.walk(part) if isinstance(one, ast.Yield)]
    said = [_filled(one) for one in lines if one]
    assert len(said) > 12
    least = fault("anything else")
    assert [one for one in said if fault(one).template == least.template] == []


def _filled(text: ast.expr) -> str:
    if isinstance(text, ast.Constant):
        return str(text.value)
    assert isinstance(text, ast.JoinedStr)
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "3" for one in text.values)


def test_a_zip_archive_of_other_files_is_no_bag(sandbox: Sandbox, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pictures.zip", "w") as archive:
        archive.write(CHINA, "bagit.txt/china.jpg")
    answer = sandbox.bag(tmp_path / "pictures.zip")
    assert isinstance(answer, Fault)
    assert answer.code == "no bag"
