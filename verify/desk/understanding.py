"""What the words of claims mean, by what else is known of their cases.

However many claims and cases there are, a fixed number of queries tells it of all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from verify.reading.claimed import Reading, read_places, read_words
from verify.reading.places import places_in
from verify.records import Claim, Gps, Spot
from verify.store.casework import claims
from verify.store.database.connection import Store
from verify.store.pictures import examinations, exhibits

_MOST_BESIDE = 50  # files and claims of a case that tell where another of its claims means

Point = tuple[float, float]  # degrees, north and east


def read_claim(store: Store, claim: Claim) -> Reading:
    """What the words of a claim can mean; "yesterday" counts from when they were posted.

    Of several towns of one name, that near what else is known of the case is likelier: near the
    coordinates in the file, or a place that another claim plainly names.
    """
    return _readings(store, [claim])[claim.id]


def read_again(store: Store, case_ids: Collection[int]) -> None:
    """Read the date and place in the words of claims: those that these rules have not read,
    and those whose place may have become another by what else is known now.
    """
    unread = {claim.id: claim for claim in claims.unread(store, case_ids)}
    again = {
        claim.id: claim
        for beside in claims.of_cases(store, case_ids).values()
        for claim in beside[:_MOST_BESIDE]
        if not claim.place_stated
    }
    both = again | unread
    made = {}
    for number, read in _readings(store, both.values()).items():
        said = claims.Said(read.date, read.place, counted_from=read.when.counted_from)
        if number in unread or said.spot != claims.said(both[number]).spot:
            made[number] = said
    if made:
        with store.transaction():
            claims.keep_readings(store, made)


def _readings(store: Store, about: Collection[Claim]) -> dict[int, Reading]:
    cases = {claim.case_id for claim in about}
    posted = claims.posted_at(store, (claim.id for claim in about))
    beside = claims.of_cases(store, cases)
    held = {case_id: ids[:_MOST_BESIDE] for case_id, ids in exhibits.of_cases(store, cases).items()}
    only = {claim.exhibit_id for claim in about if claim.exhibit_id}
    recorded = examinations.positions(store, only.union(*held.values()))
    readings = {}
    for claim in about:
        files = [claim.exhibit_id] if claim.exhibit_id else held.get(claim.case_id, [])
        near = (
            *_on_earth(recorded[one] for one in files if one in recorded),
            *_told(beside.get(claim.case_id, ())[:_MOST_BESIDE], claim),
        )
        day = posted[claim.id].date() if claim.id in posted else None
        readings[claim.id] = read_words(claim.text, day, claim.recorded_at.date(), near=near)
    return readings


def _on_earth(positions: Iterator[Gps]) -> Iterator[Point]:
    """The coordinates in files; receivers without a fix write zeros."""
    for gps in positions:
        if (
            (gps.latitude or gps.longitude)
            and abs(gps.latitude) <= 90
            and abs(gps.longitude) <= 180
        ):
            yield gps.latitude, gps.longitude


def _told(beside: Collection[Claim], claim: Claim) -> Iterator[Point]:
    """The places that the other claims of its case name for certain, each by itself."""
    for other in beside:
        if other.id == claim.id or other.text == claim.text:
            continue
        spot = claims.said(other).spot if other.place_stated else _named(other)
        if spot.latitude is not None and spot.longitude is not None:
            yield spot.latitude, spot.longitude


def _named(claim: Claim) -> Spot:
    return read_places(places_in(claim.text)).spot
