"""The use cases of a desk: receive, examine, answer, note, conclude, search.

Library first: chat, the command line and the local page are skins over `Desk`. It is
synchronous and may be called from several threads. Every call takes the acting person;
what it changes carries that person's name.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from verify.desk.archive import Archive
from verify.desk.bulk import NICENESS, Bulk
from verify.desk.casework import Casework
from verify.desk.claims import Claims
from verify.desk.comparing import Comparing
from verify.desk.deriving import Deriving
from verify.desk.examining import Examining
from verify.desk.exporting import Exporting
from verify.desk.judging import Judging
from verify.desk.mending import Mending
from verify.desk.pictures import Pictures
from verify.desk.precedence import Precedence
from verify.desk.receiving import Receiving
from verify.desk.renewing import Renewing
from verify.desk.reports import Reports
from verify.desk.sources import Sources
from verify.desk.team import Team
from verify.desk.verdicts import Verdicts
from verify.desk.wiping import Wiping
from verify.desk.writing import Writing
from verify.records import TRUSTING_NOBODY, Person, Role, TrustLists
from verify.sandbox import Sandbox
from verify.store import people
from verify.store.home import Home
from verify.store.moving import Progress
from verify.tesseract import Tesseract


class Desk:
    """One desk on one home. Use as a context manager, or call close().

    What is done every day has its verb here: `desk.receive(...)`, `desk.note(...)`; each is
    documented at the part that does it. `team`, `casework`, `sources`, `verdicts` and `pictures`
    are parts with verbs of their own.
    """

    def __init__(
        self,
        home: Path,
        *,
        reading: bool = False,
        trust: TrustLists = TRUSTING_NOBODY,
        sandbox: Sandbox | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Lock the home and open its store; with `reading`, look into it and change nothing.

        trust: whose signatures in Content Credentials and time stamps are trusted.
        sandbox: a lab to share with other desks, which then end it. progress: is told how far it
        is with a home that an earlier version made, where that takes a while.
        Raises Unavailable when another desk holds the home, NotFound when there is none to read.
        """
        self._home = Home(home, reading=reading, progress=progress)
        self.store = self._home.store
        self.incoming = self._home.vault.incoming
        self._reading = reading
        self._own_sandbox = sandbox is None
        self.sandbox = sandbox or Sandbox(trust=trust)
        self.tesseract = Tesseract()

        self._archive = archive = Archive(self.store, home)
        self.match, self.index_damaged = archive.known_match, archive.damaged
        self._comparing = comparing = Comparing(self.store, archive)
        self._renewing = Renewing(self.store, comparing)

        receiving = Receiving(self._home, comparing)
        self.receive, self.edit_caption = receiving.receive, receiving.edit_caption
        self.case_of_message = receiving.case_of_message
        precedence = Precedence()
        self.bulk = Bulk(self._lab(trust, sandbox), precedence)
        examining = Examining(
            self._home, self.sandbox, self.tesseract, archive, comparing, precedence, self.bulk
        )
        self.examine, self.look = examining.examine, examining.look
        self.examine_each, self.reindex = examining.examine_each, examining.reindex
        self.renew = self._renewing.finish

        self.derive = Deriving(self._home, self.sandbox, comparing).derive
        writing = Writing(self.store)
        self.note, self.noted, self.undo_note = writing.note, writing.noted, writing.undo_note
        self.answer = writing.answer
        claims = Claims(self.store, comparing)
        self.claim, self.correct, self.claim_now = claims.claim, claims.correct, claims.claim_now
        self.claim_reading = claims.reading
        self.sources = Sources(self.store, comparing)
        judging = Judging(self.store, archive, comparing)
        self.judge, self.judgements = judging.judge, judging.judgements
        self.verdicts = Verdicts(self.store)
        self.conclude = self.verdicts.conclude

        reports = Reports(self.store, archive, comparing)
        self.case, self.exhibit, self.exhibits = reports.case, reports.exhibit, reports.exhibits
        self.standing, self.place = reports.standing, reports.place
        self.cases, self.search = reports.cases, reports.search
        self.export = Exporting(self._home, reports).export
        self._wiping = wiping = Wiping(self._home, archive, comparing)
        self.wipe, self.finish_wipe = wiping.wipe, wiping.finish

        self.team = Team(self.store)
        self.casework = Casework(self.store, comparing)
        self.pictures = Pictures(self._home, self.sandbox, archive)
        self.mended = () if reading else Mending(self._home, comparing).mend()
        if not reading:
            self.mended = (*self.mended, *wiping.start())
            comparing.go_on()

    def _lab(
        self, trust: TrustLists, shared: Sandbox | None
    ) -> Callable[[int], AbstractContextManager[Sandbox]]:
        """What makes a lab for many files, apart from that of files which somebody waits for."""
        if shared:
            return lambda children: nullcontext(shared)
        return lambda children: closing(Sandbox(children, trust=trust, niceness=NICENESS))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the lab's children, keep the index, let the next desk in."""
        if not self._reading:
            self._renewing.close()
            self._wiping.close()
            self._comparing.close()
            self._archive.close()
        if self._own_sandbox:
            self.sandbox.close()
        self._home.close()

    def prepare(self) -> None:
        """Begin what nobody should have to wait for: indexes filled, what is derived renewed."""
        self._archive.prepare()
        self._renewing.begin()

    # --- people ---------------------------------------------------------------------------

    def person(self, platform: str, external_id: str, name: str, language: str = "") -> Person:
        """The person of that account, made known or renamed when needed."""
        return people.known(self.store, platform, external_id, name, language)

    def at_console(self, external_id: str, name: str, language: str) -> Person:
        """Whoever works on the desk's own computer: an owner, to whom no case is a secret."""
        person = self.person("terminal", external_id, name, language)
        return msgspec.structs.replace(person, language=language, role=Role.OWNER, at_console=True)

    def speak(self, person: Person, language: str) -> None:
        """Change the language in which this person reads."""
        people.set_language(self.store, person.id, language)
