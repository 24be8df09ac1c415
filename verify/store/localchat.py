"""What the local chat keeps: messages, files, updates, sessions and every counter.

One SQLite file and one folder in the home, apart from the desk's own store: the chat
stands where Telegram's servers would. Ids come from AUTOINCREMENT rows, which SQLite
never hands out twice, kills and deletions included.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

Json = dict[str, Any]

_SCHEMA = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT 'en');
CREATE TABLE peer (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,
  name TEXT NOT NULL, UNIQUE (kind, name));
CREATE TABLE message (id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL,
  from_bot INTEGER NOT NULL, body TEXT NOT NULL, aside TEXT NOT NULL DEFAULT '{}',
  revision INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0);
CREATE INDEX message_chat ON message (chat_id, id);
CREATE INDEX message_revision ON message (revision);
CREATE TABLE file (id INTEGER PRIMARY KEY AUTOINCREMENT, file_id TEXT NOT NULL UNIQUE,
  unique_id TEXT NOT NULL, path TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  name TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, photo TEXT NOT NULL);
CREATE INDEX file_photo ON file (photo);
CREATE TABLE update_queue (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
CREATE TABLE callback (id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL, pressed_at REAL NOT NULL, answered INTEGER NOT NULL DEFAULT 0);
CREATE TABLE album (id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE commands (scope TEXT NOT NULL, language TEXT NOT NULL, list TEXT NOT NULL,
  PRIMARY KEY (scope, language));
CREATE TABLE session (digest TEXT PRIMARY KEY, opened_at REAL NOT NULL);
INSERT INTO sqlite_sequence (name, seq) VALUES ('person', 1000), ('callback', 10000000);
"""


class StoredMessage(NamedTuple):
    """A message: `body` in the Bot API's form, `aside` what only the page is told."""

    id: int
    chat_id: int
    from_bot: bool
    body: Json
    aside: Json
    revision: int
    deleted: bool


class StoredFile(NamedTuple):
    """A file as sent. kind: `photos`, `documents`, ...; photo: names the sizes of one photo."""

    file_id: str
    unique_id: str
    path: str
    kind: str
    name: str
    media_type: str
    size: int
    width: int
    height: int
    photo: str


_FILE_COLUMNS = ", ".join(StoredFile._fields)


