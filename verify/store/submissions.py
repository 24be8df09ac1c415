"""Files as they arrived: submissions, the exhibits they brought, the sightings they prove."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from verify.errors import NotFound
from verify.records import FirstSeen, Origin, Person, Receipt, Sighting, Submission, say
from verify.store import words
from verify.store.store import Row, Store, moment, stamp
from verify.store.vault import Preserved
from verify.store.visibility import VISIBLE, eyes

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Exhibit:
    """One file in the vault, and how it first arrived."""

    id: int
    sha256: str
    size: int
    submission: Submission


def receipt(store: Store, bot_id: int, chat_id: int, message_id: int) -> Receipt | None:
    """What was already done for this message, if anything."""
    row = store.row(
        "SELECT s.*, e.sha256, e.size FROM submission s JOIN exhibit e ON e.id = s.exhibit_id"
        " WHERE bot_id = ? AND chat_id = ? AND message_id = ?",
        (bot_id, chat_id, message_id),
    )
    if row is None:
        return None
    return Receipt(
        case_id=row["case_id"],
        exhibit_id=row["exhibit_id"],
        submission_id=row["id"],
        sha256=row["sha256"],
        size=row["size"],
        known=bool(row["known"]),
        repeated=True,
    )


@dataclass(frozen=True)
class Lately:
    """What one person sent through chats. files: the times of the last minute's, oldest first.

    bytes: of the last day.
    """

    files: tuple[datetime, ...]
    bytes: int


def lately(store: Store, person_id: int, at: datetime) -> Lately:
    """What a person sent within a minute and within a day before a moment."""
    since = "FROM submission s WHERE s.person_id = ? AND s.received_at > ? AND s.platform <> ?"
    minute = store.rows(
        f"SELECT s.received_at {since} ORDER BY s.received_at",
        (person_id, stamp(at - A_MINUTE), "import"),
    )
    day = store.row(
        "SELECT coalesce(sum((SELECT size FROM exhibit WHERE id = s.exhibit_id)), 0) " + since,
        (person_id, stamp(at - timedelta(days=1)), "import"),
    )
    return Lately(tuple(moment(row[0]) for row in minute), int(day[0]) if day else 0)


def add(store: Store, person: Person, submission: Submission, kept: Preserved) -> Receipt:
    """Record a preserved file: its exhibit, its case, its sighting. Inside a transaction."""
    at = stamp(submission.received_at)
    fresh = store.insert_once("exhibit", sha256=kept.sha256, size=kept.size, received_at=at)
    row = store.row("SELECT id FROM exhibit WHERE sha256 = ?", (kept.sha256,))
    assert row is not None  # noqa: S101 - just added
    case_id = _case(store, person, submission, row["id"], at)
    number = store.insert(
        "submission",
        platform=submission.platform,
        bot_id=submission.bot_id,
        chat_id=submission.chat_id,
        message_id=submission.message_id,
        person_id=person.id,
        case_id=case_id,
        exhibit_id=row["id"],
        album=submission.album,
        received_at=at,
        # the store writes "?" for half of a surrogate pair, which msgspec would refuse
        body=json.dumps(msgspec.to_builtins(submission), ensure_ascii=False),
        known=fresh is None,
    )
    _add_sighting(store, number, case_id, row["id"], submission)
    return Receipt(
        case_id=case_id,
        exhibit_id=row["id"],
        submission_id=number,
        sha256=kept.sha256,
        size=kept.size,
        known=fresh is None,
    )


def _case(store: Store, person: Person, submission: Submission, exhibit_id: int, at: str) -> int:
    """The case of the album's siblings, else one that has these bytes and that this person may
    see, else a new one."""
    row = None
    if submission.album:
        row = store.row(
            "SELECT case_id FROM submission WHERE album = ? AND bot_id = ? AND chat_id = ?",
            (submission.album, submission.bot_id, submission.chat_id),
        )
    seen_in = [row["case_id"]] if row else cases_of(store, person, exhibit_id)
    return seen_in[0] if seen_in else store.insert("case", opened_at=at, opened_by=person.id)


def _add_sighting(
    store: Store, submission_id: int, case_id: int, exhibit_id: int, submission: Submission
) -> None:
    origin = submission.origin
    number = store.insert(
        "sighting",
        exhibit_id=exhibit_id,
        case_id=case_id,
        submission_id=submission_id,
        source_id=_source(store, submission.platform, origin) if origin else None,
        platform=submission.platform,
        source_message_id=origin.message_id if origin else None,
        caption=submission.caption,
        links=json.dumps(submission.links),
        posted_at=stamp(origin.posted_at) if origin and origin.posted_at else None,
        received_at=stamp(submission.received_at),
    )
    at = submission.received_at
    words.index(store, "caption", number, case_id, submission.caption, at)
    if origin:
        names = " ".join(filter(None, (origin.name, origin.username, origin.signature)))
        words.index(store, "source", number, case_id, names, at)
    words.index(store, "link", number, case_id, " ".join(submission.links), at)


def _source(store: Store, platform: str, origin: Origin) -> int:
    key = (platform, origin.kind, origin.external_id, origin.name)
    columns = dict(zip(("platform", "kind", "external_id", "name"), key, strict=True))
    store.insert_once("source", **columns)
    row = store.row(
        "SELECT id FROM source WHERE platform = ? AND kind = ? AND external_id = ? AND name = ?",
        key,
    )
    assert row is not None  # noqa: S101 - just added
    return int(row["id"])


def change_caption(
    store: Store,
    bot_id: int,
    chat_id: int,
    message_id: int,
    caption: str,
    links: tuple[str, ...],
) -> Row | None:
    """Replace a sighting's caption and links; the submission as received stays.

    None if nothing changes.
    """
    row = store.row(
        "SELECT s.id, s.case_id, s.exhibit_id, s.album, g.id AS sighting_id, g.received_at"
        " FROM submission s JOIN sighting g ON g.submission_id = s.id"
        " WHERE bot_id = ? AND chat_id = ? AND message_id = ?"
        " AND (g.caption <> ? OR g.links <> ?)",
        (bot_id, chat_id, message_id, caption, json.dumps(links)),
    )
    if row:
        store.change(
            "UPDATE sighting SET caption = ?, links = ? WHERE id = ?",
            (caption, json.dumps(links), row["sighting_id"]),
        )
        received = moment(row["received_at"])
        words.index(store, "link", row["sighting_id"], row["case_id"], " ".join(links), received)
        words.index(store, "caption", row["sighting_id"], row["case_id"], caption, received)
    return row


def exhibit(store: Store, exhibit_id: int, case_id: int | None = None) -> Exhibit | None:
    """An exhibit and how it first arrived, in that case if one is given."""
    row = store.row(
        "SELECT e.id, e.sha256, e.size, s.body FROM exhibit e JOIN submission s"
        " ON s.exhibit_id = e.id WHERE e.id = ? AND (? IS NULL OR s.case_id = ?)"
        " ORDER BY s.id LIMIT 1",
        (exhibit_id, case_id, case_id),
    )
    if row is None:
        return None
    return Exhibit(
        id=row["id"],
        sha256=row["sha256"],
        size=row["size"],
        submission=msgspec.json.decode(row["body"], type=Submission),
    )


def known_exhibit(store: Store, exhibit_id: int, case_id: int | None = None) -> Exhibit:
    """The same. Raises NotFound where there is none."""
    found = exhibit(store, exhibit_id, case_id)
    if found is None:
        raise NotFound(say("There is no such exhibit."))
    return found


def exhibit_with(store: Store, sha256: str) -> int | None:
    """The id of the exhibit with these bytes."""
    row = store.row("SELECT id FROM exhibit WHERE sha256 = ?", (sha256,))
    return row["id"] if row else None


def all_exhibits(store: Store) -> list[int]:
    """The ids of all exhibits, oldest first."""
    return [row["id"] for row in store.rows("SELECT id FROM exhibit ORDER BY id")]


def exhibits_of(store: Store, case_id: int) -> list[int]:
    """The ids of a case's exhibits, in the order in which they arrived."""
    rows = store.rows(
        "SELECT exhibit_id FROM submission WHERE case_id = ? GROUP BY exhibit_id ORDER BY min(id)",
        (case_id,),
    )
    return [row["exhibit_id"] for row in rows]


