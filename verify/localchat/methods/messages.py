"""Text messages: sent and deleted; signs of work; reactions."""

from __future__ import annotations

from verify.localchat import content
from verify.localchat.exchange import Exchange, Json
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call

_ACTIONS = {"typing", "upload_photo", "upload_document", "upload_video", "find_location"}


async def send_message(exchange: Exchange, call: Call) -> Json:
    """Send a text."""
    text = content.text(call)
    about = content.about(call)
    chat = content.chat_id(exchange, call)
    below, aside = content.markup(call)
    reply = content.reply(exchange, chat, call)
    return exchange.post(chat, {**text, **below}, {**aside, **reply}, from_bot=True, about=about)


async def delete_message(exchange: Exchange, call: Call) -> bool:
    """Take a message away, the bot's or the person's."""
    chat = content.chat_id(exchange, call)
    if exchange.store.message(chat, call.number("message_id")) is None:
        raise Refused("message to delete not found")
    exchange.store.delete_message(call.number("message_id"))
    exchange.feed.tell(chat, "changed")
    return True


async def send_chat_action(exchange: Exchange, call: Call) -> bool:
    """Show for five seconds that the bot is at work."""
    if call.text("action") not in _ACTIONS:
        raise Refused("wrong parameter action in request")
    exchange.feed.tell(content.chat_id(exchange, call), "working")
    return True


async def set_message_reaction(exchange: Exchange, call: Call) -> bool:
    """Put an emoji on a message, or take it off; only the person's screen shows it."""
    chat = content.chat_id(exchange, call)
    stored = exchange.store.message(chat, call.number("message_id"))
    if stored is None:
        raise Refused("message to react not found")
    reactions = call.json("reaction") or []
    if not isinstance(reactions, list) or not all(isinstance(r, dict) for r in reactions):
        raise Refused("can't parse reaction types JSON object")
    if len(reactions) > 1 or any(r.get("type") != "emoji" for r in reactions):
        raise Refused("REACTION_INVALID")
    emoji = str(reactions[0].get("emoji", ""))[:8] if reactions else ""
    exchange.store.change_message(stored.id, stored.body, {**stored.aside, "reaction": emoji})
    exchange.feed.tell(chat, "changed")
    return True