class ChatStore:
    """The local chat's memory. Thread-safe: one connection, one lock; every call commits."""

    def __init__(self, home: Path) -> None:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = home / "localchat"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        for left_over in self._folder.glob("*.part"):
            left_over.unlink(missing_ok=True)
        path = home / "localchat.db"
        path.touch(mode=0o600)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._db.execute(f"PRAGMA {pragma}")
        if self._db.execute("PRAGMA user_version").fetchone()[0] == 0:
            self._db.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version = 1;COMMIT;")
        for companion in home.glob("localchat.db*"):
            companion.chmod(0o600)

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Group several calls into one transaction: all of it stands, or nothing does."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _write(self, sql: str, *values: Any) -> int:
        with self.writing():
            return self._db.execute(sql, values).lastrowid or 0

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    # --- settings and sessions ---

    def setting(self, name: str, default: str) -> str:
        """The value kept under a name; the default is kept when there is none yet."""
        self._write("INSERT OR IGNORE INTO setting VALUES (?, ?)", name, default)
        return str(self._rows("SELECT value FROM setting WHERE name = ?", name)[0][0])

    def set_setting(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._write("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, value)

    def add_session(self, digest: str) -> None:
        """Remember a browser by the digest of its cookie."""
        self._write("INSERT INTO session VALUES (?, ?)", digest, time.time())

    def has_session(self, digest: str, longest_seconds: float) -> bool:
        """Whether a browser with this cookie was let in, and not too long ago."""
        since = time.time() - longest_seconds
        return bool(
            self._rows("SELECT 1 FROM session WHERE digest = ? AND opened_at > ?", digest, since)
        )

    # --- people and places ---

    def person(self, person_id: int) -> tuple[int, str, str] | None:
        """Id, name and language of a person who chats here."""
        rows = self._rows("SELECT id, name, language FROM person WHERE id = ?", person_id)
        return (rows[0][0], rows[0][1], rows[0][2]) if rows else None

    def people(self) -> list[tuple[int, str, str]]:
        """Everyone who chats here, in the order they were added."""
        rows = self._rows("SELECT id, name, language FROM person ORDER BY id")
        return [(row[0], row[1], row[2]) for row in rows]

    def add_person(self, name: str, language: str) -> int:
        """Add somebody who chats here."""
        return self._write("INSERT INTO person (name, language) VALUES (?, ?)", name, language)

    def set_language(self, person_id: int, language: str) -> None:
        """Change the language in which a person is addressed."""
        self._write("UPDATE person SET language = ? WHERE id = ?", language, person_id)

    def peer(self, kind: str, name: str) -> int:
        """The number of a channel, chat or user that messages are forwarded from."""
        self._write("INSERT OR IGNORE INTO peer (kind, name) VALUES (?, ?)", kind, name)
        rows = self._rows("SELECT id FROM peer WHERE kind = ? AND name = ?", kind, name)
        return int(rows[0][0])

    # --- messages ---

    def add_message(self, chat_id: int, from_bot: bool, body: Json, aside: Json) -> int:
        """Add a message and give its id."""
        return self._write(
            "INSERT INTO message (chat_id, from_bot, body, aside, revision) VALUES "
            "(?, ?, ?, ?, (SELECT coalesce(max(revision), 0) + 1 FROM message))",
            chat_id,
            from_bot,
            json.dumps(body, ensure_ascii=False),
            json.dumps(aside, ensure_ascii=False),
        )

    def change_message(self, message_id: int, body: Json, aside: Json) -> None:
        """Replace what a message says."""
        self._write(
            "UPDATE message SET body = ?, aside = ?, "
            "revision = (SELECT max(revision) + 1 FROM message) WHERE id = ?",
            json.dumps(body, ensure_ascii=False),
            json.dumps(aside, ensure_ascii=False),
            message_id,
        )

    def delete_message(self, message_id: int) -> None:
        """Take a message away: the row stays, so that its id does; what it said goes."""
        self._write(
            "UPDATE message SET body = '{}', aside = '{}', deleted = 1, "
            "revision = (SELECT max(revision) + 1 FROM message) WHERE id = ?",
            message_id,
        )

    def message(self, chat_id: int, message_id: int) -> StoredMessage | None:
        """A message of a chat, unless it was deleted or never was."""
        found = self._messages("chat_id = ? AND id = ? AND NOT deleted", chat_id, message_id)
        return found[0] if found else None

    def messages(self, chat_id: int, before: int, limit: int) -> list[StoredMessage]:
        """The last messages before an id, oldest first."""
        where = "chat_id = ? AND id < ? AND NOT deleted ORDER BY id DESC LIMIT ?"
        return self._messages(where, chat_id, before, limit)[::-1]

    def changed_since(self, chat_id: int, revision: int) -> list[StoredMessage]:
        """What was added, edited or deleted since a revision, in that order."""
        where = "chat_id = ? AND revision > ? ORDER BY revision LIMIT 500"
        return self._messages(where, chat_id, revision)

    def revision(self) -> int:
        """The number of the latest change to any message."""
        return int(self._rows("SELECT coalesce(max(revision), 0) FROM message")[0][0])

    def _messages(self, where: str, *values: Any) -> list[StoredMessage]:
        rows = self._rows(
            "SELECT id, chat_id, from_bot, body, aside, revision, deleted "  # noqa: S608
            f"FROM message WHERE {where}",
            *values,
        )
        return [
            StoredMessage(
                row[0],
                row[1],
                bool(row[2]),
                json.loads(row[3]),
                json.loads(row[4]),
                row[5],
                bool(row[6]),
            )
            for row in rows
        ]

    def new_album(self) -> str:
        """A new media_group_id."""
        return str(13_000_000_000_000_000 + self._write("INSERT INTO album DEFAULT VALUES"))

    # --- files ---

    def incoming(self) -> tuple[Path, BinaryIO]:
        """A new file for an upload while it arrives; what is left over is swept away at start."""
        part = self._folder / f"{secrets.token_hex(16)}.part"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        return part, os.fdopen(descriptor, "wb")

    def save_file(
        self,
        content: bytes,
        *,
        kind: str,
        name: str = "",
        media_type: str = "",
        extension: str = "",
        width: int = 0,
        height: int = 0,
        photo: str = "",
    ) -> StoredFile:
        """Keep a file: written, synced and renamed before its row is committed."""
        unique_id = secrets.token_urlsafe(11)
        file_id = secrets.token_urlsafe(36)
        part, file = self.incoming()
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self._folder / unique_id)
        with self.writing():
            number = self._write(
                f"INSERT INTO file ({_FILE_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
                *(file_id, unique_id, unique_id, kind, name, media_type),
                *(len(content), width, height, photo),
            )
            path = f"{kind}/file_{number}{extension}"
            self._write("UPDATE file SET path = ? WHERE id = ?", path, number)
        return StoredFile(
            file_id, unique_id, path, kind, name, media_type, len(content), width, height, photo
        )

    def file(self, file_id: str) -> StoredFile | None:
        """A file by the id that the bot uses."""
        return self._file("file_id = ?", file_id)

    def file_at(self, path: str) -> StoredFile | None:
        """A file by the path that getFile gives."""
        return self._file("path = ?", path)

    def file_shown(self, unique_id: str) -> StoredFile | None:
        """A file by the id that the page uses."""
        return self._file("unique_id = ?", unique_id)

    def photo_sizes(self, photo: str) -> list[StoredFile]:
        """All sizes of one photo, smallest first."""
        sql = f"SELECT {_FILE_COLUMNS} FROM file WHERE photo = ? ORDER BY width * height"  # noqa: S608
        return [StoredFile(*row) for row in self._rows(sql, photo)]

    def content(self, file: StoredFile) -> Path:
        """Where a file's bytes are."""
        return self._folder / file.unique_id

    def _file(self, where: str, value: str) -> StoredFile | None:
        rows = self._rows(f"SELECT {_FILE_COLUMNS} FROM file WHERE {where}", value)  # noqa: S608
        return StoredFile(*rows[0]) if rows else None

    # --- updates and button presses ---

    def add_update(self, kind: str, body: Json) -> int:
        """Queue an update for the bot until the bot confirms it."""
        text = json.dumps({kind: body}, ensure_ascii=False)
        return self._write("INSERT INTO update_queue (body) VALUES (?)", text)

    def updates(self, offset: int, limit: int) -> list[Json]:
        """Unconfirmed updates from an id on, oldest first."""
        rows = self._rows(
            "SELECT id, body FROM update_queue WHERE id >= ? ORDER BY id LIMIT ?", offset, limit
        )
        return [{"update_id": row[0], **json.loads(row[1])} for row in rows]

    def last_update(self) -> int:
        """The highest update id ever given."""
        rows = self._rows("SELECT seq FROM sqlite_sequence WHERE name = 'update_queue'")
        return int(rows[0][0]) if rows else 0

    def pending_updates(self) -> int:
        """How many updates wait for confirmation."""
        return int(self._rows("SELECT count(*) FROM update_queue")[0][0])

    def confirm_updates(self, below: int) -> None:
        """Forget the updates with an id below this one: the bot has them."""
        self._write("DELETE FROM update_queue WHERE id < ?", below)

    def keep_last_updates(self, count: int) -> None:
        """Forget all updates but the last few."""
        self._write(
            "DELETE FROM update_queue WHERE id NOT IN "
            "(SELECT id FROM update_queue ORDER BY id DESC LIMIT ?)",
            count,
        )

    def add_callback(self, chat_id: int, message_id: int) -> int:
        """Note that somebody pressed a button."""
        return self._write(
            "INSERT INTO callback (chat_id, message_id, pressed_at) VALUES (?, ?, ?)",
            chat_id,
            message_id,
            time.time(),
        )

    def answer_callback(self, callback_id: int, longest_seconds: float) -> tuple[int, int] | None:
        """Chat and message of a press that still waits for its answer; it is answered now."""
        with self.writing():
            rows = self._rows(
                "SELECT chat_id, message_id FROM callback "
                "WHERE id = ? AND NOT answered AND pressed_at > ?",
                callback_id,
                time.time() - longest_seconds,
            )
            self._write("UPDATE callback SET answered = 1 WHERE id = ?", callback_id)
        return (rows[0][0], rows[0][1]) if rows else None

    # --- the bot's commands ---

    def set_commands(self, scope: str, language: str, commands: list[Json]) -> None:
        """Keep the bot's command list for a scope and language."""
        text = json.dumps(commands, ensure_ascii=False)
        self._write("INSERT OR REPLACE INTO commands VALUES (?, ?, ?)", scope, language, text)

    def commands(self, scope: str, language: str) -> list[Json] | None:
        """The bot's command list for exactly this scope and language."""
        sql = "SELECT list FROM commands WHERE scope = ? AND language = ?"
        rows = self._rows(sql, scope, language)
        return json.loads(rows[0][0]) if rows else None
