"""Pictures and whole folders taken into the desk."""

from __future__ import annotations

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from verify.errors import BadInput, Cancelled, VerifyError
from verify.formats import ARCHIVES
from verify.jobs.bags import Brought, RefusedBagError, checked, taken
from verify.jobs.folders import files_in
from verify.jobs.messages import Progress, Remark
from verify.jobs.place import Place
from verify.lab.wire import Bag
from verify.records import (
    Archived,
    DateOrder,
    Examination,
    FromBag,
    Origin,
    OriginKind,
    Outcome,
    Person,
    Receipt,
    Record,
    SealedSource,
    SentAs,
    Sentence,
    Submission,
    say,
)
from verify.regular import descriptor_of

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.archiving import Archiving, Step
    from verify.jobs.course import Course

ENDURES = True
CANCELLABLE = True
_log = logging.getLogger(__name__)
_LATER = say(
    "Stopped: all is in, and not yet all of it compared. A desk that runs goes on with that, and so"
    " does the next import."
)


class Helped(Record, frozen=True):
    """Other computers that do the work. on: the address of their scheduler. root: the folder that
    they share with this one. keys: the folder of the certificates; b"" for none."""

    on: str
    root: Place
    keys: bytes = b""


class Job(Record, frozen=True):
    """Files, folders, archives, and what is known of all of them.

    case: where they go; without, each opens its own. by: who sent or posted them. sealed: that,
    links and names of files are sealed. confidential: only who imports sees the posts. dates:
    how dates are meant that can be read both ways. chats: of an export, only these, by name or id.
    until: the last day on which cases that are opened, and posts, are kept. helped: by which other
    computers.
    """

    places: tuple[Place, ...]
    case: int | None = None
    caption: str = ""
    by: str = ""
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sealed: bool = False
    confidential: bool = False
    dates: DateOrder | None = None
    chats: tuple[str, ...] = ()
    until: date | None = None
    helped: Helped | None = None


class Result(Record, frozen=True):
    """One file. file: as the command named it; in an archive, behind the archive's own path.

    posts: what came of an export's posts, in place of a file. bag: behind the files of a bag, what
    came of it; `repeated` where all of it was here. reason: why it was left out, or a bag refused.
    matches, flagged, failed: how many of each. archive: that it is one which is not opened here,
    and kept as it is.
    """

    file: bytes
    status: Literal["new", "known", "repeated", "left_out", "posts", "bag", "refused"]
    sha256: str = ""
    case: int = 0
    matches: int = 0
    flagged: int = 0
    failed: int = 0
    archive: bool = False
    posts: Archived | None = None
    bag: FromBag | None = None
    reason: Sentence | None = None


@dataclass(frozen=True)
class _Taken:
    """A file on its way. receipt: that it is preserved, or else why it was left out. done: how
    many of the files that were found lie before it. bag: what came of one, in place of a file.
    source: the file itself, where it lies in no archive. refused: that one does not fit."""

    given: Path
    receipt: Receipt | None
    reason: Sentence | None
    done: int
    bag: Brought | None = None
    source: Path | None = None
    refused: bool = False

    @property
    def exhibit_id(self) -> int | None:
        """What is to be examined."""
        return self.receipt.exhibit_id if self.receipt else None


def run(
    desk: Desk, person: Person, job: Job, course: Course
) -> Iterator[Result | Progress | Remark]:
    """Take in one after the other; what goes wrong with a file is its own result.

    Several are examined at once, and recorded in their order.
    """
    from verify.desk.casework import as_tag
    from verify.desk.numbers import unlocked
    from verify.desk.sealing import demand_keys
    from verify.jobs.archiving import Archiving, Step

    if job.case is not None:
        unlocked(desk.store, person, job.case)  # before anything is taken in
    if job.sealed:
        demand_keys(desk.store)
    tags = [as_tag(name) for name in job.tags]
    found = {place: list(files_in(place)) for place in job.places}
    total = sum(map(len, found.values()))
    yield Progress(0, total)

    def taken() -> Iterator[_Taken | Step]:
        done = 0
        for place, files in found.items():
            archiving = Archiving(desk, person, job, course, os.fsdecode(place.absolute), done)
            yield from archiving.take(place, files)
            for export, why in archiving.left_out:
                yield _Taken(export, None, why, done)
            for file, given in archiving.rest(files):
                for inside, one in _received(desk, person, job, file, given, archiving):
                    if isinstance(one, Step):
                        yield one
                        continue
                    if isinstance(one, Brought | RefusedBagError):
                        yield _of_bag(inside, one, done)
                        continue
                    receipt, reason = (one, None) if isinstance(one, Receipt) else (None, one)
                    if receipt and _status(receipt, course) != "repeated":
                        _tag(desk, person, receipt.case_id, tags)
                    if receipt and job.until and _status(receipt, course) == "new":
                        desk.keeping.keep_case(person, receipt.case_id, job.until)
                    source = file if inside == given else None
                    yield _Taken(inside, receipt, reason, done, source=source)
                    course.step()
                done += 1
            yield from archiving.end()

    if job.helped:
        yield from _by_others(desk, person, job.helped, course, taken(), found, total)
    else:
        for one, wrong in desk.examining.examine_each(person, taken(), lambda one: one.exhibit_id):
            yield from _told(desk, person, course, one, wrong)
            yield Progress(one.done, total)
    for _ in desk.hash_lists.look_through():
        course.step()
    for _ in desk.hearing.hear_rest(person):  # what is said of pictures does not wait for it
        course.step()
    for _ in desk.examining.read_rest(person):
        course.step()
    yield Progress(total, total)
    if course.beside_others:
        desk.second_pass.go_on()
        return
    for progress in _second_pass(desk):
        yield progress
        if course.cancelled:
            raise Cancelled(_LATER)
    desk.campaign_watch.go_on()  # by what was found alike meanwhile


