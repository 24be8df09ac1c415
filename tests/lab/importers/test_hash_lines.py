"""Lists with a hash a line and no columns."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from tests.photographs import photograph
from verify.lab.hashing import pdq
from verify.lab.importers import Source, hash_lines, importer_of
from verify.records import ListedHash, Unread

Made = Callable[..., Source]
MD5, SHA1 = hashlib.md5(b"a").hexdigest(), hashlib.sha1(b"a").hexdigest()
SHA256 = [hashlib.sha256(bytes([n])).hexdigest() for n in range(40)]
PDQ = [
    pdq(photograph(name).convert("RGB")).hash.hex()
    for name in ("china", "flower", "coffee", "astronaut", "rocket")
]


def kinds(source: Source) -> list[str]:
    assert importer_of(source) is hash_lines
    return [one.kind for one in hash_lines.read(source) if isinstance(one, ListedHash)]


def test_the_length_tells_the_kind(made: Made) -> None:
    text = f"# of a desk\n{MD5.upper()}\n\n{SHA1}\r\n{SHA256[0]}\n"
    source = made("list.txt", text)
    assert kinds(source) == ["md5", "sha1", "sha256"]
    first = next(iter(hash_lines.read(source)))
    assert first == ListedHash("md5", MD5)


@pytest.mark.parametrize(
    ("lines", "kind"),
    [(SHA256, "sha256"), (PDQ, "pdq"), (["pdq", *PDQ[:1]], "pdq"), (PDQ[:1], "sha256")],
)
def test_64_digits_are_told_apart_by_their_ones_or_by_a_first_line(
    made: Made, lines: list[str], kind: str
) -> None:
    assert {*kinds(made("list.csv", "\n".join(lines)))} == {kind}


def test_what_sha256sum_writes_has_the_name_as_label(made: Made) -> None:
    found = [*hash_lines.read(made("sums.txt", f"{SHA256[0]}  a b.jpg\n{SHA256[1]} *c.jpg\n"))]
    assert [one.label for one in found if isinstance(one, ListedHash)] == ["a b.jpg", "c.jpg"]


def test_a_line_that_is_no_hash_is_told_and_other_files_are_none(made: Made) -> None:
    hashes = "\n".join([*SHA256, "broken"])
    *_, last = hash_lines.read(made("list.txt", hashes))
    assert isinstance(last, Unread)
    assert last.what == "list.txt:41"
    for text in ("", "words of a note\n", f"{MD5}\nnot one\n", "pdq\n"):
        assert not hash_lines.recognises(made("note.txt", text))
