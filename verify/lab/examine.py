"""One file -> Examination. Each check runs by itself; one that fails never hides the others."""

from __future__ import annotations

import importlib
import io
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import cast

from msgspec.structs import replace
from PIL import ExifTags, Image, ImageOps

from verify.formats import ARCHIVES, CLIPS, FILMS, FORMATS, PICTURES, SOUNDS
from verify.lab import (
    LAB_VERSION,
    checks,
    films,
    hashing,
    letters,
    listening,
    moving,
    sound,
    stepping,
    streams,
)
from verify.lab.bounded_text import MAX_RAW
from verify.lab.checks import Check
from verify.lab.decoding import Undecodable
from verify.lab.films import Film, film
from verify.lab.imaging import Specimen
from verify.lab.previews import showing_else
from verify.lab.reading_at import Content
from verify.lab.sniffing import sniff
from verify.lab.stepping import frames_at
from verify.lab.views import of_film, of_frames, of_previews, views
from verify.lab.watching import watch, watch_pictures
from verify.lab.wire import FILE_BYTES, Still
from verify.lab.written.dated import CAPTURED, read_dates
from verify.places.gazetteer import countries_in_english, gazetteer, packed_towns
from verify.places.zones import zone_name
from verify.records import (
    TRUSTING_NOBODY,
    WHOLE,
    Examination,
    FileDate,
    Finding,
    Footage,
    Outcome,
    Pillar,
    Pixels,
    SentAs,
    Sound,
    Thumbnail,
    TrustLists,
    View,
    ViewKind,
    film_time,
    say,
    say_many,
)

_ZIP = "application/zip"
MAX_FINDINGS = 50
"""Of one check on one file."""


def examine(
    data: Content,
    *,
    filename: str = "",
    declared_type: str = "",
    sent_as: SentAs = SentAs.DOCUMENT,
    trust: TrustLists = TRUSTING_NOBODY,
) -> Examination:
    """Examine one file. Never raises on its content: what fails becomes a `failed` finding.

    data: of a film it need not be in memory.
    filename, declared_type: what the sender's side called it; nothing relies on them.
    trust: the certificates that this desk trusts.
    """
    specimen = Specimen(data, filename[:1000], declared_type[:200], sent_as, trust=trust)
    if specimen.media_type in CLIPS:
        return _clip(specimen)
    if specimen.media_type not in PICTURES:
        return _not_examined(specimen.media_type, specimen.filename, empty=not data)
    width = height = None
    findings: list[Finding] = []
    seen: tuple[View, ...] = ()
    try:
        width, height = specimen.size
        seen = views(specimen.picture, specimen.looks, specimen.insets)
        specimen.fingerprints = seen[0].fingerprints
        seen += of_previews(showing_else(specimen.compared_previews))
        seen += of_frames(specimen.frames)
    except Undecodable as error:
        findings.append(_undecoded(error))
    findings.extend(_run_checks(specimen))
    return Examination(
        lab_version=LAB_VERSION,
        media_type=specimen.media_type,
        width=width,
        height=height,
        views=seen,
        metadata=specimen.readings.metadata,
        dates=_dates(specimen),
        generator=specimen.generator,
        credentials=specimen.credentials,
        thumbnail=Thumbnail(
            present=bool(specimen.previews),
            differs=any(compared.differs for compared in specimen.compared_previews),
            differing=tuple(one.place for one in showing_else(specimen.compared_previews)),
        ),
        traces=specimen.traces,
        trailing=specimen.trailing,
        parts=specimen.parts,
        findings=tuple(findings),
    )


def warm() -> None:
    """Load whatever would open a file later, before the walls go up.

    Libraries load plugins, tables and codecs when they are first needed; so a small picture
    of every format, with a time in it, goes the whole way once.
    """
    Image.init()
    letters.load()
    packed_towns()
    countries_in_english()
    for sample in _samples():
        examine(sample, filename="sample")
    heard(sound.sample())
    watched(films.sample())


def settle() -> None:
    """Make ready what opens no file, and what the first file did not wait for: the places of the
    world, a quarter of a second."""
    gazetteer()
    zone_name(0, 0)


def _samples() -> Iterator[bytes]:
    # keypoints take longest: few are in what is low, none in what is lower still
    detailed = Image.effect_noise((192, 12), 60).convert("RGB")
    strip = Image.new("RGB", (192, 2), "grey")
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2020:01:02 03:04:05"
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
    for name in ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "GIF"):
        file = io.BytesIO()
        picture = detailed if name == "JPEG" else strip
        picture.save(file, name, exif=exif.tobytes(), xmp=packet)
        yield file.getvalue()
    yield films.sample()


