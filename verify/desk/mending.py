"""What earlier versions broke in a home, put right once, at its opening."""

from __future__ import annotations

from verify.desk.comparing import Comparing
from verify.errors import Unavailable
from verify.records import Sentence, say
from verify.store.casework import members
from verify.store.folder.home import Home
from verify.store.keeping import astray


class Mending:
    """Brings back the cases that merges of earlier versions lost."""

    def __init__(self, home: Home, comparing: Comparing) -> None:
        self._home = home
        self._store = home.store
        self._comparing = comparing

    def mend(self) -> tuple[Sentence, ...]:
        """Put right what is broken, after a copy of the database; says what was done.

        Without room for the copy nothing is changed; the next start tries again.
        """
        if not (astray.circles(self._store) or astray.astray(self._store)):
            return ()
        try:
            copy = astray.copy(self._home.folder)
        except Unavailable as error:
            return (say("Merged cases are not put right yet: {reason}", reason=error.sentence),)
        with self._store.transaction():
            desk = members.known(self._store, "desk", "", "verify-desk", "en")
            pairs = astray.put_right(self._store, desk.id)
            for stands in {stands for _, stands in pairs}:
                self._comparing.changed(stands)
        told = [
            say(
                "What case {number} held is in case {into} now: an earlier version had lost it in"
                " a merge.",
                number=part,
                into=stands,
            )
            for part, stands in pairs
        ]
        return (*told, say("The database as it was before is kept as {file}.", file=copy.name))
