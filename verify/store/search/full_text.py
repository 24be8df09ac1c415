"""Full text over what people wrote and what was found, folded and with the stems of its words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from verify.errors import BadInput
from verify.folding import fold
from verify.records import Hit, Person, say
from verify.store.casework import cases
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, moment, stamp
from verify.store.search.stems import bare, findable, stems_of, with_emoji

_FOLDED_BY = 1  # the version of `stems.findable`; what another one folded is folded again
_MOST_WEIGHED = 1000
_WORDS_BEFORE = 5
_MERGED_PAGES = 200  # at once
_TIMED = re.compile(r"((?:\d+:)+\d\d: )?", re.ASCII)
_TEXTS_A_CASE = 4  # that are looked at first


@dataclass(frozen=True)
class Texts:
    """All texts of a kind that a reference has; empty ones are not found. at: when."""

    kind: str
    reference: int
    case_id: int
    texts: tuple[str, ...]
    at: datetime


def index(store: Store, kind: str, reference: int, case_id: int, text: str, at: datetime) -> None:
    """Make a text findable, replacing what stood for the same kind and reference."""
    index_all(store, [Texts(kind, reference, case_id, (text,), at)])


def index_all(store: Store, every: Collection[Texts]) -> None:
    """Make many texts findable, replacing what stood for the same kinds and references.

    What stands there already stays as it is, for full text is slow to change. Inside a
    transaction.
    """
    wanted = Counter(
        (one.kind, one.reference, one.case_id, stamp(one.at), text)
        for one in every
        for text in one.texts
        if text
    )
    gone = []
    for row in _standing(store, every):
        if wanted[stands := tuple(row)[1:]] > 0:
            wanted[stands] -= 1
        else:
            gone.append(row["id"])
    _forget(store, gone)
    [last] = store.rows("SELECT coalesce(max(id), 0) AS id FROM findable")
    fresh = [*enumerate(wanted.elements(), last["id"] + 1)]
    store.insert_all(
        "findable",
        [
            {"id": number, "kind": kind, "reference": reference, "folded_by": _FOLDED_BY}
            for number, (kind, reference, *_) in fresh
        ],
    )
    store.insert_all(
        "words",
        [
            {
                "rowid": number,
                "folded": findable(text),
                "text": text,
                "kind": kind,
                "reference": reference,
                "case_id": case_id,
                "at": at,
            }
            for number, (kind, reference, case_id, at, text) in fresh
        ],
    )


def _standing(store: Store, every: Collection[Texts]) -> list[Row]:
    """What stands for kinds and references now: number, kind, reference, case, moment, text."""
    return store.rows(
        "SELECT f.id, f.kind, f.reference, w.case_id, w.at, w.text FROM json_each(?) j"
        " CROSS JOIN findable f ON f.kind = json_extract(j.value, '$[0]')"
        " AND f.reference = json_extract(j.value, '$[1]')"
        " CROSS JOIN words w ON w.rowid = f.id",
        (json.dumps(sorted({(one.kind, one.reference) for one in every})),),
    )


def renew(store: Store, most: int) -> int:
    """Fold again some texts that an older folding made findable; gives how many."""
    with store.transaction():
        rows = store.rows(
            "SELECT f.id, w.text FROM findable f JOIN words w ON w.rowid = f.id"
            " WHERE f.folded_by < ? LIMIT ?",
            (_FOLDED_BY, most),
        )
        for row in rows:
            store.change(
                "UPDATE words SET folded = ? WHERE rowid = ?", (findable(row["text"]), row["id"])
            )
            store.change("UPDATE findable SET folded_by = ? WHERE id = ?", (_FOLDED_BY, row["id"]))
    return len(rows)


def forget(store: Store, kind: str, reference: int) -> None:
    """Make texts no longer findable."""
    rows = store.rows("SELECT id FROM findable WHERE kind = ? AND reference = ?", (kind, reference))
    _forget(store, [row["id"] for row in rows])


def _forget(store: Store, numbers: list[int]) -> None:
    if numbers:
        store.change(f"DELETE FROM words WHERE rowid IN {LISTED}", (listed(numbers),))
        store.change(f"DELETE FROM findable WHERE id IN {LISTED}", (listed(numbers),))


def drop_forgotten(store: Store) -> None:
    """Leave no word in the full text that is no longer findable, a little at a time.

    Raises Unavailable. Source: sqlite.org/fts5.html, section 6.8: what `optimize` does at once.
    """
    pages = -_MERGED_PAGES
    while True:
        with store.transaction():
            before = _changes(store)
            store.change("INSERT INTO words (words, rank) VALUES ('merge', ?)", (pages,))
            if _changes(store) - before < 2 and pages > 0:
                return
        pages = _MERGED_PAGES


def _changes(store: Store) -> int:
    return int(store.rows("SELECT total_changes()")[0][0])


_OF_A_SIGHTING = ("caption", "source", "link", "finding", "text")


def move(store: Store, owner: str, whose: str, values: tuple[int | str, ...], into: int) -> None:
    """Say that texts stand in another case now.

    owner: note, claim or sighting, to whose ids they refer; whose: the table and condition.
    """
    # by what they refer to: full text has no index but that of words
    for kind in _OF_A_SIGHTING if owner == "sighting" else (owner,):
        store.change(
            "UPDATE words SET case_id = ? WHERE rowid IN (SELECT f.id FROM findable f WHERE"
            f" f.kind = ? AND f.reference IN (SELECT id FROM {whose}))",
            (into, kind, *values),
        )


def search(store: Store, person: Person, text: str, limit: int) -> list[tuple[Hit, int]]:
    """Cases in which every word stands in one text, and that this person may see: each once, with
    its best text and what that refers to, a sighting for one of `_OF_A_SIGHTING`. Where `verdict:`
    is given without a word, the text is the verdict's reason; where all else that narrows is, it
    is the case's tags. `*` is any verdict.

    Best first; latest first where more than a thousand texts have all the words, or none is given.

    A word is found in its other forms too, a quoted phrase word by word. `from:` (who recorded,
    posted or claimed it, also `@name`), `tag:`, `verdict:`, `service:`, `before:` and `after:`
    (YYYY-MM-DD) narrow it.
    Raises BadInput for a date that is none.
    """
    asked, conditions, values, rating = _parse(text)
    if not asked and not conditions:
        return []
    seen = f'(SELECT c.id FROM "case" c WHERE c.id > 0 AND {VISIBLE}{"".join(conditions)})'
    if not asked and not rating:
        rows = store.rows(
            "SELECT 'case' AS kind, c.id AS reference, c.id AS case_id, c.opened_at AS at,"
            " coalesce((SELECT group_concat('#' || name, ' ') FROM tag WHERE case_id = c.id), '')"
            f' AS text FROM "case" c WHERE c.id IN {seen} ORDER BY c.id DESC LIMIT ?',
            (*eyes(person), *values, limit),
        )
        return _hits(store, rows, asked)
    if not asked:
        rows = store.rows(
            "SELECT 'verdict' AS kind, id AS reference, case_id, reason AS text, max(at) AS at"
            " FROM verdict"
            f" WHERE ? IN (rating, '*') AND case_id IN {seen}"
            " GROUP BY case_id ORDER BY at DESC LIMIT ?",
            (rating, *eyes(person), *values, limit),
        )
        return _hits(store, rows, asked)
    wanted = " AND ".join(map(_match, asked))
    order = "words.rowid DESC" if _common(store, wanted) else "rank"
    first: dict[int, Row] = {}
    offset, step = 0, _TEXTS_A_CASE * limit
    while len(first) < limit:
        rows = store.rows(
            f"SELECT kind, reference, case_id, text, at FROM words WHERE words MATCH ?"
            f" AND case_id IN {seen} ORDER BY {order} LIMIT ? OFFSET ?",
            (wanted, *eyes(person), *values, step, offset),
        )
        for row in rows:
            first.setdefault(row["case_id"], row)
        if len(rows) < step:
            break
        offset, step = offset + step, 4 * step
    return _hits(store, [*first.values()][:limit], asked)


def referring(store: Store, kind: str, text: str) -> list[int]:
    """What texts of a kind in which every word stands refer to, best first; words as `search`
    finds them."""
    asked, *_ = _parse(text)
    if not asked:
        return []
    rows = store.rows(
        "SELECT reference FROM words WHERE words MATCH ? AND kind = ? ORDER BY rank",
        (" AND ".join(map(_match, asked)), kind),
    )
    return [int(row["reference"]) for row in rows]


def _hits(store: Store, rows: list[Row], asked: list[tuple[str, ...]]) -> list[tuple[Hit, int]]:
    titles = cases.titles(store, [row["case_id"] for row in rows])
    return [
        (
            Hit(
                kind=row["kind"],
                case_id=row["case_id"],
                text=_around(row["text"], asked) if row["kind"] == "text" else row["text"],
                at=moment(row["at"]),
                title=titles.get(row["case_id"], ""),
            ),
            int(row["reference"]),
        )
        for row in rows
    ]


def _match(asked: tuple[str, ...]) -> str:
    """For FTS5: any of these forms of a word."""
    # folding makes a wide quotation mark a narrow one, and SQLite's text ends at a NUL
    literal = (one.replace('"', '""').replace("\0", " ") for one in asked)
    return "(" + " OR ".join(f'"{one}"' for one in literal) + ")"


def _around(text: str, asked: list[tuple[str, ...]]) -> str:
    """A text in a picture from where a word of the search stands in it, a few words before; behind
    its time, where that is a film's."""
    timed = _TIMED.match(text)
    time = timed[0] if timed else ""
    text = text.removeprefix(time)
    forms = [form for word, *stems in asked for form in (word, *map(bare, stems))]
    wanted = [part for form in forms for part in re.findall(r"\w+", form)]
    parts = text.split()
    stands = (n for n, part in enumerate(parts) if any(one in fold(part) for one in wanted))
    start = next(stands, 0) - _WORDS_BEFORE
    return time + ("… " + " ".join(parts[start:]) if start > 0 else text)


