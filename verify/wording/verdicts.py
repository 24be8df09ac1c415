"""What is said of a verdict: what was concluded, by whom, why, and where that stands."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import Instant, Match, Rating, Sentence, Verdict, VerdictState, say, say_many
from verify.wording.matches import closeness
from verify.wording.terms import word

_MEANINGS = {
    Rating.UNVERIFIED: say("work goes on; nothing is concluded yet"),
    Rating.ORIGINAL: say("unaltered, and shows what the claim says"),
    Rating.DECONTEXTUALISED: say("a real picture of another time, place or event"),
    Rating.EDITED_OR_CROPPED: say("parts were cut away, rearranged or shown misleadingly"),
    Rating.TRANSFORMED: say("something was put in, taken out or changed"),
    Rating.AI_GENERATED: say("made by a generator, wholly or mostly"),
    Rating.STAGED: say("acted or arranged for the camera"),
    Rating.SATIRE: say("meant as satire or parody"),
    Rating.CANNOT_BE_VERIFIED: say("what could be checked was checked; it does not suffice"),
}


def meaning(rating: Rating) -> Sentence:
    """A verdict, and in a line what it says."""
    return say("{rating}: {meaning}", rating=word(rating), meaning=_MEANINGS[rating])


ANOTHER_FILE = say("This is another file: compare both before you rely on that verdict")


def concluded(verdict: Verdict) -> Sentence:
    """What somebody concluded, when and why, in one line."""
    return say(
        "{rating}, by {person}, {when}. Why: {reason}",
        rating=word(verdict.rating),
        person=verdict.by,
        when=Instant(at=verdict.at),
        reason=verdict.reason,
    )


def against(verdict: Verdict) -> Sentence | None:
    """The claim that it speaks of, where it names one."""
    if verdict.claim is None:
        return None
    return say("Against the claim: {claim}", claim=verdict.claim.text)


def why(verdict: Verdict) -> Sentence:
    """The reason that was given."""
    return say("Why: {reason}", reason=verdict.reason)


def reasons(verdict: Verdict) -> Iterator[Sentence]:
    """Who concluded and who confirmed it, when, and why."""
    if verdict.decided_by and verdict.decided_at:
        yield say(
            "By {person}, confirmed by {other}, {when}",
            person=verdict.by,
            other=verdict.decided_by,
            when=Instant(at=verdict.decided_at),
        )
    else:
        yield say("By {person}, {when}", person=verdict.by, when=Instant(at=verdict.at))
    yield why(verdict)
    if rests := rested_on(verdict):
        yield rests


def rested_on(verdict: Verdict) -> Sentence | None:
    """What the desk held and knew when it was concluded; None where that was not kept."""
    if verdict.basis is None:
        return None
    if verdict.basis.first_at is None:
        return say_many(
            "The desk held {count} file then.",
            "The desk held {count} files then.",
            verdict.basis.pictures,
        )
    return say_many(
        "The desk held {count} file then, and knew the picture since {when}.",
        "The desk held {count} files then, and knew the picture since {when}.",
        verdict.basis.pictures,
        when=Instant(at=verdict.basis.first_at),
    )


def state(verdict: Verdict) -> Sentence | None:
    """Who confirmed or returned it, or that it waits; None where nobody had to confirm it."""
    if verdict.state is VerdictState.PROPOSED:
        return say("Proposed; it waits for somebody else to confirm it.")
    if verdict.state is VerdictState.RETURNED:
        return say(
            "Returned by {person}: {remark}", person=verdict.decided_by, remark=verdict.remark
        )
    if verdict.decided_by:
        return say("Confirmed by {person}.", person=verdict.decided_by)
    return None


def of_this_file(verdict: Verdict) -> Sentence:
    """That this very file was concluded about before."""
    return say(
        "Already concluded in case {number}: {rating}",
        number=verdict.case_id,
        rating=word(verdict.rating),
    )


def of_near_copy(verdict: Verdict) -> Sentence:
    """That a picture of which this one is a near copy was concluded about before."""
    return say(
        "A near copy was concluded in case {number}: {rating}",
        number=verdict.case_id,
        rating=word(verdict.rating),
    )


def rests_on(match: Match) -> Iterator[Sentence]:
    """Which step found the near copy, how close it is, and that it is another file."""
    if match.distance is None:
        yield say(
            "The same picture by its local features, which cover all of it, {orientation}.",
            orientation=word(match.orientation),
        )
    else:
        yield say(
            "The same picture by its PDQ fingerprint, {orientation}.",
            orientation=word(match.orientation),
        )
    yield from closeness(match)
    yield ANOTHER_FILE
