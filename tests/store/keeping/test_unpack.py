"""An archive is unpacked within bounds, and what is left out is named."""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from tests.conftest import Run
from tests.photographs import encode, photograph, shrunk
from verify.errors import BadInput
from verify.lab import archives
from verify.lab.wire import Fault
from verify.sandbox import Sandbox
from verify.store.keeping import unpack

LAB: Sandbox
PACKED = "It is packed in a way that cannot be read."

PICTURE = encode(shrunk(photograph("china")))


def archive(folder: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    path = folder / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries:
            written.writestr(name, content)
    return path


@pytest.fixture(autouse=True)
def _one_lab(sandbox: Sandbox) -> Iterator[None]:
    global LAB
    LAB = sandbox
    yield


def opened(path: Path) -> dict[str, bytes | str]:
    """What came out under each name: bytes, or why not."""
    found: dict[str, bytes | str] = {}
    for entry in unpack.entries(path, path.parent, LAB):
        found[entry.name] = (
            entry.path.read_bytes()
            if entry.path
            else (entry.left_out.template if entry.left_out else "")
        )
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    return found


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.jpg")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_files_come_out_as_they_went_in(tmp_path: Path) -> None:
    path = archive(tmp_path, ("a/china.jpg", PICTURE), ("a/", b""), (".hidden", b"h"))
    assert opened(path) == {"a/china.jpg": PICTURE}


def test_an_empty_archive_is_called_empty(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is empty"):
        opened(archive(tmp_path))


@pytest.mark.parametrize(
    "name", ["../out.jpg", "/etc/cron.d/out", "a/../../out", "C:\\out.jpg", "..\\out.jpg"]
)
def test_a_name_that_leads_out_is_left_out(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    found = opened(archive(inside, (name, b"out"), ("in.jpg", PICTURE)))
    assert found == {name: "Its name leads out of the archive.", "in.jpg": PICTURE}
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]


def test_links_and_archives_within_are_left_out_and_named(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as nested:
        nested.writestr("b.jpg", PICTURE)
    found = opened(archive(tmp_path, (link(), b"/etc/passwd"), ("b.zip", inner.getvalue())))
    assert found == {
        "link.jpg": "It is a link or a device, not a file.",
        "b.zip": "It is an archive within the archive: unpack it first.",
    }


def test_an_encrypted_entry_is_named(tmp_path: Path) -> None:
    path = archive(tmp_path, ("secret.jpg", PICTURE), ("plain.jpg", PICTURE))
    raw = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        raw[raw.index(sign) + flags] |= 1
    path.write_bytes(raw)
    assert opened(path) == {
        "secret.jpg": "It is encrypted: unpack it with its password first.",
        "plain.jpg": PICTURE,
    }


def test_a_bomb_is_left_while_it_unpacks(tmp_path: Path) -> None:
    path = archive(tmp_path, ("bomb.jpg", bytes(20 << 20)), ("in.jpg", PICTURE))
    assert opened(path) == {
        "bomb.jpg": "It unpacks to more than {ratio} times its size.",
        "in.jpg": PICTURE,
    }


def test_entries_that_share_their_bytes_do_not_add_up_without_bound(tmp_path: Path) -> None:
    """The trick of overlapping files: one packed body, listed very often."""
    path = archive(tmp_path, ("a.jpg", bytes(900_000)))
    raw = path.read_bytes()
    start, end = raw.index(b"PK\1\2"), raw.rindex(b"PK\5\6")
    count = 3000
    listed = raw[start:end] * count
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listed), start, 0)
    path.write_bytes(raw[:start] + listed + tail)
    found = list(unpack.entries(path, tmp_path, LAB))
    assert sum(entry.path is not None for entry in found) == 1
    sentences = {entry.left_out.template for entry in found if entry.left_out}
    assert sentences == {"Its bytes overlap those of another file in the archive."}


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, *((f"{number}.jpg", b"x") for number in range(10_001)))
    with pytest.raises(BadInput, match="more than"):
        list(unpack.entries(path, tmp_path, LAB))


@pytest.mark.parametrize("told", ["truly", "elsewhere"])
def test_a_list_of_entries_too_long_for_the_memory_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    """ZIP64 says twice where the list lies, and a reader may believe either."""
    path = archive(tmp_path, *((f"{number}.jpg", b"x") for number in range(40)))
    raw = path.read_bytes()
    start, end = raw.index(b"PK\1\2"), raw.rindex(b"PK\5\6")

    def record(length: int, at: int) -> bytes:
        head = struct.pack("<4sQ2H2L", b"PK\6\6", 44, 45, 45, 0, 0)
        return head + struct.pack("<4Q", 40, 40, length, at)

    decoy = record(46, 0) if told == "elsewhere" else b""
    before = raw[:start] + decoy + raw[start:end] + record(end - start, start + len(decoy))
    pointed = start if decoy else len(before) - 56
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, pointed, 1)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 40, 40, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(before + locator + last)
    if told == "truly":
        assert len(opened(path)) == 40
    monkeypatch.setattr(archives, "_MOST_DIRECTORY", 1024)
    with path.open("rb") as file, pytest.raises(archives.ArchiveError) as refused:
        archives.members(file.fileno())
    assert refused.value.code in ("too many", "damaged")  # newer readers see the decoy


