"""What Telegram itself says in a chat, which nobody answers; and the topic of a message."""

from __future__ import annotations

from telegram import MaybeInaccessibleMessage, Message, Update
from telegram.ext import filters

_KINDS = (filters.StatusUpdate.ALL, filters.BOOST_ADDED)


def is_service(message: Message | None, bot_id: int) -> bool:
    """Whether it is a service message: of a pin, a new name, a topic. Not that the bot was put
    into a group, since whoever did that waits for a word."""
    if message is None or any(one.id == bot_id for one in message.new_chat_members):
        return False
    return any(kind.check_update(Update(0, message=message)) for kind in _KINDS)


def topic_of(message: MaybeInaccessibleMessage | None) -> int | None:
    """The topic of a forum in which a message stands. In other groups the same number names a
    thread of replies, in which nothing can be sent."""
    if not isinstance(message, Message) or not message.is_topic_message:
        return None
    return message.message_thread_id
