"""`verify-desk import`: take pictures and whole folders into the desk."""

from __future__ import annotations

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from verify.cli.arguments import existing_path, json_option
from verify.cli.opened import opened_desk
from verify.cli.output import json_line, sentence, tell
from verify.cli.progress import with_progress
from verify.errors import BadInput, VerifyError
from verify.records import Outcome, Person, Receipt, SentAs, Sentence, Submission, say, say_many

if TYPE_CHECKING:
    from verify.desk import Desk

_LEFT_OUT = 1  # exit status
_log = logging.getLogger(__name__)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=existing_path, metavar="PATH...")
@json_option
def command(paths: tuple[Path, ...], as_json: bool) -> int:
    """Take files and folders into the desk.

    Each new file opens a case. Importing the same file from the same place again changes
    nothing. Hidden files in folders are left out, and links there are not followed. Of a ZIP
    archive the files in it are taken, within bounds.
    """
    files = list(dict.fromkeys(files_in(paths)))
    counts: Counter[str] = Counter()
    with opened_desk() as (desk, person):
        lines = (line for file in with_progress(files) for line in _lines(desk, person, file))
        for line in lines:
            counts[str(line["status"])] += 1
            counts["undecoded"] += bool(line.get("failed"))
            if as_json:
                json_line(line)
            elif line["status"] == "left_out":
                reason = str(line["reason"])
                tell(say("{file}: {reason}", file=str(line["file"]), reason=reason), err=True)
    for total in _summary(counts):
        tell(total, err=as_json)
    return _LEFT_OUT if counts["left_out"] else 0


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named and those below the folders named, sorted.

    Leaves out hidden files and links in folders. A folder that cannot be read comes as itself.
    """
    for path in paths:
        if path.is_dir():
            yield from _files_below(path)
        else:
            yield path


def _files_below(path: Path) -> Iterator[Path]:
    unreadable: list[Path] = []
    walk = os.walk(path, onerror=lambda error: unreadable.append(Path(error.filename)))
    for folder, folders, names in walk:
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in (Path(folder, name) for name in sorted(names)):
            if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
                yield file
    yield from unreadable


def _lines(desk: Desk, person: Person, file: Path) -> Iterator[dict[str, object]]:
    """Import a file, or what is in an archive; a JSON line for each."""
    from verify.store import unpack

    if not unpack.is_archive(file):
        yield _import(desk, person, file, file, file.name)
        return
    try:
        for entry in unpack.entries(file, desk.incoming):
            inside = file / entry.name
            if entry.path:
                name = PurePosixPath(entry.name).name
                yield _import(desk, person, entry.path, inside, name)
            elif entry.left_out:
                yield _left_out(inside, entry.left_out)
    except VerifyError as error:
        yield _left_out(file, error.sentence)


def _left_out(place: Path, why: Sentence) -> dict[str, object]:
    return {"file": str(place), "status": "left_out", "reason": sentence(why)}


def _import(desk: Desk, person: Person, file: Path, place: Path, name: str) -> dict[str, object]:
    """Import one file. Returns its JSON line; what goes wrong is in it.

    place: where it is from, for the reader; in an archive, behind the archive's own path.
    """
    try:
        receipt = desk.receive(person, _submission(file, place, name), file)
        desk.examine(person, receipt.exhibit_id)
        report = desk.exhibit(person, receipt.case_id, receipt.exhibit_id)
    except VerifyError as error:
        return _left_out(place, error.sentence)
    except Exception as error:  # one bad file stops nothing; the log has the reason
        _log.error("an import failed: %s", type(error).__name__, exc_info=error)
        failed = say("Something went wrong with this file; the reason is in the log.")
        return _left_out(place, failed)
    outcomes = Counter(finding.outcome for finding in report.findings)
    return {
        "file": str(place),
        "status": _status(receipt),
        "sha256": receipt.sha256,
        "case": receipt.case_id,
        "matches": len(report.matches),
        "flagged": outcomes[Outcome.FLAGGED],
        "failed": outcomes[Outcome.FAILED],
    }


def _status(receipt: Receipt) -> str:
    if receipt.repeated:
        return "repeated"
    return "known" if receipt.known else "new"


def _submission(file: Path, place: Path, name: str) -> Submission:
    """The file as it arrives. Place and content make its number, so that the same is the same.

    Raises BadInput when the file cannot be read.
    """
    try:
        with file.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").digest()
    except OSError as error:
        raise BadInput(say("The file cannot be read.")) from error
    named = hashlib.sha256(_named(place) + b"\0" + content).digest()
    return Submission(
        platform="import",
        bot_id=0,
        chat_id=0,
        message_id=int.from_bytes(named[:8]) >> 1,  # fits SQLite's signed 64 bits
        sent_as=SentAs.IMPORT,
        received_at=datetime.now(UTC),
        filename=name,
    )


def _named(place: Path) -> bytes:
    return str(place.resolve()).encode("utf-8", "surrogateescape")


def _summary(counts: Counter[str]) -> Iterator[Sentence]:
    if n := counts["new"]:
        yield say_many("{count} new file.", "{count} new files.", n)
    if n := counts["known"]:
        yield say_many(
            "{count} file was known; this sighting was added to its case.",
            "{count} files were known; these sightings were added to their cases.",
            n,
        )
    if n := counts["repeated"]:
        yield say_many(
            "{count} file was imported before; nothing changed.",
            "{count} files were imported before; nothing changed.",
            n,
        )
    if n := counts["undecoded"]:
        yield say_many(
            "{count} file is kept, but something in it could not be checked.",
            "{count} files are kept, but something in them could not be checked.",
            n,
        )
    if n := counts["left_out"]:
        yield say_many(
            "{count} file could not be imported.", "{count} files could not be imported.", n
        )
    if not counts.total():
        yield say("There are no files to import there.")
