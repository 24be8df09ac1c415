"""A bag of another desk: checked by the checker that goes along with every bag, then read.

It is known by its files, so that one of which something was taken away is still one, and fails.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

from verify.lab import archives, check_bag
from verify.lab.wire import Bag, BagFile, Member
from verify.records import TheirKind, TheirWords

_KNOWN_BY = {"bagit.txt", "check_bag.py", "data/case.json", check_bag.LISTS}
_MOST_BYTES = 8 << 30  # of one bag, unpacked
_MOST_RATIO = 100  # unpacked to packed
_SMALL = 1 << 20  # so many bytes more are never called a bomb
_TEXT_BYTES = 32 << 20  # of one file that is read as a whole
_MOST_WORDS = 2000
_LONGEST = 6000  # characters, as a desk takes them
_NAME = 300
_LINKS = 20
_WRONG = 10
_IN_FILES = ("data/originals/", "data/copies/")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HEX = re.compile("[0-9a-f]{64}")


class NotABagError(Exception):
    """A ZIP archive that is no bag of a desk."""


def read(file: int) -> Bag:
    """What stands in a bag, or what of it does not fit. file: a descriptor. Raises NotABagError,
    also where nobody can tell what is in the archive, and ArchiveError."""
    try:
        listed = archives.members(file)
    except archives.ArchiveError as error:
        raise NotABagError from error
    members = [one for one in listed if not one.name.endswith("/")]
    top = _top(members)
    wrong = [*_unfit(members, top, os.lseek(file, 0, os.SEEK_END))]
    inside = {one.name.removeprefix(top): one for one in members}
    files: check_bag.Files = {
        name: partial(archives.parts, file, one) for name, one in inside.items()
    }
    wrong = wrong or check_bag.check(files, [])
    if not wrong:
        try:
            return _read(files, inside)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            kind = type(error).__name__
            wrong = [f"Something is not written as in a bag of a desk ({kind})."]
    return Bag(wrong=tuple(one[:_NAME] for one in wrong[:_WRONG]))


def _top(members: Iterable[Member]) -> str:
    """The folder of the bag, with a stroke behind it."""
    known: dict[str, int] = {}
    for one in members:
        top, _, name = one.name.partition("/")
        known[top] = known.get(top, 0) + (name in _KNOWN_BY)
    top = max(known, key=lambda one: known[one], default="")
    if known.get(top, 0) < 2:
        raise NotABagError
    return f"{top}/"


def _unfit(members: list[Member], top: str, size: int) -> Iterator[str]:
    """What no bag has: paths that lead elsewhere, names twice, links, too much to unpack."""
    seen: set[str] = set()
    sharing = archives.sharing(members)
    left = min(_MOST_BYTES, _MOST_RATIO * size + _SMALL)
    for number, one in enumerate(members):
        name = one.name.removeprefix(top)
        left -= one.size
        if not one.name.startswith(top) or not check_bag.NAME.fullmatch(name):
            yield f"{one.name[:_NAME]!a} is not in the folder of the bag."
        elif name in seen:
            yield f"{name} is in the archive twice."
        elif one.encrypted or one.mode >> 12 not in (0, 8):
            yield f"{name!a} is a link or no file: nothing here follows it."
        elif number in sharing or left < 0 or one.size > _most(name, one):
            yield f"{name} unpacks to more than it may."
            return
        seen.add(name)


def _most(name: str, member: Member) -> int:
    most = _MOST_RATIO * member.packed + _SMALL
    return most if name.startswith(_IN_FILES) else min(most, _TEXT_BYTES)


def _read(files: check_bag.Files, members: Mapping[str, Member]) -> Bag:
    """A bag that fits. Raises ValueError, KeyError, TypeError, AttributeError, RecursionError."""
    info = dict(line.split(": ", 1) for line in check_bag.read(files, "bag-info.txt").splitlines())
    case = json.loads(check_bag.read(files, "data/case.json"))
    signed_by = _hex(info.get("Verify-Desk-Signed-By", ""))
    if signed_by and check_bag.SIGNATURE not in files:
        return Bag(wrong=(f"{check_bag.SIGNATURE} is missing.",))
    exhibits = {one["sha256"]: one for one in case.get("exhibits", ()) if one.get("sha256")}
    numbers = {one.get("exhibit_id"): _hex(digest) for digest, one in exhibits.items()}
    words = [*_words(case, numbers), *_posts(files)]
    made_on = info.get("Bagging-Date", "")
    tags = b"".join(files[check_bag.LISTS]())
    signature = b"".join(files[check_bag.SIGNATURE]()) if check_bag.SIGNATURE in files else b""
    return Bag(
        case=int(case["id"]) if 0 < int(case["id"]) < 1 << 53 else 0,
        profile=_text(case.get("profile"), 60),
        made_on=made_on if _DAY.fullmatch(made_on) else "",
        head=_hex(info.get("Verify-Desk-Custody-Head", "")),
        signed_by=signed_by,
        tags=tags,
        signature=signature[:64],
        record=check_bag.read(files, check_bag.RECORD) if check_bag.RECORD in files else "",
        stamps=sum(re.fullmatch("data/stamps/[^/]+/reply.tsr", name) is not None for name in files),
        files=tuple(
            _file(name.rpartition("/")[2].partition(".")[0], member, exhibits)
            for name, member in members.items()
            if name.startswith(_IN_FILES)
        ),
        words=tuple(words[:_MOST_WORDS]),
        more=len(words[_MOST_WORDS:]),
    )


def _file(digest: str, member: Member, exhibits: Mapping[str, dict[str, object]]) -> BagFile:
    told = exhibits.get(digest, {})
    cover = told.get("cover")
    kinds = cover.get("kinds", ()) if isinstance(cover, dict) else ()
    return BagFile(
        sha256=_hex(digest),
        filename=_text(told.get("filename"), _NAME),
        marks=tuple(_text(one, 60) for one in kinds[:_LINKS]),
        member=member,
    )


def _words(case: Mapping[str, object], numbers: Mapping[object, str]) -> Iterator[TheirWords]:
    """Verdicts first, as they matter most."""
    for kind, key, text in (
        (TheirKind.VERDICT, "verdicts", "reason"),
        (TheirKind.CLAIM, "claims", "text"),
        (TheirKind.NOTE, "notes", "text"),
        (TheirKind.SIGHTING, "sightings", "caption"),
    ):
        for one in _entries(case.get(key)):
            links = one.get("links")
            yield TheirWords(
                kind=kind,
                text=_text(one.get(text), _LONGEST),
                exhibit=numbers.get(one.get("exhibit_id"), ""),
                by=_text(next(filter(None, map(one.get, _PEOPLE[kind])), ""), _NAME),
                at=_moment(next(filter(None, map(one.get, _TIMES[kind])), "")),
                rating=_text(one.get("rating"), 60),
                links=tuple(_text(link, 2000) for link in links[:_LINKS])
                if isinstance(links, list)
                else (),
            )


_PEOPLE = {
    TheirKind.VERDICT: ("by",),
    TheirKind.CLAIM: ("claimant",),
    TheirKind.NOTE: ("by",),
    TheirKind.SIGHTING: ("source", "received_from"),
}
_TIMES = {
    TheirKind.VERDICT: ("decided_at", "at"),
    TheirKind.CLAIM: ("recorded_at",),
    TheirKind.NOTE: ("at",),
    TheirKind.SIGHTING: ("posted_at", "received_at"),
}


def _entries(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _posts(files: check_bag.Files) -> Iterator[TheirWords]:
    """A row each, its cells as they stand: their heads are in that desk's language. The last names
    the exhibit, where there is one."""
    if "data/posts.csv" not in files:
        return
    rows = csv.reader(io.StringIO(check_bag.read(files, "data/posts.csv").removeprefix("\ufeff")))
    next(rows, None)
    try:
        for row in rows:
            digest = next((one for one in row if _HEX.fullmatch(one.partition(" ")[0])), "")
            told = [one for one in row[1:] if one and one != digest]
            yield TheirWords(
                kind=TheirKind.POST,
                text=_text(" · ".join(told), _LONGEST),
                exhibit=digest.partition(" ")[0],
            )
    except csv.Error as error:
        raise ValueError from error


def _text(value: object, most: int) -> str:
    """A text as it may be kept; "" for what is none."""
    if not isinstance(value, str):
        return ""
    shown = value.encode("utf-8", "replace").decode("utf-8")
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def _hex(value: str) -> str:
    return value if _HEX.fullmatch(value) else ""


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo and 1900 < at.year < 9000 else None
