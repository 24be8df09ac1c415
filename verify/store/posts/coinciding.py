"""Posts read for what they have in common: whose, when, words, links, hashtags, pictures.

Only what accounts posted that are no private people's, in no closed chat, and that no sealed source
brought.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from verify.records import Corners, Person, Relation, Sharer, Statement, Stretch, ViewKind, area
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, moment
from verify.store.pictures.matches import NOT_REFUSED

_AT_ONCE = 10_000
_SEEN = (  # each list is made once for all posts
    "EXISTS (SELECT 1 FROM post_shelf h WHERE h.post_id = p.id AND h.shelf_id IN"
    f' (SELECT -c.id FROM "case" c WHERE c.id < 0 AND {VISIBLE}))'
    " AND p.id NOT IN (SELECT m.post_id FROM post_media m JOIN sealed x"
    " ON x.submission_id = m.submission_id)"
)
_CLOSED = "p.place_kind IN ('closed_group', 'private')"
_OPEN = f"{_SEEN} AND NOT {_CLOSED} AND p.account_id IN (SELECT id FROM account WHERE NOT person)"
_ITSELF = {  # a view that is the picture, in whatever way it is shown
    *(ViewKind.WHOLE, ViewKind.INNER, ViewKind.INVERTED),
    *(ViewKind.WITHOUT_TRANSPARENCY, ViewKind.ON_BLACK),
}


@dataclass(frozen=True, slots=True)
class Posted:
    """A post. at: seconds since 1970; where no zone is known, as if it were UTC's."""

    id: int
    account: int
    at: float
    resolution_s: float
    zone_known: bool
    text: str
    links: tuple[str, ...]
    hashtags: tuple[str, ...]
    client: str
    forward: bool


@dataclass(frozen=True, slots=True)
class Lies:
    """That two pictures or films were found alike. of_one, of_other: which part of each they
    share, from 0 to 1: of a picture by its area, of a film by its length; 0 where that is not
    known."""

    one: int
    other: int
    of_one: float
    of_other: float


def every(store: Store, person: Person, since: datetime | None) -> Iterator[Posted]:
    """The posts that a person may see, by number; without those of which no time is known."""
    last = 0
    while rows := store.rows(
        "SELECT p.id, p.account_id, p.at, p.earliest, p.resolution_s, p.text, p.links, p.hashtags,"
        f" p.client, p.forwarded_from FROM post p WHERE p.id > ? AND p.latest > ? AND {_OPEN}"
        " ORDER BY p.id LIMIT ?",
        (last, int(since.timestamp()) if since else -(2**62), *eyes(person), _AT_ONCE),
    ):
        last = rows[-1]["id"]
        yield from map(_posted, rows)


def count(store: Store, person: Person) -> int:
    """How many posts with a time a person may see, counted to a thousand."""
    [row] = store.rows(
        f"SELECT count(*) AS number FROM (SELECT 1 FROM post p WHERE p.latest IS NOT NULL"
        f" AND {_OPEN} LIMIT 1000)",
        eyes(person),
    )
    return int(row["number"])


def undated(store: Store, person: Person) -> int:
    """How many posts of accounts tell no time, of those that a person may see."""
    [row] = store.rows(
        f"SELECT count(*) AS number FROM post p WHERE p.latest IS NULL AND {_OPEN}", eyes(person)
    )
    return int(row["number"])


def closed(store: Store, person: Person) -> int:
    """How many posts of closed chats a person may see; without what sealed sources brought."""
    [row] = store.rows(
        f"SELECT count(*) AS number FROM post p WHERE {_CLOSED} AND {_SEEN}", eyes(person)
    )
    return int(row["number"])


def _posted(row: Row) -> Posted:
    at: str = row["at"]
    known = at.endswith("Z")
    begin = row["earliest"]
    if not known:
        begin = datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()
    whole = len(at) <= len("2014-06-12Z")
    return Posted(
        id=row["id"],
        account=row["account_id"],
        at=begin,
        resolution_s=86_400.0 if whole else float(row["resolution_s"]),
        zone_known=known,
        text=row["text"],
        links=_list(row["links"]),
        hashtags=_list(row["hashtags"]),
        client=row["client"],
        forward=bool(row["forwarded_from"]),
    )


def _list(written: str) -> tuple[str, ...]:
    return () if written == "[]" else tuple(json.loads(written))


