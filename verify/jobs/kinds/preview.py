"""What the exports among files would bring to the archive; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from verify.jobs.folders import files_below
from verify.jobs.place import Place
from verify.records import ExportPreview, Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course
    from verify.jobs.exports import Bundle
    from verify.sandbox import Sandbox

ENDURES = True
CANCELLABLE = True
Result = ExportPreview


class Job(Record, frozen=True):
    """Files, folders and archives. day_first: see `import`."""

    places: tuple[Place, ...]
    day_first: bool | None = None


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[ExportPreview]:
    """Read each export there is. Raises BadInput, Unavailable."""
    from verify.jobs import exports
    from verify.store.keeping import unpack

    lab = desk.sandbox, desk.incoming
    for place in job.places:
        path = place.path()
        if unpack.is_archive(path):
            with exports.in_archive(path, desk.incoming, desk.sandbox) as archive:
                yield from _previews(archive, path, lab, job, course)
        elif path.is_dir():
            folder = exports.Bundle(exports.Folder(path, [*files_below(path)]))
            yield from _previews(folder, path, lab, job, course)
        elif exports.may_be(path.name):
            folder = exports.Bundle(exports.Folder(path.parent, [*files_below(path.parent)]))
            yield from _previews(folder, path.parent, lab, job, course, only=path.name)


def _previews(
    files: Bundle,
    at: Path,
    lab: tuple[Sandbox, Path],
    job: Job,
    course: Course,
    only: str = "",
) -> Iterator[ExportPreview]:
    from verify.jobs import exports

    for name in filter(exports.may_be, files.names):
        if only and name != only:
            continue
        course.step()
        with exports.opened(files, name, at / name, lab, job.day_first) as export:
            if export:
                yield export.preview()
