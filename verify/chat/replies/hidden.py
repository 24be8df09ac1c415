"""Previews and hidden looks in words: what stands under a picture set beside them."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button
from verify.chat.replies.markup import bold, italic
from verify.language import Reader, html
from verify.records import ExhibitReport, ViewKind, numbers, say

_SEEN = {
    ViewKind.PREVIEW: (
        say("Left: the picture. Right: a preview inside its file."),
        say(
            "The picture may have been cropped or changed after the preview was made; or a "
            "program put them together carelessly."
        ),
    ),
    ViewKind.WITHOUT_TRANSPARENCY: (
        say("Left: the picture on white. Right: the same without its transparency."),
        say("Many programs keep what was erased or cut out."),
    ),
    ViewKind.ON_BLACK: (
        say("Left: the picture on white. Right: the same on black."),
        say("Figures that were cut out, logos and stickers look otherwise, too."),
    ),
}


def beside(exhibit: ExhibitReport, number: int, reader: Reader, *, colour: bool = False) -> Page:
    """The caption of what a file hides, beside its picture. number: from 0, of `hidden`."""
    examination = exhibit.examination
    hidden = examination.hidden[number : number + 1] if examination else ()
    kind = hidden[0].kind if hidden else ViewKind.PREVIEW
    places = examination.thumbnail.differing if examination else ()
    title, caution = _SEEN[kind]
    lines = [
        bold(title, reader),
        html(say("Case {number}", number=exhibit.case_id), reader),
    ]
    if number < len(places):
        lines.append(html(say("Read from: {place}", place=places[number]), reader))
    lines.append(italic(caution, reader))
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


def offer(exhibit: ExhibitReport, reader: Reader, then: Action) -> Page:
    """Instead of the pictures, where the file did not come from this chat service.

    then: what shows them all the same.
    """
    text = html(
        say("The file of case {number} did not come over Telegram.", number=exhibit.case_id),
        reader,
    )
    asked = replace(then, case_id=exhibit.case_id, exhibit_id=exhibit.exhibit_id)
    return Page(text, ((button(say("Show (uploads it to Telegram)"), asked, reader),),))
