"""`verify-desk audit`: whether the desk still is what its custody record says."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from verify.cli.arguments import json_option
from verify.cli.output import json_line, tell
from verify.cli.progress import brought_up_to_date
from verify.cli.statuses import DONE, LEFT
from verify.config import read_config
from verify.records import say, say_many
from verify.wording.stamps import existed, unverified

if TYPE_CHECKING:
    from verify.store.keeping.audit import Stamped


@click.command()
@json_option
def command(as_json: bool) -> int:
    """Follow the custody chain, read every original, and name what does not fit."""
    from verify.store.folder.home import Home
    from verify.store.keeping.audit import audit
    from verify.store.keeping.health import lost_cases

    config = read_config()
    with brought_up_to_date() as progress:
        home = Home(config.home, reading=True, progress=progress)
    try:
        found = audit(home, config.trust.time_stamps)
    finally:
        home.close()
    if as_json:
        json_line(asdict(found) | {"whole": found.whole})
        return DONE if found.whole else LEFT
    tell(
        say_many(
            "{count} custody event was checked.",
            "{count} custody events were checked.",
            found.events,
        )
    )
    tell(say_many("{count} original was read.", "{count} originals were read.", found.originals))
    tell(say("The last event's hash is {hash}.", hash=found.head))
    if found.first_break is not None:
        tell(
            say(
                "Custody event {number} does not fit the one before: something was changed "
                "there or removed.",
                number=found.first_break,
            )
        )
    for name in found.unrecorded:
        tell(say("No custody event says that {sha256} was preserved.", sha256=name))
    for name in found.damaged:
        tell(say("The original {sha256} is missing or changed.", sha256=name))
    for trouble in lost_cases(found.circles, found.astray):
        tell(trouble)
    for stamp in found.stamps:
        _tell_stamp(stamp)
    if found.whole:
        tell(say("Everything fits."))
    return DONE if found.whole else LEFT


def _tell_stamp(stamp: Stamped) -> None:
    number = stamp.stamp
    if not stamp.fits:
        tell(say("Time stamp {number} does not fit what it stamps.", number=number))
        return
    tell(existed(stamp.events, datetime.fromisoformat(stamp.at)))
    if not stamp.trusted:
        tell(unverified(), indent=2)
