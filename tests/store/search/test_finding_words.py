"""What the lab found in a file is found again by its words, in the cases that one may see."""

from __future__ import annotations

import io
from pathlib import Path

from msgspec.structs import replace
from PIL import ExifTags

from tests.photographs import photograph
from tests.submissions import arrived
from verify.desk import Desk
from verify.records import Person, Role, Sentence, Text
from verify.sandbox import Sandbox
from verify.store.pictures import examinations
from verify.store.search import finding_words


def signed(make: str) -> bytes:
    """A photograph whose file names its camera."""
    picture, exif = photograph("china"), photograph("china").getexif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = make, "Speicher 7"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(desk: Desk, person: Person, content: bytes) -> tuple[int, int]:
    receipt = desk.receiving.receive(person, arrived(), content)
    desk.examining.examine(person, receipt.exhibit_id)
    return receipt.case_id, receipt.exhibit_id


def test_a_finding_is_searched_follows_its_exhibit_and_stays_confidential(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    with Desk(tmp_path / "home", sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        sara = desk.team.admit("telegram", "8", "Sara", Role.REPORTER)
        case, exhibit = send(desk, noor, signed("Kamera"))
        (hit,) = desk.reports.search(sara, "kamera speicher")
        assert (hit.kind, hit.case_id) == ("finding", case)
        assert isinstance(hit.text, Sentence)
        assert "Kamera" in finding_words.in_english(hit.text)

        other = desk.casework.move(noor, exhibit, case, None)
        assert [hit.case_id for hit in desk.reports.search(sara, "kamera")] == [other]

        desk.examining.examine(noor, exhibit, again=True)
        assert len(desk.reports.search(sara, "kamera")) == 1, (
            "an examination replaces the one before"
        )

        desk.casework.close_to_others(noor, other, True)
        assert not desk.reports.search(sara, "kamera")
        assert desk.reports.search(noor, "kamera")


def test_the_text_in_a_picture_is_searched_as_a_whole(tmp_path: Path, sandbox: Sandbox) -> None:
    with Desk(tmp_path / "home", sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        sara = desk.team.admit("telegram", "8", "Sara", Role.REPORTER)
        case, exhibit = send(desk, noor, photograph_bytes())
        reads(desk, noor, exhibit, f"{'word ' * 100}\nمستشفى الأنبار العام")
        (hit,) = desk.reports.search(sara, "مستشفي الانبار service:telegram")
        assert (hit.kind, hit.case_id) == ("text", case)
        assert not desk.reports.search(sara, "الانبار service:localchat")

        other = desk.casework.move(noor, exhibit, case, None)
        assert [hit.case_id for hit in desk.reports.search(sara, "الانبار")] == [other]

        reads(desk, noor, exhibit, "مدرسة")
        assert not desk.reports.search(sara, "الانبار"), "an examination replaces the one before"
        assert desk.reports.search(sara, "مدرسه")

        desk.casework.close_to_others(noor, other, True)
        assert not desk.reports.search(sara, "مدرسه")
        assert desk.reports.search(noor, "مدرسه")


def photograph_bytes() -> bytes:
    out = io.BytesIO()
    photograph("china").save(out, "JPEG")
    return out.getvalue()


def reads(desk: Desk, person: Person, exhibit: int, text: str) -> None:
    """Examine the exhibit as where Tesseract reads this in it."""
    seen = examinations.latest(desk.store, exhibit)
    assert seen is not None
    read = replace(seen.examination, text=Text(languages=("ara", "eng"), text=text))
    with desk.store.transaction():
        examinations.add(desk.store, exhibit, person.id, read)
        finding_words.index(desk.store, exhibit)
