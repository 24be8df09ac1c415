"""The use cases of a desk: receive, examine, answer, note, conclude, search.

Library first: chat, the command line and the local page are skins over `Desk`. It is
synchronous and may be called from several threads. Every call takes the acting person;
what it changes carries that person's name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

from verify.records import (
    Answer,
    CaseLine,
    CaseReport,
    Claim,
    Examination,
    ExhibitReport,
    Hit,
    Match,
    Note,
    Person,
    Rating,
    Receipt,
    Reply,
    Submission,
    Verdict,
)


class Desk:
    """One desk on one home. Use as a context manager, or call close()."""

    def __init__(self, home: Path) -> None:
        """Lock the home, migrate the store, start the lab. Raises Unavailable."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def close(self) -> None: ...

    # --- people ---

    def person(self, platform: str, external_id: str, name: str, language: str = "") -> Person:
        """The person of that account, made known or renamed when needed."""

    def admitted(self, platform: str, external_id: str) -> bool:
        """Whether this account has been paired with the desk."""

    def pairing_code(self) -> str:
        """A new one-time code (single use, valid an hour, five attempts) that replaces older ones."""

    def pair(self, platform: str, external_id: str, name: str, code: str) -> bool:
        """Admit the account if the code is right; a wrong one counts against it."""

    # --- the way of one file ---

    def receive(self, person: Person, submission: Submission, content: bytes | Path) -> Receipt:
        """Preserve a file before anything decodes it, and open or join its case.

        A new file opens a case; an album joins one; known bytes add a sighting to the case
        they are in. Repeating a submission changes nothing and gives the same receipt.
        """

    def examine(self, person: Person, exhibit_id: int, *, again: bool = False) -> None:
        """Run the lab on an exhibit, find its matches, compare. Does nothing when that is done,
        unless `again`; examining again adds an examination and overwrites none."""

    def look(self, content: bytes | Path, filename: str) -> tuple[Examination, list[Match]]:
        """Examine and match a file without keeping anything."""

    def edit_caption(
        self, person: Person, bot_id: int, chat_id: int, message_id: int, caption: str
    ) -> Claim | None:
        """An edited caption: a new version of the claim that the message made. None if unchanged
        or the message is not a submission."""

    # --- what people write ---

    def note(self, person: Person, case_id: int, text: str, *, key: str = "") -> Note:
        """Add a note. The same non-empty key adds it once."""

    def undo_note(self, person: Person, note_id: int) -> bool:
        """Take one's own note back; it stays in the record as withdrawn. False if it was already."""

    def claim(
        self,
        person: Person,
        case_id: int,
        text: str,
        *,
        exhibit_id: int | None = None,
        claimant: str = "",
        revises: int | None = None,
        key: str = "",
    ) -> Claim:
        """State what is said about a picture; `revises` names the claim this is a version of.
        Compares the case again."""

    def answer(
        self, person: Person, case_id: int, item: str, reply: Reply, text: str = ""
    ) -> Answer:
        """Answer a checklist item; `settled` and `concern` need a short text (else BadInput)."""

    def conclude(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        rating: Rating,
        reason: str,
        *,
        claim_id: int | None = None,
        key: str = "",
    ) -> Verdict:
        """Record a verdict about one exhibit against one claim. The reason must be written."""

    # --- what people read ---

    def case(self, person: Person, case_id: int) -> CaseReport:
        """The whole case. Raises NotFound."""

    def exhibit(self, person: Person, case_id: int, exhibit_id: int) -> ExhibitReport:
        """One exhibit in its case. Raises NotFound."""

    def cases(self, person: Person, *, offset: int = 0, limit: int = 10) -> list[CaseLine]:
        """The latest cases first."""

    def search(self, person: Person, words: str, *, limit: int = 10) -> list[Hit]:
        """Full text over notes, captions, claims and sources; every word must stand there."""

    def card(self, person: Person, match_id: int, *, colour: bool = False) -> bytes:
        """A JPEG: incoming and earlier picture side by side. Raises NotFound, Unavailable."""
