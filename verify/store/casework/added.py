"""What people added to a sighting after its file came: links, and accounts named in the picture."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from verify.records import Addition, Person
from verify.store.database.connection import Row, Store, moment, now, stamp
from verify.store.search import full_text

# For a query over `sighting g`: each kind as a JSON list, in the order in which they were added.
ADDED = ", ".join(
    "(SELECT json_group_array(value) FROM (SELECT value FROM sighting_added"
    f" WHERE sighting_id = g.id AND kind = '{kind}' ORDER BY id)) AS added_{kind}s"
    for kind in Addition
)
_PLACE = "SELECT g.id, g.case_id, g.exhibit_id, s.received_at, s.message_id FROM sighting g"
_FROM = " JOIN submission s ON s.id = g.submission_id WHERE "


@dataclass(frozen=True)
class Place:
    """A sighting, where it is now, and the message that it came with."""

    sighting_id: int
    case_id: int
    exhibit_id: int
    received_at: datetime
    message_id: int


def _place(row: Row | None) -> Place | None:
    if row is None:
        return None
    at = moment(row["received_at"])
    return Place(row["id"], row["case_id"], row["exhibit_id"], at, row["message_id"])


def of_message(store: Store, bot_id: int, chat_id: int, message_id: int) -> Place | None:
    """The sighting that a message brought."""
    which = "s.bot_id = ? AND s.chat_id = ? AND s.message_id = ?"
    return _place(store.row(_PLACE + _FROM + which, (bot_id, chat_id, message_id)))


def last_of(store: Store, person: Person, bot_id: int, chat_id: int) -> Place | None:
    """The last one that a person brought to a chat."""
    which = "s.person_id = ? AND s.bot_id = ? AND s.chat_id = ? ORDER BY s.id DESC LIMIT 1"
    return _place(store.row(_PLACE + _FROM + which, (person.id, bot_id, chat_id)))


def last_in(store: Store, case_id: int, exhibit_id: int = 0) -> Place | None:
    """The last sighting in a case; with `exhibit_id`, of that exhibit."""
    which = "g.case_id = ?1 AND ?2 IN (0, g.exhibit_id) ORDER BY g.id DESC LIMIT 1"
    return _place(store.row(_PLACE + _FROM + which, (case_id, exhibit_id)))


def add(store: Store, person: Person, place: Place, kind: Addition, value: str) -> bool:
    """Add one to a sighting and make it findable. False where it stood there before."""
    row = store.row("SELECT links FROM sighting WHERE id = ?", (place.sighting_id,))
    if row is None or (kind is Addition.LINK and value in json.loads(row["links"])):
        return False
    number = store.insert_once(
        "sighting_added",
        sighting_id=place.sighting_id,
        kind=kind,
        value=value,
        person_id=person.id,
        at=stamp(now()),
    )
    if number is not None:
        index(store, place.sighting_id)
    return number is not None


def take_back(store: Store, place: Place, kind: Addition, value: str) -> bool:
    """Take one away again. False where there is none."""
    taken = store.change(
        "DELETE FROM sighting_added WHERE sighting_id = ? AND kind = ? AND value = ?",
        (place.sighting_id, kind, value),
    )
    index(store, place.sighting_id)
    return bool(taken)


def index(store: Store, sighting_id: int) -> None:
    """Make the links of a sighting findable, and the names of its source and accounts."""
    row = store.row(
        f"SELECT g.*, {ADDED}, s.body FROM sighting g"
        " JOIN submission s ON s.id = g.submission_id WHERE g.id = ?",
        (sighting_id,),
    )
    if row is None:
        return
    at, case_id = moment(row["received_at"]), row["case_id"]
    links = [*json.loads(row["links"]), *json.loads(row["added_links"])]
    full_text.index(store, "link", sighting_id, case_id, " ".join(links), at)
    origin = json.loads(row["body"]).get("origin") or {}
    names = [origin.get(key, "") for key in ("name", "username", "signature")]
    names += json.loads(row["added_accounts"])
    full_text.index(store, "source", sighting_id, case_id, " ".join(filter(None, names)), at)
