"""Files that a post names: only what lies beside the export is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from verify.formats import CLIPS, FORMATS, PICTURES
from verify.records import Attachment

PICTURE_ENDINGS = frozenset(end for one in PICTURES for end in FORMATS[one].endings)
ENDINGS = PICTURE_ENDINGS | frozenset(end for one in CLIPS for end in FORMATS[one].endings)


def attached(named: str, beside: frozenset[str], kind: str = "") -> Attachment:
    """A file by the name that the export gives; missing, by that name, if there is none."""
    path = named.replace("\\", "/").removeprefix("./")
    for one in (named, path):
        if one in beside:
            return Attachment(path=one, kind=kind)
    return Attachment(missing=named, kind=kind)


def leads_elsewhere(named: str) -> bool:
    """Whether a file that an export names would lie outside of its folder."""
    path = PurePosixPath(named.replace("\\", "/"))
    return ".." in path.parts or path.is_absolute()


def of_stem(stem: str, beside: frozenset[str]) -> Iterator[str]:
    """The media beside an export that have its name and another ending."""
    return (f"{stem}.{ending}" for ending in sorted(ENDINGS) if f"{stem}.{ending}" in beside)
