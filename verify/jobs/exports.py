"""Exports of chats and channels among the files of an import: what they tell, and their files."""

from __future__ import annotations

import os
import re
import tempfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from verify.errors import BadInput
from verify.jobs.coming import Chats
from verify.lab.wire import Fault
from verify.records import DateOrder, ExportPreview, ListedHash, Post, Sentence, Unread, say
from verify.sandbox import Sandbox, told_in
from verify.store.folder.files import open_file, private_folder, write_joined
from verify.store.keeping import unpack
from verify.unnamed import unnamed

_ENDINGS = frozenset(
    (
        ".json",
        ".jsonl",
        ".ndjson",
        ".csv",
        ".tsv",
        ".txt",
        ".html",
        ".htm",
        ".mhtml",
        ".mht",
        ".warc",
    )
)
_PAGE = re.compile(r"messages(\d{0,9})\.html", re.ASCII)
_HEAD = 4096  # bytes, in which the title of a page stands
# what ends whatever a page that is cut off left open; the importer knows by it which page ended
_END = b"'\"></script></style>--><!--verify-desk: end of %s-->"
_LOOKED_AT = 20  # rows: an importer knows a list by these
_IN_MEMORY = 64 << 20  # bytes of an export whose posts fit into memory
_WHOLE_FOLDER = ("result", "messages", "_chat", "whatsapp")


class AmbiguousDatesError(BadInput):
    """Every date of an export can be read in two ways: somebody has to be asked."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "Every date in it can be read in two ways: say which it is with {option} or"
                " {other}, or leave them out with {neither}.",
                option="--dates day-first",
                other="--dates month-first",
                neither="--dates undated",
            )
        )


class Files(Protocol):
    """A folder or an archive that exports lie in."""

    @property
    def names(self) -> list[str]: ...

    def file(self, name: str, /) -> AbstractContextManager[Path | None]: ...


class OneFile:
    """A file under a name of its own, with nothing beside it."""

    def __init__(self, name: str, path: Path) -> None:
        self._name, self._path = name, path

    @property
    def names(self) -> list[str]:
        """Its name."""
        return [self._name]

    @contextmanager
    def file(self, name: str) -> Iterator[Path | None]:
        """It; None for another name."""
        yield self._path if name == self._name else None


class Folder:
    """A folder on disk, and the files below it that are neither hidden nor links."""

    def __init__(self, path: Path, below: list[Path]) -> None:
        self._path = path
        self._names = [one.relative_to(path).as_posix() for one in below]
        self._known = frozenset(self._names)

    @property
    def names(self) -> list[str]:
        """Their names, with `/` between parts."""
        return self._names

    @contextmanager
    def file(self, name: str) -> Iterator[Path | None]:
        """One of them; None where it is none of them."""
        yield self._path / name if name in self._known else None


class Bundle:
    """The files of a folder or an archive, found by name without a look at each: there may be as
    many sidecars as files.

    names: of all, in their order. known: the same, to look one up.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self.names = files.names
        self.known = frozenset(self.names)
        self._sorted = sorted(self.names)

    def file(self, name: str) -> AbstractContextManager[Path | None]:
        """One of them, as long as a body runs; None where there is none."""
        return self._files.file(name)

    def beside(self, name: str) -> list[str]:
        """The files that posts of this one may name, relative to its folder: of a sidecar only
        those of its stem."""
        folder = PurePosixPath(name).parent.as_posix()
        inside = "" if folder == "." else f"{folder}/"
        own = PurePosixPath(name).name
        start = inside + own.partition(".")[0] if _sidecar(own) else inside
        first = bisect_left(self._sorted, start)
        found = takewhile(lambda one: one.startswith(start), islice(self._sorted, first, None))
        return [one.removeprefix(inside) for one in found]


