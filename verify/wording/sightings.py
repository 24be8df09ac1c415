"""What is said of a sighting: where and when a file appeared, and what came along."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from verify.records import COPY, DERIVED, Instant, Sentence, Sighting, listed, say


def sighting(seen: Sighting) -> Sentence:
    """When and by whom it was posted, as far as that is known, and when this desk received it."""
    received = Instant(at=seen.received_at)
    if seen.service == DERIVED and seen.source.endswith(f" {COPY}"):
        return say(
            "A copy for others of exhibit {exhibit}: made {received} by {person}.",
            exhibit=seen.source.removesuffix(f" {COPY}"),
            received=received,
            person=seen.received_from,
        )
    if seen.service == DERIVED:
        exhibit, _, number = seen.source.rpartition(" #")
        return say(
            "Derived from exhibit {exhibit}, part {number}: taken out {received} by {person}.",
            exhibit=exhibit,
            number=number,
            received=received,
            person=seen.received_from,
        )
    if seen.posted_at:
        return say(
            "Posted {posted} by {source}; received {received} from {person}.",
            posted=Instant(at=seen.posted_at),
            source=seen.source,
            received=received,
            person=seen.received_from,
        )
    if seen.links and seen.source:
        return say(
            "Received {received} from {person}, coming from {source}, together with:",
            received=received,
            person=seen.received_from,
            source=seen.source,
        )
    if seen.links:
        return say(
            "Received {received} from {person}, together with:",
            received=received,
            person=seen.received_from,
        )
    if seen.source:
        return say(
            "Received {received} from {person}, coming from {source}.",
            received=received,
            person=seen.received_from,
            source=seen.source,
        )
    return say(
        "Received {received} from {person}; original source not given.",
        received=received,
        person=seen.received_from,
    )


def accounts(seen: Sighting) -> Sentence | None:
    """The accounts that the picture itself names, if any."""
    if not seen.accounts:
        return None
    return say("Named in the picture: {accounts}", accounts=listed(seen.accounts))


def caption(seen: Sighting, claims: AbstractSet[str]) -> Sentence | None:
    """The words it came with, where they are no claim: as in a case that was locked.

    claims: the words of the case's claims.
    """
    if not seen.caption or seen.caption in claims:
        return None
    return say("Its caption, which is no claim here: {caption}", caption=seen.caption)
