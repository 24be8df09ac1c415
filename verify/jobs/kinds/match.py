"""Whether the desk has seen pictures before. Changes nothing: a desk that runs has all that a
search needs in memory, and answers sooner than a command that starts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from verify.jobs.folders import files_in
from verify.jobs.place import Place
from verify.records import (
    CheckedElsewhere,
    Examination,
    Finding,
    Heard,
    Match,
    Outcome,
    Person,
    Record,
    SeenElsewhere,
)
from verify.wording.matches import hinders_search

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = True
_PATIENCE_SECONDS = 1.0  # with an index that is filled meanwhile, which may take minutes


class Job(Record, frozen=True):
    """Files, and folders with all that is in them; each file is looked for once."""

    places: tuple[Place, ...]


class Result(Record, frozen=True):
    """One file. file: as the command named it. hindered: why it could not be looked at, or why
    that nothing is found says nothing. alike: what looks alike without being a match. lacking: how
    many pictures, and parts of them, were not compared in their details yet. checked: what packs
    of others' checks say of it. elsewhere: what other desks of the hub do."""

    file: bytes
    hindered: tuple[Finding, ...]
    matches: tuple[Match, ...]
    alike: tuple[Match, ...] = ()
    heard: tuple[Heard, ...] = ()
    lacking: int = 0
    checked: tuple[CheckedElsewhere, ...] = ()
    elsewhere: tuple[SeenElsewhere, ...] = ()


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Look for one file after the other. Raises BadInput."""
    known = set[Path]()
    for place in job.places:
        for path, given in files_in(place):
            if given not in known:
                known.add(given)
                course.step()
                found = desk.examining.look(person, path, path.name, _PATIENCE_SECONDS)
                yield result(given, *found)


def result(
    given: Path,
    seen: Examination,
    matches: list[Match],
    alike: list[Match],
    heard: tuple[Heard, ...] = (),
    lacking: int = 0,
    checked: tuple[CheckedElsewhere, ...] = (),
    elsewhere: tuple[SeenElsewhere, ...] = (),
) -> Result:
    """What there is to say of a file."""
    hindered = tuple(filter(_hinders, seen.findings))
    name = os.fsencode(given)
    return Result(name, hindered, tuple(matches), tuple(alike), heard, lacking, checked, elsewhere)


def _hinders(finding: Finding) -> bool:
    unread = finding.check == "kind" and finding.outcome is Outcome.NOT_APPLICABLE
    return finding.outcome is Outcome.FAILED or unread or hinders_search(finding)
