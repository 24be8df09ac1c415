"""Full text over notes, captions, claims and sources, folded so that Arabic is found."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from verify.records import Hit
from verify.store.store import Store, moment, stamp

# Spellings that writers use for one another. Source: the normalisation step of light stemming
# for Arabic retrieval (Larkey, Ballesteros and Connell, SIGIR 2002), with hamza carriers added.
_ALIKE = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ء": None,
        "ـ": None,
    }
)


def fold(text: str) -> str:
    """A text as it is compared: case, diacritics, tatweel and letters written alike folded."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in parts if not unicodedata.combining(c))


def index(store: Store, kind: str, reference: int, case_id: int, text: str, at: datetime) -> None:
    """Make a text findable, replacing what stood for the same kind and reference."""
    forget(store, kind, reference)
    if text:
        store.insert(
            "words",
            folded=fold(text),
            text=text,
            kind=kind,
            reference=reference,
            case_id=case_id,
            at=stamp(at),
        )


def forget(store: Store, kind: str, reference: int) -> None:
    """Make a text no longer findable."""
    store.change("DELETE FROM words WHERE kind = ? AND reference = ?", (kind, reference))


def search(store: Store, words: str, limit: int) -> list[Hit]:
    """Texts in which every word stands, best first. Each word is taken literally."""
    quoted = [f'"{word}"' for word in fold(words).replace('"', " ").split() if _sayable(word)]
    if not quoted:
        return []
    rows = store.rows(
        "SELECT kind, case_id, text, at FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?",
        (" ".join(quoted), limit),
    )
    return [
        Hit(kind=row["kind"], case_id=row["case_id"], text=row["text"], at=moment(row["at"]))
        for row in rows
    ]


def _sayable(word: str) -> bool:
    # a word of signs alone has no token, and FTS5 then finds nothing at all
    return re.search(r"\w", word) is not None
