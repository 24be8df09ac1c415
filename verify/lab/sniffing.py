"""What a file is, by its first bytes."""

from __future__ import annotations

from itertools import islice

from verify.formats import FORMATS, UNKNOWN
from verify.lab.containers.blocks import boxes
from verify.lab.containers.raws import kind_of_tiff
from verify.lab.reading_at import Content

_MAGIC = tuple((magic, one.media_type) for one in FORMATS.values() for magic in one.magic)
_RIFF = {one.riff: one.media_type for one in FORMATS.values() if one.riff}
_BRANDS = {brand: one.media_type for one in FORMATS.values() for brand in one.brands}
_FILMS = frozenset(
    b"isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 isml mp41 mp42 mp71 avc1 hvc1 hev1 av01 dash "
    b"M4VH M4VP XAVC MSNV NDSC NDSH NDSM NDSS mmp4 3g2a 3g2b 3g2c msdh msix cmfc niko CAEP "
    b"pana".split()
) | {b"M4V ", b"F4V ", b"f4v "}
_MOST_TRACKS = 50
_PACKETS = 5  # of a transport stream, which begin alike


def sniff(data: Content) -> str:
    """The media type that the first bytes tell; `application/octet-stream` when none is known.

    Of TIFFs those of cameras are told apart where the data is in memory.

    Source: the formats' own specifications; for brands ISO 14496-12 and 23008-12.
    """
    if data[4:8] == b"ftyp":
        return _brand(data)
    if _is_quicktime(data):
        return "video/quicktime"
    head = data[:512]
    if head[:4] == b"RIFF" and len(head) >= 12:
        return _RIFF.get(head[8:12], UNKNOWN)
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        return "video/webm"
    if _is_transport_stream(data):
        return "video/mp2t"
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            family = media_type == "image/tiff"
            return (isinstance(data, bytes) and family and kind_of_tiff(data)) or media_type
    if head[257:262] == b"ustar":
        return "application/x-tar"
    return "text/plain" if _is_text(head) else UNKNOWN


def _brand(data: Content) -> str:
    """An ISO file's kind: by its brands, and by what it holds where these do not tell."""
    size = min(int.from_bytes(data[:4], "big"), 256)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, size, 4))]
    major = _BRANDS.get(brands[0])
    if major is None:
        known = [brand for brand in brands if brand in _FILMS or brand in _BRANDS]
        if not known:
            return _by_content(data)
        major = next((_BRANDS[brand] for brand in known if brand in _BRANDS), "video/mp4")
    if major == "image/heif":
        precise = {_BRANDS.get(brand) for brand in brands[1:]}
        return next((kind for kind in ("image/avif", "image/heic") if kind in precise), major)
    if major.startswith("video/") and _tracks(data) == {b"soun"}:
        return "audio/mp4"
    return major


def _by_content(data: Content) -> str:
    """A file of unknown brands: a film with a picture track, sound where there is no other."""
    tracks = _tracks(data)
    if b"vide" in tracks:
        return "video/mp4"
    return "audio/mp4" if tracks == {b"soun"} else UNKNOWN


def _tracks(data: Content) -> set[bytes]:
    """The kinds of the tracks that pictures and sound are in: `vide`, `soun`."""
    found: set[bytes] = set()
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind == b"moov":
            for track, first, last in islice(boxes(data, start, stop), _MOST_TRACKS):
                if track == b"trak" and (handler := _handler(data, first, last)):
                    found.add(handler)
    return found & {b"vide", b"soun"}


def _handler(data: Content, start: int, stop: int) -> bytes:
    for kind, first, last in boxes(data, start, stop):
        if kind == b"mdia":
            for inner, at, _ in boxes(data, first, last):
                if inner == b"hdlr":
                    return data[at + 8 : at + 12]
    return b""


# QuickTime files of before 2001, and the clips of Live Photos, begin with any of these.
_WITHOUT_BRAND = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")


def _is_quicktime(data: Content) -> bool:
    """Whether the file is made of boxes and holds a movie, without a box that names its brand."""
    if data[4:8] not in _WITHOUT_BRAND:
        return False
    return any(kind == b"moov" for kind, _, _ in islice(boxes(data, 0, len(data)), 50))


def _is_transport_stream(data: Content) -> bool:
    """Whether packets follow each other, each of 188 bytes, with a time of four before it or not.

    Source: ITU-T H.222.0, 2.4.3.2, for the first byte of each.
    """
    head = data[: 192 * _PACKETS]
    return any(
        len(head) >= size * _PACKETS and set(head[at : size * _PACKETS : size]) == {0x47}
        for size, at in ((188, 0), (192, 4))
    )


def _is_text(start: bytes) -> bool:
    """UTF-8 without control characters; a character may be cut in two at the end."""
    if len(start) < 8 or any(byte < 9 or 13 < byte < 32 for byte in start):
        return False
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(start) == 512 and error.start > 508
    return True
