"""What the lab found in a file is found again by its words, in the cases that one may see."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from PIL import ExifTags

from tests.photographs import photograph
from verify.desk import Desk
from verify.records import Person, Role, SentAs, Submission
from verify.sandbox import Sandbox


def signed(make: str) -> bytes:
    """A photograph whose file names its camera."""
    picture, exif = photograph("china"), photograph("china").getexif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = make, "Speicher 7"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(desk: Desk, person: Person, content: bytes, number: int) -> tuple[int, int]:
    arrived = Submission(
        platform="telegram",
        bot_id=1,
        chat_id=7,
        message_id=number,
        sent_as=SentAs.DOCUMENT,
        received_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    )
    receipt = desk.receive(person, arrived, content)
    desk.examine(person, receipt.exhibit_id)
    return receipt.case_id, receipt.exhibit_id


def test_a_finding_is_searched_follows_its_exhibit_and_stays_confidential(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    with Desk(tmp_path / "home", sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        sara = desk.team.admit("telegram", "8", "Sara", Role.REPORTER)
        case, exhibit = send(desk, noor, signed("Kamera"), 1)
        (hit,) = desk.search(sara, "kamera speicher")
        assert (hit.kind, hit.case_id) == ("finding", case)
        assert "Kamera" in hit.text

        other = desk.casework.move(noor, exhibit, case, None)
        assert [hit.case_id for hit in desk.search(sara, "kamera")] == [other]

        desk.examine(noor, exhibit, again=True)
        assert len(desk.search(sara, "kamera")) == 1, "an examination replaces the one before"

        desk.casework.close_to_others(noor, other, True)
        assert not desk.search(sara, "kamera")
        assert desk.search(noor, "kamera")
