"""Exports and lists taken in at a terminal: what is said, what a Ctrl-C leaves, what JSON has."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.desk.test_posts import exported, message
from verify.desk.posts import Posts, Taken
from verify.jobs.course import Course


def channel(folder: Path) -> Path:
    """Three posts, each with the same photograph."""
    posts = [message(one, 1402581791 + one, f"post {one}", "photos/1.jpg") for one in (1, 2, 3)]
    return exported(folder, "Wilayat Salahaddin", 1001, posts)


def test_what_options_say_of_a_case_is_said_to_hold_for_no_post(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    verify_desk("import", china)
    told = verify_desk("import", channel(tmp_path / "channel"), "--case", "1", "--yes")
    assert told.returncode == 0
    assert "--case says nothing of the posts of an export: they open no case" in told.stderr
    assert "3 posts, 3 new" in told.stdout


def test_ctrl_c_ends_the_import_of_an_export_which_goes_on_when_it_is_started_again(
    verify_desk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cancelled = channel(tmp_path / "channel"), threading.Event()
    take, cancel = Posts.take, Course.cancel

    def taken(self: Posts, *what: Any) -> Taken:
        done = take(self, *what)
        os.kill(os.getpid(), signal.SIGINT)
        cancelled.wait()
        return done

    def noted(self: Course) -> None:
        cancel(self)
        cancelled.set()

    with monkeypatch.context() as patch:
        patch.setattr(Posts, "take", taken)
        patch.setattr(Course, "cancel", noted)
        told = verify_desk("import", folder, "--yes")
    assert (told.returncode, "What was done until then stays" in told.stderr) == (130, True)
    assert len(verify_desk("posts", "--json").stdout.splitlines()) == 1
    told = verify_desk("import", folder, "--yes", "--json")
    done = json.loads(told.stdout)
    assert (told.returncode, done["import"], done["posts"], done["new"]) == (0, 1, 3, 2)
    assert len(verify_desk("posts", "--json").stdout.splitlines()) == 3


def test_a_list_of_hashes_is_named_by_the_picture_that_it_has(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    sha1 = hashlib.sha1(china.read_bytes()).hexdigest()
    path = tmp_path / "fakes.csv"
    path.write_text(f"type,value,label\nsha1,{sha1.upper()},staged\nsha1,short,\n")
    verify_desk("import", china)
    told = verify_desk("import", path, "--json")
    done = json.loads(told.stdout)
    assert (told.returncode, done["status"], done["hashes"]) == (1, "list", {"sha1": 1})
    assert [one["what"] for one in done["refused"]] == ["fakes.csv:3"]
    assert "“fakes.csv” names this very file, by its SHA-1" in verify_desk("show", "1").stdout
    assert verify_desk("import", "--undo", "1", "--yes").returncode in (0, 1)
    assert "fakes.csv" not in verify_desk("show", "1", "--all").stdout


def test_private_chats_that_stay_out_by_choice_are_no_fault(
    verify_desk: Run, tmp_path: Path
) -> None:
    chats = [
        {"name": "C", "type": "public_channel", "id": 5, "messages": [message(1, 1402581791, "a")]},
        {"name": "S", "type": "personal_chat", "id": 6, "messages": [message(1, 1402581791, "b")]},
    ]
    whole = tmp_path / "acc"
    whole.mkdir()
    told = {"about": "", "chats": {"about": "", "list": chats}}
    (whole / "result.json").write_text(json.dumps(told))
    done = verify_desk("import", whole)
    assert "1 private chat was left out" in done.stderr
    assert done.returncode == 0
    unknown = verify_desk("import", whole, "--chat", "Nobody")
    assert "None of the chats that were named" in unknown.stderr
    assert unknown.returncode == 1


def test_the_same_seen_twice_of_an_account_is_noted_once(verify_desk: Run, tmp_path: Path) -> None:
    verify_desk("import", channel(tmp_path / "channel"), "--yes")
    seen = ("account", "Wilayat Salahaddin", "--saw", "suspended", "--json")
    for expected in (1, 1):
        told = verify_desk(*seen)
        assert len(json.loads(told.stdout)["events"]) == expected
    assert "it was not noted again" in told.stderr
    told = verify_desk(*seen, "--note", "gone for three days")
    assert len(json.loads(told.stdout)["events"]) == 2
    verify_desk("account", "Wilayat Salahaddin", "--saw", "back")
    assert len(json.loads(verify_desk(*seen).stdout)["events"]) == 4
    assert not verify_desk(*seen[:2]).stderr


def test_a_zip_that_is_cut_off_is_called_a_damaged_archive(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(china, "china.jpg")
    cut = tmp_path / "cut.zip"
    cut.write_bytes((tmp_path / "all.zip").read_bytes()[:-40])
    told = verify_desk("import", cut)
    assert "This archive is damaged." in told.stderr
    assert "bag" not in told.stderr
    assert told.returncode == 1
