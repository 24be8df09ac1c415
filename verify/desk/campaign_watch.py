"""What coincides, kept for the exhibits concerned, and waves told to the people of their cases.

It is computed of what everybody at the desk may see, behind everything else, whenever the posts or
what was found alike in them changed. People are told of a wave once, and again when ten times as
many accounts posted it.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from verify.desk.circumstances import ANYBODY
from verify.desk.clusters import touching
from verify.desk.comparing import Comparing
from verify.desk.relatives import explanations
from verify.desk.shared_things import SharedThings, gathered
from verify.errors import VerifyError
from verify.records import (
    AccountGroup,
    ByMachine,
    CampaignReport,
    Campaigns,
    Coincidence,
    Layer,
    Sentence,
    Shared,
    Wave,
    say_many,
    usual_posts,
)
from verify.store.casework import notices
from verify.store.database.connection import Store
from verify.store.pictures import matches
from verify.store.posts import coincidences, coinciding

_NOBODY = 0
_VALUES = {"count", "number", "observed", "usual", "command"}
_LOOK_SECONDS = 60.0
_REST = 20  # times as long as the last took: it takes a twentieth of a processor at most
_LEAST_POSTS = 9  # three accounts three times: fewer can show nothing

_log = logging.getLogger(__name__)


class CampaignWatch:
    """Computes what coincides where something changed."""

    def __init__(self, store: Store, comparing: Comparing) -> None:
        self._store = store
        self._comparing = comparing
        self._background = ThreadPoolExecutor(1, "campaigns")
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._rests_until = 0.0

    def begin(self) -> None:
        """Look now and then whether something changed, from now on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="campaigns", daemon=True)
            self._thread.start()

    def go_on(self) -> None:
        """Compute behind the caller what changed."""
        if coincidences.basis(self._store) is None:
            return
        with contextlib.suppress(RuntimeError):  # closing: the next start goes on with it
            self._background.submit(self._once)

    def finish(self) -> None:
        """Compute what changed, now."""
        self._background.submit(self._once).result()

    def close(self) -> None:
        """End after what is under way."""
        self._ended.set()
        self._background.shutdown(wait=True)
        if self._thread:
            self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            if time.monotonic() > self._rests_until:
                with contextlib.suppress(VerifyError):
                    self.go_on()

    def _once(self) -> None:
        began = time.monotonic()
        try:
            if (basis := coincidences.basis(self._store)) is not None:
                self._compute(basis)
        except VerifyError:  # the disk refuses: tried again later
            _log.warning("what coincides could not be kept", exc_info=True)
        except Exception:  # one import must not stop the desk
            _log.exception("what coincides could not be computed")
        self._rests_until = time.monotonic() + _REST * (time.monotonic() - began)

    def _compute(self, basis: str) -> None:
        from verify.campaigns.telling import told

        found: dict[int, set[Coincidence]] = defaultdict(set)
        waves: list[tuple[Coincidence, list[int]]] = []
        if coinciding.count(self._store, ANYBODY) >= _LEAST_POSTS:
            things = gathered(self._store, ANYBODY, None)
            campaigns = told(things.rows, explanations(self._store, ANYBODY))
            for one, exhibit_ids in _concerned(things, campaigns):
                for exhibit_id in exhibit_ids:
                    found[exhibit_id].add(one)
                if one.first:
                    waves.append((one, exhibit_ids))
        with self._store.transaction():
            coincidences.keep(self._store, basis, found)
            self._tell(waves)
        self._comparing.go_on()

    def _tell(self, waves: list[tuple[Coincidence, list[int]]]) -> None:
        """Leave a notice for the people of each case, of its largest wave that they do not know."""
        news: dict[int, Coincidence] = {}
        for wave, exhibit_ids in waves:
            alike = {*exhibit_ids}.union(*matches.copies(self._store, exhibit_ids))
            alike |= touching(self._store, alike)
            for case_id, exhibit_id in coincidences.cases_of(self._store, alike):
                if coincidences.wave_grew(self._store, case_id, exhibit_id, wave.accounts):
                    known = news.get(case_id, wave)
                    news[case_id] = max(known, wave, key=lambda one: one.accounts)
        for case_id, wave in news.items():
            told = _said(case_id, wave)
            if not notices.tell_people(self._store, case_id, told):  # all have left the desk
                notices.tell_watchers(self._store, case_id, told, _NOBODY, deciders=True)


def _said(case_id: int, wave: Coincidence) -> Sentence:
    return say_many(
        "Case {number}: among the posts collected here {count} account posted its picture,"
        " {observed} times in one hour, where {usual} would be usual. {command} shows more.",
        "Case {number}: among the posts collected here {count} accounts posted its picture,"
        " {observed} times in one hour, where {usual} would be usual. {command} shows more.",
        wave.accounts,
        number=case_id,
        observed=wave.observed,
        usual=usual_posts(wave.usual),
        command=f"/campaign {case_id}",
    )


def wave_of(news: Sentence, report: CampaignReport) -> Wave | None:
    """The wave that a notice of this watch tells of, among what is told of its case now, or the
    largest where that changed; None for another notice, or where no wave is told any more."""
    if not tells_of_wave(news):
        return None
    told = news.values["count"], news.values["observed"]
    return max(
        report.told.waves,
        key=lambda one: ((one.accounts, one.observed) == told, one.accounts),
        default=None,
    )


def tells_of_wave(news: Sentence) -> bool:
    """Whether a notice is of this watch."""
    return news.values.keys() == _VALUES


def _concerned(
    things: SharedThings, campaigns: Campaigns
) -> Iterator[tuple[Coincidence, list[int]]]:
    """What coincides, each with the exhibits that it concerns."""
    for group in campaigns.groups:
        yield _of_group(group), things.exhibits_in(group.posts)
    for program in campaigns.by_machine:
        yield _of_program(program), things.exhibits_in(program.posts)
    for wave in campaigns.waves:
        kind, name = things.keys[wave.object]
        if kind is Shared.PICTURE:
            yield _of_wave(wave, campaigns), things.exhibits[int(name)]


def _of_group(one: AccountGroup) -> Coincidence:
    return Coincidence(
        accounts=len(one.accounts),
        window_s=one.window_s,
        occasions=one.evidence.occasions,
        outsiders=one.evidence.outsiders,
        forwards=one.layer is Layer.FORWARDS,
        explained=tuple(dict.fromkeys(why.kind for why in one.explained)),
    )


def _of_program(one: ByMachine) -> Coincidence:
    return Coincidence(
        accounts=len(one.accounts),
        window_s=one.window_s,
        explained=tuple(dict.fromkeys(why.kind for why in one.explained)),
        sign=one.sign,
    )


def _of_wave(one: Wave, campaigns: Campaigns) -> Coincidence:
    others = [*(each.objects for each in campaigns.groups)]
    others += [each.objects for each in campaigns.by_machine]
    return Coincidence(
        accounts=one.accounts,
        first=one.first,
        last=one.last,
        observed=one.observed,
        usual=one.usual,
        alone=not any(one.object in objects for objects in others),
    )
