"""`verify-desk hub`: many desks on one PostgreSQL; which of them have seen a picture."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from verify.cli.arguments import json_option, number, one_line
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, sentence, tell
from verify.cli.statuses import DONE, LEFT
from verify.config import hub_address, read_config
from verify.errors import BadInput, NotFound
from verify.jobs.kinds.hub import Job, Result
from verify.records import HubStatus, Sentence, Sharing, say, say_many

_on = click.option(
    "--on",
    "address",
    metavar="ADDRESS",
    help="The database, as its owner reaches it; VERIFY_HUB if none.",
)


@click.group()
def command() -> None:
    """Join many desks by a PostgreSQL, which learns no pictures.

    A hub holds fingerprints, local features, when a desk saw something first, and whom to ask. A
    desk shares per case, after it was shown what would go, and follows what others share into an
    index of its own.
    """


@command.command()
@_on
@json_option
def init(address: str | None, as_json: bool) -> None:
    """Make a hub in an empty database of PostgreSQL 14 or later.

    Made again, it changes nothing but what is missing.
    """
    from verify.hub.connection import opened
    from verify.hub.making import make

    with opened(_address(address)) as hub:
        made = make(hub)
        database = hub.info.dbname
    if as_json:
        json_line({"database": database, "made": made})
    elif made:
        tell(say("The database {name} is a hub now. `hub invite` lets desks in.", name=database))
    else:
        tell(say("The database {name} is a hub already.", name=database))


@command.command()
@click.argument("name", type=one_line)
@_on
@json_option
def invite(name: str, address: str | None, as_json: bool) -> None:
    """Let a desk in under a NAME that all others see, and say what to give it.

    It logs in by a TLS certificate of that name where the server has an authority for them
    (ssl_ca_file), else by a password, which is shown once.
    """
    from verify.hub.connection import opened
    from verify.hub.making import invite as let_in

    with opened(_address(address)) as hub:
        made = let_in(hub, name)
    files = f"&sslcert=…/{name}.crt&sslkey=…/{name}.key" if made.by_certificate else ""
    password = f":{made.password}" if made.password else ""
    url = (
        f"postgresql://{name}{password}@HOST/{made.database}"
        f"?sslmode=verify-full&sslrootcert=…/ca.crt{files}"
    )
    if as_json:
        json_line(
            {
                "desk": name,
                "address": url,
                "by_certificate": made.by_certificate,
                "password": made.password or None,
            }
        )
        return
    tell(say("The desk {name} is invited. It joins with this setting:", name=name))
    tell(f"VERIFY_HUB='{url}'", indent=2)
    if made.by_certificate:
        tell(
            say(
                "It needs a certificate with the common name {name}, signed by the server’s"
                " authority: docs/hub.md has the steps. HOST and … stand for what you know.",
                name=name,
            )
        )
    else:
        tell(
            say(
                "The password is shown once, and a new invitation makes a new one. HOST and … stand"
                " for what you know: docs/hub.md has the steps."
            )
        )


def _address(given: str | None) -> str:
    address = hub_address(given or "") or read_config().hub.address
    if not address:
        raise BadInput(say("Name the database of the hub: --on, or VERIFY_HUB."))
    return address


@command.command()
@click.argument("case", type=number)
@click.option("--yes", is_flag=True, help="Send it without asking.")
@json_option
def share(case: int, yes: bool, as_json: bool) -> int:
    """Show all that would go of a case to the hub and, once that is confirmed, send it.

    Nothing of confidential cases and sealed sources goes. While the hub is away, it waits here.
    """
    seen: list[Result] = []
    carry_out("hub", Job("look", case), seen.append)
    going = seen[0].going
    assert going is not None  # noqa: S101 - as the job has it
    left = _show_going(going, as_json)
    if all(one.shared for one in going.exhibits):
        return DONE if not left else LEFT
    if not yes:
        if not sys.stdin.isatty():
            raise BadInput(say("Nothing was sent. If you mean it, add {option}.", option="--yes"))
        click.confirm(sentence(say("Send this to the hub?")), abort=True, err=True)
    return _done(Job("share", case, going.digest), as_json)


@command.command()
@click.argument("case", type=number)
@json_option
def withdraw(case: int, as_json: bool) -> int:
    """Take back what was shared of a case: every desk that follows the hub lets go of it.

    What somebody wrote down meanwhile nobody can call back.
    """
    return _done(Job("withdraw", case), as_json)


@command.command()
@json_option
def follow(as_json: bool) -> int:
    """Fetch what other desks shared and send what waits, now.

    A desk that is served does so by itself.
    """
    return _done(Job("follow"), as_json)


@command.command()
@json_option
def status(as_json: bool) -> int:
    """Say how it stands with the hub: whether it answers, how far it is followed, what waits."""
    from verify.wording import hub as wording

    config = read_config()
    try:
        with desk_to_read() as (desk, person):
            found, trouble = desk.hub.status(person), desk.hub.reached()
    except NotFound:
        found, trouble = HubStatus(set_up=bool(config.hub.address)), None
    if as_json:
        json_line(_plain(found, trouble))
    else:
        for line in wording.stands(found):
            tell(line)
        if trouble and trouble != found.trouble:
            tell(trouble)
        elif found.set_up and not trouble:
            tell(say("The hub answers."))
        for one in found.shared:
            tell(wording.shared(one), indent=2)
    return LEFT if trouble or found.trouble else DONE


def _show_going(going: Sharing, as_json: bool) -> int:
    """Show it; gives how many exhibits stay."""
    from verify.wording import hub as wording

    if as_json:
        json_line(
            {
                "case": going.case_id,
                "digest": going.digest,
                "exhibits": [
                    {
                        "first_seen": one.first_seen.isoformat(),
                        "fingerprints": [view.pdq.hex() for view in one.entry.views if view.pdq],
                        "local_features": one.keypoints,
                        "bytes": one.size,
                        "rating": one.entry.rating.value if one.entry.rating else None,
                        "ask": one.entry.ask,
                        "shared": one.shared,
                    }
                    for one in going.exhibits
                ],
                "left_out": [sentence(why) for _, why in going.left_out],
            }
        )
    else:
        for first, *rest in wording.would_go(going):
            tell(first)
            for line in rest:
                tell(line, indent=3)
    return len(going.left_out)


def _done(job: Job, as_json: bool) -> int:
    done: list[Result] = []
    carry_out("hub", job, done.append)
    [one] = done
    assert one.status is not None  # noqa: S101 - as the job has it
    if as_json:
        more: dict[str, object] = {"withdrawn": one.withdrawn} if job.do == "withdraw" else {}
        json_line({**_plain(one.status, one.trouble), **more})
    else:
        _say_done(job, one)
    return LEFT if one.trouble else DONE


def _say_done(job: Job, one: Result) -> None:
    from verify.wording import hub as wording

    if job.do == "withdraw":
        tell(
            say_many(
                "{count} exhibit is taken back.", "{count} exhibits are taken back.", one.withdrawn
            )
        )
    assert one.status is not None  # noqa: S101 - as the job has it
    if one.trouble:
        tell(one.trouble, err=True)
        if one.status.waiting:
            tell(say("It waits here, and is sent once the hub answers."), err=True)
        return
    if job.do == "follow":
        for line in wording.stands(one.status):
            tell(line)
    else:
        tell(say("The hub knows of it."))


def _plain(one: HubStatus, trouble: Sentence | None) -> dict[str, object]:
    why = trouble or one.trouble
    return {
        "set_up": one.set_up,
        "desk": one.desk or None,
        "mode": "ask" if one.asks else "follow",
        "followed_at": _moment(one.followed_at),
        "behind": one.behind,
        "held_back": one.held_back,
        "held_since": _moment(one.held_since),
        "entries": one.entries,
        "waiting": one.waiting,
        "shared": [
            {
                "case": each.case_id or None,
                "by": each.by,
                "shared_at": _moment(each.shared_at),
                "sent_at": _moment(each.sent_at),
                "withdrawn_at": _moment(each.withdrawn_at),
                "gone_at": _moment(each.gone_at),
            }
            for each in one.shared
        ],
        "trouble": sentence(why) if why else None,
        "failed_at": _moment(one.failed_at),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
