"""Takes all that a case holds out of the desk; its number and the custody record stay.

Originals that another case holds too stay, with what was examined of them. That a wipe has
begun is noted first and struck out last, so that `verify.desk.wiping` can go on with it after a
kill. The rows go in one transaction, which also notes the originals that are to go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from verify.store import custody, traces
from verify.store.store import Store, now, stamp
from verify.store.traces import Traces
from verify.store.vault import Vault

# Each is run with the table `gone` of exhibits and the table `wiping` of cases in place, in an
# order in which nothing refers to what is no longer there.
_VIEWS = "SELECT id FROM view WHERE exhibit_id IN gone"
_MATCHES = f"SELECT id FROM match WHERE view_id IN ({_VIEWS}) OR earlier_view_id IN ({_VIEWS})"
_EXAMINATIONS = "SELECT id FROM examination WHERE exhibit_id IN gone"
_CLAIMS = "SELECT id FROM claim WHERE case_id IN wiping"
_SUBMISSIONS = "SELECT id FROM submission WHERE case_id IN wiping"
_STEPS = (
    # first what names rows by ids that SQLite will give out again
    f"DELETE FROM button WHERE json_extract(action, '$.match_id') IN ({_MATCHES})"
    f" OR json_extract(action, '$.claim_id') IN ({_CLAIMS})",
    f"UPDATE bot_message SET purpose = '' WHERE purpose IN"
    f" (SELECT 'card ' || id FROM match WHERE id IN ({_MATCHES}))",
    "DELETE FROM sent WHERE update_id IN (SELECT -id FROM notice WHERE case_id IN wiping)",
    "DELETE FROM message_about WHERE (kind = 'case' AND number IN wiping)"
    " OR (kind = 'exhibit' AND number IN gone)"
    f" OR (kind = 'claim' AND number IN ({_CLAIMS}))",
    f"DELETE FROM judgement WHERE match_id IN ({_MATCHES})",
    f"DELETE FROM match WHERE id IN ({_MATCHES})",
    f"DELETE FROM fingerprint WHERE view_id IN ({_VIEWS})",
    "DELETE FROM view WHERE exhibit_id IN gone",
    "DELETE FROM features WHERE exhibit_id IN gone",
    f"DELETE FROM finding WHERE case_id IN wiping OR examination_id IN ({_EXAMINATIONS})",
    "DELETE FROM answer WHERE case_id IN wiping",
    f"UPDATE answer SET examination_id = NULL WHERE examination_id IN ({_EXAMINATIONS})",
    "DELETE FROM verdict WHERE case_id IN wiping OR exhibit_id IN gone",
    f"UPDATE verdict SET examination_id = NULL WHERE examination_id IN ({_EXAMINATIONS})",
    f"UPDATE verdict SET claim_id = NULL WHERE claim_id IN ({_CLAIMS})",
    "DELETE FROM note WHERE case_id IN wiping",
    "DELETE FROM sighting WHERE case_id IN wiping",
    f"UPDATE claim SET root_id = NULL WHERE root_id IN ({_CLAIMS})",
    f"UPDATE claim SET submission_id = NULL WHERE submission_id IN ({_SUBMISSIONS})",
    "UPDATE claim SET exhibit_id = NULL WHERE exhibit_id IN gone",
    "DELETE FROM claim WHERE case_id IN wiping",
    "DELETE FROM submission WHERE case_id IN wiping",
    "DELETE FROM examination WHERE exhibit_id IN gone",
    "DELETE FROM bot_message WHERE case_id IN wiping",
    "UPDATE bot_message SET exhibit_id = NULL WHERE exhibit_id IN gone",
    "DELETE FROM open_case WHERE case_id IN wiping",
    "DELETE FROM case_member WHERE case_id IN wiping",
    "DELETE FROM tag WHERE case_id IN wiping",
    "DELETE FROM watcher WHERE case_id IN wiping",
    "DELETE FROM related WHERE case_id IN wiping OR other_id IN wiping",
    "DELETE FROM notice WHERE case_id IN wiping",
    "DELETE FROM findable WHERE id IN (SELECT rowid FROM words WHERE case_id IN wiping)",
    "DELETE FROM words WHERE case_id IN wiping",
    "DELETE FROM button WHERE json_extract(action, '$.case_id') IN wiping"
    " OR json_extract(action, '$.other_id') IN wiping"
    " OR json_extract(action, '$.exhibit_id') IN gone",
    # what was searched for, and tags: the words of a button are not told apart by case
    "DELETE FROM button WHERE json_extract(action, '$.name') IN ('search', 'cases')",
    "DELETE FROM source WHERE id NOT IN (SELECT source_id FROM sighting"
    " WHERE source_id IS NOT NULL)",
    "INSERT OR IGNORE INTO doomed SELECT sha256 FROM exhibit WHERE id IN gone",
    "DELETE FROM exhibit WHERE id IN gone",
    'UPDATE "case" SET assignee_id = NULL, due_at = NULL WHERE id IN wiping',
)


@dataclass(frozen=True)
class Wiped:
    """What a wipe removed, and what it could not.

    removed: digests of originals. shared: of those that other cases hold too. telegram: how
    many messages about the case stand in Telegram's chats. exports: how often it was exported.
    left: digests of originals that the disk did not let go. compacted: whether the database
    was written anew without the case.
    """

    case_id: int
    removed: tuple[str, ...]
    shared: tuple[str, ...]
    telegram: int
    exports: int
    left: tuple[str, ...] = ()
    compacted: bool = False


@dataclass(frozen=True)
class Begun:
    """A wipe under way. around: the cases whose comparisons may quote what is wiped; None once
    nothing quotes it any more, and only what the disk refused is left to do."""

    case_id: int
    person_id: int
    around: tuple[int, ...] | None


def begin(store: Store, begun: Begun) -> None:
    """Note that a wipe has begun."""
    with store.transaction():
        store.insert_once(
            "wipe_begun",
            case_id=begun.case_id,
            person_id=begun.person_id,
            around=json.dumps(begun.around),
        )


def under_way(store: Store) -> list[Begun]:
    """The wipes that have begun and are not at their end."""
    found = []
    for row in store.rows("SELECT * FROM wipe_begun ORDER BY case_id"):
        around = json.loads(row["around"])
        known = None if around is None else tuple(around)
        found.append(Begun(row["case_id"], row["person_id"], known))
    return found


def unquoted(store: Store, case_id: int) -> None:
    """Note that nothing quotes what is wiped any more, so that no start looks for it again."""
    with store.transaction():
        store.change("UPDATE wipe_begun SET around = 'null' WHERE case_id = ?", (case_id,))


def end(store: Store, case_id: int) -> None:
    """Strike out a wipe of which nothing is left to do."""
    with store.transaction():
        store.change("DELETE FROM wipe_begun WHERE case_id = ?", (case_id,))


def take_out(store: Store, begun: Begun, left: Traces, local_bot: int) -> Wiped:
    """Remove the rows of a case and note what was removed, in one transaction.

    left: what it left in chats. local_bot: the local chat's, whose messages are gone already.
    Changes nothing, and gives nothing removed, where that was done before.
    """
    person_id, case_id = begun.person_id, begun.case_id
    if store.row('SELECT 1 FROM "case" WHERE id = ? AND wiped_at IS NOT NULL', (case_id,)):
        return Wiped(case_id, (), (), 0, 0)
    with store.transaction():
        store.change("CREATE TEMP TABLE wiping (id INTEGER PRIMARY KEY)")
        store.change("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)")
        store.change(
            "INSERT INTO wiping WITH RECURSIVE part (id) AS (SELECT ? UNION"
            ' SELECT c.id FROM "case" c JOIN part p ON c.merged_into = p.id) SELECT id FROM part',
            (case_id,),
        )
        store.change(
            "INSERT INTO gone SELECT DISTINCT exhibit_id FROM submission WHERE case_id IN wiping"
            " AND exhibit_id NOT IN (SELECT exhibit_id FROM submission"
            " WHERE case_id NOT IN wiping)"
        )
        elsewhere = sum(bot_id != local_bot for bot_id, _, _ in left.messages)
        wiped = _counted(store, case_id, elsewhere)
        traces.clear_inbox(store, left)
        for step in _STEPS:
            store.change(step)
        store.change('UPDATE "case" SET wiped_at = ? WHERE id IN wiping', (stamp(now()),))
        for sha256 in wiped.removed:
            custody.append(store, "wiped", person_id, case=case_id, exhibit=sha256)
        custody.append(
            store,
            "case wiped",
            person_id,
            case=case_id,
            exhibits=len(wiped.removed),
            shared=len(wiped.shared),
        )
        store.change("DROP TABLE wiping")
        store.change("DROP TABLE gone")
    return wiped


def _counted(store: Store, case_id: int, telegram: int) -> Wiped:
    digests = (
        "SELECT DISTINCT e.sha256 FROM exhibit e JOIN submission s ON s.exhibit_id = e.id"
        " WHERE s.case_id IN wiping AND e.id {} gone ORDER BY e.id"
    )
    exports = store.row(
        "SELECT count(*) FROM custody_event WHERE kind = 'exported'"
        " AND json_extract(subject, '$.case') IN wiping"
    )
    return Wiped(
        case_id=case_id,
        removed=tuple(row[0] for row in store.rows(digests.format("IN"))),
        shared=tuple(row[0] for row in store.rows(digests.format("NOT IN"))),
        telegram=telegram,
        exports=exports[0] if exports else 0,
    )


def clear_superseded(store: Store, case_ids: Iterable[int]) -> None:
    """Remove former findings of other cases: they may quote what was wiped."""
    with store.transaction():
        for case_id in case_ids:
            store.change(
                "DELETE FROM finding WHERE case_id = ? AND superseded_at IS NOT NULL", (case_id,)
            )


def unlink_doomed(store: Store, vault: Vault) -> tuple[str, ...]:
    """Remove the originals that wiped cases left, unless they have come in again meanwhile.

    Gives the digests of those that the disk did not let go.
    """
    left = []
    for (sha256,) in store.rows("SELECT sha256 FROM doomed"):
        if not store.row("SELECT 1 FROM exhibit WHERE sha256 = ?", (sha256,)):
            try:
                vault.remove(sha256)
            except OSError:
                left.append(sha256)
                continue
        with store.transaction():
            store.change("DELETE FROM doomed WHERE sha256 = ?", (sha256,))
    return tuple(left)