def pixels(data: Content, longest_side: int, view: View = WHOLE) -> Pixels:
    """A picture upright as RGB, its longest side `longest_side`, or less if the file has less.

    view: which picture of the file; of a part of one, all of the picture that it lies in.
    Raises Undecodable, also where there is no such picture.
    """
    if view.kind is ViewKind.PREVIEW:
        picture = _preview(Specimen(data), view.number)
    elif view.kind in (ViewKind.WITHOUT_TRANSPARENCY, ViewKind.ON_BLACK):
        picture = _look(Specimen(data), view.kind)
    elif view.kind is ViewKind.FRAME:
        picture = _frame(data, view.at_ms, longest_side)
    elif view.kind is ViewKind.INVERTED:
        picture = ImageOps.invert(_whole(data, longest_side))
    else:
        picture = _whole(data, longest_side)
    if max(picture.size) > longest_side:
        picture = picture.copy()
        picture.thumbnail((longest_side, longest_side))
    return Pixels(width=picture.width, height=picture.height, rgb=picture.tobytes())


def frames(content: Content, times: Sequence[int], side: int, step: int = 0) -> tuple[Still, ...]:
    """Frames of what moves at these times, in milliseconds and in their order; see
    `stepping.frames_at`. Those that cannot be decoded are left out."""
    if (kind := sniff(content)) in FILMS:
        found = frames_at(content, kind, times, side, step)
    else:
        data = content if isinstance(content, bytes) else content.whole(FILE_BYTES)
        found = moving.frames_at(data, kind, times, side, step)
    return _stills(found)


def reel(content: Content, begin_ms: int, most: int, side: int) -> tuple[Still, ...]:
    """The frames of what moves that begin at this time or later, one after the other, at most so
    many; see `stepping.reel`. None where nothing moves."""
    if (kind := sniff(content)) in FILMS:
        return _stills(stepping.reel(content, kind, begin_ms, most, side))
    data = content if isinstance(content, bytes) else content.whole(FILE_BYTES)
    return _stills(moving.reel(data, kind, begin_ms, most, side))


def _stills(found: Iterable[tuple[int, Image.Image]]) -> tuple[Still, ...]:
    return tuple(
        Still(
            at_ms=at_ms,
            pixels=Pixels(width=one.width, height=one.height, rgb=one.tobytes()),
        )
        for at_ms, one in found
    )


def heard(content: Content) -> Sound:
    """The sound of a film or a recording. One without gives a Sound of no seconds.

    Raises what FFmpeg raises on hostile input.
    """
    kind = sniff(content)
    if kind in SOUNDS:
        return sound.hear(content, kind)
    return sound.NONE


def played(content: Content, begin_ms: int, end_ms: int) -> bytes:
    """A part of the sound of a film or a recording; see `listening.part`."""
    kind = sniff(content)
    return listening.part(content, kind, begin_ms, end_ms) if kind in SOUNDS else b""


def watched(content: Content) -> Footage:
    """A film, or pictures that move, from beginning to end. Raises Undecodable, also where nothing
    moves."""
    if (kind := sniff(content)) in FILMS:
        return watch(content, kind)
    return watch_pictures(Specimen(content, side=streams.SIDE))


def _preview(specimen: Specimen, number: int | None) -> Image.Image:
    specimen.fingerprints = hashing.fingerprints(specimen.picture)
    differing = showing_else(specimen.compared_previews)
    if number is None or not 0 <= number < len(differing):
        raise Undecodable(say("The file carries no preview that shows something else."))
    return differing[number].picture


def _whole(data: Content, side: int) -> Image.Image:
    """The picture of the file; of a film the first."""
    if sniff(data) in FILMS:
        return _frame(data, None, side)
    # whole factors alone would leave as little as half of what was asked for
    return Specimen(data, side=2 * side).picture


def _frame(data: Content, at_ms: int | None, side: int) -> Image.Image:
    if (kind := sniff(data)) in FILMS:
        shown = frames_at(data, kind, [at_ms or 0], side)
        found = shown[0][1] if shown else None
    else:
        found = Specimen(data, side=2 * side).frame_at(at_ms)
    if found is None:
        raise Undecodable(say("There is no such frame in this file."))
    return found


def _look(specimen: Specimen, kind: ViewKind) -> Image.Image:
    for look in specimen.looks:
        if look.kind is kind:
            return look.picture
    raise Undecodable(say("Transparency hides nothing in this file."))


