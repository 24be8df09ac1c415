"""A picture is found again inside what was made of it, by desk, lab and archive together."""

from __future__ import annotations

import io
import itertools
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from benchmarks import negatives, sheets
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk, filling, indexes
from verify.language import Reader, plain
from verify.matching.local_index import LocalIndex
from verify.records import Chance, ExhibitReport, Match, Orientation, Person, Role
from verify.sandbox import Sandbox
from verify.store.database.connection import Store
from verify.store.pictures import features, matches, views
from verify.store.pictures.matches import Correspondence
from verify.wording.glance import glance

CHINA, FLOWER = photograph("china"), photograph("flower")
OTHERS = ("astronaut", "coffee", "chelsea")


def bring(desk: Desk, person: Person, image: Image.Image, quality: int = 80) -> ExhibitReport:
    receipt = desk.receiving.receive(person, arrived(), encode(image, quality=quality))
    desk.examining.examine(person, receipt.exhibit_id)
    return desk.reports.exhibit(person, receipt.case_id, receipt.exhibit_id)


def on(size: tuple[int, int], *tiles: tuple[Image.Image, tuple[int, int]]) -> Image.Image:
    """Pictures on a white ground."""
    ground = Image.new("RGB", size, "white")
    for tile, place in tiles:
        ground.paste(tile, place)
    return ground