def _told(
    desk: Desk, person: Person, course: Course, one: _Taken | Step, wrong: Exception | None
) -> Iterator[Result]:
    if isinstance(one, _Taken):
        yield _result(desk, person, course, one, wrong)
    elif archived := one.recorded(wrong):
        yield Result(archived.file, "posts", posts=archived)


def _by_others(
    desk: Desk,
    person: Person,
    helped: Helped,
    course: Course,
    taken: Iterator[_Taken | Step],
    found: dict[Place, list[tuple[Path, Path]]],
    total: int,
) -> Iterator[Result | Progress | Remark]:
    """Have all of it described, then compared, by other computers; what came of files that were
    examined is told when it was compared."""
    from verify.cluster.crew import joined

    root = helped.root.path()
    keys = Path(os.fsdecode(helped.keys)) if helped.keys else None
    probe = next((file for files in found.values() for file, _ in files), None)
    remarks: list[Sentence] = []
    described: list[_Taken] = []
    sources: dict[int, Path] = {}

    def remarked() -> Iterator[Remark]:
        while remarks:
            yield Remark(remarks.pop(0))

    with joined(helped.on, root, keys, probe, remarks.append) as crew:
        yield from remarked()
        if probe and not any(crew.seen_at(file) for files in found.values() for file, _ in files):
            yield Remark(_not_shared(root))
        if not crew.seen_at(desk.working):
            yield Remark(_searches_here(root))
        for one, wrong in desk.spreading.describe_each(
            person, taken, lambda one: one.exhibit_id, _source, crew
        ):
            yield from remarked()
            if isinstance(one, _Taken) and one.receipt and not wrong:
                described.append(one)
                if one.source:
                    sources[one.receipt.exhibit_id] = one.source
            else:
                yield from _told(desk, person, course, one, wrong)
            yield Progress(one.done, total, say("described"))
        for done, waiting in desk.spreading.compare_each(sources, crew, remarks.append):
            yield from remarked()
            yield Progress(done, waiting, say("compared"))
            if course.cancelled:
                raise Cancelled(_LATER)
    for one in described:
        yield from _told(desk, person, course, one, None)


def _source(one: _Taken | Step) -> Path | None:
    return one.source if isinstance(one, _Taken) else None


def _not_shared(root: Path) -> Sentence:
    return say(
        "The files do not lie below {root}: workers get the small ones sent, and this desk examines"
        " the others itself.",
        root=str(root),
    )


def _searches_here(root: Path) -> Sentence:
    return say(
        "The desk's folder does not lie below {root}: workers describe and read, and this desk"
        " searches for copies itself.",
        root=str(root),
    )


def _second_pass(desk: Desk) -> Iterator[Progress]:
    """Compare and read what posts brought, also what an earlier import left."""
    for done, total in desk.second_pass.rest():
        yield Progress(done, total, say("compared"))


def _of_bag(given: Path, one: Brought | RefusedBagError, done: int) -> _Taken:
    if isinstance(one, Brought):
        return _Taken(given, None, None, done, bag=one)
    return _Taken(given, None, one.sentence, done, refused=True)


def _tag(desk: Desk, person: Person, case_id: int, tags: list[str]) -> None:
    """Tag the case that a file came to. One that is locked stays as it is."""
    for name in tags:
        with suppress(BadInput):
            desk.casework.tag(person, case_id, name)


