"""A copy for others: what lies under its boxes is in no byte of it, nor anything of the file."""

from __future__ import annotations

import io
import json
from zoneinfo import ZoneInfo

import av
import numpy as np
import pyrage
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.filmed import encoded
from tests.lab.specimens import with_thumbnail
from tests.photographs import photograph
from tests.sounding import filmed_with, street
from tests.submissions import arrived
from verify.care import boxes
from verify.desk import Desk
from verify.errors import BadInput, Covered, NotAllowed, NotFound
from verify.language import Reader, plain
from verify.records import (
    Box,
    Origin,
    OriginKind,
    Person,
    Rating,
    Receipt,
    Role,
    SealedSource,
    Sensitive,
    Status,
    Step,
)
from verify.wording import copies

Picture = NDArray[np.uint8]
FACE = Box(left=0.25, top=0.25, right=0.5, bottom=0.5)
RED, GREEN = (250, 10, 10), (10, 250, 10)


def bring(desk: Desk, person: Person, data: bytes) -> Receipt:
    receipt = desk.receiving.receive(person, arrived(), data)
    desk.examining.examine(person, receipt.exhibit_id)
    return receipt


def spotted(spot: tuple[int, int, int], size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A green picture with a spot in the place of a face."""
    picture = Image.new("RGB", size, GREEN)
    width, height = size
    picture.paste(spot, (width // 4, height // 4, width // 2, height // 2))
    return picture


def reddest(picture: Picture) -> int:
    """How much more red than green there is anywhere."""
    pixels = picture.astype(int)
    return int((pixels[..., 0] - pixels[..., 1]).max())


def copied(desk: Desk, person: Person, data: bytes, *these: Box, **more: bool) -> bytes:
    receipt = bring(desk, person, data)
    made = desk.copying.copy(person, receipt.sha256, these, **more)
    name, content = desk.copying.file(person, receipt.case_id, made.receipt.exhibit_id)
    assert name.partition(".")[0] == "copy"
    return content


def decoded(film: bytes) -> list[tuple[float, Picture]]:
    with av.open(io.BytesIO(film)) as container:
        return [
            (one.time or 0.0, one.to_ndarray(format="rgb24")) for one in container.decode(video=0)
        ]


def jpeg(picture: Image.Image, **more: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=95, **more)
    return stream.getvalue()


def test_the_pixels_under_a_box_are_in_no_byte_of_the_copy(desk: Desk, noor: Person) -> None:
    original = with_thumbnail(spotted(RED), spotted(RED).resize((160, 120)))
    copy = copied(desk, noor, original, FACE)
    shown = Image.open(io.BytesIO(copy))
    assert reddest(np.asarray(shown.convert("RGB"))) < 40
    assert reddest(np.asarray(Image.open(io.BytesIO(original)).convert("RGB"))) > 200
    # one picture, nothing before it, nothing behind it, no metadata
    assert copy.count(b"\xff\xd8\xff") == 1
    assert copy.endswith(b"\xff\xd9")
    assert not shown.getexif() and set(shown.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }


def test_a_box_is_rounded_outward(desk: Desk, noor: Person) -> None:
    copy = copied(
        desk, noor, jpeg(spotted(RED)), Box(left=0.251, top=0.251, right=0.499, bottom=0.499)
    )
    assert reddest(np.asarray(Image.open(io.BytesIO(copy)))) < 40


def test_nothing_of_metadata_goes_along_and_that_is_listed(desk: Desk, noor: Person) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "SecretMaker", "SecretModel", "SecretEditor"
    receipt = bring(desk, noor, jpeg(spotted(RED), exif=exif))
    made = desk.copying.copy(noor, receipt.sha256, [FACE])
    _, content = desk.copying.file(noor, receipt.case_id, made.receipt.exhibit_id)
    for secret in (b"Secret", receipt.sha256.encode(), bytes.fromhex(receipt.sha256)):
        assert secret not in content
    reader = Reader("en", ZoneInfo("UTC"))
    told = [plain(one, reader) for one in (copies.made(made), *copies.removed(made))]
    assert told == [
        "The copy is kept in case 1: 1 solid box, over 6 % of the picture.",
        "All metadata, among it: camera, program.",
        "Its name, and every link to the original.",
    ]


def shot(seconds: float = 3) -> bytes:
    """A film in which a spot turns red after a second, for a second."""
    return encoded(
        spotted(RED if 10 <= number < 20 else GREEN) for number in range(round(10 * seconds))
    )


def during(begins: float, ends: float) -> Box:
    return Box(FACE.left, FACE.top, FACE.right, FACE.bottom, begins, ends)


def test_what_a_box_covers_in_a_film_is_in_no_frame_of_its_stretch(
    desk: Desk, noor: Person
) -> None:
    copy = copied(desk, noor, shot(), during(1.05, 1.85))
    frames = decoded(copy)
    assert [round(at, 1) for at, _ in frames] == [number / 10 for number in range(30)]
    assert max(reddest(picture) for _, picture in frames) < 60
    black = [round(at, 1) for at, picture in frames if picture[90, 120].max() < 40]
    # the frames of the stretch, 1.0 to 1.8, and one more on either side
    assert black == [round(0.9 + number / 10, 1) for number in range(11)]


def test_a_copied_film_names_no_program_and_no_settings(desk: Desk, noor: Person) -> None:
    film = filmed_with(street(7, 2), photograph("china"))
    receipt = desk.receiving.receive(noor, arrived(), film)
    desk.examining.all_of(noor, receipt.exhibit_id)
    made = desk.copying.copy(noor, receipt.sha256, [FACE, FACE], sound=True)
    assert len(made.boxes) == 1
    reader = Reader("en", ZoneInfo("UTC"))
    assert not any("sound" in plain(one, reader) for one in copies.removed(made))
    assert "voices" in plain(next(copies.cautions(made)), reader)
    _, content = desk.copying.file(noor, receipt.case_id, made.receipt.exhibit_id)
    for told in (b"x264", b"Lavc", b"Lavf", b"libx", b"options:", b"crf="):
        assert told not in content, told
    with av.open(io.BytesIO(content)) as container:
        assert container.streams.audio and len(list(container.decode(video=0))) > 5


def test_a_box_without_a_stretch_lies_over_all_of_a_film(desk: Desk, noor: Person) -> None:
    frames = decoded(copied(desk, noor, shot(), FACE))
    assert all(picture[90, 120].max() < 40 for _, picture in frames)
    assert len(frames) == 30


def test_an_animation_is_copied_as_a_film(desk: Desk, noor: Person) -> None:
    stream = io.BytesIO()
    frames = [photograph(name).convert("RGB").resize((320, 240)) for name in ("china", "flower")]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:], duration=500)
    shown = decoded(copied(desk, noor, stream.getvalue(), FACE))
    assert [round(at, 1) for at, _ in shown] == [0.0, 0.5]
    assert all(picture[90, 120].max() < 40 for _, picture in shown)


def test_a_copy_is_an_exhibit_of_its_own_made_once(desk: Desk, noor: Person) -> None:
    receipt = bring(desk, noor, jpeg(spotted(RED)))
    first = desk.copying.copy(noor, receipt.sha256, [FACE]).receipt
    again = desk.copying.copy(noor, receipt.sha256, [FACE]).receipt
    assert first.sha256 == again.sha256 != receipt.sha256
    assert (first.case_id, again.repeated) == (receipt.case_id, True)
    desk.copying.file(noor, first.case_id, first.exhibit_id)
    kinds = [row["kind"] for row in desk.store.rows("SELECT kind FROM custody_event ORDER BY id")]
    assert kinds.count("derived") == 1 and kinds[-1] == "copy handed out"
    [event] = desk.store.rows("SELECT subject FROM custody_event WHERE kind = 'derived'")
    assert json.loads(event["subject"])["boxes"] == 1
    with pytest.raises(NotFound):
        desk.copying.file(noor, receipt.case_id, receipt.exhibit_id)


def test_a_copy_of_what_is_marked_is_covered_and_withheld_ones_have_none(
    desk: Desk, noor: Person
) -> None:
    receipt = bring(desk, noor, jpeg(spotted(RED)))
    desk.marking.mark(noor, receipt.case_id, receipt.exhibit_id, Sensitive.GRAPHIC)
    copy = desk.copying.copy(noor, receipt.sha256, []).receipt
    assert desk.viewing.covers(noor, [copy.exhibit_id])[copy.exhibit_id].inherited
    where = receipt.case_id, receipt.exhibit_id
    with pytest.raises(Covered):
        desk.copying.sheet(noor, *where, [FACE])
    assert desk.copying.sheet(noor, *where, [FACE], step=Step.DRAWING).step is Step.DRAWING
    desk.withholding.withhold(noor, receipt.sha256)
    for sha256 in (receipt.sha256, copy.sha256):
        with pytest.raises(NotFound):
            desk.copying.copy(noor, sha256, [FACE])


def test_a_concluded_case_takes_a_copy_and_its_verdict_stands(desk: Desk, noor: Person) -> None:
    receipt = bring(desk, noor, jpeg(spotted(RED)))
    case_id, exhibit_id = receipt.case_id, receipt.exhibit_id
    desk.verdicts.conclude(noor, case_id, exhibit_id, Rating.ORIGINAL, "It is hers.")
    before = desk.reports.case(noor, case_id)
    copy = desk.copying.copy(noor, receipt.sha256, [FACE]).receipt
    desk.examining.all_of(noor, copy.exhibit_id)
    desk.copying.file(noor, case_id, copy.exhibit_id)
    after = desk.reports.case(noor, case_id)
    assert before.status is after.status is Status.CONCLUDED
    assert before.verdicts == after.verdicts
    assert [one.exhibit_id for one in after.exhibits] == [exhibit_id, copy.exhibit_id]
    with pytest.raises(BadInput, match="locked"):  # all else that is taken out waits
        desk.deriving.derive(noor, receipt.sha256, 1)


def test_a_time_is_refused_where_nothing_moves(desk: Desk, noor: Person) -> None:
    receipt = bring(desk, noor, jpeg(spotted(RED)))
    with pytest.raises(BadInput, match="no film"):
        desk.copying.copy(noor, receipt.sha256, [during(0, 1)])


def test_a_copy_of_a_sealed_sources_file_leads_to_nobody(desk: Desk, noor: Person) -> None:
    desk.sealing.add_key(noor, "", str(pyrage.x25519.Identity.generate().to_public()))
    brought = arrived(
        message_id=8_077_001,
        filename="sami-at-the-square.jpg",
        caption="Quagga",
        origin=Origin(kind=OriginKind.USER, name="Sami Okapi", external_id="4711", username="oka"),
    )
    stand_in = desk.sealing.stand_in(noor, 1, 1)
    receipt = desk.receiving.receive(
        stand_in, brought, jpeg(spotted(RED)), sealed_from=SealedSource(submission=brought)
    )
    desk.examining.examine(noor, receipt.exhibit_id)
    copy = desk.copying.copy(noor, receipt.sha256, [FACE]).receipt
    desk.examining.all_of(noor, copy.exhibit_id)
    name, content = desk.copying.file(noor, copy.case_id, copy.exhibit_id)
    rows = desk.store.rows("SELECT body FROM submission WHERE exhibit_id = ?", (copy.exhibit_id,))
    report = repr(desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id))
    events = repr([tuple(row) for row in desk.store.rows("SELECT * FROM custody_event")])
    told = f"{name} {content!r} {[tuple(row) for row in rows]} {report} {events}"
    for secret in ("sami", "Sami", "Okapi", "4711", "oka", "square", "8077001"):
        assert secret not in told, secret
    people = {row["person_id"] for row in desk.store.rows("SELECT person_id FROM submission")}
    assert people == {stand_in.id, noor.id}


def test_the_sheet_is_a_drawing_unless_more_is_asked_for(desk: Desk, noor: Person) -> None:
    receipt = bring(desk, noor, jpeg(spotted(RED)))
    for step, red in ((None, False), (Step.FULL, True)):
        sheet = desk.copying.sheet(noor, receipt.case_id, receipt.exhibit_id, [], step=step)
        pixels = np.asarray(Image.open(io.BytesIO(sheet.jpeg)))
        assert (reddest(pixels) > 150) is red


def test_viewers_and_strangers_make_no_copies(desk: Desk, noor: Person) -> None:
    receipt = bring(desk, noor, jpeg(spotted(RED)))
    viewer = desk.team.admit("telegram", "8", "Sami", Role.VIEWER)
    with pytest.raises(NotAllowed):
        desk.copying.copy(viewer, receipt.sha256, [FACE])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b2", "12.5,16.66,25,33.34"),
        ("B2:D3", "12.5,16.66,50,50"),
        ("D3-B2", "12.5,16.66,50,50"),
        ("10,20,30.5,40", "10,20,30.5,40"),
        ("١٠، ٢٠، ٣٠، ٤٠", "10,20,30,40"),
        ("10%,20%,30%,40% 0:03-1:07.5", "10,20,30,40 3-67.5"),
        ("a1 0:01-0:02 h6", "0,0,12.5,16.67 1-2; 87.5,83.33,100,100"),
    ],
)
def test_boxes_are_read_as_people_write_them(text: str, expected: str) -> None:
    read = boxes.read(text, 8, 6)
    assert boxes.written(read) == expected
    assert boxes.read(expected, 8, 6) == boxes.read(boxes.written(boxes.read(expected, 8, 6)), 8, 6)


@pytest.mark.parametrize(
    "text", ["", "z9", "i1", "a7", "a0", "1-2", "a1 3-2", "40,20,30,40", "0,0,101,5"]
)
def test_what_is_no_box_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        boxes.read(text, 8, 6)
