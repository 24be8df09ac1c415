"""For who checks together with the desk: what was seen and found, without people and devices."""

from __future__ import annotations

from msgspec.structs import replace

from verify.layouts.profiles import Keys
from verify.layouts.profiles.public import nameless_claim, nameless_verdict
from verify.records import (
    Answer,
    Appearances,
    CampaignReport,
    CaseReport,
    ChecklistItem,
    Claim,
    Depicted,
    Examination,
    ExhibitReport,
    Finding,
    FirstSeen,
    Gathered,
    Gps,
    KeptPost,
    Match,
    Metadata,
    Post,
    Sentence,
    Sharer,
    Sighting,
    Verdict,
    say,
)

GRID_DEGREES = 0.1
"""Positions are those of the corner of a grid this wide, about 11 km from south to north."""

NAME = say("partner")
FOR = say(
    "For a newsroom that checks it with you: claims, findings, matches and verdicts, without"
    " people, chats and devices."
)
BREADTH = 2
LEFT_OUT: tuple[Sentence, ...] = (
    say("senders, sources, chats and links"),
    say("the members of the desk and their notes"),
    say("device ids, makers of cameras, and findings that may name either"),
    say("the originals and their names, because they hold all of that"),
    say("exact positions: they stand on a grid of {degrees} degrees", degrees=GRID_DEGREES),
    say("what was claimed and concluded in other cases"),
    say("the custody record, because it names people"),
)
DEPICTED = Depicted.UNSEALED
EVIDENCE = True
ORIGINALS = CUSTODY = False
COPIES = True

_LEFT = "…"

# Whose findings neither quote names nor tell devices or places. A new check stays in until it
# is named here.
_TOLD = frozenset(
    (
        "bars",
        "capture_against_claim",
        "capture_against_posting",
        "capture_against_received",
        "captured",
        "file_dates_against_claim",
        "film_dates",
        "film_lengths",
        "first_seen_against_claim",
        "generator",
        "inset",
        "quality",
        "rephotograph",
        "satellites",
        "seams",
        "size",
        "thumbnail",
        "times",
        "transparency",
    )
)
_FINDING: Keys = {
    "check": None,
    "pillar": None,
    "outcome": None,
    "summary": None,
    "detail": None,
}
_CLAIM: Keys = dict.fromkeys(
    (
        "id",
        "version",
        "exhibit_id",
        "text",
        "claimed_at",
        "counted_from",
        "place",
        "latitude",
        "longitude",
        "date_stated",
        "place_stated",
    )
)
_MATCH: Keys = dict.fromkeys(
    (
        "id",
        "sha256",
        "method",
        "distance",
        "orientation",
        "view",
        "earlier_view",
        "region",
        "earlier_region",
        "scale",
        "inliers",
        "agreement",
        "expected_by_chance",
        "chance_is_bound",
        "first_seen",
        "shown",
    )
)
KEYS: Keys | None = {
    "id": None,
    "opened_at": None,
    "status": None,
    "exhibits": {
        **dict.fromkeys(("exhibit_id", "sha256", "size", "sent_as", "received_at")),
        "examination": {
            **dict.fromkeys(("media_type", "width", "height", "duration")),
            **dict.fromkeys(("fingerprints", "views", "dates", "thumbnail", "trailing")),
            "metadata": dict.fromkeys(("captured_at", "captured_zone", "satellites_at", "gps")),
            "findings": _FINDING,
        },
        "findings": _FINDING,
        "matches": _MATCH,
        "later": _MATCH,
        "alike": _MATCH,
    },
    "sightings": dict.fromkeys(("exhibit_id", "received_at", "posted_at")),
    "claims": _CLAIM,
    "checklist": {
        **dict.fromkeys(("id", "pillar", "question")),
        "answer": dict.fromkeys(("reply", "at")),
    },
    "verdicts": {
        **dict.fromkeys(("id", "exhibit_id", "rating", "media_review", "reason", "at", "state")),
        "claim": _CLAIM,
    },
}


def narrowed(case: CaseReport) -> CaseReport:
    """The case without people, chats and devices."""
    return CaseReport(
        id=case.id,
        opened_at=case.opened_at,
        opened_by="",
        status=case.status,
        exhibits=tuple(map(_exhibit, case.exhibits)),
        sightings=tuple(map(_sighting, case.sightings)),
        claims=tuple(map(_claim, case.claims)),
        checklist=tuple(map(_item, case.checklist)),
        verdicts=tuple(map(_verdict, case.verdicts)),
    )


def reported(gathered: Gathered) -> Gathered:
    """The same of what a report is made of; of posts when they stood on which network."""
    shown = gathered.case.exhibits
    matched = {match.sha256 for one in shown for match in (*one.matches, *one.later, *one.alike)}
    told = matched | {one.sha256 for one in shown}
    return Gathered(
        case=narrowed(gathered.case),
        head=gathered.head,
        claims=tuple(tuple(map(_claim, versions)) for versions in gathered.claims),
        seen={number: _appearances(found, told) for number, found in gathered.seen.items()},
        pictures=gathered.pictures,
        cards=gathered.cards,
        campaign=gathered.campaign and _campaign(gathered.campaign, told),
    )


