"""For everybody: what was concluded about which picture, and nothing of how it came."""

from __future__ import annotations

from msgspec.structs import replace

from verify.contacts import without_contacts
from verify.layouts.profiles import Keys
from verify.records import (
    CaseReport,
    Claim,
    Depicted,
    Examination,
    ExhibitReport,
    Gathered,
    Sentence,
    Status,
    Verdict,
    VerdictState,
    say,
)

NAME = say("public")
FOR = say(
    "For everybody: confirmed verdicts with their reasons, the claims they are about, and the"
    " SHA-256 of the pictures."
)
BREADTH = 1
LEFT_OUT: tuple[Sentence, ...] = (
    say("senders, sources, chats and links"),
    say("the members of the desk, their notes and answers"),
    say("the originals, their names and what the files say of themselves"),
    say("the copies made for others"),
    say("positions"),
    say("findings, matches and other cases"),
    say("claims and pictures without a confirmed verdict, and everything said before that"),
    say("the SHA-256 of pictures from sealed sources"),
    say("the custody record"),
)
DEPICTED = Depicted.NONE
EVIDENCE = ORIGINALS = COPIES = CUSTODY = False
KEYS: Keys | None = {
    "exhibits": {
        "exhibit_id": None,
        "sha256": None,
        "examination": {"media_type": None, "width": None, "height": None, "duration": None},
    },
    "claims": {"exhibit_id": None, "text": None, "claimed_at": None, "place": None},
    "verdicts": {
        "exhibit_id": None,
        "rating": None,
        "media_review": None,
        "reason": None,
        "at": None,
        "claim": {"text": None, "claimed_at": None, "place": None},
    },
}


def narrowed(case: CaseReport) -> CaseReport:
    """What was concluded, and about what."""
    verdicts = tuple(
        nameless_verdict(one) for one in case.verdicts if one.state is VerdictState.CONFIRMED
    )
    about = {one.exhibit_id for one in verdicts}
    return CaseReport(
        id=case.id,
        opened_at=case.opened_at,
        opened_by="",
        exhibits=tuple(_exhibit(one) for one in case.exhibits if one.exhibit_id in about),
        claims=tuple({one.claim.id: one.claim for one in verdicts if one.claim}.values()),
        verdicts=verdicts,
    )


def reported(gathered: Gathered) -> Gathered:
    """What was concluded, whether it stands, and at which head of the chain that was read."""
    case = narrowed(gathered.case)
    if gathered.case.status is Status.REOPENED:  # a verdict alone would read as one that stands
        case = replace(case, status=Status.REOPENED)
    return Gathered(case=case, head=gathered.head, claims=tuple((one,) for one in case.claims))


def _exhibit(exhibit: ExhibitReport) -> ExhibitReport:
    seen = exhibit.examination
    return ExhibitReport(
        exhibit_id=exhibit.exhibit_id,
        case_id=exhibit.case_id,
        sha256="" if exhibit.sealed else exhibit.sha256,
        size=0,
        filename="",
        sent_as=exhibit.sent_as,
        received_at=exhibit.received_at,
        examination=seen
        and Examination(
            lab_version=seen.lab_version,
            media_type=seen.media_type,
            width=seen.width,
            height=seen.height,
            seconds=seen.seconds,
        ),
    )


def nameless_verdict(verdict: Verdict) -> Verdict:
    """A verdict as everybody may read it."""
    return Verdict(
        id=verdict.id,
        case_id=verdict.case_id,
        exhibit_id=verdict.exhibit_id,
        rating=verdict.rating,
        reason=without_contacts(verdict.reason),
        by="",
        at=verdict.at,
        claim=verdict.claim and nameless_claim(verdict.claim),
        state=verdict.state,
    )


def nameless_claim(claim: Claim) -> Claim:
    """A claim as everybody may read it."""
    return Claim(
        id=claim.id,
        case_id=claim.case_id,
        version=claim.version,
        text=without_contacts(claim.text),
        claimant="",
        recorded_by="",
        recorded_at=claim.recorded_at,
        exhibit_id=claim.exhibit_id,
        claimed_at=claim.claimed_at,
        place=claim.place,
    )
