"""What the local chat keeps: messages, people, settings; files and updates beside it.

One SQLite file and one folder in the home, apart from the desk's own store: the chat
stands where Telegram's servers would.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from verify.records import About
from verify.store.database.connection import LISTED, Store, listed
from verify.store.database.refusals import in_a_sentence, require_room
from verify.store.database.schema import LOCALCHAT
from verify.store.localchat.files import ChatFiles
from verify.store.localchat.updates import ChatUpdates

Json = dict[str, Any]
NOTHING = About()
PEER_USERS = 5_000_000_000  # plus the number of a peer: the id of a user
PEER_CHATS = -1_000_000_000_000  # minus it: of a channel or a group


class StoredMessage(NamedTuple):
    """A message: `body` in the Bot API's form, `aside` what only the page is told."""

    id: int
    chat_id: int
    from_bot: bool
    body: Json
    aside: Json
    revision: int
    deleted: bool


class ChatStore:
    """The local chat's memory. Thread-safe; every call commits, or all in a `transaction` do."""

    def __init__(self, home: Path) -> None:
        self._home = home
        with in_a_sentence():
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._db = Store(home / "localchat.db", LOCALCHAT)
            self.files = ChatFiles(self._db, home)
        self.updates = ChatUpdates(self._db)
        self.transaction = self._db.transaction
        self.close = self._db.close
        self.compact = self._db.compact

    def require_room(self, size: int = 0) -> None:
        """Raise DiskRefused where the disk is so full that an answer could not be kept either.

        size: of the file that comes, in bytes.
        """
        require_room(self._home, size)

    # --- settings ---

    def setting(self, name: str, default: str) -> str:
        """The value kept under a name; the default is kept when there is none yet."""
        self._db.insert_once("setting", name=name, value=default)
        return str(self._db.rows("SELECT value FROM setting WHERE name = ?", (name,))[0][0])

    def bot_id(self) -> int:
        """The number of the bot, which its token begins with; 0 where there was never one."""
        rows = self._db.rows("SELECT value FROM setting WHERE name = 'token'")
        return int(str(rows[0][0]).partition(":")[0]) if rows else 0

    def set_setting(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._db.change("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    # --- people and places ---

    def person(self, person_id: int) -> tuple[int, str, str] | None:
        """Id, name and language of a person who chats here."""
        row = self._db.row("SELECT id, name, language FROM person WHERE id = ?", (person_id,))
        return (row[0], row[1], row[2]) if row else None

    def people(self) -> list[tuple[int, str, str]]:
        """Everyone who chats here, in the order they were added."""
        rows = self._db.rows("SELECT id, name, language FROM person ORDER BY id")
        return [(row[0], row[1], row[2]) for row in rows]

    def add_person(self, name: str, language: str) -> int:
        """Add somebody who chats here."""
        return self._db.insert("person", name=name, language=language)

    def set_name(self, person_id: int, name: str) -> None:
        """Change the name of a person who chats here."""
        self._db.change("UPDATE person SET name = ? WHERE id = ?", (name, person_id))

    def set_language(self, person_id: int, language: str) -> None:
        """Change the language in which a person is addressed."""
        self._db.change("UPDATE person SET language = ? WHERE id = ?", (language, person_id))

    def peer(self, kind: str, name: str) -> int:
        """The number of a channel, chat or user that messages are forwarded from."""
        self._db.insert_once("peer", kind=kind, name=name)
        rows = self._db.rows("SELECT id FROM peer WHERE kind = ? AND name = ?", (kind, name))
        return int(rows[0][0])

    def forget_peers(self) -> None:
        """Forget the names of those of whom nothing is forwarded here any more."""
        self._db.change(
            "DELETE FROM peer WHERE NOT EXISTS (SELECT 1 FROM message m WHERE peer.id IN ("
            " json_extract(m.body, '$.forward_origin.sender_user.id') - ?1,"
            " ?2 - json_extract(m.body, '$.forward_origin.sender_chat.id'),"
            " ?2 - json_extract(m.body, '$.forward_origin.chat.id')))",
            (PEER_USERS, PEER_CHATS),
        )

    # --- messages ---

    def add_message(
        self, chat_id: int, from_bot: bool, body: Json, aside: Json, about: About = NOTHING
    ) -> int:
        """Add a message and give its id. about: what it shows or speaks of, as far as is known."""
        with self._db.transaction():
            number = self._db.insert(
                "message",
                chat_id=chat_id,
                from_bot=from_bot,
                body=json.dumps(body, ensure_ascii=False),
                aside=json.dumps(aside, ensure_ascii=False),
                revision=self.revision() + 1,
            )
            self._note(number, body, about)
        return number

    def change_message(
        self, message_id: int, body: Json, aside: Json, about: About = NOTHING
    ) -> None:
        """Replace what a message says. about: beside what it was about before."""
        with self._db.transaction():
            former = self.files.shown_in(message_id)
            texts = (json.dumps(one, ensure_ascii=False) for one in (body, aside))
            self._db.change(
                "UPDATE message SET body = ?, aside = ?, "
                "revision = (SELECT max(revision) + 1 FROM message) WHERE id = ?",
                (*texts, message_id),
            )
            self._note(message_id, body, about)
        self.files.drop_unshown(former)

    def delete_message(self, message_id: int) -> None:
        """Take a message away with its files: the row stays, so that its id does."""
        with self._db.transaction():
            former = self.files.shown_in(message_id)
            self._db.change(
                "UPDATE message SET body = '{}', aside = '{}', deleted = 1, "
                "revision = (SELECT max(revision) + 1 FROM message) WHERE id = ? AND NOT deleted",
                (message_id,),
            )
            for table in ("shows", "about", "callback"):
                self._db.change(f"DELETE FROM {table} WHERE message_id = ?", (message_id,))
        self.files.drop_unshown(former)

    def _note(self, message_id: int, body: Json, about: About) -> None:
        self.files.show(message_id, body)
        for kind, number in about.rows():
            self._db.insert_once("about", message_id=message_id, kind=kind, number=number)

    def about(self, about: About) -> set[tuple[int, int]]:
        """Chat and number of the messages that show or speak of any of this."""
        sql = (
            "SELECT m.chat_id, m.id FROM about a JOIN message m ON m.id = a.message_id"
            " WHERE a.kind = ? AND a.number = ?"
        )
        return {(row[0], row[1]) for one in about.rows() for row in self._db.rows(sql, one)}

    def answers_to(self, message_ids: list[int]) -> set[tuple[int, int]]:
        """Chat and number of the messages in which people answered one of these."""
        rows = self._db.rows(
            "SELECT chat_id, id FROM message WHERE NOT from_bot AND NOT deleted"
            f" AND json_extract(aside, '$.reply_to') IN {LISTED}",
            (listed(message_ids),),
        )
        return {(row[0], row[1]) for row in rows}

    def wiped(self, about: About) -> bool:
        """Whether a case among these was wiped: nothing more is to be said of it."""
        sql = "SELECT 1 FROM wiped WHERE case_id = ?"
        return any(self._db.row(sql, (number,)) for number in about.cases)

    def note_wiped(self, about: About) -> None:
        """Keep that these cases are wiped."""
        for number in about.cases:
            self._db.insert_once("wiped", case_id=number)

    def unnoted(self) -> list[StoredMessage]:
        """The bot's messages from before it was noted what they are about."""
        return self._messages(
            "from_bot AND NOT deleted AND id <= (SELECT value + 0 FROM setting"
            " WHERE name = 'unnoted')"
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
        # the plus: asked every second, so by revision and not through all messages of the chat
        where = "+chat_id = ? AND revision > ? ORDER BY revision LIMIT 500"
        return self._messages(where, chat_id, revision)

    def revision(self) -> int:
        """The number of the latest change to any message."""
        return int(self._db.rows("SELECT coalesce(max(revision), 0) FROM message")[0][0])

    def _messages(self, where: str, *values: Any) -> list[StoredMessage]:
        rows = self._db.rows(
            "SELECT id, chat_id, from_bot, body, aside, revision, deleted "
            f"FROM message WHERE {where}",
            values,
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
        return str(13_000_000_000_000_000 + self._db.insert("album", id=None))

    # --- the bot's commands ---

    def set_commands(self, scope: str, language: str, commands: list[Json]) -> None:
        """Keep the bot's command list for a scope and language."""
        text = json.dumps(commands, ensure_ascii=False)
        sql = "INSERT OR REPLACE INTO commands VALUES (?, ?, ?)"
        self._db.change(sql, (scope, language, text))

    def commands(self, scope: str, language: str) -> list[Json] | None:
        """The bot's command list for exactly this scope and language."""
        sql = "SELECT list FROM commands WHERE scope = ? AND language = ?"
        rows = self._db.rows(sql, (scope, language))
        return json.loads(rows[0][0]) if rows else None
