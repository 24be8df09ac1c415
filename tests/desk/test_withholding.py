"""What nobody may hold is in nothing that is derived, found, backed up or handed out."""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from tests.desk.test_marking import bring
from tests.filmed import filmed
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, NotAllowed, NotFound
from verify.lab.hashing import pdq
from verify.language import Reader, plain
from verify.layouts import handout
from verify.layouts.profiles import profile
from verify.records import Examination, Person, Role, Sensitive, Step
from verify.store.keeping import backup
from verify.store.keeping.audit import audit
from verify.wording import albums

CHINA = encode(photograph("china"))
NEAR = encode(shrunk(photograph("china"), 0.8), quality=75)
DERIVED = ("fingerprint", "features", "footage", "sound")


def derived(desk: Desk, exhibit_id: int) -> int:
    views = f"view_id IN (SELECT id FROM view WHERE exhibit_id = {exhibit_id})"
    found = 0
    for table in DERIVED:
        where = views if table in ("fingerprint", "features") else f"exhibit_id = {exhibit_id}"
        found += desk.store.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0]
    return int(found)


@pytest.mark.parametrize(
    "listed",
    [
        lambda: ("sha256", hashlib.sha256(CHINA).hexdigest()),
        lambda: ("md5", hashlib.md5(CHINA).hexdigest()),
        lambda: ("sha1", hashlib.sha1(CHINA).hexdigest()),
        lambda: ("pdq", pdq(photograph("china")).hash.hex()),
    ],
)
@pytest.mark.parametrize("list_first", [True, False])
def test_a_list_withholds_what_is_here_and_what_comes(
    desk: Desk, noor: Person, listed: Callable[[], tuple[str, str]], list_first: bool
) -> None:
    if list_first:
        desk.withholding.take_list(noor, [listed()], "")
    case_id, exhibit_id = bring(desk, noor, CHINA)
    if not list_first:
        done = desk.withholding.take_list(noor, [listed()], "")
        assert (done.listed, done.exhibits, done.joined > 0) == (1, 1, True)
    with pytest.raises(NotAllowed):
        desk.pictures.alone(noor, case_id, exhibit_id, step=Step.FULL)
    assert derived(desk, exhibit_id) == 0
    other = bring(desk, noor, encode(photograph("coffee")))
    assert desk.pictures.alone(noor, *other)


def test_it_is_shown_to_the_one_person_who_is_named(desk: Desk, noor: Person) -> None:
    rosa = desk.team.admit("telegram", "8", "Rosa", Role.REPORTER)
    case_id, exhibit_id = bring(desk, noor, CHINA)
    sha256 = hashlib.sha256(CHINA).hexdigest()
    with pytest.raises(BadInput):
        desk.withholding.take_list(noor, [], "Nobody")
    with pytest.raises(NotAllowed):
        desk.withholding.take_list(rosa, [], "Rosa")
    desk.withholding.take_list(noor, [], "Noor")
    desk.withholding.withhold(rosa, sha256)
    assert desk.pictures.alone(noor, case_id, exhibit_id, step=Step.FULL)
    for role in Role:
        one = desk.team.admit("telegram", f"70-{role}", role, role)
        with pytest.raises(NotAllowed):
            desk.pictures.alone(one, case_id, exhibit_id, step=Step.FULL)
    with pytest.raises(NotFound):
        desk.deriving.derive(noor, sha256, 1)
    assert [row[0] for row in desk.store.rows(
        "SELECT kind FROM custody_event WHERE kind LIKE 'withheld%' ORDER BY id"
    )] == ["withheld hashes added", "withheld"]  # fmt: skip


def test_copies_are_found_by_nobody_and_withheld_too(desk: Desk, noor: Person) -> None:
    bring(desk, noor, CHINA)
    desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest())
    case_id, exhibit_id = bring(desk, noor, NEAR)
    assert desk.reports.exhibit(noor, case_id, exhibit_id).matches == ()
    with pytest.raises(NotAllowed):
        desk.pictures.alone(noor, case_id, exhibit_id, step=Step.FULL)
    desk.examining.examine(noor, exhibit_id, again=True)
    assert list(desk.examining.reindex(noor))
    assert derived(desk, exhibit_id) == 0


