"""Previews in words: what stands under a picture set beside the preview in its file."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button
from verify.chat.replies.markup import bold, italic
from verify.language import Reader, html
from verify.records import ExhibitReport, numbers, say


def beside(exhibit: ExhibitReport, number: int, reader: Reader, *, colour: bool = False) -> Page:
    """The caption of one preview beside the picture. number: from 0."""
    examination = exhibit.examination
    places = examination.thumbnail.differing if examination else ()
    lines = [
        bold(say("Left: the picture. Right: a preview inside its file."), reader),
        html(say("Case {number}", number=exhibit.case_id), reader),
    ]
    if number < len(places):
        lines.append(html(say("Read from: {place}", place=places[number]), reader))
    lines.append(
        italic(
            say(
                "The picture may have been cropped or changed after the preview was made; or a "
                "program put them together carelessly."
            ),
            reader,
        )
    )
    row: tuple[Button, ...] = ()
    if not colour:
        asked = Action(
            name="preview-colour",
            case_id=exhibit.case_id,
            exhibit_id=exhibit.exhibit_id,
            page=number,
        )
        row = (button(say("Show in colour"), asked, reader),)
    shown = numbers(exhibit.case_id, exhibit.exhibit_id)
    return Page("\n".join(lines), (row,), about=shown)


def offer(exhibit: ExhibitReport, reader: Reader) -> Page:
    """Instead of the pictures, where the file did not come from this chat service."""
    text = html(
        say("The file of case {number} did not come over Telegram.", number=exhibit.case_id),
        reader,
    )
    asked = Action(name="previews-upload", case_id=exhibit.case_id, exhibit_id=exhibit.exhibit_id)
    return Page(text, ((button(say("Show (uploads it to Telegram)"), asked, reader),),))
