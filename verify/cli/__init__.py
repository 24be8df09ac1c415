"""The command line: a skin over the desk, one file per command in `commands/`.

What it ends with is in `statuses`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from verify.cli.group import Commands
from verify.cli.statuses import DONE, INTERRUPTED, REFUSED
from verify.cli.words import in_readers_language, speak
from verify.errors import Cancelled, VerifyError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its status."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run a command. Returns its exit status; what goes wrong is one line on stderr."""
    speak()
    try:
        status = in_readers_language(_desk).main(
            list(arguments), prog_name="verify-desk", standalone_mode=False
        )
    except click.Abort:
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _refuse(error.format_message(), error.exit_code)
    except Cancelled as error:
        return _refuse_in_words(error, INTERRUPTED)
    except VerifyError as error:
        return _refuse_in_words(error, REFUSED)
    return status if isinstance(status, int) else DONE


def _refuse_in_words(error: VerifyError, status: int) -> int:
    from verify.cli.output import sentence

    return _refuse(sentence(error.sentence), status)


def _refuse(message: str, status: int) -> int:
    from verify.language import clean

    click.echo(f"verify-desk: {clean(message, limit=1000)}", err=True)
    return status


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="verify-desk", message="%(prog)s %(version)s")
def _desk() -> None:
    """A source-verification desk: has this picture been seen before, and what does it say?"""
