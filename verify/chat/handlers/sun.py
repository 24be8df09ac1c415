"""/sun PLACE TIME, and the Sun button: a shadow's length or direction, and when it fits."""

from __future__ import annotations

import re
from datetime import date, datetime

from verify.care.leaving import ours
from verify.chat.action import Action
from verify.chat.managing import ask
from verify.chat.pages import Page
from verify.chat.replies import sun as replies
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.folding import digits
from verify.reading.ahead import read_ahead
from verify.reading.dates import dates_in, read_dates
from verify.records import Picture, say
from verify.sun.fitting import Shadow, day_and_night, fits_of_day, fits_of_year
from verify.sun.of_case import day_of, place_of
from verify.sun.place import Place, locate
from verify.sun.plot import draw
from verify.sun.position import sun_at

COMMAND = "sun"
DESCRIPTION = say("Say where the sun stood, or when a shadow fits")

_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?!\d)")
_LOOKS = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\s")  # like a date, and is none
_LONGEST_RATIO = 100.0


async def handle(turn: Turn, words: str) -> None:
    """Say what the sun did over a place; without words, ask what was measured in the open case."""
    if not words:
        case_id = await turn.opened_case()
        if case_id is None:
            raise BadInput(replies.takes())
        await _choose(turn, Action(name="sun", case_id=case_id))
        return
    today = datetime.now(turn.reader.zone).date()
    where, when = await turn.call(_parts, digits(words), today)
    place = await (turn.call(locate, where) if where else _of_the_case(turn))
    if place is None:
        raise BadInput(
            say(
                "I do not know this place. Write a large town, with its country behind a comma if "
                "need be, or coordinates in degrees, as in {example}.",
                example="33.51, 36.29",
            )
        )
    at = _moment(when, place)
    page = replies.over_place(place, at, sun_at(place.latitude, place.longitude, at), turn.reader)
    await turn.out.send("sun", page)


async def _of_the_case(turn: Turn) -> Place:
    """The place that the open case names. Raises BadInput where it names none."""
    place = None
    if case_id := await turn.opened_case():
        report = await turn.call(turn.desk.reports.case, turn.person, case_id)
        place = await turn.call(place_of, report)
    if place is None:
        raise BadInput(
            say(
                "That names no place, nor does the open case. Write the place first, as in"
                " {example}.",
                example=say("/sun Damascus tomorrow 3pm"),
            )
        )
    return place


def _parts(words: str, today: date) -> tuple[str, str]:
    """The place, "" where none is named, and the time as a claim keeps it; without a day it is
    today's. Raises BadInput where no time of day is named."""
    named, when = dates_in(words), _by_24_hours(words)
    if len(named) == 1 and when:
        return words.partition(named[0].written)[0].strip(), when
    if _LOOKS.search(words) and not named:
        raise BadInput(say("There is no such time."))
    read = read_ahead(words, today)
    if read is None:
        raise BadInput(replies.takes())
    if read.clock is None:
        raise BadInput(
            say(
                "That names no time of day. Write one, as in {examples}.",
                examples=say("/sun Damascus 3pm, /sun Damascus tomorrow noon"),
            )
        )
    return read.before, datetime.combine(read.day or today, read.clock).isoformat("T", "minutes")


def _by_24_hours(words: str) -> str:
    """The time that is meant; without a word for the half of the day the clock has 24 hours."""
    read = read_dates(words)
    if "T" in read.at:
        return read.at
    face = _CLOCK.search(words)
    wanted = f"T{int(face[1]):02}:{int(face[2]):02}" if face else "?"
    return next((one for one in read.candidates if wanted in one), "")


def _moment(when: str, place: Place) -> datetime:
    at = datetime.fromisoformat(when)
    try:
        return (at if at.tzinfo else at.replace(tzinfo=place.zone)).astimezone(place.zone)
    except OverflowError as error:
        raise BadInput(say("There is no such time.")) from error


async def _choose(turn: Turn, action: Action) -> None:
    place, day = await _known(turn, action)
    await turn.open_case(action.case_id)
    page = replies.choice(action.case_id, place, day, turn.reader)
    await turn.out.send("shown", page, case_id=action.case_id)


async def _known(turn: Turn, action: Action) -> tuple[Place, date]:
    """The place and the day of a case: its claims' first, then its files'."""
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    place, day = await turn.call(place_of, report), day_of(report)
    if place is None or day is None:
        raise BadInput(
            say(
                "This needs a place and a day. State them as a claim, as in {example}. For "
                "where the sun stood: {takes}",
                example=say("/claim In Damascus on 1 May 2024"),
                takes=replies.takes(),
            )
        )
    return place, day


async def _ask_length(turn: Turn, action: Action) -> None:
    asked = say(
        "Reply to this message with the shadow's length divided by the height of what casts it, "
        "as in {example}.",
        example="1.4",
    )
    await ask(turn, action, asked)


async def _ask_direction(turn: Turn, action: Action) -> None:
    asked = say(
        "Reply to this message with the direction in which the shadow points, in degrees from "
        "true north: east is 90, south 180, west 270."
    )
    await ask(turn, action, asked)


async def _length(turn: Turn, action: Action, text: str) -> None:
    ratio = _number(text)
    if ratio is None or not 0 < ratio <= _LONGEST_RATIO:
        raise BadInput(say("Write a number above 0 and up to 100, as in {example}.", example="1.4"))
    await _fit(turn, action, Shadow(ratio=ratio))


async def _direction(turn: Turn, action: Action, text: str) -> None:
    degrees = _number(text.rstrip(" °"))
    if degrees is None or not 0 <= degrees <= 360:
        raise BadInput(say("Write a number from 0 to 360, as in {example}.", example="315"))
    await _fit(turn, action, Shadow(direction=degrees % 360))


def _number(text: str) -> float | None:
    try:
        number = float(text.strip().replace(",", ".").replace("٫", "."))
    except ValueError:
        return None
    return number if number == number else None  # nan is no number


async def _fit(turn: Turn, action: Action, shadow: Shadow) -> None:
    place, day = await _known(turn, action)
    plot, page = await turn.call(_plotted, turn, place, day, shadow)
    await turn.out.photo(
        "sun",
        plot,
        page,
        reply_to=None,
        case_id=action.case_id,
        exhibit_id=0,
        purpose="sun",
        spoiler=False,  # a drawing of ours: nothing in it could shock
    )


def _plotted(turn: Turn, place: Place, day: date, shadow: Shadow) -> tuple[Picture, Page]:
    here = place.latitude, place.longitude
    fits = fits_of_year(shadow, *here, day.year, place.zone)
    up = dict(day_and_night(*here, day.year, place.zone))
    spans = fits_of_day(shadow, *here, day, place.zone)
    page = replies.fitting(place, day, shadow, spans, sorted(fits), turn.reader)
    return ours(draw(up, fits, day)), page


ACTIONS = {"sun": _choose, "sun-length": _ask_length, "sun-direction": _ask_direction}
REPLIES = {"sun-length": _length, "sun-direction": _direction}
