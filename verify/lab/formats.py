"""What a file is, by its first bytes; and the words for it."""

from __future__ import annotations

PICTURES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/heic": "HEIC",
    "image/heif": "HEIF",
    "image/avif": "AVIF",
    "image/tiff": "TIFF",
    "image/gif": "GIF",
}
"""The media types that the lab examines, and what readers call them."""

CLIPS = {"video/mp4": "MP4", "video/quicktime": "QuickTime"}
"""The media types of which the lab reads what they say of themselves, and no frame."""

UNKNOWN = "application/octet-stream"

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\0\0\1\0", "image/vnd.microsoft.icon"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"\0\0\0\x0cJXL ", "image/jxl"),
    (b"\xff\x0a", "image/jxl"),
    (b"\0\0\0\x0cjP  ", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
    (b"%PDF-", "application/pdf"),
    (b"PK\3\4", "application/zip"),
    (b"PK\5\6", "application/zip"),
    (b"Rar!\x1a\7", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-executable"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"hevx": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
}


def sniff(data: bytes) -> str:
    """The media type that the first bytes tell; `application/octet-stream` when none is known.

    Source: the formats' own specifications; for brands ISO 14496-12 and 23008-12.
    """
    if data[4:8] == b"ftyp":
        return _brand(data)
    if data[:4] == b"RIFF" and len(data) >= 12:
        return _RIFF.get(data[8:12], UNKNOWN)
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    return "text/plain" if _is_text(data[:512]) else UNKNOWN


def _brand(data: bytes) -> str:
    """An ISO file's kind: its major brand, made precise by a compatible one where that is vague."""
    major = _BRANDS.get(data[8:12], "video/mp4")
    if major != "image/heif":
        return major
    size = min(int.from_bytes(data[:4], "big"), 256)
    compatible = {_BRANDS.get(data[at : at + 4]) for at in range(16, size, 4)}
    for precise in ("image/avif", "image/heic"):
        if precise in compatible:
            return precise
    return major


def _is_text(start: bytes) -> bool:
    """UTF-8 without control characters; a character may be cut in two at the end."""
    if len(start) < 8 or any(byte < 9 or 13 < byte < 32 for byte in start):
        return False
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(start) == 512 and error.start > 508
    return True
