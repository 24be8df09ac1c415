"""/emblem: a logo, a flag or a seal marked by a box, so that it is noted where else it stands."""

from __future__ import annotations

from msgspec.structs import replace

from verify.care import boxes as language
from verify.chat import showing
from verify.chat.action import Action, encode
from verify.chat.managing import about_open_case, ask
from verify.chat.pages import Page
from verify.chat.replies.choosing import choose_exhibit, chosen
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.errors import BadInput, Covered
from verify.language import html
from verify.records import Role, say
from verify.wording import emblems

LEAST = Role.REPORTER
COMMAND = "emblem"
DESCRIPTION = say("Mark a logo or flag, and note where else it stands")


async def handle(turn: Turn, words: str) -> None:
    """Show the picture of the open case under a grid, to be answered with a box."""
    _demand_alone(turn)
    await _begin(turn, await about_open_case(turn, COMMAND))


async def _begin(turn: Turn, action: Action) -> None:
    _demand_alone(turn)
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    ids = [one.exhibit_id for one in report.exhibits]
    if action.exhibit_id not in ids and len(ids) != 1:
        to = Action(name=COMMAND, case_id=report.id)
        here = replace(to, page=action.page)
        page = choose_exhibit(say("Which exhibit?"), report, here, to, turn.reader)
        await turn.show(page, case_id=report.id)
        return
    exhibit_id = action.exhibit_id if action.exhibit_id in ids else ids[0]
    await _ask(turn, Action(name=COMMAND, case_id=report.id, exhibit_id=exhibit_id))


async def _ask(turn: Turn, action: Action) -> None:
    how = say(
        "Reply to this message with one box, as in {squares}, and its name behind it.",
        squares="B2:C3",
    )
    title = bold(say("Where does the emblem stand?"), turn.reader)
    page = Page(f"{title}\n{html(how, turn.reader)}", asks=True)
    sheet = turn.desk.copying.sheet
    try:
        picture = await turn.call(sheet, turn.person, action.case_id, action.exhibit_id, ())
    except Covered as covered:
        words = showing.in_words(Page(page.text), covered.covers, action, turn.reader)
        await turn.out.send("emblem", words, case_id=action.case_id, exhibit_id=action.exhibit_id)
        return
    await turn.out.photo(
        "emblem",
        picture,
        page,
        reply_to=turn.pressed,
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        purpose=encode(replace(action, name="emblem-box")),
    )


async def _box(turn: Turn, action: Action, text: str) -> None:
    """A box, and its name behind it or in a message of its own."""
    where, _, name = text.strip().partition(" ")
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    exhibit = chosen(report, action.exhibit_id)
    squares = turn.desk.copying.squares
    grid = await turn.call(squares, turn.person, exhibit.sha256, action.case_id)
    found = language.read(where.rstrip(";"), *grid)
    if len(found) != 1:
        raise BadInput(say("An emblem is marked by one box."))
    action = replace(action, name="emblem-name", value=language.written(found))
    if name.strip(" ;"):
        await _name(turn, action, name.strip(" ;"))
    else:
        await ask(turn, action, say("What is the emblem called?"))


async def _name(turn: Turn, action: Action, text: str) -> None:
    [box] = language.read(action.value, 1, 1)
    made = await turn.call(
        turn.desk.emblems.mark, turn.person, action.case_id, action.exhibit_id, box, text
    )
    said = say(
        "The emblem “{name}” is marked. What is here is looked through for it, and all that comes.",
        name=made.name,
    )
    every, left = await turn.call(turn.desk.emblems.every, turn.person)
    lines = [html(said, turn.reader)]
    lines += [html(emblems.marked(one), turn.reader) for one in every if one.id != made.id][-8:]
    if told := emblems.unlooked(left):
        lines.append(html(told, turn.reader))
    await turn.show(Page("\n".join(lines)), case_id=action.case_id)


def _demand_alone(turn: Turn) -> None:
    """Raises BadInput in a group, where others would see a covered picture."""
    if turn.person.among_others:
        raise BadInput(say("An emblem is marked in a private chat with the bot, not in a group."))


ACTIONS = {COMMAND: _begin}
REPLIES = {"emblem-box": _box, "emblem-name": _name}