def cases_of(store: Store, person: Person, exhibit_id: int) -> list[int]:
    """The ids of the cases an exhibit is in and that this person may see, oldest first."""
    rows = store.rows(
        'SELECT DISTINCT s.case_id FROM submission s JOIN "case" c ON c.id = s.case_id'
        f" WHERE s.exhibit_id = ? AND {VISIBLE} ORDER BY s.case_id",
        (exhibit_id, *eyes(person)),
    )
    return [row["case_id"] for row in rows]


def all_cases_of(store: Store, exhibit_id: int) -> list[int]:
    """The ids of all cases an exhibit is in, whoever may see them."""
    rows = store.rows(
        "SELECT DISTINCT case_id FROM submission WHERE exhibit_id = ? ORDER BY case_id",
        (exhibit_id,),
    )
    return [row["case_id"] for row in rows]


def came_over(store: Store, exhibit_id: int, platform: str) -> bool:
    """Whether these bytes ever arrived over that platform."""
    return (
        store.row(
            "SELECT 1 FROM submission WHERE exhibit_id = ? AND platform = ?",
            (exhibit_id, platform),
        )
        is not None
    )


def first_seen(store: Store, person: Person, exhibit_id: int) -> FirstSeen:
    """The earliest sighting that this person may see: by the time of the post where one is
    known, else of receipt."""
    row = store.row(
        "SELECT g.*, coalesce(s.name, '') AS source_name, p.name AS person_name"
        ' FROM sighting g JOIN "case" c ON c.id = g.case_id'
        " LEFT JOIN source s ON s.id = g.source_id JOIN submission u ON u.id = g.submission_id"
        " JOIN person p ON p.id = u.person_id"
        f" WHERE g.exhibit_id = ? AND {VISIBLE}"
        " ORDER BY min(coalesce(g.posted_at, g.received_at), g.received_at), g.id LIMIT 1",
        (exhibit_id, *eyes(person)),
    )
    assert row is not None  # noqa: S101 - asked for one that they may see
    posted = row["posted_at"] is not None and row["posted_at"] <= row["received_at"]
    return FirstSeen(
        at=moment(row["posted_at"] if posted else row["received_at"]),
        posted=posted,
        source=row["source_name"],
        received_from=row["person_name"],
        platform=row["platform"],
    )