def _received(
    desk: Desk, person: Person, job: Job, file: Path, given: Path, archiving: Archiving
) -> Iterator[tuple[Path, Receipt | Sentence | Step | Brought | RefusedBagError]]:
    """Preserve a file, or what is in an archive: a receipt, or why there is none. Of an export in
    an archive, its posts; of a bag, what came of it."""
    from verify.store.keeping import unpack

    try:
        if not unpack.is_archive(file):
            yield given, _receipt(desk, person, job, file, file)
            return
        if bag := checked(desk, file):
            yield from _unbagged(desk, person, job, bag, file, given)
            return
        before, stopped = archiving.exports, len(archiving.left_out)
        for step in archiving.take_archive(file, given):
            yield given, step
        left_out = archiving.left_out[stopped:]
        yield from left_out
        if archiving.exports > before or left_out:
            return
        for entry in unpack.entries(file, desk.incoming, desk.sandbox):
            inside = given / entry.name
            if entry.path:
                place = file / entry.name
                yield inside, _receipt(desk, person, job, entry.path, place)
            elif entry.left_out:
                yield inside, entry.left_out
    except RefusedBagError as error:
        yield given, error
    except Exception as error:  # of an archive as a whole
        yield given, _reason(error)


def _unbagged(
    desk: Desk, person: Person, job: Job, bag: Bag, file: Path, given: Path
) -> Iterator[tuple[Path, Receipt | Brought]]:
    """The files of a bag, then what came of it. Raises RefusedBagError where the job asks for what
    no bag has."""
    if job.case is not None or job.sealed:
        raise RefusedBagError(
            say(
                "A bag opens a case of its own, with its own words: leave out {option}.",
                option="--seal" if job.sealed else "--case",
            )
        )
    for one in taken(desk, person, bag, file, confidential=job.confidential):
        if isinstance(one, Brought):
            yield given, one
        else:
            yield given / one[0], one[1]


def _receipt(desk: Desk, person: Person, job: Job, file: Path, place: Path) -> Receipt | Sentence:
    """file: where it lies. place: where it is from; in an archive, behind its own path."""
    try:
        submission = _submission(job, file, place)
        sealed_from = SealedSource(submission=submission) if job.sealed else None
        return desk.receiving.receive(person, submission, file, job.case, sealed_from)
    except Exception as error:
        return _reason(error)


def _reason(error: Exception) -> Sentence:
    """Why one file is left out: it stops nothing. The log has what nobody foresaw."""
    if isinstance(error, VerifyError):
        return error.sentence
    _log.error("an import failed: %s", type(error).__name__, exc_info=error)
    return say("Something went wrong with this file; the reason is in the log.")


def _result(
    desk: Desk, person: Person, course: Course, one: _Taken, wrong: Exception | None
) -> Result:
    reason = _reason(wrong) if wrong else one.reason
    file = os.fsencode(one.given)
    if one.bag:
        found = one.bag.bag
        status: Literal["bag", "repeated"] = "repeated" if one.bag.again else "bag"
        return Result(file, status, case=found.case_id, bag=found)
    if one.refused:
        return Result(file, "refused", reason=reason)
    if reason or one.receipt is None:
        return Result(file, "left_out", reason=reason)
    try:
        report = desk.reports.exhibit(person, one.receipt.case_id, one.receipt.exhibit_id)
    except Exception as error:
        return Result(file, "left_out", reason=_reason(error))
    outcomes = Counter(finding.outcome for finding in report.findings)
    return Result(
        file=file,
        status=_status(one.receipt, course),
        sha256=one.receipt.sha256,
        case=one.receipt.case_id,
        matches=len(report.matches),
        flagged=outcomes[Outcome.FLAGGED],
        failed=outcomes[Outcome.FAILED],
        archive=bool(report.examination and _closed(report.examination)),
    )


def _closed(examination: Examination) -> bool:
    """Whether it is an archive that was not opened: other files are ZIP archives by their bytes."""
    told = (one.summary.values for one in examination.findings if one.check == "kind")
    return examination.media_type in ARCHIVES and any("kind" in values for values in told)


def _status(receipt: Receipt, course: Course) -> Literal["new", "known", "repeated"]:
    by_this_job = course.again and receipt.received_at >= course.begun_at
    if receipt.repeated and not by_this_job:
        return "repeated"
    return "known" if receipt.known else "new"


def _submission(job: Job, file: Path, place: Path) -> Submission:
    """The file as it arrives. Place and content make its number, so that the same is the same.

    Raises BadInput when the file cannot be read.
    """
    try:
        with os.fdopen(descriptor_of(file), "rb") as stream:
            content = hashlib.file_digest(stream, "sha256").digest()
            size = stream.tell()
    except OSError as error:
        raise BadInput(
            say("The file cannot be read, or is none: a pipe, a device or a socket is not opened.")
        ) from error
    if not size:
        raise BadInput(say("The file is empty."))
    named = hashlib.sha256(_named(place) + b"\0" + content).digest()
    return Submission(
        service="import",
        bot_id=0,
        chat_id=0,
        message_id=int.from_bytes(named[:8]) >> 1,  # fits SQLite's signed 64 bits
        sent_as=SentAs.IMPORT,
        received_at=datetime.now(UTC),
        filename=place.name,
        caption=job.caption,
        origin=Origin(kind=OriginKind.USER, name=job.by) if job.by else None,
        links=job.links,
    )


def _named(place: Path) -> bytes:
    return str(place.resolve()).encode("utf-8", "surrogateescape")
