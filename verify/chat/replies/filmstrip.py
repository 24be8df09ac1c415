"""What stands under the strip of a film, and instead of it where it would have to be uploaded."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button
from verify.chat.replies.markup import bold, italic
from verify.language import Reader, html
from verify.records import ExhibitReport, film_time, numbers, say, say_many


def under(exhibit: ExhibitReport, reader: Reader, *, colour: bool = False) -> Page:
    """The caption of a strip."""
    seen = exhibit.examination
    count = len(seen.frames) + 1 if seen else 0
    length = film_time((seen.seconds if seen else 0) or 0)
    title = say_many(
        "{count} picture of a film of {length}, with its time.",
        "{count} pictures of a film of {length}, with their times.",
        count,
        length=length,
    )
    caution = say("Those that differ most; what is seen between them stands in the film alone.")
    lines = [
        bold(title, reader),
        html(say("Case {number}", number=exhibit.case_id), reader),
        italic(caution, reader),
    ]
    row: tuple[Button, ...] = ()
    if not colour:
        asked = Action(name="film-colour", case_id=exhibit.case_id, exhibit_id=exhibit.exhibit_id)
        row = (button(say("Show in colour"), asked, reader),)
    return Page("\n".join(lines), (row,), about=numbers(exhibit.case_id, exhibit.exhibit_id))
