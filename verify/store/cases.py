"""What people write on a case: claims, notes, answers, verdicts; and the lists of cases."""

from __future__ import annotations

from dataclasses import dataclass

from verify.records import (
    Answer,
    CaseFilter,
    CaseLine,
    Claim,
    Note,
    Person,
    Priority,
    Rating,
    Reply,
    Spot,
    Status,
    Verdict,
    VerdictState,
)
from verify.store import words
from verify.store.store import Row, Store, moment, now, stamp
from verify.store.visibility import VISIBLE, eyes

_CLAIM = (
    "SELECT c.*, p.name AS person_name FROM claim c JOIN person p ON p.id = c.recorded_by WHERE "
)


def case(store: Store, case_id: int) -> Row | None:
    """A case, who opened it and whose it is."""
    return store.row(
        "SELECT c.*, p.name AS person_name, coalesce(a.name, '') AS assignee"
        ' FROM "case" c JOIN person p ON p.id = c.opened_by'
        " LEFT JOIN person a ON a.id = c.assignee_id WHERE c.id = ?",
        (case_id,),
    )


def lines(
    store: Store, person: Person, offset: int, limit: int, wanted: CaseFilter
) -> list[CaseLine]:
    """Cases in a list, latest first. The title is the latest claim, or the file's name."""
    rows = store.rows(
        "SELECT c.*, p.name AS assignee,"
        " (SELECT count(DISTINCT exhibit_id) FROM submission WHERE case_id = c.id) AS exhibits,"
        " (SELECT text FROM claim WHERE case_id = c.id ORDER BY id DESC LIMIT 1) AS claim,"
        " (SELECT json_extract(body, '$.filename') FROM submission WHERE case_id = c.id"
        "   ORDER BY id LIMIT 1) AS filename,"
        " (SELECT count(DISTINCT item) FROM answer WHERE case_id = c.id) AS answered,"
        " (SELECT rating FROM verdict WHERE case_id = c.id AND state = 'confirmed'"
        "   ORDER BY id DESC LIMIT 1) AS rating,"
        " (SELECT group_concat(name, ' ') FROM tag WHERE case_id = c.id) AS tags"
        ' FROM "case" c LEFT JOIN person p ON p.id = c.assignee_id'
        f" WHERE c.merged_into IS NULL AND {VISIBLE}"
        " AND (? IS NULL OR c.status = ?) AND (? IS NULL OR c.assignee_id = ?)"
        " AND (? = '' OR EXISTS (SELECT 1 FROM tag t WHERE t.case_id = c.id AND t.name = ?))"
        " AND (? = 0 OR c.status <> 'concluded')"
        " ORDER BY c.id DESC LIMIT ? OFFSET ?",
        (
            *eyes(person),
            *(wanted.status, wanted.status, wanted.assignee_id, wanted.assignee_id),
            *(wanted.tag, wanted.tag, wanted.unfinished, limit, offset),
        ),
    )
    return [_line(row) for row in rows]


def _line(row: Row) -> CaseLine:
    return CaseLine(
        id=row["id"],
        opened_at=moment(row["opened_at"]),
        exhibits=row["exhibits"],
        title=row["claim"] or row["filename"] or "",
        answered=row["answered"],
        rating=Rating(row["rating"]) if row["rating"] else None,
        status=Status(row["status"]),
        priority=Priority(row["priority"]),
        assignee=row["assignee"] or "",
        due_at=moment(row["due_at"]) if row["due_at"] else None,
        tags=tuple((row["tags"] or "").split()),
        confidential=bool(row["confidential"]),
    )


def add_claim(
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
) -> Claim | None:
    """Add a claim, or a new version of the one that `revises` names.

    said: its date and place; without them those of the version before, if the words are the
    same; else they wait to be read (`unread`).
    None when the key was used before, or when `revises` is no claim of this case.
    """
    root, version = None, 1
    if revises is not None:
        former = store.row("SELECT * FROM claim WHERE id = ? AND case_id = ?", (revises, case_id))
        if former is None:
            return None
        root = former["root_id"] or former["id"]
        version = _last_version(store, root) + 1
        exhibit_id, submission_id = former["exhibit_id"], former["submission_id"]
        claimant = claimant or former["claimant"]
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
        recorded_by=person.id,
        recorded_at=stamp(now()),
        key=key or None,
    )
    if number is None:
        return None
    words.index(store, "claim", number, case_id, text, now())
    return claim(store, number)


