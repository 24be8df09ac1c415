"""Takes all that a case holds out of the desk; its number and the custody record stay.

Originals that another case holds too stay, with what was examined of them. That a wipe has
begun is noted first and struck out last, so that `verify.desk.wiping` can go on with it after a
kill. The rows go in one transaction, which also notes the originals that are to go.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from verify.errors import Unavailable
from verify.records import Wiped
from verify.store.casework import quotes
from verify.store.chats import leftovers
from verify.store.chats.leftovers import Leftovers
from verify.store.database.connection import Row, Store, now, stamp
from verify.store.folder.vault import Vault
from verify.store.keeping import custody, left
from verify.store.packs import given
from verify.store.search import full_text

MOST_NAMED = 20  # files that left

# Each is run with the table `gone` of exhibits and the table `wiping` of cases in place, in an
# order in which nothing refers to what is no longer there.
_VIEWS = "SELECT id FROM view WHERE exhibit_id IN gone"
_MATCHES = f"SELECT id FROM match WHERE view_id IN ({_VIEWS}) OR earlier_view_id IN ({_VIEWS})"
_EXAMINATIONS = "SELECT id FROM examination WHERE exhibit_id IN gone"
_CLAIMS = "SELECT id FROM claim WHERE case_id IN wiping"
_SUBMISSIONS = "SELECT id FROM submission WHERE case_id IN wiping"
_WORDS = (
    "(kind = 'note' AND reference IN (SELECT id FROM note WHERE case_id IN wiping))"
    " OR (kind = 'claim' AND reference IN (SELECT id FROM claim WHERE case_id IN wiping))"
    " OR (kind IN ('caption', 'source', 'link', 'finding', 'text')"
    " AND reference IN (SELECT id FROM sighting WHERE case_id IN wiping))"
)
_LISTS = "SELECT id FROM hash_list WHERE -shelf_id IN wiping"
_LISTED = f"SELECT id FROM listed_hash WHERE list_id IN ({_LISTS})"
_LEFT_POSTS = (
    "SELECT p.id FROM left_posts p WHERE NOT EXISTS (SELECT 1 FROM post_shelf WHERE post_id = p.id)"
)
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
    # words are found by what they belong to: full text knows them by number alone
    f"DELETE FROM words WHERE rowid IN (SELECT id FROM findable WHERE {_WORDS})",
    f"DELETE FROM findable WHERE {_WORDS}",
    f"DELETE FROM judgement WHERE match_id IN ({_MATCHES})",
    f"DELETE FROM match WHERE id IN ({_MATCHES})",
    f"DELETE FROM resemblance WHERE view_id IN ({_VIEWS}) OR earlier_view_id IN ({_VIEWS})",
    f"DELETE FROM fingerprint WHERE view_id IN ({_VIEWS})",
    f"DELETE FROM features WHERE view_id IN ({_VIEWS})",
    "DELETE FROM footage WHERE exhibit_id IN gone",
    "DELETE FROM film_words WHERE exhibit_id IN gone",
    "DELETE FROM uncompared WHERE exhibit_id IN gone",
    "DELETE FROM sound WHERE exhibit_id IN gone",
    "DELETE FROM same_sound WHERE exhibit_id IN gone OR earlier_exhibit_id IN gone",
    "DELETE FROM view WHERE exhibit_id IN gone",
    "DELETE FROM mark WHERE exhibit_id IN gone",
    *(
        f"DELETE FROM {table} WHERE {which} OR {column} IN (SELECT id FROM emblem"
        " WHERE exhibit_id IN gone OR case_id IN wiping)"
        for table, column, which in (
            ("emblem_found", "emblem_id", "exhibit_id IN gone"),
            ("emblem", "id", "exhibit_id IN gone"),
        )
    ),
    "DELETE FROM emblem_looked WHERE exhibit_id IN gone",
    f"DELETE FROM list_hit WHERE exhibit_id IN gone OR hash_id IN ({_LISTED})",
    "DELETE FROM list_looked WHERE exhibit_id IN gone",
    "DELETE FROM pack_hit WHERE exhibit_id IN gone",
    "DELETE FROM pack_looked WHERE exhibit_id IN gone",
    "DELETE FROM hub_hit WHERE exhibit_id IN gone",
    "DELETE FROM hub_looked WHERE exhibit_id IN gone",
    # what the hub has is taken back by the next visit
    "UPDATE hub_shared SET body = x'', exhibit_id = NULL, withdrawn_at ="
    " coalesce(withdrawn_at, strftime('%Y-%m-%dT%H:%M:%f000Z')) WHERE exhibit_id IN gone",
    "DELETE FROM original_digest WHERE exhibit_id IN gone",
    f"DELETE FROM listed_frame WHERE hash_id IN ({_LISTED})",
    f"DELETE FROM listed_hash WHERE list_id IN ({_LISTS})",
    f"DELETE FROM hash_list WHERE id IN ({_LISTS})",
    "DELETE FROM withheld WHERE exhibit_id IN gone",
    "DELETE FROM coincidence WHERE exhibit_id IN gone",
    "DELETE FROM wave_told WHERE case_id IN wiping OR exhibit_id IN gone",
    "UPDATE mark SET case_id = NULL WHERE case_id IN wiping",
    f"DELETE FROM finding WHERE case_id IN wiping OR examination_id IN ({_EXAMINATIONS})",
    "DELETE FROM answer WHERE case_id IN wiping",
    f"UPDATE answer SET examination_id = NULL WHERE examination_id IN ({_EXAMINATIONS})",
    *(
        f"DELETE FROM {table} WHERE verdict_id IN"
        " (SELECT id FROM verdict WHERE case_id IN wiping OR exhibit_id IN gone)"
        for table in ("basis", "contradiction")
    ),
    "DELETE FROM verdict WHERE case_id IN wiping OR exhibit_id IN gone",
    f"UPDATE verdict SET examination_id = NULL WHERE examination_id IN ({_EXAMINATIONS})",
    f"UPDATE verdict SET claim_id = NULL WHERE claim_id IN ({_CLAIMS})",
    "DELETE FROM consent WHERE case_id IN wiping",
    "DELETE FROM stated_contradiction WHERE case_id IN wiping",
    "DELETE FROM report_given WHERE report_id IN (SELECT id FROM report WHERE case_id IN wiping)",
    "DELETE FROM report WHERE case_id IN wiping",
    "DELETE FROM bag WHERE case_id IN wiping",
    "DELETE FROM note WHERE case_id IN wiping",
    "DELETE FROM sighting_added WHERE sighting_id IN"
    " (SELECT id FROM sighting WHERE case_id IN wiping)",
    "DELETE FROM sighting WHERE case_id IN wiping",
    f"DELETE FROM sealed WHERE submission_id IN ({_SUBMISSIONS})",
    f"DELETE FROM sealed_arrival WHERE submission_id IN ({_SUBMISSIONS})",
    f"UPDATE claim SET root_id = NULL WHERE root_id IN ({_CLAIMS})",
    f"UPDATE claim SET submission_id = NULL WHERE submission_id IN ({_SUBMISSIONS})",
    "UPDATE claim SET exhibit_id = NULL WHERE exhibit_id IN gone",
    "DELETE FROM claim WHERE case_id IN wiping",
    f"DELETE FROM post_media WHERE submission_id IN ({_SUBMISSIONS})",
    "DELETE FROM post_shelf WHERE -shelf_id IN wiping",
    *(
        f"DELETE FROM {table} WHERE {which} IN (SELECT id FROM findable WHERE kind = 'post'"
        f" AND reference IN ({_LEFT_POSTS}))"
        for table, which in (("words", "rowid"), ("findable", "id"))
    ),
    f"DELETE FROM post_event WHERE post_id IN ({_LEFT_POSTS}) OR -shelf_id IN wiping",
    f"DELETE FROM post WHERE id IN ({_LEFT_POSTS})",
    *(
        f"DELETE FROM {table} WHERE account_id IN left_accounts"
        f" AND NOT EXISTS (SELECT 1 FROM post WHERE account_id = {table}.account_id)"
        for table in ("account_event", "account_statement")
    ),
    "DELETE FROM account WHERE id IN left_accounts"
    " AND NOT EXISTS (SELECT 1 FROM post WHERE account_id = account.id)",
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
    "DELETE FROM stale WHERE case_id IN wiping",
    "DELETE FROM button WHERE json_extract(action, '$.case_id') IN wiping"
    " OR json_extract(action, '$.other_id') IN wiping"
    " OR json_extract(action, '$.exhibit_id') IN gone",
    # what was searched for, and tags: the words of a button are not told apart by case
    "DELETE FROM button WHERE json_extract(action, '$.name') IN ('search', 'cases')",
    "DELETE FROM source WHERE id IN left_sources"
    " AND NOT EXISTS (SELECT 1 FROM sighting WHERE source_id = source.id)",
    "INSERT OR IGNORE INTO doomed SELECT sha256 FROM exhibit WHERE id IN gone",
    "DELETE FROM exhibit WHERE id IN gone",
    "DELETE FROM keep WHERE kind = 'case' AND reference IN wiping",
    "DELETE FROM keep WHERE kind = 'import' AND -reference IN wiping",
    *(
        f"DELETE FROM keep WHERE kind = '{name}' AND reference NOT IN (SELECT id FROM {name})"
        for name in ("source", "account")
    ),
    'UPDATE "case" SET assignee_id = NULL, due_at = NULL WHERE id IN wiping',
)


@dataclass(frozen=True)
class Begun:
    """A wipe under way. around: cases whose comparisons and answers may quote what is wiped;
    None once nothing is derived from it any more, and what is left to do is
    what the disk refused, and to write the database anew."""

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
    return _begun(store.rows("SELECT * FROM wipe_begun ORDER BY case_id"))


def taken_out(store: Store) -> list[Begun]:
    """Those of which no row is left: what is derived from them is to be made anew."""
    return _begun(
        store.rows(
            'SELECT w.* FROM wipe_begun w JOIN "case" c ON c.id = w.case_id'
            " WHERE c.wiped_at IS NOT NULL ORDER BY w.case_id"
        )
    )


def _begun(rows: list[Row]) -> list[Begun]:
    found = []
    for row in rows:
        around = json.loads(row["around"])
        known = None if around is None else tuple(around)
        found.append(Begun(row["case_id"], row["person_id"], known))
    return found


def underived(store: Store, case_id: int) -> None:
    """Note that nothing is derived from what is wiped any more: no start looks for it again."""
    with store.transaction():
        store.change("UPDATE wipe_begun SET around = 'null' WHERE case_id = ?", (case_id,))


def end(store: Store, case_id: int) -> None:
    """Strike out a wipe of which nothing is left to do."""
    with store.transaction():
        store.change("DELETE FROM wipe_begun WHERE case_id = ?", (case_id,))


def take_out(store: Store, begun: Begun, chats: Leftovers, local_bot: int) -> Wiped:
    """Remove the rows of a case and note what was removed, in one transaction.

    chats: what it left there. local_bot: the local chat's, whose messages are gone already.
    Changes nothing, and gives nothing removed, where that was done before.
    """
    person_id, case_id = begun.person_id, begun.case_id
    if store.row('SELECT 1 FROM "case" WHERE id = ? AND wiped_at IS NOT NULL', (case_id,)):
        with store.transaction():
            quotes.take_back(store, begun.around or (), erase=True)
        return Wiped(case_id, (), (), 0, 0)
    with store.transaction():
        for table in _TABLES:
            store.change(table, (case_id,) if "?" in table else ())
        # no bot brought what came in by the command line or was taken out of a file
        elsewhere = sum(bot_id not in (0, local_bot) for bot_id, _, _ in chats.messages)
        wiped = _counted(store, case_id, elsewhere)
        given.take_back(store, ((one.number, one.case) for one in wiped.packs))
        leftovers.clear_inbox(store, chats)
        around = {row["id"] for row in store.rows("SELECT id FROM around")} | {
            *(begun.around or ())
        }
        quotes.take_back(store, around, erase=True)
        for step in _STEPS:
            store.change(step)
        store.change('UPDATE "case" SET wiped_at = ? WHERE id IN wiping', (stamp(now()),))
        for sha256 in wiped.removed:
            custody.append(store, "wiped", person_id, case=case_id, exhibit=sha256)
        for one in wiped.packs:
            custody.append(store, "pack withdrawn", person_id, case=one.case, given=one.number)
        custody.append(
            store,
            "case wiped",
            person_id,
            case=case_id,
            exhibits=len(wiped.removed),
            shared=len(wiped.shared),
        )
        for table in ("wiping", "gone", "around", "left_sources", "left_posts", "left_accounts"):
            store.change(f"DROP TABLE {table}")
    return wiped


_TABLES = (
    "CREATE TEMP TABLE wiping (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE around (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE left_sources (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE left_posts (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE left_accounts (id INTEGER PRIMARY KEY)",
    "INSERT INTO wiping WITH RECURSIVE part (id) AS (SELECT ? UNION"
    ' SELECT c.id FROM "case" c JOIN part p ON c.merged_into = p.id) SELECT id FROM part',
    "INSERT INTO gone SELECT DISTINCT exhibit_id FROM submission WHERE case_id IN wiping"
    " AND exhibit_id NOT IN (SELECT s.exhibit_id FROM submission w JOIN submission s"
    " ON s.exhibit_id = w.exhibit_id WHERE w.case_id IN wiping AND s.case_id NOT IN wiping)",
    # the cases that hold the same pictures, or later ones like them
    "INSERT INTO around SELECT s.case_id FROM submission w JOIN submission s"
    " ON s.exhibit_id = w.exhibit_id WHERE w.case_id IN wiping AND s.case_id NOT IN wiping"
    " UNION SELECT s.case_id FROM submission w JOIN view earlier"
    " ON earlier.exhibit_id = w.exhibit_id JOIN match m ON m.earlier_view_id = earlier.id"
    " JOIN view later ON later.id = m.view_id JOIN submission s ON s.exhibit_id = later.exhibit_id"
    " WHERE w.case_id IN wiping AND s.case_id NOT IN wiping",
    "INSERT INTO left_posts SELECT post_id FROM post_shelf WHERE -shelf_id IN wiping",
    "INSERT INTO left_accounts SELECT DISTINCT account_id FROM post"
    " WHERE id IN left_posts AND account_id IS NOT NULL",
    "INSERT INTO left_sources SELECT DISTINCT source_id FROM sighting"
    " WHERE case_id IN wiping AND source_id IS NOT NULL",
)


def _counted(store: Store, case_id: int, telegram: int) -> Wiped:
    digests = (
        "SELECT DISTINCT e.sha256 FROM exhibit e JOIN submission s ON s.exhibit_id = e.id"
        " WHERE s.case_id IN wiping AND e.id {} gone ORDER BY e.id"
    )
    cases = [row["id"] for row in store.rows("SELECT id FROM wiping")]
    copies = store.row(
        "SELECT count(*) FROM custody_event WHERE kind = 'copy handed out'"
        " AND (json_extract(subject, '$.case') IN wiping OR json_extract(subject, '$.exhibit') IN"
        " (SELECT sha256 FROM exhibit WHERE id IN gone))"
    )
    removed = tuple(row[0] for row in store.rows(digests.format("IN")))
    files = left.files(store, cases)
    return Wiped(
        case_id=case_id,
        removed=removed,
        shared=tuple(row[0] for row in store.rows(digests.format("NOT IN"))),
        telegram=telegram,
        exports=len(files),
        files=files[-MOST_NAMED:],
        packs=left.packs(store, cases, removed),
        copies=(copies and copies[0]) or 0,
    )


def compact(store: Store) -> bool:
    """Write the database anew without what was deleted. False when that did not work."""
    try:
        full_text.drop_forgotten(store)
    except Unavailable:
        return False
    return store.compact()


def unlink_doomed(store: Store, vault: Vault) -> tuple[str, ...]:
    """Remove the originals that wiped cases left, unless they have come in again meanwhile.

    Gives the digests of those that the disk did not let go.
    """
    left = []
    with store.transaction():  # in which nothing can come in again
        for (sha256,) in store.rows("SELECT sha256 FROM doomed"):
            if not store.row("SELECT 1 FROM exhibit WHERE sha256 = ?", (sha256,)):
                try:
                    vault.remove(sha256)
                except OSError:
                    left.append(sha256)
                    continue
            store.change("DELETE FROM doomed WHERE sha256 = ?", (sha256,))
    return tuple(left)
