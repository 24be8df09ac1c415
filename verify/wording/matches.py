"""What is said of a match: how the pictures lie, how close, since when, claimed as what."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import (
    CaseReport,
    Chance,
    Claim,
    Corners,
    ExhibitReport,
    Finding,
    FirstSeen,
    Instant,
    Match,
    Outcome,
    Sentence,
    area,
    say,
    say_many,
)
from verify.wording.terms import word

_RARE, _RAREST = 0.1, 1e-12
_NEARLY_ALL = 0.85  # of a picture's area


def seen(match: Match) -> Sentence:
    """That it was seen before, and how it lies against the earlier picture."""
    if match.method == "sha256":
        return say("The very same file was seen before.")
    if _part(match.region):
        return say(
            "A part of this picture was seen before, {orientation}.",
            orientation=word(match.orientation),
        )
    if _part(match.earlier_region):
        return say(
            "This picture was seen before as part of a larger one, {orientation}.",
            orientation=word(match.orientation),
        )
    return say("This picture was seen before, {orientation}.", orientation=word(match.orientation))


def whole(match: Match) -> bool:
    """Whether each of the two pictures shows about all of the other."""
    return not _part(match.region) and not _part(match.earlier_region)


def _part(region: Corners | None) -> bool:
    """Whether a region leaves out much of its picture."""
    return region is not None and area(region) < _NEARLY_ALL


def closeness(match: Match) -> Iterator[Sentence]:
    """Which step found it and how far the two pictures are from each other."""
    if match.method == "sha256":
        return
    if match.distance is None:
        yield say("Found by its details: the fingerprints of the whole pictures differ.")
    else:
        if match.method == "pdq-inner":
            yield say("Found by the fingerprint of the picture inside its bars or frame.")
        yield say_many(
            "{count} of the fingerprint's 256 bits differs.",
            "{count} of the fingerprint's 256 bits differ.",
            match.distance,
        )
    if match.proof:
        yield say(
            "{points} points lie alike, and {share} % of the compared area looks alike.",
            points=match.proof.inliers,
            share=round(match.proof.agreement * 100),
        )


def first_seen(seen: FirstSeen) -> Sentence:
    """When and from whom: by the post's time or by receipt, saying which."""
    when = Instant(at=seen.at)
    if seen.by_link:
        return say(
            "Earliest sighting that this desk knows: posted on {platform} {when}, by the number"
            " in a link that came with it.",
            platform=seen.platform,
            when=when,
        )
    if seen.posted and seen.source:
        return say(
            "Earliest sighting that this desk knows: posted {when} by {source}.",
            when=when,
            source=seen.source,
        )
    if seen.posted:
        return say(
            "Earliest sighting that this desk knows: posted {when}, by whom is not stated.",
            when=when,
        )
    if seen.source:
        return say(
            "Earliest sighting that this desk knows: received here {when}, coming from {source}.",
            when=when,
            source=seen.source,
        )
    return say(
        "Earliest sighting that this desk knows: received here {when} from {person}; where it"
        " stood before is not stated.",
        when=when,
        person=seen.received_from,
    )


def where(match: Match, report: CaseReport) -> Sentence:
    """The case of the earlier picture, which may be the one that is open."""
    if match.earlier_case_id == report.id:
        return say("It is in this case too.")
    return say("It is in case {number}.", number=match.earlier_case_id)


def concluded(match: Match) -> list[Sentence]:
    """What was concluded about the earlier picture, where its case still stands."""
    if match.earlier_verdict is None:
        return []
    return [
        say(
            "Concluded about it in case {number}: {rating}.",
            number=match.earlier_verdict.case_id,
            rating=word(match.earlier_verdict.rating),
        )
    ]


def claims(match: Match, report: CaseReport) -> list[Sentence]:
    """Today's claim above the earlier one where they differ; else the one there is."""
    own = [claim for claim in report.claims if claim.exhibit_id in (None, match.exhibit_id)]
    today, earlier = (own[-1] if own else None), match.earlier_claim
    if earlier is None:
        return []
    if today is None or today.text == earlier.text:
        return [_claimed(earlier, say("Claimed then"))]
    return [_claimed(today, say("Claimed now")), _claimed(earlier, say("Claimed then"))]


def _claimed(claim: Claim, when: Sentence) -> Sentence:
    if claim.claimant:
        return say(
            "{when}, by {claimant}: {claim}", when=when, claimant=claim.claimant, claim=claim.text
        )
    return say("{when}, claimant not stated: {claim}", when=when, claim=claim.text)


def chance(chance: Chance) -> Sentence:
    """How many matches this close chance alone would give; small numbers as one in so many."""
    expected = float(f"{chance.expected:.2g}")
    if expected > _RARE:
        if chance.bound:
            return say(
                "In an archive of this size, chance alone would give fewer than {number} matches"
                " this close.",
                number=expected,
            )
        return say(
            "In an archive of this size, chance alone would give about {number} matches"
            " this close.",
            number=expected,
        )
    archives = round(float(f"{1 / max(expected, _RAREST):.2g}"))
    if chance.bound:
        return say_many(
            "Chance alone would give fewer than one match this close in {count} archive of this"
            " size.",
            "Chance alone would give fewer than one match this close in {count} archives of this"
            " size.",
            archives,
        )
    return say_many(
        "Chance alone would give about one match this close in {count} archive of this size.",
        "Chance alone would give about one match this close in {count} archives of this size.",
        archives,
    )


def brief(match: Match) -> Sentence:
    """All of it in one line: in which case, how it lies, since when."""
    return say(
        "In case {number}, {orientation}. {first_seen}",
        orientation=word(match.orientation),
        number=match.earlier_case_id,
        first_seen=first_seen(match.first_seen),
    )


def again(match: Match) -> Sentence:
    """Where what came later shows it, as a sentence of its own."""
    return say(
        "It was seen again later in case {number}, {orientation}.",
        number=match.case_id,
        orientation=word(match.orientation),
    )


def again_in_brief(match: Match) -> Sentence:
    """The same under a heading that says it."""
    return say(
        "In case {number}, {orientation}.",
        number=match.case_id,
        orientation=word(match.orientation),
    )


def none_found(exhibit: ExhibitReport) -> Sentence:
    """What no match means, and what it does not."""
    if exhibit.examination is None:
        return say("This exhibit has not been examined yet.")
    if any(_hinders_search(finding) for finding in exhibit.findings):
        return say("It could not be compared with the pictures in this desk's archive.")
    return say(
        "Nothing like it is in this desk's archive. That does not show that it is new:"
        " it may stand elsewhere."
    )


def _hinders_search(finding: Finding) -> bool:
    """Whether the picture did not decode, or has too little detail to be looked for."""
    if finding.check == "quality":
        return "earliest" in finding.items
    return finding.outcome is Outcome.FAILED and finding.check in ("decoding", "sandbox")
