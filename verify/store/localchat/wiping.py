"""Takes what a wiped case left out of the local chat: messages, files, updates that wait.

Which messages those are was noted when they were sent. In messages from before that the words of
the case are looked for as well, and answers on cases with pictures like its own go.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from verify.errors import Unavailable
from verify.records import say
from verify.store.chats.leftovers import Leftovers, Message, without
from verify.store.database.refusals import refusal
from verify.store.localchat import ChatStore, StoredMessage

_ALIKE = 60  # characters: what an answer quotes of a text, at least
_TELLING = 12  # characters: a shorter text may stand in an answer by chance


def wipe(home: Path, left: Leftovers) -> bool:
    """Remove all messages that show or speak of a case, with their files and copies.

    Nothing about it is taken into the chat afterwards. Gives whether the database was written
    anew without them. Raises Unavailable.
    """
    if not (home / "localchat.db").is_file():
        return True
    try:
        with closing(ChatStore(home)) as store:
            with store.transaction():
                _take_out(store, left)
            store.files.drop_uploads()
            return store.compact()
    except OSError as error:
        cannot = Unavailable(say("The local chat's files cannot be removed."))
        raise refusal(error) or cannot from error


def _take_out(store: ChatStore, left: Leftovers) -> None:
    bot = store.bot_id()
    store.note_wiped(left.about)
    own = {message for message in left.own if message[0] == bot}
    own |= {(bot, chat, number) for chat, number in store.answers_to(_numbers(own))}
    elsewhere = {message for message in left.elsewhere if message[0] == bot}
    elsewhere |= {(bot, chat, number) for chat, number in store.about(left.about)}
    elsewhere |= {(bot, one.chat_id, one.id) for one in _from_before(store, left, bot)}
    for number in _numbers(own | elsewhere):
        store.delete_message(number)
    store.updates.change(lambda update: without(update, own, elsewhere))
    store.forget_peers()


def _numbers(messages: set[Message]) -> list[int]:
    return sorted(number for _, _, number in messages)


def _from_before(store: ChatStore, left: Leftovers, bot: int) -> list[StoredMessage]:
    """The bot's messages of which nothing was noted, and that may show or speak of the case."""
    quotes = {text[:_ALIKE] for text in left.texts if len(text) >= _TELLING}
    return [
        message
        for message in store.unnoted()
        if (bot, message.chat_id, message.id) in left.perhaps or _quotes(message, quotes)
    ]


def _quotes(message: StoredMessage, quotes: set[str]) -> bool:
    said = str(message.body.get("text") or message.body.get("caption") or "")
    return any(quote in said for quote in quotes)
