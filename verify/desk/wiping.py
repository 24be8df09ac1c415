"""A case taken out of the desk for good, to its end, whatever interrupts it.

Every step may be done again. What is noted before the first one is struck out after the last,
so that the next start finds what a kill or a refusing disk left undone.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace

from verify.desk.archive import Archive
from verify.desk.cases import demand_itself
from verify.desk.comparing import Comparing
from verify.errors import Unavailable
from verify.records import Person, Role, say
from verify.store import astray, traces, wipe
from verify.store.home import Home
from verify.store.localchat import looking, wiping
from verify.store.wipe import Begun, Wiped


class Wiping:
    """Removes cases from all places where a home holds them."""

    def __init__(self, home: Home, archive: Archive, comparing: Comparing) -> None:
        self._home = home
        self._store = home.store
        self._archive = archive
        self._comparing = comparing

    def wipe(self, person: Person, case_id: int) -> Wiped:
        """Take all that a case holds out of the desk, for good; the custody record stays.

        Originals, words, messages of the local chat, and what matching knows of them; other
        cases keep what they hold too. Raises NotFound, NotAllowed, BadInput, and Unavailable:
        then the next start goes on with it.
        """
        begun = self._begin(person, case_id)
        try:
            return self._carry_out(begun)
        except Unavailable as error:
            raise Unavailable(
                say(
                    "Case {number} is not wiped to the end: {reason} The next start of the desk"
                    " goes on with it.",
                    number=case_id,
                    reason=error.sentence,
                )
            ) from error

    def _begin(self, person: Person, case_id: int) -> Begun:
        with self._store.transaction():
            demand_itself(self._store, person, case_id, Role.OWNER)
            around = self._comparing.alike(case_id) - {case_id}
            begun = Begun(case_id, person.id, tuple(sorted(around)))
            wipe.begin(self._store, begun)
        return begun

    def finish(self) -> None:
        """Go on with the wipes that were interrupted; what the disk still refuses waits."""
        for begun in wipe.under_way(self._store):
            with contextlib.suppress(Unavailable):
                self._carry_out(begun)

    def _carry_out(self, begun: Begun) -> Wiped:
        # the chat first: what it has about the case is known from rows that go in the next step
        left_in_chats = traces.of(self._store, begun.case_id, begun.around or ())
        chat_compacted = wiping.wipe(self._home.folder, left_in_chats)
        wiped = wipe.take_out(self._store, begun, left_in_chats, looking.bot_id(self._home.folder))
        left = wipe.unlink_doomed(self._store, self._home.vault)
        with contextlib.suppress(OSError):  # tried again at the next wipe
            astray.remove_copies(self._home.folder)
        if begun.around is not None:  # it takes minutes where there are many pictures
            self._archive.rebuild()
            self._comparing.cases(begun.around)
            wipe.clear_superseded(self._store, begun.around)
            wipe.unquoted(self._store, begun.case_id)
        compacted = self._store.compact() and chat_compacted
        if compacted and not left:
            wipe.end(self._store, begun.case_id)
        return replace(wiped, left=left, compacted=compacted)
