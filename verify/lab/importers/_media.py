"""Files that a post names: only what lies beside the export is one."""

from __future__ import annotations

from verify.records import Attachment


def attached(named: str, beside: frozenset[str], kind: str = "") -> Attachment:
    """A file by the name that the export gives; missing, by that name, if there is none."""
    path = named.replace("\\", "/").removeprefix("./")
    for one in (named, path):
        if one in beside:
            return Attachment(path=one, kind=kind)
    return Attachment(missing=named, kind=kind)