def test_it_is_in_no_export_and_no_backup_and_a_restored_desk_is_whole(
    desk: Desk, noor: Person, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, _ = bring(desk, noor, CHINA)
    desk.receiving.receive(noor, arrived(), encode(photograph("coffee")), case_id)
    sha256 = hashlib.sha256(CHINA).hexdigest()
    desk.withholding.withhold(noor, sha256)
    assert desk.exporting.export(noor, case_id, tmp_path / "case.zip", {}) == 1
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        assert not [name for name in archive.namelist() if sha256 in name]
    monkeypatch.chdir(tmp_path)
    backup.write(home, Path("backup.tar"))
    with tarfile.open(tmp_path / "backup.tar") as written:
        assert not [name for name in written.getnames() if sha256 in name]
    backup.restore(tmp_path / "backup.tar", tmp_path / "restored")
    with Desk(tmp_path / "restored", sandbox=desk.sandbox) as restored:
        assert audit(restored._home).whole


def test_a_case_of_several_says_which_is_withheld_and_so_does_an_export(
    desk: Desk, noor: Person
) -> None:
    case_id, _ = bring(desk, noor, encode(photograph("coffee")))
    desk.receiving.receive(noor, arrived(), CHINA, case_id)
    desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest())
    report = desk.reports.case(noor, case_id)
    reader = Reader("en", ZoneInfo("UTC"))
    said = [plain(line, reader) for line in albums.overview(report)]
    assert "1 is withheld, and shown to one person alone: 2" in said
    assert "Nothing stands out in any of the 1." in said
    written = handout.texts(report, profile("inside"), "inside", reader)
    assert "1 original that is withheld" in written["report.txt"]
    assert "1 original that is withheld" in written["case.json"]
    assert (
        "original that is" not in handout.texts(report, profile("public"), "", reader)["case.json"]
    )


def is_shown(desk: Desk, person: Person, case_id: int, exhibit_id: int) -> bool:
    try:
        return bool(desk.pictures.alone(person, case_id, exhibit_id, step=Step.FULL))
    except NotAllowed:
        return False


def test_copies_that_are_here_are_withheld_on_a_word_too(desk: Desk, noor: Person) -> None:
    bring(desk, noor, CHINA)
    near, other = bring(desk, noor, NEAR), bring(desk, noor, encode(photograph("coffee")))
    assert desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest()).exhibits == 2
    assert not is_shown(desk, noor, *near)
    assert derived(desk, near[1]) == 0
    assert is_shown(desk, noor, *other)


@pytest.mark.parametrize("list_first", [True, False])
def test_a_listed_picture_is_found_in_every_moment_of_a_film(
    desk: Desk, noor: Person, list_first: bool
) -> None:
    film = filmed(*(shrunk(photograph(name)) for name in ("china", "coffee")))
    listed = [("pdq", pdq(photograph("coffee")).hash.hex())]
    if list_first:
        desk.withholding.take_list(noor, listed, "")
    place = bring(desk, noor, film)
    if not list_first:
        desk.withholding.take_list(noor, listed, "")
    assert not is_shown(desk, noor, *place)
    assert derived(desk, place[1]) == 0


def test_what_was_taken_out_of_it_is_withheld_with_it(desk: Desk, noor: Person) -> None:
    film = filmed(*(shrunk(photograph(name)) for name in ("china", "coffee")))
    bring(desk, noor, film)
    sha256 = hashlib.sha256(film).hexdigest()
    kept = desk.deriving.frame(noor, sha256, 1500)
    desk.withholding.withhold(noor, sha256)
    assert not is_shown(desk, noor, kept.case_id, kept.exhibit_id)


