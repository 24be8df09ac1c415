"""What only served its day is dropped; what still has a use stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from verify.records import Role, say
from verify.store.casework import members, notices
from verify.store.chats import strangers
from verify.store.chats.chat_state import ChatState
from verify.store.database.connection import now, stamp
from verify.store.folder.home import Home
from verify.store.keeping.forgetting import forget_old

OLD = stamp(now() - timedelta(days=365))


def test_what_is_old_goes_and_what_is_of_use_stays(home: Path) -> None:
    opened = Home(home)
    store, memory = opened.store, ChatState(opened.store)
    person = members.known(store, "telegram", "7", "Noor", "en")
    with store.transaction():
        members.set_role(store, person.id, Role.EDITOR)
        case = store.insert("case", opened_at=OLD, opened_by=person.id)
        for _ in range(2):
            notices.tell_watchers(store, case, say("News."), 0, deciders=True)
    told, waits = (row["id"] for row in store.rows("SELECT id FROM notice ORDER BY id"))
    notices.told(store, [told])
    for update_id, step in ((0, "quota of 1 on 2025-01-01"), (-told, "notice"), (-waits, "notice")):
        memory.remember_sent(1, update_id, step, 7, 1)
    memory.keep_updates(1, [(5, "{}"), (6, "{}")])
    memory.remember_sent(1, 5, "told", 7, 2)
    memory.remember_sent(1, 6, "told", 7, 3)
    memory.finish_update(1, 5)
    for number in ("8", "9"):
        strangers.knock(store, "telegram", number, "Mallory")
    members.redeem(store, "telegram", "8", "Mallory", "WRONG")
    code = members.new_code(store, Role.REPORTER, person.id)
    members.redeem(store, "telegram", "10", "Rosa", code)
    members.new_code(store, Role.REPORTER, person.id)
    forget_old(store)
    assert counts(opened) == {
        "notice": 2, "sent": 5, "inbox": 2, "stranger": 2, "guess": 1, "invite": 2
    }  # fmt: skip
    with store.transaction():
        strangers.block(store, "telegram", "9", True)
        for change in (
            "UPDATE sent SET sent_at = ?",
            "UPDATE notice SET sent_at = ? WHERE sent_at IS NOT NULL",
            "UPDATE inbox SET done_at = ? WHERE done_at IS NOT NULL",
            "UPDATE stranger SET last_at = ?",
            "UPDATE guess SET at = ?",
            "UPDATE invite SET expires_at = ?",
        ):
            store.change(change, (OLD,))
    forget_old(store)
    assert [row["update_id"] for row in store.rows("SELECT update_id FROM sent")] == [-waits, 6]
    assert counts(opened) == {
        "notice": 1, "sent": 2, "inbox": 1, "stranger": 1, "guess": 0, "invite": 1
    }  # fmt: skip
    opened.close()


def counts(home: Home) -> dict[str, int]:
    tables = ("notice", "sent", "inbox", "stranger", "guess", "invite")
    return {table: len(home.store.rows(f"SELECT 1 FROM {table}")) for table in tables}
