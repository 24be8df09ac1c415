"""Edits that bring a picture through a camera or a codec."""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.edits.copies import Copy, Edit, Others, Random, corners, placed
from benchmarks.lettering import Picture


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
    flat = np.c_[corners(width, height) - (width / 2, height / 2), np.zeros(4)] @ turn.T
    seen = flat[:, :2] * (focal / (focal + flat[:, 2]))[:, None]
    fit = share * min(full_w / np.ptp(seen[:, 0]), full_h / np.ptp(seen[:, 1]))
    seen = (seen - (seen.max(0) + seen.min(0)) / 2) * fit + (full_w / 2, full_h / 2)
    matrix = cv2.getPerspectiveTransform(
        corners(width, height).astype(np.float32), seen.astype(np.float32)
    )
    warped = cv2.warpPerspective(copy.pixels, matrix, (full_w, full_h), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (full_w, full_h))
    out = warped * mask[..., None] + surroundings * (1 - mask[..., None])
    return copy.moved(out.astype(np.uint8), matrix), seen


def screen_photo(copy: Copy, rng: Random, others: Others) -> Copy:
    """A photograph of a screen: at an angle, with moire, glare, blur and noise."""
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
    """A photograph of a print: at an angle, on paper, in uneven light."""
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
    """One frame of a video through H.264 at a low bit rate."""
    import av  # only this edit needs the codec

    height, width = copy.pixels.shape[:2]
    w, h = (640, 360) if rng.random() < 0.5 else (480, 270)
    scale = min(w / width, h / height)
    inner_w, inner_h = round(width * scale), round(height * scale)
    step = placed(copy, np.zeros((h, w, 3), np.uint8), (w - inner_w) // 2, (h - inner_h) // 2,
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


EDITS: dict[str, Edit] = {
    "screen-photo": screen_photo, "print-photo": print_photo, "video-frame": video_frame,
}  # fmt: skip
