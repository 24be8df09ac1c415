"""Records as JSON: the shapes that other programs rely on. See docs/json.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from enum import Enum

import msgspec

from verify.comparisons.networks import read_link, read_name
from verify.records import (
    WHOLE,
    CheckedElsewhere,
    Cover,
    Credentials,
    Examination,
    ExhibitReport,
    Finding,
    Fingerprint,
    Footage,
    Heard,
    Match,
    SeenElsewhere,
    Sentence,
    Sighting,
    Stretch,
    Value,
    Verdict,
    View,
    ViewKind,
)
from verify.wording.findings import details

Render = Callable[[Value], str]


def shape(value: object, render: Render) -> object:
    """Any record as JSON's own types: sentences rendered, times ISO 8601 in UTC, bytes hex."""
    match value:
        case Sentence():
            return render(value)
        case Examination():
            return examination(value, render)
        case ExhibitReport():
            return _exhibit(value, render)
        case Sighting():
            return {**fields(value, render), "posts": posts(value.links)}
        case Cover():
            return _cover(value)
        case Match():
            return {"id": value.id, "exhibit_id": value.exhibit_id, **found(value)}
        case Finding():
            return finding(value, render)
        case Verdict():
            return {**fields(value, render), "media_review": value.rating.media_review}
        case msgspec.Struct():
            return fields(value, render)
        case tuple() | list():
            return [shape(entry, render) for entry in value]
        case bytes():
            return value.hex()
        case date() | Enum():  # a datetime is a date
            return msgspec.to_builtins(value)
    return value


def _exhibit(report: ExhibitReport, render: Render) -> dict[str, object]:
    named = {
        **fields(report, render),
        "later": [_seen_again(match) for match in report.later],
        "heard": heard(one for one in report.heard if one.exhibit_id == report.exhibit_id),
        "heard_later": [
            {**passage, "exhibit": one.exhibit_id, "sha256": one.sha256, "case": one.case_id}
            for one in report.heard
            if one.exhibit_id != report.exhibit_id
            for passage in heard([one])
        ],
    }
    if report.examination:
        lab = examination(report.examination, render)
        named["examination"] = {**lab, "links": links_in_name(report.filename)}
    return named


def _cover(cover: Cover) -> dict[str, object]:
    return {
        "kinds": [*cover.kinds],
        "marks": [
            {"kind": one.kind, "by": one.by, "at": msgspec.to_builtins(one.at)}
            for one in cover.marks
        ],
        "proposed": [*cover.proposed],
        "inherited": [*cover.inherited],
        "stretches": [[*one] for one in cover.stretches],
    }


def fields(record: msgspec.Struct, render: Render) -> dict[str, object]:
    """A record's fields by their keys in JSON, each as `shape` makes it."""
    named = zip(record.__struct_fields__, record.__struct_encode_fields__, strict=True)
    return {key: shape(getattr(record, name), render) for name, key in named}


def examination(seen: Examination, render: Render) -> dict[str, object]:
    """What the lab saw in a file: `width` and `height` as displayed, hashes in hex."""
    return {
        "media_type": seen.media_type,
        "width": seen.width,
        "height": seen.height,
        "duration": seen.seconds,
        "fingerprints": _fingerprints(_whole(seen)),
        "views": [_view(view) for view in seen.views],
        "metadata": msgspec.to_builtins(seen.metadata),
        "dates": msgspec.to_builtins(seen.dates),
        "generator": msgspec.to_builtins(seen.generator),
        "credentials": _credentials(seen.credentials),
        "thumbnail": {"present": seen.thumbnail.present, "differs": seen.thumbnail.differs},
        "platforms": msgspec.to_builtins(seen.traces),
        "trailing": msgspec.to_builtins(seen.trailing),
        "parts": msgspec.to_builtins(seen.parts),
        "text": msgspec.to_builtins(seen.text),
        "findings": [finding(entry, render) for entry in seen.findings],
    }


def film(seen: Footage | None) -> dict[str, object]:
    """What was seen of a film from its beginning to its end; times in seconds."""
    if seen is None:
        return {"frames": [], "shots": [], "streams": []}
    from verify.matching.film_pictures import ends_of_shots  # it loads NumPy

    ends = ends_of_shots(seen)
    return {
        "frames": [
            {"at": one.at_ms / 1000, "pdq": one.pdq[0].hex(), "quality": one.quality}
            for one in seen.samples
        ],
        "shots": [[begin / 1000, end / 1000] for begin, end in zip(seen.shots, ends, strict=True)],
        "streams": msgspec.to_builtins(seen.streams),
    }


def checked(one: CheckedElsewhere) -> dict[str, object]:
    """What a pack says of a file: the word of its publisher, and no match of this desk."""
    return {
        "rating": one.rating and one.rating.value,
        "media_review": one.rating and one.rating.media_review,
        "by": one.by,
        "on": one.on and one.on.isoformat(),
        "link": one.link,
        "claim": one.claim,
        **_in_pack(one),
    }


def looked_at(one: CheckedElsewhere) -> dict[str, object]:
    """What a pack of unpublished work says of a file: that a desk looked at it, and whom to ask."""
    return {"ask": one.ask, **_in_pack(one)}


