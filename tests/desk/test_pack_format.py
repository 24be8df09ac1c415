"""A pack written by docs/packs.md alone: nothing of this program makes it, and a desk takes it."""

from __future__ import annotations

import hashlib
import struct
import zlib
from itertools import chain, zip_longest
from pathlib import Path

import cv2
import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from tests.desk.test_packs import bring, cropped, put, said
from tests.photographs import encode, photograph
from verify.desk import Desk
from verify.records import Person

LINK = "https://facts.example/17"


def packed(value: object) -> bytes:
    """MessagePack of maps, lists, texts, bytes and whole numbers."""
    match value:
        case dict():
            pairs = b"".join(packed(one) + packed(other) for one, other in value.items())
            return struct.pack(">BI", 0xDF, len(value)) + pairs
        case list():
            return struct.pack(">BI", 0xDD, len(value)) + b"".join(map(packed, value))
        case str():
            text = value.encode()
            return struct.pack(">BI", 0xDB, len(text)) + text
        case bytes():
            return struct.pack(">BI", 0xC6, len(value)) + value
        case bool():
            return bytes([0xC2 + value])
        case int():
            return struct.pack(">BI", 0xCE, value)
    raise TypeError(value)


def described(picture: Image.Image) -> dict[str, object]:
    """`features`, by the table of the document."""
    scale = (512 * 384 / (picture.width * picture.height)) ** 0.5
    width, height = round(picture.width * scale), round(picture.height * scale)
    grey = np.asarray(picture.convert("L").resize((width, height)))
    sift = cv2.SIFT_create(0, 3, 0.02, 12, 1.6)  # type: ignore[attr-defined]
    cells: dict[tuple[int, int], list[cv2.KeyPoint]] = {}
    for one in sorted(sift.detect(grey, None), key=lambda one: -one.response):
        cell = int(one.pt[0] / width * 8), int(one.pt[1] / height * 8)
        cells.setdefault(cell, []).append(one)
    turns = chain.from_iterable(zip_longest(*cells.values()))
    found, numbers = sift.compute(grey, [one for one in turns if one][:200])
    points = b"".join(
        struct.pack(
            "<HHBB",
            round(one.pt[0] / width * 65535),
            round(one.pt[1] / height * 65535),
            round(24 * np.log2(one.size)),
            round(one.angle / 360 * 256) % 256,
        )
        for one in found
    )
    above = [numbers > np.quantile(numbers, q, axis=1, keepdims=True) for q in (0.5, 0.75)]
    descriptors = np.packbits(np.concatenate(above, axis=1), axis=1).tobytes()
    return {
        "version": 1,
        "width": width,
        "height": height,
        "points": points,
        "descriptors": descriptors,
        "thumbnail": b"",
        "frame": b"",
    }


def written(header: dict[str, object], *entries: dict[str, object]) -> bytes:
    blocks = b""
    for one in (header, *entries):
        body = zlib.compress(packed(one))
        blocks += struct.pack("<I", len(body)) + body
    key = Ed25519PrivateKey.generate()
    signature = key.sign(b"verify-desk pack 1\n" + hashlib.sha256(blocks).digest())
    return b"VDPACK01" + key.public_key().public_bytes_raw() + signature + blocks


HEADER: dict[str, object] = {
    "name": "2026",
    "publisher": "Example Facts",
    "made_at": "2026-01-02T03:04:05Z",
    "expires_at": "2126-01-02T03:04:05Z",
}
PUBLISHED: dict[str, object] = {
    "rating": "satire",
    "by": "A. Checker",
    "on": "2026-05-03",
    "link": LINK,
}


@pytest.mark.parametrize(
    ("header", "entry", "told"),
    [
        (HEADER, PUBLISHED, f"Checked by A. Checker on 3 May 2026: satire or parody, see {LINK}"),
        (
            {**HEADER, "unpublished": True},
            {"ask": "Ines"},
            "Example Facts looked at this (not published); ask Ines",
        ),
    ],
    ids=["published", "unpublished"],
)
def test_a_pack_by_the_document_alone_is_taken_and_finds_a_crop(
    desk: Desk,
    noor: Person,
    tmp_path: Path,
    header: dict[str, object],
    entry: dict[str, object],
    told: str,
) -> None:
    view = {"kind": "whole", "pdq": b"", "features": described(photograph("china"))}
    pack = tmp_path / "theirs.pack"
    pack.write_bytes(written(header, {**entry, "views": [view]}))
    assert put(desk, noor, pack).pack.entries == 1
    assert said(desk, noor, bring(desk, noor, cropped("china"))) == [told]
    assert said(desk, noor, bring(desk, noor, encode(photograph("coffee")))) == []