@dataclass(frozen=True)
class Said:
    """When and where a claim is to be, in the words of `Claim`; and whether a person said so."""

    claimed_at: str = ""
    spot: Spot = Spot()  # noqa: RUF009 - a frozen record
    date_stated: bool = False
    place_stated: bool = False


def _said(row: Row) -> Said | None:
    if row["claimed_at"] is None:
        return None
    return Said(
        row["claimed_at"],
        Spot(name=row["place"], latitude=row["latitude"], longitude=row["longitude"]),
        bool(row["date_stated"]),
        bool(row["place_stated"]),
    )


def said(claim: Claim) -> Said:
    """The date and place of a claim."""
    spot = Spot(name=claim.place, latitude=claim.latitude, longitude=claim.longitude)
    return Said(claim.claimed_at, spot, claim.date_stated, claim.place_stated)


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
    }


def unread(store: Store, case_id: int) -> tuple[Claim, ...]:
    """The claims of a case whose words nobody has read for a date and a place."""
    rows = store.rows(_CLAIM + "c.case_id = ? AND c.claimed_at IS NULL", (case_id,))
    return tuple(_claim(row) for row in rows)


def keep_reading(store: Store, claim_id: int, said: Said) -> None:
    """Keep what was read from the words of a claim."""
    store.change(
        "UPDATE claim SET claimed_at = ?, place = ?, latitude = ?, longitude = ?"
        " WHERE id = ? AND claimed_at IS NULL",
        (said.claimed_at, said.spot.name, said.spot.latitude, said.spot.longitude, claim_id),
    )


def _last_version(store: Store, root: int) -> int:
    row = store.row("SELECT max(version) FROM claim WHERE id = ?1 OR root_id = ?1", (root,))
    return int(row[0]) if row else 0


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


def claim_of_submission(store: Store, submission_id: int) -> Claim | None:
    """The latest version of the claim that a caption made."""
    row = store.row(_CLAIM + "c.submission_id = ? ORDER BY c.id DESC", (submission_id,))
    return _claim(row) if row else None


def claim_with_key(store: Store, key: str) -> Claim | None:
    """The claim that was added under this key."""
    row = store.row(_CLAIM + "c.key = ?", (key,))
    return _claim(row) if row else None


def claims(store: Store, case_id: int) -> tuple[Claim, ...]:
    """The claims of a case, each in its latest version, in the order they were first made."""
    latest = (
        "c.case_id = ? AND NOT EXISTS (SELECT 1 FROM claim n"
        " WHERE n.root_id = coalesce(c.root_id, c.id) AND n.version > c.version)"
        " ORDER BY coalesce(c.root_id, c.id)"
    )
    rows = store.rows(_CLAIM + latest, (case_id,))
    return tuple(_claim(row) for row in rows)


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
    )


_NOTE = "SELECT n.*, p.name AS person_name FROM note n JOIN person p ON p.id = n.person_id WHERE "


def add_note(store: Store, person: Person, case_id: int, text: str, key: str) -> Note | None:
    """Add a note. None when the key was used before."""
    at = now()
    number = store.insert_once(
        "note", case_id=case_id, text=text, person_id=person.id, at=stamp(at), key=key or None
    )
    if number is None:
        return None
    words.index(store, "note", number, case_id, text, at)
    return Note(id=number, case_id=case_id, text=text, by=person.name, at=at)


def note(store: Store, note_id: int) -> Note | None:
    """One note, also one that was taken back."""
    row = store.row(_NOTE + "n.id = ?", (note_id,))
    return _note(row) if row else None


def note_with_key(store: Store, key: str) -> Note | None:
    """The note that was added under this key."""
    row = store.row(_NOTE + "n.key = ?", (key,))
    return _note(row) if row else None


def notes(store: Store, case_id: int) -> tuple[Note, ...]:
    """The notes of a case that nobody took back, oldest first."""
    rows = store.rows(_NOTE + "n.case_id = ? AND withdrawn_at IS NULL ORDER BY n.id", (case_id,))
    return tuple(_note(row) for row in rows)


def withdraw_note(store: Store, person_id: int, note_id: int) -> bool:
    """Take one's own note back. False when it is not one's own, or was taken back before."""
    changed = store.change(
        "UPDATE note SET withdrawn_at = ? WHERE id = ? AND person_id = ? AND withdrawn_at IS NULL",
        (stamp(now()), note_id, person_id),
    )
    if changed:
        words.forget(store, "note", note_id)
    return bool(changed)


def _note(row: Row) -> Note:
    return Note(
        id=row["id"],
        case_id=row["case_id"],
        text=row["text"],
        by=row["person_name"],
        at=moment(row["at"]),
    )


