"""What is known today of two pictures that were found alike.

However many these are, a fixed number of queries tells of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verify.comparisons.networks import posting
from verify.matching.chance import expected_by_chance
from verify.records import FirstSeen, Match, Orientation, Person, Stretch, Verdict
from verify.store.casework import claims, sharing, sightings, verdicts
from verify.store.database.connection import Store
from verify.store.pictures import exhibits
from verify.store.pictures.matches import Correspondence, Kept

_TELEGRAM = "telegram"
_UNDONE = {  # a mirror image is undone by being made again
    Orientation.TURNED_90: Orientation.TURNED_270,
    Orientation.TURNED_270: Orientation.TURNED_90,
}


@dataclass(frozen=True)
class Found:
    """That a picture corresponds with an earlier one; perhaps in one case of these only.

    id: of the match in the store, 0 without. same: what a person said of it.
    """

    correspondence: Correspondence
    case_id: int | None = None
    id: int = 0
    same: bool | None = None


def same_bytes(exhibit_id: int, earlier_exhibit_id: int, case_id: int | None = None) -> Found:
    """That an exhibit holds the very same bytes."""
    return Found(
        Correspondence(
            earlier_exhibit_id=earlier_exhibit_id,
            method="sha256",
            orientation=Orientation.ORIGINAL,
            chance=expected_by_chance("sha256", 0, 1),
            distance=0,
            exhibit_id=exhibit_id,
        ),
        case_id,
    )


def stored(kept: Kept) -> Found:
    """A match as the store has it."""
    return Found(kept.correspondence, None, kept.id, kept.same)


def other_way(shown: Stretch) -> Stretch:
    """What a match shows, as the earlier exhibit would tell it."""
    way = _UNDONE.get(shown.orientation, shown.orientation)
    return Stretch(
        begins=shown.earlier_begins,
        ends=shown.earlier_ends,
        earlier_begins=shown.begins,
        earlier_ends=shown.ends,
        speed=round(1 / shown.speed, 2),
        orientation=way,
        method=shown.method,
    )


def told(store: Store, person: Person, found: Iterable[Found]) -> tuple[Match, ...]:
    """The matches with what this person may know of both pictures.

    Without those of which one stands only in cases that they may not see.
    """
    with store.lock:  # between two queries nothing goes
        return _told(store, person, list(found))


def _told(store: Store, person: Person, found: list[Found]) -> tuple[Match, ...]:
    pairs = [one.correspondence for one in found]
    earlier_ids = {one.earlier_exhibit_id for one in pairs}
    ids = earlier_ids | {one.exhibit_id for one in pairs if one.exhibit_id}
    cases = exhibits.seen_in(store, person, ids)
    shown = [
        (one, one.case_id or cases[one.correspondence.earlier_exhibit_id][0])
        for one in found
        if {one.correspondence.earlier_exhibit_id, one.correspondence.exhibit_id or None}
        <= {*cases, None}
    ]
    if not shown:
        return ()
    seen = {one: cases[one] for one in earlier_ids if one in cases}
    case_ids = {case_id for _, case_id in shown}
    digests, first_seen = exhibits.digests(store, ids), _first_seen(store, person, seen)
    said, statuses = claims.of_cases(store, case_ids), sharing.statuses(store, case_ids)
    over = exhibits.that_came_over(store, ids, _TELEGRAM)
    concluded = _concluded(store, person, earlier_ids)
    matches = []
    for one, case_id in shown:
        lies = one.correspondence
        own, earlier = lies.exhibit_id, lies.earlier_exhibit_id
        about = (c for c in said.get(case_id, ()) if c.exhibit_id in (None, earlier))
        matches.append(
            Match(
                id=one.id,
                method=lies.method,
                exhibit_id=own,
                earlier_exhibit_id=earlier,
                earlier_sha256=digests[earlier],
                earlier_case_id=case_id,
                orientation=lies.orientation,
                expected_by_chance=lies.chance,
                first_seen=first_seen[earlier],
                distance=lies.distance,
                view=lies.view,
                earlier_view=lies.earlier_view,
                proof=lies.proof,
                same=one.same,
                earlier_claim=next(about, None),
                both_from_telegram={earlier, own} <= over,
                earlier_status=statuses[case_id],
                earlier_verdict=concluded.get(earlier),
                sha256=digests.get(own, ""),
                case_id=cases[own][0] if own else 0,
                shown=lies.shown,
            )
        )
    return tuple(matches)


def _first_seen(store: Store, person: Person, ids: Iterable[int]) -> dict[int, FirstSeen]:
    """By receipt, by a post that was forwarded, or by a link whose server dated the post."""
    seen = sightings.first_seen(store, person, ids)
    for exhibit_id, link, received, case_id in sightings.links_with(store, person, ids):
        post = posting(link, now=received)
        if post and not post.declared and post.at < seen[exhibit_id].at:
            seen[exhibit_id] = FirstSeen(
                at=post.at,
                posted=True,
                network=post.network,
                by_link=True,
                case_id=case_id,
            )
    return seen


def _concluded(store: Store, person: Person, ids: Iterable[int]) -> dict[int, Verdict]:
    """The latest verdict that stands about each exhibit."""
    latest_first = verdicts.concluded_about(store, person, ids)
    return {verdict.exhibit_id: verdict for verdict in reversed(latest_first)}
