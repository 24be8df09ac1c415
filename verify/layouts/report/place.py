"""Place and sun in a report: a sketch of where, what the sun did there, daylight of that year."""

from __future__ import annotations

from collections.abc import Iterator

from verify.layouts.report.telling import Telling
from verify.places.sketch import sketch
from verify.reading.dates import moment_claimed
from verify.records import Block, Bullets, Facts, Figure, Heading, Line, Section, WallTime
from verify.sun.fitting import day_and_night
from verify.sun.of_case import day_of, place_of
from verify.sun.place import Place
from verify.sun.plot import draw
from verify.sun.position import sun_at
from verify.wording import report as wording
from verify.wording import suns


def place(tell: Telling) -> Section:
    """The one place that the case names for certain, drawn offline."""
    found = place_of(tell.known.case)
    blocks = [*_place(tell, found)] if found else [Line(text=tell(wording.NO_PLACE))]
    return Section(id="place", title=tell(wording.PLACE), blocks=tuple(blocks))


def _place(tell: Telling, found: Place) -> Iterator[Block]:
    drawn = sketch(found.latitude, found.longitude)
    where = wording.coordinates(round(found.latitude, 5), round(found.longitude, 5))
    yield Facts(rows=((tell(found.name), tell(where)),))
    towns = tuple(tell(wording.town(one.number, one.name, one.kilometres)) for one in drawn.nearby)
    yield Figure(image=drawn.png, alt=tell(wording.sketch(drawn.across_km)))
    yield Line(text=tell(wording.sketch(drawn.across_km)), kind="small")
    if towns:
        yield Bullets(items=towns)
    yield from _sun(tell, found)


def _sun(tell: Telling, found: Place) -> Iterator[Block]:
    day = day_of(tell.known.case)
    if day is None:
        return
    yield Heading(id="sun", text=tell(wording.SUN))
    here = found.latitude, found.longitude
    moments = (moment_claimed(claim, found.zone) for claim in tell.known.case.claims)
    if at := next(filter(None, moments), None):
        at = at.astimezone(found.zone)
        sun = sun_at(*here, at)
        wall = WallTime(at=f"{at:%Y-%m-%dT%H:%M:%S}", zone=at.isoformat(timespec="seconds")[19:25])
        yield Line(text=tell(suns.over(found.name, wall)), kind="strong")
        for line in (
            suns.stands(sun.elevation, sun.azimuth),
            suns.light(sun.light),
            suns.shadows(sun.shadow, sun.shadow_direction),
        ):
            yield Line(text=tell(line))
    up = dict(day_and_night(*here, day.year, found.zone))
    yield Figure(image=draw(up, {}, day), alt=tell(wording.year_plot(day.year)))
    yield Line(text=tell(wording.year_plot(day.year)), kind="small")
    yield Line(text=tell(suns.caution(found.zone.key)), kind="small")
