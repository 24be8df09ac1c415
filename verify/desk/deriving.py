"""What is taken out of an exhibit and made one of its own: a part of a file, a film's frame."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import PurePath

from verify.desk.comparing import Comparing
from verify.desk.numbers import standing, unlocked
from verify.desk.receiving import entered
from verify.errors import NotFound, Unavailable
from verify.formats import ending
from verify.lab.wire import Unpacked
from verify.records import (
    DERIVED,
    Origin,
    OriginKind,
    Part,
    Person,
    Receipt,
    Role,
    SentAs,
    Submission,
    film_moment,
    say,
)
from verify.sandbox import Sandbox
from verify.store.care import withheld
from verify.store.casework import submissions
from verify.store.folder.home import Home
from verify.store.folder.vault import Preserved
from verify.store.keeping import custody
from verify.store.pictures import examinations, exhibits
from verify.store.pictures.exhibits import Exhibit
from verify.unnamed import unnamed

_FRAME_SIDE = 4096  # pixels: all of what films are made in


class Deriving:
    """Makes exhibits of parts that the lab told of, and of frames."""

    def __init__(self, home: Home, sandbox: Sandbox, comparing: Comparing) -> None:
        self._vault = home.vault
        self._store = home.store
        self._sandbox = sandbox
        self._comparing = comparing

    def derive(
        self, person: Person, sha256: str, number: int, case_id: int | None = None
    ) -> Receipt:
        """Preserve one part of an exhibit, unchanged, in the case of that exhibit.

        sha256: of the exhibit. number: of the part, from 1, as its examination has them. case_id:
        which of its cases; without, the first that the person may see. The same part again gives
        the same receipt. Raises NotFound, BadInput when the case is locked, Unavailable.
        """
        exhibit, case_id = self.origin(person, sha256, case_id)
        part = self._part(exhibit, number)
        submission = derived_from(
            exhibit,
            f"{part.at} {part.size} {case_id}",
            _named_after(exhibit, f"part-{number}{ending(part.kind)}"),
            f"#{number}",
        )
        return self.keep(
            person,
            exhibit,
            case_id,
            submission,
            lambda: self._taken_out(exhibit, part),
            part=number,
        )

    def frame(self, person: Person, sha256: str, at_ms: int, case_id: int | None = None) -> Receipt:
        """Preserve one frame of a film, as a PNG that is encoded here. at_ms: its time.

        As `derive` in all else.
        """
        exhibit, case_id = self.origin(person, sha256, case_id)
        time = film_moment(at_ms)
        submission = derived_from(
            exhibit,
            f"frame {at_ms} {case_id}",
            _named_after(exhibit, f"at-{time.replace(':', '-')}.png"),
            time,
        )
        return self.keep(
            person, exhibit, case_id, submission, lambda: self._drawn(exhibit, at_ms), at_ms=at_ms
        )

    def keep(
        self,
        person: Person,
        exhibit: Exhibit,
        case_id: int,
        submission: Submission,
        content: Callable[[], bytes],
        *,
        concluded: bool = False,
        **what: int,
    ) -> Receipt:
        """Preserve what was made of an exhibit, once, in its case. content: is made when it is not
        there yet; concluded: whether a locked case takes it too; what: says in the record which it
        is. Raises BadInput when the case is locked."""
        key = (submission.bot_id, submission.chat_id, submission.message_id)
        if done := submissions.receipt(self._store, *key):
            return done
        kept = self._vault.preserve(content())
        with self._store.transaction():
            case_id = self._place(person, case_id, concluded=concluded)
            if done := submissions.receipt(self._store, *key):
                return done
            receipt = submissions.add(self._store, person, submission, kept, case_id)
            self._note(person, exhibit, kept, receipt, what)
        self._comparing.around(receipt.case_id)
        return receipt

    def origin(
        self, person: Person, sha256: str, case_id: int | None, *, concluded: bool = False
    ) -> tuple[Exhibit, int]:
        """The exhibit that something is to be made of, and in which case; as in `derive`.

        concluded: whether that may be a locked one.
        """
        exhibit_id = exhibits.with_bytes(self._store, sha256)
        cases = exhibits.cases_of(self._store, person, exhibit_id) if exhibit_id else []
        if exhibit_id is None or not cases or withheld.is_withheld(self._store, exhibit_id):
            raise NotFound(say("There is no such exhibit."))
        case_id = self._place(person, case_id or cases[0], concluded=concluded)
        return exhibits.known(self._store, exhibit_id, case_id), case_id

    def _place(self, person: Person, case_id: int, *, concluded: bool) -> int:
        if concluded:
            return standing(self._store, person, case_id, Role.REPORTER)
        return unlocked(self._store, person, case_id)

    def _part(self, exhibit: Exhibit, number: int) -> Part:
        latest = examinations.latest(self._store, exhibit.id)
        parts = latest.examination.parts if latest else ()
        if not 0 < number <= len(parts):
            raise NotFound(say("This exhibit has no part {number}.", number=number))
        return parts[number - 1]

    def _taken_out(self, exhibit: Exhibit, part: Part) -> bytes:
        with unnamed() as file:
            if not isinstance(
                self._sandbox.part(self._vault.original(exhibit.sha256), part, file), Unpacked
            ):
                raise Unavailable(say("This part could not be taken out of its file."))
            file.seek(0)
            return file.read()

    def _drawn(self, exhibit: Exhibit, at_ms: int) -> bytes:
        from verify.matching import filmstrip

        shown = self._sandbox.frames(self._vault.original(exhibit.sha256), _FRAME_SIDE, [at_ms])
        if not shown:
            raise Unavailable(say("This frame could not be taken out of its film."))
        [(_, pixels)] = shown
        return filmstrip.png(pixels)

    def _note(
        self,
        person: Person,
        exhibit: Exhibit,
        kept: Preserved,
        receipt: Receipt,
        what: dict[str, int],
    ) -> None:
        custody.append(
            self._store,
            "derived",
            person.id,
            case=receipt.case_id,
            exhibit=kept.sha256,
            origin=exhibit.sha256,
            submission=receipt.submission_id,
            **what,
        )
        entered(self._store, person, kept, receipt)


def _named_after(exhibit: Exhibit, suffix: str) -> str:
    return f"{PurePath(exhibit.submission.filename).stem or exhibit.sha256[:12]}-{suffix}"


def derived_from(exhibit: Exhibit, place: str, filename: str, name: str) -> Submission:
    """What was made of an exhibit, as it arrives. place: where from, which with the digest makes
    its number, so that the same is the same. name: of it within the exhibit."""
    digest = hashlib.sha256(f"{DERIVED} {exhibit.sha256} {place}".encode()).digest()
    return Submission(
        service=DERIVED,
        bot_id=0,
        chat_id=0,
        message_id=int.from_bytes(digest[:8]) >> 1,  # fits SQLite's signed 64 bits
        sent_as=SentAs.IMPORT,
        received_at=datetime.now(UTC),
        filename=filename,
        origin=Origin(kind=OriginKind.EXHIBIT, name=f"{exhibit.sha256} {name}"),
    )
