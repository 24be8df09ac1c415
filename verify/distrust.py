"""How far the desk believes a child of the lab: as far as an honest one could have said it.

msgspec has checked the types by then. A child taken over by a hostile file could still say
that a picture is a billion pixels wide, or put words of its own into the desk's mouth; so
numbers must be possible, texts bounded, and every sentence one that stands in the lab's
source. What is implausible is dropped whole.
"""

from __future__ import annotations

import ast
import contextlib
import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import msgspec

import verify.lab
from verify.lab import SOUND_VERSION
from verify.lab.wire import (
    FILE_BYTES,
    MAX_FRAMES,
    MAX_INSETS,
    MAX_KEYS,
    MAX_PREVIEWS,
    MAX_SIDE,
    MOST_MEMBERS,
    MOST_PEAKS,
    MOST_SAMPLES,
    MOST_SECONDS,
    SAMPLE_SIDE,
    SOUND_RATE,
    Bag,
    Listed,
    Request,
    Still,
)
from verify.records import (
    BINS,
    FINE,
    FRAMES_A_SECOND,
    Credentials,
    Examination,
    Features,
    FileDate,
    Finding,
    Fingerprint,
    Footage,
    ListedHash,
    Metadata,
    Pixels,
    Post,
    Sample,
    Sentence,
    Sound,
    Unread,
    View,
    ViewKind,
    WallTime,
)

_TEXT_CHARACTERS = 10_000
_ARCHIVED_NAME = 1 << 16
_RECORDS = 500
_NESTING = 12
_FRAME_SIDE, _POINT_BYTES, _MOST_POINTS, _THUMBNAIL_BYTES = 1024, 6, 800, 1 << 16
# How many views of a kind there may be, and what tells one of them from the other.
_VIEWS = {
    ViewKind.WHOLE: (1, ""),
    ViewKind.INNER: (1, "corners"),
    ViewKind.INSET: (MAX_INSETS, "corners"),
    ViewKind.WITHOUT_TRANSPARENCY: (1, ""),
    ViewKind.ON_BLACK: (1, ""),
    ViewKind.PREVIEW: (MAX_PREVIEWS, "number"),
    ViewKind.FRAME: (MAX_FRAMES, "at_ms"),
}
_HASH_BYTES = {"pdq": 32, "phash": 8, "dhash": 8}
_LONGEST = 1 << 22  # seconds
_MOST_BEYOND, _TONES = 700, BINS * FINE  # of a sound
_NAME = re.compile(r"[a-z0-9_-]{1,60}")
_POST_TEXT = 1 << 16
_LISTED_FRAMES = 10_000
_DIGITS = re.compile(r"[0-9a-f]+")
_POSTED_AT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?")
_WALL_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?")
_SAYING = re.compile(r"\bsay(?:_many)?\(")
_DIGEST = re.compile("[0-9a-f]{64}")
_ZONE = re.compile(r"[+-]\d\d:\d\d")


class ImplausibleError(Exception):
    """No honest child says this."""


def check_examination(examination: Examination) -> None:
    """Raise ImplausibleError unless the lab could have said it."""
    for value in _everything(examination):
        check_value(value)
    for side in (examination.width, examination.height):
        _demand(side is None or 0 < side <= MAX_SIDE)
    _demand(examination.seconds is None or 0 < examination.seconds < _LONGEST)
    _demand(len(examination.findings) <= _RECORDS and len(examination.views) <= _RECORDS)
    _demand(examination.text is None)  # another program reads that, later
    _demand(max(len(examination.traces), len(examination.dates)) <= _RECORDS)
    _demand(0 <= examination.trailing.bytes <= FILE_BYTES)
    _demand(len(examination.parts) <= _RECORDS)
    for part in examination.parts:
        _demand(part.at >= 0 and part.size > 0 and part.at + part.size <= FILE_BYTES)
    _demand(examination.thumbnail.present or not examination.thumbnail.differs)
    _demand(examination.thumbnail.differs == bool(examination.thumbnail.differing))
    _demand(len(examination.thumbnail.differing) <= MAX_PREVIEWS)  # each is sent as a picture
    _check_views(examination.views)
    _check_names(examination.findings)


