"""What stands under the pictures of a film: under its strip, one frame enlarged, a clip of it; and
under its sound."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button
from verify.chat.replies.markup import bold, italic
from verify.clips import CLIP_SECONDS, RATE
from verify.desk.films import Part
from verify.language import Reader, html
from verify.records import (
    About,
    ExhibitReport,
    Sentence,
    film_moment,
    film_time,
    lettered,
    numbers,
    say,
    say_many,
)
from verify.wording.matches import in_short

_SECOND = 1000  # milliseconds


def under(exhibit: ExhibitReport, reader: Reader, *, colour: bool = False) -> Page:
    """The caption of a strip: what it shows, and what the letters on it stand for."""
    film, seen = exhibit.film, exhibit.examination
    seconds = film.seconds if film else seen.seconds if seen else 0
    title = say("A film of {length}. Above each picture its time.", length=film_time(seconds or 0))
    if film and film.shots:
        title = say_many(
            "A film of {length}, {count} shot. Above each picture: its time, its shot's length.",
            "A film of {length}, {count} shots. Above each picture: its time, its shot's length.",
            len(film.shots),
            length=film_time(film.seconds),
        )
    lines = [bold(title, reader), html(say("Case {number}", number=exhibit.case_id), reader)]
    for letter, match in lettered(exhibit.matches):
        lines.append(html(say("{letter}: {match}", letter=letter, match=in_short(match)), reader))
    asked = Action(name="film-colour", case_id=exhibit.case_id, exhibit_id=exhibit.exhibit_id)
    large = replace(asked, name="frame", value="colour" if colour else "")
    row = [button(say("Enlarge"), large, reader)]
    if not colour:
        row.insert(0, button(say("Show in colour"), asked, reader))
    return Page(
        "\n".join(lines), (tuple(row), _playing(large, exhibit, reader)), about=_about(exhibit)
    )


def frame(exhibit: ExhibitReport, at_ms: int, reader: Reader, *, colour: bool = False) -> Page:
    """The caption of one frame, and the ways to others: frame by frame, or by seconds.

    at_ms: when it begins, in milliseconds.
    """
    time = film_moment(at_ms)
    lines = [
        bold(say("The film at {time}", time=time), reader),
        html(say("Case {number}", number=exhibit.case_id), reader),
    ]
    here = Action(
        name="frame",
        case_id=exhibit.case_id,
        exhibit_id=exhibit.exhibit_id,
        page=at_ms,
        value="colour" if colour else "",
    )
    steps = (
        button(say("‹ 1 s"), replace(here, page=max(0, at_ms - _SECOND)), reader),
        button(say("‹ Frame"), replace(here, item="-1"), reader),
        button(say("Frame ›"), replace(here, item="1"), reader),
        button(say("1 s ›"), replace(here, page=at_ms + _SECOND), reader),
    )
    others = [
        button(say("Keep this frame"), replace(here, name="frame-keep", value=""), reader),
        button(say("All pictures"), replace(here, name="film-back"), reader),
    ]
    if not colour:
        others.insert(0, button(say("Show in colour"), replace(here, value="colour"), reader))
    rows = (steps, tuple(others), _playing(here, exhibit, reader))
    return Page("\n".join(lines), rows, about=_about(exhibit))


def clip(exhibit: ExhibitReport, part: Part, reader: Reader, *, colour: bool = False) -> Page:
    """The caption of a part of a film that moves, and the ways to other parts of it."""
    at_ms, long = round(1000 * part.begins), CLIP_SECONDS
    here = Action(
        name="film-play",
        case_id=exhibit.case_id,
        exhibit_id=exhibit.exhibit_id,
        page=at_ms,
        value="colour" if colour else "",
    )
    steps = []
    if part.begins:
        back = replace(here, page=max(0, at_ms - long * _SECOND))
        steps.append(button(say("‹ {seconds} s", seconds=long), back, reader))
    if part.goes_on:
        on = replace(here, page=round(1000 * part.ends))
        steps.append(button(say("{seconds} s ›", seconds=long), on, reader))
    others = [
        button(say("Enlarge"), replace(here, name="frame"), reader),
        button(say("All pictures"), replace(here, name="film-back"), reader),
    ]
    if not colour:
        others.insert(0, button(say("Show in colour"), replace(here, value="colour"), reader))
    if exhibit.sounds:
        others.append(button(say("Sound"), replace(here, name="film-sound"), reader))
    lines = [
        bold(
            say(
                "{begins} to {ends} of a film of {length}",
                begins=film_time(part.begins),
                ends=film_time(part.ends),
                length=film_time(part.of),
            ),
            reader,
        ),
        html(say("Case {number}", number=exhibit.case_id), reader),
        italic(without_sound(), reader),
    ]
    return Page("\n".join(lines), (tuple(steps), tuple(others)), about=_about(exhibit))


def sound(exhibit: ExhibitReport, part: Part, reader: Reader) -> Page:
    """The caption of a part of a sound, and the way to what follows."""
    title = say(
        "Sound from {begins} to {ends} of {length}",
        begins=film_time(part.begins),
        ends=film_time(part.ends),
        length=film_time(part.of),
    )
    lines = [bold(title, reader), html(say("Case {number}", number=exhibit.case_id), reader)]
    on = Action(
        name="film-sound",
        case_id=exhibit.case_id,
        exhibit_id=exhibit.exhibit_id,
        page=round(1000 * part.ends),
    )
    row = (button(say("Next ›"), on, reader),) if part.goes_on else ()
    return Page("\n".join(lines), (row,), about=_about(exhibit))


def without_sound() -> Sentence:
    """How a clip was made."""
    return say(
        "{count} pictures a second, without sound, made anew from what was decoded.", count=RATE
    )


def _playing(here: Action, exhibit: ExhibitReport, reader: Reader) -> tuple[Button, ...]:
    """The buttons that play a film from a moment on, and its sound."""
    row = [button(say("Play"), replace(here, name="film-play"), reader)]
    if exhibit.sounds:
        row.append(button(say("Sound"), replace(here, name="film-sound"), reader))
    return tuple(row)


def _about(exhibit: ExhibitReport) -> About:
    return numbers(exhibit.case_id, exhibit.exhibit_id)