def _common(store: Store, wanted: str) -> bool:
    """Whether so many texts match that weighing each of them would keep the reader waiting."""
    row = store.row(
        "SELECT rowid FROM words WHERE words MATCH ? LIMIT 1 OFFSET ?", (wanted, _MOST_WEIGHED)
    )
    return row is not None


_NARROWING = {
    "tag": " AND EXISTS (SELECT 1 FROM tag t WHERE t.case_id = c.id AND t.name = ?)",
    "verdict": (
        " AND EXISTS (SELECT 1 FROM verdict v WHERE v.case_id = c.id AND ? IN (v.rating, '*'))"
    ),
    "service": " AND EXISTS (SELECT 1 FROM sighting g WHERE g.case_id = c.id AND g.service = ?)",
    "before": " AND c.opened_at < ?",
    "after": " AND c.opened_at >= ?",
    "from": (
        " AND c.id IN (SELECT g.case_id FROM sighting g"
        " JOIN submission s ON s.id = g.submission_id"
        " WHERE g.source_id IN (SELECT id FROM source WHERE instr(folded(name), ?))"
        " OR s.person_id IN (SELECT id FROM person WHERE instr(folded(name), ?))"
        " UNION SELECT case_id FROM words WHERE words MATCH ? AND kind = 'source'"
        " UNION SELECT case_id FROM claim WHERE instr(folded(claimant), ?)"
        " OR instr(folded(coalesce(json_extract(nullif(origin, ''), '$.name'), '')), ?)"
        " OR instr(folded(coalesce(json_extract(nullif(origin, ''), '$.username'), '')), ?))"
    ),
}
_NARROWING["platform"] = _NARROWING["service"]  # its name in earlier versions


