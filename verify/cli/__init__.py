"""The command line: a skin over the desk, one file per command in `commands/`.

Exit status: 0 when done; 1 when `import`, `reexamine` or `wipe` had to leave something, or
`audit` or `doctor` found something wrong; 2 when it could not be done as asked, with one line on
stderr; 130 after Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from verify.cli.group import Commands
from verify.errors import Cancelled, VerifyError

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its status."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run a command. Returns its exit status; what goes wrong is one line on stderr."""
    try:
        status = _desk.main(list(arguments), prog_name="verify-desk", standalone_mode=False)
    except click.Abort:
        return _INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _refuse(error.format_message(), error.exit_code)
    except Cancelled as error:
        return _refuse_in_words(error, _INTERRUPTED)
    except VerifyError as error:
        return _refuse_in_words(error, 2)
    return status if isinstance(status, int) else 0


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
