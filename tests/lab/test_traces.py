"""Traces of platforms: what bears them is named, what merely looks usual is not."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lab.specimens import after_start, iptc
from tests.photographs import encode, photograph
from verify.lab.examine import examine
from verify.lab.imaging import Specimen
from verify.lab.quantisation import ijg_quality
from verify.lab.traces import read_traces
from verify.records import Examination, Outcome, Trace

CHINA = photograph("china")
SMALL = encode(CHINA.resize((64, 43)))


@pytest.mark.parametrize(
    ("filename", "app"),
    [
        ("IMG-20231017-WA0007.jpg", "WhatsApp"),
        ("WhatsApp Image 2023-10-17 at 18.59.03.jpeg", "WhatsApp"),
        ("WhatsApp Image 2023-10-17 at 6.59.03 PM (1).jpeg", "WhatsApp"),
        ("WhatsApp Bild 2025-04-09 um 15.16.25_37731e9d.jpg", "WhatsApp"),
        ("Imagen de WhatsApp 2023-09-25 a las 23.19.57_c770baed.jpg", "WhatsApp"),
        ("صورة واتساب بتاريخ 2025-09-30 في 19.36.39_60a3db61.jpg", "WhatsApp"),
        ("photo_2023-10-17_18-59-03.jpg", "Telegram"),
        ("photo_2023-10-17_18-59-03 (2).jpg", "Telegram"),
        ("WhatsApp-Image-2023-10-17-at-18.59.00.jpeg", "WhatsApp"),
        ("PHOTO-2023-10-17-18-59-00.jpg", "WhatsApp"),
        ("00000042-PHOTO-2023-10-17-18-59-00.jpg", "WhatsApp"),
        ("photo_12@17-10-2023_18-59-03.jpg", "Telegram"),
        ("photo_2023-10-17 18.59.00.jpeg", "Telegram"),
        ("aleppo-street-1024x683.jpg", "WordPress"),
        ("aleppo-street-scaled.jpg", "WordPress"),
        ("signal-2023-10-17-185903.jpeg", "Signal"),
        ("signal-2023-10-17-18-59-03-123.jpg", "Signal"),
        ("FB_IMG_1697561943000.jpg", "Facebook"),
        ("24331480_454773231590240_2065369614_n.jpg", "Facebook"),
        ("received_1234567890123456.jpeg", "Messenger"),
        ("Snapchat-1234567890.jpg", "Snapchat"),
        ("Screenshot_20231017-185903_WhatsApp.jpg", "screenshot"),
        ("Screenshot 2023-10-17 at 6.59.03 PM.png", "screenshot"),
        ("Screen Shot 2023-10-17 at 18.59.03.png", "screenshot"),
        ("Bildschirmfoto 2023-10-17 um 18.59.03.png", "screenshot"),
        ("Capture d’écran 2023-10-17 à 18.59.03.png", "screenshot"),
        ("Снимок экрана 2023-10-17 в 18.59.03.png", "screenshot"),
        ("لقطة شاشة 2023-10-17 18.59.03.png", "screenshot"),
        ("لقطة شاشة 2023-07-31 164320.png", "screenshot"),
        ("Знімок екрана 2025-05-09 о 00.55.03.png", "screenshot"),
        ("צילום מסך 2024-01-14 131247.png", "screenshot"),
        ("Ekran görüntüsü 2025-04-23 232128.png", "screenshot"),
        ("Screenshot (12).png", "screenshot"),
        ("FxUaZ5CWcAE3Y5h.jpg", "X (Twitter)"),
        ("C:\\Users\\x\\IMG-20231017-WA0007.jpg", "WhatsApp"),
    ],
)
def test_names_that_apps_give_are_known(filename: str, app: str) -> None:
    (found,) = read_traces(Specimen(SMALL, filename=filename))
    assert found.name == app
    assert found.evidence.startswith("file name ")


@pytest.mark.parametrize(
    "filename",
    [
        "IMG_20231017_185903.jpg",
        "IMG_1234.HEIC",
        "DSC00123.JPG",
        "PXL_20231017_185903123.jpg",
        "20231017_185903.jpg",
        "photo.jpg",
        "photo_final.jpg",
        "0123456789abcdef0123456789abcdef--a-garden.jpg",
        "Excellent_photo1.jpg",
        "FrontpageExport.jpg",
        "signal tower.jpg",
        "received.jpg",
        "",
    ],
)
def test_names_that_cameras_and_people_give_are_not(filename: str) -> None:
    assert read_traces(Specimen(SMALL, filename=filename)) == ()


def test_facebooks_instructions_are_known_whatever_the_name() -> None:
    data = after_start(encode(CHINA), iptc((2, 40, b"FBMD01000ac60300004a1d00002d4b0000")))
    examination = examine(data, filename="holiday.jpg")
    assert examination.traces == (
        Trace(
            name="Facebook or Instagram", evidence="IPTC 2:40 FBMD01000ac60300004a1d00002d4b0000"
        ),
    )
    [finding] = [entry for entry in examination.findings if entry.check == "traces"]
    assert finding.outcome is Outcome.NOTED
    assert "not that it was first seen there" in str(finding.caution)


def test_traces_that_an_earlier_version_kept_are_read() -> None:
    kept = b'{"lab_version":5,"media_type":"","platforms":[{"name":"X","evidence":""}]}'
    assert msgspec.json.decode(kept, type=Examination).traces == (Trace(name="X", evidence=""),)


def test_ordinary_instructions_are_no_trace() -> None:
    data = after_start(SMALL, iptc((2, 40, b"No FBMD here. One time use only.")))
    assert examine(data).traces == ()


def test_a_size_alone_is_a_hint_and_no_trace() -> None:
    for side, app in ((1280, "Telegram"), (1600, "WhatsApp"), (2048, "Facebook / X (Twitter)")):
        data = encode(CHINA.resize((side, side * 2 // 3)), quality=87)
        examination = examine(data)
        assert examination.traces == ()
        [finding] = [entry for entry in examination.findings if entry.check == "traces"]
        assert finding.summary.values == {"platform": app}


@pytest.mark.parametrize("quality", [1, 30, 49, 50, 75, 92, 100])
def test_the_encoders_own_tables_tell_its_quality(quality: int) -> None:
    image = Specimen(encode(CHINA.resize((64, 43)), quality=quality)).opened
    assert ijg_quality(image.quantization) == quality  # type: ignore[attr-defined]


def test_other_tables_have_no_quality() -> None:
    tables = {0: [9] * 64, 1: [9] * 64}
    image = Specimen(encode(CHINA, quality=50, qtables=[[9] * 64, [9] * 64])).opened
    assert ijg_quality(tables) is None
    assert ijg_quality(image.quantization) is None  # type: ignore[attr-defined]


@given(st.text(max_size=300), st.binary(max_size=200))
def test_any_name_and_any_words_are_read(filename: str, words: bytes) -> None:
    data = after_start(SMALL, iptc((2, 40, b"FBMD" + words)))
    for found in read_traces(Specimen(data, filename=filename)):
        assert len(found.evidence) < 400