class Export:
    """One file of an export that was read, with what lies beside it. Close it.

    given: its name for the reader. pages: the files that it is made of. path: where it lies, as
    long as it is open. format: what people call it. fault: why its posts end where they do, where
    that is not its end. lists: whether it is a list of hashes, and has no posts. whole_folder:
    whether all that lies beside it is of it.
    """

    def __init__(
        self,
        files: Bundle,
        name: str,
        given: Path,
        path: Path,
        told: BinaryIO,
        format_: str,
        fault: str,
        pages: tuple[str, ...],
    ) -> None:
        self.given = given
        self.pages = pages
        self.path = path
        self.format = format_
        self.fault = fault
        self.lists = any(isinstance(one, ListedHash) for one in islice(told_in(told), _LOOKED_AT))
        self.whole_folder = not (self.lists or _sidecar(PurePosixPath(name).name))
        self._files = files
        self._folder = PurePosixPath(name).parent
        self._told = told

    def posts(self) -> Iterator[Post | Unread]:
        """What it tells, from its beginning."""
        yield from (one for one in told_in(self._told) if not isinstance(one, ListedHash))

    def hashes(self) -> Iterator[ListedHash | Unread]:
        """What it lists, from its beginning."""
        yield from (one for one in told_in(self._told) if not isinstance(one, Post))

    def has_files(self, post: Post) -> bool:
        """Whether a file that a post names is there."""
        return not self._files.known.isdisjoint(self.named(post))

    def named(self, post: Post) -> list[str]:
        """The names of the files that a post names, in the folder or archive."""
        return [(self._folder / one.path).as_posix() for one in post.media if one.path]

    @contextmanager
    def media(self, post: Post) -> Iterator[dict[int, Path]]:
        """The files of a post that are there, by their place in `post.media`."""
        with ExitStack() as stack:
            found = {
                place: stack.enter_context(self._files.file((self._folder / one.path).as_posix()))
                for place, one in enumerate(post.media)
                if one.path
            }
            yield {place: path for place, path in found.items() if path}

    def close(self) -> None:
        """Forget what it told."""
        self._told.close()

    def counted(self) -> Counted:
        """What there is in it, chat by chat."""
        chats, unread, hashes = Chats(), 0, Counter[str]()
        for one in told_in(self._told):
            if isinstance(one, Unread):
                unread += 1
                continue
            if isinstance(one, ListedHash):
                hashes[one.kind] += 1
                continue
            named = (self._folder / file.path for file in one.media)
            chats.add(one, sum(file.as_posix() in self._files.known for file in named))
        return Counted(os.fsencode(self.given), self.format, chats, unread, (*hashes.items(),))


@dataclass(frozen=True)
class Counted:
    """What was counted of an export; of this it says what comes in."""

    file: bytes
    format: str
    chats: Chats
    unread: int
    hashes: tuple[tuple[str, int], ...] = ()

    def preview(self, asked: Collection[str] = ()) -> ExportPreview:
        """What it would bring. asked: of its chats only these, by name or id."""
        coming = self.chats.coming(asked).values()
        accounts = {name: person for one in coming for name, person in one.accounts.items()}
        return ExportPreview(
            file=self.file,
            format=self.format,
            posts=sum(one.posts for one in coming),
            accounts=len(accounts),
            people=sum(accounts.values()),
            first=min((one.first for one in coming if one.first), default=""),
            last=max((one.last for one in coming), default=""),
            media=sum(one.media for one in coming),
            missing=sum(one.missing for one in coming),
            unread=self.unread,
            places=self.chats.places(asked),
            hashes=self.hashes,
        )


def counted(
    files: Bundle, given: Path, desk: tuple[Sandbox, Path], dates: DateOrder | None, only: str = ""
) -> Iterator[Counted]:
    """What each export among files holds. As `opened`; only: one file."""
    read: set[str] = set()
    for name in filter(may_be, files.names):
        if (only and name != only) or name in read:
            continue
        with opened(files, name, given / name, desk, dates) as export:
            if export:
                read.update(export.pages)
                yield export.counted()