def cropped(image: Image.Image) -> Image.Image:
    """A quarter of the area, enlarged to the former size."""
    width, height = image.size
    part = image.crop((width // 4, height // 4, width * 3 // 4, height * 3 // 4))
    return part.resize(image.size)


def meme(image: Image.Image) -> Image.Image:
    picture = on((640, 600), (image, (0, 173)))
    ImageDraw.Draw(picture).text((20, 60), "EVERYBODY SHARES THIS", fill="black", font_size=44)
    return picture


def screenshot(image: Image.Image) -> Image.Image:
    picture = on((480, 960), (image.resize((480, 320)), (0, 240)))
    pen = ImageDraw.Draw(picture)
    for line, y in (("09:41", 10), ("some_account", 180), ("12 comments", 600)):
        pen.text((20, y), line, fill="black", font_size=24)
    return picture


@pytest.mark.parametrize("edit", [cropped, meme, screenshot])
@pytest.mark.parametrize("mirrored", [False, True])
def test_an_edited_copy_is_found(
    desk: Desk, noor: Person, edit: Callable[[Image.Image], Image.Image], mirrored: bool
) -> None:
    earlier = bring(desk, noor, CHINA)
    bring(desk, noor, FLOWER)
    made = edit(ImageOps.mirror(CHINA) if mirrored else CHINA)
    (match,) = bring(desk, noor, made, quality=60).matches
    assert match.earlier_exhibit_id == earlier.exhibit_id
    assert match.orientation is (Orientation.MIRRORED if mirrored else Orientation.ORIGINAL)
    assert match.proof is not None
    assert match.proof.inliers
    assert match.proof.agreement


def centre(match: Match) -> tuple[float, float]:
    assert match.region is not None
    return sum(x for x, _ in match.region) / 4, sum(y for _, y in match.region) / 4


def strip(image: Image.Image) -> Image.Image:
    return image.crop((0, 76, image.width, 131))


def test_a_strip_that_shows_too_little_looks_alike_without_being_a_match(
    desk: Desk, noor: Person
) -> None:
    earlier = bring(desk, noor, CHINA)
    bring(desk, noor, FLOWER)
    shown = bring(desk, noor, strip(CHINA))
    assert not shown.matches
    (alike,) = shown.alike
    assert alike.earlier_exhibit_id == earlier.exhibit_id
    told = glance(desk.reports.case(noor, shown.case_id), shown)
    (line,) = (plain(one, Reader("en", ZoneInfo("UTC"))) for one in told.seen)
    assert line.startswith(
        f"Looks alike, not proven: a picture in case {earlier.case_id}, received"
    )
    assert not desk.reports.exhibit(noor, earlier.case_id, earlier.exhibit_id).later


def test_what_looks_alike_in_a_case_that_is_closed_to_somebody_is_not_told_to_them(
    desk: Desk, noor: Person
) -> None:
    earlier = bring(desk, noor, CHINA)
    desk.casework.close_to_others(noor, earlier.case_id, True)
    sami = desk.team.admit("telegram", "8", "Sami", Role.REPORTER)
    assert not bring(desk, sami, strip(CHINA)).alike


def test_every_tile_of_a_collage_is_found_where_it_lies(desk: Desk, noor: Person) -> None:
    china, flower = bring(desk, noor, CHINA), bring(desk, noor, FLOWER)
    tiles = [shrunk(photograph(name).resize(CHINA.size)) for name in OTHERS[:2]]
    made = on(
        (640, 428),
        (shrunk(CHINA), (0, 0)),
        (tiles[0], (320, 0)),
        (tiles[1], (0, 214)),
        (shrunk(FLOWER), (320, 214)),
    )
    found = {match.earlier_exhibit_id: centre(match) for match in bring(desk, noor, made).matches}
    assert found.keys() == {china.exhibit_id, flower.exhibit_id}
    assert found[china.exhibit_id] == pytest.approx((0.25, 0.25), abs=0.05)
    assert found[flower.exhibit_id] == pytest.approx((0.75, 0.75), abs=0.05)


def test_the_same_words_over_other_pictures_are_no_match(desk: Desk, noor: Person) -> None:
    bring(desk, noor, meme(CHINA))
    for name in OTHERS:
        assert bring(desk, noor, meme(photograph(name).resize(CHINA.size))).matches == ()


def test_the_same_interface_around_other_pictures_is_no_match(desk: Desk, noor: Person) -> None:
    bring(desk, noor, screenshot(CHINA))
    for name in OTHERS:
        assert bring(desk, noor, screenshot(photograph(name))).matches == ()


def chat_with(somebody: Image.Image, words: int) -> Image.Image:
    """A screenshot of a chat, somebody's photograph on top, the app's keyboard below."""
    rng = np.random.default_rng(words)
    screen = Image.fromarray(negatives.draw("chats over one keyboard", 0, iter(()), rng))
    screen.paste(somebody.resize((60, 54)), (12, 8))
    return screen


def test_chats_with_others_above_one_keyboard_are_no_match(desk: Desk, noor: Person) -> None:
    for words, name in ((0, "china"), (2, "astronaut"), (3, "coffee")):
        assert bring(desk, noor, chat_with(photograph(name), words)).matches == ()


def test_charts_of_one_style_are_no_match(desk: Desk, noor: Person) -> None:
    one, other = (Image.fromarray(sheets.chart(3, np.random.default_rng(n))) for n in (120, 19))
    bring(desk, noor, one, quality=100)
    assert bring(desk, noor, other, quality=100).matches == ()
    assert [match.method for match in bring(desk, noor, one, quality=60).matches] == ["pdq"]


def test_a_hash_says_that_it_found_it_and_geometry_where(desk: Desk, noor: Person) -> None:
    bring(desk, noor, CHINA)
    (match,) = bring(desk, noor, shrunk(CHINA)).matches
    assert match.method == "pdq"
    assert match.distance is not None
    assert match.region is not None
    assert match.proof is not None
    assert match.proof.scale == pytest.approx(1, abs=0.05)


def test_what_a_person_refused_is_not_shown_again(desk: Desk, noor: Person) -> None:
    bring(desk, noor, CHINA)
    copy = bring(desk, noor, cropped(CHINA))
    desk.judging.judge(noor, copy.case_id, copy.matches[0].id, same=False)
    assert desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).matches == ()
    desk.judging.judge(noor, copy.case_id, copy.matches[0].id, same=True)
    assert desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).matches[0].same is True


def test_two_pictures_blink_in_one_place(desk: Desk, noor: Person) -> None:
    bring(desk, noor, CHINA)
    copy = bring(desk, noor, cropped(CHINA))
    incoming, earlier = (
        np.asarray(
            Image.open(
                io.BytesIO(desk.pictures.blink(noor, copy.matches[0].id, show_earlier=side).jpeg)
            )
        ).astype(int)
        for side in (False, True)
    )
    assert incoming.shape == earlier.shape
    assert np.abs(incoming - earlier)[40:-40, 40:-40].mean() < 12


