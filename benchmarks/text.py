"""How much of the text in a picture Tesseract reads here, how much it makes up, how long it takes.

Words are drawn into two photographs of 12 megapixels: black on a white plate, and white on the
photograph itself. Four photographs without words show what is read where nothing stands.
Run it with `python -m benchmarks.text`.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import skimage.data
from PIL import Image, ImageDraw, ImageFont

from tests.photographs import photograph
from verify.records import Pixels
from verify.tesseract import Tesseract

SIDE, FULL = 2048, (4000, 3000)
FONTS = Path("/usr/share/fonts/truetype/noto")
SIGNS = {
    "English": (
        ("POLICE LINE", "NotoSans-Bold.ttf"),
        ("General Hospital", "NotoSerif-Regular.ttf"),
    ),
    "Arabic": (
        ("مستشفى الموصل العام", "NotoSansArabic-Bold.ttf"),
        ("مدرسة الأنبار الابتدائية", "NotoNaskhArabic-Regular.ttf"),
    ),
}
HEIGHTS = 60, 120  # of the letters, in pixels of the picture that is read


def main() -> None:
    """Draw, read, print."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args()
    tesseract, photographs = Tesseract(), _photographs()
    took: list[float] = []
    print(f"{'words drawn':<28}{'read':>6}{'of':>6}")
    for language, signs in SIGNS.items():
        for plate in (True, False):
            read = drawn = 0
            for picture in photographs[:2]:
                for text, font in signs:
                    for height in HEIGHTS:
                        found = _read(tesseract, _drawn(picture, text, font, height, plate), took)
                        read += sum(word in found for word in text.split())
                        drawn += len(text.split())
            where = "on a plate" if plate else "on the photograph"
            print(f"{language + ', ' + where:<28}{read:>6}{drawn:>6}")
    plain = [_read(tesseract, picture, took) for picture in photographs]
    made_up = sum(map(bool, plain))
    print(f"photographs without words in which something was read: {made_up} of {len(plain)}")
    print(f"seconds a picture: median {statistics.median(took):.2f}, longest {max(took):.2f}")


def _photographs() -> list[Image.Image]:
    found = [photograph("china"), photograph("flower")]
    found += [Image.fromarray(one()) for one in (skimage.data.chelsea, skimage.data.coffee)]
    pictures = [one.convert("RGB").resize(FULL) for one in found]
    for picture in pictures:
        picture.thumbnail((SIDE, SIDE))
    return pictures


def _drawn(photo: Image.Image, text: str, font: str, height: int, plate: bool) -> Image.Image:
    picture = photo.copy()
    draw = ImageDraw.Draw(picture)
    letters = ImageFont.truetype(FONTS / font, height)
    left, top, right, bottom = draw.textbbox((200, 900), text, font=letters)
    if plate:
        draw.rectangle((left - 40, top - 25, right + 40, bottom + 25), fill="white")
    draw.text((200, 900), text, font=letters, fill="black" if plate else "white")
    return picture


def _read(tesseract: Tesseract, picture: Image.Image, took: list[float]) -> str:
    pixels = Pixels(width=picture.width, height=picture.height, rgb=picture.tobytes())
    begun = time.perf_counter()
    text = tesseract.read(pixels)
    took.append(time.perf_counter() - begun)
    return text


if __name__ == "__main__":
    main()
