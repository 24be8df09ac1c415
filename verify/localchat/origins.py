"""Where a forwarded message says it comes from, in the Bot API's words."""

from __future__ import annotations

import time
from typing import Any

from verify.errors import BadInput
from verify.records import Origin, OriginKind, possible, say
from verify.store.localchat import PEER_CHATS, PEER_USERS, ChatStore

Json = dict[str, Any]
_LONGEST = 128


def forward_origin(store: ChatStore, origin: Origin) -> Json:
    """A MessageOrigin. The same name and username always have the same id.

    Raises BadInput when a part that this kind of origin needs is missing or too long.
    """
    _check(origin)
    posted = int(origin.posted_at.timestamp()) if origin.posted_at else int(time.time())
    described: Json = {"type": origin.kind.value, "date": posted}
    if origin.kind is OriginKind.HIDDEN_USER:
        return {**described, "sender_user_name": origin.name}
    number = store.peer(
        origin.kind.value, f"@{origin.username}" if origin.username else origin.name
    )
    username = {"username": origin.username} if origin.username else {}
    if origin.kind is OriginKind.USER:
        user = {"id": PEER_USERS + number, "is_bot": False, "first_name": origin.name, **username}
        return {**described, "sender_user": user}
    signature = {"author_signature": origin.signature} if origin.signature else {}
    chat = {"id": PEER_CHATS - number, "title": origin.name, **username}
    if origin.kind is OriginKind.CHAT:
        return {**described, "sender_chat": {**chat, "type": "supergroup"}, **signature}
    message = {"message_id": origin.message_id or 1}
    return {**described, "chat": {**chat, "type": "channel"}, **message, **signature}


def _check(origin: Origin) -> None:
    if origin.posted_at and not possible(origin.posted_at):
        day = origin.posted_at.date().isoformat()
        raise BadInput(say("No message can be from {day}: check the time.", day=day))
    if not origin.name.strip():
        raise BadInput(say("Say where the message was forwarded from: the name is missing."))
    if max(len(origin.name), len(origin.username), len(origin.signature)) > _LONGEST:
        raise BadInput(
            say("A name holds at most {limit} characters; this one is longer.", limit=_LONGEST)
        )
    username = origin.username
    if username and not (username.isascii() and username.replace("_", "").isalnum()):
        raise BadInput(
            say("A username holds letters, digits and _ only: leave out @ and the address.")
        )
    if origin.message_id is not None and not 1 <= origin.message_id < 2**31:
        raise BadInput(say("The number of the message must be a whole number above zero."))
