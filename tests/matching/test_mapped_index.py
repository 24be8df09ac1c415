"""The index of local features where they are many: as the one in memory, and from its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.matching.test_local_index import points
from verify.matching.local_index import LocalIndex
from verify.matching.mapped_index import MappedIndex
from verify.matching.postings import Postings


class Kept:
    """An index, and the file that it wrote last."""

    def __init__(self, path: Path) -> None:
        self.index = MappedIndex(None, LocalIndex())
        self.path = path

    def write(self) -> None:
        self.index.write(self._keep)

    def _keep(self, chunks: Iterator[bytes]) -> memoryview:
        self.path.write_bytes(b"".join(chunks))
        return memoryview(self.path.read_bytes())

    def first(self, number: int, *, mirrored: bool = False) -> tuple[int, bool] | None:
        asked = points(number).mirrored() if mirrored else points(number)
        found = self.index.search(asked).candidates(1)
        return (found[0].view_id, found[0].mirrored) if found else None


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Ten pictures in the file, one in memory."""
    kept = Kept(tmp_path / "index")
    for number in range(10):
        kept.index.add(100 + number, points(number))
    kept.write()
    kept.index.add(110, points(10))
    return kept


def test_pictures_are_found_in_the_file_and_beside_it(kept: Kept) -> None:
    assert len(kept.index) == 11
    assert [kept.first(n) for n in (3, 10)] == [(103, False), (110, False)]
    assert kept.first(3, mirrored=True) == (103, True)


def test_pictures_stay_when_the_file_is_written_anew(kept: Kept) -> None:
    kept.write()
    again = MappedIndex(Postings(memoryview(kept.path.read_bytes())), LocalIndex())
    assert again.views == set(range(100, 111))
    assert [again.search(points(n)).candidates(1)[0].view_id for n in (0, 9, 10)] == [100, 109, 110]


def test_a_removed_picture_is_not_found_and_leaves_nothing_in_the_file(kept: Kept) -> None:
    gone = [points(3).bits[n].tobytes() for n in range(300)]
    assert all(bits in kept.path.read_bytes() for bits in gone)
    kept.index.remove(103)
    assert kept.first(3) is None
    assert not kept.index.due
    kept.index.scrub()
    assert kept.index.due
    kept.write()
    assert not any(bits in kept.path.read_bytes() for bits in gone)
    assert kept.first(4) == (104, False)


def test_a_picture_that_is_described_again_counts_once(kept: Kept) -> None:
    kept.index.remove(103)
    kept.index.add(103, points(77))
    assert (kept.first(3), kept.first(77)) == (None, (103, False))
    beside = LocalIndex()
    beside.add(104, points(78))  # as a desk left it that was killed before it wrote the file
    again = MappedIndex(Postings(memoryview(kept.path.read_bytes())), beside)
    assert len(again) == 10
    assert again.search(points(4)).candidates(1) == []
    assert again.search(points(78)).candidates(1)[0].view_id == 104


def test_what_is_removed_while_the_file_is_written_is_not_found(kept: Kept) -> None:
    def keep(chunks: Iterator[bytes]) -> memoryview:
        data = memoryview(b"".join(chunks))
        kept.index.remove(103, 110)
        kept.index.add(111, points(11))
        return data

    kept.index.write(keep)
    assert [kept.first(n) for n in (3, 10)] == [None, None]
    assert [kept.first(n) for n in (2, 11)] == [(102, False), (111, False)]


def test_copies_count_once_wherever_they_lie(kept: Kept) -> None:
    for number in range(3):
        kept.index.add(200 + number, points(3))
    assert kept.index.search(points(3)).shared.max() == 4
    kept.index.regroup(lambda view: 1 if view >= 200 or view == 103 else view)
    assert kept.index.search(points(3)).shared.max() == 1
    kept.write()
    assert kept.index.search(points(3)).shared.max() == 1


def test_a_file_that_cannot_be_written_loses_nothing(kept: Kept) -> None:
    def keep(_: Iterator[bytes]) -> memoryview:
        raise OSError

    with pytest.raises(OSError):
        kept.index.write(keep)
    kept.index.add(111, points(11))
    assert [kept.first(n) for n in (3, 10, 11)] == [(103, False), (110, False), (111, False)]
    kept.write()
    assert [kept.first(n) for n in (3, 10, 11)] == [(103, False), (110, False), (111, False)]


@pytest.mark.parametrize("damage", [-1, -60, -4000], ids=["short", "trailer", "words"])
def test_a_damaged_file_is_not_read(kept: Kept, damage: int) -> None:
    data = bytearray(kept.path.read_bytes())
    data = data[:-1] if damage == -1 else data[:damage] + b"\x55" + data[damage + 1 :]
    with pytest.raises(ValueError, match="index"):
        Postings(memoryview(bytes(data)))
