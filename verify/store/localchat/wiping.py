"""Takes what a wiped case left out of the local chat: messages, files, updates that wait."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

from verify.errors import Unavailable
from verify.records import say
from verify.store.localchat import ChatStore, Json
from verify.store.refusals import refusal
from verify.store.traces import Traces

_ALIKE = 60  # characters: what an answer quotes of a text, at least
_TELLING = 12  # characters: a shorter text may stand in an answer by chance


def wipe(home: Path, left: Traces) -> bool:
    """Remove the messages about a case with their files, answers to them, and the bot's quotes.

    Gives whether the database was written anew without them. Raises Unavailable.
    """
    if not (home / "localchat.db").is_file():
        return True
    try:
        return _wipe(ChatStore(home), left)
    except (sqlite3.Error, OSError) as error:
        cannot = Unavailable(say("The local chat's database cannot be opened or written."))
        raise refusal(error) or cannot from error


def _wipe(store: ChatStore, left: Traces) -> bool:
    try:
        quotes = {text[:_ALIKE] for text in left.texts if len(text) >= _TELLING}
        with store.writing():
            for message in store.all_messages():
                own = (message.chat_id, message.id) in left.messages
                quotes_it = message.from_bot and _quotes(message.body, quotes)
                if own or quotes_it or _answers(message.body, left):
                    for file_id in _file_ids(message.body):
                        store.files.remove(file_id)
                    store.delete_message(message.id)
                    store.updates.drop(message.chat_id, message.id)
        return store.compact()
    finally:
        store.close()


def _answers(body: Json, left: Traces) -> bool:
    asked = body.get("reply_to_message") or {}
    return (asked.get("chat", {}).get("id"), asked.get("message_id")) in left.messages


def _quotes(body: Json, quotes: set[str]) -> bool:
    said = str(body.get("text") or body.get("caption") or "")
    return any(quote in said for quote in quotes)


def _file_ids(body: Json) -> list[str]:
    return re.findall(r'"file_id": "([^"]+)"', json.dumps(body))
