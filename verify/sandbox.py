"""Hands received files to the lab's children, believes them little, replaces them.

Everything that decodes received bytes happens in a child process with walls around it
(`verify.lab.walls`). Whatever happens to a child, the caller gets an answer: at worst an
examination whose only finding says why there is no other.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from verify.distrust import ImplausibleError, check_post
from verify.errors import Unavailable
from verify.lab import LAB_VERSION
from verify.lab.wire import (
    FILE_BYTES,
    MOST_BESIDE,
    SOUND_RATE,
    Answer,
    Bag,
    Examined,
    Fault,
    Filmed,
    Listed,
    Listened,
    Member,
    Pictured,
    Played,
    Request,
    Told,
    TooMuchError,
    Unpacked,
    Watched,
    unpacked,
)
from verify.records import (
    TRUSTING_NOBODY,
    WHOLE,
    ByteSize,
    DateOrder,
    Examination,
    Finding,
    Footage,
    ListedHash,
    Outcome,
    Part,
    Pillar,
    Pixels,
    Post,
    SentAs,
    Sentence,
    Sound,
    TrustLists,
    Unread,
    View,
    say,
)
from verify.regular import descriptor_of
from verify.unnamed import unnamed
from verify.warden import ANSWER_BYTES, FOOTAGE_BYTES, Child, ChildError

LAB = (sys.executable, "-I", "-m", "verify.lab.child")
SECONDS = 20.0
WATCHING_SECONDS = 900.0
"""Wall time for a film from its beginning to its end."""
LISTENING_SECONDS = 300.0
"""And for a sound."""
_NAME_CHARACTERS = 1000
_LIST_BYTES = 16 << 20
_POST_BYTES = 4 << 20
_BAG_BYTES = 128 << 20

A = TypeVar("A", Bag, Filmed, Listed, Listened, Pictured, Played, Told, Unpacked, Watched)
_posts = msgspec.msgpack.Decoder(Post | ListedHash | Unread)

_log = logging.getLogger(__name__)


class Sandbox:
    """A few children, started when first needed. May be used from several threads."""

    def __init__(
        self,
        children: int = 2,
        *,
        trust: TrustLists = TRUSTING_NOBODY,
        command: Sequence[str] = LAB,
        seconds: float = SECONDS,
        niceness: int = 0,
    ) -> None:
        """children: how many files are examined at once. seconds: wall time for one file.
        niceness: by how much others come first.

        trust: whose signatures in Content Credentials and time stamps are trusted.
        """
        self.trust = trust
        self._command = tuple(command)
        self._seconds = seconds
        self._niceness = niceness
        self._children = children
        self._places = threading.Semaphore(children)
        # one place is left to what is soon done, however many films are looked at
        self._long = threading.Semaphore(max(1, children - 1))
        self._idle: list[Child] = []
        self._closed = False

    def examine(
        self,
        content: bytes | Path,
        *,
        filename: str = "",
        declared_type: str = "",
        sent_as: SentAs = SentAs.DOCUMENT,
    ) -> Examination:
        """Examine one file. No content ever raises; Unavailable is raised after close()."""
        request = Request(
            operation="examine",
            filename=_encodable(filename),
            declared_type=_encodable(declared_type),
            sent_as=sent_as,
            trust=self.trust,
        )
        try:
            answer = self._ask(content, request, ANSWER_BYTES)
        except ChildError as failure:
            return _failed(failure.code)
        if isinstance(answer, Examined):
            return answer.examination
        return _failed(answer.code if isinstance(answer, Fault) else "unusable")

    def pixels(self, content: bytes | Path, longest_side: int, view: View = WHOLE) -> Pixels | None:
        """Decode a picture as displayed, at most `longest_side` pixels long; None if that fails.

        view: which picture of the file; of a part of one, all of the picture that it lies in.
        """
        request = Request(operation="pixels", longest_side=longest_side, view=view.bare())
        limit = 3 * longest_side**2 + ANSWER_BYTES
        answer = self._answer(content, request, Pictured, limit)
        return answer.pixels if isinstance(answer, Pictured) else None

    def frames(
        self, film: bytes | Path, longest_side: int, times: Sequence[int], *, step: int = 0
    ) -> list[tuple[int, Pixels]]:
        """The frames of a film, of any size, that are shown at these times, without those that
        cannot be decoded; each with when it begins, in milliseconds.

        times: in milliseconds and in their order, at most MAX_TIMES. step: -1 for the frame before
        each, 1 for the one after.
        """
        request = Request(
            operation="frames", longest_side=longest_side, times=tuple(times), step=step
        )
        limit = 3 * longest_side**2 * len(times) + ANSWER_BYTES
        answer = self._answer(film, request, Filmed, limit)
        found = answer.frames if isinstance(answer, Filmed) else ()
        return [(one.at_ms, one.pixels) for one in found]

    def reel(
        self, film: bytes | Path, longest_side: int, begin_ms: int, most: int
    ) -> list[tuple[int, Pixels]]:
        """The frames of a film that begin at this time or later, one after the other, each with
        when it does, in milliseconds; none behind its end, or where it cannot be decoded.

        most: how many at most, MAX_TIMES or less. Fewer do not mean that the film ends there.
        """
        request = Request(operation="reel", longest_side=longest_side, times=(begin_ms, most))
        answer = self._answer(film, request, Filmed, 3 * longest_side**2 * most + ANSWER_BYTES)
        found = answer.frames if isinstance(answer, Filmed) else ()
        return [(one.at_ms, one.pixels) for one in found]

    def watch(self, film: bytes | Path) -> Footage | None:
        """Look at a film of any size from its beginning to its end, which may take minutes; None
        if that fails."""
        request = Request(operation="watch")
        answer = self._answer(film, request, Watched, FOOTAGE_BYTES, seconds=WATCHING_SECONDS)
        return answer.footage if isinstance(answer, Watched) else None

    def hear(self, file: bytes | Path) -> Sound | None:
        """Listen to a film or a recording of any size; None if that fails."""
        request = Request(operation="hear")
        answer = self._answer(file, request, Listened, ANSWER_BYTES, seconds=LISTENING_SECONDS)
        return answer.sound if isinstance(answer, Listened) else None

    def play(self, file: bytes | Path, begin_ms: int, end_ms: int) -> bytes:
        """The sound of a film or a recording between these times, in milliseconds: mono, 16 bits
        a sample, little-endian, SOUND_RATE a second; b"" where there is none."""
        request = Request(operation="play", times=(begin_ms, end_ms))
        limit = 2 * (end_ms - begin_ms) * SOUND_RATE // 1000 + ANSWER_BYTES
        answer = self._answer(file, request, Played, limit)
        return answer.samples if isinstance(answer, Played) else b""

    def members(self, archive: Path) -> Listed | Fault:
        """What a ZIP archive of any size lists."""
        return self._answer(archive, Request(operation="list"), Listed)

    def unpack(self, archive: Path, member: Member, into: BinaryIO) -> Unpacked | Fault:
        """Unpack one file of an archive, of at most the size that it is listed with.

        Raises OSError when what it is written into refuses.
        """
        request = Request(operation="unpack", member=member)
        return self._answer(archive, request, Unpacked, into=into)

    def bag(self, archive: Path) -> Bag | Fault:
        """What stands in a bag of another desk, once it was checked. A Fault is `no bag` for any
        other archive."""
        request = Request(operation="bag")
        return self._answer(archive, request, Bag, _BAG_BYTES, seconds=WATCHING_SECONDS)

    def part(self, file: Path, part: Part, into: BinaryIO) -> Unpacked | Fault:
        """Take one of the parts that stand behind a picture out of its file, as it is.

        Raises OSError when what it is written into refuses.
        """
        return self._answer(file, Request(operation="part", part=part), Unpacked, into=into)

    def posts(
        self,
        export: Path,
        into: BinaryIO,
        *,
        name: str,
        beside: Iterable[str] = (),
        dates: DateOrder | None = None,
    ) -> Told | Fault:
        """Read the posts of an export of any size into a file; see `told_in`.

        name: the export's own. beside, dates: see `verify.lab.importers.Source`. A Fault is
        `no export`, `day or month` where somebody has to say how its dates are meant, or else says
        why the posts end where they do. Raises OSError when what they are written into refuses.
        """
        request = Request(
            operation="posts",
            filename=_encodable(name),
            beside=tuple(map(_encodable, sorted(beside)[:MOST_BESIDE])),
            dates=dates,
        )
        return self._answer(export, request, Told, into=into, seconds=WATCHING_SECONDS)

    def _answer(
        self,
        content: bytes | Path,
        request: Request,
        wanted: type[A],
        limit: int = _LIST_BYTES,
        into: BinaryIO | None = None,
        *,
        seconds: float | None = None,
    ) -> A | Fault:
        """What was wanted, or why there is none. As `_ask`."""
        try:
            answer = self._ask(content, request, limit, into, seconds)
        except ChildError as failure:
            return Fault(code=failure.code)
        return answer if isinstance(answer, (wanted, Fault)) else Fault(code="unusable")

    def walls(self) -> dict[str, bool]:
        """Which walls stand around a child, by name; empty when none can be started."""
        try:
            with self._child() as child:
                return dict(child.walls)
        except ChildError:
            return {}

    def close(self) -> None:
        """End the children, after what they are doing."""
        self._closed = True
        for _ in range(self._children):
            self._places.acquire()
        while self._idle:
            self._idle.pop().end()
        self._places.release(self._children)

    def _ask(
        self,
        content: bytes | Path,
        request: Request,
        limit: int,
        into: BinaryIO | None = None,
        seconds: float | None = None,
    ) -> Answer:
        """Ask a child, and another one if the first is gone: that may not be this file's doing.

        seconds: of wall time, for what takes long.
        """
        turn = self._long if seconds else contextlib.nullcontext()
        most = FILE_BYTES if request.part else sys.maxsize
        with turn, _opened(content, most) as descriptor:
            for _ in range(2):
                try:
                    with self._child() as child:
                        return child.ask(request, descriptor, limit, seconds or self._seconds, into)
                except ChildError as error:
                    if error.code != "gone":
                        raise
        return Fault(code="crashed")

    @contextlib.contextmanager
    def _child(self) -> Iterator[Child]:
        """A child of one's own for a while. It goes back unless it is of no more use."""
        with self._places:
            if self._closed:
                raise Unavailable(say("This desk is closing."))
            child = self._take()
            try:
                yield child
            except BaseException as error:
                _log.warning("A child of the lab was replaced: %s", error)
                child.end()
                raise
            self._idle.append(child)

    def _take(self) -> Child:
        """The idle child that was used last, if it still lives; else a new one."""
        with contextlib.suppress(IndexError):
            while True:
                child = self._idle.pop()
                if child.alive():
                    return child
                child.end()
        return Child(self._command, self._niceness)


