"""What a case left in chats: its messages, and those elsewhere that show or speak of it.

Known from what was noted when they were sent. Of messages from before anything was noted, what
matches and words tell: see `perhaps` and `texts`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from verify.records import About
from verify.store.database.connection import Store, now, stamp

Message = tuple[int, int, int]  # bot, chat and message
Json = dict[str, Any]

_WIPING = (
    "WITH RECURSIVE part (id) AS (SELECT ? UNION"
    ' SELECT c.id FROM "case" c JOIN part p ON c.merged_into = p.id) SELECT id FROM part'
)
_GONE = (
    "SELECT DISTINCT exhibit_id FROM submission WHERE case_id IN (SELECT value FROM json_each(?1))"
    " AND exhibit_id NOT IN (SELECT exhibit_id FROM submission"
    " WHERE case_id NOT IN (SELECT value FROM json_each(?1)))"
)
_CARDS = (  # of matches with pictures that go
    "SELECT 'card ' || m.id FROM match m JOIN view v ON v.id IN (m.view_id, m.earlier_view_id)"
    " WHERE v.exhibit_id IN (SELECT value FROM json_each(?))"
)
_KEYED = ("note", "claim", "verdict")


@dataclass(frozen=True)
class Leftovers:
    """What a case left where people wrote.

    about: what goes: its cases, exhibits that no other case holds, claims. own: messages of its
    cases. elsewhere: messages that show or speak of it in answers on other cases and in lists.
    perhaps: answers on cases with pictures like its own, which do so where they are from before
    that was noted. texts: its words, to look for in such messages.
    """

    about: About
    own: frozenset[Message]
    elsewhere: frozenset[Message]
    perhaps: frozenset[Message]
    texts: frozenset[str]

    @property
    def messages(self) -> frozenset[Message]:
        """All that are known to show or speak of it."""
        return self.own | self.elsewhere


NONE = Leftovers(
    About(cases=frozenset(), exhibits=frozenset(), claims=frozenset()),
    frozenset(),
    frozenset(),
    frozenset(),
    frozenset(),
)


def of(store: Store, case_id: int, around: Iterable[int] = ()) -> Leftovers:
    """What a case, with those that were merged into it, left in chats.

    around: the cases with pictures like its own.
    """
    cases = [row[0] for row in store.rows(_WIPING, (case_id,))]
    these = json.dumps(cases)
    exhibits = [row[0] for row in store.rows(_GONE, (these,))]
    claims = [row[0] for row in _in(store, "SELECT id FROM claim WHERE case_id", cases)]
    about = About(cases=frozenset(cases), exhibits=frozenset(exhibits), claims=frozenset(claims))
    own = _own(store, cases)
    noted = {
        (row[0], row[1], row[2])
        for kind, numbers in (("case", cases), ("exhibit", exhibits), ("claim", claims))
        for row in store.rows(
            "SELECT bot_id, chat_id, message_id FROM message_about WHERE kind = ?"
            " AND number IN (SELECT value FROM json_each(?))",
            (kind, json.dumps(numbers)),
        )
    }
    cards = "purpose IN (" + _CARDS + ")"
    noted |= _placed(store, cards, exhibits)
    elsewhere = {one for one in noted - own if not _holds_other(store, one, these)}
    return Leftovers(
        about,
        frozenset(own),
        frozenset(elsewhere),
        frozenset(
            _placed(store, "case_id IN (SELECT value FROM json_each(?))", sorted(around)) - own
        ),
        _texts(store, cases),
    )


def of_exhibit(store: Store, exhibit_id: int) -> Leftovers:
    """What brought or shows one exhibit; nothing more is kept from the chats than these."""
    messages = {
        (row[0], row[1], row[2])
        for table in ("submission", "bot_message")
        for row in store.rows(
            f"SELECT bot_id, chat_id, message_id FROM {table} WHERE exhibit_id = ?", (exhibit_id,)
        )
    }
    messages |= {
        (row[0], row[1], row[2])
        for row in store.rows(
            "SELECT bot_id, chat_id, message_id FROM message_about"
            " WHERE kind = 'exhibit' AND number = ?",
            (exhibit_id,),
        )
    }
    messages |= _placed(store, "purpose IN (" + _CARDS + ")", [exhibit_id])
    return Leftovers(NONE.about, frozenset(messages), frozenset(), frozenset(), frozenset())


def _in(store: Store, sql: str, numbers: Sequence[int]) -> list[Any]:
    return store.rows(f"{sql} IN (SELECT value FROM json_each(?))", (json.dumps(numbers),))


def _placed(store: Store, where: str, numbers: Sequence[int]) -> set[Message]:
    rows = store.rows(
        f"SELECT bot_id, chat_id, message_id FROM bot_message WHERE {where}",
        (json.dumps(numbers),),
    )
    return {(row[0], row[1], row[2]) for row in rows}


def _own(store: Store, cases: Sequence[int]) -> set[Message]:
    """What brought the case's files, wrote its words, and answers about it."""
    own: set[Message] = set()
    for table in ("submission", "bot_message"):
        rows = _in(store, f"SELECT bot_id, chat_id, message_id FROM {table} WHERE case_id", cases)
        own |= {(row[0], row[1], row[2]) for row in rows}
    for table in _KEYED:
        rows = _in(store, f"SELECT key FROM {table} WHERE key IS NOT NULL AND case_id", cases)
        for (key,) in rows:
            parts = key.split(":")  # of an edit, its update follows
            if len(parts) >= 3 and all(part.lstrip("-").isdigit() for part in parts[:3]):
                own.add((int(parts[0]), int(parts[1]), int(parts[2])))
    return own


