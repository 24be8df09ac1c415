"""A file's way into the desk: preserved before anything decodes it, and put into its case."""

from __future__ import annotations

from pathlib import Path

from verify.desk.comparing import Comparing
from verify.desk.numbers import may_write, unlocked
from verify.desk.permissions import require
from verify.desk.sealing import encrypted, masked
from verify.desk.withholding import clear_chat, withheld_by_bytes, withheld_now
from verify.errors import BadInput
from verify.records import Claim, Person, Receipt, Role, SealedSource, Sentence, Submission, say
from verify.store.care import withheld
from verify.store.casework import claims, sealed, sightings, submissions, visibility
from verify.store.casework.sightings import Edited
from verify.store.database.connection import Store
from verify.store.folder.home import Home
from verify.store.folder.vault import Preserved
from verify.store.keeping import custody
from verify.store.pictures import exhibits
from verify.store.search import finding_words


def caption_waits(case_id: int) -> Sentence:
    """What became of a caption that came to a locked case."""
    return say(
        "Case {number} is concluded and locked, so the caption did not become a claim. It is kept"
        " with the file, and can be claimed once the case is reopened.",
        number=case_id,
    )


def entered(store: Store, person: Person, kept: Preserved, receipt: Receipt) -> None:
    """The bytes are in a case: new ones are on record, known ones are found by it as well."""
    if receipt.known:
        finding_words.index(store, receipt.exhibit_id)
    else:
        custody.append(store, "preserved", person.id, case=receipt.case_id, exhibit=kept.sha256)


_ALBUMS = 100