def bomb(folder: Path, method: int, told: int) -> Path:
    """A ZIP of few bytes of which one file unpacks to 16 MiB, and is listed with so much."""
    path = folder / "x.zip"
    with zipfile.ZipFile(path, "w", method) as written:
        with written.open("bomb.jpg", "w") as file:
            file.write(bytes(1 << 24))
        written.writestr("in.jpg", PICTURE)
    raw, honest = path.read_bytes(), struct.pack("<L", 1 << 24)
    assert honest in raw
    path.write_bytes(raw.replace(honest, struct.pack("<L", told)))
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_a_bomb_that_lies_is_unpacked_no_further_than_it_is_listed(
    tmp_path: Path, method: int
) -> None:
    """bzip2 and LZMA made 4.2 GiB of 1,630 bytes before anybody counted."""
    path = bomb(tmp_path, method, told=1 << 19)
    found = list(unpack.entries(path, tmp_path, LAB))
    assert [one.name for one in found] == ["bomb.jpg", "in.jpg"]
    assert [one.left_out and one.left_out.template for one in found] == [
        "It is damaged in the archive.", None,
    ]  # fmt: skip
    with path.open("rb") as file:
        listed = archives.members(file.fileno())[0]
        most = max(len(part) for part in archives._unpacked(file.fileno(), listed))
    assert most <= 1 << 18


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_common_way_of_packing_is_read(tmp_path: Path, method: int) -> None:
    content = PICTURE + np.random.default_rng(7).integers(0, 9, 2_000_000, np.uint8).tobytes()
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", method) as written:
        written.writestr("a.jpg", content)
        written.writestr("empty.jpg", b"")
    assert opened(path) == {"a.jpg": content, "empty.jpg": b""}


def test_what_nobody_unpacks_is_named(tmp_path: Path) -> None:
    """An unknown way of packing, and LZMA that wants 4 GiB of memory."""
    path = archive(tmp_path, ("odd.jpg", PICTURE), ("in.jpg", PICTURE))
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\1\2") + 10
    raw[at : at + 2] = struct.pack("<H", 97)
    path.write_bytes(raw)
    assert opened(path) == {"odd.jpg": PACKED, "in.jpg": PICTURE}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as written:
        written.writestr("greedy.jpg", PICTURE)
    raw = bytearray(path.read_bytes())
    properties = 30 + len("greedy.jpg") + 5
    raw[properties : properties + 4] = b"\xff" * 4
    path.write_bytes(raw)
    assert opened(path) == {"greedy.jpg": PACKED}


def test_of_two_files_of_one_name_both_come(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        path = archive(tmp_path, ("a.jpg", PICTURE), ("a.jpg", b"another"), ("n", b"nameless"))
    raw = bytearray(path.read_bytes())
    lengths = raw.rindex(b"PK\1\2") + 28
    raw[lengths : lengths + 4] = struct.pack("<HH", 0, 1)  # its name is called something else
    path.write_bytes(raw)
    found = []
    for entry in unpack.entries(path, tmp_path, LAB):
        found.append((entry.name, entry.path.read_bytes() if entry.path else None))
    assert found == [("a.jpg", PICTURE), ("a.jpg", b"another"), ("", None)]


def test_a_lab_that_breaks_over_every_file_is_not_asked_for_ever(tmp_path: Path) -> None:
    path = archive(tmp_path, *((f"{number}.jpg", PICTURE) for number in range(30)))

    class Breaking:
        members, asked = LAB.members, 0

        def unpack(self, *_: object) -> Fault:
            self.asked += 1
            return Fault(code="crashed")

    lab = Breaking()
    with pytest.raises(BadInput, match="Too many files"):
        list(unpack.entries(path, tmp_path, cast(Sandbox, lab)))
    assert lab.asked == 20


def test_damage_is_said_and_hides_no_other_file(tmp_path: Path) -> None:
    path = archive(tmp_path, ("a.jpg", PICTURE), ("b.jpg", PICTURE))
    raw = bytearray(path.read_bytes())
    raw[200] ^= 255
    path.write_bytes(raw)
    assert opened(path) == {"a.jpg": "It is damaged in the archive.", "b.jpg": PICTURE}
    elsewhere = raw[:-6] + struct.pack("<LH", len(raw), 0)
    for damaged in (raw[:-30], elsewhere):
        path.write_bytes(damaged)
        with pytest.raises(BadInput, match="damaged"):
            list(unpack.entries(path, tmp_path, LAB))


def test_an_archive_is_imported_and_again_changes_nothing(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    path = archive(tmp_path, ("a/china.jpg", china.read_bytes()), (link(), b"/etc/passwd"))
    done = verify_desk("import", path, "--json")
    assert done.returncode == 1
    first, left = map(json.loads, done.stdout.splitlines())
    assert (first["file"], first["status"]) == (f"{path}/a/china.jpg", "new")
    assert (left["status"], left["reason"]) == ("left_out", "It is a link or a device, not a file.")
    again = json.loads(verify_desk("import", path, "--json").stdout.splitlines()[0])
    assert again["status"] == "repeated"
    assert list((tmp_path / "home" / "vault" / "incoming").iterdir()) == []
