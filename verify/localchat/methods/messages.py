"""Text messages and signs of work."""

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


async def send_chat_action(exchange: Exchange, call: Call) -> bool:
    """Show for five seconds that the bot is at work."""
    if call.text("action") not in _ACTIONS:
        raise Refused("wrong parameter action in request")
    exchange.feed.tell(content.chat_id(exchange, call), "working")
    return True
