"""The hub of many desks: what this one shares, what others saw first, and that nobody waits for it.

All that speaks to the hub runs in a thread of its own, within time limits; what is to be sent
waits in the store, and what others shared is searched there, offline.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from verify.comparisons.seen_by_another_desk import told
from verify.config import Joining
from verify.desk import hub_sharing
from verify.desk.archive import Archive
from verify.desk.comparing import Comparing
from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.desk.precedence import Precedence
from verify.errors import BadInput, VerifyError
from verify.lab import LAB_VERSION
from verify.records import (
    Examination,
    HubStatus,
    Person,
    Role,
    SeenElsewhere,
    Sentence,
    Sharing,
    say,
)
from verify.store.care import withheld
from verify.store.casework import notices, stale
from verify.store.folder.home import Home
from verify.store.hubs import kept, shared, state
from verify.store.packs.kept import Hit
from verify.store.pictures import exhibits, features, views

if TYPE_CHECKING:  # they load FAISS and psycopg, and most desks have no hub
    from verify.desk.hub_following import Change
    from verify.desk.hub_recall import HubRecall

_STEP = 20  # exhibits, or entries
_PAUSE_SECONDS = 0.05
_VISIT_SECONDS = 30.0
_WAITS = (30.0, 60.0, 300.0, 600.0)  # seconds after visits that failed
_CLOSE_SECONDS = 5.0
_ASKED_SECONDS = 20.0

_log = logging.getLogger(__name__)


class Hub:
    """Shares with a hub, follows it, and keeps what it says of exhibits."""

    def __init__(
        self,
        home: Home,
        archive: Archive,
        comparing: Comparing,
        precedence: Precedence,
        joining: Joining,
        *,
        reading: bool = False,
    ) -> None:
        self._store = home.store
        self._folder: Path = home.folder
        self._archive = archive
        self._comparing = comparing
        self._precedence = precedence
        self._joining = joining
        self._reading = reading
        self._wanted = threading.Event()  # a visit at once, or the end
        self._ended = False
        self._thread: threading.Thread | None = None
        self._visiting = threading.Lock()
        self._at_once = threading.Lock()
        self._loading = threading.Lock()
        self._loaded: HubRecall | None = None

    # --- what this desk shares ----------------------------------------------------------------

    def would_go(self, person: Person, case_id: int) -> Sharing:
        """What of a case would go to the hub. Raises NotFound, NotAllowed, BadInput."""
        standing(self._store, person, case_id)
        self._demand_joined()
        return hub_sharing.look(self._store, person, case_id, self._joining.contact)

    def share_case(self, person: Person, case_id: int, seen: str) -> Sharing:
        """Have sent what was looked at, which waits here until the hub has it. seen: its digest.

        Raises as `would_go`, and BadInput where something else would go now.
        """
        standing(self._store, person, case_id)
        self._demand_joined()
        going = hub_sharing.share(self._store, person, case_id, self._joining.contact, seen)
        self._wanted.set()
        return going

    def unshare(self, person: Person, case_id: int) -> int:
        """Take back what was shared of a case's exhibits; gives of how many. Raises NotFound."""
        count = hub_sharing.withdraw(self._store, person, case_id)
        self._wanted.set()
        return count

    def status(self, person: Person) -> HubStatus:
        """How it stands with the hub, by what is known here."""
        require(person, Role.EDITOR)
        found = HubStatus(
            set_up=bool(self._joining.address),
            asks=self._joining.asks,
            waiting=shared.count_waiting(self._store),
            shared=shared.every(self._store),
        )
        return state.told(self._store, found)

    def reached(self) -> Sentence | None:
        """Why the hub does not answer just now; None where it does, or none is set up."""
        if not self.joined:
            return None
        from verify.hub import log
        from verify.hub.connection import opened

        try:
            with opened(self._joining.address, seconds=_ASKED_SECONDS) as hub:
                log.greet(hub, log.Place())
        except VerifyError as error:
            return error.sentence
        return None

    @property
    def joined(self) -> bool:
        """Whether a hub is set up."""
        return bool(self._joining.address)

    def _demand_joined(self) -> None:
        if not self._joining.address:
            raise BadInput(say("No hub is set up: VERIFY_HUB names one, as `hub invite` shows it."))

    # --- visits -------------------------------------------------------------------------------

    def visit(self) -> None:
        """Send what waits, follow what others shared, and hold what is here against it, now.

        Raises BadInput and Unavailable; the store keeps why.
        """
        self._demand_joined()
        while self._visit():
            pass
        while self._step():
            pass

    def _visit(self) -> bool:
        """One visit; whether there is more at once. Raises as `visit`."""
        from verify.desk.hub_following import visit  # psycopg
        from verify.hub.connection import opened

        with self._visiting:
            try:
                with opened(self._joining.address) as hub:
                    return visit(self._store, hub, asks=self._joining.asks, apply=self._apply)
            except VerifyError as error:
                state.went_wrong(self._store, error.sentence)
                raise

    def _apply(self, change: Change) -> None:
        """Have what came found, and what went found no more."""
        with self._loading:
            if self._loaded and (change.entries or change.views):
                self._loaded.remove(change.views)
                self._loaded.add(change.entries)
                self._loaded.save()
        if change.views:
            self._comparing.go_on()

    def begin(self) -> None:
        """Visit the hub from now on, beside everything else."""
        if self._thread is None and (self.joined or kept.any_(self._store)):
            self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End after the step under way; the next start goes on from there."""
        self._ended = True
        self._wanted.set()
        if self._thread:
            self._thread.join(_CLOSE_SECONDS)  # a server that is stuck keeps nobody

    def _run(self) -> None:
        failed = 0
        while not self._ended:
            self._wanted.clear()
            pause = _VISIT_SECONDS
            try:
                if self.joined and self._visit():
                    pause = _PAUSE_SECONDS
                failed = 0
            except VerifyError as error:
                pause = _WAITS[min(failed, len(_WAITS) - 1)]
                failed += 1
                _log.warning("a visit to the hub failed: %s", error.sentence.template)
            except Exception:
                _log.exception("a visit to the hub failed")
            self._look_through()
            if not self._ended:
                self._wanted.wait(pause)

    def _look_through(self) -> None:
        try:
            while not self._ended and self._step():
                self._precedence.give_way()
        except VerifyError:  # the disk is full or gone, or the hub away: the next turn goes on
            _log.warning("exhibits could not be held against the hub", exc_info=True)
        except Exception:
            _log.exception("exhibits could not be held against the hub")

    # --- what others say ----------------------------------------------------------------------

    def find(self, seen: Examination) -> dict[int, Hit]:
        """What shows the same as an examined picture or film, by the numbers of entries."""
        recall = self._recall()
        return recall.find(seen) if recall else {}

    def look_up(self, seen: Examination) -> tuple[SeenElsewhere, ...]:
        """What other desks say of a file that is not kept."""
        return kept.told(self._store, self.find(seen))

    def record(self, exhibit_id: int, found: dict[int, Hit]) -> None:
        """Keep what was found for an exhibit as it was examined. Inside the transaction that
        records that."""
        if self._joining.asks:  # the hub is asked behind it
            return
        if kept.looked(self._store, exhibit_id, found):
            stale.mark_exhibit(self._store, exhibit_id)

    def _recall(self) -> HubRecall | None:
        with self._loading:
            if self._loaded is None and kept.any_(self._store):
                from verify.desk.hub_recall import HubRecall

                self._loaded = HubRecall(self._store, self._folder, reading=self._reading)
            return self._loaded

    def _step(self) -> bool:
        """Hold some of what is here against some of what others shared; False where all is."""
        with self._at_once:
            exhibits_ = kept.unlooked(self._store, _STEP)
            for exhibit_id in exhibits_:
                if self._ended:
                    return False
                self._precedence.give_way()
                if self._joining.asks:
                    self._ask(exhibit_id)
                self._hold(exhibit_id)
            entries = kept.to_hold(self._store, _STEP)
            for entry_id in entries:
                if self._ended:
                    return False
                self._precedence.give_way()
                for exhibit_id in self._likely(entry_id):
                    self._hold(exhibit_id)
            if entries:
                kept.held(self._store, entries)
        if exhibits_ or entries:
            self._comparing.go_on()
        return bool(exhibits_ or entries)

    def _likely(self, entry_id: int) -> set[int]:
        """The exhibits that may show an entry, by the desk's own index."""
        from verify.matching.points import read
        from verify.store.packs.bounds import MOST_POINTS

        described = []
        for _, found in kept.described_of(self._store, entry_id):
            try:
                described.append(read(found, MOST_POINTS))
            except ValueError:  # whoever made them contradicted themselves
                continue
        hashes = [bytes(row["pdq"]) for row in kept.hashes(self._store, [entry_id])]
        return self._archive.likely(hashes, described)

    def _ask(self, exhibit_id: int) -> None:
        """Have the hub tell what is near an exhibit, whose hashes it learns. Raises Unavailable."""
        if not self.joined or not hub_sharing.may_be_told(self._store, exhibit_id):
            return
        from verify.desk.hub_following import keep
        from verify.hub import log
        from verify.hub.connection import opened
        from verify.matching.laid import laid

        hashes = [
            one
            for view in views.of_exhibit(self._store, exhibit_id)
            for print_ in view.fingerprints
            if print_.algorithm == "pdq"
            for one in laid(print_.hash).values()
        ]
        with opened(self._joining.address, seconds=30) as hub:
            rows = log.near(hub, hashes)
        with self._store.transaction():
            change = keep(self._store, rows, state.joined(self._store).round)
        self._apply(change)

    def _hold(self, exhibit_id: int) -> None:
        """Hold what was here before against what others shared, and tell of it once."""
        found = self.find(self._kept(exhibit_id))
        with self._store.transaction():
            if exhibits.exhibit(self._store, exhibit_id) is None:  # wiped meanwhile
                return
            if withheld.is_withheld(self._store, exhibit_id):
                return
            new = kept.looked(self._store, exhibit_id, found)
            if new:
                stale.mark_exhibit(self._store, exhibit_id)
                self._tell(exhibit_id, {one: found[one] for one in new})

    def _kept(self, exhibit_id: int) -> Examination:
        seen = features.of_exhibit(self._store, exhibit_id)
        return Examination(lab_version=LAB_VERSION, media_type="", views=seen)

    def _tell(self, exhibit_id: int, found: dict[int, Hit]) -> None:
        """Tell the people of an exhibit's cases, once a case."""
        for one in kept.told(self._store, found):
            for case_id in exhibits.all_cases_of(self._store, exhibit_id):
                if case_id > 0 and not kept.told_in(self._store, one.entry, case_id, exhibit_id):
                    news = say("Case {number}: {what}", number=case_id, what=told(one))
                    notices.tell_people(self._store, case_id, news)
