"""A backup is the whole desk, or nothing; a restored desk equals the one that was lost."""

from __future__ import annotations

import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from tests.submissions import arrived
from verify.errors import BadInput, NotFound
from verify.store.casework import members, submissions
from verify.store.folder.home import Home
from verify.store.keeping import backup


def keep(home: Home, content: bytes) -> None:
    person = members.known(home.store, "telegram", "7", "Noor", "en")
    kept = home.vault.preserve(content)
    with home.store.transaction():
        submissions.add(home.store, person, arrived(caption="caption"), kept)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Home]:
    """A desk that goes on running while it is backed up."""
    home = Home(tmp_path / "home")
    keep(home, b"first picture")
    keep(home, b"second picture")
    yield home
    home.close()


def everything(folder: Path) -> dict[str, object]:
    """All rows of all tables and all originals."""
    home = Home(folder, reading=True)
    tables = [
        row["name"]
        for row in home.store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ]
    rows = {name: [tuple(r) for r in home.store.rows(f'SELECT * FROM "{name}"')] for name in tables}
    home.close()
    vault = {path.name: path.read_bytes() for path in folder.glob("vault/??/*")}
    return rows | {"vault": vault}


def test_a_restored_desk_equals_the_running_one(running: Home, tmp_path: Path) -> None:
    assert backup.write(tmp_path / "home", tmp_path / "desk.tar") == 3
    assert backup.restore(tmp_path / "desk.tar", tmp_path / "again") == 3
    assert everything(tmp_path / "again") == everything(tmp_path / "home")
    Home(tmp_path / "again").close()


def test_a_restored_desk_is_private(running: Home, tmp_path: Path) -> None:
    backup.write(tmp_path / "home", tmp_path / "desk.tar")
    assert stat.S_IMODE((tmp_path / "desk.tar").stat().st_mode) == 0o600
    backup.restore(tmp_path / "desk.tar", tmp_path / "again")
    for path in [tmp_path / "again", *(tmp_path / "again").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_only_the_key_opens_an_encrypted_backup(running: Home, tmp_path: Path) -> None:
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(f"# created by age\n{key}\n")
    (tmp_path / "other").write_text(f"{other}\n")
    backup.write(tmp_path / "home", tmp_path / "desk.age", [str(key.to_public())])
    assert b"first picture" not in (tmp_path / "desk.age").read_bytes()
    with pytest.raises(BadInput):
        backup.restore(tmp_path / "desk.age", tmp_path / "again", tmp_path / "other")
    assert not (tmp_path / "again").exists()
    backup.restore(tmp_path / "desk.age", tmp_path / "again", tmp_path / "key")
    assert everything(tmp_path / "again") == everything(tmp_path / "home")


def test_a_desk_that_was_just_restored_can_be_backed_up_for_a_key(
    running: Home, tmp_path: Path
) -> None:
    backup.write(tmp_path / "home", tmp_path / "desk.tar")
    backup.restore(tmp_path / "desk.tar", tmp_path / "again")
    key = str(pyrage.x25519.Identity.generate().to_public())
    assert backup.write(tmp_path / "again", tmp_path / "desk.age", [key]) == 3
    assert not list((tmp_path / "again").glob("vault/incoming/*"))


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "no tar"])
def test_a_damaged_backup_restores_nothing(running: Home, tmp_path: Path, damage: str) -> None:
    backup.write(tmp_path / "home", tmp_path / "desk.tar")
    content = bytearray((tmp_path / "desk.tar").read_bytes())
    place = content.index(b"second picture")
    damaged = {
        "flip": content[:place] + b"x" + content[place + 1 :],
        "cut": content[: len(content) // 2],
        "empty": b"",
        "no tar": b"something else" * 100,
    }
    (tmp_path / "damaged.tar").write_bytes(damaged[damage])
    with pytest.raises(BadInput):
        backup.restore(tmp_path / "damaged.tar", tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not list(tmp_path.glob(".verify-desk-*"))


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "vault/../../escaped", "other/x"])
def test_a_backup_writes_nothing_outside(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    with pytest.raises(BadInput):
        backup.restore(tmp_path / "evil.tar", tmp_path / "deep" / "again")
    assert not list(tmp_path.rglob("escaped"))


def test_links_in_a_backup_are_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("vault/aa/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.addfile(link)
    with pytest.raises(BadInput):
        backup.restore(tmp_path / "evil.tar", tmp_path / "again")


def test_nothing_is_overwritten(running: Home, tmp_path: Path) -> None:
    (tmp_path / "desk.tar").write_bytes(b"older backup")
    with pytest.raises(BadInput):
        backup.write(tmp_path / "home", tmp_path / "desk.tar")
    assert (tmp_path / "desk.tar").read_bytes() == b"older backup"
    backup.write(tmp_path / "home", tmp_path / "newer.tar")
    with pytest.raises(BadInput, match="not empty"):
        backup.restore(tmp_path / "newer.tar", tmp_path / "home")


def test_without_a_desk_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        backup.write(tmp_path, tmp_path / "desk.tar")
    assert not (tmp_path / "desk.tar").exists()


def test_a_wrong_recipient_is_said_and_leaves_nothing(running: Home, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="age public key"):
        backup.write(tmp_path / "home", tmp_path / "desk.age", ["age1wrong"])
    assert not list(tmp_path.glob("*.age"))
