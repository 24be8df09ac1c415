"""What is written in a film's frames is found with its time, and told among its findings."""

from __future__ import annotations

import shutil

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.filmed import filmed
from tests.photographs import photograph
from tests.submissions import arrived
from verify import tesseract
from verify.desk import Desk
from verify.records import Person

PROGRAM = tesseract._program  # as it is before the fixture of all tests
pytestmark = pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
CHINA = photograph("china").resize((640, 428))


def sign(*words: str) -> Image.Image:
    picture = Image.new("RGB", (640, 428), (230, 230, 225))
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(56)
    for line, text in enumerate(words):
        pen.text((40, 80 + 120 * line), text, (20, 20, 20), font)
    return picture


def test_the_text_of_a_film_is_found_with_its_time(
    desk: Desk, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = filmed(CHINA, sign("Harbour closed", "until Thursday"), CHINA, seconds=2)
    receipt = desk.receiving.receive(noor, arrived(), film)
    desk.examining.all_of(noor, receipt.exhibit_id)  # on a computer without Tesseract
    assert desk.reports.search(noor, "harbour") == []
    monkeypatch.setattr(tesseract, "_program", PROGRAM)
    assert list(desk.examining.read_rest(noor)) == [None]
    [hit] = desk.reports.search(noor, "harbour")
    assert (hit.kind, hit.case_id) == ("text", receipt.case_id)
    assert hit.text.startswith("0:02: Harbour closed") or hit.text.startswith("0:03: Harbour")
    told = desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id).findings
    [found] = [one for one in told if one.check == "text"]
    assert "Harbour closed until Thursday" in str(found.summary.values["text"])
    assert not desk.examining.read(noor, receipt.exhibit_id)  # once
    desk.examining.examine(noor, receipt.exhibit_id, again=True)
    desk.examining.all_of(noor, receipt.exhibit_id)
    assert len(desk.reports.search(noor, "harbour")) == 1


def test_a_film_without_text_has_no_finding(
    desk: Desk, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = desk.receiving.receive(noor, arrived(), filmed(CHINA, seconds=1))
    desk.examining.all_of(noor, receipt.exhibit_id)
    monkeypatch.setattr(tesseract, "_program", PROGRAM)
    assert not desk.examining.read(noor, receipt.exhibit_id)
    told = desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id).findings
    assert not any("text" in one.summary.values for one in told)
