"""What is said first of an exhibit: seen before or not, what contradicts, what is noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verify.records import (
    CaseReport,
    CredentialState,
    ExhibitReport,
    Finding,
    Instant,
    Match,
    Outcome,
    Pillar,
    Record,
    Sentence,
    Sighting,
    Status,
    say,
)
from verify.wording import sounds
from verify.wording.cases import still_open
from verify.wording.compared import so_far
from verify.wording.covers import withheld
from verify.wording.findings import examined, kept, shorter
from verify.wording.matches import (
    comparable,
    concluded,
    earliest_first,
    first,
    first_itself,
    first_known,
    held,
    looks_alike,
    near_copy,
    none_found,
    said_then,
    seen,
    seen_later,
    since,
)
from verify.wording.verdicts import ANOTHER_FILE, of_near_copy, of_this_file, why

_MOST_NOTED = 3
_SEVERAL = 2  # flags, each in few words
_ELSEWHERE = frozenset(("checked_elsewhere", "looked_at_elsewhere", "seen_by_another_desk"))
_TOLD_BY = {"capture_against_claim": "captured", "place_against_claim": "place"}

# Notes for who looks closer: how the file is made, what its readings mean, what fits them.
_CLOSER = frozenset(
    (
        "account_new_here",
        "capture_against_posting",
        "capture_against_received",
        "clock_against_place",
        "device",
        "earlier_claim_against_claim",
        "encoder",
        "letters",
        "maker_note",
        "position",
        "quality",
        "satellites",
        "size",
        "sun",
        "text",
        "thumbnail",
        "times",
        "zone_against_claim",
    )
)
_MOST_WANTED = (Pillar.SOURCE, Pillar.DATE, Pillar.LOCATION, Pillar.MOTIVATION, Pillar.PROVENANCE)


class Glance(Record, frozen=True):
    """An exhibit at a glance: a head of three lines, then a line for each thing noted.

    seen: the first line, in parts: what was concluded about it, whether it was seen before, where,
    when first, what was said then. against: the second: what is flagged, then what could not be
    checked. left: the third: what is left to do; None where the first line says how it ended.
    others: how many further matches there are. noted: what matters first, then what the file lacks.
    """

    seen: tuple[Sentence, ...]
    against: tuple[Sentence, ...] = ()
    left: Sentence | None = None
    others: int = 0
    noted: tuple[Sentence, ...] = ()


def glance(report: CaseReport, exhibit: ExhibitReport) -> Glance:
    """What is said first of one exhibit."""
    if exhibit.withheld:
        return Glance((withheld(),), left=still_open(report))
    if exhibit.examination is None:
        return Glance((say("It is being examined."),), left=still_open(report))
    against = _against(exhibit)
    much = much_against(exhibit)
    told = any(verdict.case_id == report.id for verdict in exhibit.concluded)
    return Glance(
        seen=(*_seen(report, exhibit),),
        against=tuple(shorter(one) if much else one.summary for one in against),
        left=None if told and report.status is Status.CONCLUDED else still_open(report),
        others=max(0, len(exhibit.matches) - 1),
        noted=(
            *_again(report, exhibit),
            *_alike_beside(exhibit),
            *_concluded_about_others(report, exhibit),
            *sounds.told(exhibit),
            *_noted(exhibit, against),
        ),
    )


def much_against(exhibit: ExhibitReport) -> bool:
    """Whether so much contradicts that each thing is said in few words."""
    return len(_against(exhibit)) >= _SEVERAL


def _against(exhibit: ExhibitReport) -> list[Finding]:
    flagged = [one for one in exhibit.findings if one.outcome is Outcome.FLAGGED]
    return flagged + [one for one in exhibit.findings if one.outcome is Outcome.FAILED]


def _concluded(report: CaseReport, exhibit: ExhibitReport) -> dict[int, tuple[Sentence, ...]]:
    """By case, the latest verdict on this very file, else on one of which it is a near copy:
    all of the earlier picture and nothing beside it."""
    told: dict[int, tuple[Sentence, ...]] = {}
    for verdict in exhibit.concluded:
        here = verdict.case_id == report.id
        title = still_open(report) if here else None
        told.setdefault(verdict.case_id, (title or of_this_file(verdict), why(verdict)))
    for match in earliest_first(exhibit.matches):
        near = match.earlier_verdict if match.method != "sha256" else None
        if near and near_copy(match):
            told.setdefault(near.case_id, (of_near_copy(near), why(near), ANOTHER_FILE))
    return told


def _seen(report: CaseReport, exhibit: ExhibitReport) -> Iterator[Sentence]:
    """What was concluded, where and when it was first seen, and what was said then; or that it was
    not seen before."""
    concluded = _concluded(report, exhibit)
    matches, times = earliest_first(exhibit.matches), _came_again(report, exhibit)
    before = _stood_before(report, exhibit, matches)
    for sentences in concluded.values():
        yield from sentences
    if matches:
        if matches[0].earlier_case_id not in concluded:
            yield seen(matches[0])
        much = concluded or much_against(exhibit)
        told = first(matches[0]) if much else first_known(matches[0])
        then = matches[0].earlier_claim
        said = [said_then(then)] if then else []
        # a first that stood in yet another case goes last: what was said is of the one seen
        here = first_itself(matches[0]) and not before
        yield from (told, *said) if here else (*said, before or told)
    elif before:
        yield before
    elif times:
        yield times
    for name in exhibit.ask:
        if name:
            yield say("Seen in a case that you cannot open; ask {person}.", person=name)
        else:
            yield say("Seen in a case that is closed here.")
    if not examined(exhibit):
        yield kept(exhibit)
    elif exhibit.alike and not matches:
        yield from map(looks_alike, exhibit.alike)
    elif not (matches or before or times or exhibit.ask or concluded):
        yield none_found(exhibit)
    if comparable(exhibit) and (matches or not (times or exhibit.ask or concluded)):
        yield from so_far(exhibit.compared)


def _stood_before(
    report: CaseReport, exhibit: ExhibitReport, matches: Sequence[Match]
) -> Sentence | None:
    """Which copy stood first, where it is none that came before this file: the file itself, or
    one that came later."""
    known = exhibit.first_known
    if known is None or (matches and known.at >= matches[0].first_seen.at):
        return None
    if known.case_id == report.id:
        return say("Earliest in this case: {since}", since=since(known)) if matches else None
    return say(
        "A copy that came later stood earlier: {since} ({place})",
        since=since(known),
        place=held(known.case_id),
    )


def _came_again(report: CaseReport, exhibit: ExhibitReport) -> Sentence | None:
    """How often this very file came to this case, where it did more than once."""
    here = [one for one in report.sightings if one.exhibit_id == exhibit.exhibit_id]
    if len(here) <= 1:
        return None
    return say(
        "This very file came to this case {number} times, first {since}",
        number=len(here),
        since=_came(min(here, key=lambda one: one.posted_at or one.received_at)),
    )


def _came(sighting: Sighting) -> Sentence:
    """As `since`, of a sighting."""
    if sighting.posted_at:
        return say(
            "posted {when} by {source}", when=Instant(at=sighting.posted_at), source=sighting.source
        )
    when = Instant(at=sighting.received_at)
    return say("received {when} from {person}", when=when, person=sighting.received_from)


def _again(report: CaseReport, exhibit: ExhibitReport) -> Iterator[Sentence]:
    """Where else it came, which the first line does not say."""
    if exhibit.matches and (times := _came_again(report, exhibit)):
        yield times
    if any(match.case_id != report.id for match in exhibit.later):
        yield seen_later(exhibit)


def _concluded_about_others(report: CaseReport, exhibit: ExhibitReport) -> Iterator[Sentence]:
    """What was concluded about a picture that this one shows with something else, or in part."""
    told = _concluded(report, exhibit)
    others = [
        match
        for match in earliest_first(exhibit.matches)
        if match.earlier_verdict and match.earlier_verdict.case_id not in told
    ]
    for match in others[:1]:
        yield from concluded(match)


def _alike_beside(exhibit: ExhibitReport) -> Iterator[Sentence]:
    """What looks alike beside what was found."""
    if exhibit.matches:
        yield from map(looks_alike, exhibit.alike)


def _noted(exhibit: ExhibitReport, against: Sequence[Finding]) -> Iterator[Sentence]:
    """The fewer, the more there is against it; without what a flag says already."""
    told = {_TOLD_BY[one.check] for one in against if one.check in _TOLD_BY}
    elsewhere = [one for one in exhibit.findings if one.check in _ELSEWHERE]
    for one in elsewhere[:_MOST_NOTED]:
        yield one.summary
    told.update(_ELSEWHERE)
    notes = [
        one
        for one in exhibit.findings
        if one.outcome is Outcome.NOTED and one.check not in _CLOSER | told and not _format(one)
    ]
    rank = {pillar: place for place, pillar in enumerate(_MOST_WANTED)}
    notes.sort(key=lambda one: rank.get(one.pillar, len(rank)))
    for one in notes[: max(0, _MOST_NOTED - len(against))]:
        yield brief(one)
    if lacks := absent(exhibit):
        yield lacks


def _format(finding: Finding) -> bool:
    """Whether it only says of which format the file is, which stands beside its size."""
    return finding.check == "kind" and finding.read_from == "first bytes"


def brief(finding: Finding) -> Sentence:
    """A finding's sentence, shorter where it tells what a file says of its making."""
    told = finding.summary.values
    match finding.summary.template:
        case "The file names the camera {camera}." | (
            "The file names the camera {camera} with the lens {lens}."
        ):
            return say("Camera, says the file: {camera}", camera=told["camera"])
        case "The file says it was captured at {time}.":
            return say("Taken, says the file: {time}", time=told["time"])
        case (
            "The file gives the coordinates {coordinates}, about {distance} km from {place} "
            "({country}). Time zone there: {zone}."
        ):
            if told["distance"] == 0:
                return say(
                    "Place, says the file: {coordinates}, in or near {place}",
                    coordinates=told["coordinates"],
                    place=told["place"],
                )
            return say(
                "Place, says the file: {coordinates}, {distance} km from {place}",
                coordinates=told["coordinates"],
                distance=told["distance"],
                place=told["place"],
            )
    return finding.summary