def _parse(text: str) -> tuple[list[tuple[str, ...]], list[str], list[str], str]:
    """Each word with its stems, the conditions on cases with their values, and a verdict."""
    asked, conditions, values, rating = [], [], [], ""
    for name, phrase, word in re.findall(r'(?:([a-z]+):)?(?:"([^"]*)"|([^\s"]+))', text, re.I):
        wanted = phrase or word
        if name.lower() in _NARROWING:
            conditions.append(_NARROWING[name.lower()])
            narrowed = _narrowed(name.lower(), wanted)
            values += narrowed
            if name.lower() == "verdict":
                (rating,) = narrowed
            continue
        written = f"{name}:{wanted}" if name else wanted
        folded = with_emoji(fold(written))
        if _sayable(folded):
            asked.append((folded, *(() if phrase else stems_of(written.lower()))))
    return asked, conditions, values, rating


def _narrowed(name: str, wanted: str) -> list[str]:
    folded = fold(wanted).strip()
    if name in ("before", "after"):
        try:
            return [datetime.strptime(folded, "%Y-%m-%d").strftime("%Y-%m-%dT%H:%M:%S.%fZ")]
        except ValueError as error:
            raise BadInput(say("Write dates as in {example}.", example="before:2014-06-12")) from (
                error
            )
    if name == "from":
        folded = folded.removeprefix("@")
        return [folded] * 2 + [_match((folded if _sayable(folded) else "-",))] + [folded] * 3
    return [wanted.casefold().lstrip("#")]


def _sayable(word: str) -> bool:
    # a word of signs alone has no token, and FTS5 then finds nothing at all
    return re.search(r"\w", word) is not None