def _check_names(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        names = (finding.check, *finding.items)
        _demand(all(_NAME.fullmatch(name) for name in names))


def check_views(views: tuple[View, ...]) -> None:
    """Raise ImplausibleError unless a lab, here or elsewhere, could have seen these in one file."""
    for value in _everything(views):
        check_value(value)
    _check_views(views)


def _check_views(views: tuple[View, ...]) -> None:
    """The whole picture first; beside it no more of a kind than there can be, no two alike."""
    count = Counter(view.kind for view in views)
    _demand(not views or views[0].kind is ViewKind.WHOLE)
    _demand(len({view.bare() for view in views}) == len(views))
    for view in views:
        most, named_by = _VIEWS.get(view.kind, (0, ""))
        _demand(count[view.kind] <= most)
        for name in ("corners", "number", "at_ms"):
            _demand((getattr(view, name) is not None) == (name == named_by))
        _demand(view.number is None or 0 <= view.number < MAX_PREVIEWS)
        _demand(view.at_ms is None or 0 < view.at_ms < 1 << 32)


def check_footage(footage: Footage) -> None:
    """Raise ImplausibleError unless the lab could have seen this of a film."""
    _demand(0 < len(footage.samples) <= MOST_SAMPLES and len(footage.keys) <= MAX_KEYS)
    _demand(len(footage.gaps) <= MOST_SAMPLES)
    _demand(max(len(footage.streams), len(footage.findings)) <= _RECORDS)
    for value in _everything(footage):
        check_value(value)
    times = [sample.at_ms for sample in footage.samples]
    keys = [view.at_ms for view in footage.keys if view.at_ms is not None]
    for ascending in (times, keys, footage.shots, [gap[0] for gap in footage.gaps]):
        _demand(list(ascending) == sorted(set(ascending)))
    _demand(times[0] >= 0 and {*keys, *footage.shots} <= set(times))
    _demand(footage.shots[0:1] in ((), (times[0],)))
    _demand(0 <= footage.seconds < _LONGEST and times[-1] < _LONGEST * 1000)
    _check_names(footage.findings)
    for begin, end in footage.gaps:
        _demand(0 <= begin < end < _LONGEST * 1000)
    for view in footage.keys:
        _demand(view.bare() == View(kind=ViewKind.FRAME, at_ms=view.at_ms))
        _demand(view.at_ms is not None)


def check_sound(sound: Sound) -> None:
    """Raise ImplausibleError unless the lab could have heard this."""
    import numpy as np  # a tenth of a second, for which the lab would start later

    _demand(sound.version == SOUND_VERSION and not (sound.silent and not sound.seconds))
    _demand(0 <= sound.seconds <= MOST_SECONDS + _MOST_BEYOND)
    _demand(len(sound.times) % 4 == 0 and len(sound.times) == 2 * len(sound.tones))
    times, tones = (
        np.frombuffer(packed, kind).astype(np.int64)
        for packed, kind in ((sound.times, "<u4"), (sound.tones, "<u2"))
    )
    frames = sound.seconds * FRAMES_A_SECOND
    _demand(bool((np.diff(times) >= 0).all() and (times <= frames + 1).all()))
    _demand(bool((np.bincount(times // 32) <= MOST_PEAKS).all()))
    _demand(bool((tones < _TONES).all()))


def check_pixels(pixels: Pixels, longest_side: int) -> None:
    """Raise ImplausibleError unless these are the pixels of a picture of the size asked for."""
    _demand(0 < pixels.width <= longest_side and 0 < pixels.height <= longest_side)
    _demand(len(pixels.rgb) == 3 * pixels.width * pixels.height)


def check_frames(frames: tuple[Still, ...], request: Request) -> None:
    """Raise ImplausibleError unless these are frames of the size asked for, no more than asked."""
    most = request.times[1] if request.operation == "reel" else len(request.times)
    _demand(len(frames) <= most)
    if request.operation == "reel":
        times = [request.times[0] - 1, *(one.at_ms for one in frames)]
        _demand(all(earlier < later for earlier, later in pairwise(times)))
    for one in frames:
        _demand(0 <= one.at_ms < 1 << 53)
        check_pixels(one.pixels, request.longest_side)


def check_post(told: Post | ListedHash | Unread) -> None:
    """Raise ImplausibleError unless an importer within its bounds could have read this."""
    if isinstance(told, Unread):
        for value in _everything(told):
            check_value(value)
        return
    if isinstance(told, ListedHash):
        _check_hash(told)
        return
    texts = (value for value in _everything(told) if isinstance(value, str))
    _demand(all(len(value) <= _POST_TEXT for value in texts))
    _demand(max(map(len, (told.links, told.hashtags, told.media))) <= _RECORDS)
    for at in (told.at, told.edited_at):
        _demand(not at or bool(_POSTED_AT.fullmatch(at)))
        try:
            datetime.fromisoformat(at or "1970-01-01")
        except ValueError as error:
            raise ImplausibleError from error
    _demand(0 < told.resolution_s <= _LONGEST)


def _check_hash(told: ListedHash) -> None:
    """A hash as long as its kind's, or frames of a film."""
    _demand(max(len(told.label), len(told.source)) <= _POST_TEXT)
    _demand(len(told.frames) <= _LISTED_FRAMES and bool(told.frames) == (told.kind == "vpdq"))
    length = {"sha256": 64, "md5": 32, "sha1": 40, "pdq": 64, "vpdq": 0}.get(told.kind, -1)
    _demand(len(told.digits) == length)
    for digits in (told.digits, *(one.pdq for one in told.frames)):
        _demand(not digits or bool(_DIGITS.fullmatch(digits)))
    for one in told.frames:
        _demand(len(one.pdq) == 64 and 0 <= one.quality <= 100)
        _demand(0 <= one.number < 1 << 31 and 0 <= one.seconds < 1e8)


def check_played(samples: bytes, request: Request) -> None:
    """Raise ImplausibleError unless these are whole samples, no more than were asked for."""
    begin_ms, end_ms = request.times
    _demand(len(samples) % 2 == 0 and len(samples) // 2 <= (end_ms - begin_ms) * SOUND_RATE // 1000)


def check_listed(listed: Listed) -> None:
    """Raise ImplausibleError unless an archive within bounds could list this."""
    _demand(len(listed.members) <= MOST_MEMBERS)
    for one in listed.members:
        _demand(len(one.name) <= _ARCHIVED_NAME)
        _demand(all(0 <= number < 1 << 53 for number in (one.at, one.packed, one.size)))


def check_bag(bag: Bag) -> None:
    """Raise ImplausibleError unless the lab could have read this in a bag within bounds."""
    _demand(max(len(bag.files), len(bag.words)) <= MOST_MEMBERS and len(bag.wrong) <= _RECORDS)
    _demand(len(bag.tags) <= _ARCHIVED_NAME * MOST_MEMBERS and len(bag.signature) <= 64)
    _demand(all(len(one) <= _ARCHIVED_NAME for one in (bag.profile, bag.made_on, *bag.wrong)))
    _demand(all(not one or bool(_DIGEST.fullmatch(one)) for one in (bag.head, bag.signed_by)))
    _demand(all(0 <= number < 1 << 53 for number in (bag.case, bag.stamps, bag.more)))
    for one in bag.files:
        _demand(bool(_DIGEST.fullmatch(one.sha256)))
        check_listed(Listed(members=(one.member,)))
        check_value(one.filename)
    for word in bag.words:
        for value in _everything(word):
            check_value(value)


def _demand(plausible: bool) -> None:
    if not plausible:
        raise ImplausibleError


def _everything(value: object, depth: int = 0) -> Iterator[object]:
    """The value and all that it holds, however deep an honest record goes."""
    _demand(depth <= _NESTING)
    yield value
    inner: tuple[object, ...] = ()
    if isinstance(value, msgspec.Struct):
        inner = tuple(getattr(value, name) for name in value.__struct_fields__)
    elif isinstance(value, dict):
        inner = (*value, *value.values())
    elif isinstance(value, tuple):
        inner = value
    for part in inner:
        yield from _everything(part, depth + 1)


def check_value(value: object) -> None:
    """Raise ImplausibleError unless one value, without what it holds, is possible."""
    match value:
        case str():
            _demand(len(value) <= _TEXT_CHARACTERS)
        case float():
            _demand(math.isfinite(value))
        case int():
            _demand(abs(value) < 1 << 53)
        case Sentence():
            _demand({value.template, value.plural or value.template} <= _sentences())
            _demand(_holes(value) <= value.values.keys())
        case datetime():
            _demand(value.tzinfo is not None)
        case WallTime():
            _check_wall_time(value.at, value.zone)
        case FileDate():
            _check_wall_time(value.at, value.zone)
        case Metadata():
            _check_metadata(value)
        case Credentials():
            _demand(max(len(value.codes), len(value.actions), len(value.ingredients)) <= _RECORDS)
        case Fingerprint():
            _check_fingerprint(value)
        case Sample():
            _demand(0 <= value.quality <= 100 and len(value.pdq) == 8)
            _demand(len(value.inner) in (0, 8))
            _demand(all(len(entry) == _HASH_BYTES["pdq"] for entry in value.pdq + value.inner))
            _demand(value.thumbnail[:2] == bytes([SAMPLE_SIDE] * 2))
            _demand(len(value.thumbnail) <= 2 * SAMPLE_SIDE**2)
        case Features():
            _check_features(value)
        case View():
            corners = (part for corner in value.corners or () for part in corner)
            _demand(all(0 <= part <= 1 for part in corners))


def _check_metadata(metadata: Metadata) -> None:
    if metadata.captured_at is not None:
        _check_wall_time(metadata.captured_at, metadata.captured_zone)
    if metadata.satellites_at is not None:
        _check_wall_time(metadata.satellites_at, None)
    if metadata.gps is not None:
        _demand(abs(metadata.gps.latitude) <= 90 and abs(metadata.gps.longitude) <= 180)
    _demand(metadata.orientation in (None, *range(1, 9)))


def _check_wall_time(at: str, zone: str | None) -> None:
    _demand(bool(_WALL_TIME.fullmatch(at)) and (zone is None or bool(_ZONE.fullmatch(zone))))
    try:
        datetime.fromisoformat(at + (zone or ""))
    except ValueError as error:
        raise ImplausibleError from error


def _check_fingerprint(fingerprint: Fingerprint) -> None:
    size = _HASH_BYTES.get(fingerprint.algorithm)
    _demand(len(fingerprint.hash) == size)
    _demand(len(fingerprint.orientations) == (8 if fingerprint.algorithm == "pdq" else 0))
    _demand(all(len(entry) == size for entry in fingerprint.orientations))
    _demand(fingerprint.quality is None or 0 <= fingerprint.quality <= 100)


def _check_features(features: Features) -> None:
    _demand(0 < features.width <= _FRAME_SIDE and 0 < features.height <= _FRAME_SIDE)
    points, rest = divmod(len(features.points), _POINT_BYTES)
    _demand(rest == 0 and points <= _MOST_POINTS and len(features.descriptors) == 32 * points)
    _demand(len(features.thumbnail) <= _THUMBNAIL_BYTES)
    _demand(len(features.frame) in (0, features.width * features.height))


def _holes(sentence: Sentence) -> set[str]:
    return set(re.findall(r"{(\w+)", f"{sentence.template}{sentence.plural or ''}"))


@cache
def _sentences() -> frozenset[str]:
    """Every text that the lab's source hands to `say` and `say_many`."""
    found: set[str] = set()
    for path in sorted(Path(verify.lab.__file__).parent.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for call in (_call(source, begun.start()) for begun in _SAYING.finditer(source)):
            constants = (part for argument in call for part in ast.walk(argument))
            found.update(
                part.value
                for part in constants
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
    return frozenset(found)


def _call(source: str, at: int) -> list[ast.expr]:
    """What is handed to the call that begins here; nothing where none does, as in a comment. It
    alone is parsed: to parse all the lab takes half a second."""
    end = at
    while end := source.find(")", end) + 1:
        with contextlib.suppress(SyntaxError):  # it goes on behind this bracket
            call = ast.parse(source[at:end], mode="eval").body
            return call.args if isinstance(call, ast.Call) else []
    return []
