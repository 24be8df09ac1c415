"""`verify-desk stamp`: somebody outside says that the custody record exists."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from verify.cli.arguments import existing_file, json_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, sentence, tell
from verify.config import Config, read_config
from verify.errors import BadInput, Unavailable
from verify.jobs.kinds.stamp import Job, Result
from verify.records import Stamp, say
from verify.wording.stamps import existed, unverified

_PATIENCE = 60  # seconds


@click.command()
@click.option(
    "--request",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the request to a new file, and send nothing.",
)
@click.option("--response", type=existing_file, metavar="FILE", help="Take the reply to it in.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(request: Path | None, response: Path | None, yes: bool, as_json: bool) -> None:
    """Have a time-stamp authority say that the custody record existed before a moment.

    It gets a digest of the record, from which nothing can be read. VERIFY_STAMPER is its address
    (RFC 3161); where the desk is offline, --request writes what somebody sends from elsewhere, and
    --response takes in what came back. Whose stamps are trusted is told by trust/timestamps.pem.
    """
    if request and response:
        raise BadInput(say("Give {option} alone.", option="--response"))
    config = read_config()
    if response:
        _take(response.read_bytes(), config, as_json)
    elif request:
        _write(request, as_json)
    else:
        _ask(config, yes=yes, as_json=as_json)


def _write(target: Path, as_json: bool) -> None:
    from verify.store.folder.files import demand_new, write_new

    demand_new(target)
    asked = _asked("")
    write_new(target, asked.request)
    if as_json:
        json_line({"file": str(target), **_told(asked)})
        return
    tell(
        say(
            "Send {file} to an authority, then take its reply in: {command}",
            file=str(target),
            command="verify-desk stamp --response FILE",
        )
    )


def _ask(config: Config, *, yes: bool, as_json: bool) -> None:
    if not config.stamper:
        raise BadInput(
            say(
                "No time-stamp authority is set: name one in {setting}, or write the request with"
                " {option}.",
                setting="VERIFY_STAMPER",
                option="--request FILE",
            )
        )
    if not yes:
        if not sys.stdin.isatty():
            raise BadInput(say("Nothing was sent. If you mean it, add {option}.", option="--yes"))
        tell(
            say(
                "{address} gets a digest of the custody record, and sees your address.",
                address=config.stamper,
            ),
            err=True,
        )
        click.confirm(sentence(say("Send it?")), abort=True, err=True)
    _take(_sent(config, _asked(config.stamper).request), config, as_json)


def _asked(authority: str) -> Stamp:
    found: list[Result] = []
    carry_out("stamp", Job(authority=authority), found.append)
    return found[-1].stamp


def _sent(config: Config, request: bytes) -> bytes:
    """What the authority answers. Raises Unavailable."""
    import httpx

    from verify.store.keeping.rfc3161 import MOST_BYTES

    headers = {"Content-Type": "application/timestamp-query"}
    reply = b""
    try:
        with (
            httpx.Client(proxy=config.proxy, timeout=_PATIENCE) as client,
            client.stream("POST", config.stamper, content=request, headers=headers) as answer,
        ):
            answer.raise_for_status()
            for piece in answer.iter_bytes():
                reply += piece
                if len(reply) > MOST_BYTES:
                    break
    except httpx.HTTPError as error:
        raise Unavailable(
            say("{address} did not answer, or not with a stamp.", address=config.stamper)
        ) from error
    return reply


def _take(reply: bytes, config: Config, as_json: bool) -> None:
    if not reply:
        raise BadInput(say("This is no reply of a time-stamp authority."))
    job = Job(reply=reply, certificates=config.trust.time_stamps)
    carry_out("stamp", job, lambda found: _show(found, as_json))


def _show(found: Result, as_json: bool) -> None:
    stamp = found.stamp
    if as_json:
        json_line({**_told(stamp), "trusted": found.trusted})
        return
    assert stamp.at is not None  # noqa: S101 - the reply has it
    tell(existed(stamp.events, stamp.at))
    if not found.trusted:
        tell(unverified(), indent=2)


def _told(stamp: Stamp) -> dict[str, object]:
    at = stamp.at and stamp.at.isoformat()
    return {"stamp": stamp.id, "events": stamp.events, "head": stamp.head, "at": at}