def add_answer(
    store: Store,
    person: Person,
    case_id: int,
    item: str,
    reply: Reply,
    text: str,
    examination_id: int | None,
) -> Answer:
    """Answer a checklist item; former answers stay in the record."""
    at = now()
    store.insert(
        "answer",
        case_id=case_id,
        item=item,
        reply=reply,
        text=text,
        person_id=person.id,
        at=stamp(at),
        examination_id=examination_id,
    )
    return Answer(
        item=item, reply=reply, text=text, by=person.name, at=at, examination_id=examination_id
    )


def answers(store: Store, case_id: int) -> tuple[Answer, ...]:
    """All answers given on a case, oldest first."""
    rows = store.rows(
        "SELECT a.*, p.name AS person_name FROM answer a JOIN person p ON p.id = a.person_id"
        " WHERE case_id = ? ORDER BY a.id",
        (case_id,),
    )
    return tuple(
        Answer(
            item=row["item"],
            reply=Reply(row["reply"]),
            text=row["text"],
            by=row["person_name"],
            at=moment(row["at"]),
            examination_id=row["examination_id"],
        )
        for row in rows
    )


def add_verdict(
    store: Store,
    person: Person,
    case_id: int,
    exhibit_id: int,
    rating: Rating,
    reason: str,
    claim_id: int | None,
    examination_id: int | None,
    state: VerdictState,
    key: str,
) -> int | None:
    """Record a verdict; former ones stay. None when the key was used before."""
    return store.insert_once(
        "verdict",
        case_id=case_id,
        exhibit_id=exhibit_id,
        claim_id=claim_id,
        rating=rating,
        reason=reason,
        person_id=person.id,
        at=stamp(now()),
        examination_id=examination_id,
        state=state,
        key=key or None,
    )


def decide(store: Store, person_id: int, verdict_id: int, state: VerdictState, remark: str) -> bool:
    """Confirm or return a verdict of somebody else's. False when that was done before."""
    return bool(
        store.change(
            "UPDATE verdict SET state = ?, decided_by = ?, decided_at = ?, remark = ?"
            " WHERE id = ? AND state = 'proposed' AND person_id <> ?",
            (state, person_id, stamp(now()), remark, verdict_id, person_id),
        )
    )


_VERDICT = (
    "SELECT v.*, p.name AS person_name, coalesce(d.name, '') AS decider_name FROM verdict v"
    " JOIN person p ON p.id = v.person_id LEFT JOIN person d ON d.id = v.decided_by WHERE "
)


def verdicts(store: Store, case_id: int) -> tuple[Verdict, ...]:
    """All verdicts on a case, latest first."""
    rows = store.rows(_VERDICT + "v.case_id = ? ORDER BY v.id DESC", (case_id,))
    return tuple(_verdict(store, row) for row in rows)


def verdict(store: Store, verdict_id: int) -> Verdict | None:
    """One verdict."""
    row = store.row(_VERDICT + "v.id = ?", (verdict_id,))
    return _verdict(store, row) if row else None


def verdict_with_key(store: Store, key: str) -> Verdict | None:
    """The verdict that was added under this key."""
    row = store.row(_VERDICT + "v.key = ?", (key,))
    return _verdict(store, row) if row else None


def concluded_about(store: Store, person: Person, exhibit_id: int) -> tuple[Verdict, ...]:
    """Confirmed verdicts about an exhibit in concluded cases that this person may see, latest
    first. Where a case was reopened, its verdict is in doubt and is left out."""
    rows = store.rows(
        _VERDICT + "v.exhibit_id = ? AND v.state = 'confirmed' AND EXISTS (SELECT 1 FROM"
        f""" "case" c WHERE c.id = v.case_id AND c.status = 'concluded' AND {VISIBLE})"""
        " ORDER BY v.id DESC",
        (exhibit_id, *eyes(person)),
    )
    return tuple(_verdict(store, row) for row in rows)


def _verdict(store: Store, row: Row) -> Verdict:
    return Verdict(
        id=row["id"],
        case_id=row["case_id"],
        exhibit_id=row["exhibit_id"],
        rating=Rating(row["rating"]),
        reason=row["reason"],
        by=row["person_name"],
        at=moment(row["at"]),
        claim=claim(store, row["claim_id"]) if row["claim_id"] else None,
        state=VerdictState(row["state"]),
        decided_by=row["decider_name"],
        decided_at=moment(row["decided_at"]) if row["decided_at"] else None,
        remark=row["remark"],
    )
