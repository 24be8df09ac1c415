"""The sun in words: over a place, and when a measured shadow fits."""

from __future__ import annotations

from datetime import date, datetime

from verify.chat.action import Action
from verify.chat.pages import Page, button
from verify.chat.replies.markup import bold, bullet, italic
from verify.language import Reader, html
from verify.records import Sentence, WallTime, say, say_many
from verify.sun.fitting import Shadow, Span
from verify.sun.place import Place
from verify.sun.position import Sun
from verify.wording import suns


def over_place(place: Place, at: datetime, sun: Sun, reader: Reader) -> Page:
    """What the sun does over a place at a time, which is shown on the clocks there."""
    lines = [
        bold(suns.over(place.name, _wall(at)), reader),
        html(suns.stands(sun.elevation, sun.azimuth), reader),
        html(suns.light(sun.light), reader),
        html(suns.shadows(sun.shadow, sun.shadow_direction), reader),
        italic(suns.caution(place.zone.key), reader),
    ]
    return Page("\n".join(lines))


def takes() -> Sentence:
    """What stands behind the command."""
    return say(
        "Write a place and a time, as in {examples}. The time is that of the clocks there "
        "unless you write its zone. Without a place it is about the open case.",
        examples=say("/sun Damascus 2024-05-01 14:30, /sun Damascus today 3pm"),
    )


def choice(case_id: int, place: Place, day: date, reader: Reader) -> Page:
    """Which shadow was measured: its length or its direction."""
    asked = say(
        "What did you measure in the picture? Times are looked for in {place} on {day}.",
        place=place.name,
        day=day.isoformat(),
    )
    length = Action(name="sun-length", case_id=case_id)
    direction = Action(name="sun-direction", case_id=case_id)
    row = (
        button(say("Shadow length"), length, reader),
        button(say("Shadow direction"), direction, reader),
    )
    other = say("To see where the sun stood instead: {takes}", takes=takes())
    return Page(f"{html(asked, reader)}\n\n{html(other, reader)}", (row,))


def fitting(
    place: Place,
    day: date,
    shadow: Shadow,
    spans: list[Span],
    days: list[date],
    reader: Reader,
) -> Page:
    """The caption of the plot: the times of the day, and the days of the year, that fit."""
    lines = [bold(_measured(shadow), reader)]
    where = say("Times in {place} on {day} that fit:", place=place.name, day=day.isoformat())
    if spans:
        lines.append(html(where, reader))
        lines += [bullet(_span(*span), reader) for span in spans]
    else:
        none = say(
            "At no time of {day} does it fit in {place}.", day=day.isoformat(), place=place.name
        )
        lines.append(html(none, reader))
    lines.append(
        html(
            say_many(
                "It fits on {count} day of {year}; the picture shows when, in local time.",
                "It fits on {count} days of {year}; the picture shows when, in local time.",
                len(days),
                year=str(day.year),
            ),
            reader,
        )
    )
    caution = say(
        "Red fits to a tenth of the length or 5 degrees, for an upright thing on level ground. "
        "Months run from left to right, hours from top to bottom; dark is night."
    )
    lines.append(italic(caution, reader))
    return Page("\n".join(lines))


def _measured(shadow: Shadow) -> Sentence:
    if shadow.ratio is not None:
        return say("A shadow {ratio} times as long as what casts it", ratio=shadow.ratio)
    return say("A shadow that points to {direction}°", direction=shadow.direction or 0.0)


def _span(first: datetime, last: datetime) -> Sentence:
    return say("{first} to {last}", first=f"{first:%H:%M}", last=f"{last:%H:%M}")


def _wall(at: datetime) -> WallTime:
    return WallTime(at=f"{at:%Y-%m-%dT%H:%M:%S}", zone=at.isoformat(timespec="seconds")[19:25])