def _not_examined(media_type: str, name: str, *, empty: bool) -> Examination:
    kept = say("This kind of file is kept, not examined.")
    # text documents and programs of phones are ZIP archives by their bytes
    if media_type in ARCHIVES and (media_type != _ZIP or name.lower().endswith(".zip")):
        kind = FORMATS[media_type].name
        kept = say(
            "This is an archive ({kind}), kept without being opened. Unpack it and hand in the"
            " files in it.",
            kind=kind,
        )
        if media_type == _ZIP:
            kept = say(
                "This is an archive ({kind}), kept without being opened. An export of chats in it"
                " can be read as such; other files hand in by themselves, or let"
                " `verify-desk import` open it.",
                kind=kind,
            )
    finding = Finding(
        check="kind",
        pillar=Pillar.PRESERVATION,
        outcome=Outcome.FAILED if empty else Outcome.NOT_APPLICABLE,
        summary=say("The file is empty.") if empty else kept,
        read_from="first bytes",
        raw=media_type,
        items=("preserved",),
    )
    return Examination(lab_version=LAB_VERSION, media_type=media_type, findings=(finding,))


def _clip(specimen: Specimen) -> Examination:
    """A film or a recording: what it says about itself, and some pictures of the film."""
    width = height = seconds = None
    seen: tuple[View, ...] = ()
    if specimen.media_type in FILMS:
        try:
            look = film(specimen.content, specimen.media_type)
            width, height, seconds = look.width, look.height, look.seconds
            seen = (of_film(look.first), *of_frames(look.frames))
            finding = _looked_at(look)
        except Undecodable as error:
            finding = _undecoded(error)
    else:
        finding = Finding(
            check="kind",
            pillar=Pillar.PRESERVATION,
            outcome=Outcome.NOT_APPLICABLE,
            summary=say(
                "This is a sound recording: what it says about itself is read, and its sound is "
                "looked for among those heard before."
            ),
            read_from="first bytes",
            raw=specimen.media_type,
            items=("preserved",),
        )
    return Examination(
        lab_version=LAB_VERSION,
        media_type=specimen.media_type,
        width=width,
        height=height,
        seconds=seconds,
        views=seen,
        metadata=specimen.readings.metadata,
        dates=_dates(specimen),
        generator=specimen.generator,
        credentials=specimen.credentials,
        traces=specimen.traces,
        findings=(finding, *_run_checks(specimen)),
    )


def _looked_at(look: Film) -> Finding:
    """Which pictures of a film were looked at, and how far they reach."""
    count, reached = len(look.frames) + 1, film_time(look.reached)
    short = look.seconds is not None and look.reached < look.seconds * 0.95 - 2
    if short:
        summary = say_many(
            "{count} picture could be looked at, up to {reached} of the {length} that the film "
            "says it lasts.",
            "{count} pictures could be looked at, up to {reached} of the {length} that the film "
            "says it lasts.",
            count,
            reached=reached,
            length=film_time(look.seconds or 0),
        )
    else:
        summary = say_many(
            "A film of {length}: {count} of its pictures is looked at.",
            "A film of {length}: {count} of its pictures are looked at, spread over all of it.",
            count,
            length=film_time(look.seconds or look.reached),
        )
    return Finding(
        check="film",
        pillar=Pillar.PRESERVATION,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from="pictures" if look.wholly else "key frames",
        caution=say("Only these pictures are compared, not what is seen between them."),
        items=("preserved",),
    )


def _undecoded(error: Undecodable) -> Finding:
    return Finding(
        check="decoding",
        pillar=Pillar.PRESERVATION,
        outcome=Outcome.FAILED,
        summary=error.sentence,
    )


def _dates(specimen: Specimen) -> tuple[FileDate, ...]:
    return tuple(
        FileDate(what=one.what, place=one.place, at=one.time.at, zone=one.time.zone)
        for one in read_dates(specimen.fields)
        if one.what != CAPTURED
    )


@cache
def all_checks() -> tuple[Check, ...]:
    """The modules of `verify.lab.checks` in the order of their names.

    Raises AttributeError when one lacks PILLAR, MEDIA or check.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    modules = tuple(importlib.import_module(f"{checks.__name__}.{name}") for name in names)
    for module in modules:
        _ = module.PILLAR, module.MEDIA, module.check
    return cast("tuple[Check, ...]", modules)


def _run_checks(specimen: Specimen) -> Iterator[Finding]:
    for module in all_checks():
        every = "*" in module.MEDIA and specimen.media_type in PICTURES
        if every or specimen.media_type in module.MEDIA:
            yield from _run(module, specimen)


def _run(module: Check, specimen: Specimen) -> Iterator[Finding]:
    name = module.__name__.rpartition(".")[2]
    try:
        for finding in islice(module.check(specimen), MAX_FINDINGS):
            yield replace(finding, raw=finding.raw[:MAX_RAW], read_from=finding.read_from[:100])
    except Exception:  # whatever it is, the reader learns of it and the other checks go on
        yield Finding(
            check=name,
            pillar=module.PILLAR,
            outcome=Outcome.FAILED,
            summary=say("This check did not come to an end on this file."),
        )
