"""`verify-desk export`: one case in a file that is readable without this program."""

from __future__ import annotations

import os
from pathlib import Path

import click

from verify.cli.arguments import (
    demand_outside,
    json_option,
    key_file,
    number,
    recipients_option,
)
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, sentence, tell
from verify.errors import BadInput
from verify.jobs.kinds import bag
from verify.jobs.kinds.export import Job, Result
from verify.jobs.place import Place
from verify.records import say, say_many


@click.command()
@click.argument("case", type=number)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A new file, with all by which others can check it.",
)
@recipients_option
@click.option("--sign", type=key_file, help="Sign the bag by the key in this file.")
@click.option("--passphrase", type=key_file, help="A file or pipe that holds the passphrase.")
@click.option("--profile", metavar="NAME", default="", help="Whom it is for, as said above.")
@json_option
def command(
    case: int,
    file: Path | None,
    output: Path | None,
    recipients: tuple[str, ...],
    sign: Path | None,
    passphrase: Path | None,
    profile: str,
    as_json: bool,
) -> None:
    """Write one case to a new ZIP file: report, table, originals, custody record.

    A profile says for whom it is: public has confirmed verdicts with their reasons, the claims and
    the SHA-256 of the pictures; partner has claims, findings, matches and verdicts without people,
    chats and devices; inside has everything. Each file names its profile and what was left out.

    With -o the file is a bag, which checks itself where there is nothing but Python; public is
    meant where no profile is named. Without -o it is as in earlier versions.
    """
    if (file is None) is (output is None):
        raise BadInput(say("Name one new file: {option}.", option="-o FILE"))
    if profile:
        _demand(profile)
    if target := file or output:
        demand_outside(target)
    if output is not None:
        place = Place.of(output.parent)
        key = _key(sign, passphrase)
        packed = bag.Job(case, place, os.fsencode(output.name), recipients, profile, key)
        carry_out("bag", packed, lambda made: _show_bag(made, output, bool(recipients), as_json))
        return
    if sign:
        raise BadInput(say("Only a bag is signed: give {option} too.", option="-o"))
    assert file is not None  # noqa: S101 - one of the two
    job = Job(case, Place.of(file.parent), os.fsencode(file.name), recipients, profile)
    carry_out("export", job, lambda written: _show(written, file, bool(recipients), as_json))
    if not profile:
        tell(
            say(
                "This export names no profile, so it has everything, as {inside} does. From the"
                " next release on it will have what {narrowest} has: name one with {option}.",
                inside="inside",
                narrowest="public",
                option="--profile",
            ),
            err=True,
        )


def _demand(name: str) -> None:
    """Raises BadInput before a case is looked at where there is no such profile."""
    from verify.layouts.profiles import profile

    profile(name)


def _key(sign: Path | None, passphrase: Path | None) -> bytes:
    """What signs; b"" where nothing is to be signed. Raises BadInput."""
    from verify.cli.passphrases import read
    from verify.store.keeping import signing

    return signing.read(sign, read(passphrase)) if sign else b""


def _show_bag(written: bag.Result, file: Path, encrypted: bool, as_json: bool) -> None:
    made = written.bagged
    if as_json:
        json_line(
            {
                "file": str(file),
                "case": made.case if made else None,
                "originals": made.originals if made else None,
                "copies": made.copies if made else None,
                "encrypted": encrypted,
                "profile": written.profile,
                "left_out": [sentence(one) for one in written.left_out],
                "digest": made.digest if made else None,
                "head": made.head if made else None,
                "signed_by": made.key or None if made else None,
            }
        )
        return
    _tell_profile(written)
    if made is None:
        tell(say("The file was written before the desk was interrupted."))
        return
    tell(
        say_many(
            "The case and {count} original were written.",
            "The case and {count} originals were written.",
            made.originals,
        )
    )
    tell(say("Digest of this bag: {digest}", digest=made.digest))
    if made.key:
        tell(say("It is signed by the key {fingerprint}.", fingerprint=made.key))
    tell(say("Tell it by another way than the bag: whoever gets both can compare them."))


def _show(written: Result, file: Path, encrypted: bool, as_json: bool) -> None:
    if as_json:
        entry = {"file": str(file), "case": written.case, "originals": written.originals}
        left_out = [sentence(one) for one in written.left_out]
        json_line(
            {**entry, "encrypted": encrypted, "profile": written.profile, "left_out": left_out}
        )
    else:
        tell(
            say_many(
                "The case and {count} original were written.",
                "The case and {count} originals were written.",
                written.originals,
            )
        )
        _tell_profile(written)


def _tell_profile(written: Result | bag.Result) -> None:
    tell(say("Hand-out profile: {name}", name=written.profile))
    if written.left_out:
        tell(say("Left out:"))
    for one in written.left_out:
        tell(say("  - {what}", what=one))
