"""An export of a chat or channel that was sent as a file: what it would bring, then brought."""

from __future__ import annotations

from collections import OrderedDict

from verify.chat.action import Action
from verify.chat.pages import Page, to_examination
from verify.chat.replies import bags, exports
from verify.chat.replies.exports import ALONE, TAKE, Picked
from verify.chat.turn import EXAMINATION, Turn
from verify.chat.working import at_work
from verify.desk.permissions import at_least
from verify.jobs import sent_bag, sent_export
from verify.jobs.exports import AmbiguousDatesError, Counted
from verify.jobs.sent_export import Wanted
from verify.records import DateOrder, ExhibitReport, Role

_MOST_HELD = 4
# what exports hold that were read last: a tick reads none again
_held: OrderedDict[tuple[str, str, str], list[Counted]] = OrderedDict()


async def _preview(turn: Turn, action: Action) -> None:
    """Say what would come in, and ask; first, where need be, how its dates are meant."""
    exhibit = await _exhibit(turn, action)
    if bag := await turn.call(sent_bag.read, turn.desk, exhibit):
        page = bags.offered(bag, action, turn.reader)
        await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)
        return
    try:
        found = await _counted(turn, exhibit, action)
    except AmbiguousDatesError:
        page = exports.ask_for_dates(action, turn.reader)
    else:
        picked = Picked.of(found, action)
        page = exports.would_bring(found, picked, action, turn.reader)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _take(turn: Turn, action: Action) -> None:
    """Take it in behind other answers, and say what came of it."""
    exhibit = await _exhibit(turn, action)
    async with turn.behind(), at_work(turn.out):
        try:
            before = await _counted(turn, exhibit, action)
        except AmbiguousDatesError:  # a button from before that was asked
            page = exports.ask_for_dates(action, turn.reader)
            await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)
            return
        picked = Picked.of(before, action)
        wanted = Wanted(action.name == ALONE, _dates(action), picked.chats)
        found = await turn.call(sent_export.take_in, turn.desk, turn.person, exhibit, wanted)
    rows = (to_examination(action.case_id, action.exhibit_id, turn.reader),)
    may_keep = at_least(turn.person, Role.EDITOR)
    text = exports.brought(found, before, picked, turn.reader, may_keep=may_keep)
    page = Page(text, rows)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _take_bag(turn: Turn, action: Action) -> None:
    """Take in a bag of another desk, behind other answers, and say what came of it."""
    exhibit = await _exhibit(turn, action)
    async with turn.behind(), at_work(turn.out):
        found = await turn.call(sent_bag.take_in, turn.desk, turn.person, exhibit)
    page = bags.brought(found, turn.reader)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _exhibit(turn: Turn, action: Action) -> ExhibitReport:
    return await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )


async def _counted(turn: Turn, exhibit: ExhibitReport, action: Action) -> list[Counted]:
    key = exhibit.sha256, exhibit.filename, action.value
    if key not in _held:
        async with at_work(turn.out):
            _held[key] = await turn.call(sent_export.counted, turn.desk, exhibit, _dates(action))
        while len(_held) > _MOST_HELD:
            _held.popitem(last=False)
    return _held[key]


def _dates(action: Action) -> DateOrder | None:
    return DateOrder(action.value) if action.value in {*DateOrder} else None


NEEDS = dict.fromkeys(("posts-read", TAKE, ALONE, bags.TAKE), Role.REPORTER)
ACTIONS = {"posts-read": _preview, TAKE: _take, ALONE: _take, bags.TAKE: _take_bag}
