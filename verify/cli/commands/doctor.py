"""`verify-desk doctor`: what is wrong, which walls stand, what reads text, how matches fared."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from verify.cli.arguments import json_option
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, sentence, tell
from verify.cli.statuses import DONE, LEFT
from verify.config import read_config
from verify.records import listed, say, say_many

if TYPE_CHECKING:
    from verify.trust import TrustFile

_LANDLOCK_SIGNALS = 6


@click.command()
@json_option
def command(as_json: bool) -> int:
    """Say what is wrong with the desk, which walls stand, and what people said of matches.

    Says too whether Tesseract is there to read the text in pictures, in which languages, and which
    lists of trusted certificates there are.

    Changes nothing, but to bring the desk of an earlier version up to date; may be run beside a
    desk that is being served.
    """
    from verify.store.keeping.health import troubles
    from verify.store.localchat.looking import unnoted
    from verify.trust import trust_files, unused
    from verify.wording.hub import troubles as hub_troubles

    with desk_to_read() as (desk, person):
        wrong = list(troubles(read_config().home))
        if desk.archive.damaged():
            wrong.append(
                say("The saved index of local features is damaged: the desk makes it again.")
            )
        wrong += unused(read_config().home)
        wrong += hub_troubles(desk.hub.status(person))
        trusted = list(trust_files(read_config().home))
        walls = desk.sandbox.walls()
        judged = desk.judging.judgements(person)
        from_before = unnoted(read_config().home)
        reads, around = desk.tesseract.languages(), desk.tesseract.walls()
    if as_json:
        json_line(
            {
                "troubles": [sentence(one) for one in wrong],
                "walls": walls,
                "text": {"languages": reads, "walls": around},
                "trust": [
                    {
                        "file": one.name,
                        "certificates": one.certificates,
                        "changed_at": one.changed_at.isoformat(),
                    }
                    for one in trusted
                ],
                "matches": judged,
                "unnoted_messages": from_before,
            }
        )
    else:
        for one in wrong or [say("Nothing is wrong that a quick look can find.")]:
            tell(one)
        _tell_walls(walls)
        _tell_reading(reads, around)
        _tell_trust(trusted)
        _tell_matches(judged)
        _tell_from_before(from_before)
    return LEFT if wrong else DONE


def _tell_walls(walls: dict[str, bool]) -> None:
    if not walls:
        tell(say("The lab cannot be started: files will be kept, but not examined."))
    from verify.lab.walls import landlock_version

    for name, stands in sorted(walls.items()):
        if stands:
            tell(say("The lab's wall “{name}” stands.", name=name))
        else:
            tell(say("The lab's wall “{name}” does not stand on this system.", name=name))
    if 0 < (version := landlock_version()) < _LANDLOCK_SIGNALS:
        tell(
            say(
                "This kernel's Landlock is version {version}. Signals to other programs and sockets"
                " without a file, which version 6 of Linux 6.12 holds as well, are held by the wall"
                " “system calls” alone.",
                version=version,
            )
        )


def _tell_reading(reads: tuple[str, ...], around: dict[str, bool]) -> None:
    from verify.tesseract import INSTALL, LANGUAGES

    if not reads:
        tell(
            say(
                "Text in pictures is not read: Tesseract or its data is missing. On Debian and "
                "Ubuntu, install it with: {command}",
                command=INSTALL,
            )
        )
        return
    tell(say("Text in pictures is read with Tesseract's data: {names}.", names=listed(reads)))
    if missing := [one for one in LANGUAGES if one not in reads]:
        tell(say("Tesseract lacks the data of: {names}.", names=listed(missing)))
    for name, stands in sorted(around.items()):
        if not stands:
            tell(say("Tesseract's wall “{name}” is missing on this system.", name=name))


def _tell_trust(lists: list[TrustFile]) -> None:
    """Which lists of trusted certificates there are, and how old."""
    for one in lists:
        tell(
            say_many(
                "The trust list {name} holds {count} certificate. Its file was changed on {day},"
                " {days} days ago.",
                "The trust list {name} holds {count} certificates. Its file was changed on {day},"
                " {days} days ago.",
                one.certificates,
                name=one.name,
                day=one.changed_at.date().isoformat(),
                days=(datetime.now(UTC) - one.changed_at).days,
            )
        )
    if not lists:
        tell(
            say(
                "No trust lists lie in the home: whoever signed Content Credentials is unknown, but"
                " for the list that VERIFY_TRUST_LIST may name."
            )
        )


def _tell_from_before(count: int) -> None:
    if count:
        tell(
            say(
                "Answers in the local chat from a version that did not note which cases "
                "they show: {count}. A wipe finds them only by case, match and longer "
                "words.",
                count=count,
            )
        )


def _tell_matches(judged: dict[str, dict[str, int]]) -> None:
    for method, counts in judged.items():
        tell(
            say(
                "Of matches found by {method}, people called {same} the same and {refused} not.",
                method=method,
                same=counts["same"],
                refused=counts["refused"],
            )
        )
    if not judged:
        tell(say("Nobody has judged a match yet."))
