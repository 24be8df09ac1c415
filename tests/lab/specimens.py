"""Files that the lab's tests make: real photographs, written with the metadata asked for."""

from __future__ import annotations

from typing import Any

import pillow_heif
from PIL import ExifTags, Image, PngImagePlugin

from tests.photographs import encode, photograph

pillow_heif.register_heif_opener()

FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
    "AVIF": "image/avif",
    "TIFF": "image/tiff",
    "GIF": "image/gif",
}


def exif(
    main: dict[int, Any] | None = None,
    detail: dict[int, Any] | None = None,
    gps: dict[int, Any] | None = None,
) -> bytes:
    """An EXIF block with these tags, as Pillow writes it."""
    block = Image.Exif()
    block.update(main or {})
    block.get_ifd(ExifTags.IFD.Exif).update(detail or {})
    block.get_ifd(ExifTags.IFD.GPSInfo).update(gps or {})
    return block.tobytes()


Entries = dict[int, tuple[int, bytes]]

_TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 8: 2, 9: 4, 10: 8}


def raw_exif(main: Entries, detail: Entries | None = None, gps: Entries | None = None) -> bytes:
    """An EXIF block with values of any type and content, as no honest writer makes it.

    Entries: tag -> TIFF type and the value's bytes (little-endian); the count follows.
    """
    pointers = {0x8769: detail, 0x8825: gps}
    main = dict(main) | {tag: (4, bytes(4)) for tag, entries in pointers.items() if entries}
    block = b"II*\0\x08\0\0\0"
    first = _directory(main, len(block))
    for tag, entries in pointers.items():
        if entries:
            main[tag] = (4, (len(block) + len(first)).to_bytes(4, "little"))
            first = _directory(main, len(block)) + _later(entries, main, block, first)
    return b"Exif\0\0" + block + first


def _later(entries: Entries, main: Entries, block: bytes, so_far: bytes) -> bytes:
    rest = so_far[len(_directory(main, len(block))) :]
    return rest + _directory(entries, len(block) + len(so_far))


def _directory(entries: Entries, at: int) -> bytes:
    """A directory that will stand at that offset, its longer values right behind it."""
    values_at = at + 2 + 12 * len(entries) + 4
    head, tail = len(entries).to_bytes(2, "little"), b""
    for tag, (kind, value) in sorted(entries.items()):
        count = len(value) // _TYPE_SIZES[kind]
        head += tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + count.to_bytes(4, "little")
        if len(value) <= 4:
            head += value.ljust(4, b"\0")
        else:
            head += (values_at + len(tail)).to_bytes(4, "little")
            tail += value + b"\0" * (len(value) % 2)
    return head + bytes(4) + tail


def app1(body: bytes) -> bytes:
    """A JPEG segment of the kind that holds EXIF and XMP."""
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def xmp(properties: str) -> bytes:
    """An XMP packet around some properties, with the usual namespaces declared."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
 {properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def png_with(texts: dict[str, str], picture: Image.Image | None = None) -> bytes:
    """A PNG with these text chunks."""
    info = PngImagePlugin.PngInfo()
    for keyword, text in texts.items():
        info.add_text(keyword, text)
    return encode(picture or photograph("china"), "PNG", pnginfo=info)


def iptc(*records: tuple[int, int, bytes]) -> bytes:
    """A JPEG segment that carries IPTC records in Photoshop's image resources."""
    body = b"".join(
        bytes([0x1C, record, dataset]) + len(value).to_bytes(2, "big") + value
        for record, dataset, value in records
    )
    return _resource(0x0404, body)


def version_info(writer: str) -> bytes:
    """A JPEG segment in which Photoshop's resources name the program that wrote them."""
    name = len(writer).to_bytes(4, "big") + writer.encode("utf-16-be")
    return _resource(0x0421, (1).to_bytes(4, "big") + b"\1" + name + name + bytes(4))


def photoshop_preview(preview: Image.Image) -> bytes:
    """A JPEG segment with a preview in Photoshop's resources."""
    return _resource(0x040C, bytes(28) + encode(preview, quality=80))


def _resource(number: int, body: bytes) -> bytes:
    head = b"8BIM" + number.to_bytes(2, "big") + bytes(2) + len(body).to_bytes(4, "big")
    segment = b"Photoshop 3.0\0" + head + body + b"\0" * (len(body) % 2)
    return b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment


def after_start(jpeg: bytes, segment: bytes) -> bytes:
    """The JPEG with a further segment right behind its start."""
    return jpeg[:2] + segment + jpeg[2:]


def box(kind: bytes, content: bytes) -> bytes:
    """A box of an ISO or QuickTime file."""
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def clip(keys: dict[str, str], user_data: dict[bytes, str], created: int = 0) -> bytes:
    """A video without frames that says this about itself. created: seconds since 1904."""
    names = b"".join(box(b"mdta", name.encode()) for name in keys)
    values = b"".join(
        box(number.to_bytes(4, "big"), box(b"data", bytes(8) + value.encode()))
        for number, value in enumerate(keys.values(), 1)
    )
    table = box(b"keys", bytes(4) + len(keys).to_bytes(4, "big") + names)
    meta = box(b"meta", box(b"hdlr", bytes(24)) + table + box(b"ilst", values))
    words = (value.encode() for value in user_data.values())
    older = b"".join(
        box(kind, len(word).to_bytes(2, "big") + bytes(2) + word)
        for kind, word in zip(user_data, words, strict=True)
    )
    header = box(b"mvhd", bytes(4) + created.to_bytes(4, "big") + bytes(92))
    movie = box(b"moov", header + box(b"udta", older) + meta)
    return box(b"ftyp", b"qt  " + bytes(4)) + box(b"mdat", bytes(64)) + movie


def with_thumbnail(picture: Image.Image, preview: Image.Image, orientation: int = 1) -> bytes:
    """A JPEG whose EXIF carries this preview."""
    body = encode(preview, quality=80)
    first = _plain_directory({0x0112: (3, orientation)})
    second = _plain_directory({0x0201: (4, 0), 0x0202: (4, len(body))})
    at = 8 + len(first)
    first = first[:-4] + at.to_bytes(4, "little")
    second = _plain_directory({0x0201: (4, at + len(second)), 0x0202: (4, len(body))})
    block = b"II*\0\x08\0\0\0" + first + second + body
    return after_start(encode(picture), app1(b"Exif\0\0" + block))


def _plain_directory(entries: dict[int, tuple[int, int]]) -> bytes:
    packed = b"".join(
        tag.to_bytes(2, "little")
        + kind.to_bytes(2, "little")
        + (1).to_bytes(4, "little")
        + value.to_bytes(4, "little")
        for tag, (kind, value) in entries.items()
    )
    return len(entries).to_bytes(2, "little") + packed + bytes(4)
