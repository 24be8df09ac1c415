"""What is said first of an exhibit: seen before or not, what contradicts, what is noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verify.records import (
    CaseReport,
    CredentialState,
    ExhibitReport,
    Finding,
    Instant,
    Outcome,
    Pillar,
    Record,
    Sentence,
    Sighting,
    say,
    say_many,
)
from verify.wording.findings import examined, kept
from verify.wording.matches import (
    claims,
    earliest_first,
    first_known,
    none_found,
    seen,
    seen_later,
    whole,
)
from verify.wording.verdicts import ANOTHER_FILE, of_near_copy, of_this_file, why

_MOST_NOTED = 3

# Notes for who looks closer: how the file is made, what its readings mean, what fits them.
_CLOSER = frozenset(
    (
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
    """An exhibit at a glance, a line each.

    concluded: earlier verdicts on it, which go before all else, each with its lines. against: what
    is flagged, then what could not be checked. noted: what matters first, then what the file lacks.
    """

    concluded: tuple[tuple[Sentence, ...], ...]
    seen: tuple[Sentence, ...]
    against: tuple[Sentence, ...]
    noted: tuple[Sentence, ...]


def glance(report: CaseReport, exhibit: ExhibitReport) -> Glance:
    """What is said first of one exhibit."""
    if exhibit.examination is None:
        waiting = say("It is being examined.")
        return Glance((), (waiting,), (), ())
    before = [*_seen(report, exhibit)] if examined(exhibit) else [kept(exhibit)]
    against = [one for one in exhibit.findings if one.outcome is Outcome.FLAGGED]
    against += [one for one in exhibit.findings if one.outcome is Outcome.FAILED]
    return Glance(
        concluded=(*_concluded(exhibit),),
        seen=tuple(before),
        against=tuple(one.summary for one in against),
        noted=(*_noted(exhibit),),
    )


def _concluded(exhibit: ExhibitReport) -> Iterator[tuple[Sentence, ...]]:
    """The latest verdict of each other case on this very file, else on one of which it is a near
    copy: all of the earlier picture and nothing beside it."""
    told: set[int] = set()
    for verdict in exhibit.concluded:
        if verdict.case_id not in told:
            told.add(verdict.case_id)
            yield of_this_file(verdict), why(verdict)
    for match in earliest_first(exhibit.matches):
        near = match.earlier_verdict if match.method != "sha256" else None
        if near and whole(match) and near.case_id not in told:
            told.add(near.case_id)
            yield of_near_copy(near), why(near), ANOTHER_FILE


def _seen(report: CaseReport, exhibit: ExhibitReport) -> Iterator[Sentence]:
    """Where and when it was first seen, and what was said then; or that it was not."""
    here = [one for one in report.sightings if one.exhibit_id == exhibit.exhibit_id]
    matches = earliest_first(exhibit.matches)
    if matches:
        yield seen(matches[0])
        yield first_known(matches[0])
        yield from claims(matches[0], report)
        if more := len(matches) - 1:
            yield say_many(
                "{count} more match: see Matches.", "{count} more matches: see Matches.", more
            )
    if len(here) > 1:
        yield say(
            "This very file came to this case {number} times, first {since}.",
            number=len(here),
            since=_came(min(here, key=lambda one: one.posted_at or one.received_at)),
        )
    for name in exhibit.ask:
        if name:
            yield say("Seen in a case that you cannot open; ask {person}.", person=name)
        else:
            yield say("Seen in a case that is closed here.")
    if not matches and len(here) <= 1 and not exhibit.ask:
        yield none_found(exhibit)
    if exhibit.later:
        yield seen_later(exhibit)


def _came(sighting: Sighting) -> Sentence:
    """As `since`, of a sighting."""
    if sighting.posted_at:
        return say(
            "posted {when} by {source}", when=Instant(at=sighting.posted_at), source=sighting.source
        )
    when = Instant(at=sighting.received_at)
    return say("received {when} from {person}", when=when, person=sighting.received_from)


def _noted(exhibit: ExhibitReport) -> Iterator[Sentence]:
    notes = [
        one
        for one in exhibit.findings
        if one.outcome is Outcome.NOTED and one.check not in _CLOSER and not _format(one)
    ]
    rank = {pillar: place for place, pillar in enumerate(_MOST_WANTED)}
    notes.sort(key=lambda one: rank.get(one.pillar, len(rank)))
    for one in notes[:_MOST_NOTED]:
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
    things = [*lacking(exhibit).values()]
    return say("No {things} in the file.", things=_either(things)) if things else None


def _either(things: Sequence[Sentence]) -> Sentence:
    one, *others = things
    if not others:
        return one
    if len(others) == 1:
        return say("{one} or {other}", one=one, other=others[0])
    return say("{one}, {others}", one=one, others=_either(others))
