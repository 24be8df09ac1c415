"""`verify-desk read`: the places and dates that words name, a line at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

from verify.cli.arguments import json_option
from verify.cli.output import json_line, tell
from verify.records import CalendarDate, PlaceCandidate, Sentence, say

if TYPE_CHECKING:
    from verify.reading.claimed import Reading

_LONGEST_LINE = 20_000  # characters


@click.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), default="-")
@json_option
def command(file: TextIO, as_json: bool) -> None:
    """Read the place and the date in each line of a text, from a FILE or standard input.

    What is certain is told apart from what can be meant, with the reason. Nothing is kept.
    """
    from verify.reading.claimed import read_words

    for line in file:
        text = line.rstrip("\r\n")[:_LONGEST_LINE]
        if not text.strip():
            continue
        reading = read_words(text)
        if as_json:
            json_line(_fields(text, reading))
        else:
            _show(text, reading)


def _fields(text: str, reading: Reading) -> dict[str, object]:
    first, stretch, last = reading.date.partition("/")
    places = [_place(one) for one in reading.where.candidates if one.spot.latitude is not None]
    certain = reading.place.latitude is not None
    return {
        "text": text,
        "places": places,
        "place": places[0] if certain else None,
        "country": _country(reading),
        "disputed": reading.where.disputed,
        "dates": list(reading.dates),
        "date": (first or None) if not stretch else None,
        "range": {"from": _end(first), "to": _end(last)} if stretch else None,
    }


def _place(one: PlaceCandidate) -> dict[str, object]:
    spot = one.spot
    return {
        "name": spot.name,
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "country": one.country or None,
    }


def _country(reading: Reading) -> str | None:
    """The country, where the words name it and no place in it."""
    if reading.place.name and reading.place.latitude is None:
        return reading.where.candidates[0].country or None
    return None


def _end(day: str) -> str | None:
    return None if day == ".." else day


def _show(text: str, reading: Reading) -> None:
    tell(text)
    for line in (*_places(reading), *_dates(reading)):
        tell(line, indent=2)


def _places(reading: Reading) -> list[Sentence]:
    from verify.wording.claim_lines import either

    found = reading.where.candidates
    if not found:
        return [say("No place.")]
    if reading.place.name:
        lines = [say("Place: {place}", place=reading.place.name)]
        lines += [found[0].why] if found[0].why else []
    else:
        names = either([one.spot.name for one in found])
        lines = [say("Place, not certain: {places}", places=names)]
        lines += reading.where.why
    if reading.where.disputed:
        lines.append(say("More than one state claims this ground."))
    return lines


def _dates(reading: Reading) -> list[Sentence]:
    from verify.wording.claim_lines import either

    if reading.date:
        return [say("Date: {date}", date=CalendarDate(at=reading.date)), *reading.when.why]
    if not reading.dates:
        return [say("No date."), *reading.when.why]
    dates = either([CalendarDate(at=one) for one in reading.dates])
    return [say("Date, not certain: {dates}", dates=dates), *reading.when.why]
