"""The data of a camera's maker: there, missing, damaged, or of another maker."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lab.specimens import Entries, after_start, app1, iptc, raw_exif
from tests.photographs import encode, photograph
from verify.lab.checks import maker_note
from verify.lab.examine import examine
from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome

SMALL = encode(photograph("china").resize((64, 43)))
HALF = (1).to_bytes(4, "little") + (2).to_bytes(4, "little")
APPLE = b"Apple iOS\0\0\1MM" + bytes(40)
NIKON = b"Nikon\0\2\x10\0\0MM\0*" + bytes(40)
CANON = b"\x1f\0\1\0\3\0" + bytes(60)


def shot(make: str, model: str, note: bytes | None, software: str = "") -> bytes:
    """A JPEG with the settings of a camera, and what its maker added."""
    main: Entries = {0x010F: (2, make.encode() + b"\0"), 0x0110: (2, model.encode() + b"\0")}
    if software:
        main[0x0131] = (2, software.encode() + b"\0")
    detail: Entries = {
        0x829A: (5, HALF),
        0x829D: (5, HALF),
        0x8827: (3, b"\x64\0"),
        0x9003: (2, b"2023:10:17 18:59:03\0"),
    }
    if note is not None:
        detail[0x927C] = (7, note)
    return after_start(SMALL, app1(raw_exif(main, detail)))


def finding(data: bytes) -> Finding | None:
    found = list(maker_note.check(Specimen(data)))
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("make", "model", "note", "maker"),
    [
        ("Apple", "iPhone 14 Pro", APPLE, "Apple"),
        ("NIKON CORPORATION", "NIKON Z 6", NIKON, "Nikon"),
        ("Canon", "Canon EOS R5", CANON, "Canon"),
        ("OLYMPUS CORPORATION", "E-M1", b"OLYMPUS\0II\3\0" + bytes(40), "Olympus"),
        ("FUJIFILM", "X-T3", b"FUJIFILM\x0c\0\0\0" + bytes(40), "Fujifilm"),
        ("Panasonic", "DMC-LX7", b"Panasonic\0\0\0" + bytes(40), "Panasonic"),
        ("SONY", "DSC-RX100", b"SONY DSC \0\0\0" + bytes(40), "Sony"),
        ("RICOH IMAGING COMPANY, LTD.", "PENTAX K-1", b"PENTAX \0II" + bytes(40), "Pentax"),
        ("LEICA", "D-LUX 4", b"Panasonic\0\0\0" + bytes(40), "Panasonic"),
    ],
)
def test_whose_form_they_have_is_said(make: str, model: str, note: bytes, maker: str) -> None:
    found = finding(shot(make, model, note))
    assert found and found.outcome is Outcome.NOTED
    assert found.summary.values["maker"] == maker


def test_a_form_that_is_not_known_is_named_so() -> None:
    found = finding(shot("HUAWEI", "ELE-L29", b"Auto\0"))
    assert found and "not known here" in found.summary.template


@pytest.mark.parametrize(
    ("make", "model"),
    [("Apple", "iPhone 14"), ("NIKON CORPORATION", "NIKON D90"), ("Canon", "Canon EOS 6D")],
)
def test_what_a_maker_always_writes_is_missed(make: str, model: str) -> None:
    found = finding(shot(make, model, None))
    assert found and found.outcome is Outcome.NOTED
    assert "are missing, though" in found.summary.template
    assert found.caution and "nothing about what the picture shows" in found.caution.template


def test_the_editor_that_may_have_left_them_out_is_named() -> None:
    found = finding(shot("Canon", "Canon EOS 6D", None, "Adobe Photoshop Lightroom 6.1"))
    assert found and found.summary.values["software"] == "Adobe Photoshop Lightroom 6.1"


@pytest.mark.parametrize(
    ("make", "model"),
    [
        ("Google", "Pixel 6"),
        ("samsung", "SM-G998B"),
        ("Xiaomi", "Mi A1"),
        ("Apple", "iPhone 4S"),
        ("Apple", "iPhone 5"),
        ("SONY", "CYBERSHOT"),
        ("PENTAX", "PENTAX Optio S4"),
        ("FUJIFILM", "MX-1200"),
        ("", ""),
    ],
)
def test_what_not_every_camera_writes_is_not_missed(make: str, model: str) -> None:
    assert finding(shot(make, model, None)) is None


def test_a_make_alone_is_no_camera_file() -> None:
    block = raw_exif({0x010F: (2, b"Canon\0"), 0x0110: (2, b"Canon EOS 6D\0")})
    assert finding(after_start(SMALL, app1(block))) is None


def test_a_photograph_without_exif_gets_no_word() -> None:
    assert finding(SMALL) is None
    assert finding(after_start(SMALL, iptc((2, 120, b"A temple in Beijing")))) is None


def test_the_data_of_another_maker_are_flagged() -> None:
    found = finding(shot("Apple", "iPhone 14", NIKON))
    assert found and found.outcome is Outcome.FLAGGED
    assert found.summary.values == {"make": "Apple", "maker": "Nikon"}


def test_a_make_that_is_not_known_may_sell_what_another_built() -> None:
    found = finding(shot("Hasselblad", "Lunar", b"SONY DSC \0\0\0" + bytes(40)))
    assert found and found.outcome is Outcome.NOTED
    found = finding(shot("Rollei", "d530", b"OLYMP\0\1\0" + bytes(40)))
    assert found and found.outcome is Outcome.NOTED


def test_data_that_are_cut_off_are_not_called_missing() -> None:
    whole = shot("Canon", "Canon EOS 6D", CANON)
    place = whole.index(b"\x7c\x92\7\0") + 8
    cut = whole[:place] + (0xFFFFF).to_bytes(4, "little") + whole[place + 4 :]
    [found] = [entry for entry in examine(cut).findings if entry.check == "maker_note"]
    assert "cut off" in found.summary.template


@given(st.binary(max_size=400), st.text(max_size=30))
def test_any_data_and_any_make_are_read(note: bytes, make: str) -> None:
    data = shot(make.replace("\0", ""), "Canon EOS 6D", note)
    for found in maker_note.check(Specimen(data)):
        assert len(found.raw) <= 300
