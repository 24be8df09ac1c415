"""The place and the day that a case names, for the sun over it."""

from __future__ import annotations

from datetime import date

from verify.reading.capture import capture
from verify.reading.dates import dates_claimed
from verify.reading.places import places_claimed
from verify.records import CaseReport
from verify.sun.place import Place, locate


def place_of(report: CaseReport) -> Place | None:
    """The one place that its claims name for certain, else that of its files; None where neither
    does."""
    for claim in report.claims:
        for named in places_claimed(claim):
            if named.certain and len(named.points) == 1:
                return Place(claim.place or named.written, *named.points[0].tolist())
    for exhibit in report.exhibits:
        gps = exhibit.examination.metadata.gps if exhibit.examination else None
        if gps and (gps.latitude or gps.longitude):
            return locate(f"{gps.latitude:.5f}, {gps.longitude:.5f}")
    return None


def day_of(report: CaseReport) -> date | None:
    """The one day that its claims name, else that of its files."""
    for claim in report.claims:
        for named in dates_claimed(claim):
            if named.first == named.last:
                return named.first
    for exhibit in report.exhibits:
        if exhibit.examination and (captured := capture(exhibit.examination.metadata)):
            return date.fromisoformat(captured.written.at[:10])
    return None
