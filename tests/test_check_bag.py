"""A bag is a bag, and its checker, with nothing but Python, sees what was done to it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import bagit
import jsonschema
import pytest
from PIL import Image

from tests.conftest import PHOTOGRAPHS
from tests.photographs import encode
from tests.submissions import arrived
from verify.cli import run
from verify.desk import Desk
from verify.records import Attachment, Box, Person, Post, Rating

PROFILES = ("inside", "partner", "public")
ELSEWHERE = encode(Image.linear_gradient("L").convert("RGB"))
MANIFESTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")


@pytest.fixture(scope="module")
def bags(tmp_path_factory: pytest.TempPathFactory, sandbox: Any) -> Path:
    """Folders `inside`, `partner` and `public`, and `other`, of another case of the same desk."""
    folder = tmp_path_factory.mktemp("bags")
    home = folder / "home"
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.at_console("7", "Noor Zanzibar", "en")
        for number, name in enumerate(("china.jpg", "flower.jpg")):
            content = (PHOTOGRAPHS / name).read_bytes()
            message = arrived(
                filename=f"%\r\n{name}", caption=("Aleppo, 14 June 2014", "Seen")[number]
            )
            receipt = desk.receiving.receive(noor, message, content, 1 if number else None)
            desk.examining.examine(noor, receipt.exhibit_id)
        claim = desk.reports.case(noor, 1).claims[0]
        desk.verdicts.conclude(noor, 1, 1, Rating.STAGED, "why", claim_id=claim.id)
        posted(desk, noor, folder)
        desk.keeping.keep_case(noor, 1, date(2027, 3, 31))
        other = desk.receiving.receive(noor, arrived(), b"another file")
        desk.examining.examine(noor, other.exhibit_id)
        sha256 = hashlib.sha256((PHOTOGRAPHS / "china.jpg").read_bytes()).hexdigest()
        desk.verdicts.reopen(noor, 1, "a copy is needed")
        desk.copying.copy(noor, sha256, (Box(left=0.1, top=0.1, right=0.5, bottom=0.5),))
    for case, profile, name in (*((1, one, one) for one in PROFILES), (2, "inside", "other")):
        file = folder / f"{name}.zip"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("VERIFY_HOME", str(home))
            assert run(["export", str(case), "-o", str(file), "--profile", profile]) == 0
        unpack(file, folder / name)
    return folder


def posted(desk: Desk, person: Person, folder: Path) -> None:
    """A post in the archive with the picture of case 1, and one of no case."""
    (folder / "elsewhere.jpg").write_bytes(ELSEWHERE)
    number = desk.posts.begin(person, "archive")
    post = Post(
        network="telegram",
        at="2011-05-03T08:12:00Z",
        name="Zanzibar News",
        handle="zanzibar",
        text="=Zanzibar",
        media=(Attachment(path="a.jpg"), Attachment(path="b.jpg")),
    )
    files = {0: PHOTOGRAPHS / "china.jpg", 1: folder / "elsewhere.jpg"}
    taken = desk.posts.take(person, number, post, files)
    for receipt in taken.media.values():
        desk.examining.examine(person, receipt.exhibit_id)
    desk.posts.end(person, number)


def unpack(file: Path, folder: Path) -> None:
    """The one folder of a bag's archive, under this name."""
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        (top,) = {name.partition("/")[0] for name in archive.namelist()}
        archive.extractall(folder.parent)
    (folder.parent / top).rename(folder)


