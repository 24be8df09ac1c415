"""The desk signs what it hands out, by its own key alone; OpenSSL verifies that."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import Run


def test_a_bag_is_signed_by_the_desks_key_and_by_no_other(
    verify_desk: Run, home: Path, tmp_path: Path
) -> None:
    note, word = tmp_path / "note.txt", tmp_path / "word"
    note.write_text("a statement")
    word.write_text("correct horse battery")
    verify_desk("import", note)
    key, other = tmp_path / "one.key", tmp_path / "two.key"
    named = ("--passphrase", word)
    bag = ("export", "1", "--profile", "public", *named)
    assert verify_desk("signer").returncode != 0  # off until a key is made
    assert verify_desk("signer", home / "in.key", *named).returncode == 2
    first = json.loads(verify_desk("signer", key, *named, "--json").stdout)
    assert b"ENCRYPTED" in key.read_bytes()
    assert key.stat().st_mode & 0o777 == 0o600
    assert verify_desk("signer", key, *named).returncode == 2  # it is there
    word.write_text("another passphrase")
    assert verify_desk(*bag, "-o", tmp_path / "a.zip", "--sign", key).returncode == 2
    word.write_text("correct horse battery")
    signed = verify_desk(*bag, "-o", tmp_path / "a.zip", "--sign", key, "--json")
    assert json.loads(signed.stdout)["signed_by"] == first["fingerprint"]

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "case-1-public"
    (tmp_path / "desk.pem").write_text(first["public"])
    checker = [sys.executable, "-I", folder / "check_bag.py"]
    told = subprocess.run(checker, capture_output=True, text=True, check=True).stdout
    [command] = [line.split() for line in told.splitlines() if "openssl pkeyutl" in line]
    command[command.index("desk.pem")] = str(tmp_path / "desk.pem")
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0
    assert first["fingerprint"] in (folder / "bag-info.txt").read_text()
    signature = folder / "tagmanifest-sha256.txt.sig"
    taken = signature.rename(tmp_path / "taken.sig")
    without = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert (without.returncode, without.stdout) == (1, f"{signature.name} is missing.\n")
    taken.rename(signature)
    manifest = folder / "tagmanifest-sha256.txt"
    manifest.write_text(manifest.read_text() + "\n")
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode != 0

    second = json.loads(verify_desk("signer", other, *named, "--json").stdout)
    assert second["fingerprint"] != first["fingerprint"]
    assert verify_desk(*bag, "-o", tmp_path / "b.zip", "--sign", key).returncode == 2
    assert verify_desk("signer", "--lost").returncode == 0
    assert verify_desk(*bag, "-o", tmp_path / "b.zip", "--sign", other).returncode == 2
    assert not (tmp_path / "b.zip").exists()
    assert verify_desk(*bag, "-o", tmp_path / "b.zip").returncode == 0
    assert verify_desk("audit").returncode == 0
