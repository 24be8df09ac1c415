"""What a case left in chats: messages about it, and its words, which other messages may quote."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from verify.store.store import Store, now, stamp

Message = tuple[int, int]  # chat and message


@dataclass(frozen=True)
class Traces:
    """What a case left where people wrote: `messages` in chats, and the `texts` in them."""

    messages: frozenset[Message]
    texts: frozenset[str]


def of(store: Store, case_id: int, platform: str) -> Traces:
    """The messages about a case on one chat service, and the words of the case."""
    bots = {
        row[0]
        for row in store.rows(
            "SELECT DISTINCT bot_id FROM submission WHERE platform = ?", (platform,)
        )
    }
    messages: set[Message] = set()
    for table in ("submission", "bot_message"):
        rows = store.rows(
            f"SELECT bot_id, chat_id, message_id FROM {table} WHERE case_id = ?", (case_id,)
        )
        messages |= {(row[1], row[2]) for row in rows if row[0] in bots}
    texts: set[str] = set()
    for table in ("note", "claim", "verdict"):
        text = "reason" if table == "verdict" else "text"
        for row in store.rows(f"SELECT key, {text} FROM {table} WHERE case_id = ?", (case_id,)):
            texts.add(row[1])
            parts = (row[0] or "").split(":")
            if len(parts) == 3 and parts[0].isdigit() and int(parts[0]) in bots:
                messages.add((int(parts[1]), int(parts[2])))
    rows = store.rows(
        "SELECT text FROM answer WHERE case_id = ?1 UNION"
        " SELECT remark FROM verdict WHERE case_id = ?1 UNION"
        " SELECT caption FROM sighting WHERE case_id = ?1 UNION"
        " SELECT json_extract(body, '$.filename') AS name FROM submission WHERE case_id = ?1"
        # a name that other cases have too would take their messages away
        " AND name NOT IN (SELECT json_extract(body, '$.filename') FROM submission"
        " WHERE case_id <> ?1)",
        (case_id,),
    )
    texts |= {row[0] for row in rows if row[0]}
    return Traces(frozenset(messages), frozenset(texts))


def clear_inbox(store: Store, messages: Iterable[Message]) -> None:
    """Empty the updates about these messages: else the next start would take them up again."""
    known = set(messages)
    for row in store.rows("SELECT bot_id, update_id, body FROM inbox WHERE body <> '{}'"):
        if known & set(_about(json.loads(row["body"]))):
            store.change(
                "UPDATE inbox SET body = '{}', done_at = ? WHERE bot_id = ? AND update_id = ?",
                (stamp(now()), row["bot_id"], row["update_id"]),
            )


def _about(update: dict[str, object]) -> Iterable[Message]:
    """The message of an update and the one that it answers."""
    for thing in update.values():
        while isinstance(thing, dict):
            thing = thing.get("message", thing)
            chat = thing.get("chat")
            if isinstance(chat, dict) and "message_id" in thing:
                yield chat["id"], thing["message_id"]
            thing = thing.get("reply_to_message")