def _holds_other(store: Store, message: Message, these: str) -> bool:
    """Whether a message brought a file or words that stand in another case now."""
    if store.row(
        "SELECT 1 FROM submission WHERE bot_id = ? AND chat_id = ? AND message_id = ?"
        " AND case_id NOT IN (SELECT value FROM json_each(?))",
        (*message, these),
    ):
        return True
    key = ":".join(map(str, message))
    return any(
        store.row(
            f"SELECT 1 FROM {table} WHERE key = ?"
            " AND case_id NOT IN (SELECT value FROM json_each(?))",
            (key, these),
        )
        for table in _KEYED
    )


def _texts(store: Store, cases: Sequence[int]) -> frozenset[str]:
    rows = store.rows(
        "WITH these AS (SELECT value FROM json_each(?))"
        " SELECT text FROM note WHERE case_id IN these UNION"
        " SELECT text FROM claim WHERE case_id IN these UNION"
        " SELECT reason FROM verdict WHERE case_id IN these UNION"
        " SELECT remark FROM verdict WHERE case_id IN these UNION"
        " SELECT text FROM answer WHERE case_id IN these UNION"
        " SELECT caption FROM sighting WHERE case_id IN these UNION"
        " SELECT json_extract(body, '$.filename') AS name FROM submission WHERE case_id IN these"
        # a name that other cases have too would take their messages away
        " AND name NOT IN (SELECT json_extract(body, '$.filename') FROM submission"
        " WHERE case_id NOT IN these)",
        (json.dumps(cases),),
    )
    return frozenset(row[0] for row in rows if row[0])


def clear_inbox(store: Store, left: Leftovers) -> None:
    """Empty the updates about these messages: else the next start would take them up again."""
    for row in store.rows("SELECT bot_id, update_id, body FROM inbox WHERE body <> '{}'"):
        update = json.loads(row["body"])
        key = row["bot_id"], row["update_id"]
        purged = without(update, left.own, left.elsewhere)
        if purged is None:
            done = "UPDATE inbox SET body = '{}', done_at = ? WHERE bot_id = ? AND update_id = ?"
            store.change(done, (stamp(now()), *key))
        elif purged != update:
            changed = "UPDATE inbox SET body = ? WHERE bot_id = ? AND update_id = ?"
            store.change(changed, (json.dumps(purged), *key))


def without(update: Json, own: Iterable[Message], elsewhere: Iterable[Message]) -> Json | None:
    """An update without its copies of messages that go; None where it is itself about one.

    A person's answer to one of `elsewhere` stays, and of what it answers the number alone.
    """
    mine, others = ({message[1:] for message in messages} for messages in (own, elsewhere))
    purged: Json = {}
    for kind, thing in update.items():
        if isinstance(thing, dict):
            said = thing.get("message", thing)
            answered = said.get("reply_to_message") or {}
            if _at(said) in mine | others or _at(answered) in mine:
                return None
            if _at(answered) in others:
                said = {**said, "reply_to_message": _outline(answered)}
                thing = {**thing, "message": said} if "message" in thing else said
        purged[kind] = thing
    return purged


def _at(message: Json) -> tuple[int, int] | None:
    chat = message.get("chat")
    if not isinstance(chat, dict) or "message_id" not in message:
        return None
    return chat["id"], message["message_id"]


def _outline(message: Json) -> Json:
    kept = ("message_id", "chat", "date", "from")
    return {name: message[name] for name in kept if name in message}
