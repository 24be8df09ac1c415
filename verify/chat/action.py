"""What a button does, and what a reply to a prompt answers: one small record, kept as JSON."""

from __future__ import annotations

import msgspec


class Action(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The name of something a handler does, and the things it is done to.

    message_id: the message that brought what is acted on.
    member_id: a member of the desk. other_id: another case. step: how far a covered picture is to
    be shown; "" for as far as it goes by itself. words: what was written with the command.
    """

    name: str
    case_id: int = 0
    exhibit_id: int = 0
    match_id: int = 0
    claim_id: int = 0
    note_id: int = 0
    message_id: int = 0
    member_id: int = 0
    verdict_id: int = 0
    other_id: int = 0
    page: int = 0
    value: str = ""
    item: str = ""
    step: str = ""
    words: str = ""


def encode(action: Action) -> str:
    """The action as the store keeps it."""
    return msgspec.json.encode(action).decode()


def decode(text: str) -> Action | None:
    """The action that the store kept; None for a purpose that is no action."""
    try:
        return msgspec.json.decode(text, type=Action)
    except msgspec.DecodeError:
        return None
