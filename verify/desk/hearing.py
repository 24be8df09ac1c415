"""The sounds of films and recordings: listened to in the lab, and found again in others.

A step of its own, for it may take minutes and pictures do not wait for it. What shares a sound
is no match: the pictures may have nothing to do with each other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from verify.desk.bulk import Bulk, Tools
from verify.desk.permissions import require
from verify.desk.precedence import Precedence
from verify.errors import NotFound, Unavailable
from verify.formats import SOUNDS
from verify.lab import SOUND_VERSION
from verify.records import Examination, Heard, Person, Role, Sound
from verify.sandbox import Sandbox
from verify.store.care import withheld
from verify.store.folder.home import Home
from verify.store.folder.vault import sha256_of
from verify.store.keeping import custody
from verify.store.pictures import examinations, exhibits, sounds, views
from verify.store.pictures.sounds import Passages, Same

if TYPE_CHECKING:
    from verify.matching.sound_index import SoundIndex


class Hearing:
    """Every sound of the desk, as far as a person may hear of it."""

    def __init__(self, home: Home, sandbox: Sandbox, precedence: Precedence, bulk: Bulk) -> None:
        self._home = home
        self._store = home.store
        self._sandbox = sandbox
        self._precedence = precedence
        self._bulk = bulk
        # Always taken before the store's own lock, so that the two never wait for each other.
        self._lock = threading.Lock()
        self._index: SoundIndex | None = None

    def hear(self, person: Person, exhibit_id: int) -> bool:
        """Listen to an examined film or recording, and find where its sound was heard before.

        Whether that was done now: not for what has no sound, nor where it is done. Raises NotFound,
        and Unavailable when its original is missing or changed.
        """
        require(person, Role.REPORTER)
        if not self._unheard(exhibit_id):
            return False
        self._precedence.give_way()
        return self._record(person, exhibit_id, _listen(self._sandbox, self._original(exhibit_id)))

    def sounds(self, seen: Examination) -> bool:
        """Whether there may be something to hear in an examined file."""
        return seen.media_type in SOUNDS

    def hear_rest(self, person: Person, *, again: bool = False) -> Iterator[None]:
        """Listen to all that was not listened to, or, `again`, to all; one step an exhibit.

        What cannot be read is left as it is.
        """
        require(person, Role.REPORTER)
        version = 0 if again else SOUND_VERSION
        ids = sounds.unheard(self._store, version, SOUNDS)

        def listen(exhibit_id: int, tools: Tools) -> Sound:
            tools.give_way()
            return _listen(tools.sandbox, self._original(exhibit_id))

        for exhibit_id, awaited in self._bulk.each(ids, listen):
            # one whose original is gone stays as it is known
            with suppress(NotFound, Unavailable):
                self._record(person, exhibit_id, awaited())
            yield

    def look_up(self, person: Person, content: bytes | Path, media_type: str) -> tuple[Heard, ...]:
        """Where the sound of a file that is not kept was heard before."""
        if media_type not in SOUNDS:
            return ()
        sound = _listen(self._sandbox, content)
        own = exhibits.with_bytes(self._store, sha256_of(content))
        with self._lock:
            found = self._find(sound, own)
        told = [Same(0, earlier, passages) for earlier, passages in found.items()]
        return self._told(person, told, films=media_type.startswith("video/"))

    def heard(self, person: Person, exhibit_id: int) -> tuple[Heard, ...]:
        """What shares its sound with an exhibit, earlier or later, the first that came first.

        Only what this person may see.
        """
        return self._told(person, sounds.same(self._store, exhibit_id))

    def listened(self, exhibit_id: int) -> tuple[bool | None, bool]:
        """Whether an exhibit has a sound, None where it was not listened to; whether nothing is
        heard in it."""
        return sounds.listened(self._store, exhibit_id)

    def forget_gone(self) -> None:
        """Leave nothing of exhibits that are in the store no longer in memory."""
        with self._lock:
            self._index = None

    def _unheard(self, exhibit_id: int) -> bool:
        examined = examinations.latest(self._store, exhibit_id)
        sounding = examined is not None and examined.examination.media_type in SOUNDS
        sounding = sounding and not withheld.is_withheld(self._store, exhibit_id)
        return sounding and not sounds.heard(self._store, exhibit_id, SOUND_VERSION)

    def _original(self, exhibit_id: int) -> Path:
        return self._home.vault.original(exhibits.known(self._store, exhibit_id).sha256)

    def _record(self, person: Person, exhibit_id: int, sound: Sound) -> bool:
        from verify.matching.landmarks import landmarks

        with self._lock:
            found = self._find(sound, exhibit_id)
            with self._store.transaction():
                exhibit = exhibits.exhibit(self._store, exhibit_id)
                if exhibit is None or withheld.is_withheld(self._store, exhibit_id):  # meanwhile
                    return False
                sounds.keep(self._store, exhibit_id, sound, found)
                custody.append(
                    self._store,
                    "heard",
                    person.id,
                    case=exhibits.all_cases_of(self._store, exhibit_id)[0],
                    exhibit=exhibit.sha256,
                    version=sound.version,
                )
            if self._index and sound.times:
                self._index.add(exhibit_id, landmarks(sound))
        return True

    def _find(self, sound: Sound, own: int | None) -> dict[int, Passages]:
        """Under the lock."""
        from verify.matching.sounds import find

        if sound.silent or not sound.times:
            return {}
        leave_out = () if own is None else (own,)
        return find(sound, self._filled(), lambda one: sounds.of(self._store, one), leave_out)

    def _filled(self) -> SoundIndex:
        """The index, with all that the store has. Under the lock."""
        from verify.matching.landmarks import landmarks
        from verify.matching.sound_index import SoundIndex

        index = self._index = self._index or SoundIndex()
        wanted = sounds.known(self._store, SOUND_VERSION)
        there = index.numbers
        index.remove(*(there - {*wanted}))
        for exhibit_id in wanted:
            if exhibit_id not in there and (sound := sounds.of(self._store, exhibit_id)):
                index.add(exhibit_id, landmarks(sound))
        return index

    def _told(self, person: Person, same: list[Same], *, films: bool = False) -> tuple[Heard, ...]:
        """films: whether a file that is not kept is a film."""
        if not same:
            return ()
        with self._store.lock:  # between two queries nothing goes
            ids = {one.exhibit_id for one in same} | {one.earlier_exhibit_id for one in same}
            cases = exhibits.seen_in(self._store, person, ids)
            digests = exhibits.digests(self._store, ids)
            seen = views.seen_in(self._store, ids)
        return tuple(
            Heard(
                exhibit_id=one.exhibit_id,
                earlier_exhibit_id=one.earlier_exhibit_id,
                sha256=digests.get(one.exhibit_id, ""),
                earlier_sha256=digests[one.earlier_exhibit_id],
                case_id=cases[one.exhibit_id][0] if one.exhibit_id else 0,
                earlier_case_id=cases[one.earlier_exhibit_id][0],
                passages=one.passages,
                film=one.exhibit_id in seen if one.exhibit_id else films,
                earlier_film=one.earlier_exhibit_id in seen,
            )
            for one in same
            if {one.exhibit_id, one.earlier_exhibit_id} <= {*cases, 0}
        )


def _listen(sandbox: Sandbox, content: bytes | Path) -> Sound:
    """What fails is not tried again at every turn: it counts as without sound."""
    return sandbox.hear(content) or Sound(version=SOUND_VERSION, seconds=0.0)
