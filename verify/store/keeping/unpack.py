"""Takes the files out of a ZIP archive, one at a time, within bounds.

The lab's child reads the archive; here its list is looked through. Nothing of an archive names
a path: each file is written under one name of our own, and is gone when the next one is asked for.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from verify.errors import BadInput
from verify.lab.archives import sharing
from verify.lab.wire import MOST_MEMBERS, Fault, Member
from verify.records import ByteSize, Sentence, say
from verify.sandbox import Sandbox
from verify.store.folder.files import private_folder

MOST_BYTES = 8 << 30  # of one archive, unpacked
MOST_RATIO = 100  # unpacked to packed; photographs hardly shrink
_MOST_BROKEN = 20  # children of the lab
_SMALL = 1 << 20  # so many bytes more are never called a bomb
_ARCHIVES = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar", ".cab"}
_LEFT_ALONE = ("__MACOSX",)


@dataclass(frozen=True)
class Entry:
    """A file in an archive: its name there, and where it lies now; or why it was left out."""

    name: str
    path: Path | None = None
    left_out: Sentence | None = None


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive by its name and its beginning."""
    if path.suffix.lower() not in (".zip", ".wacz") or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\3\4", b"PK\5\6")
    except OSError:
        return False


def entries(archive: Path, parent: Path, sandbox: Sandbox) -> Iterator[Entry]:
    """Every file of an archive, unpacked into a folder below `parent` while it is looked at.

    Folders and hidden files are passed over; of two of one name both come. Raises BadInput when
    the archive as a whole is refused or damaged, Unavailable when the disk refuses.
    """
    with private_folder(parent) as folder:
        listed = sandbox.members(archive)
        if isinstance(listed, Fault):
            raise BadInput(_archive_failed(listed.code))
        budget = _Budget(min(MOST_BYTES, MOST_RATIO * archive.stat().st_size + _SMALL))
        shared = sharing(listed.members)
        for number, member in enumerate(listed.members):
            if _passed_over(member.name):
                continue
            if refused := _refused(member) or (_shared() if number in shared else None):
                yield Entry(member.name, left_out=refused)
                continue
            budget.take(member.size)
            yield _unpacked(sandbox, archive, member, folder / "entry", budget)


class Opened:
    """A ZIP archive whose files are unpacked when they are asked for."""

    def __init__(self, archive: Path, folder: Path, sandbox: Sandbox) -> None:
        """folder: where they are unpacked. Raises BadInput for an archive that is refused."""
        listed = sandbox.members(archive)
        if isinstance(listed, Fault):
            raise BadInput(_archive_failed(listed.code))
        self._archive, self._folder, self._sandbox = archive, folder, sandbox
        self._budget = _Budget(min(MOST_BYTES, MOST_RATIO * archive.stat().st_size + _SMALL))
        shared = sharing(listed.members)
        self._members = {
            member.name: member
            for number, member in enumerate(listed.members)
            if not (_passed_over(member.name) or _refused(member) or number in shared)
        }

    @property
    def names(self) -> list[str]:
        """The names of the files that may be unpacked, in their order."""
        return [*self._members]

    @contextmanager
    def file(self, name: str) -> Iterator[Path | None]:
        """One of them, as long as the body runs; None where it cannot be unpacked.

        Raises BadInput where the archive holds more than it may.
        """
        member = self._members.get(name)
        if member is None:
            yield None
            return
        self._budget.take(member.size)
        target = self._folder / f"file-{member.at}"
        entry = _unpacked(self._sandbox, self._archive, member, target, self._budget)
        try:
            yield entry.path
        finally:
            target.unlink(missing_ok=True)


def member_of(archive: Path, member: Member, target: Path, sandbox: Sandbox) -> Entry:
    """One file of an archive that was looked through before, unpacked to `target`."""
    return _unpacked(sandbox, archive, member, target, _Budget(member.size))


@dataclass
class _Budget:
    """How many bytes may still be unpacked, and how many children may still break."""

    left: int
    children: int = _MOST_BROKEN

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise BadInput(
                say(
                    "This archive unpacks to more than {ratio} times its size, or to more than"
                    " {limit}. The rest of it was not opened.",
                    ratio=MOST_RATIO,
                    limit=ByteSize(count=MOST_BYTES),
                )
            )

    def broke(self) -> None:
        self.children -= 1
        if not self.children:
            raise BadInput(
                say("Too many files of this archive cannot be read. The rest was not opened.")
            )


def _unpacked(
    sandbox: Sandbox, archive: Path, member: Member, target: Path, budget: _Budget
) -> Entry:
    with target.open("wb") as file:
        answer = sandbox.unpack(archive, member, file)
    if not isinstance(answer, Fault):
        return Entry(member.name, target)
    sentences = {
        "damaged": say("It is damaged in the archive."),
        "packed": say("It is packed in a way that cannot be read."),
        "memory": say("Unpacking it needs more memory than it is allowed."),
        "slow": say("Unpacking it took too long and was stopped."),
    }
    if answer.code not in ("damaged", "packed"):
        budget.broke()
    broke_down = say("The program that unpacks it broke down.")
    return Entry(member.name, left_out=sentences.get(answer.code, broke_down))


def _archive_failed(code: str) -> Sentence:
    sentences = {
        "damaged": say("This archive is damaged."),
        "empty": say("This archive is empty."),
        "too many": say(
            "This archive lists more than {limit} files. It was not opened.", limit=MOST_MEMBERS
        ),
        "not started": say("The lab could not be started, so this archive was not opened."),
    }
    return sentences.get(code, say("This archive could not be read."))


def _passed_over(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return name.endswith("/") or any(
        part in _LEFT_ALONE or (part.startswith(".") and part != "..") for part in parts
    )


def _refused(member: Member) -> Sentence | None:
    """Why an entry is not even looked at."""
    path = PurePosixPath(member.name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts[:1] and path.parts[0].endswith(":")):
        return say("Its name leads out of the archive.")
    if not path.parts:
        return say("It has no name.")
    if member.encrypted:
        return say("It is encrypted: unpack it with its password first.")
    if stat.S_IFMT(member.mode) not in (0, stat.S_IFREG):
        return say("It is a link or a device, not a file.")
    if path.suffix.lower() in _ARCHIVES:
        return say("It is an archive within the archive: unpack it first.")
    if member.size > MOST_RATIO * member.packed + _SMALL:
        return say("It unpacks to more than {ratio} times its size.", ratio=MOST_RATIO)
    return None


def _shared() -> Sentence:
    return say("Its bytes overlap those of another file in the archive.")
