"""The answer to a pressed button."""

from __future__ import annotations

from verify.localchat.exchange import Exchange
from verify.localchat.limits import CALLBACK_SECONDS, CALLBACK_TEXT_UNITS, utf16_units
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call


async def answer_callback_query(exchange: Exchange, call: Call) -> bool:
    """End the wait of who pressed, with a short text or none. Once, and not too late."""
    text = call.text("text")
    if utf16_units(text) > CALLBACK_TEXT_UNITS:
        raise Refused("MESSAGE_TOO_LONG")
    query = call.number("callback_query_id")
    waiting = exchange.store.updates.answer_callback(query, CALLBACK_SECONDS)
    if waiting is None:
        raise Refused("query is too old and response timeout expired or query ID is invalid")
    chat, message_id = waiting
    exchange.feed.tell(
        chat,
        "answer",
        callback_id=query,
        message_id=message_id,
        text=text,
        alert=call.flag("show_alert"),
    )
    return True
