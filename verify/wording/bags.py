"""What is said of a bag of another desk: its origin, what was checked, what that desk says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from verify.records import (
    CalendarDate,
    CaseReport,
    FromBag,
    Instant,
    Rating,
    Sentence,
    TheirKind,
    TheirWords,
    Value,
    listed,
    say,
    say_many,
)
from verify.wording.cases import about
from verify.wording.terms import word

TITLE = say("From another desk")
THEIR_WORDS = say("What that desk says, not verified here")
_FAULTS = (
    say(
        "The original {digest} is not of this case, or no event says that it was preserved.",
        digest="",
    ),
    say("The original {digest} is missing.", digest=""),
    say("The last event does not name those before it: one is missing, or not from here."),
    say("The last event counts other originals than there are."),
    say("Event {number} is not in the record that {file} stamps.", number="", file=""),
    say("Event {number} does not fit.", number=""),
    say("bag-info.txt names another event as the last one."),
    say("bagit.txt is not that of BagIt 1.0."),
    say("Something is not written as in a bag of a desk ({kind}).", kind=""),
    say("A file cannot be read."),
    say("{file} has a line that is none: {line}", file="", line=""),
    say("{file} is listed twice, or in the wrong list.", file=""),
    say("{file} is in no list: it was added.", file=""),
    say("{file} is a link or no file: nothing here follows it.", file=""),
    say("{file} is not the file that its name says.", file=""),
    say("{file} is not in the folder of the bag.", file=""),
    say("{file} is in the archive twice.", file=""),
    say("{file} unpacks to more than it may.", file=""),
    say("{file} was changed.", file=""),
    say("{file} is missing.", file=""),
)


def refused(faults: tuple[str, ...]) -> Sentence:
    """That a bag does not fit, and why. faults: in the words of `check_bag.py`, of which there is
    one at least."""
    return say(
        "This bag does not fit, so nothing of it was taken in. {reason}", reason=fault(faults[0])
    )


def fault(told: str) -> Sentence:
    """What `check_bag.py` says, as a sentence; what it does not say, as the least of them."""
    for one in _FAULTS:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(one.template))
        if found := re.fullmatch(pattern, told, re.DOTALL):
            return replace(one, values=found.groupdict())
    return say("Something in it is not as in a bag of a desk.")


def came(bag: FromBag) -> Sentence:
    """Where it is from, on one line."""
    return made_there(bag.their_case, bag.made_on, bag.profile)


def made_there(case: int, made_on: str, profile: str) -> Sentence:
    """The same, as a bag says. case: its number there. made_on: a day, or ""."""
    return say(
        "From another desk: case {number} there, in a bag of {date} ({profile}).",
        number=case,
        date=CalendarDate(at=made_on) if made_on else "?",
        profile=profile,
    )


def checked(bag: FromBag) -> Iterator[Sentence]:
    """What was checked of it here, and what was not."""
    yield say(
        "Taken in {at} by {person}, as import {number}.",
        at=Instant(at=bag.at),
        person=bag.by,
        number=bag.number,
    )
    yield say(
        "Checked here: no file of the bag was changed, added or taken away since it was made."
        " Digest: {digest}",
        digest=bag.digest,
    )
    if bag.head:
        yield say(
            "Checked here: its custody record fits, and ends with the event {head}.", head=bag.head
        )
    yield signature(bag)
    if bag.stamps:
        yield say_many(
            "{count} time stamp came along. When it was made is not verified here.",
            "{count} time stamps came along. When they were made is not verified here.",
            bag.stamps,
        )


def signature(bag: FromBag) -> Sentence:
    """Who signed it, as far as this desk can tell."""
    if bag.key_known:
        return say(
            "Signed by a key that this desk knows. Its fingerprint: {fingerprint}",
            fingerprint=bag.signed_by or "?",
        )
    if bag.signed_by:
        return say(
            "It names the key {fingerprint}, which this desk does not know: who signed it is not"
            " verified here.",
            fingerprint=bag.signed_by,
        )
    return say("Not signed: which desk made it is not verified here.")


def theirs(case: CaseReport, bag: FromBag) -> Iterator[Sentence]:
    """What the other desk says, each with the exhibit that it is about."""
    numbers = {one.sha256: one.exhibit_id for one in case.exhibits}
    for one in bag.words:
        yield about(case, numbers.get(one.exhibit), _said(one))


def _said(one: TheirWords) -> Sentence:
    by: Value = one.by or say("an unnamed person")
    at: Value = Instant(at=one.at) if one.at else say("at an unknown time")
    if one.kind is TheirKind.VERDICT:
        known = one.rating in {*Rating}
        return say(
            "As another desk concluded, by {person}, {at}: {rating}. Why: {reason}",
            person=by,
            at=at,
            rating=word(Rating(one.rating)) if known else one.rating,
            reason=one.text,
        )
    if one.kind is TheirKind.CLAIM:
        return say("Claimed there, by {person}, {at}: {text}", person=by, at=at, text=one.text)
    if one.kind is TheirKind.NOTE:
        return say("Noted there, by {person}, {at}: {text}", person=by, at=at, text=one.text)
    if one.kind is TheirKind.POST:
        return say("A post in their archive: {text}", text=one.text)
    where: Value = listed((one.text, *one.links)) if one.links else one.text
    return say("Seen there, from {person}, {at}: {where}", person=by, at=at, where=where)


def left_out(count: int) -> Sentence:
    """How much more that desk says than stands here."""
    return say_many(
        "{count} more thing that desk says is not listed.",
        "{count} more things that desk says are not listed.",
        count,
    )


def brought(bag: FromBag) -> Iterator[Sentence]:
    """What came of taking one in."""
    yield say("A bag of another desk, import {number}.", number=bag.number)
    yield came(bag)
    yield from checked(bag)
    count = len(bag.words)
    if count:
        yield say_many(
            "{count} thing that desk says stands with case {case}, as its words.",
            "{count} things that desk says stand with case {case}, as its words.",
            count,
            case=bag.case_id,
        )
