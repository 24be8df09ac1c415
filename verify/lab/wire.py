"""What desk and lab say to each other: length-prefixed msgpack over sockets.

Over one socket the desk sends requests, each with an open file and a socket for the answer,
and hears when it is done with. The answer's socket is all that reaches a process that reads
received bytes. Light, for both sides import it.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Literal

import msgspec

from verify.records import (
    TRUSTING_NOBODY,
    WHOLE,
    DateOrder,
    Examination,
    Footage,
    Part,
    Pixels,
    Record,
    SentAs,
    Sound,
    TheirWords,
    TrustLists,
    View,
)

MAX_SIDE = 1_000_000
"""Pixels: a picture that claims a longer side is not opened, and no answer may name one."""
MAX_PREVIEWS = 8
"""Previews: of one file no more are looked at, and no answer may name more."""
MAX_INSETS = 9
"""Pictures within a picture: no more of one are described, and no answer may name more."""
MAX_FRAMES = 16
"""Frames of what moves, beside the first: no more of one are described, and no answer may name
more."""
MAX_TIMES = 100
"""Frames that are asked for at once."""
SOUND_RATE = 24_000
"""Samples a second of a sound that people hear."""
MOST_SAMPLES = 7200
"""Pictures of a film that are hashed: no answer may name more."""
SAMPLE_SIDE = 64
"""Pixels, of the square thumbnail of such a picture."""
MAX_KEYS = 240
"""Pictures of a film that are described: no answer may name more."""
MOST_SECONDS = 4 * 3600
"""Of a sound: what follows later is not heard, and no answer may name it."""
MOST_PEAKS = 30
"""Kept of 32 frames of a sound, which are about a second."""
FILE_BYTES = 256 << 20
POSTS_BYTES = 2 << 30
"""What may be told of one export."""
MOST_BESIDE = 200_000
"""Files beside an export whose names an importer is told."""
MOST_MEMBERS = 10_000
"""Files of an archive: one that lists more is not opened."""

_LENGTH = struct.Struct(">I")
_PIECE = 256 << 10


class Member(Record, frozen=True):
    """A file in an archive, as its list has it.

    at: where its header stands. packed, size: in bytes, as it lies there and unpacked. method: of
    packing, by ZIP's number. sum: CRC-32 of what it unpacks to. mode: of Unix, with the kind of
    file; 0 where none is given.
    """

    name: str
    at: int
    packed: int
    size: int
    method: int
    sum: int
    encrypted: bool
    mode: int


class Request(Record, frozen=True):
    """What to do with the file whose descriptor comes along.

    longest_side: of the pixels wanted, in pixels; 0 where an examination is wanted.
    view: whose pixels are wanted: of the picture that it is or lies in.
    trust: the certificates that the desk trusts.
    member: of an archive, the file that is to be unpacked.
    part: what stands behind the picture and is to be handed out as it is.
    times: of the frames wanted, in milliseconds and in their order; of a sound, from when to when;
    of a `reel`, from when on, and how many frames at most.
    step: -1 for the frame before each, 1 for the one after.
    beside, dates: see `verify.lab.importers.Source`; beside in the order of names.
    """

    operation: Literal[
        "examine",
        "pixels",
        "list",
        "unpack",
        "part",
        "watch",
        "frames",
        "reel",
        "hear",
        "play",
        "posts",
        "bag",
    ]
    filename: str = ""
    declared_type: str = ""
    sent_as: SentAs = SentAs.DOCUMENT
    longest_side: int = 0
    view: View = WHOLE
    trust: TrustLists = TRUSTING_NOBODY
    member: Member | None = None
    part: Part | None = None
    times: tuple[int, ...] = ()
    step: int = 0
    beside: tuple[str, ...] = ()
    dates: DateOrder | None = None


class Standing(Record, frozen=True, tag="standing"):
    """The first thing a child says: which walls stand around it."""

    walls: dict[str, bool]


class Examined(Record, frozen=True, tag="examined"):
    """The answer to `examine`."""

    examination: Examination


class Pictured(Record, frozen=True, tag="pictured"):
    """The answer to `pixels`."""

    pixels: Pixels


class Still(Record, frozen=True):
    """A frame of what moves, and when it begins, in milliseconds."""

    at_ms: int
    pixels: Pixels


class Filmed(Record, frozen=True, tag="filmed"):
    """The answer to `frames` and `reel`: those that could be decoded."""

    frames: tuple[Still, ...]


class Watched(Record, frozen=True, tag="watched"):
    """The answer to `watch`."""

    footage: Footage


class Listened(Record, frozen=True, tag="listened"):
    """The answer to `hear`."""

    sound: Sound


class Played(Record, frozen=True, tag="played"):
    """The answer to `play`: 16 bits a sample, little-endian."""

    samples: bytes


class Listed(Record, frozen=True, tag="listed"):
    """The answer to `list`."""

    members: tuple[Member, ...]


class Unpacked(Record, frozen=True, tag="unpacked"):
    """The answer to `unpack` and `part`, behind all parts of the file: that it is whole."""


class Told(Record, frozen=True, tag="told"):
    """The answer to `posts`, behind all of them: that the export was read to its end.

    format: the importer's name for it.
    """

    format: str


class BagFile(Record, frozen=True):
    """An original or a copy in a bag. filename: what the other desk calls it. marks: what it says
    that it shows."""

    sha256: str
    filename: str
    marks: tuple[str, ...]
    member: Member


class Bag(Record, frozen=True, tag="bag"):
    """The answer to `bag`: what stands in one, as the other desk says; or nothing of it, and wrong
    has what does not fit, in the checker's words.

    tags, signature: the tag manifest and its signature as they are. more: words that were left out.
    See `verify.records.FromBag` for the others.
    """

    wrong: tuple[str, ...] = ()
    case: int = 0
    profile: str = ""
    made_on: str = ""
    head: str = ""
    signed_by: str = ""
    tags: bytes = b""
    signature: bytes = b""
    record: str = ""
    stamps: int = 0
    files: tuple[BagFile, ...] = ()
    words: tuple[TheirWords, ...] = ()
    more: int = 0


class Fault(Record, frozen=True, tag="fault"):
    """Why there is no answer: a code, never a text."""

    code: str


class Ended(Record, frozen=True, tag="ended"):
    """The last thing about a request: which signal ended the process that served it, or 0."""

    signal: int = 0


class TooMuchError(Exception):
    """The other side announced more bytes than it may send."""


_Seen = Examined | Pictured | Filmed | Watched | Listened | Played
Answer = Standing | _Seen | Listed | Unpacked | Told | Bag | Fault | Ended


def send(connection: socket.socket, message: Record, descriptors: Sequence[int] = ()) -> None:
    """Send one message, with open files if there are any. Raises OSError."""
    body = msgspec.msgpack.encode(message)
    length = _LENGTH.pack(len(body))
    if descriptors:
        socket.send_fds(connection, [length], descriptors)
    else:
        connection.sendall(length)
    connection.sendall(body)


def send_part(connection: socket.socket, part: bytes) -> None:
    """Send a part of a file; an empty one is the end of it. Raises OSError."""
    connection.sendall(_LENGTH.pack(len(part)))
    connection.sendall(part)


def packed(records: Iterable[Record]) -> Iterator[bytes]:
    """Records as pieces of some size, each behind its length."""
    piece = bytearray()
    for record in records:
        body = msgspec.msgpack.encode(record)
        piece += _LENGTH.pack(len(body)) + body
        while len(piece) >= _PIECE:
            yield bytes(piece[:_PIECE])
            del piece[:_PIECE]
    yield bytes(piece)


def unpacked(file: BinaryIO, most: int) -> Iterator[bytes]:
    """The bodies of what `packed` made, of at most `most` bytes each. Raises TooMuchError."""
    while head := file.read(_LENGTH.size):
        (length,) = _LENGTH.unpack(head.ljust(_LENGTH.size, b"\0"))
        body = file.read(min(length, most)) if length <= most else b""
        if len(body) != length or len(head) != _LENGTH.size:
            raise TooMuchError
        yield body


def receive(connection: socket.socket, limit: int, seconds: float | None = None) -> bytes:
    """Read one message of at most `limit` bytes, within `seconds` altogether.

    Descriptors that come along are dropped. Raises EOFError when the other side is gone,
    TooMuchError, OSError (TimeoutError included).
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
    if length > limit:
        raise TooMuchError
    return _exactly(connection, length, deadline)


def receive_request(connection: socket.socket) -> tuple[Request, list[int]]:
    """Read one request, and the descriptors of the file and of the answer's socket.

    Raises EOFError, OSError.
    """
    head, descriptors, _, _ = socket.recv_fds(connection, _LENGTH.size, 2)
    head += _exactly(connection, _LENGTH.size - len(head)) if head else b""
    if not head:
        raise EOFError
    body = _exactly(connection, *_LENGTH.unpack(head))
    return msgspec.msgpack.decode(body, type=Request), descriptors


def _exactly(connection: socket.socket, count: int, deadline: float | None = None) -> bytes:
    buffer = bytearray(count)
    view = memoryview(buffer)
    while view:
        if deadline is not None:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
        got = connection.recv_into(view)
        if got == 0:
            raise EOFError
        view = view[got:]
    return bytes(buffer)