def check(folder: Path, *more: str) -> tuple[int, str]:
    command = [sys.executable, "-I", folder / "check_bag.py", folder, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout


def remade(folder: Path) -> None:
    """The manifests, as somebody who changes a bag would write them anew."""
    for manifest, inside in zip(MANIFESTS, (True, False), strict=True):
        lines = []
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and inside == name.startswith("data/") and name != MANIFESTS[1]:
                lines.append(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {name}\n")
        (folder / manifest).write_text("".join(lines))


def record(folder: Path, change: Callable[[list[str]], list[str]]) -> None:
    file = folder / "data" / "custody.jsonl"
    lines = change(file.read_text().splitlines())
    file.write_text("".join(f"{line}\n" for line in lines))
    told = folder / "bag-info.txt"
    entries = [one for one in told.read_text().splitlines() if "Custody-Head" not in one]
    head = json.loads(lines[-1])["hash"]
    told.write_text("\n".join([*entries, f"Verify-Desk-Custody-Head: {head}", ""]))
    remade(folder)


def originals(folder: Path) -> list[Path]:
    return sorted((folder / "data" / "originals").iterdir())


def a_byte(bag: Path, other: Path) -> None:
    file = originals(bag)[0]
    file.write_bytes(file.read_bytes()[:-1] + b"!")


def an_edited_report(bag: Path, other: Path) -> None:
    file = bag / "data" / "report.txt"
    file.write_text(file.read_text() + "And it is true.\n")


def a_row(bag: Path, other: Path) -> None:
    record(bag, lambda lines: [lines[0], lines[1].replace('"at":"2026', '"at":"2016'), *lines[2:]])


def an_order(bag: Path, other: Path) -> None:
    record(bag, lambda lines: [lines[1], lines[0], *lines[2:]])


def a_missing_event(bag: Path, other: Path) -> None:
    record(bag, lambda lines: [*lines[:-4], *lines[-3:]])


def the_last_events_missing(bag: Path, other: Path) -> None:
    record(bag, lambda lines: lines[:-2])


def a_second_chain(bag: Path, other: Path) -> None:
    record(bag, lambda lines: (other / "data" / "custody.jsonl").read_text().splitlines())


def two_chains(bag: Path, other: Path) -> None:
    more = (other / "data" / "custody.jsonl").read_text().splitlines()
    record(bag, lambda lines: [*lines, *more])


def a_swapped_original(bag: Path, other: Path) -> None:
    originals(bag)[0].write_bytes(b"something else")
    remade(bag)


def another_original(bag: Path, other: Path) -> None:
    file = originals(bag)[0]
    file.unlink()
    (file.parent / f"{hashlib.sha256(b'other').hexdigest()}.jpg").write_bytes(b"other")
    remade(bag)


def no_original(bag: Path, other: Path) -> None:
    originals(bag)[0].unlink()
    remade(bag)


def a_renamed_file(bag: Path, other: Path) -> None:
    file = originals(bag)[0]
    file.rename(file.with_name("picture.jpg"))
    remade(bag)


def an_added_file(bag: Path, other: Path) -> None:
    (bag / "data" / "more.txt").write_text("more")


def an_added_file_outside(bag: Path, other: Path) -> None:
    (bag / "README\n\x1b[2J.txt").write_text("more")


def no_record(bag: Path, other: Path) -> None:
    (bag / "data" / "custody.jsonl").unlink()
    remade(bag)


def a_link(bag: Path, other: Path) -> None:
    file = originals(bag)[0]
    file.rename(bag.parent / "elsewhere.jpg")
    file.symlink_to(bag.parent / "elsewhere.jpg")


def a_linked_folder(bag: Path, other: Path) -> None:
    (bag / "data" / "linked").symlink_to(bag / "data")


def a_path_that_leads_out(bag: Path, other: Path) -> None:
    (bag.parent / "out.txt").write_text("out")
    digest = hashlib.sha256(b"out").hexdigest()
    with (bag / MANIFESTS[0]).open("a") as manifest:
        manifest.write(f"{digest}  data/../../out.txt\n")


def no_json(bag: Path, other: Path) -> None:
    (bag / "data" / "custody.jsonl").write_text("[" * 100_000)
    remade(bag)


MANIPULATIONS = {
    a_byte: "was changed",
    an_edited_report: "data/report.txt was changed",
    a_row: "Event 2 does not fit",
    an_order: "Event 1 does not fit",
    a_missing_event: "one is missing",
    the_last_events_missing: "one is missing",
    a_second_chain: "no event says that it was preserved",
    two_chains: "does not fit",
    a_swapped_original: "is not the file that its name says",
    another_original: "is missing",
    no_original: "is missing",
    a_renamed_file: "is not the file that its name says",
    an_added_file: "was added",
    an_added_file_outside: "was added",
    no_record: "custody.jsonl is missing",
    a_link: "nothing here follows it",
    a_linked_folder: "nothing here follows it",
    a_path_that_leads_out: "a line that is none",
    no_json: "not written as in a bag of a desk",
}


@pytest.mark.parametrize("manipulate", MANIPULATIONS, ids=lambda one: one.__name__)
def test_what_was_done_to_a_bag_is_said(
    bags: Path, tmp_path: Path, manipulate: Callable[[Path, Path], None]
) -> None:
    bag = shutil.copytree(bags / "inside", tmp_path / "bag")
    before = {file for file in tmp_path.rglob("*") if "__pycache__" in file.name}
    manipulate(bag, bags / "other")
    status, told = check(bag)
    assert status == 1
    assert MANIPULATIONS[manipulate] in told
    assert "\x1b" not in told
    assert not before


@pytest.mark.parametrize("name", [*PROFILES, "other"])
def test_a_bag_as_it_was_made_fits(bags: Path, name: str) -> None:
    status, told = check(bags / name)
    assert (status, told.count("\n")) == (0, 3)
    bagit.Bag(str(bags / name)).validate()
    case, schema = (
        json.loads((bags / name / "data" / file).read_text())
        for file in ("case.json", "case.schema.json")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(case, schema, jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(case | {"more": 1}, schema, jsonschema.Draft202012Validator)


def test_bagit_refuses_a_changed_byte_too(bags: Path, tmp_path: Path) -> None:
    bag = shutil.copytree(bags / "inside", tmp_path / "bag")
    a_byte(bag, bag)
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


def test_a_bag_that_somebody_made_anew_has_another_digest(bags: Path, tmp_path: Path) -> None:
    bag = shutil.copytree(bags / "inside", tmp_path / "bag")
    digest = hashlib.sha256((bag / MANIFESTS[1]).read_bytes()).hexdigest()
    assert digest in check(bag)[1]
    assert check(bag, digest.upper())[0] == 0
    an_edited_report(bag, bag)
    remade(bag)
    assert check(bag)[0] == 0
    status, told = check(bag, digest)
    assert (status, told.strip()) == (
        1,
        "The digest is not the one that you were told: this is another bag.",
    )


def test_the_checker_is_short_and_runs_where_python_is_old(bags: Path) -> None:
    checker = bags / "inside" / "check_bag.py"
    assert len(checker.read_text().splitlines()) <= 200
    old = next(Path("~/.pyenv/versions").expanduser().glob("3.9.*/bin/python"), None)
    if old is None:
        pytest.skip("no Python 3.9 here")
    done = subprocess.run([old, "-I", checker], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_profile_holds_nothing_of_what_it_leaves_out(bags: Path) -> None:
    inside, partner, public = (bags / name / "data" for name in PROFILES)
    assert len(originals(inside.parent)) == 3
    assert (inside / "pdq.csv").read_text().count("\npdq,") == 2
    assert len([*(partner / "copies").iterdir()]) == 1
    assert not (public / "copies").exists()
    for folder in (partner, public):
        assert not {"originals", "custody.jsonl", "pdq.csv"} & {
            one.name for one in folder.iterdir()
        }
        for file in folder.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                assert b"Zanzibar" not in content, file
                assert b"china.jpg" not in content, file


def test_posts_places_and_reviews_go_along_by_profile(bags: Path) -> None:
    inside, partner, public = (bags / name / "data" for name in PROFILES)
    names = {"posts.csv", "places.geojson", "reviews.jsonld"}
    assert [names & {one.name for one in folder.iterdir()} for folder in (inside, partner)] == [
        names,
        names,
    ]
    assert names & {one.name for one in public.iterdir()} == {"reviews.jsonld"}
    types = {one["@type"] for one in json.loads((public / "reviews.jsonld").read_text())["@graph"]}
    assert types == {"MediaReview", "ClaimReview"}
    (near,) = json.loads((partner / "places.geojson").read_text())["features"]
    assert near["geometry"]["coordinates"] == [37.2, 36.2]
    assert "'=Zanzibar" in (inside / "posts.csv").read_text()
    other = hashlib.sha256(ELSEWHERE).hexdigest()
    assert other in (inside / "posts.csv").read_text()
    for file in partner.rglob("*"):  # a post tells of no picture that the case does not have
        assert not file.is_file() or other.encode() not in file.read_bytes(), file


def test_each_bag_says_what_it_lacks_beside_the_berkeley_protocol(bags: Path) -> None:
    inside, partner, public, other = (
        (bags / name / "data" / "berkeley-protocol.html").read_text()
        for name in (*PROFILES, "other")
    )
    assert inside.count("<section") == public.count("<section") == 9
    assert "3 originals." in inside
    assert "The originals are not in this bag" not in inside
    assert "No key signs this bag." in inside
    assert "No time stamp from outside" in inside
    assert "made under boxes" in partner
    assert "The custody record is not in this bag." in partner
    assert "Findings are not in this bag." in public
    assert "No working copies are in this bag." in public
    assert "nothing is concluded" in other
    for name in (*PROFILES, "other"):
        page = (bags / name / "data" / "berkeley-protocol.html").read_text()
        shown = page.replace("<bdi>", "").replace("</bdi>", "")
        for named in re.findall(r"<li>([\w./-]+)(?: and ([\w./-]+))?:", shown):
            assert all((bags / name / one).exists() for one in named if one), named
