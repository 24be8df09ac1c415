"""Text, logos and interfaces, drawn as they lie over pictures on their way.

Fonts come from the system where it has them; else Pillow's own one is used.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, features

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]
_FOLDER = Path("/usr/share/fonts/truetype")
_LATIN = ("noto/NotoSans-Bold.ttf", "noto/NotoSans-Regular.ttf", "dejavu/DejaVuSans-Bold.ttf")
_ARABIC = ("noto/NotoNaskhArabic-Bold.ttf", "noto/NotoKufiArabic-Bold.ttf", "dejavu/DejaVuSans.ttf")
LATIN_LINES = (
    "BREAKING NEWS", "Look what they did today", "You will not see this on TV",
    "Shelling reported near the bridge", "when the power is out again", "SHARE BEFORE DELETED",
    "Exclusive pictures from the city", "Nobody talks about this", "Live: rescue teams at work",
    "me on monday morning", "This happened last night", "Residents flee as water rises",
)  # fmt: skip
ARABIC_LINES = (
    "عاجل", "شاهد ماذا حدث اليوم", "صور حصرية من المدينة", "لن ترى هذا في الأخبار",
    "انقطاع الكهرباء مرة أخرى", "فرق الإنقاذ في الموقع", "انشر قبل الحذف", "حدث هذا الليلة الماضية",
)  # fmt: skip


@lru_cache(maxsize=256)
def font(size: int, arabic: bool = False, face: int = 0) -> ImageFont.FreeTypeFont:
    """A font of this size in pixels; the system's if found, else Pillow's built-in one."""
    names = [n for n in (_ARABIC if arabic else _LATIN) if (_FOLDER / n).exists()]
    if not names:
        return ImageFont.load_default(size)
    return ImageFont.truetype(_FOLDER / names[face % len(names)], size)


def line(rng: np.random.Generator) -> tuple[str, bool]:
    """A line of text, Latin or (where it can be shaped) Arabic, and whether it is Arabic."""
    arabic = bool(rng.random() < 0.5) and features.check("raqm") and _has_arabic()
    return str(rng.choice(ARABIC_LINES if arabic else LATIN_LINES)), arabic


def _has_arabic() -> bool:
    return any((_FOLDER / name).exists() for name in _ARABIC)


def write(
    picture: Picture, text: str, box: tuple[int, int, int, int], colour: Colour, *,
    arabic: bool = False, face: int = 0, outline: Colour | None = None,
) -> Picture:  # fmt: skip
    """Write one line as large as the box (left, top, right, bottom, in pixels) lets it be."""
    left, top, right, bottom = box
    size = max(8, int((bottom - top) * 0.8))
    while size > 8 and font(size, arabic, face).getlength(text) > (right - left):
        size = int(size * 0.9)
    canvas = Image.fromarray(picture)
    ImageDraw.Draw(canvas).text(
        ((left + right) / 2, (top + bottom) / 2), text, fill=colour, anchor="mm",
        font=font(size, arabic, face), stroke_width=size // 16 if outline else 0,
        stroke_fill=outline,
    )  # fmt: skip
    return np.asarray(canvas)


def logo(picture: Picture, corner: int, kind: int, share: float = 0.14) -> Picture:
    """A channel's logo in one of four corners; the same `kind` is always the same logo."""
    look = np.random.default_rng(1000 + kind)
    height, width = picture.shape[:2]
    side = max(12, int(min(height, width) * share))
    canvas = Image.fromarray(picture)
    left = 8 if corner % 2 == 0 else width - side * 2 - 8
    top = 8 if corner < 2 else height - side - 8
    draw = ImageDraw.Draw(canvas)
    ground: Colour = tuple(int(v) for v in look.integers(0, 256, 3))  # type: ignore[assignment]
    draw.rounded_rectangle((left, top, left + side * 2, top + side), side // 6, fill=ground)
    draw.ellipse((left + 4, top + 4, left + side - 4, top + side - 4), fill=(255, 255, 255))
    draw.text(
        (left + side * 1.45, top + side / 2), "".join(look.choice(list("ABCDEKLMNRSTVX"), 3)),
        fill=(255, 255, 255), anchor="mm", font=font(max(8, side // 2)),
    )  # fmt: skip
    return np.asarray(canvas)


def lower_third(picture: Picture, share: float, kind: int, text: str, arabic: bool) -> Picture:
    """An opaque strip with text along the lower edge, `share` of the height."""
    height, width = picture.shape[:2]
    top = height - int(height * share)
    out = picture.copy()
    out[top:] = ((180, 16, 20), (12, 12, 14), (20, 40, 120))[kind % 3]
    out[top : top + max(2, height // 120)] = (240, 240, 240)
    box = (width // 20, top, width - width // 20, height)
    return write(out, text, box, (255, 255, 255), arabic=arabic)


def phone(
    width: int, height: int, kind: int, *, dark: bool, account: str, text: str, arabic: bool,
    window: tuple[int, int],
) -> Picture:  # fmt: skip
    """A phone's screen with a post in it; rows `window` (top, bottom) wait for the picture.

    The same `kind` is the same interface, whatever is shown in it.
    """
    look = np.random.default_rng(2000 + kind)
    ground, ink = ((18, 18, 20), (235, 235, 235)) if dark else ((255, 255, 255), (25, 25, 28))
    canvas = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(canvas)
    unit = width / 360
    small, normal = font(max(8, int(12 * unit))), font(max(8, int(15 * unit)))
    draw.text((16 * unit, 8 * unit), f"{look.integers(1, 24)}:{look.integers(10, 60)}", ink, small)
    for bar in range(4):
        x = width - (70 - 7 * bar) * unit
        draw.rectangle((x, (20 - 3 * bar) * unit, x + 4 * unit, 22 * unit), fill=ink)
    draw.rectangle((width - 38 * unit, 11 * unit, width - 14 * unit, 22 * unit), outline=ink)
    top, bottom = window
    if top > 60 * unit:
        y = top - 50 * unit
        face: Colour = tuple(int(v) for v in look.integers(40, 220, 3))  # type: ignore[assignment]
        draw.ellipse((12 * unit, y, 46 * unit, y + 34 * unit), fill=face)
        draw.text((56 * unit, y + 2 * unit), account, ink, normal)
        draw.text((56 * unit, y + 20 * unit), "2 h", (130, 130, 130), small)
    for number in range(4):
        x, y = (24 + 60 * number) * unit, bottom + 16 * unit
        shape = (x, y, x + 20 * unit, y + 20 * unit)
        (draw.ellipse if look.random() < 0.5 else draw.rectangle)(shape, outline=ink, width=2)
        draw.text((x + 24 * unit, y + 2 * unit), str(look.integers(3, 900)), ink, small)
    draw.text((16 * unit, bottom + 52 * unit), text, ink, font(max(8, int(16 * unit)), arabic))
    for row in range(3):
        y = bottom + (90 + 26 * row) * unit
        draw.text((16 * unit, y), str(look.choice(LATIN_LINES)), (130, 130, 130), small)
    return np.asarray(canvas)
