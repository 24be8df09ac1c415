"""Marks, keys, days and copies from the terminal."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.conftest import Run


def test_a_key_is_made_only_where_a_folder_is_and_taken_away_again(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    (tmp_path / "words").write_text("a passphrase that is long")
    given = ("--passphrase", tmp_path / "words", "--yes")
    lost = verify_desk("key", tmp_path / "nowhere" / "key", *given)
    assert (lost.returncode, lost.stderr.count("There is no ")) == (2, 1)
    assert verify_desk("key", tmp_path / "key", *given).returncode == 0
    name = json.loads(verify_desk("key", tmp_path / "other", *given, "--json").stdout)["member"]
    told = verify_desk("import", china, "--seal", "--tag", "okapi")
    assert (told.returncode, "Tags are not sealed" in told.stderr) == (0, True)
    assert "2 keys of" in verify_desk("key", "--take-away", name).stdout
    again = verify_desk("key", "--take-away", name)
    assert (again.returncode, "has a key here" in again.stderr) == (2, True)
    assert verify_desk("import", china, "--seal", "--by", "Sami").returncode == 2
    assert verify_desk("key").returncode == 2


def test_a_mark_is_set_and_taken_off(verify_desk: Run, china: Path) -> None:
    sha256 = hashlib.sha256(china.read_bytes()).hexdigest()
    verify_desk("import", china)
    marked = json.loads(verify_desk("mark", sha256, "captive", "--json").stdout)
    assert (marked["covered_as"], marked["off"]) == (["captive"], False)
    off = verify_desk("mark", sha256, "captive", "--off")
    assert (off.returncode, "The mark is off" in off.stdout) == (0, True)
    for wrong in (("mark", "0" * 64, "captive"), ("mark", sha256, "captive", "--during", "x")):
        assert verify_desk(*wrong).returncode == 2


def test_a_case_has_a_day_and_a_hold_that_stops_its_wipe(verify_desk: Run, china: Path) -> None:
    verify_desk("import", china, "--by", "Quagga News")
    assert "Kept until" in verify_desk("keep", "1", "--until", "2099-01-02", "--hold").stdout
    assert "legal hold" in verify_desk("wipe", "1", "--yes").stderr
    assert "legal hold" in verify_desk("wipe", "--source", "Quagga News", "--yes").stderr
    told = json.loads(verify_desk("keep", "1", "--release", "--json").stdout)
    assert told == {"until": "2099-01-02", "held": False}
    for wrong in (
        ("keep", "--hold"),
        ("keep", "1", "--until", "soon"),
        ("keep", "9", "--hold"),
        ("wipe",),
    ):
        assert verify_desk(*wrong).returncode == 2
    assert verify_desk("wipe", "--source", "Quagga News", "--yes").returncode in (0, 1)
    assert "no file any more" not in verify_desk("show", "1").stdout


def test_an_import_has_a_last_day_and_is_wiped_with_one_list_of_what_is_not_reached(
    verify_desk: Run, tmp_path: Path
) -> None:
    message = {"id": 1, "type": "message", "date_unixtime": "1402581791", "text": "Okapi"}
    told = {"name": "Okapi", "type": "public_channel", "id": 5, "messages": [message]}
    (tmp_path / "result.json").write_text(json.dumps(told), encoding="utf-8")
    verify_desk("import", tmp_path, "--keep-until", "2099-01-02")
    listed = json.loads(verify_desk("keep", "--json").stdout)
    assert listed == {"kind": "import", "name": "1", "until": "2099-01-02", "held": False}
    assert verify_desk("keep", "--import", "1", "--hold").returncode == 0
    assert "legal hold" in verify_desk("import", "--undo", "1", "--yes").stderr
    verify_desk("keep", "--import", "1", "--release")
    undone = json.loads(verify_desk("import", "--undo", "1", "--yes", "--json").stdout)
    assert undone["number"] == 1 and any("SSD" in line for line in undone["remains"])
    assert verify_desk("wipe", "--import", "1", "--yes").returncode == 2
    assert verify_desk("import", tmp_path, "--keep-until", "soon").returncode == 2


def test_nothing_is_written_into_the_desks_own_folder(
    verify_desk: Run, china: Path, home: Path
) -> None:
    sha256 = hashlib.sha256(china.read_bytes()).hexdigest()
    verify_desk("import", china)
    for command in (["copy", sha256], ["export", "1"], ["backup"]):
        refused = verify_desk(*command, home / "vault" / "x.jpg")
        assert (refused.returncode, "outside" in refused.stderr) == (2, True), command
    assert not (home / "vault" / "x.jpg").exists()


def test_a_copy_is_written_once_and_says_what_it_has_not(
    verify_desk: Run, china: Path, tmp_path: Path
) -> None:
    sha256 = hashlib.sha256(china.read_bytes()).hexdigest()
    verify_desk("import", china)
    made = verify_desk("copy", sha256, tmp_path / "x.jpg", "--box", "b2:c3", "--json")
    assert json.loads(made.stdout)["removed"][-1] == "Its name, and every link to the original."
    for wrong in (
        ("copy", sha256, tmp_path / "x.jpg", "--box", "a1"),
        ("copy", sha256, tmp_path / "y.jpg", "--box", "zz"),
        ("copy", "0" * 64, tmp_path / "y.jpg", "--box", "a1"),
    ):
        assert verify_desk(*wrong).returncode == 2
    assert not (tmp_path / "y.jpg").exists()