def may_be(name: str) -> bool:
    """Whether a file may be one of an export, by its ending alone."""
    lower = name.lower()
    return PurePosixPath(lower).suffix in _ENDINGS or lower.endswith(".warc.gz")


@contextmanager
def opened(
    files: Bundle, name: str, given: Path, desk: tuple[Sandbox, Path], dates: DateOrder | None
) -> Iterator[Export | None]:
    """Read one file as an export, with the pages of which it is one; None where it is none.

    desk: its lab, and the folder for what is half received. dates: how dates are meant that
    can be read both ways. Raises AmbiguousDatesError where that has to be said, Unavailable.
    """
    sandbox, incoming = desk
    with _whole(files, name, incoming) as (path, pages):
        if path is None:
            yield None
            return
        beside = files.beside(name)
        with _told_into(path, incoming) as told:
            own = PurePosixPath(name).name
            answer = sandbox.posts(path, told, name=own, beside=beside, dates=dates)
            fault = answer.code if isinstance(answer, Fault) else ""
            if fault == "day or month":
                raise AmbiguousDatesError
            if fault and not (fault != "no export" and next(told_in(told), None)):
                yield None
                return
            format_ = "" if isinstance(answer, Fault) else answer.format
            yield Export(files, name, given, path, told, format_, fault, pages)


@contextmanager
def _whole(
    files: Bundle, name: str, incoming: Path
) -> Iterator[tuple[Path | None, tuple[str, ...]]]:
    """A file, or one of all the pages of which it is one, and the names of these: what they are of
    may stand in one of them alone."""
    names = _pages(files, name)
    if len(names) < 2:
        with files.file(name) as path:
            yield path, (name,)
        return
    with ExitStack() as stack:
        found = [(one, stack.enter_context(files.file(one))) for one in names]
        pages = {one: path for one, path in found if path and _is_page(path)}
        if name not in pages:
            yield stack.enter_context(files.file(name)), (name,)
            return
        whole = stack.enter_context(private_folder(incoming)) / "pages"
        behind = (_END % PurePosixPath(one).name.encode() for one in pages)
        write_joined(whole, zip(pages.values(), behind, strict=True))
        yield whole, tuple(pages)


def _pages(files: Bundle, name: str) -> list[str]:
    """The pages beside a page of Telegram Desktop, itself among them, in their order."""
    at = PurePosixPath(name)
    if not _PAGE.fullmatch(at.name):
        return []
    inside = "" if at.parent.as_posix() == "." else f"{at.parent.as_posix()}/"
    found = ((_PAGE.fullmatch(one), f"{inside}{one}") for one in files.beside(name))
    numbered = [(int(page[1] or 1), full) for page, full in found if page]
    return [full for _, full in sorted(numbered)]


def _is_page(path: Path) -> bool:
    with open_file(path) as page:
        return b"Exported Data" in page.read(_HEAD)


def _sidecar(name: str) -> bool:
    """Whether a file tells of one other file, by its name."""
    return name.lower().endswith(".json") and not name.lower().startswith(_WHOLE_FOLDER)


@contextmanager
def _told_into(path: Path, incoming: Path) -> Iterator[BinaryIO]:
    """Where posts are kept while they are taken in: in memory alone, unless they are many."""
    if path.stat().st_size <= _IN_MEMORY:
        with unnamed() as told:
            yield told
        return
    with private_folder(incoming) as folder, tempfile.TemporaryFile(dir=folder) as told:
        yield told


@contextmanager
def in_archive(archive: Path, incoming: Path, sandbox: Sandbox) -> Iterator[Bundle]:
    """An archive whose files are unpacked one by one. Raises BadInput, Unavailable."""
    with private_folder(incoming) as folder:
        yield Bundle(unpack.Opened(archive, folder, sandbox))


def ended_early(fault: str) -> Sentence:
    """Why the posts of an export end before it does."""
    if fault == "slow":
        return say("Reading it took too long and was stopped; what came before is here.")
    return say("It cannot be read any further; what came before is here.")
