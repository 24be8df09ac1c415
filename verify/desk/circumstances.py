"""What the comparisons compare, gathered from the store.

However many exhibits and cases there are, a fixed number of queries tells it of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from verify.comparisons import Circumstances
from verify.desk.archive import Archive
from verify.desk.voices import digests_shown, posted
from verify.records import Coincidence, Examination, Person, Role
from verify.store.casework import claims, sightings
from verify.store.database.connection import Store
from verify.store.hubs import kept as hubs
from verify.store.packs import kept
from verify.store.pictures import exhibits, hash_lists
from verify.store.posts import coincidences

ANYBODY = Person(id=0, name="", role=Role.VIEWER)
"""Sees what all who read a case may know."""

Place = tuple[int, int]  # an exhibit in a case: the case and the exhibit


def gathered(
    store: Store, archive: Archive, examined: dict[Place, Examination]
) -> dict[Place, Circumstances]:
    """The circumstances of examined exhibits in their cases; without what was moved away."""
    case_ids = {case_id for case_id, _ in examined}
    exhibit_ids = {exhibit_id for _, exhibit_id in examined}
    seen = sightings.of_exhibits(store, case_ids, exhibit_ids)
    names = exhibits.filenames(store, case_ids, exhibit_ids)
    claimed = claims.of_cases(store, case_ids)
    matches = archive.matches_of(ANYBODY, examined)
    digests = exhibits.digests(store, exhibit_ids)
    shown = {
        place: digests_shown(digests[place[1]], matches[place])
        for place in examined
        if place[1] in digests
    }
    alike = exhibits.with_digests(store, chain.from_iterable(shown.values()))
    stood = posted(store, ANYBODY, alike)
    coincides = coincidences.by_digest(store, alike)
    told = {place: stood.of(some) for place, some in shown.items()}
    listed = hash_lists.hits(store, exhibit_ids)
    checked = kept.hits(store, exhibit_ids)
    elsewhere = hubs.hits(store, exhibit_ids)
    return {
        (case_id, exhibit_id): Circumstances(
            examination=examination,
            received_at=min(one.received_at for one in seen[case_id, exhibit_id]),
            claims=tuple(
                claim
                for claim in claimed.get(case_id, ())
                if claim.exhibit_id in (None, exhibit_id)
            ),
            sightings=tuple(seen[case_id, exhibit_id]),
            matches=matches[case_id, exhibit_id],
            filename=names[case_id, exhibit_id],
            posts=told[case_id, exhibit_id],
            voices=stood.by(told[case_id, exhibit_id]),
            listed=listed.get(exhibit_id, ()),
            coincidences=_largest_first(
                one for digest in shown[case_id, exhibit_id] for one in coincides.get(digest, ())
            ),
            checked=checked.get(exhibit_id, ()),
            elsewhere=elsewhere.get(exhibit_id, ()),
        )
        for (case_id, exhibit_id), examination in examined.items()
        if (case_id, exhibit_id) in seen and (case_id, exhibit_id) in names
    }


def _largest_first(found: Iterable[Coincidence]) -> tuple[Coincidence, ...]:
    """Each once: a group may concern several copies."""
    return tuple(sorted({*found}, key=lambda one: (-one.accounts, repr(one))))
