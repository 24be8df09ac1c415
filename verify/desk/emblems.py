"""Emblems: a person marks a logo, a flag or a seal once; where else it stands is noted.

Exhibits are looked through beside everything else, the latest first, one after the other. That two
pictures bear one emblem never makes them the same, nor a match.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from verify.desk.behind import Behind
from verify.desk.clusters import copies_of
from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.desk.precedence import Precedence
from verify.errors import BadInput, NotFound, Unavailable, VerifyError
from verify.records import Box, EmblemSeen, MarkedEmblem, Person, Pixels, Role, say
from verify.sandbox import Sandbox
from verify.store.care import withheld
from verify.store.database.connection import Store
from verify.store.folder.home import Home
from verify.store.keeping import custody
from verify.store.pictures import emblems, examinations, exhibits, views

if TYPE_CHECKING:  # loaded where emblems are looked for: who reads cases needs none of it
    from verify.matching.emblems import Emblem, Looked

_SOURCE_SIDE = 2048  # pixels: an emblem may be a small part of its picture
_MOST_FRAMES = 8  # of a film that are looked through
_LONGEST_NAME = 80


class Emblems:
    """Marks emblems, and finds them again."""

    def __init__(self, home: Home, sandbox: Sandbox, precedence: Precedence) -> None:
        self._store = home.store
        self._vault = home.vault
        self._sandbox = sandbox
        self._described: dict[int, Emblem | None] = {}
        self._behind = Behind("emblems", self._step, precedence)
        self._at_once = threading.Lock()

    def mark(
        self, person: Person, case_id: int, exhibit_id: int, box: Box, name: str
    ) -> MarkedEmblem:
        """Keep what stands in a box of an exhibit as an emblem. Raises NotFound, Unavailable, and
        BadInput for a film, a name that is none, and what is too plain to be found again."""
        name = " ".join(name.split())
        if not name or len(name) > _LONGEST_NAME:
            raise BadInput(
                say("An emblem needs a name of at most {limit} letters.", limit=_LONGEST_NAME)
            )
        case_id = standing(self._store, person, case_id, Role.REPORTER)
        exhibit = exhibits.known(self._store, exhibit_id, case_id)
        examined = examinations.latest(self._store, exhibit_id)
        if (examined and examined.examination.moves) or box.begins is not None:
            raise BadInput(
                say("An emblem is marked in a still. Take a frame of the film out first.")
            )
        if withheld.is_withheld(self._store, exhibit_id):
            raise Unavailable(say("This picture cannot be shown."))
        self._describe(exhibit.sha256, box)
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.REPORTER)
            number = emblems.add(self._store, person.id, case_id, exhibit_id, box, name)
            custody.append(
                self._store,
                "emblem marked",
                person.id,
                case=case_id,
                exhibit=exhibit.sha256,
                emblem=number,
            )
        [made] = [one for one in emblems.every(self._store) if one.id == number]
        return made

    def named(self, person: Person, sha256: str, written: str) -> tuple[int, int, Box]:
        """The case and exhibit of a digest, and the one box that is written: percentages, or
        squares of its grid. Raises NotFound, BadInput."""
        from verify.care import boxes

        require(person, Role.REPORTER)
        exhibit_id = exhibits.with_bytes(self._store, sha256)
        found = exhibits.cases_of(self._store, person, exhibit_id) if exhibit_id else []
        if not found or exhibit_id is None:
            raise NotFound(say("There is no such exhibit."))
        examined = examinations.latest(self._store, exhibit_id)
        seen = examined.examination if examined else None
        grid = boxes.grid((seen and seen.width) or 1, (seen and seen.height) or 1)
        several = boxes.read(written, *grid)
        if len(several) != 1:
            raise BadInput(say("An emblem is marked by one box."))
        return found[0], exhibit_id, several[0]

    def remove(self, person: Person, emblem_id: int) -> None:
        """Forget an emblem and where it stood. Raises NotFound."""
        require(person, Role.REPORTER)
        with self._store.transaction():
            known = {one.id for one in emblems.visible(self._store, person)}
            if emblem_id not in known:
                raise NotFound(say("There is no such emblem."))
            emblems.remove(self._store, emblem_id)
            custody.append(self._store, "emblem removed", person.id, emblem=emblem_id)

    def every(self, person: Person) -> tuple[list[MarkedEmblem], int]:
        """All emblems that a person may know of, with where they stood; and how many exhibits are
        still to be looked through."""
        require(person, Role.VIEWER)
        known = emblems.visible(self._store, person)
        places = emblems.places(self._store, person, [one.id for one in known])
        told = [
            replace(
                one,
                places=tuple(p for p in places.get(one.id, ()) if p.exhibit_id != one.exhibit_id),
            )
            for one in known
        ]
        return told, emblems.unlooked(self._store)

    def begin(self) -> None:
        """Look through what there is, beside everything else, from now on."""
        self._behind.begin()

    def close(self) -> None:
        """End after the exhibit under way; the next start goes on from there."""
        self._behind.close()

    def look_through(self) -> Iterator[tuple[int, int]]:
        """Look through all exhibits now: how many were, of how many, one by one."""
        total, done = emblems.unlooked(self._store), 0
        while self._step():
            done += 1
            yield done, max(done, total)

    def _step(self) -> bool:
        """Look through one exhibit; False where there is none left."""
        with self._at_once:
            waiting = emblems.next_unlooked(self._store)
            if waiting is None:
                return False
            exhibit_id, sha256, upto = waiting
            known = emblems.every(self._store)
            new = [one for one in known if one.id > upto and one.exhibit_id != exhibit_id]
            looks = self._looks(exhibit_id, sha256) if new else []
            found = [one.id for one in new if self._stands(one, looks)]
            with self._store.transaction():
                if exhibits.exhibit(self._store, exhibit_id):  # it may have been wiped meanwhile
                    emblems.looked(self._store, exhibit_id, known[-1].id if known else upto, found)
        return True

    def _stands(self, emblem: MarkedEmblem, looks: list[Looked]) -> bool:
        if emblem.id not in self._described:
            try:
                self._described[emblem.id] = self._describe(emblem.sha256, emblem.box)
            except VerifyError:
                self._described[emblem.id] = None
        described = self._described[emblem.id]
        return described is not None and any(one.shows(described) for one in looks)

    def _describe(self, sha256: str, box: Box) -> Emblem:
        from verify.matching.emblems import Emblem

        pixels = self._sandbox.pixels(self._vault.original(sha256), _SOURCE_SIDE)
        if pixels is None:
            raise Unavailable(say("This picture cannot be shown."))
        try:
            return Emblem.of(pixels, box.left, box.top, box.right, box.bottom)
        except ValueError as error:
            raise BadInput(
                say("What stands in the box is too plain, or too small, to be found again.")
            ) from error

    def _looks(self, exhibit_id: int, sha256: str) -> list[Looked]:
        """The pictures of an exhibit: itself, or frames of a film."""
        from verify.matching.emblems import SIDE, Looked

        try:
            original = self._vault.original(sha256)
        except VerifyError:
            return []
        times = views.frame_times(self._store, exhibit_id)
        shown: list[Pixels] = []
        if times:
            step = max(1, -(-len(times) // _MOST_FRAMES))
            shown = [one for _, one in self._sandbox.frames(original, SIDE, times[::step])]
        elif pixels := self._sandbox.pixels(original, SIDE):
            shown = [pixels]
        return [Looked.of(one) for one in shown]


def seen_in(store: Store, person: Person, exhibit_id: int) -> tuple[EmblemSeen, ...]:
    """The emblems that stand in an exhibit and where else they stood, but for its own copies."""
    known = emblems.in_exhibit(store, person, exhibit_id)
    if not known:
        return ()
    own = copies_of(store, exhibit_id)
    places = emblems.places(store, person, [one.id for one in known])
    return tuple(
        EmblemSeen(
            emblem_id=one.id,
            name=one.name,
            elsewhere=tuple(p for p in places.get(one.id, ()) if p.exhibit_id not in own),
        )
        for one in known
    )