def pictures(store: Store, person: Person) -> list[tuple[int, int]]:
    """The posts that a person may see with the exhibits that they show."""
    rows = store.rows(
        "SELECT p.id, s.exhibit_id FROM post p JOIN post_media m ON m.post_id = p.id"
        f" JOIN submission s ON s.id = m.submission_id WHERE {_OPEN}"
        " AND s.exhibit_id NOT IN (SELECT exhibit_id FROM withheld) ORDER BY p.id, m.number",
        eyes(person),
    )
    return [(row["id"], row["exhibit_id"]) for row in rows]


_corners = msgspec.json.Decoder(Corners).decode
_stretches = msgspec.json.Decoder(tuple[Stretch, ...]).decode


def lying(store: Store, exhibit_ids: Iterable[int]) -> Iterator[Lies]:
    """The pairs of these exhibits that were found alike, but for what somebody refused."""
    ids = listed(exhibit_ids)
    for row in store.rows(
        "SELECT v.exhibit_id AS one, w.exhibit_id AS other, v.kind, w.kind AS other_kind,"
        " v.corners, w.corners AS other_corners, m.region, m.earlier_region, m.shown,"
        " f.seconds, g.seconds AS other_seconds"
        " FROM match m JOIN view v ON v.id = m.view_id JOIN view w ON w.id = m.earlier_view_id"
        " LEFT JOIN footage f ON f.exhibit_id = v.exhibit_id"
        " LEFT JOIN footage g ON g.exhibit_id = w.exhibit_id"
        f" WHERE v.exhibit_id IN {LISTED} AND w.exhibit_id IN {LISTED}"
        f" AND v.exhibit_id <> w.exhibit_id AND {NOT_REFUSED}"
        " AND (m.inliers IS NOT NULL OR m.method = 'pdq')",
        (ids, ids),
    ):
        if ViewKind.PREVIEW in (row["kind"], row["other_kind"]):
            continue  # it shows something else than its picture
        shown = _stretches(row["shown"]) if row["shown"] else ()
        lasting = [(one.begins, one.ends) for one in shown]
        earlier = [(one.earlier_begins, one.earlier_ends) for one in shown]
        yield Lies(
            row["one"],
            row["other"],
            _share(row["kind"], row["region"], row["corners"], row["seconds"], lasting),
            _share(
                row["other_kind"],
                row["earlier_region"],
                row["other_corners"],
                row["other_seconds"],
                earlier,
            ),
        )


def _share(
    kind: str,
    region: str | None,
    corners: str | None,
    seconds: float | None,
    lasting: list[tuple[float | None, float | None]],
) -> float:
    """Which part of a picture, or of a film of so many seconds, is shared."""
    if kind == ViewKind.FRAME:
        known = sum(ends - begins for begins, ends in lasting if begins is not None and ends)
        return min(1.0, known / seconds) if seconds else 0.0
    if kind not in _ITSELF:
        return 0.0
    if region is None:
        return 1.0
    whole = area(_corners(corners)) if corners else 1.0
    return min(1.0, area(_corners(region)) / whole) if whole else 0.0


def sharers(store: Store, person: Person, ids: Iterable[int]) -> dict[int, Sharer]:
    """Accounts as they were called last, as far as a person may see it."""
    rows = store.rows(
        "SELECT a.id, a.network, a.key, p.name, p.handle, max(coalesce(p.latest, 0))"
        f" FROM account a JOIN post p ON p.account_id = a.id WHERE a.id IN {LISTED} AND {_OPEN}"
        " GROUP BY a.id",
        (listed(ids), *eyes(person)),
    )
    return {
        row["id"]: Sharer(row["id"], row["network"], row["key"], row["name"], row["handle"])
        for row in rows
    }


def related(store: Store, kinds: Iterable[Relation]) -> list[tuple[int, Statement]]:
    """What people state of accounts, of these kinds, the first first."""
    wanted = {*kinds}
    rows = store.rows(
        "SELECT s.*, p.name AS by FROM account_statement s JOIN person p ON p.id = s.person_id"
        " ORDER BY s.id"
    )
    return [
        (
            row["account_id"],
            Statement(
                kind=Relation(row["kind"]),
                value=row["value"],
                reason=row["reason"],
                by=row["by"],
                at=moment(row["at"]),
                look_again=row["look_again"],
            ),
        )
        for row in rows
        if row["kind"] in wanted
    ]
