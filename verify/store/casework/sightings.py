"""Where exhibits were seen: from whom, with which words and links, when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from verify.records import DERIVED, Claim, FirstSeen, Origin, Person, Sighting, Submission
from verify.store.casework import added
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, moment, stamp
from verify.store.search import full_text

_FINE = 60  # seconds: what is known as finely is told as a point in time


def add(
    store: Store, submission_id: int, case_id: int, exhibit_id: int, submission: Submission
) -> None:
    origin = submission.origin
    number = store.insert(
        "sighting",
        exhibit_id=exhibit_id,
        case_id=case_id,
        submission_id=submission_id,
        source_id=_source(store, submission.service, origin) if origin else None,
        service=submission.service,
        source_message_id=origin.message_id if origin else None,
        caption=submission.caption,
        links=json.dumps(submission.links),
        posted_at=stamp(origin.posted_at) if origin and origin.posted_at else None,
        received_at=stamp(submission.received_at),
    )
    if case_id > 0:  # a post of the archive is found by its own words
        at = submission.received_at
        full_text.index(store, "caption", number, case_id, submission.caption, at)
        added.index(store, number)


def _source(store: Store, service: str, origin: Origin) -> int:
    key = (service, origin.kind, origin.external_id, origin.name)
    columns = dict(zip(("service", "kind", "external_id", "name"), key, strict=True))
    store.insert_once("source", **columns)
    row = store.row(
        "SELECT id FROM source WHERE service = ? AND kind = ? AND external_id = ? AND name = ?",
        key,
    )
    assert row is not None  # noqa: S101 - just added
    return int(row["id"])


def taken_out_of(store: Store, exhibit_id: int) -> set[int]:
    """The exhibits that this one was taken out of, and those that they were; none where it also
    came by itself."""
    found: set[int] = set()
    left = [exhibit_id]
    while left:
        rows = store.rows(
            "SELECT i.service, e.id FROM sighting i LEFT JOIN source o ON o.id = i.source_id"
            " LEFT JOIN exhibit e ON i.service = ? AND e.sha256 = substr(o.name, 1, 64)"
            " WHERE i.exhibit_id = ?",
            (DERIVED, left.pop()),
        )
        if all(row["service"] == DERIVED for row in rows):
            wholes = {row["id"] for row in rows if row["id"] is not None} - found
            found |= wholes
            left.extend(wholes)
    return found


@dataclass(frozen=True)
class Edited:
    """A submission whose caption or links were edited. former_caption: as it was before."""

    submission_id: int
    case_id: int
    exhibit_id: int
    in_album: bool
    former_caption: str


def change_caption(
    store: Store,
    bot_id: int,
    chat_id: int,
    message_id: int,
    caption: str,
    links: tuple[str, ...],
) -> Edited | None:
    """Replace a sighting's caption and links; the submission as received stays.

    None if nothing changes.
    """
    row = store.row(
        "SELECT s.id, s.case_id, s.exhibit_id, s.album, g.id AS sighting_id, g.received_at,"
        " g.caption AS former_caption FROM submission s JOIN sighting g ON g.submission_id = s.id"
        " WHERE bot_id = ? AND chat_id = ? AND message_id = ?"
        " AND (g.caption <> ? OR g.links <> ?)",
        (bot_id, chat_id, message_id, caption, json.dumps(links)),
    )
    if row is None:
        return None
    store.change(
        "UPDATE sighting SET caption = ?, links = ? WHERE id = ?",
        (caption, json.dumps(links), row["sighting_id"]),
    )
    received = moment(row["received_at"])
    added.index(store, row["sighting_id"])
    full_text.index(store, "caption", row["sighting_id"], row["case_id"], caption, received)
    return Edited(
        submission_id=row["id"],
        case_id=row["case_id"],
        exhibit_id=row["exhibit_id"],
        in_album=bool(row["album"]),
        former_caption=row["former_caption"],
    )


def first_seen(store: Store, person: Person, exhibit_ids: Iterable[int]) -> dict[int, FirstSeen]:
    """The earliest sighting of each exhibit that this person may see: by the time of the post
    where one is known, else of receipt."""
    rows = store.rows(
        "SELECT g.*, coalesce(s.name, '') AS source_name, p.name AS person_name,"
        " coalesce(o.at, '') AS post_at, coalesce(o.resolution_s, 0) AS resolution_s"
        ' FROM sighting g JOIN "case" c ON c.id = g.case_id'
        " LEFT JOIN post_media m ON m.submission_id = g.submission_id"
        " LEFT JOIN post o ON o.id = m.post_id"
        " LEFT JOIN source s ON s.id = g.source_id JOIN submission u ON u.id = g.submission_id"
        " JOIN person p ON p.id = u.person_id"
        f" WHERE g.exhibit_id IN {LISTED} AND {VISIBLE}"
        " ORDER BY min(coalesce(g.posted_at, g.received_at), g.received_at), g.id",
        (listed(exhibit_ids), *eyes(person)),
    )
    return {row["exhibit_id"]: _first_seen(row) for row in reversed(rows)}


def _first_seen(row: Row) -> FirstSeen:
    posted = row["posted_at"] is not None and row["posted_at"] <= row["received_at"]
    return FirstSeen(
        at=moment(row["posted_at"] if posted else row["received_at"]),
        posted=posted,
        source=row["source_name"],
        received_from=row["person_name"],
        case_id=row["case_id"],
        by_then=posted and roughly(row["post_at"], row["resolution_s"]),
    )


def first_times(store: Store, exhibit_ids: Iterable[int]) -> dict[int, str]:
    """When each exhibit was first seen, as the store writes it, whoever may know of it."""
    rows = store.rows(
        "SELECT exhibit_id, min(min(coalesce(posted_at, received_at), received_at)) AS at"
        f" FROM sighting WHERE exhibit_id IN {LISTED} GROUP BY exhibit_id",
        (listed(exhibit_ids),),
    )
    return {row["exhibit_id"]: row["at"] for row in rows}


def posted(store: Store, exhibit_id: int) -> bool:
    """Whether it is known of an exhibit when it was posted."""
    sql = "SELECT 1 FROM sighting WHERE exhibit_id = ? AND posted_at IS NOT NULL"
    return store.row(sql, (exhibit_id,)) is not None


def first_words(store: Store, person: Person, exhibit_ids: Iterable[int]) -> dict[int, Claim]:
    """What was said with exhibits of the archive when they were first posted, as claims that
    nobody at the desk made."""
    rows = store.rows(
        "SELECT g.*, coalesce(s.name, '') AS source_name FROM sighting g"
        ' JOIN "case" c ON c.id = g.case_id LEFT JOIN source s ON s.id = g.source_id'
        f" WHERE g.exhibit_id IN {LISTED} AND g.caption <> '' AND {VISIBLE}"
        " ORDER BY g.posted_at IS NULL, g.posted_at, g.id",
        (listed(exhibit_ids), *eyes(person)),
    )
    return {
        row["exhibit_id"]: Claim(
            id=0,
            case_id=row["case_id"],
            version=1,
            text=row["caption"],
            claimant=row["source_name"],
            recorded_by="",
            recorded_at=moment(row["posted_at"] or row["received_at"]),
            exhibit_id=row["exhibit_id"],
        )
        for row in reversed(rows)
    }


def roughly(at: str, resolution_s: int) -> bool:
    """Whether the time of a post, as the archive has it, tells only until when it was posted."""
    return bool(at) and (not at.endswith("Z") or resolution_s > _FINE)


def links_with(
    store: Store, person: Person, exhibit_ids: Iterable[int]
) -> list[tuple[int, str, datetime, int]]:
    """The links that came along with exhibits, when and in which case, as far as this person
    may see."""
    rows = store.rows(
        f"SELECT g.exhibit_id, g.links, g.received_at, g.case_id, {added.ADDED} FROM sighting g"
        ' JOIN "case" c ON c.id = g.case_id'
        f" WHERE g.exhibit_id IN {LISTED} AND {VISIBLE} ORDER BY g.id",
        (listed(exhibit_ids), *eyes(person)),
    )
    return [
        (row["exhibit_id"], link, moment(row["received_at"]), row["case_id"])
        for row in rows
        for link in _links(row)
    ]


def _links(row: Row) -> tuple[str, ...]:
    """Those that it came with, then those added, each once."""
    return tuple(dict.fromkeys(json.loads(row["links"]) + json.loads(row["added_links"])))


_SIGHTING = (
    "SELECT g.*, coalesce(o.name, '') AS source_name, p.name AS person_name,"
    f" {added.ADDED} FROM sighting g"
    " LEFT JOIN source o ON o.id = g.source_id JOIN submission s ON s.id = g.submission_id"
    " JOIN person p ON p.id = s.person_id WHERE "
)


def of_case(store: Store, case_id: int) -> tuple[Sighting, ...]:
    """A case's sightings, in the order in which they arrived."""
    return _sightings(store.rows(_SIGHTING + "g.case_id = ? ORDER BY g.id", (case_id,)))


def of_exhibits(
    store: Store, case_ids: Iterable[int], exhibit_ids: Iterable[int]
) -> dict[tuple[int, int], list[Sighting]]:
    """Those of exhibits in cases, by case and exhibit."""
    which = f"g.case_id IN {LISTED} AND g.exhibit_id IN {LISTED} ORDER BY g.id"
    values = (listed(case_ids), listed(exhibit_ids))
    found: dict[tuple[int, int], list[Sighting]] = {}
    for one in _sightings(store.rows(_SIGHTING + which, values)):
        found.setdefault((one.case_id, one.exhibit_id), []).append(one)
    return found


def _sightings(rows: list[Row]) -> tuple[Sighting, ...]:
    return tuple(
        Sighting(
            id=row["id"],
            exhibit_id=row["exhibit_id"],
            case_id=row["case_id"],
            service=row["service"],
            received_at=moment(row["received_at"]),
            received_from=row["person_name"],
            source=row["source_name"],
            caption=row["caption"],
            links=_links(row),
            posted_at=moment(row["posted_at"]) if row["posted_at"] else None,
            accounts=tuple(json.loads(row["added_accounts"])),
        )
        for row in rows
    )