@pytest.mark.parametrize("damage", [None, b"", b"no index"])
def test_the_saved_index_may_be_lost_or_damaged(
    tmp_path: Path, sandbox: Sandbox, damage: bytes | None
) -> None:
    home = tmp_path / "home"
    with Desk(home, sandbox=sandbox) as desk:
        bring(desk, desk.team.admit("telegram", "7", "Noor", Role.OWNER), CHINA)
    saved = home / "local-features-1.index"
    assert saved.stat().st_mode & 0o777 == 0o600
    if damage is not None:
        saved.write_bytes(damage)
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.person("telegram", "7", "Noor")
        assert len(bring(desk, noor, cropped(CHINA)).matches) == 1


def test_of_many_pictures_local_features_lie_in_a_file_and_leave_it(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        china = bring(desk, noor, CHINA)
    monkeypatch.setattr(indexes, "_MOST_IN_MEMORY", 0)
    with Desk(home, sandbox=sandbox) as desk:
        assert len(bring(desk, noor, cropped(CHINA)).matches) == 1
    (first,) = home.glob("local-features-1-many-*.index")
    with Desk(home, sandbox=sandbox) as desk:
        flower = bring(desk, noor, FLOWER)
        assert len(bring(desk, noor, cropped(CHINA), quality=70).matches) == 2
        assert len(bring(desk, noor, cropped(FLOWER)).matches) == 1
        ids = (views.ids_of(desk.store, one.exhibit_id)[0] for one in (china, flower))
        gone, left = (features.of(desk.store, one).descriptors[:32] for one in ids)
        assert gone in first.read_bytes()
        desk.wiping.finish(desk.wiping.wipe(noor, china.case_id))
        (mapped,) = home.glob("local-features-1-many-*.index")
        assert mapped != first
        assert gone not in mapped.read_bytes()
        assert left in mapped.read_bytes()
        assert len(bring(desk, noor, cropped(FLOWER), quality=70).matches) == 2


def test_the_index_is_saved_at_times_for_a_desk_that_may_be_killed(
    desk: Desk, noor: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_SAVED_EVERY", 1)
    saved = tmp_path / "home" / "local-features-1.index"
    for image in (CHINA, FLOWER):
        before = saved.stat().st_mtime_ns if saved.exists() else 0
        bring(desk, noor, image)
        end = time.monotonic() + 240
        while not saved.exists() or saved.stat().st_mtime_ns == before:
            assert time.monotonic() < end
            time.sleep(0.02)
    [described] = desk.store.rows("SELECT count(*) AS views FROM features")
    assert len(LocalIndex.from_bytes(saved.read_bytes())) == described["views"] >= 2


def test_pictures_are_found_and_added_while_everything_is_made_anew(
    desk: Desk, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bring(desk, noor, CHINA)
    began, go_on = threading.Event(), threading.Event()
    read = indexes.features.of

    def slowly(*arguments: Any) -> Any:
        began.set()
        assert go_on.wait(240)
        return read(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(indexes.features, "of", slowly)
        making = threading.Thread(target=desk.archive.rebuild)
        making.start()
        assert began.wait(240)
        patched.setattr(indexes.features, "of", read)
        flower = bring(desk, noor, FLOWER)
        (match,) = bring(desk, noor, cropped(CHINA)).matches
        assert match.earlier_exhibit_id == first.exhibit_id
    go_on.set()
    making.join()
    (match,) = bring(desk, noor, cropped(FLOWER)).matches
    assert match.earlier_exhibit_id == flower.exhibit_id


def test_a_question_is_answered_while_the_index_is_filled_and_what_was_filled_stays(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        for image in (CHINA, FLOWER):
            bring(desk, noor, image)
    saved = home / "local-features-1.index"
    saved.unlink()
    with Desk(home, sandbox=sandbox) as desk, monkeypatch.context() as patched:
        patched.setattr(indexes, "_STEP_SECONDS", 0)
        patched.setattr(filling, "_PAUSE_SECONDS", 240)
        desk.prepare()
        end = time.monotonic() + 240
        while desk.archive.filled(0.05)[0] != 1:
            assert time.monotonic() < end
        for image, many in ((CHINA, 1), (FLOWER, 0)):
            found = desk.examining.look(noor, encode(cropped(image)), "copy.jpg", 0.05)
            assert len(found.matches) == many
            assert found.lacking >= 1
    assert len(LocalIndex.from_bytes(saved.read_bytes())) == 1
    with Desk(home, sandbox=sandbox) as desk:
        found = desk.examining.look(noor, encode(cropped(FLOWER)), "copy.jpg")
        assert (len(found.matches), found.lacking) == (1, 0)


def test_a_desk_that_is_being_prepared_closes_at_once(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        for image in (CHINA, FLOWER):
            bring(desk, noor, image)
    (home / "local-features-1.index").unlink()
    read, began, closing = indexes.features.of, threading.Event(), threading.Event()
    asked = []

    def slowly(*arguments: Any) -> Any:
        asked.append(arguments)
        began.set()
        assert closing.wait(240)
        return read(*arguments)

    monkeypatch.setattr(indexes.features, "of", slowly)
    with Desk(home, sandbox=sandbox) as desk:
        desk.prepare()
        assert began.wait(240)
        ending = threading.Thread(target=desk.close)
        ending.start()
        assert desk.archive._indexes._filling._closing.wait(240)
        closing.set()
        ending.join(240)
    assert len(asked) == 1


def test_only_the_latest_inner_picture_of_a_file_is_matched(desk: Desk, noor: Person) -> None:
    exhibit = bring(desk, noor, on((800, 628), (CHINA, (80, 100)))).exhibit_id
    [region] = inner_of(desk, exhibit)
    other = "[[0.1,0.1],[0.9,0.1],[0.9,0.9],[0.1,0.9]]"  # as another version of the lab saw it
    with desk.store.transaction():
        desk.store.change("UPDATE view SET corners = ? WHERE id = ?", (other, region))
    desk.examining.examine(noor, exhibit, again=True)
    [latest] = {*inner_of(desk, exhibit)} - {region}
    matched = {row["view_id"] for row in views.hashes(desk.store, "pdq", 1, 50)}
    assert latest in matched
    assert region not in matched


def inner_of(desk: Desk, exhibit_id: int) -> list[int]:
    """The views of what lies inside bars or a frame, of every version of the lab."""
    rows = desk.store.rows(
        "SELECT id FROM view WHERE exhibit_id = ? AND kind = 'inner'", (exhibit_id,)
    )
    return [row["id"] for row in rows]


def test_all_that_is_derived_can_be_made_again(desk: Desk, noor: Person) -> None:
    bring(desk, noor, CHINA)
    desk.store.change("DELETE FROM features")
    assert [done for done, _ in desk.examining.reindex(noor)] == [1]
    assert len(bring(desk, noor, cropped(CHINA)).matches) == 1
    row = desk.store.row(
        "SELECT length(points) + length(descriptors) + length(thumbnail) FROM features"
    )
    assert row is not None
    assert row[0] <= 16_384


@pytest.mark.parametrize("size", [(4000, 2), (2, 4000), (1, 1), (33, 3)])
def test_a_sliver_of_a_picture_is_kept_and_searched(
    desk: Desk, noor: Person, size: tuple[int, int]
) -> None:
    bring(desk, noor, CHINA)
    assert bring(desk, noor, FLOWER.resize(size)).matches == ()


def test_the_original_is_named_beside_a_copy_of_it(desk: Desk, noor: Person) -> None:
    original, copy = bring(desk, noor, CHINA), bring(desk, noor, shrunk(CHINA, 0.8), quality=70)
    found = {match.earlier_exhibit_id for match in bring(desk, noor, cropped(CHINA)).matches}
    assert found == {original.exhibit_id, copy.exhibit_id}


def test_the_original_tells_of_what_came_later(desk: Desk, noor: Person) -> None:
    original, copy = bring(desk, noor, CHINA), bring(desk, noor, cropped(CHINA))
    (later,) = desk.reports.exhibit(noor, original.case_id, original.exhibit_id).later
    assert later.id == copy.matches[0].id
    assert (later.exhibit_id, later.case_id) == (copy.exhibit_id, copy.case_id)
    assert desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).later == ()
    desk.casework.close_to_others(noor, copy.case_id, True)
    sami = desk.team.admit("telegram", "8", "Sami", Role.REPORTER)
    assert desk.reports.exhibit(sami, original.case_id, original.exhibit_id).later == ()


def test_a_copy_in_a_closed_case_does_not_hide_the_original(desk: Desk, noor: Person) -> None:
    original = bring(desk, noor, CHINA)
    copy = bring(desk, noor, shrunk(CHINA, 0.8), quality=70)
    desk.casework.close_to_others(noor, copy.case_id, True)
    sami = desk.team.admit("telegram", "8", "Sami", Role.REPORTER)
    report = bring(desk, sami, cropped(CHINA))
    assert [match.earlier_exhibit_id for match in report.matches] == [original.exhibit_id]
    assert report.ask == ("Noor",)


def test_what_a_closed_case_claims_is_told_nowhere(desk: Desk, noor: Person) -> None:
    first = bring(desk, noor, CHINA)
    desk.claims.state(noor, first.case_id, "SECRET place")
    second = bring(desk, noor, shrunk(CHINA))
    desk.claims.state(noor, second.case_id, "another place")
    told = [str(f) for f in desk.reports.exhibit(noor, second.case_id, second.exhibit_id).findings]
    assert any("SECRET" in finding for finding in told)
    desk.casework.close_to_others(noor, first.case_id, True)
    told = [str(f) for f in desk.reports.exhibit(noor, second.case_id, second.exhibit_id).findings]
    assert not any("SECRET" in finding for finding in told)


def test_what_cannot_be_made_again_stays(desk: Desk, noor: Person) -> None:
    bring(desk, noor, CHINA)
    bring(desk, noor, FLOWER)
    (desk._home.vault.path(desk.reports.exhibit(noor, 1, 1).sha256)).unlink()
    *_, (done, of) = desk.examining.reindex(noor)
    assert (done, of) == (1, 2)
    assert len(bring(desk, noor, cropped(CHINA)).matches) == 1


def test_a_desk_that_saved_no_index_yet_has_no_damaged_one(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    with Desk(tmp_path / "home", sandbox=sandbox) as desk:
        assert not desk.archive.damaged()


def test_what_stood_first_counts_for_copies_of_copies(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    rows = Store.rows

    def counted(store: Store, sql: str, values: Any = ()) -> list[Any]:
        asked.append(sql)
        return rows(store, sql, values)

    with Desk(tmp_path / "home", sandbox=sandbox) as desk:
        person = desk.team.at_console("1", "Reporter", "en")
        shown = (shrunk(photograph(one)) for one in (*OTHERS, "rocket", "flower"))
        chain = [bring(desk, person, one) for one in shown]
        queries = []
        for before, after in itertools.pairwise(chain):
            near = Correspondence(
                before.exhibit_id, "pdq", Orientation.ORIGINAL, Chance(expected=0.0), distance=8
            )
            assert after.examination_id
            with desk.store.transaction():
                matches.add(desk.store, after.examination_id, after.exhibit_id, near)
            with monkeypatch.context() as patch:
                patch.setattr(Store, "rows", counted)
                seen = desk.reports.exhibit(person, after.case_id, after.exhibit_id)
            queries.append(len(asked))
            asked.clear()
            [match] = seen.matches
            assert match.earlier_case_id == before.case_id
            assert match.first_seen.case_id == chain[0].case_id
        assert queries[1] == queries[-1]
        last = chain[-1]
        head = glance(desk.reports.case(person, last.case_id), seen).seen
        first = [plain(one, Reader("en", ZoneInfo("UTC"))) for one in head]
        assert first[0] == f"Seen before in case {chain[-2].case_id}"
        assert "(case 1)" in first[1] and first[1].startswith("First received here")
        [refused] = matches.earlier(desk.store, chain[1].exhibit_id)
        desk.judging.judge(person, chain[1].case_id, refused.id, same=False)
        seen = desk.reports.exhibit(person, last.case_id, last.exhibit_id)
        assert seen.matches[0].first_seen.case_id == chain[1].case_id
