"""What stands under the pictures of a film: under its strip, and under one frame in large."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Page, button
from verify.chat.replies.markup import bold
from verify.language import Reader, html
from verify.records import About, ExhibitReport, film_time, lettered, numbers, say, say_many
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
    row = [button(say("In large"), large, reader)]
    if not colour:
        row.insert(0, button(say("Show in colour"), asked, reader))
    return Page("\n".join(lines), (tuple(row),), about=_about(exhibit))


def frame(exhibit: ExhibitReport, at_ms: int, reader: Reader, *, colour: bool = False) -> Page:
    """The caption of one frame, and the ways to others: frame by frame, or by seconds.

    at_ms: when it begins, in milliseconds.
    """
    time = f"{film_time(at_ms / 1000)}.{at_ms % 1000:03}"
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
    return Page("\n".join(lines), (steps, tuple(others)), about=_about(exhibit))


def _about(exhibit: ExhibitReport) -> About:
    return numbers(exhibit.case_id, exhibit.exhibit_id)
