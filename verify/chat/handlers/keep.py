"""/keep: until when the open case, a source, an account or an import is kept, and a legal hold."""

from __future__ import annotations

import re
from datetime import date, datetime

from verify.chat.action import Action
from verify.chat.arguments import meant, off
from verify.chat.managing import ask, managed, word_or_choice
from verify.chat.pages import Page, button
from verify.chat.replies.manage import to_manage
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.desk.keeping import day
from verify.language import html
from verify.records import Keep, Keepable, Role, say
from verify.wording.keeping import in_full

LEAST = Role.EDITOR
COMMAND = "keep"
DESCRIPTION = say("Say until when the open case is kept, or set a legal hold")
_DAY = re.compile(r"\d+-\d+-\d+")  # of any script
_WORDS = {"hold": say("hold"), "release": say("release")}
_OTHERS = {
    Keepable.SOURCE: say("source"),
    Keepable.ACCOUNT: say("account"),
    Keepable.IMPORT: say("import"),
}


async def handle(turn: Turn, words: str) -> None:
    """Set the day that is written, `off`, `hold` or `release`; without one, show how it stands.

    Behind `source NAME`, `account NAME` or `import NUMBER` it is about that one.
    """
    first, _, rest = words.strip().partition(" ")
    if (kind := meant(first, _OTHERS)) and rest.strip():
        await _other(turn, kind, rest.strip())
        return
    await word_or_choice(turn, words, "keep", _written, _show)


async def _other(turn: Turn, kind: Keepable, words: str) -> None:
    """What is kept, and behind its name what is set."""
    keeping, person = turn.desk.keeping, turn.person
    name, _, last = words.rpartition(" ")
    if name and (chosen := meant(last, _WORDS)):
        keep = await turn.call(keeping.hold, person, kind, name, chosen == "hold")
    elif name and off(last):
        keep = await turn.call(keeping.keep, person, kind, name, None)
    elif name and _DAY.fullmatch(last):
        keep = await turn.call(keeping.keep, person, kind, name, day(last))
    else:
        keep = await turn.call(keeping.of, person, kind, words)
    lines = [html(one, turn.reader) for one in in_full(keep, _today())]
    await turn.show(Page("\n".join(lines)))


async def _show(turn: Turn, action: Action) -> None:
    keep = await turn.call(turn.desk.keeping.of_case, turn.person, action.case_id)
    title = say("How long case {number} is kept", number=action.case_id)
    lines = [bold(title, turn.reader)]
    lines += [html(one, turn.reader) for one in in_full(keep, _today())]
    told = say(
        "Once the day is over, watchers, editors and owners are told; nothing is wiped by itself."
    )
    lines.append(html(told, turn.reader))
    case_id = action.case_id
    hold = Action(name="keep-hold", case_id=case_id, value="" if keep.held else "hold")
    label = say("Lift the legal hold") if keep.held else say("Set a legal hold")
    rows = (
        (
            button(say("Set a day"), Action(name="keep-ask", case_id=case_id), turn.reader),
            button(say("No day"), Action(name="keep-off", case_id=case_id), turn.reader),
        ),
        (button(label, hold, turn.reader),),
        to_manage(case_id, turn.reader),
    )
    await turn.show(Page("\n".join(lines), rows), case_id=case_id)


async def _ask(turn: Turn, action: Action) -> None:
    asked = say("Until which day is it kept? Write it as in {example}.", example="2027-03-31")
    await ask(turn, Action(name="keep", case_id=action.case_id), asked)


async def _written(turn: Turn, action: Action, text: str) -> None:
    chosen = meant(text, _WORDS)
    if chosen:
        await _set_hold(turn, action.case_id, chosen == "hold")
        return
    until = None if off(text) else day(text)
    keep = await turn.call(turn.desk.keeping.keep_case, turn.person, action.case_id, until)
    await _told(turn, action.case_id, keep)


async def _off(turn: Turn, action: Action) -> None:
    keep = await turn.call(turn.desk.keeping.keep_case, turn.person, action.case_id, None)
    await _told(turn, action.case_id, keep)


async def _hold(turn: Turn, action: Action) -> None:
    await _set_hold(turn, action.case_id, bool(action.value))


async def _set_hold(turn: Turn, case_id: int, held: bool) -> None:
    keep = await turn.call(turn.desk.keeping.hold_case, turn.person, case_id, held)
    await _told(turn, case_id, keep)


async def _told(turn: Turn, case_id: int, keep: Keep) -> None:
    said, *_ = in_full(keep, _today())
    await managed(turn, case_id, said)


def _today() -> date:
    return datetime.now().astimezone().date()


ACTIONS = {"keep": _show, "keep-ask": _ask, "keep-off": _off, "keep-hold": _hold}
REPLIES = {"keep": _written}
