"""What the command line says of packs: those that are here, and those that left."""

from __future__ import annotations

from datetime import UTC, datetime

from verify.cli.output import json_line, tell
from verify.jobs.kinds.pack import Result
from verify.records import CalendarDate, GivenPack, Pack, Value, say, say_many


def show_added(done: Result, as_json: bool) -> None:
    """A pack that was added, and what it withdrew."""
    if as_json:
        json_line(
            {
                **plain(done.pack),
                "first_of_key": done.first,
                "withdrawn": [one.number for one in done.gone],
                "lessened": [one.number for one in done.less],
            }
        )
        return
    _show_new(done)
    if done.first and done.pack.entries:
        tell(
            say(
                "This is the first pack by the key {key}. Ask {publisher} whether it is theirs:"
                " packs of {publisher} are taken by this key alone from now on.",
                key=done.pack.key,
                publisher=done.pack.publisher,
            ),
            indent=2,
        )
    for one in done.gone:
        tell(
            say("It withdrew pack {number}, “{name}”.", number=one.number, name=one.name), indent=2
        )
    for one in done.less:
        tell(
            say_many(
                "It withdrew a part of pack {number}, “{name}”, which has {count} entry now.",
                "It withdrew a part of pack {number}, “{name}”, which has {count} entries now.",
                one.entries,
                number=one.number,
                name=one.name,
            ),
            indent=2,
        )
    if not (done.pack.entries or done.gone or done.less):
        tell(say("None of what it takes back is here."), indent=2)


def _show_new(done: Result) -> None:
    if done.pack.entries:
        show(done.pack)
    else:
        tell(
            say(
                "“{name}” by {publisher} adds nothing, it takes back.",
                name=done.pack.name,
                publisher=done.pack.publisher,
            )
        )


def show_removed(pack: Pack, as_json: bool) -> None:
    """A pack that is gone."""
    if as_json:
        json_line({**plain(pack), "removed": True})
    else:
        tell(say("Pack {number}, “{name}”, is removed.", number=pack.number, name=pack.name))


def show(pack: Pack) -> None:
    """A pack that is here."""
    values: dict[str, Value] = {
        "number": pack.number,
        "name": pack.name,
        "publisher": pack.publisher,
        "day": CalendarDate(pack.expires_at.date().isoformat()),
    }
    if pack.expires_at <= datetime.now(UTC):
        line = say_many(
            "Pack {number}, “{name}” by {publisher}: {count} entry; it expired on {day} and"
            " counts no more.",
            "Pack {number}, “{name}” by {publisher}: {count} entries; it expired on {day} and"
            " counts no more.",
            pack.entries,
            **values,
        )
    else:
        line = say_many(
            "Pack {number}, “{name}” by {publisher}: {count} entry, until {day}.",
            "Pack {number}, “{name}” by {publisher}: {count} entries, until {day}.",
            pack.entries,
            **values,
        )
    tell(line)
    if pack.unpublished:
        tell(
            say("Not published: {publisher} shared it with desks that it chose.", **values),
            indent=2,
        )


def plain(pack: Pack) -> dict[str, object]:
    """The same, for other programs."""
    return {
        "number": pack.number,
        "name": pack.name,
        "publisher": pack.publisher,
        "key": pack.key,
        "digest": pack.digest,
        "made_at": pack.made_at.isoformat(),
        "expires_at": pack.expires_at.isoformat(),
        "added_at": pack.added_at.isoformat(),
        "entries": pack.entries,
        "unpublished": pack.unpublished,
    }


def show_given(given: GivenPack) -> None:
    """A pack that left."""
    tell(
        say_many(
            "Left on {day}: pack {number}, “{name}”, with {count} entry of these cases: {cases}.",
            "Left on {day}: pack {number}, “{name}”, with {count} entries of these cases: {cases}.",
            given.entries,
            day=CalendarDate(given.given_at.date().isoformat()),
            number=given.number,
            name=given.name,
            cases=_numbers(given.cases),
        )
    )
    for key in given.recipients:
        tell(say("Encrypted to {key}", key=key), indent=2)
    if given.withdrawn:
        tell(say("Taken back of it: cases {numbers}", numbers=_numbers(given.withdrawn)), indent=2)


def plain_given(given: GivenPack) -> dict[str, object]:
    """The same, for other programs."""
    return {
        "given": given.number,
        "name": given.name,
        "digest": given.digest,
        "recipients": list(given.recipients),
        "given_at": given.given_at.isoformat(),
        "expires_at": given.expires_at.isoformat(),
        "entries": given.entries,
        "cases": list(given.cases),
        "taken_back": list(given.withdrawn),
    }


def _numbers(cases: tuple[int, ...]) -> str:
    return ", ".join(map(str, cases))
