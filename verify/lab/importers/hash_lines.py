"""Lists of hashes without columns: a hash a line, and what `sha256sum` and `md5sum` write.

Of which kind a hash is tells its length. 64 digits are a SHA-256 or a PDQ: a first line may say
which (`pdq`); else it is a PDQ where hardly any of many has another number of ones than 128, which
half of the 256 bits of a PDQ are by how it is made, and few of any other hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from verify.lab.importers import Source
from verify.lab.importers._bounds import SHORT, cleaned
from verify.lab.importers._lines import Line, lines
from verify.lab.importers._reasons import MALFORMED
from verify.lab.reading_at import ReadAt
from verify.records import ListedHash, Unread

NAME = "Hash list"
_LINE = 4096
_KINDS = {32: "md5", 40: "sha1", 64: "sha256"}
_NAMED = {"md5": 32, "sha1": 40, "sha256": 64, "pdq": 64}  # hexadecimal digits
_HASH = re.compile(r"\\?([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?:[ \t]+\*?(.*))?", re.IGNORECASE)
_LOOKED_AT = 20  # lines, by which it is known
_WEIGHED = 1000  # hashes of 64 digits
_FEW, _ONES, _NEARLY_ALL = 5, 128, 0.8  # four of five SHA-256 are so once in 30,000 times


def recognises(source: Source) -> bool:
    """By its ending, and that each of the first lines is a hash, behind one that may name its
    kind."""
    if not source.name.lower().endswith((".txt", ".csv", ".tsv")):
        return False
    first = [*islice(_written(source.content), _LOOKED_AT)]
    if first and _kind(first[0]):
        first = first[1:]
    return bool(first) and all(_HASH.fullmatch(_text(one)) for one in first)


def read(source: Source) -> Iterator[ListedHash | Unread]:
    """Its hashes in their order. What stands behind one is its label."""
    written = _written(source.content)
    head = next(written, None)
    if head is None:
        return
    named = _kind(head)
    if not named:
        written = _written(source.content)
    of_64 = named or ("pdq" if _half_ones(source.content) else "sha256")
    for line in written:
        found = _HASH.fullmatch(_text(line)) if line.whole else None
        length = len(found[1]) if found else 0
        if found is None or (named and _NAMED[named] != length):
            yield Unread(what=f"{source.name}:{line.number}"[:300], why=MALFORMED)
            continue
        kind = named or (of_64 if length == 64 else _KINDS[length])
        yield ListedHash(kind, found[1].lower(), cleaned(found[2] or "", SHORT))


def _written(content: ReadAt) -> Iterator[Line]:
    """The lines in which something stands, without remarks."""
    for line in lines(content, _LINE):
        if line.data.strip() and not line.data.lstrip().startswith(b"#"):
            yield line


def _text(line: Line) -> str:
    return line.data.decode("utf-8", "replace").strip()


def _kind(line: Line) -> str:
    """The kind that a first line names; "" where it names none."""
    kind = _text(line).lower().replace("-", "")
    return kind if kind in _NAMED else ""


def _half_ones(content: ReadAt) -> bool:
    """Whether hashes of 64 digits are PDQ's, of which nearly all have as many ones as zeros."""
    found = (_HASH.fullmatch(_text(line)) for line in _written(content))
    long = (one[1] for one in found if one and len(one[1]) == 64)
    ones = [int(digits, 16).bit_count() for digits in islice(long, _WEIGHED)]
    return len(ones) >= _FEW and ones.count(_ONES) >= _NEARLY_ALL * len(ones)
