"""A case and its exhibits as their readers see them."""

from __future__ import annotations

from datetime import datetime

from verify.records.bags import FromBag
from verify.records.care import Cover
from verify.records.cases import Note, Priority, Status
from verify.records.checklist import ChecklistItem
from verify.records.claims import Claim
from verify.records.consent import Consent
from verify.records.emblems import EmblemSeen
from verify.records.examination import Examination
from verify.records.films import Film
from verify.records.findings import Finding
from verify.records.keeping import Keep
from verify.records.matches import FirstSeen, Match
from verify.records.record import Record
from verify.records.sounds import Heard
from verify.records.submissions import SentAs, Sighting
from verify.records.verdicts import Verdict


class ExhibitReport(Record, frozen=True):
    """All that is known about one exhibit in one case, matches first.

    matches: what came earlier; later: what came after it and shows it. alike: what came earlier and
    looks alike where the two overlap, which is too little for a match.

    examination is None while the lab has not come back. ask: who can tell about the cases
    that this reader may not open and in which this picture was seen. concluded: verdicts
    about the same bytes in concluded cases, latest first. film: None where it is no film, or was
    not looked at from end to end yet. heard: what shares its sound, earlier and later. listened:
    whether it has a sound, None where that was not listened to. silent: whether nothing is in it.
    sealed: whether it came from a sealed source at least once.
    cover: why it is shown in steps, as far as this reader may know; empty where it is not.
    withheld: whether it is in nothing that is derived, found or handed out.
    emblems: that people marked and that stand in it; that makes no two pictures the same.
    compared: of how many of a hundred exhibits, among those that this reader may see, it is known
    what is alike, while an import is being compared; None for all.
    first_known: since when it or a copy of it is known, whichever came here first.
    """

    exhibit_id: int
    case_id: int
    sha256: str
    size: int
    filename: str
    sent_as: SentAs
    received_at: datetime
    examination: Examination | None = None
    examination_id: int | None = None
    matches: tuple[Match, ...] = ()
    later: tuple[Match, ...] = ()
    alike: tuple[Match, ...] = ()
    heard: tuple[Heard, ...] = ()
    listened: bool | None = None
    silent: bool = False
    findings: tuple[Finding, ...] = ()
    ask: tuple[str, ...] = ()
    concluded: tuple[Verdict, ...] = ()
    film: Film | None = None
    sealed: bool = False
    cover: Cover = Cover()
    withheld: bool = False
    emblems: tuple[EmblemSeen, ...] = ()
    compared: int | None = None
    first_known: FirstSeen | None = None

    @property
    def sounds(self) -> bool:
        """Whether there may be a sound that people can hear."""
        kind = self.examination.media_type if self.examination else ""
        return (
            kind.startswith(("video/", "audio/"))
            and self.listened is not False
            and (not self.silent)
        )


class CaseReport(Record, frozen=True):
    """A case as its readers see it. bags: of other desks, by which exhibits came."""

    id: int
    opened_at: datetime
    opened_by: str
    exhibits: tuple[ExhibitReport, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    status: Status = Status.OPEN
    priority: Priority = Priority.NORMAL
    assignee: str = ""
    due_at: datetime | None = None
    tags: tuple[str, ...] = ()
    confidential: bool = False
    members: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()
    related: tuple[int, ...] = ()
    consents: tuple[Consent, ...] = ()
    keep: Keep = Keep()
    bags: tuple[FromBag, ...] = ()

    @property
    def unanswered(self) -> tuple[ChecklistItem, ...]:
        """The starred items that nobody answered: named before a verdict is signed."""
        return tuple(item for item in self.checklist if item.starred and item.answer is None)
