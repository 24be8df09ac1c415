"""Records as JSON: the shapes that other programs rely on. See docs/json.md."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum

import msgspec

from verify.records import (
    Credentials,
    Examination,
    Finding,
    Fingerprint,
    Match,
    Sentence,
    Value,
    ViewKind,
    say,
)

Render = Callable[[Value], str]


def shape(value: object, render: Render) -> object:
    """Any record as JSON's own types: sentences rendered, times ISO 8601 in UTC, bytes hex."""
    match value:
        case Sentence():
            return render(value)
        case Examination():
            return examination(value, render)
        case Match():
            return {"id": value.id, "exhibit_id": value.exhibit_id, **found(value)}
        case Finding():
            return finding(value, render)
        case msgspec.Struct():
            return fields(value, render)
        case tuple() | list():
            return [shape(entry, render) for entry in value]
        case bytes():
            return value.hex()
        case datetime() | Enum():
            return msgspec.to_builtins(value)
    return value


def fields(record: msgspec.Struct, render: Render) -> dict[str, object]:
    """A record's fields by name, each as `shape` makes it."""
    return {name: shape(getattr(record, name), render) for name in record.__struct_fields__}


def examination(seen: Examination, render: Render) -> dict[str, object]:
    """What the lab saw in a file: `width` and `height` as displayed, hashes in hex."""
    return {
        "media_type": seen.media_type,
        "width": seen.width,
        "height": seen.height,
        "fingerprints": _fingerprints(seen),
        "metadata": msgspec.to_builtins(seen.metadata),
        "generator": msgspec.to_builtins(seen.generator),
        "credentials": _credentials(seen.credentials),
        "findings": [finding(entry, render) for entry in seen.findings],
    }


def _credentials(read: Credentials | None) -> dict[str, object] | None:
    if read is None:
        return None
    return {
        "state": read.state.value,
        "codes": list(read.codes),
        "generator": read.generator,
        "signed_at": msgspec.to_builtins(read.signed_at),
    }


def finding(entry: Finding, render: Render) -> dict[str, object]:
    """What a check saw; `detail` is where it was read and what it cannot show, a line each."""
    return {
        "check": entry.check,
        "pillar": entry.pillar.value,
        "outcome": entry.outcome.value,
        "summary": render(entry.summary),
        "detail": "\n".join(render(line) for line in details(entry)),
    }


def details(entry: Finding) -> list[Value]:
    """The lines under a finding: where it was read and the value there, what it cannot show."""
    lines: list[Value] = []
    if entry.read_from:
        lines.append(say("Read from: {place}", place=entry.read_from))
    if entry.raw:
        lines.append(entry.raw)
    if entry.caution:
        lines.append(entry.caution)
    return lines


def found(match: Match) -> dict[str, object]:
    """An earlier picture like this one. `expected_by_chance` is an upper limit if it is a bound."""
    return {
        "sha256": match.earlier_sha256,
        "case": match.earlier_case_id,
        "method": match.method,
        "distance": match.distance,
        "orientation": match.orientation.value,
        "region": match.region,
        "earlier_region": match.earlier_region,
        "scale": match.scale,
        "inliers": match.inliers,
        "agreement": match.agreement,
        "expected_by_chance": match.expected_by_chance.expected,
        "chance_is_bound": match.expected_by_chance.bound,
        "first_seen": msgspec.to_builtins(match.first_seen.at),
    }


def _fingerprints(seen: Examination) -> dict[str, object]:
    whole = (view.fingerprints for view in seen.views if view.kind is ViewKind.WHOLE)
    by_name = {print_.algorithm: print_ for prints in whole for print_ in prints}

    def hexadecimal(name: str) -> str | None:
        return by_name[name].hash.hex() if name in by_name else None

    pdq: Fingerprint | None = by_name.get("pdq")
    return {
        "pdq": {"hash": pdq.hash.hex(), "quality": pdq.quality} if pdq else None,
        "phash": hexadecimal("phash"),
        "dhash": hexadecimal("dhash"),
    }
