"""How often an emblem is found again, by its size and opacity, and how often where there is none.

    python -m benchmarks.emblems --photographs FOLDER --without 1000 --each 20 --seed 5

Ten drawn emblems are each marked once, a fifth of a photograph wide, then set into other
photographs, somewhere, and stored as JPEG of quality 75. Photographs without any are looked through
for all ten. Nothing is kept.
"""

from __future__ import annotations

import argparse
import io
import math
import random
import time
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from verify.matching.emblems import SIDE, Emblem, Looked
from verify.records import Pixels

EMBLEMS = 10
WIDTHS = (0.06, 0.10, 0.15, 0.20)
OPACITIES = (1.0, 0.6, 0.35)
_WORDS = ("AMAQ", "FURAT", "Al-Hayat", "WILAYAT", "NEWS 24", "Sada", "DABIQ", "Halab TV")
_WHITE = (255, 255, 255, 255)
_DRAWN = 600  # pixels


def emblem(seed: int) -> Image.Image:
    """A seal, a flag, a mark of shapes, a lettered plate or a shield, on nothing."""
    chance = random.Random(seed)
    picture = Image.new("RGBA", (_DRAWN, _DRAWN))
    pen, word = ImageDraw.Draw(picture), _WORDS[seed % len(_WORDS)]
    colour = (*(chance.randrange(256) for _ in range(3)), 255)

    def write(y: int, size: int, text: str = word, fill: tuple[int, ...] = _WHITE) -> None:
        pen.text((300, y), text, font=ImageFont.load_default(size), fill=fill, anchor="mm")

    match seed % 5:
        case 0:
            pen.ellipse((10, 10, 590, 590), fill=colour, outline=_WHITE, width=24)
            pen.ellipse((90, 90, 510, 510), outline=_WHITE, width=10)
            for turn in range(12 + seed):
                angle = 2 * math.pi * turn / (12 + seed)
                at = (300 + 245 * math.cos(angle), 300 + 245 * math.sin(angle), 22)
                pen.regular_polygon(at, 3 + seed % 3, rotation=turn * 30, fill=_WHITE)
            write(300, 110)
        case 1:
            pen.rectangle((0, 100, 600, 500), fill=(0, 0, 0, 255))
            write(180, 110)
            pen.ellipse((200, 240, 400, 440), fill=_WHITE)
            write(340, 80, word[:3], (0, 0, 0, 255))
        case 2:
            for _ in range(9):
                at = (
                    chance.randrange(60, 540),
                    chance.randrange(60, 540),
                    chance.randrange(40, 140),
                )
                fill = (*(chance.randrange(256) for _ in range(3)), 255)
                pen.regular_polygon(at, chance.choice((3, 4, 5, 6)), fill=fill, outline=_WHITE)
            write(520, 110)
        case 3:
            pen.rounded_rectangle((0, 150, 600, 450), 60, fill=colour)
            write(260, 140)
            write(380, 60, f"agency {word}", (255, 230, 90, 255))
        case _:
            shield = [(300, 10), (590, 150), (520, 560), (80, 560), (10, 150)]
            pen.polygon(shield, fill=colour, outline=_WHITE)
            pen.line((300, 60, 300, 520), fill=_WHITE, width=18)
            for ring in range(5):
                box = (100 + ring * 30, 120 + ring * 30, 500 - ring * 30, 520 - ring * 30)
                pen.arc(box, 200 + ring * 20, 340 - ring * 9, fill=_WHITE, width=14)
            write(470, 90, word, (255, 220, 0, 255))
    return picture.crop(picture.getbbox())


def composed(
    photograph: Image.Image, mark: Image.Image, width: float, opacity: float, chance: random.Random
) -> tuple[Image.Image, tuple[float, float, float, float]]:
    """A photograph with an emblem somewhere in it, and the box of that in fractions."""
    picture = photograph.convert("RGB")
    wide = max(8, round(picture.width * width))
    high = min(picture.height - 1, max(8, round(mark.height * wide / mark.width)))
    small = mark.resize((wide, high), Image.Resampling.LANCZOS)
    shown = small.getchannel("A").point([round(value * opacity) for value in range(256)])
    x, y = chance.randrange(picture.width - wide), chance.randrange(picture.height - high)
    picture.paste(small, (x, y), shown)
    box = (x / picture.width, y / picture.height)
    return picture, (*box, (x + wide) / picture.width, (y + high) / picture.height)


def decoded(picture: Image.Image, side: int, quality: int = 75) -> Pixels:
    """As the lab gives it, after one more JPEG, at most so large."""
    stored = io.BytesIO()
    picture.convert("RGB").save(stored, "JPEG", quality=quality)
    with Image.open(stored) as opened:
        read = opened.convert("RGB")
    read.thumbnail((side, side))
    return Pixels(width=read.width, height=read.height, rgb=read.tobytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photographs", type=Path, nargs="+", required=True)
    parser.add_argument("--without", type=int, default=1000)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    files = sorted(file for folder in asked.photographs for file in folder.glob("*.jpg"))
    chance.shuffle(files)
    turn = iter(files)

    def photograph() -> Image.Image:
        with Image.open(next(turn)) as opened:
            return opened.convert("RGB")

    drawn, marked = [emblem(number) for number in range(EMBLEMS)], []
    for one in drawn:
        picture, box = composed(photograph(), one, 0.22, 1.0, chance)
        marked.append(Emblem.of(decoded(picture, 2048, 90), *box))
    print(f"seed {asked.seed}, {len(files)} photographs")
    false, began = 0, time.process_time()
    for number in range(1, asked.without + 1):
        looked = Looked.of(decoded(photograph(), SIDE))
        false += sum(looked.shows(one) for one in marked)
        if number % 50 == 0 or number == asked.without:
            each = (time.process_time() - began) / number
            print(
                f"without: {false} found in {number} photographs x {EMBLEMS} emblems,"
                f" {each:.2f} s of processor time a photograph",
                flush=True,
            )
    if not asked.each:
        return
    print("width  " + "".join(f"opacity {opacity:<6}" for opacity in OPACITIES))
    for width in WIDTHS:
        shares = []
        for opacity in OPACITIES:
            hits = 0
            for number in range(asked.each):
                which = number % EMBLEMS
                picture, _ = composed(photograph(), drawn[which], width, opacity, chance)
                hits += Looked.of(decoded(picture, SIDE)).shows(marked[which])
            shares.append(f"{hits / asked.each:.2f}")
        print(f"{width:<7}" + "".join(f"{share:<14}" for share in shares), flush=True)


if __name__ == "__main__":
    main()
