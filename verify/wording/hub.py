"""What is said of a hub: what would go there, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import (
    ByteSize,
    HubShared,
    HubStatus,
    Instant,
    Sentence,
    Sharing,
    ToShare,
    Value,
    ViewKind,
    say,
    say_many,
)
from verify.wording.terms import word

_VIEWS = {
    ViewKind.WHOLE: say("the whole picture"),
    ViewKind.INNER: say("the inner picture"),
    ViewKind.INSET: say("a picture within it"),
    ViewKind.PREVIEW: say("a preview"),
    ViewKind.FRAME: say("a frame"),
}
_OTHER = say("another view of it")

GIVES_AWAY = say(
    "No picture goes, no words, no source and no SHA-256. But a fingerprint can be turned back into"
    " a rough picture, and all desks of the hub may keep it."
)


def would_go(one: Sharing) -> Iterator[tuple[Sentence, ...]]:
    """All that would leave: of the case, then of each exhibit, then what stays."""
    going = sum(not exhibit.shared for exhibit in one.exhibits)
    yield (
        say_many(
            "Of case {number} this would go to the hub: {count} exhibit.",
            "Of case {number} this would go to the hub: {count} exhibits.",
            going,
            number=one.case_id,
        ),
    )
    for number, exhibit in enumerate(one.exhibits, start=1):
        yield tuple(_exhibit(number, exhibit))
    for number, (_, why) in enumerate(one.left_out, start=len(one.exhibits) + 1):
        yield (say("{number}. stays here: {why}", number=number, why=why),)
    yield (GIVES_AWAY,)


def _exhibit(number: int, one: ToShare) -> Iterator[Sentence]:
    values: dict[str, Value] = {
        "number": number,
        "at": Instant(one.first_seen),
        "size": ByteSize(one.size),
    }
    if one.shared:
        yield say("{number}. first seen {at}: the hub has it already", **values)
        return
    yield say("{number}. first seen {at}, {size} in all", **values)
    for view in one.entry.views:
        if view.pdq:
            name = _VIEWS.get(view.kind, _OTHER)
            yield say("Fingerprint of {view}: {hash}", view=name, hash=view.pdq.hex())
    yield say_many("{count} local feature", "{count} local features", one.keypoints)
    if one.entry.rating:
        yield say("Published: {rating}", rating=word(one.entry.rating))
    else:
        yield say("No category: nothing of it is published.")
    yield say("Others ask: {whom}", whom=one.entry.ask)


def stands(one: HubStatus) -> Iterator[Sentence]:
    """How it stands with the hub."""
    if not one.set_up:
        yield say("No hub is set up: VERIFY_HUB names one, as `hub invite` shows it.")
    elif not one.desk:
        yield say("The hub was not reached yet.")
    else:
        yield say("Joined as {desk}.", desk=one.desk)
    if one.asks:
        yield say("The hub is asked by the hashes of each picture, and so learns them.")
    if one.followed_at:
        yield _followed(one)
    yield say_many(
        "{count} picture or film of other desks is known here.",
        "{count} pictures and films of other desks are known here.",
        one.entries,
    )
    yield from troubles(one)
    there = [each for each in one.shared if each.sent_at and not each.withdrawn_at]
    gone = [each for each in one.shared if each.withdrawn_at]
    yield say_many(
        "{count} of this desk is shared there, {gone} taken back.",
        "{count} of this desk are shared there, {gone} taken back.",
        len(there),
        gone=len(gone),
    )
    if one.waiting:
        yield say_many("{count} waits to be sent.", "{count} wait to be sent.", one.waiting)


def _followed(one: HubStatus) -> Sentence:
    assert one.followed_at  # noqa: S101 - asked for by who calls
    if not one.behind:
        return say("All was followed at {at}.", at=Instant(one.followed_at))
    return say_many(
        "Followed at {at}, {count} entry behind.",
        "Followed at {at}, {count} entries behind.",
        one.behind,
        at=Instant(one.followed_at),
    )


def troubles(one: HubStatus) -> Iterator[Sentence]:
    """What is wrong between desk and hub."""
    if one.trouble and one.failed_at:
        yield say("{what} So since {at}.", what=one.trouble, at=Instant(one.failed_at))
    if one.held_back and one.held_since:
        yield say_many(
            "{count} entry cannot be followed yet: since {at} the hub waits for a desk that"
            " writes.",
            "{count} entries cannot be followed yet: since {at} the hub waits for a desk that"
            " writes.",
            one.held_back,
            at=Instant(one.held_since),
        )


def shared(one: HubShared) -> Sentence:
    """One thing that this desk shared."""
    values: dict[str, Value] = {"number": one.case_id, "by": one.by, "at": Instant(one.shared_at)}
    if not one.case_id and one.gone_at:
        return say("What is wiped here: shared by {by} at {at}, taken back", **values)
    if not one.case_id:
        return say("What is wiped here: shared by {by} at {at}, to be taken back", **values)
    if one.gone_at:
        return say("Case {number}: shared by {by} at {at}, taken back", **values)
    if one.withdrawn_at:
        return say("Case {number}: shared by {by} at {at}, to be taken back", **values)
    if one.sent_at:
        return say("Case {number}: shared by {by} at {at}", **values)
    return say("Case {number}: shared by {by} at {at}, waits to be sent", **values)
