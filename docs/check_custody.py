"""Check a custody record without verify-desk: `python check_custody.py CASE.zip` or `VERIFY_HOME`.

Written from docs/custody.md alone, for Python's standard library. Exit status 1: something
does not fit.
"""

import hashlib
import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def of_export(file):
    with zipfile.ZipFile(file) as archive:
        events = [json.loads(line) for line in archive.read("custody.jsonl").splitlines()]
        names = [name for name in archive.namelist() if name.startswith("originals/")]
        return events, {Path(name).stem: sha256(archive.read(name)) for name in names}


def of_home(home):
    database = (home / "desk.db").resolve().as_uri()
    with closing(sqlite3.connect(f"{database}?mode=ro", uri=True)) as desk:
        desk.row_factory = sqlite3.Row
        events = [dict(row) for row in desk.execute("SELECT * FROM custody_event ORDER BY id")]
    return events, {file.name: sha256(file.read_bytes()) for file in home.glob("vault/??/*")}


def wrong(events, originals, whole):
    before = {"id": 0, "hash": "0" * 64}
    for event in events:
        parts = [event[name] for name in ("id", "at", "kind", "person_id", "subject", "previous")]
        text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
        gap = event["id"] != before["id"] + 1
        linked = not whole if gap else event["previous"] == before["hash"]
        if not linked or event["hash"] != sha256(text.encode()):
            yield f"Event {event['id']} does not fit."
            break
        before = event
    preserved = set()
    for event in events:
        if event["kind"] in ("preserved", "wiped"):
            change = preserved.add if event["kind"] == "preserved" else preserved.discard
            change(json.loads(event["subject"])["exhibit"])
    for name in sorted(preserved | originals.keys()):
        if originals.get(name) != name:
            yield f"Original {name} is missing or changed."
        elif name not in preserved and not whole:
            yield f"No event says that original {name} was preserved."


if __name__ == "__main__":
    place = Path(sys.argv[1])
    found = list(wrong(*(of_home if place.is_dir() else of_export)(place), whole=place.is_dir()))
    print("\n".join(found) or "Every event and every original fits.")
    sys.exit(bool(found))
