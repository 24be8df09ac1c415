"""The Manage button: how a case stands, and what changes it."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.managing import managed
from verify.chat.turn import Turn


async def _manage(turn: Turn, action: Action) -> None:
    await managed(turn, action.case_id)


ACTIONS = {"manage": _manage}
