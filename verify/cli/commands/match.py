"""`verify-desk match`: whether the desk has seen a picture before. Keeps nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.arguments import existing_path, files_of, json_option
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, print_lines, sentence, tell
from verify.cli.progress import Bar
from verify.comparisons import seen_by_another_desk
from verify.comparisons.checked_elsewhere import told
from verify.config import read_config
from verify.errors import BadInput, NotFound
from verify.jobs.address import connected
from verify.jobs.kinds.match import Job, Result, result
from verify.jobs.place import Place
from verify.layouts.shapes import checked, finding, found, heard, looked_at, seen_elsewhere
from verify.layouts.text import finding_lines, heard_lines, match_lines
from verify.records import SentAs, say, say_many
from verify.wording.matches import looks_alike
from verify.wording.sounds import earlier, without_pictures

if TYPE_CHECKING:
    from verify.desk import Desk

_BAR_AFTER_SECONDS = 1.0


@click.command()
@click.argument("paths", nargs=-1, required=True, type=existing_path, metavar="PATH...")
@json_option
def command(paths: tuple[Path, ...], as_json: bool) -> None:
    """Say where the desk saw pictures before: files, and those in folders.

    Nothing is kept. A desk that does not exist yet has seen nothing.
    """
    shown = 0

    def show(one: Result) -> None:
        nonlocal shown
        shown += 1
        _show(one, as_json)

    answered = _the_running_desk_answers(Job(tuple(map(Place.of, paths))), show)
    if not answered or not shown:  # folders are walked here only where it has not done so
        for one in _alone(files_of(paths)[shown:]):
            _show(one, as_json)


def _the_running_desk_answers(job: Job, show: Callable[[Result], None]) -> bool:
    line = connected(read_config().home)
    if line is None:
        return False
    line.close()
    try:
        carry_out("match", job, show)
    except BadInput:  # it is of another version, or does not see these files
        return False
    return True


def _alone(files: list[Path]) -> Iterator[Result]:
    from verify.sandbox import Sandbox

    with closing(Sandbox(children=1, trust=read_config().trust)) as sandbox:
        # its child starts while the desk is loaded
        threading.Thread(target=sandbox.walls, daemon=True).start()
        try:
            with desk_to_read(sandbox) as (desk, person):
                _fill(desk)
                for file in files:
                    yield result(file, *desk.examining.look(person, file, file.name))
        except NotFound:
            for file in files:
                seen = sandbox.examine(file, filename=file.name, sent_as=SentAs.IMPORT)
                yield result(file, seen, [], [])


def _fill(desk: Desk) -> None:
    """Have all that a search needs, with a bar where that takes long: no desk keeps it ready."""
    with Bar() as bar:
        while (there := desk.archive.filled(_BAR_AFTER_SECONDS))[0] < there[1]:
            bar.set(*there)


def _show(one: Result, as_json: bool) -> None:
    file = os.fsdecode(one.file)
    if as_json:
        line: dict[str, object] = {
            "file": file,
            "matches": [found(match) for match in one.matches],
            "alike": [found(match) for match in one.alike],
            "heard": heard(one.heard),
            "checked_elsewhere": [checked(entry) for entry in one.checked if entry.rating],
            "looked_at_elsewhere": [looked_at(entry) for entry in one.checked if not entry.rating],
            "seen_elsewhere": [seen_elsewhere(entry) for entry in one.elsewhere],
        }
        if one.hindered:
            line["findings"] = [finding(entry, sentence) for entry in one.hindered]
        if one.lacking:
            line["not_compared"] = one.lacking
        json_line(line)
        return
    tell(file)
    print_lines(finding_lines([*one.hindered], sentence))
    for entry in one.checked:
        tell(told(entry), indent=2)
    for another in one.elsewhere:
        tell(seen_by_another_desk.told(another), indent=2)
    print_lines(match_lines([*one.matches], sentence))
    for match in one.alike:
        tell(looks_alike(match), indent=2)
    print_lines(heard_lines(earlier(without_pictures(one.heard, one.matches)), sentence))
    if one.lacking:
        tell(
            say_many(
                "Not all is searched yet: the desk is reading its archive, and {count} picture of"
                " it was compared only as a whole. Ask again in some minutes.",
                "Not all is searched yet: the desk is reading its archive, and {count} pictures of"
                " it were compared only as a whole. Ask again in some minutes.",
                one.lacking,
            ),
            indent=2,
        )
    elif not (
        one.matches or one.alike or one.heard or one.hindered or one.checked or one.elsewhere
    ):
        tell(say("This desk has not seen the picture before."), indent=2)