class Receiving:
    """Takes files in, each exactly once, and follows the captions that are edited later."""

    def __init__(self, home: Home, comparing: Comparing) -> None:
        self._home = home
        self._vault = home.vault
        self._store = home.store
        self._comparing = comparing
        self._albums: dict[tuple[int, int, str], int] = {}

    def receive(
        self,
        person: Person,
        submission: Submission,
        content: bytes | Path,
        case_id: int | None = None,
        sealed_from: SealedSource | None = None,
    ) -> Receipt:
        """Preserve a file before anything decodes it, and open or join its case.

        case_id: where it goes; without, a new file opens a case, an album joins one, known bytes
        add a sighting to the case they are in. sealed_from: who brought it, where that is to be
        sealed; then `person` stands in for them, and nothing of the submission is kept but what
        `masked` leaves. Repeating a submission changes nothing and gives
        the same receipt. Raises Unavailable when it cannot be written; then nothing was. Raises
        NotFound, BadInput for a case that is not theirs to change.
        """
        require(person, Role.REPORTER)
        key = (submission.bot_id, submission.chat_id, submission.message_id)
        if done := self._done(person, submission, sealed_from):
            return done
        body = None
        if sealed_from:
            body = encrypted(self._store, sealed_from)
            submission = self._masked(submission, sealed_from.name)
            key = (submission.bot_id, submission.chat_id, submission.message_id)
        kept = self._vault.preserve(content)
        with self._store.transaction():
            if done := submissions.receipt(self._store, *key):
                return done
            if not self._vault.holds(kept.sha256):  # a wipe took it away meanwhile
                kept = self._vault.preserve(content)
            into = None if case_id is None else unlocked(self._store, person, case_id)
            receipt = submissions.add(self._store, person, submission, kept, into)
            if body:
                sealed.keep(self._store, receipt.submission_id, body)
                sealed.note_arrived(self._store, person.id, receipt.submission_id)
            if submission.caption and may_write(self._store, person, receipt.case_id):
                self._claim_caption(person, submission, receipt)
            custody.append(
                self._store,
                "received",
                person.id,
                case=receipt.case_id,
                exhibit=kept.sha256,
                submission=receipt.submission_id,
            )
            entered(self._store, person, kept, receipt)
            if withheld_by_bytes(self._store, self._vault.path(kept.sha256), kept.sha256):
                withheld_now(self._store, person.id, receipt.exhibit_id)
            self._comparing.changed(receipt.case_id)
        if withheld.is_withheld(self._store, receipt.exhibit_id):
            clear_chat(self._home, receipt.exhibit_id)
        if receipt.known:
            self._comparing.settle(receipt.case_id)
        return receipt

    def original(self, sha256: str) -> Path:
        """Where an original lies. Raises Unavailable when it is missing or changed."""
        return self._vault.original(sha256)

    def _done(
        self, person: Person, submission: Submission, sealed_from: SealedSource | None
    ) -> Receipt | None:
        """What was done for this message before a kill."""
        if sealed_from:
            known = sealed.arrived(self._store, person.id)
            return submissions.receipt_of(self._store, known) if known else None
        key = (submission.bot_id, submission.chat_id, submission.message_id)
        return submissions.receipt(self._store, *key)

    def _masked(self, submission: Submission, sender: str) -> Submission:
        """As it is kept of a sealed source. Which album is which is known in memory alone."""
        if not submission.album:
            return masked(submission, sender)
        where = (submission.bot_id, submission.chat_id, submission.album)
        while len(self._albums) > _ALBUMS:
            self._albums.pop(next(iter(self._albums)))
        chat_id = self._albums.setdefault(where, sealed.random_number())
        return masked(submission, sender, album=str(chat_id), chat_id=chat_id)

    def _claim_caption(self, person: Person, submission: Submission, receipt: Receipt) -> None:
        claims.add(
            self._store,
            person,
            receipt.case_id,
            submission.caption,
            claimant=submission.origin.name if submission.origin else "",
            # an album's caption speaks of all its pictures
            exhibit_id=None if submission.album else receipt.exhibit_id,
            submission_id=receipt.submission_id,
        )

    def album_began(self, person: Person, submission: Submission) -> int:
        """The number of the first message of the album that a submission belongs to."""
        require(person, Role.REPORTER)
        return submissions.first_of_album(self._store, submission)

    def case_of_message(
        self, person: Person, bot_id: int, chat_id: int, message_id: int
    ) -> int | None:
        """The case that a message brought a file to; None for other messages."""
        require(person, Role.VIEWER)
        receipt = submissions.receipt(self._store, bot_id, chat_id, message_id)
        return receipt.case_id if receipt else None

    def edit_caption(
        self,
        person: Person,
        bot_id: int,
        chat_id: int,
        message_id: int,
        caption: str,
        links: tuple[str, ...] = (),
        key: str = "",
    ) -> Claim | None:
        """An edited caption: a new version of the claim that the message made.

        Gives it; the claim as it stays if the caption was taken away. None if nothing changed or
        the message is not a submission. The same non-empty key gives the same again. Raises
        BadInput when the case is locked: the sighting keeps the words.
        """
        require(person, Role.REPORTER)
        if key and (done := claims.with_key(self._store, key)):
            return done
        claim = None
        with self._store.transaction():
            edited = sightings.change_caption(
                self._store, bot_id, chat_id, message_id, caption, links
            )
            if edited is None:
                return None
            former = claims.of_submission(self._store, edited.submission_id)
            fresh = bool(caption) and not (former and former.text == caption)
            if fresh and may_write(self._store, person, edited.case_id):
                claim = self._claim_edited(person, edited, caption, former, key)
            self._comparing.changed(edited.case_id)
        self._comparing.settle(edited.case_id)
        if claim:
            return claims.claim(self._store, claim.id)
        if not visibility.sees(self._store, person, edited.case_id):
            return None
        if fresh:
            raise BadInput(caption_waits(edited.case_id))
        return former if edited.former_caption and not caption else None

    def _claim_edited(
        self, person: Person, edited: Edited, caption: str, former: Claim | None, key: str
    ) -> Claim | None:
        claim = claims.add(
            self._store,
            person,
            edited.case_id,
            caption,
            exhibit_id=None if edited.in_album else edited.exhibit_id,
            submission_id=edited.submission_id,
            revises=former.id if former else None,
            key=key,
        )
        if claim:
            custody.append(
                self._store,
                "claimed",
                person.id,
                case=claim.case_id,
                claim=claim.id,
                text=custody.digest(caption),
                **exhibits.named(self._store, claim.exhibit_id),
            )
        return claim