def _in_pack(one: CheckedElsewhere) -> dict[str, object]:
    return {
        "pack": one.pack,
        "publisher": one.publisher,
        "method": one.method,
        "distance": one.distance,
        "view": one.view.value,
        "at": None if one.at_ms is None else one.at_ms / 1000,
        "region": one.region,
    }


def seen_elsewhere(one: SeenElsewhere) -> dict[str, object]:
    """What another desk of the hub says of a file: no match of this desk."""
    return {
        "desk": one.desk,
        "first_seen": one.first_seen.isoformat(),
        "shared_at": one.shared_at.isoformat(),
        "ask": one.ask,
        "rating": one.rating.value if one.rating else None,
        "media_review": one.rating.media_review if one.rating else None,
        "method": one.method,
        "distance": one.distance,
        "view": one.view.value,
        "at": None if one.at_ms is None else one.at_ms / 1000,
        "region": one.region,
    }


def links_in_name(filename: str) -> list[dict[str, object]]:
    """The id of a post that a file's name has kept, with the time in it."""
    found = read_name(filename, now=datetime.now(UTC))
    return [_post(found.network, found.id, found.at)] if found else []


def posts(links: tuple[str, ...]) -> list[dict[str, object]]:
    """The posts that links lead to; `posted_at` is null where an id holds no time."""
    read = (read_link(link, now=datetime.now(UTC)) for link in links)
    return [_post(found[0], found[1].id, found[1].at) for found in read if found]


def _post(network: str, number: str, at: datetime | None) -> dict[str, object]:
    return {"platform": network, "id": number, "posted_at": msgspec.to_builtins(at)}


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


def found(match: Match) -> dict[str, object]:
    """An earlier picture like this one. `expected_by_chance` is an upper limit if it is a bound."""
    return {
        "sha256": match.earlier_sha256,
        "case": _case(match.earlier_case_id),
        "method": match.method,
        "distance": match.distance,
        "orientation": match.orientation.value,
        "view": _which(match.view),
        "earlier_view": _which(match.earlier_view),
        "region": match.region,
        "earlier_region": match.earlier_region,
        "scale": match.proof.scale if match.proof else None,
        "inliers": match.proof.inliers if match.proof else None,
        "agreement": match.proof.agreement if match.proof else None,
        "expected_by_chance": match.expected_by_chance.expected,
        "chance_is_bound": match.expected_by_chance.bound,
        "first_seen": msgspec.to_builtins(match.first_seen.at),
        "first_posted_by": match.first_seen.source if match.first_seen.posted else None,
        "shown": [_stretch(one) for one in match.shown],
    }


def _case(case_id: int) -> int | None:
    """The number of a case; null for what is in the archive of posts alone."""
    return case_id if case_id > 0 else None


def _stretch(shown: Stretch) -> dict[str, object]:
    """Of films: from when to when, in seconds; null on the side of a still."""
    return {
        "from": shown.begins,
        "to": shown.ends,
        "earlier_from": shown.earlier_begins,
        "earlier_to": shown.earlier_ends,
        "speed": shown.speed,
        "orientation": shown.orientation.value,
        "method": shown.method,
    }


def heard(found: Iterable[Heard]) -> list[dict[str, object]]:
    """The sounds heard earlier that run in this one, a passage each; times in seconds."""
    return [
        {
            "exhibit": one.earlier_exhibit_id,
            "sha256": one.earlier_sha256,
            "case": _case(one.earlier_case_id),
            "from": passage.begins,
            "to": passage.ends,
            "earlier_from": passage.earlier_begins,
            "earlier_to": passage.earlier_ends,
            "speed": passage.speed,
        }
        for one in found
        for passage in one.passages
    ]


def _seen_again(match: Match) -> dict[str, object]:
    """A match from the other side: the picture that came later and shows this one."""
    own = {"id": match.id, "exhibit_id": match.exhibit_id}
    lies = {name: value for name, value in found(match).items() if name != "first_seen"}
    return {**own, **lies, "sha256": match.sha256, "case": match.case_id}


def _which(view: View) -> dict[str, object]:
    """Which of a file's views it is; `at` in seconds."""
    at = None if view.at_ms is None else view.at_ms / 1000
    return {"kind": view.kind.value, "corners": view.corners, "at": at, "number": view.number}


def _view(view: View) -> dict[str, object]:
    return {**_which(view), "fingerprints": _fingerprints(view)}


def _whole(seen: Examination) -> View:
    return next((view for view in seen.views if view.kind is ViewKind.WHOLE), WHOLE)


def _fingerprints(view: View) -> dict[str, object]:
    by_name = {print_.algorithm: print_ for print_ in view.fingerprints}

    def hexadecimal(name: str) -> str | None:
        return by_name[name].hash.hex() if name in by_name else None

    pdq: Fingerprint | None = by_name.get("pdq")
    return {
        "pdq": {"hash": pdq.hash.hex(), "quality": pdq.quality} if pdq else None,
        "phash": hexadecimal("phash"),
        "dhash": hexadecimal("dhash"),
    }