def told_in(posts: BinaryIO) -> Iterator[Post | ListedHash | Unread]:
    """What `Sandbox.posts` wrote, as far as an honest lab could have told it."""
    posts.seek(0)
    with contextlib.suppress(TooMuchError, msgspec.MsgspecError, UnicodeDecodeError):
        for body in unpacked(posts, _POST_BYTES):
            told = _posts.decode(body)
            with contextlib.suppress(ImplausibleError):
                check_post(told)
                yield told


@contextlib.contextmanager
def _opened(content: bytes | Path, most: int) -> Iterator[int]:
    """The content as a descriptor to read from. Raises ChildError where that cannot be."""
    try:
        descriptor = _in_memory(content) if isinstance(content, bytes) else descriptor_of(content)
    except OSError as error:
        raise ChildError("not opened") from error
    try:
        if os.fstat(descriptor).st_size > most:
            raise ChildError("too large")
        yield descriptor
    finally:
        os.close(descriptor)


def _in_memory(content: bytes) -> int:
    with unnamed() as file:
        file.write(content)
        file.flush()
        return os.dup(file.fileno())


def _encodable(text: str) -> str:
    """A name as bytes can carry it: file systems hand out lone surrogates."""
    return text[:_NAME_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def _failed(code: str) -> Examination:
    """What is said when there is no examination. An unknown code says the least."""
    sentences: dict[str, Sentence] = {
        "slow": say("Reading this file took too long and was stopped."),
        "crashed": say("The decoder broke down on this file."),
        "memory": say("Reading this file needs more memory than it is allowed."),
        "unusable": say("What the decoder answered about this file could not be used."),
        "too large": say(
            "This file is larger than {limit} and was not examined.",
            limit=ByteSize(count=FILE_BYTES),
        ),
        "not opened": say("This file could not be opened."),
        "not started": say("The lab could not be started, so this file was not examined."),
    }
    finding = Finding(
        check="sandbox",
        pillar=Pillar.PROVENANCE,
        outcome=Outcome.FAILED,
        summary=sentences.get(code, say("This file could not be examined.")),
        caution=say(
            "A file that cannot be read may be damaged, unusual or made to do harm. "
            "That says nothing about what it shows."
        ),
    )
    return Examination(
        lab_version=LAB_VERSION,
        media_type="application/octet-stream",
        findings=(finding,),
    )
