"""Campaigns: what accounts posted together, by the clock, by a machine, in waves; by which way.

All of it is computed over every post that the reader may see, since what others did with the same
objects is what a coincidence is held against; then it is narrowed to what was asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from verify.desk.circumstances import ANYBODY
from verify.desk.clusters import touching
from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.desk.relatives import explanations
from verify.desk.shared_things import SharedThings, gathered
from verify.desk.trails import trail_of
from verify.errors import NotFound
from verify.records import (
    MOST_APPEARANCES,
    Appearance,
    CampaignFilter,
    CampaignReport,
    Campaigns,
    Person,
    Role,
    Shared,
    SharedObject,
    TrailReport,
    say,
)
from verify.store.casework.visibility import eyes
from verify.store.database.connection import Store
from verify.store.pictures import exhibits, matches
from verify.store.posts import accounts, coincidences, coinciding

if TYPE_CHECKING:
    from verify.campaigns.rows import Rows

_MOST_TRAILS = 20  # exhibits of a case


class Coincidences:
    """Tells what coincides among the posts of the archive."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at_once = threading.Lock()
        self._last: tuple[object, tuple[SharedThings, Campaigns]] | None = None

    def told(self, person: Person, asked: CampaignFilter | None = None) -> CampaignReport:
        """What coincides among the posts that a person may see, as far as it was asked for.

        Raises NotFound for an account, a hashtag or a case that is not there for them.
        """
        require(person, Role.VIEWER)
        asked = asked or CampaignFilter()
        own: set[int] = set()
        if asked.case_id is not None:
            case_id = standing(self._store, person, asked.case_id)
            asked = replace(asked, case_id=case_id)
            own = self._alike(exhibits.of_cases(self._store, [case_id]).get(case_id, ()))
        return self._told(person, asked, own)

    def of_case(self, case_id: int) -> CampaignReport:
        """What coincides of what a case shows, among the posts that all at the desk may see: the
        same whoever asks. case_id: of one that stands, and that the reader may see."""
        own = self._alike(exhibits.of_cases(self._store, [case_id]).get(case_id, ()))
        return self._told(ANYBODY, CampaignFilter(case_id=case_id), own)

    def _told(self, person: Person, asked: CampaignFilter, own: set[int]) -> CampaignReport:
        by = self._named(person, asked.account) if asked.account else None
        things, found = self._computed(person, asked.since)
        about = _about(things, asked, own)
        return self._report(person, asked, things, _narrowed(things.rows, found, by, about))

    def trails(self, person: Person, case_id: int) -> tuple[TrailReport, ...]:
        """By which way what the exhibits of a case show went from account to account; without those
        that no post with a time shows. Raises NotFound."""
        case_id = standing(self._store, person, case_id)
        held = exhibits.of_cases(self._store, [case_id]).get(case_id, ())
        digests = exhibits.digests(self._store, held)
        things, _ = self._computed(person, None)
        found = (
            trail_of(self._store, person, things, digests[one], self._alike([one]))
            for one in [*held][:_MOST_TRAILS]
        )
        return tuple(one for one in found if one)

    def _alike(self, exhibit_ids: Collection[int]) -> set[int]:
        """Exhibits, their copies, and what they match in part."""
        copies = {*exhibit_ids}.union(*matches.copies(self._store, exhibit_ids))
        return copies | touching(self._store, copies)

    def _computed(self, person: Person, since: datetime | None) -> tuple[SharedThings, Campaigns]:
        """The rows, and what is told of them. The last are kept while nothing changes: who presses
        one button after the other does not wait for each."""
        from verify.campaigns.telling import told

        with self._at_once:
            key = eyes(person), since, coincidences.state(self._store)
            if self._last is None or self._last[0] != key:
                self._last = None  # the memory of one at a time
                things = gathered(self._store, person, since)
                found = told(things.rows, explanations(self._store, person))
                self._last = key, (things, found)
            return self._last[1]

    def _named(self, person: Person, name: str) -> set[int]:
        found = {one.id for one in accounts.named(self._store, person, name) if not one.person}
        if not found:
            raise NotFound(say("There are no posts of an account named {name} here.", name=name))
        return found

    def _report(
        self, person: Person, asked: CampaignFilter, things: SharedThings, found: Campaigns
    ) -> CampaignReport:
        numbers = {
            *(number for one in found.groups for number in one.objects),
            *(number for one in found.by_machine for number in one.objects),
            *(one.object for one in found.waves),
        }
        members = {
            *(number for one in found.groups for number in one.accounts),
            *(number for one in found.by_machine for number in one.accounts),
            *(one.account for one in found.scheduled),
        }
        appearances = _appearances(things.rows, numbers, members)
        known = members | {one.account for one in appearances}
        used = {one.client for one in found.by_machine if one.client is not None}
        return CampaignReport(
            asked=asked,
            told=found,
            sharers=coinciding.sharers(self._store, person, known),
            objects=self._objects(things, numbers),
            clients={number: things.clients[number] for number in used},
            appearances=appearances,
            undated=coinciding.undated(self._store, person),
            closed=coinciding.closed(self._store, person),
        )

    def _objects(self, things: SharedThings, numbers: set[int]) -> dict[int, SharedObject]:
        import numpy as np

        rows = things.rows[np.isin(things.rows["object"], [*numbers])]
        shown = {
            number: things.exhibits.get(int(name), [])
            for number in numbers
            for kind, name in [things.keys[number]]
            if kind is Shared.PICTURE
        }
        digests = exhibits.digests(self._store, {one for some in shown.values() for one in some})
        found = {}
        for number in sorted(numbers):
            kind, name = things.keys[number]
            own = rows[rows["object"] == number]
            found[number] = SharedObject(
                id=number,
                kind=kind,
                text="" if kind is Shared.PICTURE else things.written.get(str(name), str(name)),
                exhibits=tuple(digests[one] for one in shown.get(number, ())),
                accounts=len(np.unique(own["account"])),
                posts=len(np.unique(own["post"])),
            )
        return found


