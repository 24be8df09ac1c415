"""The local chat's database: made and changed by migrations; every earlier form of it opens."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from verify.errors import Unavailable
from verify.store import localchat
from verify.store.localchat import ChatStore

FILES = sorted(path.stem for path in (Path(localchat.__file__).parent / "migrations").glob("*.sql"))

# What the program wrote before it had migrations here: the only form that there was.
FIRST = """
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
PRAGMA user_version = 1;
INSERT INTO person (name, language) VALUES ('Noor', 'ar');
INSERT INTO message (chat_id, from_bot, body, revision) VALUES (1001, 1, '{"text": "Hello"}', 1);
INSERT INTO message (chat_id, from_bot, body, revision) VALUES (1001, 0, '{"text": "Hi"}', 2);
INSERT INTO update_queue (body) VALUES ('{"message": {"message_id": 2, "text": "Hi"}}');
"""


def tables(home: Path) -> list[tuple[str, str]]:
    """The names of tables and of their columns, in order."""
    with closing(sqlite3.connect(home / "localchat.db")) as database:
        return database.execute(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c"
            " WHERE t.type = 'table' ORDER BY t.name, c.name"
        ).fetchall()


def applied(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "localchat.db")) as database:
        rows = database.execute("SELECT name FROM _sqlite_migrations ORDER BY rowid")
        return [name for (name,) in rows]


@pytest.fixture
def first(home: Path) -> Path:
    """A home whose chat was last served by the first version."""
    home.mkdir()
    with closing(sqlite3.connect(home / "localchat.db")) as database:
        database.executescript(FIRST)
    return home


def test_a_chat_of_the_first_version_opens_with_all_that_it_held(first: Path) -> None:
    for _ in range(2):
        store = ChatStore(first)
        assert [one.body["text"] for one in store.messages(1001, 99, 9)] == ["Hello", "Hi"]
        assert [one["update_id"] for one in store.updates.since(0, 9)] == [1]
        assert store.people() == [(1001, "Noor", "ar")]
        store.close()
        assert applied(first) == FILES
    store = ChatStore(first)
    assert store.add_person("Omar", "en") == 1002
    assert store.updates.add_callback(1001, 1) == 10_000_001
    store.close()


def test_it_is_in_the_form_of_a_new_one(first: Path, tmp_path: Path) -> None:
    ChatStore(first).close()
    ChatStore(tmp_path / "new").close()
    assert tables(first) == tables(tmp_path / "new")
    assert applied(tmp_path / "new") == FILES


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('localchat', 'm999_later', '')",
            "A later version",
        ),
        ("", "damaged"),
    ],
)
def test_one_of_a_later_version_or_a_damaged_one_is_left_alone(
    home: Path, spoil: str, sentence: str
) -> None:
    ChatStore(home).close()
    if spoil:
        with closing(sqlite3.connect(home / "localchat.db")) as database, database:
            database.execute(spoil)
    else:
        (home / "localchat.db").write_bytes(b"no database" * 500)
    before = (home / "localchat.db").read_bytes()
    with pytest.raises(Unavailable, match=sentence):
        ChatStore(home)
    assert (home / "localchat.db").read_bytes() == before


def test_no_two_of_its_migrations_share_a_number() -> None:
    assert [int(name[1:4]) for name in FILES] == [*range(1, len(FILES) + 1)]
