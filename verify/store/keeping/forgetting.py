"""What only served its day, and goes after a while: cases and the record of custody stay."""

from __future__ import annotations

from datetime import timedelta

from verify.store.database.connection import Store, now, stamp

# What goes, after how long, and why it can. `?` is the moment so long ago.
_GOES = (
    # an expired button is told from an invented one for a while
    ("DELETE FROM button WHERE made_at < ?", timedelta(days=60)),
    # Telegram forgets updates after a day, and may then use their numbers again
    (
        "DELETE FROM sent WHERE EXISTS (SELECT 1 FROM inbox i WHERE i.bot_id = sent.bot_id"
        " AND i.update_id = sent.update_id AND i.done_at < ?)",
        timedelta(days=7),
    ),
    ("DELETE FROM inbox WHERE done_at < ?", timedelta(days=7)),
    # what answered no update: news to owners, and notices, which are marked as told themselves
    (
        "DELETE FROM sent WHERE update_id <= 0 AND sent_at < ? AND NOT EXISTS"
        " (SELECT 1 FROM notice n WHERE n.id = -sent.update_id AND n.sent_at IS NULL)",
        timedelta(days=7),
    ),
    ("DELETE FROM notice WHERE sent_at < ?", timedelta(days=30)),
    # nobody is told any more what nobody could be told in all that time
    ("DELETE FROM notice WHERE at < ?", timedelta(days=180)),
    # a lock-out lasts for an hour, a code for a day
    ("DELETE FROM guess WHERE at < ?", timedelta(days=1)),
    ("DELETE FROM invite WHERE used_by IS NULL AND expires_at < ?", timedelta(days=7)),
    # who is blocked stays blocked
    ("DELETE FROM stranger WHERE blocked_at IS NULL AND last_at < ?", timedelta(days=180)),
)


def forget_old(store: Store) -> None:
    """Drop what has no use any more. Raises Unavailable."""
    at = now()
    with store.transaction():
        for sql, age in _GOES:
            store.change(sql, (stamp(at - age),))
