"""What the exports among files would bring to the archive; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from verify.jobs.folders import files_below
from verify.jobs.place import Place
from verify.records import DateOrder, ExportPreview, Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course
    from verify.jobs.exports import Bundle

ENDURES = True
CANCELLABLE = True
Result = ExportPreview


class Job(Record, frozen=True):
    """Files, folders and archives. dates, chats: see `import`."""

    places: tuple[Place, ...]
    dates: DateOrder | None = None
    chats: tuple[str, ...] = ()


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[ExportPreview]:
    """Read each export there is. Raises BadInput, Unavailable."""
    from verify.jobs import exports
    from verify.store.keeping import unpack

    lab = desk.sandbox, desk.incoming

    def told(files: Bundle, at: Path, only: str = "") -> Iterator[ExportPreview]:
        for one in exports.counted(files, at, lab, job.dates, only):
            course.step()
            yield one.preview(job.chats)

    for place in job.places:
        path = place.path()
        if unpack.is_archive(path):
            with exports.in_archive(path, desk.incoming, desk.sandbox) as archive:
                yield from told(archive, path)
        elif path.is_dir():
            yield from told(exports.Bundle(exports.Folder(path, [*files_below(path)])), path)
        elif exports.may_be(path.name):
            folder = exports.Bundle(exports.Folder(path.parent, [*files_below(path.parent)]))
            yield from told(folder, path.parent, path.name)
