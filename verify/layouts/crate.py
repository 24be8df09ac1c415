"""What is in a bag and what was done with it, as RO-Crate 1.1 (JSON-LD).

Source: https://w3id.org/ro/crate/1.1. People, where the profile has the custody record, are those
that it names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version

from verify.records import Packed

NAME = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_TYPES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".geojson": "application/geo+json",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".tsq": "application/timestamp-query",
    ".tsr": "application/timestamp-reply",
}
_DONE = {
    "received": "Received",
    "preserved": "Preserved unchanged",
    "examined": "Examined by a program",
    "compared": "Compared with other files and read by a program",
    "watched": "Looked at from beginning to end by a program",
    "heard": "Listened to by a program",
    "derived": "Taken out of another file, or copied under boxes",
    "copy handed out": "Handed out",
}
_PROGRAM = "#verify-desk"

Entity = dict[str, object]


def crate(packed: Packed, texts: Mapping[str, bytes], types: Mapping[str, str]) -> bytes:
    """The metadata file. texts: what else is laid out, by name. types: media types by SHA-256."""
    files = [_text(name, content) for name, content in sorted(texts.items())]
    for digest, name in sorted({**packed.originals, **packed.copies}.items()):
        files.append(_original(name, digest, types.get(digest, "")))
    actions, people = _actions(packed)
    at = _at(packed.at.isoformat())
    title = f"Case {packed.case}, hand-out profile {packed.profile}"
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": f"{title}: what a verification desk keeps of one question.",
        "datePublished": at,
        "license": {"@id": "#rights"},
        "hasPart": [{"@id": one["@id"]} for one in files],
        "mentions": [{"@id": one["@id"]} for one in actions],
    }
    graph: list[Entity] = [
        {
            "@id": NAME,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        root,
        {
            "@id": "#rights",
            "@type": "CreativeWork",
            "name": "No licence is granted",
            "description": "The rights in the files are those of who made them: ask the desk.",
        },
        {
            "@id": _PROGRAM,
            "@type": "SoftwareApplication",
            "name": "verify-desk",
            "version": version("verify-desk"),
        },
        *files,
        *people,
        *actions,
    ]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, indent=1).encode()


def _text(name: str, content: bytes) -> Entity:
    ending = name[name.rfind(".") :]
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "contentSize": str(len(content)),
        "encodingFormat": _TYPES.get(ending, "application/octet-stream"),
    }


def _original(name: str, digest: str, media_type: str) -> Entity:
    return {
        "@id": name,
        "@type": "File",
        "name": digest,
        "identifier": f"urn:sha256:{digest}",
        "encodingFormat": media_type or "application/octet-stream",
    }


def _actions(packed: Packed) -> tuple[list[Entity], list[Entity]]:
    """What was done, an action an event, and by whom; that the bag was made is one always."""
    names = {**packed.originals, **packed.copies}
    done: list[Entity] = []
    people: dict[str, Entity] = {}
    for line in packed.events.splitlines():
        event = json.loads(line)
        subject = json.loads(event["subject"])
        file = names.get(str(subject.get("exhibit", "")))
        if event["kind"] not in _DONE or not file:
            continue
        by = f"#person-{event['person_id']}"
        people[by] = {"@id": by, "@type": "Person", "name": str(event["person"]) or "?"}
        done.append(_action(f"#event-{event['id']}", _DONE[event["kind"]], by, event["at"], [file]))
        if origin := names.get(str(subject.get("origin", ""))):
            done[-1]["object"] = {"@id": origin}
    at = packed.at.isoformat()
    made = _action("#export", "This bag was made", _PROGRAM, at, ["./"])
    made["instrument"] = {"@id": _PROGRAM}
    return [*done, made], [*people.values()]


def _action(number: str, name: str, by: str, at: str, results: Iterable[str]) -> Entity:
    return {
        "@id": number,
        "@type": "CreateAction",
        "name": name,
        "agent": {"@id": by},
        "endTime": _at(at),
        "result": [{"@id": one} for one in results],
    }


def _at(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).isoformat(timespec="seconds")
