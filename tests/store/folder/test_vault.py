"""Originals are written once, by content, readable by their owner alone."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from verify.errors import Unavailable
from verify.store.folder.vault import Vault


def test_an_original_is_kept_byte_for_byte(tmp_path: Path) -> None:
    content = bytes(range(256)) * 10_000
    vault = Vault(tmp_path / "vault")
    kept = vault.preserve(content)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.size == len(content)
    assert vault.path(kept.sha256).read_bytes() == content


def test_a_file_is_copied_in_and_left_where_it_was(tmp_path: Path) -> None:
    original = tmp_path / "picture.jpg"
    original.write_bytes(b"bytes")
    kept = Vault(tmp_path / "vault").preserve(original)
    assert original.read_bytes() == b"bytes"
    assert kept.size == 5


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    assert vault.preserve(b"same") == vault.preserve(b"same")
    assert len([path for path in (tmp_path / "vault").rglob("*") if path.is_file()]) == 1


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    path = vault.path(vault.preserve(b"secret").sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (path.parent, path.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_an_interrupted_write_left_behind_is_cleared(tmp_path: Path) -> None:
    Vault(tmp_path / "vault")
    (tmp_path / "vault" / "incoming" / "half").write_bytes(b"half")
    Vault(tmp_path / "vault")
    assert not list((tmp_path / "vault" / "incoming").iterdir())


def test_a_changed_original_is_noticed(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    kept = vault.preserve(b"true bytes")
    assert vault.intact(kept.sha256)
    vault.path(kept.sha256).write_bytes(b"other bytes")
    assert not vault.intact(kept.sha256)


def test_a_missing_file_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    with pytest.raises(Unavailable, match="not preserved"):
        vault.preserve(tmp_path / "nothing.jpg")
    assert not list((tmp_path / "vault" / "incoming").iterdir())
