"""An examination without what tells one device or one person from another."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from verify.records import Examination, Finding

_TELLING = frozenset(
    (
        "camera",
        "credentials",
        "device",
        "encoder",
        "film_writer",
        "letters",
        "maker_note",
        "people",
        "screen",
        "signed_history",
        "traces",
    )
)
_FIELDS = ("make", "model", "lens", "software", "creator", "caption")


def without_device(seen: Examination, also: Sequence[str] = ()) -> Examination:
    """What is kept of a file from a sealed source: no maker, device, program, writer or words of
    theirs, nor a finding that names one, or what `also` names. The file itself still holds them."""
    told = [value for name in _FIELDS if (value := getattr(seen.metadata, name))]
    told += [one for one in also if one]
    return replace(
        seen,
        metadata=replace(seen.metadata, **dict.fromkeys(_FIELDS)),
        credentials=None,
        traces=(),
        parts=tuple(replace(one, maker="", name="") for one in seen.parts),
        findings=tuple(one for one in seen.findings if not _tells(one, told)),
    )


def _tells(finding: Finding, told: list[str]) -> bool:
    if finding.check in _TELLING:
        return True
    written = msgspec.json.encode(finding).decode()
    return any(_in_json(value) in written for value in told)


def _in_json(value: str) -> str:
    """A text as it stands within JSON."""
    return msgspec.json.encode(value).decode()[1:-1]
