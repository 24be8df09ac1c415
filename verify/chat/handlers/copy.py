"""/copy: a copy for others, in which boxes cover what somebody names by squares of a grid.

What was named so far stands in the buttons and prompts themselves; nothing is kept before the copy
is made.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace as replace_page
from pathlib import PurePath

from msgspec.structs import replace

from verify.care import boxes as language
from verify.chat import showing
from verify.chat.action import Action, encode
from verify.chat.notes import open_case_of
from verify.chat.pages import Page
from verify.chat.replies.choosing import choose_exhibit, chosen
from verify.chat.replies.copies import asking, copied_page, standing
from verify.chat.turn import Turn
from verify.chat.working import at_work
from verify.errors import BadInput, Covered
from verify.language import html
from verify.records import Box, ExhibitReport, Picture, Role, Step, say

LEAST = Role.REPORTER
COMMAND = "copy"
DESCRIPTION = say("Make a copy for others, in which boxes cover what you name")
_MOST_BYTES = 50 * 1024 * 1024  # what a bot may send


async def handle(turn: Turn, words: str) -> None:
    """Begin with the exhibit that is answered, or the open case's only one."""
    _demand_alone(turn)
    answered = turn.message.reply_to_message if turn.message else None
    of_message = await turn.case_of(answered.message_id) if answered else None
    exhibit_id = await turn.exhibit_of(answered.message_id) if answered else None
    case_id = of_message or await open_case_of(turn)
    await _begin(turn, Action(name="copy", case_id=case_id, exhibit_id=exhibit_id or 0))


async def _begin(turn: Turn, action: Action) -> None:
    """The picture under its grid, or which one it shall be."""
    _demand_alone(turn)
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    ids = [one.exhibit_id for one in report.exhibits]
    exhibit_id = action.exhibit_id if action.exhibit_id in ids else 0
    if not exhibit_id and len(ids) == 1:
        exhibit_id = ids[0]
    if exhibit_id:
        await _ask(turn, replace(action, exhibit_id=exhibit_id))
        return
    asked = say("Which exhibit?")
    to = Action(name="copy", case_id=report.id)
    here = replace(to, name="copy", page=action.page)
    await turn.show(choose_exhibit(asked, report, here, to, turn.reader), case_id=report.id)


async def _ask(turn: Turn, action: Action) -> None:
    """Send the picture with the boxes so far, to be answered with further ones; of a covered one
    words first."""
    exhibit = await _exhibit(turn, action)
    page = asking(exhibit, action, turn.reader)
    try:
        await _send(turn, action, page, "copy-boxes")
    except Covered as covered:
        anew = replace(action, name="copy-more")
        words = showing.in_words(replace_page(page, asks=False), covered.covers, anew, turn.reader)
        await turn.out.send("copy", words, case_id=action.case_id, exhibit_id=action.exhibit_id)


async def _written(turn: Turn, action: Action, text: str) -> None:
    exhibit = await _exhibit(turn, action)
    squares = await turn.call(
        turn.desk.copying.squares, turn.person, exhibit.sha256, action.case_id
    )
    found = language.at_most((*_boxes(action), *language.read(text, *squares)))
    action = replace(action, value=language.written(found))
    await _send(turn, action, standing(exhibit, action, found, squares, turn.reader), "")


async def _send(turn: Turn, action: Action, page: Page, prompt: str) -> None:
    _demand_alone(turn)
    picture = await _sheet(turn, action)
    await turn.out.photo(
        "copy",
        picture,
        page,
        reply_to=turn.pressed,
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        purpose=encode(replace(action, name=prompt)) if prompt else f"copy {action.exhibit_id}",
    )


async def _sheet(turn: Turn, action: Action) -> Picture:
    """The picture with its boxes, at the moment and in the step that the action names."""
    return await turn.call(
        turn.desk.copying.sheet,
        turn.person,
        action.case_id,
        action.exhibit_id,
        _boxes(action),
        at_ms=action.page,
        step=Step(action.step) if action.step else None,
    )


async def _see(turn: Turn, action: Action) -> None:
    """The same picture in place: at another moment, another step, with fewer boxes."""
    _demand_alone(turn)
    if action.item == "back":
        fewer = language.written(_boxes(action)[:-1])
        action = replace(action, value=fewer, item="")
    exhibit = await _exhibit(turn, action)
    squares = await turn.call(
        turn.desk.copying.squares, turn.person, exhibit.sha256, action.case_id
    )
    picture = await _sheet(turn, action)
    page = standing(exhibit, action, _boxes(action), squares, turn.reader)
    if turn.pressed:
        await turn.out.replace_photo(turn.pressed, picture, page)


async def _make(turn: Turn, action: Action) -> None:
    """Make it, say what is not in it, and offer the file."""
    _demand_alone(turn)
    exhibit = await _exhibit(turn, action)
    async with at_work(turn.out), turn.behind():
        copied = await turn.call(
            turn.desk.copying.copy,
            turn.person,
            exhibit.sha256,
            _boxes(action),
            sound=action.item == "sound",
            case_id=action.case_id,
        )
        await turn.call(turn.desk.examining.all_of, turn.person, copied.receipt.exhibit_id)
    receipt = copied.receipt
    file = Action(name="copy-file", case_id=receipt.case_id, exhibit_id=receipt.exhibit_id)
    covered = bool(exhibit.cover.kinds)
    page = copied_page(copied, file, turn.reader, local=turn.out.local, covered=covered)
    await turn.out.send(
        "copied",
        page,
        reply_to=turn.pressed,
        case_id=receipt.case_id,
        exhibit_id=receipt.exhibit_id,
    )


async def _file(turn: Turn, action: Action) -> None:
    """The copy itself, as a file."""
    _demand_alone(turn)
    if await turn.out.was_sent("copy-file"):
        return
    exhibit = await _exhibit(turn, action)
    name, content = await turn.call(
        turn.desk.copying.file, turn.person, action.case_id, action.exhibit_id
    )
    said = say("A copy for others of a picture in case {number}.", number=action.case_id)
    lines = [html(said, turn.reader)]
    if exhibit.cover.kinds:  # a chat shows a small picture of files, under no spoiler
        name, content = packed(name, content)
        lines.append(html(say("It is in a ZIP file, so that no chat shows it."), turn.reader))
    if len(content) > _MOST_BYTES:
        raise BadInput(
            say(
                "This copy is larger than a message carries. Write it with {command}.",
                command="verify-desk copy",
            )
        )
    page = Page("\n".join(lines))
    await turn.out.document("copy-file", content, name, page, case_id=action.case_id)


def packed(name: str, content: bytes) -> tuple[str, bytes]:
    """A file within an archive, which tells no time: its name, and its bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return f"{PurePath(name).stem}.zip", file.getvalue()


async def _exhibit(turn: Turn, action: Action) -> ExhibitReport:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    await turn.open_case(report.id)
    return chosen(report, action.exhibit_id)


def _boxes(action: Action) -> tuple[Box, ...]:
    # percentages, which no grid is needed for
    return language.read(action.value, 1, 1) if action.value else ()


def _demand_alone(turn: Turn) -> None:
    """Raises BadInput in a group, where others would see what is to be covered."""
    if turn.person.among_others:
        raise BadInput(say("A copy is made in a private chat with the bot, not in a group."))


ACTIONS = {
    "copy": _begin,
    "copy-more": _ask,
    "copy-see": _see,
    "copy-make": _make,
    "copy-file": _file,
}
REPLIES = {"copy-boxes": _written}