def _campaign(report: CampaignReport, told: set[str]) -> CampaignReport:
    """What coincides, with numbers for accounts and without what they wrote and what they wrote it
    with. told: as in `_post`."""
    return CampaignReport(
        asked=report.asked,
        told=report.told,
        sharers={
            account: Sharer(id=account, network=one.network, key=str(place), name="", handle="")
            for place, (account, one) in enumerate(_in_order(report), start=1)
        },
        objects={
            number: replace(
                one,
                text=_LEFT if one.text else "",
                exhibits=tuple(digest for digest in one.exhibits if digest in told),
            )
            for number, one in report.objects.items()
        },
        clients=dict.fromkeys(report.clients, _LEFT),
        appearances=report.appearances,
        undated=report.undated,
    )


def _in_order(report: CampaignReport) -> list[tuple[int, Sharer]]:
    """The accounts as pictures number them: those of groups first."""
    first = dict.fromkeys(one for group in report.told.groups for one in group.accounts)
    return [
        (number, report.sharers[number])
        for number in dict.fromkeys((*first, *report.sharers))
        if number in report.sharers
    ]


def _appearances(found: Appearances, told: set[str]) -> Appearances:
    return replace(found, posts=tuple(_post(one, told) for one in found.posts))


def _post(one: KeptPost, told: set[str]) -> KeptPost:
    """account_id: to count accounts by, as none is named. told: the digests that may be told: a
    post may have pictures of other cases too."""
    return KeptPost(
        id=one.id,
        post=Post(network=one.post.network, at=one.post.at, resolution_s=one.post.resolution_s),
        account_id=one.account_id or -one.id,
        earliest=one.earliest,
        latest=one.latest,
        missing=one.missing,
        exhibits=tuple(digest for digest in one.exhibits if digest in told),
    )


def _exhibit(exhibit: ExhibitReport) -> ExhibitReport:
    return ExhibitReport(
        exhibit_id=exhibit.exhibit_id,
        case_id=exhibit.case_id,
        sha256=exhibit.sha256,
        size=exhibit.size,
        filename="",
        sent_as=exhibit.sent_as,
        received_at=exhibit.received_at,
        examination=exhibit.examination and _examination(exhibit.examination),
        matches=tuple(map(_match, exhibit.matches)),
        later=tuple(map(_match, exhibit.later)),
        alike=tuple(map(_match, exhibit.alike)),
        listened=exhibit.listened,
        silent=exhibit.silent,
        findings=_findings(exhibit.findings),
        sealed=exhibit.sealed,
    )


def _examination(seen: Examination) -> Examination:
    said, at = seen.metadata, seen.metadata.gps
    return Examination(
        lab_version=seen.lab_version,
        media_type=seen.media_type,
        width=seen.width,
        height=seen.height,
        seconds=seen.seconds,
        views=seen.views,
        metadata=Metadata(
            captured_at=said.captured_at,
            captured_zone=said.captured_zone,
            satellites_at=said.satellites_at,
            gps=at and Gps(latitude=_on_grid(at.latitude), longitude=_on_grid(at.longitude)),
        ),
        dates=seen.dates,
        thumbnail=seen.thumbnail,
        trailing=seen.trailing,
        findings=_findings(seen.findings),
    )


def _findings(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(
        replace(one, raw="")
        for one in found
        if one.check in _TOLD and "model" not in one.summary.values
    )


def _match(match: Match) -> Match:
    return replace(
        match,
        earlier_claim=None,
        earlier_verdict=None,
        first_seen=FirstSeen(at=match.first_seen.at, posted=match.first_seen.posted),
    )


def _sighting(seen: Sighting) -> Sighting:
    return Sighting(
        id=seen.id,
        exhibit_id=seen.exhibit_id,
        case_id=seen.case_id,
        service="",
        received_at=seen.received_at,
        received_from="",
        posted_at=seen.posted_at,
    )


def _claim(claim: Claim) -> Claim:
    return replace(
        nameless_claim(claim),
        latitude=claim.latitude and _on_grid(claim.latitude),
        longitude=claim.longitude and _on_grid(claim.longitude),
        date_stated=claim.date_stated,
        place_stated=claim.place_stated,
        counted_from=claim.counted_from,
    )


def _item(item: ChecklistItem) -> ChecklistItem:
    said = item.answer
    answer = said and Answer(
        item=said.item, reply=said.reply, text="", by="", at=said.at, proposed=said.proposed
    )
    return replace(item, answer=answer, findings=())


def _verdict(verdict: Verdict) -> Verdict:
    return replace(nameless_verdict(verdict), claim=verdict.claim and _claim(verdict.claim))


def _on_grid(degrees: float) -> float:
    """The nearest corner of the grid."""
    return round(round(degrees / GRID_DEGREES) * GRID_DEGREES, 1)
