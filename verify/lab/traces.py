"""The traces that platforms and apps leave in a file: one table, an entry a platform.

Sources, for what is in the table:
- WhatsApp: Forensic Focus, "WhatsApp media file naming convention"; names on the web and on
  computers: icecore2/whatsapp-media-date-to-exif issue 7, and [names]; 1600 pixels: shrinkto.com,
  "Compress image for WhatsApp" (2026).
- Telegram: tdesktop, `filedialogDefaultName("photo")`; 1280 pixels: its clients' photo size.
- Signal: signalapp/Signal-Android issue 10142, Signal-Desktop issue 860.
- Facebook: Dang-Nguyen et al., arXiv:2302.12133 (names of three numbers and a letter); Stack
  Overflow 31120222 (FBMD in IPTC, which Instagram writes as well); Kolas, pippin.gimp.org/sRGBz
  (the profile "c2", 524 bytes);
  720, 960 and 2048 pixels: its own advice, quoted by photographylife.com (2014).
- X: names decoded as in comparisons/networks/x.py; 2048 pixels: its API, `sizes.large`.
- TikTok: qsniyg/maxurl issue 426. The mark is that of the servers of its owner, ByteDance, which
  serve its other apps as well.
- WordPress: its core, `wp_generate_attachment_metadata` (sizes in names), `-scaled`, and edits.
- Messenger, Snapchat and FB_IMG: programs that sort photos know them by such names; a search of
  public code on GitHub found ten and more of each on 24 November 2026. The apps document nothing.
- Screenshots: Android's GlobalScreenshot.java; GNOME Shell's screenshot.js with its translations;
  macOS: Apple Support HT201361, "Screen Shot [date] at [time].png"; Windows numbers them, and its
  Snipping Tool writes date and time; both in the system's language, by [names]. A UserComment
  that says so: [names].
- [names]: in public repositories on GitHub a search on 24 November 2026 found ten files with such
  a name in each of the languages, and nine with the comment.
A size is no trace: with metadata gone and the tables of the IJG's encoder a file merely fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.lab.bounded_text import MAX_WORD, clean
from verify.lab.colour import profile_name
from verify.lab.quantisation import ijg_quality
from verify.lab.written import iptc
from verify.records import Trace

if TYPE_CHECKING:
    from verify.lab.imaging import Specimen

SCREENSHOT = "screenshot"


@dataclass(frozen=True)
class App:
    """What tells a platform's or app's files. names: of files, without folder, in whole.

    sides: in pixels. field: an IPTC data set and how its value begins. words: of EXIF or XMP
    software.
    profile: the name of an ICC profile and its length in bytes.
    """

    name: str
    names: re.Pattern[str] | None = None
    field: tuple[tuple[int, int], str] | None = None
    sides: tuple[int, ...] = ()
    words: re.Pattern[str] | None = None
    profile: tuple[str, int] | None = None


def _names(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})(?: ?\(\d+\))?\.\w{{3,5}}", re.IGNORECASE)


_WHATSAPP_IMAGE = (
    "WhatsApp[ -](?:Image|Bild|Görsel)|Imagen de WhatsApp|Imagem do WhatsApp de|Immagine WhatsApp|"
    "Изображение WhatsApp|صورة واتساب بتاريخ"
)
_SCREENSHOT = (
    "Bildschirmfoto|Capture d.écran|Captura de (?:pantalla|tela)|Schermata|Schermafbeelding|"
    "Zrzut ekranu|Ekran (?:görüntüsü|Resmi)|Снимок экрана|Знімок екрана|لقطة (?:شاشة|الشاشة)|"
    "צילום מסך|スクリーンショット|屏幕截图"
)
_DAY, _CLOCK = r"20\d\d-\d\d-\d\d", r"\d\d-\d\d-\d\d"

TABLE = (
    App(
        "WhatsApp",
        _names(
            r"(?:IMG|STK)-20\d{6}-WA\d{4,}",
            rf"(?:{_WHATSAPP_IMAGE})[ -]{_DAY}[ -]\D{{2,8}}\d\d?[.: ]\d\d(?:[.: ]\d\d)?.{{0,14}}",
            rf"PHOTO-{_DAY}-{_CLOCK}",  # an iPhone's, when a chat is exported
            rf"\d{{8}}-PHOTO-{_DAY}-{_CLOCK}",
        ),
        sides=(1600,),
    ),
    App(
        "Telegram",
        _names(
            rf"photo(?:_\d+@|_){_DAY.replace('-', '[-]')}_{_CLOCK}",
            rf"photo_\d+@\d\d-\d\d-20\d\d_{_CLOCK}",
            rf"photo_{_DAY} \d\d[.]\d\d[.]\d\d",  # on macOS
        ),
        sides=(1280,),
    ),
    App("Signal", _names(rf"signal-(?:attachment-)?{_DAY}-(?:\d{{6}}|{_CLOCK})(?:[_-]\d+)*")),
    App(
        "Facebook",
        _names(r"FB_IMG_\d{13}", r"\d{6,9}_\d{12,17}_\d{8,19}_[a-z]"),
        sides=(720, 960, 2048),
        profile=("c2", 524),
    ),
    App("Facebook or Instagram", field=(iptc.INSTRUCTIONS, "FBMD")),
    App("Threads", words=re.compile(r"^threads$", re.IGNORECASE)),
    App("WordPress", _names(r".{1,100}-(?:scaled|e\d{13}|\d{2,4}x\d{2,4})")),
    App("Messenger", _names(r"received_\d{12,17}")),
    App("Snapchat", _names(r"Snapchat-\d{6,}"), words=re.compile(r"\bsnapchat\b", re.I)),
    App("Instagram", words=re.compile(r"^instagram$", re.IGNORECASE)),
    App(
        "X (Twitter)",
        re.compile(r"[C-H][\w-]{6}[UWX][\w-]A[AEIMQUY][\w-]{4}\.(?:jpe?g|png)"),
        sides=(2048,),
    ),
    App("TikTok", re.compile(r".{0,80}~tplv-[a-z0-9-]{3,40}.{0,80}")),
    App(
        SCREENSHOT,
        _names(
            rf"Screenshot[_ -](?:{_DAY}|20\d{{6}}).{{0,80}}",  # Android, since version 4
            rf"Screen ?shot {_DAY} at .{{5,20}}",  # macOS
            rf"(?:{_SCREENSHOT}) {_DAY} .{{5,30}}",  # macOS and Windows
            rf"Screenshot from {_DAY} {_CLOCK}",  # GNOME
            rf"Bildschirmfoto vom {_DAY} {_CLOCK}",
            r"Screenshot",  # Windows, which numbers them
        ),
        words=re.compile(r"^screenshot$", re.IGNORECASE),
    ),
)
"""Adding an app is adding an entry."""


def read_traces(specimen: Specimen) -> tuple[Trace, ...]:
    """What each platform or app left in the file. Never raises."""
    return tuple(
        Trace(name=entry.name, evidence="; ".join(evidence))
        for entry in TABLE
        if (evidence := list(_evidence(entry, specimen)))
    )


def _evidence(entry: App, specimen: Specimen) -> Iterator[str]:
    name = specimen.filename.replace("\\", "/").rpartition("/")[2][:200]
    if entry.names and entry.names.fullmatch(name):
        yield f"file name {clean(name, 80)}"
    if entry.field:
        key, start = entry.field
        for value in specimen.fields.iptc.get(key, [])[:20]:
            if value.startswith(start):
                yield f"IPTC {key[0]}:{key[1]} {clean(value, 40)}"
    if entry.profile and _profile(specimen) == entry.profile:
        yield f"ICC profile {entry.profile[0]} of {entry.profile[1]} bytes"
    if entry.words:
        for place, word in _programs(specimen):
            if entry.words.search(word):
                yield f"{place} {clean(word, 80)}"


def _profile(specimen: Specimen) -> tuple[str, int] | None:
    """Name and length of the colour profile."""
    if specimen.problem:
        return None
    profile = specimen.opened.info.get("icc_profile")
    if not isinstance(profile, bytes) or not (name := profile_name(profile)):
        return None
    return name, len(profile)


def _programs(specimen: Specimen) -> Iterator[tuple[str, str]]:
    readings, properties = specimen.readings, specimen.fields.xmp
    if software := readings.metadata.software:
        yield readings.read_from["software"], software
    for value in specimen.fields.comments[:5]:
        yield "comment", value[:MAX_WORD]
    for name in ("xmp:CreatorTool", "exif:UserComment"):
        for value in properties.get(name, [])[:5]:
            yield f"XMP {name}", value[:MAX_WORD]
    if comment := specimen.fields.exif.detail.get(0x9286):
        yield "EXIF UserComment", str(comment)[:MAX_WORD].removeprefix("ASCII\0\0\0")


def fitting(specimen: Specimen) -> tuple[str, ...]:
    """The apps that make such files of photos, going by size, tables and what is missing."""
    if specimen.media_type != "image/jpeg" or specimen.problem:
        return ()
    blocks = specimen.blocks
    if blocks.exif or blocks.xmp or blocks.comments or blocks.photoshop:
        return ()
    quality = ijg_quality(getattr(specimen.opened, "quantization", None) or {})
    if quality is None or not 60 <= quality <= 92:
        return ()
    side = max(specimen.size)
    return tuple(entry.name for entry in TABLE if side in entry.sides)
