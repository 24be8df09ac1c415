"""What happens to pictures on their way, one edit a function, geometry kept.

`apply(name, copy, rng, others)` gives the edited copy. A copy knows where each pixel of the
photograph went and what part of it can still be seen, so that a benchmark can ask not only
whether it was found but also where. A full-width opaque strip at an edge counts as cut off.
Every edit ends in JPEG at quality 60-85 unless it says otherwise.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks import drawing
from benchmarks.drawing import Picture

Matrix = NDArray[np.float64]
Random = np.random.Generator
Others = Sequence[Picture]


@dataclass(frozen=True)
class Copy:
    """A copy of a photograph.

    matrix: (3, 3), homogeneous, from the photograph's pixels to this copy's.
    visible: (n, 2) convex polygon in the photograph's pixels: what can still be seen of it.
    """

    pixels: Picture
    matrix: Matrix
    visible: NDArray[np.float64]

    def moved(
        self, pixels: Picture, matrix: Matrix, window: NDArray[np.float64] | None = None
    ) -> Copy:
        """The copy after a step that maps its pixels by `matrix`, seen through `window`."""
        whole = matrix @ self.matrix
        if window is None:
            window = _corners(pixels.shape[1], pixels.shape[0])
        back = _map(np.linalg.inv(whole), window)
        return Copy(pixels, whole, _intersection(self.visible, back))

    def painted(self, pixels: Picture) -> Copy:
        """The copy after a step that moves nothing and hides no edge."""
        return Copy(pixels, self.matrix, self.visible)


def original(photograph: Picture) -> Copy:
    """The photograph itself, as a copy to begin with."""
    height, width = photograph.shape[:2]
    return Copy(photograph, np.eye(3), _corners(width, height))


def _corners(width: float, height: float, left: float = 0, top: float = 0) -> NDArray[np.float64]:
    return np.array([[left, top], [left + width, top], [left + width, top + height],
                     [left, top + height]], dtype=float)  # fmt: skip


def _map(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    return cv2.perspectiveTransform(points.reshape(-1, 1, 2), matrix).reshape(-1, 2)


def _intersection(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    area, shape = cv2.intersectConvexConvex(one.astype(np.float32), two.astype(np.float32))
    return shape.reshape(-1, 2).astype(float) if area > 0 else np.zeros((0, 2))


def _area(polygon: NDArray[np.float64]) -> float:
    return cv2.contourArea(polygon.astype(np.float32)) if len(polygon) else 0.0


def _scaling(x: float, y: float | None = None, left: float = 0, top: float = 0) -> Matrix:
    return np.array([[x, 0, left], [0, x if y is None else y, top], [0, 0, 1.0]])


def _resized(pixels: Picture, width: int, height: int) -> Picture:
    shrinking = width < pixels.shape[1]
    return cv2.resize(pixels, (max(1, width), max(1, height)),
                      interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC)  # fmt: skip


def jpeg(pixels: Picture, quality: int) -> Picture:
    """The picture after JPEG at this quality."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


# --- light edits -------------------------------------------------------------------------


def recompress(copy: Copy, rng: Random, others: Others) -> Copy:
    return copy.painted(jpeg(copy.pixels, int(rng.integers(10, 31))))