def _about(things: SharedThings, asked: CampaignFilter, own: set[int]) -> set[int] | None:
    """The objects that were asked for; None for all. Raises NotFound for an unknown hashtag."""
    wanted: set[int] | None = None
    if asked.hashtag:
        wanted = things.of_hashtag(asked.hashtag)
        if not wanted:
            name = asked.hashtag.removeprefix("#").strip()
            raise NotFound(say("There are no posts with the hashtag {name} here.", name=f"#{name}"))
    if asked.case_id is not None:
        shown = things.showing(own)
        wanted = shown if wanted is None else wanted & shown
    return wanted


def _narrowed(
    rows: Rows, found: Campaigns, by: set[int] | None, about: set[int] | None
) -> Campaigns:
    """What these accounts take part in, and what these objects do; None for all."""
    import numpy as np

    posting: set[int] | None = by
    if about is not None:
        did = {*np.unique(rows["account"][np.isin(rows["object"], [*about])]).tolist()}
        posting = did if by is None else by & did
    objects = about
    if by is not None:
        had = {*np.unique(rows["object"][np.isin(rows["account"], [*by])]).tolist()}
        objects = had if about is None else about & had

    def meets(numbers: Iterable[int], wanted: set[int] | None) -> bool:
        return wanted is None or not wanted.isdisjoint(numbers)

    return replace(
        found,
        groups=tuple(
            one for one in found.groups if meets(one.accounts, by) and meets(one.objects, about)
        ),
        by_machine=tuple(
            one
            for one in found.by_machine
            if meets(one.accounts, by) and (not one.objects or meets(one.objects, about))
        ),
        scheduled=tuple(one for one in found.scheduled if meets([one.account], posting)),
        waves=tuple(one for one in found.waves if meets([one.object], objects)),
    )


def _appearances(rows: Rows, numbers: set[int], members: set[int]) -> tuple[Appearance, ...]:
    """Where these objects stood; of too many, those of these accounts first, then the earliest."""
    import numpy as np

    some = rows[np.isin(rows["object"], [*numbers])]
    others = ~np.isin(some["account"], [*members])
    some = some[np.lexsort((some["at"], others))][:MOST_APPEARANCES]
    some = some[np.lexsort((some["post"], some["at"]))]
    return tuple(
        Appearance(
            post=int(one["post"]),
            account=int(one["account"]),
            object=int(one["object"]),
            at=datetime.fromtimestamp(float(one["at"]), UTC),
            resolution_s=float(one["resolution_s"]),
            zone_known=bool(one["zone_known"]),
        )
        for one in some
    )