def lacking(exhibit: ExhibitReport) -> dict[str, Sentence]:
    """What the file does not name, by the check that looked for it. What is there and was not
    understood does not lack."""
    lab = exhibit.examination
    if lab is None or not examined(exhibit):
        return {}
    told = {one.check for one in exhibit.findings if one.outcome is not Outcome.INCONCLUSIVE}
    unread = {one.check for one in exhibit.findings if one.raw}
    open_ended = {one.check for one in exhibit.findings if one.outcome is Outcome.INCONCLUSIVE}
    open_ended -= unread
    lacks: dict[str, Sentence] = {}
    if "camera" in open_ended:
        lacks["camera"] = say("camera")
    if "captured" in open_ended and not told & {"captured", "times"}:
        lacks["captured"] = say("time")
    if "place" in open_ended and "position" not in told:
        lacks["place"] = say("place")
    if lab.credentials and lab.credentials.state is CredentialState.NONE:
        lacks["credentials"] = say("credentials")
    return lacks


def absent(exhibit: ExhibitReport) -> Sentence | None:
    """All that the file does not name, in one line."""
    match [*lacking(exhibit).values()]:
        case [one]:
            return say("No {one} in the file.", one=one)
        case [one, two]:
            return say("No {one} or {two} in the file.", one=one, two=two)
        case [one, two, three]:
            return say("No {one}, {two} or {three} in the file.", one=one, two=two, three=three)
        case [one, two, three, four]:
            return say(
                "No {one}, {two}, {three} or {four} in the file.",
                one=one,
                two=two,
                three=three,
                four=four,
            )
    return None
