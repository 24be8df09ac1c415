"""Sheets that are drawn throughout: pages, chats, maps, charts. Each template is one style."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from benchmarks import lettering
from benchmarks.lettering import Picture

Random = np.random.Generator
_WORDS = (
    "the", "of", "report", "that", "was", "in", "by", "on", "and",
    "city", "people", "were", "after", "said", "from", "with", "had",
)  # fmt: skip


def page(template: int, rng: Random) -> Picture:
    page = Image.new("RGB", (640, 860), (250, 250, 246))
    draw = ImageDraw.Draw(page)
    for row in range(28):
        text = " ".join(rng.choice(_WORDS, 11))
        draw.text((50, 50 + row * 27), text, (30, 30, 30), lettering.font(17))
    return np.asarray(page)


def chat(template: int, rng: Random) -> Picture:
    """Other words in the same app, above the same keyboard."""
    dark = template % 2 == 1
    ground, ink, key = (
        ((20, 22, 26), (235,) * 3, (58,) * 3) if dark else ((236, 229, 221), (20,) * 3, (255,) * 3)
    )
    screen = Image.new("RGB", (540, 960), ground)
    draw = ImageDraw.Draw(screen)
    draw.rectangle((0, 0, 540, 70), fill=(7, 94, 84) if not dark else (32, 44, 51))
    draw.text((80, 20), f"Contact {template}", (255, 255, 255), lettering.font(24))
    top = 90
    while top < 500:
        mine, lines = bool(rng.integers(2)), int(rng.integers(1, 4))
        left, bottom = (160 if mine else 16), top + 16 + 28 * lines
        draw.rounded_rectangle(
            (left, top, left + 360, bottom), 12, fill=(0, 92, 75) if dark else (220, 248, 198)
        )
        for line in range(lines):
            text = " ".join(rng.choice(_WORDS, 5))
            draw.text((left + 12, top + 6 + 28 * line), text, ink, lettering.font(20))
        top = bottom + 14
    draw.rectangle((0, 600, 540, 960), fill=(30, 32, 36) if dark else (209, 213, 219))
    for row, letters in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm")):
        for column, letter in enumerate(letters):
            x, y = 6 + 27 * row + 53 * column, 615 + 84 * row
            draw.rounded_rectangle((x, y, x + 46, y + 70), 8, fill=key)
            draw.text((x + 23, y + 35), letter, ink, lettering.font(30), anchor="mm")
    draw.rounded_rectangle((130, 870, 410, 940), 8, fill=key)
    return np.asarray(screen)


def street_map(template: int, rng: Random) -> Picture:
    sheet = Image.new("RGB", (640, 480), (238, 234, 224))
    draw = ImageDraw.Draw(sheet)
    for colour, width, number in (((255, 255, 255), 5, 24), ((250, 210, 120), 8, 5)):
        for _ in range(number):
            start, bearing = rng.uniform(0, 640, 2), rng.uniform(0, 2 * np.pi)
            steps = np.cumsum(rng.normal(0, 0.15, 30)) + bearing
            path = start + np.cumsum(np.c_[np.cos(steps), np.sin(steps)] * 25, axis=0)
            draw.line([tuple(p) for p in path], fill=colour, width=width)
    for _ in range(12):
        x, y = rng.integers(0, 600), rng.integers(0, 460)
        name = "".join(rng.choice(list("abdeilmnorstu"), int(rng.integers(4, 9)))).title()
        draw.text((int(x), int(y)), name, (90, 90, 90), lettering.font(14))
    return np.asarray(sheet)


def chart(template: int, rng: Random) -> Picture:
    """Other numbers in a chart of the same title, axes and colours."""
    look = np.random.default_rng(5000 + template)
    dark = template % 2 == 1
    ground, ink = ((24, 26, 32), (225,) * 3) if dark else ((255,) * 3, (40,) * 3)
    sheet = Image.new("RGB", (800, 600), ground)
    draw = ImageDraw.Draw(sheet)
    title = lettering.LATIN_LINES[template % len(lettering.LATIN_LINES)]
    draw.text((60, 20), title, ink, lettering.font(30))
    colours = [tuple(int(v) for v in look.integers(40, 230, 3)) for _ in range(3)]
    for row in range(6):
        y = 100 + 80 * row
        draw.line((80, y, 760, y), fill=(128,) * 3)
        draw.text((20, y - 12), str(100 - 20 * row), ink, lettering.font(18))
    for column in range(8):
        x = 90 + 84 * column
        draw.text((x + 16, 510), str(2018 + column), ink, lettering.font(18))
        if template // 2 % 2:
            continue
        for series, colour in enumerate(colours):
            left, top = x + 22 * series, 500 - int(rng.uniform(20, 390))
            draw.rectangle((left, top, left + 18, 500), fill=colour)
    for series, colour in enumerate(colours):
        if template // 2 % 2:
            heights = 300 + np.cumsum(rng.normal(0, 40, 8))
            line = [(90 + 84 * n + 30, float(np.clip(y, 110, 490))) for n, y in enumerate(heights)]
            draw.line(line, fill=colour, width=5)
        draw.rectangle((120 + 200 * series, 555, 140 + 200 * series, 575), fill=colour)
        draw.text((150 + 200 * series, 552), f"Region {series + 1}", ink, lettering.font(20))
    return np.asarray(sheet)
