"""`verify-desk match`: whether the desk has seen a picture before. Keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from verify.cli.arguments import existing_path, files_of, json_option
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, print_lines, sentence, tell
from verify.config import read_config
from verify.errors import NotFound
from verify.layouts.shapes import finding, found
from verify.layouts.text import finding_lines, match_lines
from verify.records import Examination, Match, Outcome, SentAs, say


@click.command()
@click.argument("paths", nargs=-1, required=True, type=existing_path, metavar="PATH...")
@json_option
def command(paths: tuple[Path, ...], as_json: bool) -> None:
    """Say where the desk saw pictures before: files, and those in folders.

    Nothing is kept. A desk that does not exist yet has seen nothing.
    """
    for file, seen, matches in _looked(files_of(paths)):
        _show(file, seen, matches, as_json)


def _show(file: Path, seen: Examination, matches: list[Match], as_json: bool) -> None:
    failed = [entry for entry in seen.findings if entry.outcome is Outcome.FAILED]
    if as_json:
        line: dict[str, object] = {
            "file": str(file),
            "matches": [found(match) for match in matches],
        }
        if failed:
            line["findings"] = [finding(entry, sentence) for entry in failed]
        json_line(line)
        return
    tell(str(file))
    print_lines(finding_lines(failed, sentence))
    print_lines(match_lines(matches, sentence))
    if not matches and not failed:
        tell(say("This desk has not seen the picture before."), indent=2)


def _looked(files: list[Path]) -> Iterator[tuple[Path, Examination, list[Match]]]:
    from verify.sandbox import Sandbox

    try:
        with desk_to_read() as (desk, person):
            for file in files:
                yield file, *desk.examining.look(person, file, file.name)
    except NotFound:
        with closing(Sandbox(children=1, trust=read_config().trust)) as sandbox:
            for file in files:
                yield file, sandbox.examine(file, filename=file.name, sent_as=SentAs.IMPORT), []
