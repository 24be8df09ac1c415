"""What is known today of the earlier pictures that a picture was found alike with.

However many these are, a fixed number of queries tells of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from verify.comparisons.platforms import posting
from verify.matching.chance import expected_by_chance
from verify.records import Chance, Corners, FirstSeen, Match, Orientation, Person, Verdict
from verify.store import casework, claims, exhibits, sightings, verdicts
from verify.store.matches import Correspondence
from verify.store.store import Row, Store

_TELEGRAM = "telegram"


@dataclass(frozen=True)
class Found:
    """That a picture corresponds with an earlier one; perhaps in one case of these only.

    id: of the match in the store, 0 without. same: what a person said of it.
    """

    correspondence: Correspondence
    case_id: int | None = None
    id: int = 0
    same: bool | None = None


def same_bytes(exhibit_id: int, case_id: int | None = None) -> Found:
    """That an exhibit holds the very same bytes."""
    return Found(
        Correspondence(
            earlier_view_id=0,
            earlier_exhibit_id=exhibit_id,
            method="sha256",
            orientation=Orientation.ORIGINAL,
            distance=0,
            chance=expected_by_chance("sha256", 0, 1),
        ),
        case_id,
    )


def stored(row: Row) -> Found:
    """A match as the store has it, see `verify.store.matches`."""
    found = Correspondence(
        earlier_view_id=row["earlier_view_id"],
        earlier_exhibit_id=row["earlier_exhibit_id"],
        method=row["method"],
        orientation=Orientation(row["orientation"]),
        distance=row["distance"],
        chance=Chance(expected=row["expected"], bound=bool(row["bound"])),
        region=_corners(row["region"]),
        earlier_region=_corners(row["earlier_region"]),
        scale=row["scale"],
        inliers=row["inliers"],
        agreement=row["agreement"],
    )
    return Found(found, None, row["id"], None if row["same"] is None else bool(row["same"]))


def _corners(text: str | None) -> Corners | None:
    return msgspec.json.decode(text, type=Corners) if text else None


def told(
    store: Store, person: Person, exhibit_id: int, found: Sequence[Found]
) -> tuple[Match, ...]:
    """The matches with what this person may know of the earlier pictures.

    Without those that stand only in cases that they may not see. exhibit_id: the incoming
    picture's, 0 if it is not kept.
    """
    with store.lock:  # between two queries nothing goes
        return _told(store, person, exhibit_id, found)


def _told(
    store: Store, person: Person, exhibit_id: int, found: Sequence[Found]
) -> tuple[Match, ...]:
    ids = {one.correspondence.earlier_exhibit_id for one in found}
    cases = exhibits.seen_in(store, person, ids)
    shown = [
        (one, one.case_id or cases[one.correspondence.earlier_exhibit_id][0])
        for one in found
        if one.correspondence.earlier_exhibit_id in cases
    ]
    if not shown:
        return ()
    case_ids = {case_id for _, case_id in shown}
    digests, first_seen = exhibits.digests(store, ids), _first_seen(store, person, cases)
    said, statuses = claims.of_cases(store, case_ids), casework.statuses(store, case_ids)
    over = exhibits.that_came_over(store, {*ids, exhibit_id}, _TELEGRAM)
    concluded = _concluded(store, person, ids)
    matches = []
    for one, case_id in shown:
        earlier, lies = one.correspondence.earlier_exhibit_id, one.correspondence
        about = (c for c in said.get(case_id, ()) if c.exhibit_id in (None, earlier))
        matches.append(
            Match(
                id=one.id,
                method=lies.method,
                exhibit_id=exhibit_id,
                earlier_exhibit_id=earlier,
                earlier_sha256=digests[earlier],
                earlier_case_id=case_id,
                orientation=lies.orientation,
                expected_by_chance=lies.chance,
                first_seen=first_seen[earlier],
                distance=lies.distance,
                region=lies.region,
                earlier_region=lies.earlier_region,
                scale=lies.scale,
                inliers=lies.inliers,
                agreement=lies.agreement,
                same=one.same,
                earlier_claim=next(about, None),
                both_from_telegram={earlier, exhibit_id} <= over,
                earlier_status=statuses[case_id],
                earlier_verdict=concluded.get(earlier),
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
                platform=post.platform,
                by_link=True,
                case_id=case_id,
            )
    return seen


def _concluded(store: Store, person: Person, ids: Iterable[int]) -> dict[int, Verdict]:
    """The latest verdict that stands about each exhibit."""
    latest_first = verdicts.concluded_about(store, person, ids)
    return {verdict.exhibit_id: verdict for verdict in reversed(latest_first)}
