"""Lists of hashes: what they name is said of what was here and of what comes, and no more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import ImageOps

from tests.desk.test_posts import told_to_all
from tests.filmed import filmed
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import Cancelled
from verify.jobs.course import Course
from verify.jobs.kinds import preview
from verify.jobs.kinds.import_ import Job, Result, run
from verify.jobs.messages import Who, order
from verify.jobs.place import Place
from verify.language import Reader, plain
from verify.records import Archived, Outcome, Person, Pillar, Rating
from verify.store.pictures import footage
from verify.wording import exports

READER = Reader("en", ZoneInfo("UTC"))
CHINA = encode(photograph("china"))
HEAD = "type,value,label,source\n"

Taken = Callable[..., Archived]


@pytest.fixture
def taken_in(desk: Desk, noor: Person) -> Taken:
    """Takes in a list, and gives what came of it."""

    def take(path: Path, confidential: bool = False) -> Archived:
        job = Job((Place.of(path),), confidential=confidential)
        course = Course(order("import", job, Who("1", "noor", "en", "UTC")), beside_others=False)
        found = [one for one in run(desk, noor, job, course) if isinstance(one, Result)]
        [told] = [one.posts for one in found if one.posts]
        return told

    return take


def bring(desk: Desk, person: Person, content: bytes) -> tuple[int, int]:
    receipt = desk.receiving.receive(person, arrived(), content)
    desk.examining.all_of(person, receipt.exhibit_id)
    return receipt.case_id, receipt.exhibit_id


def said(desk: Desk, person: Person, place: tuple[int, int]) -> list[str]:
    """What is said of lists in an examination."""
    found = desk.reports.exhibit(person, *place).findings
    named = [one for one in found if one.check == "on_a_hash_list"]
    assert all((one.pillar, one.outcome) == (Pillar.SOURCE, Outcome.NOTED) for one in named)
    return [plain(one.summary, READER) for one in named]


def pdq(desk: Desk, exhibit_id: int) -> str:
    row = desk.store.row(
        "SELECT hash FROM fingerprint f JOIN view v ON v.id = f.view_id"
        " WHERE v.exhibit_id = ? AND v.kind = 'whole' AND algorithm = 'pdq'",
        (exhibit_id,),
    )
    assert row is not None
    return str(row["hash"].hex())


def test_a_list_names_what_was_here_and_what_comes_and_goes_with_its_import(
    desk: Desk, noor: Person, taken_in: Taken, tmp_path: Path
) -> None:
    before = bring(desk, noor, CHINA)
    small = encode(shrunk(photograph("china")))
    rows = [
        f"MD5,{hashlib.md5(CHINA).hexdigest().upper()},staged,Desk A",
        f"pdq,{pdq(desk, before[1])},,",
        f"sha1,{hashlib.sha1(encode(photograph('coffee'))).hexdigest()},,",
        "md5,broken,,",
    ]
    path = tmp_path / "fakes.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n")
    asked = preview.Job((Place.of(path),))
    course = Course(order("preview", asked, Who("1", "noor", "en", "UTC")), beside_others=False)
    [would] = preview.run(desk, noor, asked, course)
    lines = " · ".join(plain(one, READER) for one in exports.would_bring(would))
    assert "3 hashes · SHA-1: 1 · MD5: 1 · PDQ: 1 · 1 part cannot be read" in lines
    told = taken_in(path)
    assert (told.number, dict(told.hashes), told.new) == (1, {"md5": 1, "pdq": 1, "sha1": 1}, 3)
    assert [one.what for one in told.refused] == ["fakes.csv:5"]
    by_bytes = "The list “fakes.csv” names this very file, by its MD5."
    assert by_bytes == said(desk, noor, before)[0]
    assert "PDQ differs in 0 of 256 bits" in said(desk, noor, before)[1]
    [raw] = [one.raw for one in desk.reports.exhibit(noor, *before).findings if "md5" in one.raw]
    assert raw.endswith("staged | Desk A")
    alike = bring(desk, noor, small)
    assert ["looks like this" in one for one in said(desk, noor, alike)] == [True]
    assert "SHA-1" in said(desk, noor, bring(desk, noor, encode(photograph("coffee"))))[0]
    assert said(desk, noor, bring(desk, noor, encode(photograph("rocket")))) == []
    mirrored = bring(desk, noor, encode(ImageOps.mirror(photograph("china"))))
    assert ["a mirrored copy of a picture" in one for one in said(desk, noor, mirrored)] == [True]
    desk.wiping.undo(noor, 1)
    assert said(desk, noor, before) == said(desk, noor, alike) == []
    for table in ("hash_list", "listed_hash", "list_hit"):
        assert desk.store.rows(f"SELECT * FROM {table}") == []


def test_people_of_a_concluded_case_are_told_once_what_a_list_names(
    desk: Desk, noor: Person, taken_in: Taken, tmp_path: Path
) -> None:
    case, exhibit = bring(desk, noor, CHINA)
    desk.verdicts.conclude(noor, case, exhibit, Rating.ORIGINAL, "it is as it says")
    path = tmp_path / "fakes.csv"
    for rows in (["a"], ["a", "b"]):
        listed = [f"sha256,{hashlib.sha256(CHINA).hexdigest()},{one}," for one in rows]
        path.write_text(HEAD + "\n".join(listed) + "\n")
        taken_in(path)
    [notice] = told_to_all(desk)
    told = plain(notice.sentence, READER)
    assert notice.case_id == case
    assert "fakes.csv" in told and "this very file, by its SHA-256" in told and "Reopen" in told


def test_a_film_is_named_by_its_frames_with_their_times(
    desk: Desk, noor: Person, taken_in: Taken, tmp_path: Path
) -> None:
    place = bring(desk, noor, filmed(photograph("china"), photograph("coffee")))
    seen = footage.of(desk.store, place[1])
    assert seen is not None
    frames = [
        f"{at},{one.quality},{one.pdq[0].hex()},{10 + one.at_ms / 1000}"
        for at, one in enumerate(seen.samples)
    ]
    path = tmp_path / "films.csv"
    text = "\n".join(frames)
    path.write_text(f'{HEAD}vpdq,"{text}",,\npdq,{frames[0].split(",")[2]},,\n')
    taken_in(path)
    whole, picture = said(desk, noor, place)[::-1]
    assert f"of which {len(frames)} of {len(frames)} frames" in whole
    assert "at 0:00" in whole and "there at 0:10" in whole
    assert "at 0:00" in picture and "PDQ differs in 0 of 256 bits" in picture


def test_a_list_is_for_the_whole_desk_or_stays_out_and_a_withheld_file_is_not_looked_at(
    desk: Desk, noor: Person, taken_in: Taken, tmp_path: Path
) -> None:
    place = bring(desk, noor, CHINA)
    path = tmp_path / "fakes.csv"
    path.write_text(f"{HEAD}sha256,{hashlib.sha256(CHINA).hexdigest()},,\n")
    told = taken_in(path, confidential=True)
    assert dict(told.hashes) == {} and len(told.refused) == 1
    assert said(desk, noor, place) == []
    desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest())
    taken_in(path)
    assert desk.store.rows("SELECT * FROM list_hit") == []


def test_a_list_counts_once_all_of_it_is_here_and_a_cut_import_goes_on(
    desk: Desk, noor: Person, taken_in: Taken, tmp_path: Path
) -> None:
    place = bring(desk, noor, CHINA)
    path = tmp_path / "fakes.csv"
    path.write_text(f"{HEAD}md5,{hashlib.md5(CHINA).hexdigest()},,\nmd5,{'a' * 32},,\n")
    job = Job((Place.of(path),))
    course = Course(order("import", job, Who("1", "noor", "en", "UTC")), beside_others=False)
    with pytest.raises(Cancelled):
        for _ in run(desk, noor, job, course):
            course.cancel()
    desk.hash_lists.hold(place[1])
    assert said(desk, noor, place) == []
    told = taken_in(path)
    assert (told.number, dict(told.hashes)) == (1, {"md5": 2})
    assert len(said(desk, noor, place)) == 1
    assert len(desk.store.rows("SELECT * FROM listed_hash")) == 2
