from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.lab.specimens import FORMATS, exif
from tests.photographs import encode, photograph, shrunk
from verify.lab.decoding import MAX_PIXELS, WORKING_SIDE, Undecodable
from verify.lab.examine import examine, pixels
from verify.lab.imaging import Specimen
from verify.records import Outcome

ORIENTATION = 0x0112


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference in grey levels."""
    a, b = (np.asarray(picture.convert("RGB"), dtype=float) for picture in (one, other))
    return float(np.abs(a - b).mean()) if a.shape == b.shape else 255.0


def png(width: int, height: int, data: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG with a header of our own and one block of pixel data."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_known_by_its_content_and_decoded(name: str) -> None:
    specimen = Specimen(encode(photograph("china"), name), filename="no ending")
    assert specimen.media_type == FORMATS[name]
    assert specimen.size == photograph("china").size
    assert difference(specimen.picture, photograph("china")) < 12


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_exif_orientation_is_applied(name: str, orientation: int) -> None:
    # What each value means, told by where the first row and column of the stored picture are
    # to be shown (Exif 3.0, 4.6.5): laid the other way round here, so that all look upright.
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    upright = shrunk(photograph("china"), 0.25)
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    if name == "HEIF":
        pytest.importorskip("pillow_heif")
    specimen = Specimen(encode(stored, name, exif=exif({ORIENTATION: orientation})))
    assert specimen.size == upright.size
    assert difference(specimen.picture, upright) < 12


def test_exif_orientation_is_reported_as_written() -> None:
    data = encode(photograph("china"), exif=exif({ORIENTATION: 6}))
    examination = examine(data)
    assert examination.metadata.orientation == 6
    assert (examination.width, examination.height) == photograph("china").size[::-1]


def test_an_impossible_orientation_is_ignored() -> None:
    data = encode(photograph("china"), exif=exif({ORIENTATION: 9}))
    assert examine(data).metadata.orientation is None
    assert Specimen(data).size == photograph("china").size


MODES = ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "YCbCr"]


@pytest.mark.parametrize("mode", MODES)
def test_odd_modes_become_rgb(mode: str) -> None:
    picture, name = photograph("china"), "TIFF" if mode in ("CMYK", "YCbCr") else "PNG"
    if mode == "I;16":
        grey = np.asarray(picture.convert("L"), dtype=np.uint16) * 257
        stored = Image.fromarray(grey)
    else:
        stored = picture.convert(mode)
    shown = Specimen(encode(stored, name)).picture
    assert shown.mode == "RGB"
    expected = picture if mode in ("P", "RGBA", "CMYK", "YCbCr") else picture.convert("L")
    assert difference(shown.reduce(8), expected.reduce(8)) < 14


def test_transparency_is_shown_over_white() -> None:
    clear = Image.new("RGBA", (60, 40), (200, 0, 0, 0))
    palette = clear.convert("P")
    palette.info["transparency"] = palette.getpixel((0, 0))
    for picture in (clear, palette):
        assert Specimen(encode(picture, "PNG")).picture.getpixel((5, 5)) == (255, 255, 255)


def test_an_animation_is_examined_by_its_first_frame() -> None:
    frames = [photograph("china").reduce(4), photograph("flower").reduce(4)]
    for name in ("GIF", "WEBP", "PNG", "AVIF"):
        data = encode(frames[0], name, save_all=True, append_images=frames[1:], duration=100)
        assert difference(Specimen(data).picture, frames[0]) < 14


def test_a_large_picture_is_shrunk_by_whole_factors() -> None:
    large = photograph("china").resize((4800, 3200))
    for name in ("JPEG", "TIFF"):
        specimen = Specimen(encode(large, name))
        assert specimen.size == (4800, 3200)
        assert WORKING_SIDE / 2 < max(specimen.picture.size) <= WORKING_SIDE
        assert difference(specimen.picture.resize((640, 427)), photograph("china")) < 10


def test_a_jpeg_beyond_the_limit_is_decoded_at_a_reduced_scale() -> None:
    data = encode(Image.new("L", (9000, 9000), 90))
    assert MAX_PIXELS < 9000 * 9000
    examination = examine(data)
    assert (examination.width, examination.height) == (9000, 9000)
    assert examination.views


def failed(data: bytes) -> str:
    """The template of the one `failed` finding."""
    (finding,) = (f for f in examine(data).findings if f.outcome is Outcome.FAILED)
    return finding.summary.template


def test_a_png_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = png(30_000, 30_000, bytes(1000))
    assert "more pixels" in failed(bomb)
    assert examine(bomb).width == 30_000


def test_a_header_with_absurd_sizes_is_refused() -> None:
    assert "more pixels" in failed(png(2**31 - 1, 2**31 - 1, b""))


def test_a_gif_bomb_of_many_frames_takes_no_time() -> None:
    one = encode(Image.new("P", (1000, 1000), 9), "GIF", optimize=False)
    picture = one[one.index(b"\x2c\0\0\0\0") : -1]  # from its descriptor to the file's last byte
    examination = examine(one[:-1] + picture * 49 + one[-1:])
    assert any("frames" in (f.summary.plural or "") for f in examination.findings)


def test_a_text_chunk_bomb_does_not_hide_the_picture_or_fill_memory() -> None:
    bomb = zlib.compress(bytes(200_000_000), 9)
    body = b"Comment\0\0" + bomb
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + body))
    plain = encode(photograph("china").reduce(4), "PNG")
    examination = examine(plain[:33] + chunk + plain[33:])
    assert len(examination.metadata.caption or "") <= 4000


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("JPEG", "PNG")])
def test_a_truncated_file_says_so_and_still_tells_its_metadata(name: str) -> None:
    options = {} if name == "GIF" else {"exif": exif({0x010F: "Canon"})}
    data = encode(photograph("china"), name, **options)
    examination = examine(data[: len(data) * 6 // 10])
    assert any(f.outcome is Outcome.FAILED and f.check == "decoding" for f in examination.findings)
    assert not examination.views
    if name == "AVIF":  # where it stands before the pixels
        assert examination.metadata.make == "Canon"


def test_pixels_are_upright_rgb_within_the_side_asked_for() -> None:
    sideways = photograph("china").transpose(Image.Transpose.ROTATE_90)
    shown = pixels(encode(sideways, exif=exif({ORIENTATION: 6})), 320)
    assert (shown.width, shown.height) == (320, 214)
    assert len(shown.rgb) == 3 * 320 * 214
    shown_picture = Image.frombytes("RGB", (320, 214), shown.rgb)
    assert difference(shown_picture, photograph("china").resize((320, 214))) < 6


def test_pixels_of_what_is_no_picture_are_refused_with_a_sentence() -> None:
    with pytest.raises(Undecodable) as caught:
        pixels(b"%PDF-1.7", 320)
    assert caught.value.sentence.template.endswith(".")


def scanned(side: int, scans: int, before: bytes = b"") -> bytes:
    """A progressive JPEG that claims so many pixels a side and repeats its last scan."""
    data = bytearray(encode(photograph("china").resize((16, 16)), "JPEG", progressive=True))
    size = data.index(b"\xff\xc2") + 5
    data[size : size + 4] = struct.pack(">HH", side, side)
    last = data.rindex(b"\xff\xda")
    return bytes(data[:2] + before + data[2:last] + data[last:-2] * scans + b"\xff\xd9")


@pytest.mark.parametrize("before", [b"", b"\xff\xfe\0\2" * 100_000], ids=["plain", "hidden"])
def test_scans_that_take_long_are_not_decoded(before: bytes) -> None:
    """1.4 MB of them took 46 s; so many that are not counted are as suspicious."""
    with pytest.raises(Undecodable, match="more scans"):
        Specimen(scanned(7000, 40, before)).opened  # noqa: B018


def test_more_scans_of_a_smaller_picture_are_decoded() -> None:
    assert Specimen(scanned(400, 60)).picture.size == (400, 400)
