"""What is said about pictures, in every version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from verify.reading import READING_VERSION
from verify.records import Claim, Origin, Person, Spot
from verify.store.database.connection import LISTED, Row, Store, listed, moment, now, stamp
from verify.store.search import full_text

_CLAIM = (
    "SELECT c.*, p.name AS person_name FROM claim c JOIN person p ON p.id = c.recorded_by WHERE "
)


@dataclass(frozen=True)
class Said:
    """When and where a claim is to be, in the words of `Claim`; and whether a person said so."""

    claimed_at: str = ""
    spot: Spot = Spot()  # noqa: RUF009 - a frozen record
    date_stated: bool = False
    place_stated: bool = False
    counted_from: str = ""


def said(claim: Claim) -> Said:
    """The date and place of a claim."""
    spot = Spot(name=claim.place, latitude=claim.latitude, longitude=claim.longitude)
    return Said(claim.claimed_at, spot, claim.date_stated, claim.place_stated, claim.counted_from)


def _said(row: Row) -> Said | None:
    if row["claimed_at"] is None:
        return None
    return Said(
        row["claimed_at"],
        Spot(name=row["place"], latitude=row["latitude"], longitude=row["longitude"]),
        bool(row["date_stated"]),
        bool(row["place_stated"]),
        row["counted_from"],
    )


def _columns(said: Said | None) -> dict[str, str | float | None]:
    """As they are kept; `claimed_at` is NULL until the words have been read."""
    known = said or Said()
    return {
        "claimed_at": said.claimed_at if said else None,
        "place": known.spot.name,
        "latitude": known.spot.latitude,
        "longitude": known.spot.longitude,
        "date_stated": int(known.date_stated),
        "place_stated": int(known.place_stated),
        "counted_from": known.counted_from,
    }


def add(
    store: Store,
    person: Person,
    case_id: int,
    text: str,
    *,
    claimant: str = "",
    exhibit_id: int | None = None,
    submission_id: int | None = None,
    revises: int | None = None,
    key: str | None = None,
    said: Said | None = None,
    origin: Origin | None = None,
    links: tuple[str, ...] = (),
) -> Claim | None:
    """Add a claim, or a new version of the one that `revises` names.

    said: its date and place; without them those of the version before, if the words are the
    same; else they wait to be read (`unread`).
    None when the key was used before, or when `revises` is no claim of this case.
    """
    root, version = None, 1
    came = {"origin": _body(origin), "links": json.dumps(links)}
    if revises is not None:
        former = store.row("SELECT * FROM claim WHERE id = ? AND case_id = ?", (revises, case_id))
        if former is None:
            return None
        root = former["root_id"] or former["id"]
        version = _last_version(store, root) + 1
        exhibit_id, submission_id = former["exhibit_id"], former["submission_id"]
        claimant = claimant or former["claimant"]
        came = {"origin": former["origin"], "links": former["links"]}
        if said is None and former["text"] == text:
            said = _said(former)
    number = store.insert_once(
        "claim",
        root_id=root,
        version=version,
        case_id=case_id,
        exhibit_id=exhibit_id,
        submission_id=submission_id,
        text=text,
        claimant=claimant,
        **_columns(said),
        **came,
        recorded_by=person.id,
        recorded_at=stamp(now()),
        key=key or None,
    )
    if number is None:
        return None
    full_text.index(store, "claim", number, case_id, text, now())
    return claim(store, number)


def _body(origin: Origin | None) -> str:
    return msgspec.json.encode(origin).decode() if origin else ""


def _origin(body: str) -> Origin | None:
    return msgspec.json.decode(body, type=Origin) if body else None


def _last_version(store: Store, root: int) -> int:
    row = store.row("SELECT max(version) FROM claim WHERE id = ?1 OR root_id = ?1", (root,))
    return int(row[0]) if row else 0


def unread(store: Store, case_ids: Iterable[int]) -> tuple[Claim, ...]:
    """The claims of cases whose words the rules of today have not read."""
    which = f"c.case_id IN {LISTED} AND c.read_by < ?"
    rows = store.rows(_CLAIM + which, (listed(case_ids), READING_VERSION))
    return tuple(_claim(row) for row in rows)


def cases_unread(store: Store) -> list[int]:
    """The cases that have such claims."""
    rows = store.rows("SELECT DISTINCT case_id FROM claim WHERE read_by < ?", (READING_VERSION,))
    return [row["case_id"] for row in rows]


def posted_at(store: Store, claim_ids: Iterable[int]) -> dict[int, datetime]:
    """When the words of claims were posted where they came from, of those where that is known."""
    rows = store.rows(
        "SELECT c.id, c.origin, g.posted_at FROM claim c"
        f" LEFT JOIN sighting g ON g.submission_id = c.submission_id WHERE c.id IN {LISTED}",
        (listed(claim_ids),),
    )
    found = {}
    for row in rows:
        origin = _origin(row["origin"])
        at = moment(row["posted_at"]) if row["posted_at"] else None
        found[row["id"]] = origin.posted_at if origin else at
    return {claim_id: at for claim_id, at in found.items() if at}


def keep_readings(store: Store, read: Mapping[int, Said]) -> None:
    """Keep what was read from the words of claims, but for what a person stated."""
    unless_stated = {
        "claimed_at": "date_stated",
        "counted_from": "date_stated",
        "place": "place_stated",
        "latitude": "place_stated",
        "longitude": "place_stated",
    }
    columns = [f"{name} = iif({stated}, {name}, ?)" for name, stated in unless_stated.items()]
    store.change_each(
        f"UPDATE claim SET {', '.join(columns)}, read_by = ? WHERE id = ?",
        [
            (*(_columns(said)[name] for name in unless_stated), READING_VERSION, claim_id)
            for claim_id, said in read.items()
        ],
    )


def claim(store: Store, claim_id: int) -> Claim | None:
    """One claim, in one version."""
    row = store.row(_CLAIM + "c.id = ?", (claim_id,))
    return _claim(row) if row else None


def latest_version(store: Store, case_id: int, claim_id: int) -> Claim | None:
    """The latest version of the claim that `claim_id` is a version of."""
    former = store.row("SELECT * FROM claim WHERE id = ? AND case_id = ?", (claim_id, case_id))
    if former is None:
        return None
    root = former["root_id"] or former["id"]
    row = store.row(_CLAIM + "?1 IN (c.id, c.root_id) ORDER BY c.version DESC LIMIT 1", (root,))
    return _claim(row) if row else None


def of_submission(store: Store, submission_id: int) -> Claim | None:
    """The latest version of the claim that a caption made."""
    row = store.row(_CLAIM + "c.submission_id = ? ORDER BY c.id DESC", (submission_id,))
    return _claim(row) if row else None


def with_key(store: Store, key: str) -> Claim | None:
    """The claim that was added under this key."""
    row = store.row(_CLAIM + "c.key = ?", (key,))
    return _claim(row) if row else None


def of_case(store: Store, case_id: int) -> tuple[Claim, ...]:
    """The claims of a case, each in its latest version, in the order they were first made."""
    return of_cases(store, [case_id]).get(case_id, ())


def versions(store: Store, case_id: int) -> tuple[tuple[Claim, ...], ...]:
    """The claims of a case, each in all its versions, the first first."""
    rows = store.rows(
        f"{_CLAIM} c.case_id = ? ORDER BY coalesce(c.root_id, c.id), c.version", (case_id,)
    )
    roots: dict[int, list[Claim]] = {}
    for row in rows:
        roots.setdefault(row["root_id"] or row["id"], []).append(_claim(row))
    return tuple(map(tuple, roots.values()))


def of_cases(store: Store, case_ids: Iterable[int]) -> dict[int, tuple[Claim, ...]]:
    """The claims of many cases, by case; cases without claims are left out."""
    latest = (
        f"c.case_id IN {LISTED} AND NOT EXISTS (SELECT 1 FROM claim n"
        " WHERE n.root_id = coalesce(c.root_id, c.id) AND n.version > c.version)"
        " ORDER BY coalesce(c.root_id, c.id)"
    )
    rows = store.rows(_CLAIM + latest, (listed(case_ids),))
    found: dict[int, tuple[Claim, ...]] = {}
    for row in rows:
        found[row["case_id"]] = (*found.get(row["case_id"], ()), _claim(row))
    return found


def by_id(store: Store, claim_ids: Iterable[int]) -> dict[int, Claim]:
    """Claims, each in the version that its id names."""
    rows = store.rows(_CLAIM + f"c.id IN {LISTED}", (listed(claim_ids),))
    return {row["id"]: _claim(row) for row in rows}


def _claim(row: Row) -> Claim:
    return Claim(
        id=row["id"],
        case_id=row["case_id"],
        version=row["version"],
        text=row["text"],
        claimant=row["claimant"],
        recorded_by=row["person_name"],
        recorded_at=moment(row["recorded_at"]),
        exhibit_id=row["exhibit_id"],
        claimed_at=row["claimed_at"] or "",
        place=row["place"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        date_stated=bool(row["date_stated"]),
        place_stated=bool(row["place_stated"]),
        counted_from=row["counted_from"],
        origin=_origin(row["origin"]),
        links=tuple(json.loads(row["links"])),
    )
