"""What stands behind a picture in its file, taken out and made an exhibit of its own."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import PurePath

from verify.desk.comparing import Comparing
from verify.desk.numbers import changing, unlocked
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
    SentAs,
    Submission,
    say,
)
from verify.sandbox import Sandbox
from verify.store.casework import submissions
from verify.store.folder.home import Home
from verify.store.folder.vault import Preserved
from verify.store.keeping import custody
from verify.store.pictures import examinations, exhibits
from verify.store.pictures.exhibits import Exhibit
from verify.unnamed import unnamed


class Deriving:
    """Makes exhibits of the parts that the lab told of."""

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
        exhibit, case_id = self._exhibit(person, sha256, case_id)
        part = self._part(exhibit, number)
        submission = _submission(exhibit, part, number, case_id)
        key = (submission.bot_id, submission.chat_id, submission.message_id)
        if done := submissions.receipt(self._store, *key):
            return done
        kept = self._vault.preserve(self._taken_out(exhibit, part))
        with changing(self._store, person, case_id) as case_id:
            if done := submissions.receipt(self._store, *key):
                return done
            receipt = submissions.add(self._store, person, submission, kept, case_id)
            self._note(person, exhibit, kept, receipt, number)
        self._comparing.around(receipt.case_id)
        return receipt

    def _exhibit(self, person: Person, sha256: str, case_id: int | None) -> tuple[Exhibit, int]:
        exhibit_id = exhibits.with_bytes(self._store, sha256)
        cases = exhibits.cases_of(self._store, person, exhibit_id) if exhibit_id else []
        if exhibit_id is None or not cases:
            raise NotFound(say("There is no such exhibit."))
        case_id = unlocked(self._store, person, case_id or cases[0])
        return exhibits.known(self._store, exhibit_id, case_id), case_id

    def _part(self, exhibit: Exhibit, number: int) -> Part:
        latest = examinations.latest(self._store, exhibit.id)
        parts = latest.examination.parts if latest else ()
        if not 0 < number <= len(parts):
            raise NotFound(say("This exhibit has no part {number}.", number=number))
        return parts[number - 1]

    def _taken_out(self, exhibit: Exhibit, part: Part) -> bytes:
        path = self._vault.path(exhibit.sha256)
        if not self._vault.intact(exhibit.sha256):
            raise Unavailable(
                say("The original of this exhibit is missing or changed: take it from a backup.")
            )
        with unnamed() as file:
            if not isinstance(self._sandbox.part(path, part, file), Unpacked):
                raise Unavailable(say("This part could not be taken out of its file."))
            file.seek(0)
            return file.read()

    def _note(
        self, person: Person, exhibit: Exhibit, kept: Preserved, receipt: Receipt, number: int
    ) -> None:
        custody.append(
            self._store,
            "derived",
            person.id,
            case=receipt.case_id,
            exhibit=kept.sha256,
            origin=exhibit.sha256,
            part=number,
            submission=receipt.submission_id,
        )
        entered(self._store, person, kept, receipt)


def _submission(exhibit: Exhibit, part: Part, number: int, case_id: int) -> Submission:
    """The part as it arrives. Its place and case make its number, so that the same is the same."""
    place = f"{DERIVED} {exhibit.sha256} {part.at} {part.size} {case_id}"
    digest = hashlib.sha256(place.encode()).digest()
    stem = PurePath(exhibit.submission.filename).stem or exhibit.sha256[:12]
    return Submission(
        service=DERIVED,
        bot_id=0,
        chat_id=0,
        message_id=int.from_bytes(digest[:8]) >> 1,  # fits SQLite's signed 64 bits
        sent_as=SentAs.IMPORT,
        received_at=datetime.now(UTC),
        filename=f"{stem}-part-{number}{ending(part.kind)}",
        origin=Origin(kind=OriginKind.EXHIBIT, name=f"{exhibit.sha256} #{number}"),
    )
