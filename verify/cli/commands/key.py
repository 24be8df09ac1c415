"""`verify-desk key`: a private key, with which a member reads sealed sources."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from verify.cli.arguments import json_option, key_file
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, sentence, tell
from verify.cli.passphrases import new
from verify.config import read_config
from verify.errors import BadInput
from verify.jobs.kinds.key import Job, Result
from verify.records import say, say_many


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", required=False)
@click.option("--for", "member", metavar="NAME", default="", help="The member whose key it is.")
@click.option("--take-away", "former", metavar="NAME", default="", help="Take this one's away.")
@click.option("--passphrase", type=key_file, help="A file or pipe that holds the passphrase.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(
    file: Path | None, member: str, former: str, passphrase: Path | None, yes: bool, as_json: bool
) -> None:
    """Make a key with which a member reads sealed sources, in a new file.

    Sources sealed from now on are encrypted to it. The file is encrypted by a passphrase, as age
    does it; keep it outside of the desk's folder. Whoever loses the file or the passphrase loses
    those sources, unless another member has a key too: nothing else opens them. --take-away seals
    nothing more to the keys of a member; what was sealed to them before stays open to them.
    """
    if former:
        if file or member:
            raise BadInput(say("Give {option} alone.", option="--take-away"))
        _take_away(former, as_json)
        return
    if file is None:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    _make(file, member, passphrase, yes=yes, as_json=as_json)


def _take_away(former: str, as_json: bool) -> None:
    def show(done: Result) -> None:
        if as_json:
            json_line({"member": done.member, "taken_away": done.taken_away})
            return
        tell(
            say_many(
                "{count} key of {name} is taken away. What was sealed to it before stays open to"
                " it.",
                "{count} keys of {name} are taken away. What was sealed to them before stays open"
                " to them.",
                done.taken_away,
                name=done.member,
            )
        )

    carry_out("key", Job(former, ""), show)


def _make(file: Path, member: str, passphrase: Path | None, *, yes: bool, as_json: bool) -> None:
    from verify.store.keeping import age

    if file.exists():
        raise BadInput(say("{file} exists already. Name a new file.", file=str(file)))
    if file.resolve().is_relative_to(read_config().home.resolve()):
        raise BadInput(
            say("{file} is in the desk's folder: keep keys outside of it.", file=str(file))
        )
    if not file.absolute().parent.is_dir():
        raise BadInput(say("There is no {file}.", file=str(file.parent)))
    _sure(yes)
    public = age.make_identity(file, new(passphrase))

    def show(added: Result) -> None:
        if as_json:
            json_line({"file": str(file), "member": added.member, "public": public})
        else:
            tell(say("Sources sealed from now on can be read by {name}.", name=added.member))
            tell(say("Their public key: {key}", key=public))

    try:
        carry_out("key", Job(member, public), show)
    except BaseException:
        file.unlink(missing_ok=True)  # no desk knows it
        raise


def _sure(yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise BadInput(say("No key was made. If you mean it, add {option}.", option="--yes"))
    tell(
        say(
            "Whoever loses this file or its passphrase loses the sources sealed to it: nothing else"
            " opens them, and nobody can help."
        ),
        err=True,
    )
    click.confirm(sentence(say("Make the key?")), abort=True, err=True)
