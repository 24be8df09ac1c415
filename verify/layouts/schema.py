"""The JSON Schema of `case.json`, made of the records that it is written from.

What `verify.layouts.shapes` writes as it stands in the records follows from these; what it writes
otherwise is described here, beside the record that it stands for.
"""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from verify import records
from verify.layouts.profiles import Keys
from verify.records import CaseReport, Corners, Orientation, Sensitive, ViewKind

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Shape(msgspec.Struct, forbid_unknown_fields=True):
    """What is written otherwise than its record stands."""


class Pdq(_Shape):
    hash: str
    quality: int | None


class Fingerprints(_Shape):
    pdq: Pdq | None
    phash: str | None
    dhash: str | None


class Which(_Shape):
    kind: ViewKind
    corners: Corners | None
    at: float | None
    number: int | None


class View(Which):
    fingerprints: Fingerprints


class LinkedPost(_Shape):
    platform: str
    id: str
    posted_at: str | None


class Finding(_Shape):
    check: str
    pillar: records.Pillar
    outcome: records.Outcome
    summary: str
    detail: str


class Credentials(_Shape):
    state: records.CredentialState
    codes: list[str]
    generator: str | None
    signed_at: str | None


class Thumbnail(_Shape):
    present: bool
    differs: bool


class Examination(_Shape):
    media_type: str
    width: int | None
    height: int | None
    duration: float | None
    fingerprints: Fingerprints
    views: list[View]
    metadata: records.Metadata
    dates: list[records.FileDate]
    generator: records.Generator | None
    credentials: Credentials | None
    thumbnail: Thumbnail
    platforms: list[records.Trace]
    trailing: records.Trailing
    parts: list[records.Part]
    text: records.Text | None
    findings: list[Finding]
    links: list[LinkedPost]


class Stretch(msgspec.Struct, forbid_unknown_fields=True, rename={"begins": "from", "ends": "to"}):
    begins: float | None
    ends: float | None
    earlier_from: float | None
    earlier_to: float | None
    speed: float
    orientation: Orientation
    method: str


class Later(_Shape):
    id: int
    exhibit_id: int
    sha256: str
    case: int | None
    method: str
    distance: int | None
    orientation: Orientation
    view: Which
    earlier_view: Which
    region: Corners | None
    earlier_region: Corners | None
    scale: float | None
    inliers: int | None
    agreement: float | None
    expected_by_chance: float
    chance_is_bound: bool
    first_posted_by: str | None
    shown: list[Stretch]


class Match(Later):
    first_seen: str


class Heard(msgspec.Struct, forbid_unknown_fields=True, rename={"begins": "from", "ends": "to"}):
    exhibit: int
    sha256: str
    case: int | None
    begins: float
    ends: float
    earlier_from: float
    earlier_to: float
    speed: float


class CoverMark(_Shape):
    kind: Sensitive
    by: str
    at: str


class Cover(_Shape):
    kinds: list[Sensitive]
    marks: list[CoverMark]
    proposed: list[Sensitive]
    inherited: list[Sensitive]
    stretches: list[tuple[float, float]]


_WRITTEN: dict[type, Any] = {
    records.Sentence: str,
    records.Finding: Finding,
    records.Examination: Examination,
    records.Match: Match,
    records.Heard: Heard,
    records.Cover: Cover,
    bytes: str,
}
_MORE: dict[type, list[tuple[str, Any]]] = {
    records.ExhibitReport: [("later", list[Later]), ("heard_later", list[Heard])],
    records.Sighting: [("posts", list[LinkedPost])],
    records.Verdict: [("media_review", str | None)],
    CaseReport: [("profile", str), ("left_out", list[str])],
}


def case_schema(keys: Keys | None) -> dict[str, object]:
    """The schema of `case.json` for a profile that hands out these keys; None for all of them."""
    (reference,), shapes = msgspec.json.schema_components(
        (_written(CaseReport),), ref_template="#/$defs/{name}"
    )
    schema = {"$schema": _DIALECT, **reference, "$defs": shapes}
    return schema if keys is None else _partly(schema)


@cache
def _written(record: type) -> type:
    """A record as it is written: every field, by its key, none unknown."""
    hints = get_type_hints(record)
    named = zip(record.__struct_fields__, record.__struct_encode_fields__, strict=True)  # type: ignore[attr-defined]
    fields = {key: _shape(hints[name]) for name, key in named} | dict(_MORE.get(record, ()))
    return msgspec.defstruct(
        record.__name__,
        list(fields.items()),
        forbid_unknown_fields=True,
        namespace={"__doc__": record.__doc__},
    )


def _shape(kind: Any) -> Any:
    if kind in _WRITTEN:
        return _WRITTEN[kind]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _written(kind)
    inner = get_args(kind)
    if get_origin(kind) in (Union, UnionType):
        return Union[tuple(map(_shape, inner))]  # noqa: UP007 - of types that are known only now
    if get_origin(kind) is tuple:
        return tuple[tuple(one if one is ... else _shape(one) for one in inner)]  # type: ignore[misc]
    return kind


def _partly(schema: Any) -> Any:
    """The same without keys that must be there: a profile leaves some out."""
    if isinstance(schema, dict):
        return {
            key: _partly(value)
            for key, value in schema.items()
            if not (key == "required" and isinstance(value, list))
        }
    return [_partly(one) for one in schema] if isinstance(schema, list) else schema
