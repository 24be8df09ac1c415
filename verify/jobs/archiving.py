"""The exports among the files of an import, taken into the archive post by post."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from verify.errors import BadInput, VerifyError
from verify.jobs import exports
from verify.jobs.coming import Chats
from verify.jobs.exports import AmbiguousDatesError, Bundle, Export, Folder
from verify.jobs.folders import files_below
from verify.jobs.place import Place
from verify.jobs.presence import Presence
from verify.records import (
    Archived,
    DateOrder,
    ListedHash,
    Person,
    Post,
    Receipt,
    Refused,
    Sentence,
    Unread,
    say,
    say_many,
)

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course
    from verify.sandbox import Sandbox

_MOST_REFUSED = 1000  # lines; the rest is counted
_TOGETHER = 500  # posts without files
_HASHES_TOGETHER = 5000


@dataclass
class _Tally:
    """What came of one kind of export so far.

    known: of each submission, whether its bytes were here. counted: the posts with files, since an
    export may tell of a post once for each of its files.
    """

    file: bytes
    format: str
    number: int
    posts: int = 0
    new: int = 0
    missing: int = 0
    hashes: Counter[str] = field(default_factory=Counter)
    known: dict[int, bool] = field(default_factory=dict)
    counted: set[tuple[str, str, str]] = field(default_factory=set)
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, what: str, why: Sentence, *, by_choice: bool = False) -> None:
        if len(self.refused) < _MOST_REFUSED:
            self.refused.append(Refused(what, why, by_choice))

    def told(self, comparing: int) -> Archived:
        return Archived(
            file=self.file,
            format=self.format,
            number=self.number,
            posts=self.posts,
            new=self.new,
            media=len(self.known),
            exhibits_new=[*self.known.values()].count(False),
            exhibits_known=[*self.known.values()].count(True),
            missing=self.missing,
            refused=tuple(self.refused),
            hashes=(*self.hashes.items(),),
            comparing=comparing,
        )


@dataclass(frozen=True)
class Step:
    """A file of a post on its way through the lab, or the end of an export.

    exhibit_id: what is to be examined. done: how many of the files that were found lie before it.
    comparing: how many of these submissions' files are still to be compared.
    """

    tally: _Tally
    exhibit_id: int | None
    done: int
    comparing: Callable[[Iterable[int]], int]
    file: str = ""

    def recorded(self, wrong: Exception | None) -> Archived | None:
        """Note how its examination went; gives what came of an export at its end."""
        if self.exhibit_id is None:
            return self.tally.told(self.comparing(self.tally.known))
        if wrong:
            failed = say("It could not be examined.")
            why = wrong.sentence if isinstance(wrong, VerifyError) else failed
            self.tally.refuse(self.file, why)
        return None


class Wanted(Protocol):
    """What an import was asked for."""

    @property
    def confidential(self) -> bool: ...

    @property
    def dates(self) -> DateOrder | None: ...

    @property
    def chats(self) -> tuple[str, ...]: ...

    @property
    def until(self) -> date | None: ...


class Archiving:
    """Takes the exports at one place into the archive, and leaves the rest.

    exports: how many were read. left_out: those that cannot be read as they are, and why.
    """

    def __init__(
        self,
        desk: Desk,
        person: Person,
        wanted: Wanted,
        course: Course,
        what: str,
        done: int = 0,
    ) -> None:
        """what: where these come from, by which an import that was cut is taken up again. done: how
        many files were found before those of this place."""
        self._desk = desk
        self._person = person
        self._wanted = wanted
        self._course = course
        self._what = what
        self._done = done
        self._number = 0
        self._members = 0  # of closed chats, so far
        self._tallies: dict[str, _Tally] = {}
        self._taken: set[Path] = set()
        self._pages: set[Path] = set()
        self._folders: set[Path] = set()
        self.exports = 0
        self.left_out: list[tuple[Path, Sentence]] = []

    def take(self, place: Place, files: Iterable[tuple[Path, Path]]) -> Iterator[Step]:
        """The posts of the exports among the files of a place: where each is, and its name for the
        reader."""
        every = [*files]
        candidates = [(file, given) for file, given in every if exports.may_be(file.name)]
        if not candidates:
            return
        path = place.path()
        root = path if path.is_dir() else path.parent
        below = [file for file, _ in every] if path.is_dir() else [*files_below(root)]
        folder = Bundle(Folder(root, below))
        for file, given in candidates:
            if file in self._pages:
                continue
            name = file.relative_to(root).as_posix()
            try:
                with exports.opened(folder, name, given, self._lab, self._wanted.dates) as export:
                    if export:
                        self._pages.update(root / one for one in export.pages)
                        self._taken |= self._pages
                        if export.whole_folder:
                            self._folders.add(file.parent)
                        yield from self._posts(export, place.given, root)
            except AmbiguousDatesError as error:  # the others come in
                self._folders.add(file.parent)
                self.left_out.append((given, error.sentence))

    def take_archive(self, archive: Path, given: Path) -> Iterator[Step]:
        """The posts of the exports in a ZIP archive. Raises BadInput, Unavailable."""
        sandbox, incoming = self._lab
        with exports.in_archive(archive, incoming, sandbox) as files:
            yield from self.take_of(files, given)

    def take_of(self, files: Bundle, given: Path) -> Iterator[Step]:
        """The posts of the exports among these files. given: their name for the reader."""
        read: set[str] = set()
        for name in filter(exports.may_be, files.names):
            if name in read:
                continue
            inside = given / name
            try:
                with exports.opened(files, name, inside, self._lab, self._wanted.dates) as export:
                    if export:
                        read.update(export.pages)
                        yield from self._posts(export, os.fsencode(given))
            except AmbiguousDatesError as error:  # the others come in
                self.left_out.append((inside, error.sentence))

    def rest(self, files: Iterable[tuple[Path, Path]]) -> Iterator[tuple[Path, Path]]:
        """The files that belong to no export."""
        for file, given in files:
            if file in self._taken:
                continue
            if any(folder in file.parents for folder in self._folders):
                continue
            yield file, given

    def end(self) -> Iterator[Step]:
        """Note that all exports of this place are in; gives a step for each kind of them."""
        if self._number:
            self._desk.posts.end(self._person, self._number)
        for tally in self._tallies.values():
            yield Step(tally, None, self._done, self._comparing)

    @property
    def _lab(self) -> tuple[Sandbox, Path]:
        return self._desk.sandbox, self._desk.incoming

    def _posts(self, export: Export, at: bytes, root: Path | None = None) -> Iterator[Step]:
        from verify.desk.closed_chats import ClosedChats

        self._number = self._number or self._desk.posts.begin(
            self._person,
            self._what,
            confidential=self._wanted.confidential,
            until=self._wanted.until,
        )
        tally = self._tallies.setdefault(export.format, _Tally(at, export.format, self._number))
        self.exports += 1
        if export.lists:
            self._list(export, tally)
            return
        found = Chats()
        posts = found.counted(one for one in export.posts() if isinstance(one, Post))
        chats = ClosedChats(self._number, posts, self._members)
        self._members = chats.last
        coming = found.coming(self._wanted.chats)
        self._say_what_stays_out(export, found, tally)
        words: list[Post] = []
        presence = Presence()
        for one in export.posts():
            self._course.step()
            presence.add(one)
            if isinstance(one, Unread):
                whole = one.what == export.given.name  # which of many of one name
                tally.refuse(str(export.given) if whole else one.what, one.why)
            elif one.place in coming:
                if root:
                    self._taken.update(root / name for name in export.named(one))
                if not export.has_files(one):
                    words.append(chats.bare(one))
                    tally.missing += len(one.media)
                else:
                    self._words(words, tally)
                    yield from self._post(export, one, chats.bare(one), tally)
                if len(words) >= _TOGETHER:
                    self._words(words, tally)
        self._words(words, tally)
        if export.fault:
            tally.refuse(str(export.given), exports.ended_early(export.fault))
            return
        for (network, place), numbers in presence.whole():
            self._desk.posts.gone(self._person, self._number, network, place, numbers)

    def _list(self, export: Export, tally: _Tally) -> None:
        """Keep a list of hashes, some at a time."""
        from verify.store.folder.vault import sha256_of

        if self._wanted.confidential:
            why = say(
                "A list of hashes cannot be for one person alone: what it names is said in every"
                " case that holds it."
            )
            tally.refuse(str(export.given), why)
            return
        lists = self._desk.hash_lists
        name, digest = export.given.name, sha256_of(export.path)
        number = lists.begin(self._person, self._number, name, digest)
        waiting: list[ListedHash] = []
        for one in export.hashes():
            self._course.step()
            if isinstance(one, Unread):
                tally.refuse(one.what, one.why)
                continue
            tally.hashes[one.kind] += 1
            waiting.append(one)
            if len(waiting) >= _HASHES_TOGETHER:
                tally.new += lists.take(self._person, number, waiting)
                waiting.clear()
        tally.new += lists.take(self._person, number, waiting)
        if export.fault:
            tally.refuse(str(export.given), exports.ended_early(export.fault))
        lists.end(self._person, number)

    def _words(self, waiting: list[Post], tally: _Tally) -> None:
        """Keep the posts that wait, which have no files."""
        tally.posts += len(waiting)
        tally.new += self._desk.posts.take_words(self._person, self._number, waiting)
        waiting.clear()

    def _fresh(self, receipt: Receipt) -> bool:
        """Whether the bytes came with this import, perhaps before it was taken up again."""
        here = not receipt.repeated or receipt.received_at >= self._course.begun_at
        return here and not receipt.known

    def _say_what_stays_out(self, export: Export, chats: Chats, tally: _Tally) -> None:
        """That chats which were named are not there, or that talks of two are left out."""
        if self._wanted.chats:
            if not chats.coming(self._wanted.chats):
                why = say("None of the chats that were named is in it.")
                tally.refuse(str(export.given), why)
            return
        private = sum(not place.coming for place in chats.places(()))
        if private:
            tally.refuse(
                str(export.given),
                say_many(
                    "{count} private chat was left out; at a terminal {option} takes it in by its"
                    " name.",
                    "{count} private chats were left out; at a terminal {option} takes one in by"
                    " its name.",
                    private,
                    option="--chat",
                ),
                by_choice=True,
            )

    def _post(self, export: Export, post: Post, bare: Post, tally: _Tally) -> Iterator[Step]:
        key = bare.network, bare.place, bare.id
        tally.posts += key not in tally.counted
        tally.counted.add(key)
        with export.media(post) as files:
            try:
                taken = self._desk.posts.take(self._person, self._number, bare, files)
            except BadInput as error:
                tally.refuse(post.id, error.sentence)
                return
        tally.new += taken.new
        tally.missing += len(post.media) - len(taken.media)
        for place, receipt in taken.media.items():
            tally.known.setdefault(receipt.submission_id, not self._fresh(receipt))
            file = post.media[place].path
            yield Step(tally, receipt.exhibit_id, self._done, self._comparing, file)

    def _comparing(self, submission_ids: Iterable[int]) -> int:
        return self._desk.second_pass.among(submission_ids)
