"""A case taken out of the desk for good, to its end, whatever interrupts it.

Its rows, words and originals go while whoever asked waits. What is made anew without it, the
indexes and the file of the database, is made behind them, and gives way to whoever works. Every
step may be done again: what is noted before the first one is struck out after the last, so that
the next start finds what a kill or a refusing disk left undone.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat

from msgspec.structs import replace

from verify.desk.archive import Archive
from verify.desk.campaign_watch import CampaignWatch
from verify.desk.comparing import Comparing
from verify.desk.hearing import Hearing
from verify.desk.keeping import demand_unheld, one_import, one_of, one_source
from verify.desk.numbers import demand_itself, standing
from verify.desk.permissions import require
from verify.desk.unbagging import demand_untouched
from verify.errors import NotFound, Unavailable, VerifyError
from verify.records import FromBag, Person, Role, Sentence, Wiped, Withdrawal, say
from verify.store.casework import bags, stale, visibility
from verify.store.chats import leftovers
from verify.store.folder.home import Home
from verify.store.keeping import astray, custody, gathering, left, wipe
from verify.store.keeping.wipe import Begun
from verify.store.localchat import looking, wiping
from verify.store.packs import given
from verify.store.pictures import exhibits, hash_lists
from verify.store.posts import accounts, shelves

_PAUSES = (0.0, 2.0, 10.0, 60.0, 600.0)  # seconds before tries to make all of it anew

_log = logging.getLogger(__name__)


class Wiping:
    """Removes cases from all places where a home holds them."""

    def __init__(
        self,
        home: Home,
        archive: Archive,
        comparing: Comparing,
        hearing: Hearing,
        watch: CampaignWatch,
    ) -> None:
        self._home = home
        self._store = home.store
        self._archive = archive
        self._comparing = comparing
        self._hearing = hearing
        self._watch = watch
        self._background = ThreadPoolExecutor(1, "wiping")
        self._one_at_a_time = threading.Lock()
        self._closing = threading.Event()

    def wipe(self, person: Person, case_id: int) -> Wiped:
        """Take all that a case holds out of the desk, for good; the custody record stays.

        Originals, words, messages of the local chat, and what matching knows of them; other
        cases keep what they hold too. The database is written anew behind the caller, see
        `finish`. Raises NotFound, NotAllowed, BadInput, and Unavailable: then the next start
        goes on with it.
        """
        return self._wipe(self._begin(person, case_id))

    def wipe_source(self, person: Person, name: str) -> Wiped:
        """Take out all that a source stands behind, in whichever case: the files that nothing else
        brought, what was made of them, where they stood and what was claimed because of them.

        name: the source's own, or its account. Raises NotFound, BadInput where several have the
        name or a legal hold stops it, and as `wipe`.
        """
        require(person, Role.OWNER)
        with self._store.transaction():
            source_id = one_source(self._store, person, name)
            found = gathering.of_source(self._store, source_id)
            begun, cases = self._gathered(person, found)
        return self._without(begun, cases)

    def wipe_account(self, person: Person, name: str) -> Wiped:
        """The same of all that an account posted, with the account itself.

        name: a key, handle or name that it ever had. Raises as `wipe_source`.
        """
        require(person, Role.OWNER)
        with self._store.transaction():
            known = accounts.named(self._store, person, name)
            named = [gathering.Named(one.id, f"{one.network}:{one.key}") for one in known]
            found = gathering.of_account(self._store, one_of(named, name))
            begun, cases = self._gathered(person, found)
        return self._without(begun, cases)

    def wipe_sender(self, person: Person, name: str) -> Wiped:
        """The same of all that somebody brought to this desk. Who they are stays on record with
        what else they did here."""
        require(person, Role.OWNER)
        with self._store.transaction():
            sender = one_of(gathering.senders(self._store, name), name)
            found = gathering.of_sender(self._store, sender)
            begun, cases = self._gathered(person, found)
        return self._without(begun, cases)

    def _gathered(self, person: Person, found: gathering.Found) -> tuple[Begun, set[int]]:
        """Begin to wipe what was found, in a case of its own; gives the cases it was in."""
        cases = gathering.cases_of(self._store, found)
        if not cases:
            raise NotFound(say("Nothing that came from there is here."))
        unseen = [one for one in cases if not visibility.sees(self._store, person, one)]
        for case_id in unseen:
            demand_itself(self._store, person, case_id, Role.OWNER)
        demand_unheld(self._store, cases, set(), found.submissions, found.posts)
        around = {one for case_id in cases for one in stale.around(self._store, case_id) if one > 0}
        into = gathering.gather(self._store, person.id, found)
        count = len(found.submissions)
        custody.append(self._store, "gathered", person.id, case=into, submissions=count)
        for case_id in cases:
            if case_id > 0:
                self._comparing.changed(case_id)
        return self._noted(person, into, around), cases

    def _without(self, begun: Begun, cases: set[int]) -> Wiped:
        files = left.files(self._store, cases)
        wiped = self._wipe(begun)
        emptied = tuple(gathering.emptied(self._store, cases))
        return replace(wiped, exports=len(files), files=files[-wipe.MOST_NAMED :], emptied=emptied)

    def _wipe(self, begun: Begun) -> Wiped:
        try:
            wiped = self._take_out(begun)
        except Unavailable as error:
            raise Unavailable(
                say(
                    "Case {number} is not wiped to the end: {reason} The next start of the desk"
                    " goes on with it.",
                    number=begun.case_id,
                    reason=error.sentence,
                )
            ) from error
        self._go_on()
        return wiped

    def undo(self, person: Person, number: int) -> Wiped:
        """Take all that an import brought to the archive out of the desk, as `wipe` does; what
        another import brought too, or a case holds, stays. Of a bag, the case that it opened.
        Raises as `wipe`, and BadInput where people worked in that case."""
        case_id = shelves.case_of(number)
        with self._store.transaction():
            require(person, Role.EDITOR)
            one_import(self._store, person, str(number))
            bag = self._bagged(number)
            demand_unheld(self._store, set(), {case_id})
            named = hash_lists.named_by(self._store, number)
            around = named.union(stale.around(self._store, case_id))
            begun = Begun(case_id, person.id, tuple(sorted(one for one in around if one > 0)))
            stale.mark_of_shelf(self._store, number)
            posts, imports = shelves.shared(self._store, person, number)
            shelves.undone(self._store, number)
            wipe.begin(self._store, begun)
            if bag:
                whole = self._noted(person, bag.case_id, self._comparing.around(bag.case_id))
        wiped = self._take_out(begun)
        if bag:
            wiped = self._take_out(whole)
        self._go_on()
        return replace(wiped, posts=posts, imports=imports)

    def _bagged(self, number: int) -> FromBag | None:
        """The bag that an import brought, which may go. Raises BadInput where its case holds more,
        or a legal hold keeps it."""
        bag = bags.of_import(self._store, number)
        if bag:
            demand_untouched(self._home, bag)
            demand_unheld(self._store, {bag.case_id}, {bag.case_id})
        return bag

    def _begin(self, person: Person, case_id: int) -> Begun:
        with self._store.transaction():
            demand_itself(self._store, person, case_id, Role.OWNER)
            demand_unheld(self._store, {case_id}, {case_id})
            return self._noted(person, case_id, self._comparing.around(case_id))

    def _noted(self, person: Person, case_id: int, around: set[int]) -> Begun:
        """Note that a wipe begins. In a transaction. around: cases that may quote what goes."""
        begun = Begun(case_id, person.id, tuple(sorted(around - {case_id})))
        wipe.begin(self._store, begun)
        return begun

    def going_with(self, person: Person, case_id: int) -> tuple[Withdrawal, ...]:
        """The packs that left with a case, which a wipe would take back. Raises NotFound."""
        case_id = standing(self._store, person, case_id)
        digests = exhibits.digests(self._store, exhibits.of_case(self._store, case_id))
        return left.packs(self._store, [case_id], digests.values())

    def start(self) -> tuple[Sentence, ...]:
        """Go on with the wipes that were interrupted; says which cannot."""
        stuck = []
        for begun in wipe.under_way(self._store):
            try:
                self._take_out(begun)
            except Exception as error:  # a desk opens whatever one wipe meets
                _log.error("a wipe cannot go on: %s", type(error).__name__, exc_info=error)
                stuck.append(
                    say(
                        "Case {number} could not be wiped completely: run {command}.",
                        number=begun.case_id,
                        command="verify-desk doctor",
                    )
                )
        if wipe.under_way(self._store):
            self._go_on()
        return tuple(stuck)

    def finish(self, wiped: Wiped) -> Wiped:
        """Make anew what held the case, now: this takes minutes where there is much.

        Gives what is left to do.
        """
        done = self._make_anew()
        stays = wipe.unlink_doomed(self._store, self._home.vault)
        return replace(wiped, left=stays, compacted=done)

    def close(self) -> None:
        """End what is under way; the next start goes on with it."""
        self._closing.set()
        self._store.give_way()
        self._background.shutdown(cancel_futures=True)

    def _take_out(self, begun: Begun) -> Wiped:
        """What is done while somebody waits."""
        # the chat first: what it has about the case is known from rows that go in the next step
        left_in_chats = leftovers.of(self._store, begun.case_id, begun.around or ())
        wiping.wipe(self._home.folder, left_in_chats)
        local_bot = looking.bot_id(self._home.folder)
        with self._archive.losing():
            wiped = wipe.take_out(self._store, begun, left_in_chats, local_bot)
        wiped = self._withdrawing(wiped)
        self._hearing.forget_gone()
        stays = wipe.unlink_doomed(self._store, self._home.vault)
        with contextlib.suppress(OSError):  # tried again at the next wipe
            astray.remove_copies(self._home.folder)
        return replace(wiped, left=stays)

    def _withdrawing(self, wiped: Wiped) -> Wiped:
        """Write what takes back the packs that it went with, to be handed on."""
        files = {}
        for one in given.due(self._store):
            file = str(given.write_withdrawal(self._home.folder, one))
            given.written(self._store, one, file)
            files[one.given, one.case] = file
        told = (replace(one, file=files.get((one.number, one.case), "")) for one in wiped.packs)
        return replace(wiped, packs=tuple(told))

    # --- behind whoever asked -----------------------------------------------------------------

    def _go_on(self) -> None:
        self._watch.go_on()
        with contextlib.suppress(RuntimeError):  # closing: the next start goes on with it
            self._background.submit(self._until_done)

    def _until_done(self) -> None:
        for pause in chain(_PAUSES, repeat(_PAUSES[-1])):
            if self._closing.wait(pause):
                return
            try:
                if self._make_anew():
                    return
            except VerifyError:  # the disk refuses just now
                continue
            except Exception:
                _log.exception("a wipe could not be finished")
                return

    def _make_anew(self) -> bool:
        """Indexes and database without what was wiped. False while something is left to do."""
        with self._one_at_a_time:
            under_way = wipe.taken_out(self._store)
            if not under_way:
                return True
            self._comparing.go_on()
            if any(begun.around is not None for begun in under_way):
                self._archive.forget_gone()
                for begun in under_way:
                    wipe.underived(self._store, begun.case_id)
            chat_compacted = wiping.wipe(self._home.folder, leftovers.NONE)
            if not (wipe.compact(self._store) and chat_compacted):
                return False
            if wipe.unlink_doomed(self._store, self._home.vault):
                return False
            for begun in under_way:
                wipe.end(self._store, begun.case_id)
            return True
