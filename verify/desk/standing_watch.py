"""The standing watch: what arrives is held against what was concluded before.

Whatever makes a picture's comparisons out of date has them made again. Where a case is concluded,
what they flag now and never flagged before contradicts its verdict; so does a copy that was posted
before all that was known of the picture then. The people of the case are told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from verify.desk.archive import Archive
from verify.desk.circumstances import ANYBODY, Place
from verify.records import (
    AccountState,
    Finding,
    FirstSeen,
    Instant,
    Outcome,
    Rating,
    Sentence,
    Verdict,
    say,
)
from verify.store.casework import notices, sightings, standing, verdicts
from verify.store.database.connection import Store, moment
from verify.store.keeping import custody

_RESTING = {  # on nothing that was known to contradict them
    Rating.ORIGINAL: say("Original"),
    Rating.UNVERIFIED: say("Unverified"),
    Rating.CANNOT_BE_VERIFIED: say("Cannot be verified"),
}
_VALUES = {"number", "when", "rating", "what"}
_EARLIER = "earlier_copy"
_NOBODY = 0
_NOT_THE_SAME_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Against:
    """What contradicts a verdict. check: what said so."""

    verdict: Verdict
    check: str
    what: Sentence


class StandingWatch:
    """Tells the people of concluded cases what contradicts them."""

    def __init__(self, store: Store, archive: Archive) -> None:
        self._store = store
        self._archive = archive

    def against(self, found: Mapping[Place, Iterable[Finding]]) -> list[_Against]:
        """What contradicts the verdicts on exhibits in their cases. found: what the comparisons
        say of them now. To be asked before that is recorded."""
        concluded = standing.resting(self._store, {case for case, _ in found}, _RESTING)
        against = []
        for verdict in concluded:
            place = verdict.case_id, verdict.exhibit_id
            fresh = self._fresh(verdict, found.get(place, ()))
            against += fresh
            if not fresh and (earlier := self._earlier(verdict)):
                against.append(earlier)
        return against

    def tell(self, against: Iterable[_Against]) -> None:
        """Leave a notice for the people of each case, once. Inside the transaction that records
        what the comparisons say."""
        _tell(self._store, against)

    def _fresh(self, verdict: Verdict, findings: Iterable[Finding]) -> list[_Against]:
        """What the comparisons flag now and never did before."""
        fresh = []
        for one in findings:
            if one.outcome is not Outcome.FLAGGED:
                continue
            before = standing.flagged_before(
                self._store, verdict.case_id, verdict.exhibit_id, one.check
            )
            if msgspec.json.encode(one).decode() not in before:
                fresh.append(_Against(verdict, one.check, one.summary))
        return fresh

    def _earlier(self, verdict: Verdict) -> _Against | None:
        """A copy that was posted before all that was known when an undated picture was called
        original. A claim with a date is held against it by the comparisons."""
        if verdict.rating is not Rating.ORIGINAL or (verdict.claim and verdict.claim.claimed_at):
            return None
        place = verdict.case_id, verdict.exhibit_id
        matches = self._archive.matches_of(ANYBODY, [place])[place]
        posted = [one.first_seen for one in matches if one.first_seen.posted]
        if not posted:
            return None
        first = min(posted, key=lambda one: one.at)
        known = verdict.basis.first_at if verdict.basis else None
        if known is None:
            own = sightings.first_times(self._store, [verdict.exhibit_id])
            known = moment(own[verdict.exhibit_id]) if own else verdict.at
        if first.at + _NOT_THE_SAME_DAY >= known:
            return None
        return _Against(verdict, _EARLIER, _came_in(first))


def tell_of_account(
    store: Store, name: str, exhibit_ids: Iterable[int], what: AccountState
) -> None:
    """Tell the people of concluded cases, once, that who posted their picture was found out.

    exhibit_ids: what the account posted, and copies of it. Inside a transaction.
    """
    found_out = {
        AccountState.SUSPENDED: say(
            "the account {name}, which posted it, was suspended.", name=name
        ),
        AccountState.DELETED: say("the account {name}, which posted it, was deleted.", name=name),
    }
    if what not in found_out:
        return
    concluded = verdicts.concluded_about(store, ANYBODY, exhibit_ids)
    against = [
        _Against(one, f"account_{what.value}", found_out[what])
        for one in concluded
        if one.rating in _RESTING
    ]
    _tell(store, against)


def tell_of_list(store: Store, name: str, exhibit_id: int, what: Sentence) -> None:
    """Tell the people of concluded cases, once, that a list of hashes names their picture.

    name: the list's. what: how it does. Inside a transaction.
    """
    concluded = verdicts.concluded_about(store, ANYBODY, [exhibit_id])
    check = f"hash_list {custody.digest(name)[:16]}"
    _tell(store, [_Against(one, check, what) for one in concluded if one.rating in _RESTING])


def contradicting(news: Sentence) -> Sentence | None:
    """What contradicts a verdict, by a notice of this watch; None for another notice."""
    what = news.values.get("what")
    return what if news.values.keys() == _VALUES and isinstance(what, Sentence) else None


def told_together(several: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Notices of one burst: what contradicts the same verdict is said in one."""
    found: dict[object, Sentence] = {}
    for at, news in enumerate(several):
        what = contradicting(news)
        key = (news.values["number"], news.values["when"]) if what else at
        before = found.get(key)
        if what and before:
            both = say("{one} {other}", one=before.values["what"], other=what)
            news = msgspec.structs.replace(before, values={**before.values, "what": both})
        found[key] = news
    return (*found.values(),)


def _came_in(first: FirstSeen) -> Sentence:
    when = Instant(at=first.at)
    if first.source:
        return say("a copy came in that {source} posted {when}.", source=first.source, when=when)
    return say("a copy came in that was posted {when}.", when=when)


def _tell(store: Store, against: Iterable[_Against]) -> None:
    for one in against:
        verdict = one.verdict
        if standing.contradicted(store, verdict.id, one.check):
            news = say(
                "Case {number} was concluded {when}: {rating}. Since then: {what} Reopen it?",
                number=verdict.case_id,
                when=Instant(at=verdict.decided_at or verdict.at),
                rating=_RESTING[verdict.rating],
                what=one.what,
            )
            if not notices.tell_people(store, verdict.case_id, news):  # all have left the desk
                notices.tell_watchers(store, verdict.case_id, news, _NOBODY, deciders=True)