def test_what_is_flat_withholds_nothing_that_is_flat(desk: Desk, noor: Person) -> None:
    def sky(darkest: int) -> bytes:
        return encode(Image.linear_gradient("L").point(lambda one: darkest + one // 8), "PNG")

    places = [bring(desk, noor, sky(number)) for number in (10, 150)]
    assert desk.withholding.withhold(noor, hashlib.sha256(sky(10)).hexdigest()).exhibits == 1
    places.append(bring(desk, noor, sky(80)))
    assert [is_shown(desk, noor, *place) for place in places] == [False, True, True]


def test_what_the_lab_still_looks_at_stays_withheld(
    desk: Desk, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = desk.sandbox.examine

    def withheld_meanwhile(*given: object, **named: object) -> Examination:
        seen = look(*given, **named)  # type: ignore[arg-type]
        desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest())
        return seen

    kept = desk.receiving.receive(noor, arrived(), CHINA)
    monkeypatch.setattr(desk.sandbox, "examine", withheld_meanwhile)
    desk.examining.examine(noor, kept.exhibit_id)
    assert derived(desk, kept.exhibit_id) == 0


def test_one_wrong_name_among_several_withholds_nothing(desk: Desk, noor: Person) -> None:
    place = bring(desk, noor, CHINA)
    with pytest.raises(NotFound):
        desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest(), "0" * 64)
    assert is_shown(desk, noor, *place)


def test_mirrored_and_turned_copies_are_withheld_whether_here_or_later(
    desk: Desk, noor: Person
) -> None:
    mirrored = photograph("china").transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    turned = photograph("china").transpose(Image.Transpose.ROTATE_90)
    before = bring(desk, noor, encode(mirrored))
    bring(desk, noor, CHINA)
    desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest())
    after = bring(desk, noor, encode(turned))
    other = bring(desk, noor, encode(photograph("coffee").transpose(Image.Transpose.ROTATE_90)))
    for place in (before, after):
        with pytest.raises(NotAllowed):
            desk.pictures.alone(noor, *place, step=Step.FULL)
    assert desk.pictures.alone(noor, *other)


def part(mirrored: bool = False) -> bytes:
    """60 % of the photograph."""
    picture = photograph("china")
    width, height = (round(side * 0.775) for side in picture.size)
    crop = picture.crop((60, 40, 60 + width, 40 + height))
    if mirrored:
        crop = crop.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return encode(crop, quality=80)


@pytest.mark.parametrize("here", [True, False])
def test_a_crop_is_withheld_at_once_whether_here_or_later(
    desk: Desk, noor: Person, here: bool, tmp_path: Path
) -> None:
    bring(desk, noor, CHINA)
    crop = part(mirrored=not here)
    place = bring(desk, noor, crop) if here else (0, 0)
    desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest())
    place = place if here else bring(desk, noor, crop)
    with pytest.raises(NotAllowed):
        desk.pictures.alone(noor, *place, step=Step.FULL)
    assert derived(desk, place[1]) == 0
    other = bring(desk, noor, encode(photograph("coffee")))
    assert desk.pictures.alone(noor, *other)
    desk.exporting.export(noor, place[0], tmp_path / "case.zip", {})
    with zipfile.ZipFile(tmp_path / "case.zip") as files:
        digest = hashlib.sha256(crop).hexdigest()
        assert not any(
            name.startswith("originals/") and digest in name for name in files.namelist()
        )


def test_what_is_wiped_withholds_no_part_of_it_any_more(desk: Desk, noor: Person) -> None:
    case_id, _ = bring(desk, noor, CHINA)
    desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest())
    assert desk.reports.exhibit(noor, *bring(desk, noor, part())).withheld
    for one in (case_id, case_id + 1):
        desk.wiping.finish(desk.wiping.wipe(noor, one))
    other = photograph("china").crop((0, 0, 520, 340))
    assert is_shown(desk, noor, *bring(desk, noor, encode(other)))


def test_what_shows_a_little_of_it_is_covered_whether_here_or_later(
    desk: Desk, noor: Person
) -> None:
    china, coffee = photograph("china"), photograph("coffee").resize((640, 427))
    both = Image.new("RGB", (960, 427))
    both.paste(coffee, (0, 0))
    both.paste(china.crop((0, 0, 300, 427)), (660, 0))
    place = bring(desk, noor, CHINA)
    before = bring(desk, noor, encode(both))
    assert desk.reports.exhibit(noor, *before).matches
    desk.marking.mark(noor, *place, Sensitive.CAPTIVE)
    desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest())
    after = bring(desk, noor, encode(both, quality=70))
    for one in (before, after):
        assert desk.marking.cover(noor, *one).kinds == (Sensitive.CAPTIVE,)
        assert is_shown(desk, noor, *one)


def test_looking_for_the_very_file_says_that_it_is_withheld_and_nothing_more(
    desk: Desk, noor: Person
) -> None:
    bring(desk, noor, CHINA)
    desk.withholding.withhold(noor, hashlib.sha256(CHINA).hexdigest())
    found = desk.examining.look(noor, CHINA, "x.jpg")
    assert [finding.check for finding in found.seen.findings] == ["withheld"]
    assert (found.matches, found.heard, found.seen.views) == ([], (), ())
