"""What an import ends with: each file once, by name and case, under what is to be done about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from verify.cli.output import tell
from verify.jobs.kinds.import_ import Result
from verify.records import Sentence, listed, say, say_many

_MOST_LINES = 10  # under each heading; --json has all
_FILES = ("new", "known", "repeated", "left_out")

Counted = Callable[[int], Sentence]


def sum_up(results: list[Result], as_json: bool) -> None:
    """How many files were new and known, then each under one heading; of --json the counts."""
    cut = False
    for total, lines in _summary(results):
        tell(total, err=as_json)
        if as_json:
            continue
        for line in lines[:_MOST_LINES]:
            tell(line, indent=2)
        if (left := len(lines) - _MOST_LINES) > 0:
            tell(say("and {count} more", count=left), indent=2)
            cut = True
    if cut:
        tell(
            say(
                "To have all of them named, import the same again with {option}: it changes"
                " nothing.",
                option="--json",
            )
        )


def _summary(results: list[Result]) -> Iterator[tuple[Sentence, list[Sentence]]]:
    files = [found for found in results if not (found.posts or found.bag)]  # said as they came
    under: dict[str, list[Result]] = {}
    for found in files:
        under.setdefault(_heading(found), []).append(found)
    counts = {one: sum(found.status == one for found in files) for one in _FILES}
    apart = any(counts[one] != len(under.get(one, ())) for one in _FILES)
    if apart:
        parts = listed(_COUNTS[one](count) for one, count in counts.items() if count)
        total = sum(counts.values())
        yield (
            say_many("{count} file: {parts}.", "{count} files: {parts}.", total, parts=parts),
            [],
        )
    for heading, total_of in _HEADINGS.items():
        if them := under.get(heading):
            said = _REST.get(heading, total_of) if apart else total_of
            yield said(len(them)), [*map(_line, them)]
    if not results:
        yield say("There are no files there."), []


def _heading(found: Result) -> str:
    """The one heading under which a file stands: what is to be looked at goes first."""
    if found.matches or found.flagged:
        return "to look at"
    if found.failed:
        return "unreadable"
    return "archive" if found.archive else found.status


def _line(found: Result) -> Sentence:
    """One file and its case, with why to look at it; of one that was left out, why."""
    file, number = os.fsdecode(found.file), found.case
    if found.reason:
        return say("{file}: {reason}", file=file, reason=found.reason)
    if found.matches and found.flagged:
        return say("{file}: case {number}, seen before and flagged", file=file, number=number)
    if found.matches:
        return say("{file}: case {number}, seen before", file=file, number=number)
    if found.flagged:
        return say("{file}: case {number}, flagged", file=file, number=number)
    return say("{file}: case {number}", file=file, number=number)


_COUNTS: dict[str, Counted] = {
    "new": lambda n: say_many("{count} new", "{count} new", n),
    "known": lambda n: say_many("{count} known", "{count} known", n),
    "repeated": lambda n: say_many("{count} imported before", "{count} imported before", n),
    "left_out": lambda n: say_many("{count} left out", "{count} left out", n),
}
_HEADINGS: dict[str, Counted] = {
    "to look at": lambda n: say_many("{count} file to look at.", "{count} files to look at.", n),
    "unreadable": lambda n: say_many(
        "{count} file is kept, but something in it could not be checked.",
        "{count} files are kept, but something in them could not be checked.",
        n,
    ),
    "archive": lambda n: say_many(
        "{count} archive is kept without being opened: unpack it and import the files in it.",
        "{count} archives are kept without being opened: unpack them and import the files in them.",
        n,
    ),
    "new": lambda n: say_many("{count} new file.", "{count} new files.", n),
    "known": lambda n: say_many(
        "{count} file was known; this sighting was added to its case.",
        "{count} files were known; these sightings were added to their cases.",
        n,
    ),
    "repeated": lambda n: say_many(
        "{count} file was imported before; nothing changed.",
        "{count} files were imported before; nothing changed.",
        n,
    ),
    "refused": lambda n: say_many("{count} bag was refused.", "{count} bags were refused.", n),
    "left_out": lambda n: say_many(
        "{count} file could not be imported.", "{count} files could not be imported.", n
    ),
}
_REST: dict[str, Counted] = {  # where files of that kind stand under a heading above, too
    "new": lambda n: say_many(
        "{count} new file with nothing to look at.",
        "{count} new files with nothing to look at.",
        n,
    ),
    "known": lambda n: say_many(
        "{count} known file with nothing to look at; this sighting was added to its case.",
        "{count} known files with nothing to look at; these sightings were added to their cases.",
        n,
    ),
    "repeated": lambda n: say_many(
        "{count} file with nothing to look at was imported before; nothing changed.",
        "{count} files with nothing to look at were imported before; nothing changed.",
        n,
    ),
}