def links_with(store: Store, person: Person, exhibit_id: int) -> list[tuple[str, datetime]]:
    """The links that came along with an exhibit, and when, as far as this person may see."""
    rows = store.rows(
        'SELECT g.links, g.received_at FROM sighting g JOIN "case" c ON c.id = g.case_id'
        f" WHERE g.exhibit_id = ? AND g.links <> '[]' AND {VISIBLE} ORDER BY g.id",
        (exhibit_id, *eyes(person)),
    )
    return [(link, moment(row["received_at"])) for row in rows for link in json.loads(row["links"])]


def sightings(store: Store, case_id: int) -> tuple[Sighting, ...]:
    """A case's sightings, in the order in which they arrived."""
    rows = store.rows(
        "SELECT g.*, coalesce(o.name, '') AS source_name, p.name AS person_name FROM sighting g"
        " LEFT JOIN source o ON o.id = g.source_id JOIN submission s ON s.id = g.submission_id"
        " JOIN person p ON p.id = s.person_id WHERE g.case_id = ? ORDER BY g.id",
        (case_id,),
    )
    return tuple(
        Sighting(
            id=row["id"],
            exhibit_id=row["exhibit_id"],
            case_id=row["case_id"],
            platform=row["platform"],
            received_at=moment(row["received_at"]),
            received_from=row["person_name"],
            source=row["source_name"],
            caption=row["caption"],
            links=tuple(json.loads(row["links"])),
            posted_at=moment(row["posted_at"]) if row["posted_at"] else None,
        )
        for row in rows
    )
