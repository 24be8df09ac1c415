"""The local chat's files: in a folder of the home, named by their ids, described in rows."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from verify.store.database.connection import Store
from verify.store.database.refusals import in_a_sentence


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


class ChatFiles:
    """The files of a home."""

    def __init__(self, database: Store, home: Path) -> None:
        self._db = database
        self._folder = self.folder = home / "localchat"
        self._folder.mkdir(mode=0o700, exist_ok=True)

    def sweep(self) -> None:
        """Remove what a kill left behind: uploads, and files that no row or no message names.

        Only while nobody sends anything.
        """
        self._db.change("DELETE FROM file WHERE unique_id NOT IN (SELECT unique_id FROM shows)")
        named = {row[0] for row in self._db.rows("SELECT unique_id FROM file")}
        for path in self._folder.iterdir():
            if path.name not in named:
                path.unlink(missing_ok=True)

    def incoming(self) -> tuple[Path, BinaryIO]:
        """A new file for an upload while it arrives; what is left over is swept away at start."""
        part = self._folder / f"{secrets.token_hex(16)}.part"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        return part, os.fdopen(descriptor, "wb")

    def save(
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
        """Keep a file: written, synced and renamed before its row is committed.

        Raises Unavailable where the disk refuses; then nothing is kept.
        """
        unique_id = secrets.token_urlsafe(11)
        file_id = secrets.token_urlsafe(36)
        with in_a_sentence():
            self._write(content, unique_id)
        with self._db.transaction():
            file = StoredFile(
                *(file_id, unique_id, unique_id, kind, name, media_type),
                *(len(content), width, height, photo),
            )
            number = self._db.insert("file", **file._asdict())
            file = file._replace(path=f"{kind}/file_{number}{extension}")
            self._db.change("UPDATE file SET path = ? WHERE id = ?", (file.path, number))
        return file

    def _write(self, content: bytes, name: str) -> None:
        part, file = self.incoming()
        try:
            with file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.rename(self._folder / name)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def by_id(self, file_id: str) -> StoredFile | None:
        """A file by the id that the bot uses."""
        return self._one("file_id = ?", file_id)

    def at(self, path: str) -> StoredFile | None:
        """A file by the path that getFile gives."""
        return self._one("path = ?", path)

    def shown(self, unique_id: str) -> StoredFile | None:
        """A file by the id that the page uses."""
        return self._one("unique_id = ?", unique_id)

    def photo_sizes(self, photo: str) -> list[StoredFile]:
        """All sizes of one photo, smallest first."""
        sql = f"SELECT {_FILE_COLUMNS} FROM file WHERE photo = ? ORDER BY width * height"
        return [StoredFile(*row) for row in self._db.rows(sql, (photo,))]

    def content(self, file: StoredFile) -> Path:
        """Where a file's bytes are."""
        return self._folder / file.unique_id

    def show(self, message_id: int, body: dict[str, Any]) -> None:
        """Note which files a message shows; others that it showed before it does no longer."""
        self._db.change("DELETE FROM shows WHERE message_id = ?", (message_id,))
        for unique_id in named_in(body):
            self._db.insert_once("shows", unique_id=unique_id, message_id=message_id)

    def shown_in(self, message_id: int) -> list[str]:
        """The files that a message shows."""
        rows = self._db.rows("SELECT unique_id FROM shows WHERE message_id = ?", (message_id,))
        return [row[0] for row in rows]

    def drop_unshown(self, unique_ids: Iterable[str]) -> None:
        """Remove those of these files that no message shows."""
        for unique_id in set(unique_ids):
            if not self._db.row("SELECT 1 FROM shows WHERE unique_id = ?", (unique_id,)):
                self._db.change("DELETE FROM file WHERE unique_id = ?", (unique_id,))
                (self._folder / unique_id).unlink(missing_ok=True)

    def drop_uploads(self) -> None:
        """Remove what was uploaded and is in no message yet: whoever did it chooses it again."""
        for path in self._folder.glob("*.part"):
            path.unlink(missing_ok=True)

    def _one(self, where: str, value: str) -> StoredFile | None:
        row = self._db.row(f"SELECT {_FILE_COLUMNS} FROM file WHERE {where}", (value,))
        return StoredFile(*row) if row else None


def named_in(thing: Any) -> Iterator[str]:
    """The files that a message's body names, thumbnails and all sizes of a photo too."""
    if isinstance(thing, dict):
        if isinstance(unique_id := thing.get("file_unique_id"), str):
            yield unique_id
        thing = list(thing.values())
    if isinstance(thing, list):
        for one in thing:
            yield from named_in(one)
