"""The formats of files, one table: whoever names, sniffs, decodes or walks one asks here.

Source: the formats' own specifications; for brands ISO 14496-12 and 23008-12; for the media types
and endings that others give, what browsers, phones and makers write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Format:
    """A format.

    name: what readers call it. endings: of file names, the usual one first. magic: how its files
    begin, where that alone tells; riff: what stands behind RIFF and a length. brands: the first
    in an ISO base media file of it. container: how its parts are walked, a name in
    `verify.lab.containers`. openers: Pillow's names of what decodes it. opened_as: the brands that
    these take it under. demuxer: FFmpeg's name of what reads a film or a sound. aliases: other
    media types under which it is sent.
    """

    media_type: str
    name: str = ""
    endings: tuple[str, ...] = ()
    magic: tuple[bytes, ...] = ()
    riff: bytes = b""
    brands: tuple[bytes, ...] = ()
    container: str = ""
    openers: tuple[str, ...] = ()
    opened_as: tuple[bytes, ...] = ()
    demuxer: str = ""
    aliases: tuple[str, ...] = ()


# fmt: off
_PICTURES = (
    Format("image/jpeg", "JPEG", ("jpg", "jpeg", "jpe", "jfif", "mpo"), (b"\xff\xd8\xff",),
           container="jpeg", openers=("JPEG",),
           aliases=("image/jpg", "image/pjpeg", "image/mpo")),
    Format("image/png", "PNG", ("png", "apng"), (b"\x89PNG\r\n\x1a\n",),
           container="png", openers=("PNG",), aliases=("image/apng", "image/x-png")),
    Format("image/webp", "WebP", ("webp",), riff=b"WEBP", container="webp", openers=("WEBP",)),
    Format("image/heic", "HEIC", ("heic", "heif", "hif"),
           brands=(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"MiHE"),
           container="isobmff", openers=("HEIF",),
           opened_as=(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
           aliases=("image/heif", "image/heic-sequence")),
    Format("image/heif", "HEIF", ("heif", "heic", "hif", "avif"),
           brands=(b"mif1", b"msf1", b"miaf", b"MiHB"),
           container="isobmff", openers=("HEIF", "AVIF"),
           opened_as=(b"mif1", b"msf1", b"heic", b"avif"),
           aliases=("image/heic", "image/avif", "image/heif-sequence")),
    Format("image/avif", "AVIF", ("avif", "avifs"),
           brands=(b"avif", b"avis", b"MiAB", b"MA1B", b"MA1A"),
           container="isobmff", openers=("AVIF",), opened_as=(b"avif", b"avis", b"mif1"),
           aliases=("image/avif-sequence",)),
    Format("image/tiff", "TIFF", ("tif", "tiff"), (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
           container="tiff", openers=("TIFF",), aliases=("image/tif", "image/x-tiff")),
    Format("image/gif", "GIF", ("gif",), (b"GIF87a", b"GIF89a"),
           container="gif", openers=("GIF",)),
    Format("image/avci", "AVCI", ("avci", "avcs", "heif", "hif"), brands=(b"avci", b"avcs"),
           container="isobmff", aliases=("image/heif", "image/heic", "image/avcs")),
)
_RAWS = (  # TIFF inside, unless their container says otherwise; makers share endings
    Format("image/x-adobe-dng", "DNG", ("dng",), container="original", aliases=("image/dng",)),
    Format("image/x-canon-cr2", "Canon CR2", ("cr2",), container="original"),
    Format("image/x-canon-cr3", "Canon CR3", ("cr3",), brands=(b"crx ",), container="canon"),
    Format("image/x-nikon-nef", "Nikon NEF", ("nef", "nrw"), container="original"),
    Format("image/x-sony-arw", "Sony ARW", ("arw", "sr2", "srf"), container="original"),
    Format("image/x-olympus-orf", "Olympus ORF", ("orf",), (b"IIRO", b"IIRS", b"MMOR"),
           container="original"),
    Format("image/x-panasonic-rw2", "Panasonic RW2", ("rw2", "rwl"), (b"IIU\0",),
           container="original"),
    Format("image/x-pentax-pef", "Pentax PEF", ("pef",), container="original"),
    Format("image/x-samsung-srw", "Samsung SRW", ("srw",), container="original"),
    Format("image/x-fuji-raf", "Fujifilm RAF", ("raf",), (b"FUJIFILMCCD-RAW ",),
           container="fuji"),
    Format("image/x-raw", "raw", ("raw", "3fr", "fff", "iiq", "kdc", "dcr", "mef", "mos", "mrw",
                                  "erf", "x3f"), container="original",
           aliases=("image/x-dcraw", "image/raw")),
)
_CLIPS = (
    Format("video/mp4", "MP4", ("mp4",), container="movie", demuxer="mov"),
    Format("video/quicktime", "QuickTime", ("mov",), brands=(b"qt  ",), container="movie",
           demuxer="mov"),
    Format("video/3gpp", "3GP", ("3gp",), container="movie", demuxer="mov",
           brands=(b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3ge6", b"3gg6", b"3gr6")),
    Format("audio/mp4", "MP4 sound", ("m4a",), brands=(b"M4A ", b"M4B ", b"F4A "),
           container="movie", demuxer="mov"),
    Format("video/x-matroska", "Matroska", ("mkv",), (b"\x1aE\xdf\xa3",), container="matroska",
           demuxer="matroska"),
    Format("video/webm", "WebM", ("webm",), container="matroska", demuxer="matroska"),
    Format("video/x-msvideo", "AVI", ("avi",), riff=b"AVI ", container="riff", demuxer="avi"),
    Format("video/mp2t", "MPEG transport stream", ("ts", "mts", "m2ts", "m2t"), demuxer="mpegts"),
    Format("video/mpeg", "MPEG", ("mpg", "mpeg", "vob", "m2p"), (b"\0\0\1\xba",), demuxer="mpeg"),
    Format("audio/wav", "WAV", ("wav",), riff=b"WAVE", container="riff", demuxer="wav"),
    Format("audio/mpeg", "MP3", ("mp3",), (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
           container="id3", demuxer="mp3"),
    Format("audio/ogg", "Ogg", ("ogg", "oga", "opus"), (b"OggS",), demuxer="ogg"),
    Format("audio/flac", "FLAC", ("flac",), (b"fLaC",), demuxer="flac"),
    Format("audio/aac", "AAC", ("aac",), (b"\xff\xf1", b"\xff\xf9"), demuxer="aac"),
    Format("audio/amr", "AMR", ("amr",), (b"#!AMR",), demuxer="amr"),
)
_OTHERS = (  # which the lab tells apart and does not look into
    Format("image/bmp", endings=("bmp",), magic=(b"BM",)),
    Format("image/vnd.microsoft.icon", endings=("ico",), magic=(b"\0\0\1\0",)),
    Format("image/vnd.adobe.photoshop", endings=("psd",), magic=(b"8BPS",)),
    Format("image/jxl", endings=("jxl",), magic=(b"\0\0\0\x0cJXL ", b"\xff\x0a")),
    Format("image/jp2", endings=("jp2",), magic=(b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51"),
           brands=(b"jp2 ", b"jpx ")),
    Format("application/pdf", endings=("pdf",), magic=(b"%PDF-",)),
    Format("application/x-executable", endings=("exe",), magic=(b"\x7fELF", b"MZ")),
)
_ARCHIVES = (
    Format("application/zip", "ZIP", ("zip",), (b"PK\3\4", b"PK\5\6")),
    Format("application/vnd.rar", "RAR", ("rar",), (b"Rar!\x1a\7",)),
    Format("application/x-7z-compressed", "7z", ("7z",), (b"7z\xbc\xaf\x27\x1c",)),
    Format("application/gzip", "gzip", ("gz", "tgz"), (b"\x1f\x8b",)),
    Format("application/x-bzip2", "bzip2", ("bz2",), (b"BZh",)),
    Format("application/x-xz", "xz", ("xz",), (b"\xfd7zXZ\0",)),
    Format("application/zstd", "Zstandard", ("zst",), (b"\x28\xb5\x2f\xfd",)),
    Format("application/x-tar", "tar", ("tar",)),
)
# fmt: on
FORMATS: Mapping[str, Format] = MappingProxyType(
    {one.media_type: one for one in (*_PICTURES, *_RAWS, *_CLIPS, *_OTHERS, *_ARCHIVES)}
)
"""All of them by their media type."""

UNKNOWN = "application/octet-stream"
ARCHIVES = frozenset(one.media_type for one in _ARCHIVES)
"""Files of files; of a ZIP archive `import` takes out what is in it."""
RAWS = frozenset(one.media_type for one in _RAWS)
"""Cameras' own originals."""
PICTURES = tuple(one.media_type for one in (*_PICTURES, *_RAWS))
"""What the lab examines."""
CLIPS = frozenset(one.media_type for one in _CLIPS)
"""Films and recordings."""
FILMS = frozenset(one.media_type for one in _CLIPS if one.media_type.startswith("video/"))
"""Of which the lab looks at some pictures, too."""
SOUNDS = frozenset(one.media_type for one in _CLIPS if one.demuxer)
"""Whose sound the lab listens to."""
TIFFS = frozenset(
    one.media_type for one in (*_PICTURES, *_RAWS) if one.container in ("tiff", "original")
)
"""Whose files are TIFF, and so what EXIF is made of."""
HEIFS = frozenset(one.media_type for one in _PICTURES if one.opened_as)
"""Pictures in boxes that can be decoded."""
RAW_ENDINGS = tuple(ending for one in _RAWS for ending in one.endings)
"""Of the names of camera originals: makers share some, programs rename one to another."""


def ending(media_type: str, unknown: str = "") -> str:
    """How the name of such a file ends, with its dot."""
    known = FORMATS.get(media_type)
    return f".{known.endings[0]}" if known and known.endings else unknown