def shrink(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    scale = rng.uniform(160, 400) / max(height, width)
    small = _resized(copy.pixels, round(width * scale), round(height * scale))
    scaling = _scaling(small.shape[1] / width, small.shape[0] / height)
    return copy.moved(jpeg(small, int(rng.integers(50, 71))), scaling)


def grey(copy: Copy, rng: Random, others: Others) -> Copy:
    return copy.painted(np.repeat(cv2.cvtColor(copy.pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, 2))


def filter_(copy: Copy, rng: Random, others: Others) -> Copy:
    hsv = cv2.cvtColor(copy.pixels, cv2.COLOR_RGB2HSV).astype(np.float32)
    hsv[..., 0] = (hsv[..., 0] + rng.uniform(-10, 10)) % 180
    hsv[..., 1] = np.clip(hsv[..., 1] * rng.uniform(0.5, 1.8), 0, 255)
    out = cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB).astype(np.float32)
    out = (out - 128) * rng.uniform(0.8, 1.5) + 128
    return copy.painted(np.clip(out * rng.uniform(0.7, 1.4), 0, 255).astype(np.uint8))


def gamma_noise(copy: Copy, rng: Random, others: Others) -> Copy:
    out = 255 * (copy.pixels / 255.0) ** rng.uniform(0.6, 1.6)
    out += rng.normal(0, rng.uniform(4, 12), out.shape)
    return copy.painted(np.clip(out, 0, 255).astype(np.uint8))


# --- cut, turn, stretch ------------------------------------------------------------------


def crop(copy: Copy, rng: Random, others: Others, share: float) -> Copy:
    height, width = copy.pixels.shape[:2]
    wide = math.sqrt(share) * rng.uniform(0.88, 1 / 0.88)
    wide = float(np.clip(wide, share, 1))
    w, h = round(width * wide), round(height * share / wide)
    left, top = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
    scale = max(height, width) / max(w, h)
    part = _resized(copy.pixels[top : top + h, left : left + w], round(w * scale), round(h * scale))
    scaling = _scaling(part.shape[1] / w, part.shape[0] / h)
    return copy.moved(part, scaling @ _scaling(1, 1, -left, -top))


def _then_light(copy: Copy, rng: Random, others: Others) -> Copy:
    return (recompress if rng.random() < 0.5 else shrink)(copy, rng, others)


def mirror(copy: Copy, rng: Random, others: Others) -> Copy:
    flipped = np.ascontiguousarray(copy.pixels[:, ::-1])
    return _then_light(copy.moved(flipped, _scaling(-1, 1, flipped.shape[1])), rng, others)


def turn_90(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    if rng.random() < 0.5:
        turned, matrix = np.rot90(copy.pixels, -1), [[0, -1, height], [1, 0, 0], [0, 0, 1]]
    else:
        turned, matrix = np.rot90(copy.pixels), [[0, 1, 0], [-1, 0, width], [0, 0, 1]]
    step = copy.moved(np.ascontiguousarray(turned), np.array(matrix, dtype=float))
    return _then_light(step, rng, others)


def turn_180(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    turned = np.ascontiguousarray(copy.pixels[::-1, ::-1])
    return _then_light(copy.moved(turned, _scaling(-1, -1, width, height)), rng, others)


def turn_small(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    angle = float(rng.uniform(3, 12) * rng.choice([-1, 1]))
    scale = 1.0
    if rng.random() < 0.5:  # enlarge until no empty corner shows
        c, s = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
        scale = max(c + s * height / width, c + s * width / height)
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale), [0, 0, 1]])
    fill = tuple(int(v) for v in rng.choice([(0, 0, 0), (255, 255, 255)]))
    mode = cv2.BORDER_CONSTANT if rng.random() < 0.5 else cv2.BORDER_REFLECT
    out = cv2.warpAffine(copy.pixels, turn[:2], (width, height), flags=cv2.INTER_CUBIC,
                         borderMode=mode, borderValue=fill)  # fmt: skip
    return copy.moved(out, turn)


def stretch(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    by = rng.uniform(1.05, 1.2) ** rng.choice([-1, 1])
    out = _resized(copy.pixels, round(width * by), height)
    return copy.moved(out, _scaling(out.shape[1] / width, 1))


# --- drawn over --------------------------------------------------------------------------


def caption(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    share = rng.uniform(0.12, 0.25)
    text, arabic = drawing.line(rng)
    kind = int(rng.integers(0, 1000))
    out = drawing.lower_third(copy.pixels, share, kind, text, arabic)
    out = drawing.logo(out, int(rng.integers(0, 2)), kind)
    return copy.moved(out, np.eye(3), _corners(width, height - int(height * share)))


def meme(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    where = rng.integers(1, 4)  # above, below, both
    above, below = (
        int(height * rng.uniform(0.15, 0.35)) * int(bool(where & bit)) for bit in (1, 2)
    )
    out = np.full((height + above + below, width, 3), 255, np.uint8)
    out[above : above + height] = copy.pixels
    for top, bottom in ((0, above), (above + height, above + height + below)):
        if bottom > top:
            text, arabic = drawing.line(rng)
            box = (width // 20, top, width - width // 20, bottom)
            out = drawing.write(out, text, box, (0, 0, 0), arabic=arabic)
    return copy.moved(out, _scaling(1, 1, 0, above), _corners(width, height, 0, above))


def watermark(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    text, arabic = drawing.line(rng)
    ink = np.zeros_like(copy.pixels)
    rows = 1 if rng.random() < 0.5 else int(rng.integers(3, 6))
    for row in range(rows):
        for column in range(max(1, rows - 2)):
            w, h = width // max(1, rows - 2), height // rows
            box = (column * w + 4, row * h + h // 4, (column + 1) * w - 4, row * h + 3 * h // 4)
            ink = drawing.write(ink, text, box, (255, 255, 255), arabic=arabic)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-30, 30)), 1)
    mask = cv2.warpAffine(ink, turn, (width, height)) / 255.0 * rng.uniform(0.3, 0.6)
    out = copy.pixels * (1 - mask) + 255 * mask
    return copy.painted(out.astype(np.uint8))


def sticker(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    out = copy.pixels.copy()
    radius = int(math.sqrt(rng.uniform(0.15, 0.30) * height * width / math.pi))
    radius = min(radius, int(min(height, width) * 0.48))
    x, y = (
        int(rng.integers(radius, width - radius + 1)),
        int(rng.integers(radius, height - radius + 1)),
    )
    if rng.random() < 0.5:  # an emoji
        cv2.circle(out, (x, y), radius, (250, 205, 50), -1)
        for side in (-1, 1):
            cv2.circle(
                out, (x + side * radius // 3, y - radius // 4), radius // 8, (60, 40, 20), -1
            )
        cv2.ellipse(out, (x, y + radius // 8), (radius // 2, radius // 2), 0, 20, 160, (60, 40, 20),
                    max(2, radius // 12))  # fmt: skip
    else:
        colour = tuple(int(v) for v in rng.integers(0, 256, 3))
        w, h = int(radius * 0.88), int(radius * 0.88)
        cv2.rectangle(out, (x - w, y - h), (x + w, y + h), colour, -1)
    return copy.painted(out)


def hidden(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    out = copy.pixels.copy()
    places = int(rng.integers(3, 6))
    for _ in range(places):
        share = rng.uniform(0.05, 0.20) / places
        h = int(math.sqrt(share * height * width) * rng.uniform(0.8, 1.25))
        w = int(share * height * width / max(1, h))
        top, left = int(rng.integers(0, height - h)), int(rng.integers(0, max(1, width - w)))
        part = out[top : top + h, left : left + w]
        how = rng.integers(0, 3)
        if how == 0:
            part[:] = cv2.GaussianBlur(part, (0, 0), max(w, h) / 6)
        elif how == 1:
            part[:] = cv2.resize(cv2.resize(part, (6, 6)), (part.shape[1], part.shape[0]),
                                 interpolation=cv2.INTER_NEAREST)  # fmt: skip
        else:
            part[:] = 0
    return copy.painted(out)


def arrows(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    out = copy.pixels.copy()
    for _ in range(int(rng.integers(2, 5))):
        colour = ((230, 20, 20), (250, 220, 20))[int(rng.integers(0, 2))]
        thick = max(2, int(max(height, width) * rng.uniform(0.006, 0.015)))
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        if rng.random() < 0.5:
            axes = (int(width * rng.uniform(0.06, 0.2)), int(height * rng.uniform(0.06, 0.2)))
            cv2.ellipse(out, (x, y), axes, 0, 0, 360, colour, thick, cv2.LINE_AA)
        else:
            end = (int(rng.integers(0, width)), int(rng.integers(0, height)))
            cv2.arrowedLine(out, (x, y), end, colour, thick, cv2.LINE_AA, tipLength=0.2)
    return copy.painted(out)


# --- put into something else -------------------------------------------------------------


def _placed(
    copy: Copy, ground: Picture, left: float, top: float, width: int, height: int,
    part: tuple[int, int, int, int] | None = None,
) -> Copy:  # fmt: skip
    """Put the copy (or its part: left, top, right, bottom) onto the ground at this size."""
    x0, y0, x1, y1 = part or (0, 0, copy.pixels.shape[1], copy.pixels.shape[0])
    left, top = round(left), round(top)
    out = ground.copy()
    out[top : top + height, left : left + width] = _resized(
        copy.pixels[y0:y1, x0:x1], width, height
    )
    matrix = _scaling(1, 1, left, top) @ _scaling(width / (x1 - x0), height / (y1 - y0))
    matrix = matrix @ _scaling(1, 1, -x0, -y0)
    return copy.moved(out, matrix, _corners(width, height, left, top))


def border(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    if rng.random() < 0.3:
        edge = int(min(height, width) * rng.uniform(0.04, 0.12))
        full_w, full_h = width + 2 * edge, height + 2 * edge
    else:
        aspect = float(rng.choice([9 / 16, 1.0, 16 / 9]))
        full_w, full_h = max(width, round(height * aspect)), max(height, round(width / aspect))
    if rng.random() < 0.5:
        ground = np.full((full_h, full_w, 3), rng.choice([0, 255, 30]), np.uint8)
    else:
        ground = cv2.GaussianBlur(
            _resized(copy.pixels, full_w, full_h), (0, 0), max(full_w, full_h) / 25
        )
    return _placed(copy, ground, (full_w - width) // 2, (full_h - height) // 2, width, height)


def screenshot(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    screen_w = int(rng.integers(360, 1081))
    screen_h = int(screen_w * rng.uniform(1.78, 2.2))
    room = int(screen_h * rng.uniform(0.30, 0.60))
    scale = screen_w / width
    if height * scale > room:  # too tall: cut above and below
        rows = int(room / scale)
        top = int(rng.integers(0, height - rows + 1))
        part = (0, top, width, top + rows)
    else:  # too flat: enlarged and cut at the sides, but no more than a third of the width
        columns = int(max(width * rng.uniform(0.67, 1.0), height * screen_w / room))
        columns = min(columns, width)
        left = int(rng.integers(0, width - columns + 1))
        part = (left, 0, left + columns, height)
    shown = min(room, round((part[3] - part[1]) * screen_w / (part[2] - part[0])))
    top = int(screen_h * rng.uniform(0.12, 0.25))
    text, arabic = drawing.line(rng)
    ground = drawing.phone(
        screen_w, screen_h, int(rng.integers(0, 1000)), dark=bool(rng.random() < 0.5),
        account=f"user_{rng.integers(1000)}", text=text, arabic=arabic, window=(top, top + shown),
    )  # fmt: skip
    return _placed(copy, ground, 0, top, screen_w, shown, part)


def screenshot_of_screenshot(copy: Copy, rng: Random, others: Others) -> Copy:
    once = screenshot(copy, rng, others)
    return screenshot(once.painted(jpeg(once.pixels, int(rng.integers(60, 86)))), rng, others)


def _filling(pixels: Picture, width: int, height: int) -> tuple[int, int, int, int]:
    """The part (left, top, right, bottom) that fills a tile of this aspect, centred."""
    h, w = pixels.shape[:2]
    if w * height > h * width:
        columns = max(1, round(h * width / height))
        return ((w - columns) // 2, 0, (w - columns) // 2 + columns, h)
    rows = max(1, round(w * height / width))
    return (0, (h - rows) // 2, w, (h - rows) // 2 + rows)


def mosaic(pictures: Others, columns: int, size: tuple[int, int], gap: int, colour: int) -> Picture:
    """Pictures as tiles of one size (width, height), row by row, each filled from its middle."""
    rows, (w, h) = len(pictures) // columns, size
    out = np.full(
        (h * rows + gap * (rows - 1), w * columns + gap * (columns - 1), 3), colour, np.uint8
    )
    for place, picture in enumerate(pictures[: rows * columns]):
        left, top = place % columns * (w + gap), place // columns * (h + gap)
        x0, y0, x1, y1 = _filling(picture, w, h)
        out[top : top + h, left : left + w] = _resized(picture[y0:y1, x0:x1], w, h)
    return out


def collage(copy: Copy, rng: Random, others: Others) -> Copy:
    columns, rows = [(2, 1), (1, 2), (2, 2), (3, 3)][int(rng.integers(0, 4))]
    gap = int(rng.integers(0, 13))
    height, width = copy.pixels.shape[:2]
    w = (max(height, width, 640) - gap * (columns - 1)) // columns
    h = round(w * float(np.clip(height / width, 0.6, 1.4)))
    picks = rng.choice(len(others), columns * rows, replace=len(others) < columns * rows)
    ground = mosaic([others[i] for i in picks], columns, (w, h), gap, int(rng.choice([0, 255])))
    mine = int(rng.integers(0, columns * rows))
    left, top = mine % columns * (w + gap), mine // columns * (h + gap)
    return _placed(copy, ground, left, top, w, h, _filling(copy.pixels, w, h))


def inset(copy: Copy, rng: Random, others: Others) -> Copy:
    ground = others[int(rng.integers(0, len(others)))]
    height, width = copy.pixels.shape[:2]
    w = int(ground.shape[1] * rng.uniform(0.2, 0.4))
    h = min(round(w * height / width), ground.shape[0] - 2)
    w = min(w, round(h * width / height))
    left = int(rng.integers(0, ground.shape[1] - w))
    return _placed(copy, ground, left, int(rng.integers(0, ground.shape[0] - h)), w, h)


# --- through a camera, through a codec ---------------------------------------------------


def _tilted(
    copy: Copy, rng: Random, surroundings: Picture, degrees: float, share: float
) -> tuple[Copy, NDArray[np.float64]]:
    """The copy seen at an angle before the surroundings, and its four corners there."""
    height, width = copy.pixels.shape[:2]
    full_h, full_w = surroundings.shape[:2]
    focal = 1.4 * max(height, width)
    x, y, z = np.radians(rng.uniform(-1, 1, 3) * (degrees, degrees, degrees / 3))
    turn = cv2.Rodrigues(np.array([x, 0, 0]))[0] @ cv2.Rodrigues(np.array([0, y, 0]))[0]
    turn = turn @ cv2.Rodrigues(np.array([0, 0, z]))[0]
    flat = np.c_[_corners(width, height) - (width / 2, height / 2), np.zeros(4)] @ turn.T
    seen = flat[:, :2] * (focal / (focal + flat[:, 2]))[:, None]
    fit = share * min(full_w / np.ptp(seen[:, 0]), full_h / np.ptp(seen[:, 1]))
    seen = (seen - (seen.max(0) + seen.min(0)) / 2) * fit + (full_w / 2, full_h / 2)
    matrix = cv2.getPerspectiveTransform(
        _corners(width, height).astype(np.float32), seen.astype(np.float32)
    )
    warped = cv2.warpPerspective(copy.pixels, matrix, (full_w, full_h), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (full_w, full_h))
    out = warped * mask[..., None] + surroundings * (1 - mask[..., None])
    return copy.moved(out.astype(np.uint8), matrix), seen


def screen_photo(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    full = (round(height * 1.15), round(width * 1.15))
    dark = rng.normal(rng.uniform(8, 40), 4, (*full, 3)).clip(0, 255)
    step, _ = _tilted(copy, rng, dark.astype(np.uint8), 15, rng.uniform(0.75, 0.98))
    ys, xs = np.mgrid[: full[0], : full[1]].astype(np.float32)
    a, b = rng.uniform(0.3, 0.9, 2)
    stripes = np.sin(xs * a + ys * 0.1) * np.sin(ys * b + xs * 0.07)
    out = 255 * (step.pixels / 255.0) ** rng.uniform(0.7, 1.4)
    out += stripes[..., None] * rng.uniform(4, 12)
    x, y = rng.uniform(0, full[1]), rng.uniform(0, full[0])
    glare = np.exp(
        -((xs - x) ** 2 + (ys - y) ** 2) / (2 * (max(full) * rng.uniform(0.08, 0.2)) ** 2)
    )
    out += glare[..., None] * rng.uniform(40, 150)
    out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.5, 1.3))
    out += rng.normal(0, rng.uniform(3, 8), out.shape)
    return step.painted(out.clip(0, 255).astype(np.uint8))


def print_photo(copy: Copy, rng: Random, others: Others) -> Copy:
    height, width = copy.pixels.shape[:2]
    full = (round(height * 1.2), round(width * 1.2))
    table = np.full((*full, 3), rng.integers(90, 220, 3), np.uint8)
    colour = rng.uniform(0, 0.5)
    flat = cv2.cvtColor(copy.pixels, cv2.COLOR_RGB2GRAY)[..., None] * (1 - colour)
    weak = (flat + copy.pixels * colour) * rng.uniform(0.65, 0.85) + rng.uniform(20, 45)
    step, _ = _tilted(copy.painted(weak.clip(0, 255).astype(np.uint8)), rng, table, 15,
                      rng.uniform(0.75, 0.95))  # fmt: skip
    paper = cv2.GaussianBlur(rng.normal(0, 1, full).astype(np.float32), (0, 0), 0.8)
    light = np.linspace(rng.uniform(0.7, 1), rng.uniform(0.7, 1.15), full[1])[None]
    light = light * np.linspace(rng.uniform(0.8, 1), rng.uniform(0.8, 1.1), full[0])[:, None]
    out = (step.pixels + paper[..., None] * rng.uniform(6, 18)) * light[..., None]
    return step.painted(cv2.GaussianBlur(out, (0, 0), 0.6).clip(0, 255).astype(np.uint8))


def video_frame(copy: Copy, rng: Random, others: Others) -> Copy:
    import av  # only this edit needs the codec

    height, width = copy.pixels.shape[:2]
    w, h = (640, 360) if rng.random() < 0.5 else (480, 270)
    scale = min(w / width, h / height)
    inner_w, inner_h = round(width * scale), round(height * scale)
    step = _placed(copy, np.zeros((h, w, 3), np.uint8), (w - inner_w) // 2, (h - inner_h) // 2,
                   inner_w, inner_h)  # fmt: skip
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = w, h, "yuv420p"
        stream.bit_rate = int(rng.uniform(120_000, 300_000))
        for _ in range(24):  # a still scene under camera noise
            noise = rng.normal(0, 2, step.pixels.shape)
            noisy = (step.pixels + noise).clip(0, 255).astype(np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(noisy, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    file.seek(0)
    wanted = int(rng.integers(4, 24))
    with av.open(file) as container:
        frames = [f for i, f in enumerate(container.decode(video=0)) if i == wanted]
    return step.painted(frames[0].to_ndarray(format="rgb24"))


def _crop(share: float) -> Callable[[Copy, Random, Others], Copy]:
    return lambda copy, rng, others: crop(copy, rng, others, share)


EDITS: dict[str, Callable[[Copy, Random, Others], Copy]] = {
    "recompress": recompress, "shrink": shrink, "grey": grey, "filter": filter_,
    "gamma-noise": gamma_noise, "crop-80": _crop(0.80), "crop-50": _crop(0.50),
    "crop-25": _crop(0.25), "crop-15": _crop(0.15), "mirror": mirror, "turn-90": turn_90,
    "turn-180": turn_180, "turn-small": turn_small, "stretch": stretch, "caption": caption,
    "meme": meme, "watermark": watermark, "sticker": sticker, "hidden": hidden, "arrows": arrows,
    "border": border, "screenshot": screenshot,
    "screenshot-of-screenshot": screenshot_of_screenshot, "collage": collage, "inset": inset,
    "screen-photo": screen_photo, "print-photo": print_photo, "video-frame": video_frame,
}  # fmt: skip
_ENDS_OTHERWISE = {"recompress", "shrink", "mirror", "turn-90", "turn-180"}


def apply(name: str, copy: Copy, rng: Random, others: Others) -> Copy:
    """Apply one edit; `others` are further photographs, for collages and insets.

    Where chance leaves less than an eighth of what could be seen (a third for a screenshot of
    a screenshot), the edit is drawn again: nobody passes on one that misses the picture.
    """
    edited = EDITS[name](copy, rng, others)
    least = 1 / 3 if name == "screenshot-of-screenshot" else 1 / 8
    while _area(edited.visible) < _area(copy.visible) * least:
        edited = EDITS[name](copy, rng, others)
    if name in _ENDS_OTHERWISE:
        return edited
    return edited.painted(jpeg(edited.pixels, int(rng.integers(60, 86))))
