"""Pairs of different pictures that share something, and must not match.

Each kind draws any number of pictures over one template: the same logo, the same interface,
the same sort of sky. Photographs beneath are always different ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import cv2
import numpy as np

from benchmarks import edits, lettering, patterns, sheets
from benchmarks.lettering import Picture

Random = np.random.Generator
Photographs = Iterator[Picture]
Maker = Callable[[int, Photographs, Random], Picture]


def _lower_third(template: int, photographs: Photographs, rng: Random) -> Picture:
    text = lettering.LATIN_LINES[template % len(lettering.LATIN_LINES)]
    share = 0.15 + 0.02 * (template % 5)
    out = lettering.lower_third(next(photographs), share, template, text, False)
    return lettering.logo(out, template % 2, template)


def _meme(template: int, photographs: Photographs, rng: Random) -> Picture:
    photograph = _same_size(next(photographs))
    arabic = template % 2 == 1
    lines = lettering.ARABIC_LINES if arabic else lettering.LATIN_LINES
    band = np.full((int(480 * (0.2 + 0.03 * (template % 5))), 640, 3), 255, np.uint8)
    box = (30, 0, 610, len(band))
    band = lettering.write(band, lines[template % len(lines)], box, (0, 0, 0), arabic=arabic)
    return np.concatenate([band, photograph] if template % 3 else [photograph, band])


def _interface(template: int, photographs: Photographs, rng: Random) -> Picture:
    ground = lettering.phone(
        540, 1080, template, dark=template % 2 == 0, account=f"account_{template}",
        text=lettering.LATIN_LINES[template % len(lettering.LATIN_LINES)], arabic=False,
        window=(190, 190 + 400),
    ).copy()  # fmt: skip
    ground[190:590] = cv2.resize(_same_size(next(photographs)), (540, 400))
    return ground


def _watermark(template: int, photographs: Photographs, rng: Random) -> Picture:
    copy = edits.original(_same_size(next(photographs)))
    return edits.watermark(copy, np.random.default_rng(template), []).pixels


def _collage(template: int, photographs: Photographs, rng: Random) -> Picture:
    gap, columns = 4 + template % 8, 2 + template % 2
    side = (640 - gap * (columns - 1)) // columns
    out = np.full((side * columns + gap * (columns - 1),) * 2 + (3,), 255, np.uint8)
    for place in range(columns * columns):
        left, top = place % columns * (side + gap), place // columns * (side + gap)
        out[top : top + side, left : left + side] = cv2.resize(next(photographs), (side, side))
    return out


def _flag(template: int, photographs: Photographs, rng: Random) -> Picture:
    """The same flag before different scenes, each time in other folds and of another size."""
    look = np.random.default_rng(3000 + template)
    flag = np.zeros((240, 360, 3), np.uint8)
    for stripe in range(3):
        flag[stripe * 80 : stripe * 80 + 80] = look.integers(0, 256, 3)
    star = [(180 + r * np.sin(a), 120 - r * np.cos(a))
            for a, r in zip(np.arange(10) * np.pi / 5, [70, 28] * 5, strict=True)]  # fmt: skip
    cv2.fillPoly(flag, [np.int32(star)], tuple(int(v) for v in look.integers(0, 256, 3)))
    ys, xs = np.mgrid[:240, :360].astype(np.float32)
    phase, waves = rng.uniform(0, 6), rng.uniform(20, 50)
    wave = np.sin(xs / waves + phase + ys / 150)
    folded = cv2.remap(flag, xs + 6 * wave, ys + 12 * wave, cv2.INTER_LINEAR,
                       borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    folded = np.clip(folded * (1 + 0.25 * wave[..., None]), 0, 255).astype(np.uint8)
    out = _same_size(next(photographs)).copy()
    w = int(rng.integers(200, 330))
    h = w * 2 // 3
    left, top = int(rng.integers(0, 640 - w)), int(rng.integers(0, 480 - h))
    out[top : top + h, left : left + w] = cv2.resize(folded, (w, h))
    return out


def _uniform(template: int, photographs: Photographs, rng: Random) -> Picture:
    """The same camouflage cloth on different figures: other places of the same pattern."""
    cloth = cv2.GaussianBlur(_noise(np.random.default_rng(4000 + template), 1200, 1.0), (0, 0), 5)
    steps = np.digitize(cloth, np.quantile(cloth, [0.3, 0.55, 0.8]))
    look = np.random.default_rng(4000 + template)
    shades = np.sort(look.integers(30, 170, (4, 1)), axis=0)
    colours = (shades * (1.0, 0.95, 0.7)).astype(np.uint8)
    out = _same_size(next(photographs)).copy()
    y, x = rng.integers(0, 700, 2)
    piece = colours[steps[y : y + 480, x : x + 480]]
    turn = cv2.getRotationMatrix2D((240, 240), float(rng.uniform(-40, 40)), 1.4)
    piece = cv2.warpAffine(piece, turn, (480, 480), borderMode=cv2.BORDER_REFLECT)
    body = np.zeros((480, 640), np.uint8)
    centre = (int(rng.integers(200, 440)), 380)
    cv2.ellipse(body, centre, (int(rng.integers(110, 170)), 260), 0, 0, 360, 1, -1)
    left = int(np.clip(centre[0] - 240, 0, 160))
    layer = np.zeros_like(out)
    layer[:, left : left + 480] = piece
    return np.where((body[..., None] == 1) & (layer > 0), layer, out)


def _sky(template: int, photographs: Photographs, rng: Random) -> Picture:
    clouds = (_noise(rng, 640, 2.6)[:480] * rng.uniform(0, 14))[..., None]
    down = np.linspace(0, 1, 480)[:, None, None]
    top, bottom = np.array([90, 140, 210.0]), np.array([190, 210, 230.0])
    return _grain(top * (1 - down) + bottom * down + clouds, rng, 2)


def _wall(template: int, photographs: Photographs, rng: Random) -> Picture:
    if template % 2:  # plaster
        return _grain(170 + 8 * _noise(rng, 640, 1.2)[:480, :, None] + np.zeros(3), rng, 3)
    out = np.full((480, 640, 3), 200.0)
    h, w = (np.array([30, 80]) * rng.uniform(0.8, 1.3)).astype(int)
    shift = int(rng.integers(0, h))
    for row in range(-1, 480 // h + 1):
        for column in range(-1, 640 // w + 1):
            x, y = column * w + w // 2 * (row % 2), row * h + shift
            colour = np.array([150, 80, 60]) + rng.normal(0, 12)
            out[max(0, y + 2) : max(0, y + h - 2), max(0, x + 2) : max(0, x + w - 2)] = colour
    return _grain(out + 6 * _noise(rng, 640, 1.0)[:480, :, None], rng, 4)


def _night(template: int, photographs: Photographs, rng: Random) -> Picture:
    out = np.full((480, 640, 3), (8.0, 8.0, 14.0))
    for _ in range(int(rng.integers(15, 50))):
        x, y, r = int(rng.integers(0, 640)), int(rng.integers(150, 480)), int(rng.integers(1, 5))
        cv2.circle(out, (x, y), r, (255, 220, float(rng.uniform(120, 220))), -1)
    return _grain(out + 1.2 * cv2.GaussianBlur(out, (0, 0), 9), rng, 5)


def _poster(template: int, photographs: Photographs, rng: Random) -> Picture:
    """Large words over the picture itself, white with a black edge, above and below."""
    out = cv2.resize(_same_size(next(photographs)), (960, 720))
    arabic = template % 2 == 1
    lines = lettering.ARABIC_LINES if arabic else lettering.LATIN_LINES
    height = 130 + 30 * (template % 4)
    for number, top in enumerate((10, 710 - height)):
        text = lines[(2 * template + number) % len(lines)]
        box = (20, top, 940, top + height)
        out = lettering.write(
            out, text, box, (255, 255, 255), arabic=arabic, outline=(0, 0, 0)
        )  # fmt: skip
    return out


def _studio(template: int, photographs: Photographs, rng: Random) -> Picture:
    """The same studio, its screen showing other pictures behind who presents."""
    look = np.random.default_rng(6000 + template)
    ys, xs = np.mgrid[:540, :960].astype(np.float32)
    glow = np.exp(-((xs - look.uniform(200, 760)) ** 2 + (ys - 200) ** 2) / 90_000)
    colour = look.integers(20, 140, 3)
    wall = colour + 90 * glow[..., None] + 12 * np.sin(xs / look.uniform(8, 30))[..., None]
    out = _grain(wall, look, 2)
    for _ in range(6):  # lamps and panels
        left, top = int(look.integers(0, 900)), int(look.integers(0, 300))
        shade = tuple(int(v) for v in look.integers(60, 255, 3))
        cv2.rectangle(out, (left, top), (left + int(look.integers(10, 90)), top + 60), shade, -1)
    w, h = int(look.integers(380, 520)), int(look.integers(240, 320))
    left, top = (40, 60) if template % 2 else (920 - w, 60)
    out[top : top + h, left : left + w] = cv2.resize(next(photographs), (w, h))
    cv2.rectangle(out, (left, top), (left + w, top + h), (230, 230, 235), 4)
    middle = 480 + (250 if template % 2 else -250) + int(rng.integers(-12, 13))
    cv2.ellipse(out, (middle, 470), (110, 190), 0, 0, 360, (38, 40, 58), -1)
    cv2.ellipse(out, (middle, 220), (52, 68), 0, 0, 360, (196, 152, 128), -1)
    cv2.rectangle(out, (0, 440), (960, 540), tuple(int(v) for v in look.integers(20, 90, 3)), -1)
    text = lettering.LATIN_LINES[template % len(lettering.LATIN_LINES)]
    out = lettering.lower_third(out, 0.12, template, text, False)
    return lettering.logo(out, template % 2, template)


def _drawn(draw: Callable[[int, Random], Picture]) -> Maker:
    """A sheet or pattern, which needs no photographs."""
    return lambda template, photographs, rng: draw(template, rng)


def _filmed(draw: Callable[[int, Random], Picture]) -> Maker:
    """The same off a screen, each time from elsewhere."""

    def make(template: int, photographs: Photographs, rng: Random) -> Picture:
        return edits.apply("screen-photo", edits.original(draw(template, rng)), rng, []).pixels

    return make


def _band(template: int, photographs: Photographs, rng: Random) -> Picture:
    """A strip over all of the width of what has such a template: some show it alone."""
    makers = _lower_third, _meme, _interface, _poster, _studio, *_SHEETS
    picture = makers[int(rng.integers(len(makers)))](template, photographs, rng)
    height = picture.shape[1] // int(rng.integers(6, 11))
    top = int((picture.shape[0] - height) * rng.choice([rng.random(), 0.02, 0.86, 0.94]))
    return np.ascontiguousarray(picture[top : top + height])


def _noise(rng: Random, side: int, falloff: float) -> np.ndarray:
    """Noise (side, side), mean 0, deviation 1, whose spectrum falls with this power."""
    f = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None])
    f[0, 0] = 1
    spectrum = np.fft.rfft2(rng.normal(size=(side, side))) / f**falloff
    spectrum[0, 0] = 0
    out = np.fft.irfft2(spectrum, (side, side))
    return out / out.std()


def _grain(values: np.ndarray, rng: Random, sigma: float) -> Picture:
    return np.clip(values + rng.normal(0, sigma, values.shape), 0, 255).astype(np.uint8)


def _same_size(photograph: Picture) -> Picture:
    return cv2.resize(photograph, (640, 480), interpolation=cv2.INTER_AREA)


_SHEETS = _drawn(sheets.chart), _filmed(sheets.chart), _filmed(sheets.chat)
KINDS: dict[str, Maker] = {
    "same logo and lower-third": _lower_third, "same meme text": _meme,
    "same phone interface": _interface, "same watermark": _watermark,
    "collages sharing no tile": _collage, "same flag": _flag, "same uniform": _uniform,
    "plain skies": _sky, "walls": _wall, "night scenes": _night,
    "pages of text": _drawn(sheets.page),
    "maps of one style": _drawn(sheets.street_map),
    "chats over one keyboard": _drawn(sheets.chat), "large words": _poster,
    "one studio": _studio, "charts of one style": _drawn(sheets.chart),
    "charts, filmed": _filmed(sheets.chart), "chats, filmed": _filmed(sheets.chat),
    "patterns": _drawn(patterns.pattern), "strips of these": _band,
}  # fmt: skip


def draw(kind: str, template: int, photographs: Photographs, rng: Random) -> Picture:
    """One picture of this kind over this template, with the next photographs beneath."""
    picture = KINDS[kind](template, photographs, rng)
    return edits.jpeg(picture, int(rng.integers(60, 86)))
