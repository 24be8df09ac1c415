"""Full text over what people wrote and what was found, folded so that Arabic is found."""

from __future__ import annotations

import re
from datetime import datetime

from verify.errors import BadInput
from verify.folding import fold
from verify.records import Hit, Person, say
from verify.store.store import Store, moment, stamp
from verify.store.visibility import VISIBLE, eyes

_MOST_WEIGHED = 1000
_WORDS_BEFORE = 5


def index(
    store: Store, kind: str, reference: int, case_id: int, texts: str | list[str], at: datetime
) -> None:
    """Make texts findable, replacing what stood for the same kind and reference."""
    forget(store, kind, reference)
    for text in [texts] if isinstance(texts, str) else texts:
        if text:
            number = store.insert("findable", kind=kind, reference=reference)
            store.insert(
                "words",
                rowid=number,
                folded=fold(text),
                text=text,
                kind=kind,
                reference=reference,
                case_id=case_id,
                at=stamp(at),
            )


def forget(store: Store, kind: str, reference: int) -> None:
    """Make texts no longer findable."""
    which = (kind, reference)
    store.change(
        "DELETE FROM words WHERE rowid IN"
        " (SELECT id FROM findable WHERE kind = ? AND reference = ?)",
        which,
    )
    store.change("DELETE FROM findable WHERE kind = ? AND reference = ?", which)


def search(store: Store, person: Person, text: str, limit: int) -> list[Hit]:
    """Texts in which every word stands, in cases that this person may see.

    Best first; latest first where more than a thousand texts have all the words, or none is given.

    Each word is taken literally, a quoted phrase word by word. `from:` (who recorded or
    posted), `tag:`, `verdict:`, `platform:`, `before:` and `after:` (YYYY-MM-DD) narrow it.
    Raises BadInput for a date that is none.
    """
    quoted, conditions, values = _parse(text)
    if not quoted and not conditions:
        return []
    wanted = [" ".join(quoted)] if quoted else []
    matched = "words MATCH ? AND" if quoted else ""
    order = "rank" if quoted and not _common(store, wanted[0]) else "words.rowid DESC"
    rows = store.rows(
        "SELECT kind, case_id, text, at FROM words WHERE "
        f'{matched} case_id IN (SELECT c.id FROM "case" c WHERE {VISIBLE}'
        f"{''.join(conditions)}) ORDER BY {order} LIMIT ?",
        (*wanted, *eyes(person), *values, limit),
    )
    return [
        Hit(
            kind=row["kind"],
            case_id=row["case_id"],
            text=_around(row["text"], quoted) if row["kind"] == "text" else row["text"],
            at=moment(row["at"]),
        )
        for row in rows
    ]


def _around(text: str, quoted: list[str]) -> str:
    """A text in a picture from where a word of the search stands in it, a few words before."""
    wanted = [part for one in quoted for part in re.findall(r"\w+", one)]
    parts = text.split()
    stands = (n for n, part in enumerate(parts) if any(one in fold(part) for one in wanted))
    start = next(stands, 0) - _WORDS_BEFORE
    return "… " + " ".join(parts[start:]) if start > 0 else text


def _common(store: Store, wanted: str) -> bool:
    """Whether so many texts match that weighing each of them would keep the reader waiting."""
    row = store.row(
        "SELECT rowid FROM words WHERE words MATCH ? LIMIT 1 OFFSET ?", (wanted, _MOST_WEIGHED)
    )
    return row is not None


_NARROWING = {
    "tag": " AND EXISTS (SELECT 1 FROM tag t WHERE t.case_id = c.id AND t.name = ?)",
    "verdict": " AND EXISTS (SELECT 1 FROM verdict v WHERE v.case_id = c.id AND v.rating = ?)",
    "platform": " AND EXISTS (SELECT 1 FROM sighting g WHERE g.case_id = c.id AND g.platform = ?)",
    "before": " AND c.opened_at < ?",
    "after": " AND c.opened_at >= ?",
    "from": (
        " AND c.id IN (SELECT g.case_id FROM sighting g LEFT JOIN source o ON o.id = g.source_id"
        " JOIN submission s ON s.id = g.submission_id JOIN person p ON p.id = s.person_id"
        " WHERE instr(lower(coalesce(o.name, '') || ' ' || p.name), ?))"
    ),
}


def _parse(text: str) -> tuple[list[str], list[str], list[str]]:
    """The words for FTS5, and the conditions on cases with their values."""
    quoted, conditions, values = [], [], []
    for name, phrase, word in re.findall(r'(?:([a-z]+):)?(?:"([^"]*)"|([^\s"]+))', text, re.I):
        wanted = phrase or word
        if name.lower() in _NARROWING:
            conditions.append(_NARROWING[name.lower()])
            values.append(_narrowed(name.lower(), wanted))
            continue
        folded = fold(f"{name}:{wanted}" if name else wanted)
        if _sayable(folded):
            # folding makes a wide quotation mark a narrow one, and SQLite's text ends at a NUL
            literal = folded.replace('"', '""').replace("\0", " ")
            quoted.append(f'"{literal}"')
    return quoted, conditions, values


def _narrowed(name: str, wanted: str) -> str:
    if name in ("before", "after"):
        try:
            return datetime.strptime(wanted, "%Y-%m-%d").strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        except ValueError as error:
            raise BadInput(say("Write dates as in {example}.", example="before:2014-06-12")) from (
                error
            )
    return wanted.lower().lstrip("#") if name == "tag" else wanted.lower()


def _sayable(word: str) -> bool:
    # a word of signs alone has no token, and FTS5 then finds nothing at all
    return re.search(r"\w", word) is not None
