from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tests.lab.specimens import FORMATS, box, exif, xmp
from tests.photographs import encode, photograph
from verify.lab.containers import read_blocks
from verify.lab.containers.blocks import MAX_BLOCK
from verify.lab.sniffing import sniff
from verify.lab.written.xmp import read_xmp

SMALL = photograph("flower").reduce(8)
PACKET = xmp("<xmp:CreatorTool>here</xmp:CreatorTool>")


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_end_of_the_picture_is_found(name: str) -> None:
    data = encode(SMALL, name)
    assert read_blocks(data + b"PK\3\4 behind", FORMATS[name]).end == len(data)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_exif_and_xmp_are_found_without_decoding(name: str) -> None:
    data = encode(SMALL, name, exif=exif({271: "Canon"}), xmp=PACKET, pnginfo=_itxt(PACKET))
    blocks = read_blocks(data, FORMATS[name])
    assert b"Canon" in blocks.exif
    assert blocks.exif[:2] in (b"II", b"MM")
    assert b"here" in blocks.xmp


def _itxt(packet: bytes) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode(), zip=True)
    return info


def test_metadata_behind_the_pixels_of_a_png_is_found() -> None:
    data = encode(SMALL, "PNG")
    body = b"parameters\0Steps: 20"
    chunk = len(body).to_bytes(4, "big") + b"tEXt" + body + bytes(4)
    at = data.rindex(b"IEND") - 4
    blocks = read_blocks(data[:at] + chunk + data[at:], "image/png")
    assert blocks.texts == [("parameters", "Steps: 20")]


def test_xmp_of_a_gif_is_found() -> None:
    data = encode(SMALL, "GIF")
    trailer = bytes([1, *range(255, -1, -1), 0])
    extension = b"\x21\xff\x0bXMP DataXMP" + PACKET + trailer
    at = 13 + (3 << (data[10] & 7) + 1)
    blocks = read_blocks(data[:at] + extension + data[at:], "image/gif")
    assert b"here" in blocks.xmp
    assert blocks.end == len(data) + len(extension)


def test_pictures_are_counted() -> None:
    frames = [SMALL.copy() for _ in range(3)]
    for place, frame in enumerate(frames):
        frame.putpixel((0, 0), (80 * place, 0, 0))
    for name in ("GIF", "PNG", "WEBP"):
        data = encode(frames[0], name, save_all=True, append_images=frames[1:], duration=50)
        assert read_blocks(data, FORMATS[name]).pictures == 3
    file = io.BytesIO()
    frames[0].save(file, "MPO", save_all=True, append_images=frames[1:])
    assert read_blocks(file.getvalue(), "image/jpeg").pictures == 3


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"\0\0\0\x18ftypqt  \0\0\0\0", "video/quicktime"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"OggS\0\2", "audio/ogg"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "image/avif"),
        (b"plain words, nothing else", "text/plain"),
        (b"", "application/octet-stream"),
    ],
)
def test_other_files_are_known_by_their_first_bytes(start: bytes, media_type: str) -> None:
    assert sniff(start) == media_type


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(FORMATS)), st.data())
def test_damage_anywhere_never_raises(name: str, data: st.DataObject) -> None:
    options = {} if name == "GIF" else {"exif": exif({271: "Canon"}), "xmp": PACKET}
    whole = bytearray(_file(name, options))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    read_blocks(bytes(whole[:cut]), FORMATS[name])
    read_blocks(bytes(whole), FORMATS[name])


_FILES: dict[str, bytes] = {}


def _file(name: str, options: dict[str, bytes]) -> bytes:
    if name not in _FILES:
        _FILES[name] = encode(Image.new("RGB", (32, 24), "teal"), name, **options)
    return _FILES[name]


def test_containers_made_to_be_slow_are_left_in_time() -> None:
    million = 1_000_000
    resource = b"\xff\xed\0\x14Photoshop 3.0\0abcd"
    files = {
        "image/jpeg": [
            b"\xff\xd8" + b"\xff\x01" * 5 * million,
            b"\xff\xd8" + resource * (million // 2),
        ],
        "image/gif": [b"GIF89a" + bytes(7) + b"\x21\xfe" + b"\x01a" * 5 * million],
        "image/png": [b"\x89PNG\r\n\x1a\n" + (bytes(4) + b"tEXt" + bytes(4)) * million],
    }
    for media_type, contents in files.items():
        for content in contents:
            read_blocks(content, media_type)


def test_pieces_that_overlap_do_not_add_up_without_bound() -> None:
    """A location box whose one item is the whole file, a thousand times over."""
    filler = bytes(100_000)
    entry = b"\0\0\0\x15infe\2\0\0\0\0\1\0\0Exif\0"
    iinf = box(b"iinf", bytes(4) + b"\0\1" + entry)
    pieces = (bytes(4) + len(filler).to_bytes(4, "big")) * 1000
    iloc = box(b"iloc", bytes(4) + b"\x44\0" + b"\0\1" + b"\0\1\0\0" + b"\x03\xe8" + pieces)
    file = box(b"ftyp", b"heic" + bytes(4)) + box(b"meta", bytes(4) + iinf + iloc) + filler
    tracemalloc.start()
    assert read_blocks(file, "image/heic").exif
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MAX_BLOCK


def test_xmp_that_opens_and_never_closes_is_left_in_time() -> None:
    assert read_xmp(b"<RDF >" * 600_000) == {}
