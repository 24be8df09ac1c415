"""One file that holds a whole desk: written beside a running desk, read back, restored.

A tar archive of the databases (consistent snapshots), every original and file of the local
chat, and last `manifest.json`: the SHA-256 of each member by name. Encrypted to age
recipients where some are given.
"""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from verify.errors import BadInput, NotFound
from verify.records import say
from verify.store.folder.files import open_file, private_folder, put_in_place
from verify.store.folder.home import working
from verify.store.folder.kinds import demand_ordinary
from verify.store.keeping import age

_MANIFEST = "manifest.json"
_DATABASES = ("desk.db", "localchat.db")
_FOLDERS = ("vault", "localchat")
_UNFINISHED = "incoming"


def write(home: Path, target: Path, recipients: Sequence[str] = ()) -> int:
    """Write a backup of a home, also while its desk runs. Returns the number of files in it.

    The target appears whole, after it was read back, or not at all. recipients: age public
    keys (`age1...`). Raises NotFound, BadInput, Unavailable.
    """
    demand_ordinary(home)
    if not (home / "desk.db").is_file():
        raise NotFound(say("There is no desk in {folder} yet.", folder=str(home)))
    if target.exists():
        raise BadInput(say("{file} exists already. Name a new file.", file=str(target)))
    # what is to be encrypted lies in clear in the home alone, not on somebody's memory stick
    with (
        private_folder(target.parent) as beside,
        private_folder(working(home) if recipients else target.parent) as folder,
    ):
        archive = folder / "backup.tar"
        with archive.open("wb") as file:
            count = _write(home, folder, file)
        with archive.open("rb") as file:
            _read(file, None)
        if recipients:
            age.encrypt(archive, beside / "backup.age", recipients)
            archive = beside / "backup.age"
        archive.chmod(0o600)
        put_in_place(archive, target)
    return count


def restore(source: Path, home: Path, identity: Path | None = None) -> int:
    """Fill an empty home from a backup. Returns the number of files.

    identity: the file with the age key, for an encrypted backup. Everything is checked
    before the home appears. Raises BadInput, Unavailable.
    """
    if home.exists() and any(home.iterdir()):
        raise BadInput(say("{folder} is not empty. Name an empty folder.", folder=str(home)))
    home.parent.mkdir(parents=True, exist_ok=True)
    with private_folder(home.parent) as folder:
        if identity:
            age.decrypt(source, folder / "backup.tar", identity)
            source = folder / "backup.tar"
        restored = folder / "home"
        restored.mkdir(mode=0o700)
        with source.open("rb") as file:
            count = _read(file, restored)
        if home.exists():
            home.rmdir()
        put_in_place(restored, home)
    return count


def _write(home: Path, folder: Path, file: IO[bytes]) -> int:
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w") as archive:
        # snapshots first: originals are never rewritten, so all that a row names is still there
        for name in _DATABASES:
            if (home / name).is_file():
                _snapshot(home / name, folder / name)
                digests[name] = _add(archive, folder / name, name)
        kept_back = _withheld(folder / "desk.db")
        for name, path in _files(home):
            if path.name in kept_back and name.startswith("vault/"):
                continue
            digests[name] = _add(archive, path, name)
        manifest = msgspec.json.encode(digests, order="sorted")
        member = tarfile.TarInfo(_MANIFEST)
        member.size, member.mode = len(manifest), 0o600
        archive.addfile(member, io.BytesIO(manifest))
    return len(digests)


def _withheld(snapshot: Path) -> set[str]:
    """The originals that go into no backup, by their digests."""
    with closing(sqlite3.connect(f"{snapshot.absolute().as_uri()}?mode=ro", uri=True)) as database:
        try:
            rows = database.execute(
                "SELECT sha256 FROM exhibit WHERE id IN (SELECT exhibit_id FROM withheld)"
            )
            return {row[0] for row in rows}
        except sqlite3.OperationalError:  # a home of an earlier version has none
            return set()


def _snapshot(database: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)


def _files(home: Path) -> Iterator[tuple[str, Path]]:
    for top in _FOLDERS:
        for path in sorted((home / top).rglob("*")):
            name = path.relative_to(home)
            if path.is_file() and not path.is_symlink() and _UNFINISHED not in name.parts:
                yield name.as_posix(), path


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    with open_file(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        member = tarfile.TarInfo(name)
        member.size, member.mode = os.fstat(file.fileno()).st_size, 0o600
        archive.addfile(member, file)
    return digest


def _read(file: IO[bytes], target: Path | None) -> int:
    """Check every member against the manifest; with a target, write them there. Raises BadInput."""
    broken = BadInput(say("This is not a whole backup of a desk: a part of it is damaged."))
    digests: dict[str, str] = {}
    manifest = None
    try:
        with tarfile.open(fileobj=file, mode="r:") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isreg() else None
                if content is None:
                    raise broken
                if member.name == _MANIFEST:
                    manifest = msgspec.json.decode(content.read(), type=dict[str, str])
                else:
                    digests[member.name] = _take(content, member.name, target)
    except (tarfile.TarError, msgspec.DecodeError, UnicodeDecodeError, EOFError) as error:
        raise broken from error
    if not digests or digests != manifest:
        raise broken
    return len(digests)


def _take(content: IO[bytes], name: str, target: Path | None) -> str:
    """The digest of a member, which is also written below the target if one is given."""
    parts = PurePosixPath(name).parts
    if not parts or (name not in _DATABASES and parts[0] not in _FOLDERS) or ".." in parts:
        raise BadInput(say("This backup names a file outside of a desk; nothing was restored."))
    if target is None:
        return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    path = target.joinpath(*parts)
    for folder in reversed(path.relative_to(target).parents):
        (target / folder).mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    digest = hashlib.sha256()
    with os.fdopen(handle, "wb") as file:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()
