"""What a desk that was killed has lost or left behind: its tables against the chat's."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verify.store.folder.home import Home
from verify.store.keeping.audit import audit

_KEPT = (
    "desk.db",
    "desk.lock",
    "desk.pid",
    "localchat.db",
    "localchat",
    "vault",
    "local-features-",
)


@dataclass
class Wrong:
    """What must be empty at the end."""

    lost: list[str] = field(default_factory=list)  # the page took it, the desk does not have it
    doubled: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    custody: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)  # lost, half done or half written


def reading(database: Path) -> sqlite3.Connection:
    """A database opened for reading beside whoever writes it."""
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)


def compare(home: Path, acknowledged: list[str], wrong: Wrong, counts: Counter[str]) -> None:
    """Set the chat's tables against the desk's. acknowledged: words that the page took."""
    chat, desk = reading(home / "localchat.db"), reading(home / "desk.db")
    bodies = chat.execute("SELECT id, from_bot, body FROM message").fetchall()
    own = {number: json.loads(body) for number, bot, body in bodies if not bot}
    answers = [json.loads(body) | {"id": number} for number, bot, body in bodies if bot]
    words = Counter(str(body.get("text") or body.get("caption")) for body in own.values())
    wrong.lost += [one for one in acknowledged if not words[one]]
    files = {number for number, body in own.items() if "photo" in body or "document" in body}
    stored = Counter(row[0] for row in desk.execute("SELECT message_id FROM submission"))
    notes = Counter(row[0] for row in desk.execute("SELECT text FROM note"))
    sent_notes = {body["text"] for body in own.values() if "text" in body}
    wrong.lost += [f"file {number}" for number in files - stored.keys()]
    wrong.lost += list(sent_notes - notes.keys())
    counted = [*stored.items(), *notes.items()]
    wrong.doubled += [str(name) for name, count in counted if count > 1]
    wrong.unanswered += _unanswered(chat, desk, own, files, answers)
    counts["messages in the end"] = len(own)
    counts["submissions in the end"] = len(stored)
    counts["notes in the end"] = len(notes)
    counts["answers in the end"] = len(answers)


def _unanswered(
    chat: sqlite3.Connection,
    desk: sqlite3.Connection,
    own: dict[int, dict[str, Any]],
    files: set[int],
    answers: list[dict[str, Any]],
) -> list[str]:
    updates = chat.execute("SELECT seq FROM sqlite_sequence WHERE name = 'update_queue'")
    (given,) = updates.fetchone() or (0,)  # none was ever given
    done = {row[0] for row in desk.execute("SELECT update_id FROM inbox WHERE done_at > ''")}
    found = [f"update {n}" for n in range(1, given + 1) if n not in done]
    told = Counter(str(one.get("text")) for one in answers)
    noted = sum(count for text, count in told.items() if text.startswith("Noted in case"))
    if noted < (texts := sum("text" in body for body in own.values())):
        found.append(f"{texts - noted} notes")
    placed = {row[0] for row in desk.execute("SELECT case_id FROM bot_message")}
    cases = desk.execute("SELECT message_id, case_id FROM submission").fetchall()
    found += [f"file {number}" for number, case in cases if number in files and case not in placed]
    waiting = chat.execute("SELECT count(*) FROM callback WHERE NOT answered").fetchone()[0]
    return found + [f"{waiting} presses"] * bool(waiting)


def strays(folder: Path, temporary: Path, wrong: Wrong, counts: Counter[str]) -> None:
    """Look for files that nothing in the tables speaks of, and audit the custody.

    folder: the home. temporary: where nothing at all may be left.
    """
    home = Home(folder, reading=True)
    found = audit(home)
    if not found.whole:
        wrong.custody.append(str(found))
    counts["custody events in the end"] = found.events
    kept = {row[0] for row in home.store.rows("SELECT sha256 FROM exhibit")}
    home.close()
    chat = reading(folder / "localchat.db")
    named = {row[0] for row in chat.execute("SELECT unique_id FROM file")}
    for path in (path for path in folder.rglob("*") if path.is_file()):
        place = path.relative_to(folder)
        known = {"vault": path.name in kept, "localchat": path.name in named}
        if not known.get(place.parts[0], place.name.startswith(_KEPT)):
            wrong.strays.append(str(place))
    wrong.strays += [str(path) for path in temporary.iterdir()]
