"""/mark: what an exhibit shows, so that it is shown in steps; and its picture, step by step."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat import showing
from verify.chat.action import Action
from verify.chat.arguments import meant
from verify.chat.hidden_pictures import to_show
from verify.chat.notes import open_case_of
from verify.chat.pages import Page, to_examination
from verify.chat.replies.care import marks_page
from verify.chat.replies.choosing import choose_exhibit, chosen
from verify.chat.replies.glance import exhibit_text
from verify.chat.showing import Shown
from verify.chat.turn import EXAMINATION, Turn
from verify.errors import BadInput
from verify.records import (
    CaseReport,
    ExhibitReport,
    Picture,
    Role,
    Sensitive,
    Sentence,
    Step,
    listed,
    say,
)
from verify.wording.covers import KINDS

COMMAND = "mark"
DESCRIPTION = say("Mark a picture as graphic, a child, sexual or captive")


async def handle(turn: Turn, words: str) -> None:
    """Mark the exhibit that is answered, or the open case's only one; without words, show what
    is said of it."""
    kind = meant(words, KINDS) if words else None
    if words and kind is None:
        kinds = listed(KINDS.values())
        raise BadInput(say("Write one of these after the command: {kinds}.", kinds=kinds))
    action = Action(name="mark-it", case_id=await _case(turn), value=kind.value if kind else "")
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    ids = [one.exhibit_id for one in report.exhibits]
    answered = turn.message.reply_to_message if turn.message else None
    exhibit_id = await turn.exhibit_of(answered.message_id) if answered else None
    if exhibit_id not in ids:
        exhibit_id = ids[0] if len(ids) == 1 else None
    if exhibit_id is None:
        await _choose(turn, action)
    else:
        await _go(turn, replace(action, exhibit_id=exhibit_id))


async def _case(turn: Turn) -> int:
    answered = turn.message.reply_to_message if turn.message else None
    of_message = await turn.case_of(answered.message_id) if answered else None
    return of_message or await open_case_of(turn)


async def _choose(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    asked = say("Which exhibit?")
    to = Action(name="mark-it" if action.value else "marks", case_id=report.id, value=action.value)
    here = Action(name="marks", case_id=report.id, value=action.value, page=action.page)
    back = to_examination(report.id, 0, turn.reader)
    await turn.show(choose_exhibit(asked, report, here, to, turn.reader, back), case_id=report.id)


async def _go(turn: Turn, action: Action) -> None:
    await (_mark if action.value else _marks)(turn, action)


async def _marks(turn: Turn, action: Action) -> None:
    """What is said of an exhibit, or of which one it shall be said."""
    if action.exhibit_id:
        await _page(turn, action)
    else:
        await _choose(turn, action)


async def _mark(turn: Turn, action: Action) -> None:
    kind = Sensitive(action.value)
    await turn.call(turn.desk.marking.mark, turn.person, action.case_id, action.exhibit_id, kind)
    said = say("Marked as {kind}: from now on it is shown in steps.", kind=KINDS[kind])
    await _page(turn, action, said)


async def _no(turn: Turn, action: Action) -> None:
    kind = Sensitive(action.value)
    await turn.call(turn.desk.marking.refuse, turn.person, action.case_id, action.exhibit_id, kind)
    said = say("Noted: its caption's words are wrong about this ({kind}).", kind=KINDS[kind])
    await _page(turn, action, said)


async def _off(turn: Turn, action: Action) -> None:
    kind = Sensitive(action.value)
    off, _ = await turn.call(
        turn.desk.marking.take_off, turn.person, action.case_id, action.exhibit_id, kind
    )
    said = (
        say("The mark is off: {kind}.", kind=KINDS[kind])
        if off
        else say("It was set by somebody else: it goes when a second person agrees.")
    )
    await _page(turn, action, said)


async def _page(turn: Turn, action: Action, said: Sentence | None = None) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    await turn.open_case(report.id)
    page = marks_page(report, chosen(report, action.exhibit_id), turn.reader, said)
    await turn.show(page, case_id=report.id, exhibit_id=action.exhibit_id, purpose=EXAMINATION)


async def _picture(turn: Turn, action: Action) -> None:
    """The exhibit's own picture, as far as its step goes, as a message of its own."""
    if exhibit := await to_show(turn, action, "picture-upload"):
        await _send(turn, action, exhibit)


async def _upload(turn: Turn, action: Action) -> None:
    await _send(turn, action, await turn.exhibit(action))


async def _send(turn: Turn, action: Action, exhibit: ExhibitReport) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    shown = _alone(turn, report, exhibit)
    await showing.send(turn, "picture", shown, reply_to=turn.pressed, step=action.step)


async def _in_place(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    shown = _alone(turn, report, await turn.exhibit(action))
    await showing.replace(turn, shown, step=action.step)


def _alone(turn: Turn, report: CaseReport, exhibit: ExhibitReport) -> Shown:
    """An exhibit's picture, and what is known of it."""
    words = Page(exhibit_text(report, exhibit, turn.reader))
    case_id, exhibit_id = exhibit.case_id, exhibit.exhibit_id

    async def draw(step: Step | None) -> tuple[Picture, Page]:
        picture = await turn.call(
            turn.desk.pictures.alone, turn.person, case_id, exhibit_id, step=step
        )
        return picture, words

    return Shown(
        draw=draw,
        words=words,
        anew=Action(name="picture-upload", case_id=case_id, exhibit_id=exhibit_id),
        here=Action(name="picture-here", case_id=case_id, exhibit_id=exhibit_id),
        case_id=case_id,
        exhibit_id=exhibit_id,
        purpose=f"picture {exhibit_id}",
    )


NEEDS = {"mark-it": Role.REPORTER, "mark-no": Role.REPORTER, "mark-off": Role.REPORTER}
ACTIONS = {
    "marks": _marks,
    "mark-it": _mark,
    "mark-no": _no,
    "mark-off": _off,
    "picture": _picture,
    "picture-upload": _upload,
    "picture-here": _in_place,
}
