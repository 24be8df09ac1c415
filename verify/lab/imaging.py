"""Bytes -> Specimen: what the checks look at, decoded once, within bounds, upright."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from PIL import Image
from PIL.ExifTags import Base

from verify.formats import HEIFS, RAWS, TIFFS
from verify.lab.bounded_text import decode
from verify.lab.containers import read_blocks, samsung
from verify.lab.containers.blocks import Blocks, iptc_of
from verify.lab.containers.raws import full_size
from verify.lab.credentials import declared_generator, read_credentials
from verify.lab.decoding import WORKING_SIDE, Undecodable, decode_picture, open_picture
from verify.lab.film_labels import Labels, read_labels
from verify.lab.frames import framed, within
from verify.lab.inner import Box
from verify.lab.insets import insets
from verify.lab.looks import Look, looks
from verify.lab.moving import Frame, frames, shown_at, walk
from verify.lab.previews import Comparison, Preview, compare, read_previews
from verify.lab.reading_at import Content
from verify.lab.rectangles import Rectangle, rectangles
from verify.lab.seams import Seams, seams
from verify.lab.sniffing import sniff
from verify.lab.stealth import hidden_text
from verify.lab.steps import Steps
from verify.lab.traces import read_traces
from verify.lab.trailing import read_parts, read_trailing
from verify.lab.written.exif import read_exif
from verify.lab.written.fields import Fields
from verify.lab.written.generators import read_generator
from verify.lab.written.iptc import read_iptc
from verify.lab.written.metadata import Readings, read_metadata
from verify.lab.written.salvage import body_of, first_directory
from verify.lab.written.xmp import read_xmp
from verify.records import (
    TRUSTING_NOBODY,
    Credentials,
    Fingerprint,
    Generator,
    Part,
    SentAs,
    Sentence,
    Trace,
    Trailing,
    TrustLists,
)

Kept = TypeVar("Kept")

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass
class Specimen:
    """One file on the lab's table. Everything is read when first asked for, and then kept.

    content: of a film not in memory.
    filename, declared_type: as the sender's side named them; hostile text.
    trust: the certificates that this desk trusts.
    side: of the working copy, its longest one at most; more than half of it where the file has it.
    """

    content: Content
    filename: str = ""
    declared_type: str = ""
    sent_as: SentAs = SentAs.DOCUMENT
    fingerprints: tuple[Fingerprint, ...] = ()
    trust: TrustLists = TRUSTING_NOBODY
    side: int = WORKING_SIDE

    @property
    def data(self) -> bytes:
        """All of it in memory, which of a film it need not be."""
        return self.content if isinstance(self.content, bytes) else b""

    @cached_property
    def media_type(self) -> str:
        """By the content alone."""
        return sniff(self.content)

    @cached_property
    def blocks(self) -> Blocks:
        """The container's metadata blocks, undecoded."""
        return read_blocks(self.content, self.media_type)

    @cached_property
    def fields(self) -> Fields:
        """EXIF, XMP, IPTC and texts, each as its own standard names them."""
        blocks = self.blocks
        exif = read_exif(blocks.exif)
        if blocks.canon:  # each of its blocks is a TIFF of one directory
            exif.detail = read_exif(blocks.canon.get("CMT2", b"")).main
            exif.gps = read_exif(blocks.canon.get("CMT4", b"")).main
        xmp, iptc, photoshop = blocks.xmp, blocks.iptc, blocks.photoshop
        if self.media_type in TIFFS:
            first = first_directory(blocks.exif)
            xmp = xmp or body_of(blocks.exif, first, 700)
            photoshop = body_of(blocks.exif, first, 34377)
            iptc = body_of(blocks.exif, first, 33723) or iptc_of(photoshop)
        comments = [text for comment in blocks.comments if (text := decode(comment))]
        properties = read_xmp(blocks.extended_xmp).beneath(read_xmp(xmp))
        return Fields(
            exif,
            properties,
            read_iptc(iptc),
            blocks.texts,
            comments,
            photoshop=photoshop,
            movie=blocks.movie,
            container=blocks.container,
            changed=blocks.changed,
            samsung=samsung.words(self.data, blocks.end or 0),
        )

    @cached_property
    def readings(self) -> Readings:
        """The metadata and where each field of it was read."""
        return read_metadata(self.fields)

    @cached_property
    def labels(self) -> Labels:
        """What the streams of a film say of themselves."""
        return read_labels(self.content, self.media_type)

    @cached_property
    def credentials(self) -> Credentials:
        """The Content Credentials, and whether they hold."""
        return read_credentials(self.content, self.media_type, self.trust)

    @cached_property
    def generator(self) -> Generator | None:
        """The generator that the file itself names, in its fields or hidden in its transparency."""
        found = declared_generator(self.credentials) or read_generator(self.fields)
        if found or self.media_type != "image/png" or self.problem:
            return found
        text = hidden_text(self.opened)
        return read_generator(Fields(texts=[("alpha channel", text)])) if text else None

    @cached_property
    def previews(self) -> list[Preview]:
        """The pictures that the file carries of itself, upright."""
        found = read_previews(self.data, self.media_type, self.blocks, self.fields.exif)
        if not found or self.turn not in _UPRIGHT:
            return found
        return [
            Preview(preview.place, preview.picture.transpose(_UPRIGHT[self.turn]))
            for preview in found
        ]

    @cached_property
    def compared_previews(self) -> list[Comparison]:
        """Each preview against the picture; none where the picture has no fingerprints."""
        if not self.fingerprints:
            return []
        return [compare(preview, self.picture, self.fingerprints[0]) for preview in self.previews]

    @cached_property
    def traces(self) -> tuple[Trace, ...]:
        """What platforms and apps left in it."""
        return read_traces(self)

    @cached_property
    def trailing(self) -> Trailing:
        """What stands behind the end of the picture."""
        return read_trailing(self.data, self.blocks)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What stands behind the picture, part by part, with films in boxes beside it."""
        return read_parts(self.data, self.blocks)

    @property
    def opened(self) -> Image.Image:
        """Pillow's image after the header, decoded or not. Raises Undecodable."""
        return _given(self._header)[0]

    @cached_property
    def _header(self) -> tuple[Image.Image, tuple[int, int]] | Undecodable:
        """The opened image and its size as stored, or why it cannot be opened."""
        try:
            image = open_picture(self.data, self.media_type)
        except Undecodable as error:
            return error
        return image, full_size(self.data, self.media_type) or image.size

    @property
    def of_preview(self) -> bool:
        """Whether what is looked at is not the full picture, but a preview of it."""
        return self.media_type in RAWS

    @cached_property
    def turn(self) -> int:
        """The EXIF orientation (1-8) that is still to be applied to the decoded pixels.

        Pillow turns TIFF itself. HEIC's decoder turns by the container; AVIF's hands the
        container's turn on as EXIF.
        """
        if self.media_type == "image/tiff" or (self.of_preview and self.opened.format == "TIFF"):
            return 1
        if self.media_type in HEIFS:
            if self.opened.format == "HEIF":
                return 1
            value = read_exif(self.opened.info.get("exif", b"")).main.get(Base.Orientation)
            return value if value in _UPRIGHT else 1
        return self.readings.metadata.orientation or 1

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels as displayed. Raises Undecodable."""
        width, height = _given(self._header)[1]
        return (height, width) if self.turn >= 5 else (width, height)

    @property
    def picture(self) -> Image.Image:
        """The working copy: RGB, upright, longest side `side` or less. Raises Undecodable."""
        return _given(self._decoded)

    @cached_property
    def looks(self) -> list[Look]:
        """What transparency hides, upright. As `picture`."""
        if "share" in self.picture.info or self.of_preview:
            return []
        return looks(self.opened, self.picture, _UPRIGHT.get(self.turn))

    @cached_property
    def frames(self) -> list[Frame]:
        """The frames that show something else than the first, upright. As `picture`."""
        found = frames(self.data, self.media_type, self.picture)
        if self.turn not in _UPRIGHT:
            return found
        return [replace(one, picture=one.picture.transpose(_UPRIGHT[self.turn])) for one in found]

    def walked(self, most: int) -> Iterator[tuple[int, Image.Image]]:
        """Every frame of what moves, upright, and when it appears, in milliseconds.

        most: pixels of all frames together. Raises Undecodable.
        """
        for image, at_ms in walk(self.data, self.media_type, most):
            found = decode_picture(image, self.side)
            turn = _UPRIGHT.get(self.turn)
            yield at_ms, found if turn is None else found.transpose(turn)

    def frame_at(self, at_ms: int | None) -> Image.Image | None:
        """The frame that appears at this time, upright; None where none does."""
        found = shown_at(self.data, self.media_type, at_ms, self.side)
        return found.transpose(_UPRIGHT[self.turn]) if found and self.turn in _UPRIGHT else found

    @cached_property
    def frame(self) -> Box | None:
        """The box, in fractions, of the picture that lies within bars or a frame. As `picture`."""
        return framed(np.asarray(self.picture))

    @cached_property
    def steps(self) -> Steps:
        """Where it jumps, within the frame. As `picture`."""
        return Steps.of(within(np.asarray(self.picture), self.frame))

    @cached_property
    def rectangles(self) -> list[Rectangle]:
        """Cut straight on all four sides, within the frame, the likeliest first. As `picture`."""
        return rectangles(self.steps)

    @cached_property
    def seams(self) -> Seams:
        """From edge to edge of what the frame holds. As `picture`."""
        return seams(self.steps)

    @cached_property
    def insets(self) -> list[Box]:
        """Where other pictures lie in the picture, in its fractions. As `picture`."""
        return insets(np.asarray(self.picture), self.frame, self.rectangles, self.seams)

    @property
    def problem(self) -> Sentence | None:
        """Why there is no picture; None when there is one."""
        return self._decoded.sentence if isinstance(self._decoded, Undecodable) else None

    @cached_property
    def _decoded(self) -> Image.Image | Undecodable:
        try:
            image = decode_picture(self.opened, self.side)
        except Undecodable as error:
            return error
        if self.turn not in _UPRIGHT:
            return image
        turned = image.transpose(_UPRIGHT[self.turn])
        turned.info.update(image.info)
        return turned


def _given(kept: Kept | Undecodable) -> Kept:
    """What was kept, or the reason why there is none, raised. So no damage is met twice."""
    if isinstance(kept, Undecodable):
        raise kept
    return kept
