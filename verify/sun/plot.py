"""The plot of a year: when a shadow fits, by day and by hour. It holds numbers, no words."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime

from PIL import Image, ImageDraw, ImageFont

from verify.sun.fitting import Span

_ACROSS, _DOWN = 3, 30  # pixels a day, pixels an hour
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 30, 30, 50
_NIGHT, _DAY, _FIT = (44, 52, 76), (250, 236, 190), (196, 60, 20)
_GRID, _PAPER, _INK, _MARK = (150, 150, 150), (255, 255, 255), (40, 40, 40), (0, 110, 200)


def draw(
    up: Mapping[date, list[Span]], fits: Mapping[date, list[Span]], chosen: date | None
) -> bytes:
    """Draw a year as a PNG: months from left to right, local hours from top (0) to bottom (24).

    up: the stretches of daylight of every day of one year. fits: those in which the shadow
    fits. chosen: a day to mark.
    """
    days = sorted(up)
    width, height = _LEFT + _ACROSS * len(days) + _RIGHT, _TOP + 24 * _DOWN + _BOTTOM
    plot = Image.new("RGB", (width, height), _PAPER)
    pen = ImageDraw.Draw(plot)
    pen.rectangle((_LEFT, _TOP, width - _RIGHT, height - _BOTTOM), fill=_NIGHT)
    for number, day in enumerate(days):
        x = _LEFT + _ACROSS * number
        for spans, colour in ((up[day], _DAY), (fits.get(day, []), _FIT)):
            for first, last in spans:
                pen.rectangle((x, _y(first), x + _ACROSS - 1, _y(last) + 2), fill=colour)
    _scales(pen, days, width, height)
    if chosen and chosen in up:
        x = _LEFT + _ACROSS * days.index(chosen) + 1
        pen.line((x, _TOP - 12, x, height - _BOTTOM + 8), fill=_MARK, width=2)
    stream = io.BytesIO()
    plot.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _y(at: datetime) -> int:
    return round(_TOP + _DOWN * (at.hour + at.minute / 60))


def _scales(pen: ImageDraw.ImageDraw, days: list[date], width: int, height: int) -> None:
    font = ImageFont.load_default(18)
    for hour in range(0, 25, 3):
        y = _TOP + _DOWN * hour
        pen.line((_LEFT, y, width - _RIGHT, y), fill=_GRID)
        pen.text((_LEFT - 8, y), f"{hour}:00", fill=_INK, font=font, anchor="rm")
    for number, day in enumerate(days):
        if day.day == 1:
            x = _LEFT + _ACROSS * number
            pen.line((x, _TOP, x, height - _BOTTOM), fill=_GRID)
            pen.text(
                (x + 15 * _ACROSS, height - 25), f"{day:%m}", fill=_INK, font=font, anchor="mm"
            )
