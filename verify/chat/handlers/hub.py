"""/hub: what of the open case would go to the hub of many desks; sending it, taking it back."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.handing_out import demand_alone
from verify.chat.managing import managed
from verify.chat.notes import case_meant
from verify.chat.pages import Page, button
from verify.chat.replies.manage import to_manage
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.language import html
from verify.records import Role, say, say_many
from verify.wording.hub import would_go

LEAST = Role.EDITOR
COMMAND = "hub"
DESCRIPTION = say("Tell other desks that this one has seen the pictures of the open case")


async def handle(turn: Turn, words: str) -> None:
    """Show all that would leave; a press sends it."""
    await _look(turn, Action(name="hub", case_id=await case_meant(turn, words)))


async def _look(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    going = await turn.call(turn.desk.hub.would_go, turn.person, action.case_id)
    head, *blocks = would_go(going)
    lines = [bold(head[0], turn.reader)]
    for block in blocks:
        lines += ["", *(html(line, turn.reader) for line in block)]
    share = button(
        say("Share with the hub"),
        Action(name="hub-share", case_id=going.case_id, value=going.digest),
        turn.reader,
    )
    back = button(
        say("Take back what is shared"),
        Action(name="hub-withdraw", case_id=going.case_id),
        turn.reader,
    )
    some = any(not one.shared for one in going.exhibits)
    there = any(one.shared for one in going.exhibits)
    rows = (*(((share,),) if some else ()), *(((back,),) if there else ()))
    page = Page("\n".join(lines), (*rows, to_manage(going.case_id, turn.reader)))
    await turn.show(page, case_id=going.case_id)


async def _share(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    await turn.call(turn.desk.hub.share_case, turn.person, action.case_id, action.value)
    said = say("The hub gets it with the next visit, within a minute where it answers.")
    await managed(turn, action.case_id, said)


async def _withdraw(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    count = await turn.call(turn.desk.hub.unshare, turn.person, action.case_id)
    said = say_many("{count} exhibit is taken back.", "{count} exhibits are taken back.", count)
    await managed(turn, action.case_id, said)


ACTIONS = {"hub": _look, "hub-share": _share, "hub-withdraw": _withdraw}
