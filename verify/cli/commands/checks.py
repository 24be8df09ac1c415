"""`verify-desk checks`: what is asked of every picture, and how the answers err."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option


@click.command()
@json_option
def command(as_json: bool) -> None:
    """List the checks and comparisons with what they read and how they err.

    In English; docs/checks has a page for each.
    """
    from verify.cli.output import json_line
    from verify.cli.questions import questions

    for question in questions():
        reads, errs = (" ".join(question.parts[part].split()) for part in ("Reads", "Errs"))
        if as_json:
            json_line(
                {
                    "name": question.name,
                    "kind": question.kind,
                    "pillar": question.pillar,
                    "question": question.asks,
                    "reads": reads,
                    "caution": errs,
                }
            )
        else:
            click.echo(f"{question.name} ({question.kind}, {question.pillar})")
            click.echo(f"  {question.asks}\n  Reads: {reads}\n  Errs: {errs}\n")
