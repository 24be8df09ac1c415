"""Reverse image search: a person takes the picture to the engines, the desk sends nothing."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button, to_examination
from verify.chat.replies.markup import bold
from verify.chat.turn import EXAMINATION, Turn
from verify.language import html
from verify.records import say

# The engines' own pages for uploading. None of them is handed an address or a file.
_ENGINES = (
    ("Google Lens", "https://images.google.com/"),
    ("Yandex", "https://yandex.com/images/"),
    ("TinEye", "https://tineye.com/"),
    ("Bing", "https://www.bing.com/visualsearch"),
)
_ITEM = "reverse-search"


async def _explain(turn: Turn, action: Action) -> None:
    """Say what would leave the machine, before any address is shown."""
    reader = turn.reader
    lines = [
        bold(say("Search other archives for this picture"), reader),
        html(
            say("The desk sends nothing. You upload the picture yourself, on the engine's page."),
            reader,
        ),
        html(
            say(
                "Then the engine gets the picture, with the metadata in the file, and your"
                " network address. It may keep them. Do not do this with a picture that could"
                " put somebody in danger."
            ),
            reader,
        ),
    ]
    to = Action(name="engines", case_id=action.case_id, exhibit_id=action.exhibit_id)
    rows = (
        (button(say("Show the engines"), to, reader),),
        to_examination(action.case_id, action.exhibit_id, reader),
    )
    await turn.show(Page("\n".join(lines), rows), case_id=action.case_id, purpose=EXAMINATION)


async def _engines(turn: Turn, action: Action) -> None:
    reader = turn.reader
    lines = [
        bold(say("Upload the picture there yourself"), reader),
        html(say("Look for the camera sign beside the search field, or drop the file."), reader),
        html(say("Try a mirrored copy and a part of the picture too."), reader),
        html(say("Then note which engines you asked, and what they found."), reader),
    ]
    links = [Button(name, Action(name="engines"), url) for name, url in _ENGINES]
    item = Action(name="item", case_id=action.case_id, exhibit_id=action.exhibit_id, item=_ITEM)
    rows = (
        tuple(links[:2]),
        tuple(links[2:]),
        (button(say("Note what was found"), item, reader),),
        to_examination(action.case_id, action.exhibit_id, reader),
    )
    await turn.show(Page("\n".join(lines), rows), case_id=action.case_id, purpose=EXAMINATION)


ACTIONS = {"elsewhere": _explain, "engines": _engines}
