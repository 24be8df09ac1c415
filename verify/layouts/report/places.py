"""The places of a case as GeoJSON (RFC 7946), as far as a profile tells positions."""

from __future__ import annotations

from collections.abc import Iterator

from verify.language import clean
from verify.records import CaseReport


def geojson(case: CaseReport) -> dict[str, object]:
    """A point for each place that a claim states and each position that a file gives. case: as a
    profile narrowed it; positions are longitude, latitude in degrees."""
    return {"type": "FeatureCollection", "features": [*_claimed(case), *_written(case)]}


def _claimed(case: CaseReport) -> Iterator[dict[str, object]]:
    for claim in case.claims:
        if claim.latitude is not None and claim.longitude is not None:
            told = {"from": "claim", "claim": claim.id, "name": clean(claim.place)}
            yield _point(claim.latitude, claim.longitude, told)


def _written(case: CaseReport) -> Iterator[dict[str, object]]:
    for number, exhibit in enumerate(case.exhibits, start=1):
        gps = exhibit.examination.metadata.gps if exhibit.examination else None
        if gps:
            told: dict[str, object] = {"from": "file", "exhibit": number}
            if exhibit.sha256:
                told["sha256"] = exhibit.sha256
            yield _point(gps.latitude, gps.longitude, told)


def _point(latitude: float, longitude: float, told: dict[str, object]) -> dict[str, object]:
    at = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "geometry": at, "properties": told}
