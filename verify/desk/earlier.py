"""What is known today of two pictures that were found alike.

However many these are, a fixed number of queries tells of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

import msgspec

from verify.comparisons.networks import posting
from verify.matching.chance import expected_by_chance
from verify.matching.clusters import Clusters
from verify.records import Claim, FirstSeen, Match, Orientation, Person, Status, Stretch, Verdict
from verify.store.casework import claims, sharing, sightings, verdicts
from verify.store.database.connection import Store
from verify.store.pictures import exhibits, footage, matches
from verify.store.pictures.matches import Correspondence, Kept
from verify.store.posts import accounts

_TELEGRAM = "telegram"
_UNDONE = {  # a mirror image is undone by being made again
    Orientation.TURNED_90: Orientation.TURNED_270,
    Orientation.TURNED_270: Orientation.TURNED_90,
}

Key = TypeVar("Key")


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


def other_side(found: Correspondence, exhibit_id: int) -> Correspondence:
    """A match as it is told where what was found is the later one. exhibit_id: the earlier."""
    from verify.matching.placing import from_the_other_side  # it loads OpenCV

    return replace(
        found,
        earlier_exhibit_id=exhibit_id,
        orientation=_UNDONE.get(found.orientation, found.orientation),
        proof=from_the_other_side(found.proof) if found.proof else None,
        view=found.earlier_view,
        earlier_view=found.view,
        earlier_view_id=0,
        shown=tuple(map(other_way, found.shown)),
    )


def other_way(shown: Stretch) -> Stretch:
    """What a match shows, as the earlier exhibit would tell it."""
    way = _UNDONE.get(shown.orientation, shown.orientation)
    return Stretch(
        begins=shown.earlier_begins,
        ends=shown.earlier_ends,
        earlier_begins=shown.begins,
        earlier_ends=shown.ends,
        speed=round(1 / shown.speed, 2) if shown.speed else 1.0,
        orientation=way,
        method=shown.method,
    )


def told(store: Store, person: Person, found: Iterable[Found]) -> tuple[Match, ...]:
    """The matches with what this person may know of both pictures.

    Without those of which one stands only in cases that they may not see. Since when an earlier
    picture is known counts for all its copies, and copies of copies, but for the incoming one.
    """
    every = [*found]
    return first_of_copies(store, person, told_each(store, person, {None: every})[None])


def first_of_copies(store: Store, person: Person, shown: tuple[Match, ...]) -> tuple[Match, ...]:
    """The matches; of copies of one picture the one seen first is first seen when any copy was,
    also one that is no match. The others keep when they were seen themselves."""
    if not shown:
        return ()
    own = {match.exhibit_id for match in shown}
    with store.lock:  # between two queries nothing goes
        clusters, held = _copies(store, {match.earlier_exhibit_id for match in shown} - own, own)
        seen = _first_seen(store, person, held)
        posted = accounts.posting(store, person, held)
    first: dict[int, FirstSeen] = {}
    for exhibit_id, known in sorted(seen.items()):
        name = clusters.of(exhibit_id)
        first[name] = min(first.get(name, known), known, key=lambda one: one.at)
    voices: dict[int, set[int]] = {}
    for exhibit_id, by in posted.items():
        voices.setdefault(clusters.of(exhibit_id), set()).update(by)
    told: dict[int, Match] = {}  # by cluster, the match that was seen first itself
    for match in shown:
        name = clusters.of(match.earlier_exhibit_id)
        told[name] = min(told.get(name, match), match, key=lambda one: one.first_seen.at)
    return tuple(
        msgspec.structs.replace(match, first_seen=_among(earliest, voices.get(name, set())))
        if (earliest := first.get(name := clusters.of(match.earlier_exhibit_id)))
        and told[name] is match
        and earliest.at <= match.first_seen.at
        else match
        for match in shown
    )


def first_known(store: Store, person: Person, exhibit_id: int) -> FirstSeen | None:
    """Since when a picture or a copy of it is known, whichever came here first; case_id says
    where. None where the person may see none of them."""
    with store.lock:
        _, held = _copies(store, {exhibit_id}, set())
        seen = _first_seen(store, person, held)
    of_these = sorted(seen, key=lambda one: (seen[one].at, one != exhibit_id))
    return seen[of_these[0]] if of_these else None


def _copies(store: Store, ids: set[int], leave_out: set[int]) -> tuple[Clusters, set[int]]:
    """These exhibits and their copies, joined; and all of them."""
    pairs = matches.copies(store, ids)
    clusters = Clusters()
    for one, other in pairs:
        if not {one, other} & leave_out:
            clusters.join(one, other)
    return clusters, ids.union(*pairs) - leave_out


def _among(earliest: FirstSeen, voices: set[int]) -> FirstSeen:
    """With how many other accounts posted it, where a post was first."""
    if earliest.case_id >= 0:
        return earliest
    return msgspec.structs.replace(earliest, others=len(voices) - 1)


def told_each(
    store: Store, person: Person, found: Mapping[Key, list[Found]]
) -> dict[Key, tuple[Match, ...]]:
    """The same for many lists of matches, by what they are for."""
    every = [*chain.from_iterable(found.values())]
    if not every:
        return dict.fromkeys(found, ())
    with store.lock:  # between two queries nothing goes
        known = _known(store, person, every)
    return {
        key: tuple(_match(known, one) for one in several if _shown(known, one.correspondence))
        for key, several in found.items()
    }


@dataclass(frozen=True)
class _Known:
    """What is known of exhibits, and in the end of the cases that hold the earlier ones.

    cases: those that the person may see, oldest first. posted: what the first post said that
    shows an exhibit of the archive. unwatched: incoming films not looked at from end to end yet.
    """

    cases: dict[int, list[int]]
    digests: dict[int, str]
    first_seen: dict[int, FirstSeen]
    over_telegram: set[int]
    concluded: dict[int, Verdict]
    claims: dict[int, tuple[Claim, ...]]
    posted: dict[int, Claim]
    statuses: dict[int, Status]
    unwatched: set[int]


def _known(store: Store, person: Person, found: list[Found]) -> _Known:
    earlier_ids = {one.correspondence.earlier_exhibit_id for one in found}
    own = {one.correspondence.exhibit_id for one in found}
    ids = earlier_ids | own
    cases = exhibits.seen_in(store, person, ids)
    seen = {one: cases[one] for one in earlier_ids if one in cases}
    case_ids = {held[0] for held in seen.values()} | {one.case_id for one in found if one.case_id}
    return _Known(
        cases,
        exhibits.digests(store, ids),
        _first_seen(store, person, seen),
        exhibits.that_came_over(store, ids, _TELEGRAM),
        _concluded(store, person, seen),
        claims.of_cases(store, case_ids),
        sightings.first_words(store, person, (one for one in seen if seen[one][0] < 0)),
        sharing.statuses(store, case_ids),
        footage.unwatched(store, own),
    )


def _shown(known: _Known, lies: Correspondence) -> bool:
    own = not lies.exhibit_id or lies.exhibit_id in known.cases
    return own and lies.earlier_exhibit_id in known.cases


def _match(known: _Known, one: Found) -> Match:
    lies = one.correspondence
    own, earlier = lies.exhibit_id, lies.earlier_exhibit_id
    case_id = one.case_id or known.cases[earlier][0]
    about = (c for c in known.claims.get(case_id, ()) if c.exhibit_id in (None, earlier))
    return Match(
        id=one.id,
        method=lies.method,
        exhibit_id=own,
        earlier_exhibit_id=earlier,
        earlier_sha256=known.digests[earlier],
        earlier_case_id=case_id,
        orientation=lies.orientation,
        expected_by_chance=lies.chance,
        first_seen=known.first_seen[earlier],
        distance=lies.distance,
        view=lies.view,
        earlier_view=lies.earlier_view,
        proof=lies.proof,
        same=one.same,
        earlier_claim=next(about, known.posted.get(earlier)),
        both_from_telegram=earlier in known.over_telegram and own in known.over_telegram,
        earlier_status=known.statuses[case_id],
        earlier_verdict=known.concluded.get(earlier),
        sha256=known.digests.get(own, ""),
        case_id=known.cases[own][0] if own else 0,
        shown=lies.shown,
        in_part=own in known.unwatched,
    )


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
