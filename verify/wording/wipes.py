"""What is said of a wipe: what it does not reach, and what takes back packs that left."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import (
    CalendarDate,
    LeftFile,
    LeftKind,
    Sentence,
    Value,
    Wiped,
    Withdrawal,
    listed,
    say,
    say_many,
)


def remains(wiped: Wiped) -> Iterator[Sentence]:
    """What a wipe does not reach."""
    if wiped.posts:
        yield say_many(
            "{count} post of it stays: other imports brought it too ({imports}).",
            "{count} posts of it stay: other imports brought them too ({imports}).",
            wiped.posts,
            imports=listed(wiped.imports),
        )
    if wiped.shared:
        yield say_many(
            "{count} original stays: another case or import holds it too.",
            "{count} originals stay: other cases or imports hold them too.",
            len(wiped.shared),
        )
    for sha256 in wiped.left:
        yield say(
            "The disk did not let go of the original {sha256}. The next start of the desk tries"
            " again.",
            sha256=sha256,
        )
    if not wiped.compacted:
        yield say(
            "The freed pages of the database are overwritten, but it is not rewritten "
            "yet. The desk does that when nobody is working, or at its next start; it "
            "needs room on the disk for it."
        )
    if wiped.telegram:
        yield say_many(
            "{count} message about it stays in Telegram's chats and servers: delete it there.",
            "{count} messages about it stay in Telegram's chats and servers: delete them there.",
            wiped.telegram,
        )
    if wiped.exports:
        yield say_many(
            "It was exported, or a report of it made, {count} time: that file still holds it.",
            "It was exported, or a report of it made, {count} times: those files still hold it.",
            wiped.exports,
        )
    yield from map(_file, wiped.files)
    for one in wiped.packs:
        yield pack(one)
        yield _withdrawal(one)
    if wiped.copies:
        yield say_many(
            "A copy for others was handed out {count} time: it still exists.",
            "Copies for others were handed out {count} times: they still exist.",
            wiped.copies,
        )
    for case_id in wiped.emptied:
        yield say(
            "Case {number} holds no file any more; what people wrote in it stays, until it is wiped"
            " too.",
            number=case_id,
        )
    yield say("Backups made before still hold it: replace them by a new one.")
    yield say(
        "The disk itself may keep what was deleted, above all an SSD, until it writes over it:"
        " only an encrypted disk is safe from that."
    )
    yield say("Notes in other cases may speak of it; the custody record keeps its digests.")


def pack(one: Withdrawal) -> Sentence:
    """A pack that left with it."""
    return say(
        "Fingerprints of it left on {day} in pack {number}, “{name}”, for {keys}.",
        day=CalendarDate(one.on.isoformat()),
        number=one.number,
        name=one.name,
        keys=", ".join(one.recipients),
    )


def _withdrawal(one: Withdrawal) -> Sentence:
    if not one.file:
        return say("Nothing calls that pack back; what takes it back could not be written yet.")
    return say(
        "Nothing calls that pack back. Hand on {file}: it takes back what was in it of case"
        " {number}, wherever it is added.",
        file=one.file,
        number=one.case,
    )


def _file(one: LeftFile) -> Sentence:
    values: dict[str, Value] = {
        "day": CalendarDate(one.on.isoformat()),
        "profile": one.profile or "inside",
    }
    match one.kind:
        case LeftKind.BAG:
            return say("A bag of {day}, with what {profile} has.", **values)
        case LeftKind.REPORT:
            return say("A report of {day}, with what {profile} has.", **values)
        case LeftKind.EXPORT:
            return say("An export of {day}, with what {profile} has.", **values)
