"""Check a bag with nothing but Python 3.9: `python3 check_bag.py [FOLDER] [DIGEST]`.

FOLDER is the unpacked bag, else the one that holds this file. DIGEST is the bag's own, as you were
told it by another way. It only reads, and follows no link. Exit status 1: something does not fit.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

Files = dict[str, Callable[[], Iterator[bytes]]]  # by name, what gives the bytes in pieces
LISTS = "tagmanifest-sha256.txt"  # lists every file outside data/ but itself and its signature
SIGNATURE = "tagmanifest-sha256.txt.sig"
OPENSSL = "openssl pkeyutl -verify -pubin -inkey desk.pem -rawin"
RECORD = "data/custody.jsonl"
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
STAMPED = re.compile(r"verify-desk custody record\nevents (\d+)\nhead (\w{64})\nroot (\w{64})\n")


def main(arguments: list[str]) -> int:
    """Print what does not fit, or what fits and what is left to check by other means."""
    files, wrong = files_below(arguments[0] if arguments else str(Path(__file__).absolute().parent))
    told: list[str] = []
    wrong += check(files, told)
    if not wrong and len(arguments) > 1 and arguments[1].lower() != sha256(files[LISTS]()):
        wrong = ["The digest is not the one that you were told: this is another bag."]
    print("\n".join(wrong or told))
    return bool(wrong)


def files_below(folder: str) -> tuple[Files, list[str]]:
    """The files of the bag by name, with `/` between parts, and what is no plain file."""
    files: Files = {}
    wrong, left = [], [""]
    while left:
        inside = left.pop()
        with os.scandir(folder + "/" + inside) as entries:
            for entry in entries:
                name = inside + entry.name
                if entry.is_dir(follow_symlinks=False):
                    left.append(name + "/")
                elif entry.is_file(follow_symlinks=False):
                    files[name] = partial(pieces, entry.path)
                else:
                    wrong.append(f"{name!a} is a link or no file: nothing here follows it.")
    return files, wrong


def pieces(path: str) -> Iterator[bytes]:
    flags = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    with os.fdopen(os.open(path, os.O_RDONLY | flags), "rb") as file:
        while piece := file.read(1 << 20):
            yield piece


def sha256(chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def check(files: Files, told: list[str]) -> list[str]:
    """What does not fit. told: is given what was checked, and what this program cannot check."""
    try:
        return [*check_files(files, told)] or [*check_record(files, told)]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        return [f"Something is not written as in a bag of a desk ({type(error).__name__})."]
    except OSError:
        return ["A file cannot be read."]


def read(files: Files, name: str) -> str:
    return b"".join(files[name]()).decode("utf-8")


def check_files(files: Files, told: list[str]) -> Iterator[str]:
    """Every file is listed, every listed file is there, and has its SHA-256."""
    for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", LISTS):
        if name not in files:
            yield f"{name} is missing."
            return
    if read(files, "bagit.txt") != "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        yield "bagit.txt is not that of BagIt 1.0."
    listed: dict[str, str] = {}
    for manifest in ("manifest-sha256.txt", LISTS):
        for line in read(files, manifest).splitlines():
            digest, _, name = line.partition("  ")
            if not re.fullmatch("[0-9a-f]{64}", digest) or not NAME.fullmatch(name):
                yield f"{manifest} has a line that is none: {line[:200]!a}"
            elif name in listed or (manifest == LISTS) == name.startswith("data/"):
                yield f"{name} is listed twice, or in the wrong list."
            else:
                listed[name] = digest
    for name in sorted(files.keys() - listed.keys() - {LISTS, SIGNATURE}):
        yield f"{name!a} is in no list: it was added."
    for name, digest in sorted(listed.items()):
        if name not in files:
            yield f"{name} is missing."
        elif sha256(files[name]()) != digest:
            yield f"{name} was changed."
        elif name.startswith(("data/originals/", "data/copies/")) and Path(name).stem != digest:
            yield f"{name} is not the file that its name says."
    told.append(f"Files: all {len(listed)} that are listed are there and unchanged, no others.")
    told.append(f"Digest of this bag, to compare with what you were told: {sha256(files[LISTS]())}")
    if SIGNATURE in files:
        told.append("Signature: not verified here. With the desk's public key in desk.pem:")
        told.append(f"  {OPENSSL} -in {LISTS} -sigfile {SIGNATURE}")


def check_record(files: Files, told: list[str]) -> Iterator[str]:
    """Every event fits, none is missing, and what is here is what they speak of."""
    info = dict(line.split(": ", 1) for line in read(files, "bag-info.txt").splitlines())
    if "Verify-Desk-Signed-By" in info and SIGNATURE not in files:
        yield f"{SIGNATURE} is missing."
    if RECORD not in files:
        told += ["Custody: this bag holds no record, and no originals."]
        if "Verify-Desk-Custody-Head" in info or any("/originals/" in name for name in files):
            yield f"{RECORD} is missing."
        return
    events = [json.loads(line) for line in read(files, RECORD).splitlines()]
    case = json.loads(read(files, "data/case.json"))
    before: Any = {"id": 0, "hash": "0" * 64}
    for event in events:
        parts = [event[name] for name in ("id", "at", "kind", "person_id", "subject", "previous")]
        text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
        next_to = event["id"] == before["id"] + 1
        linked = event["previous"] == before["hash"] if next_to else event["id"] > before["id"]
        if not linked or event["hash"] != sha256(iter([text.encode("utf-8")])):
            yield f"Event {event['id']!a} does not fit."
            return
        before = event
    earlier = "".join(event["hash"] + "\n" for event in events[:-1]).encode()
    said = [(event["kind"], json.loads(event["subject"])) for event in events]
    (kind, last), told_of = said[-1], (len(events) - 1, sha256(iter([earlier])))
    if kind != "exported" or (last.get("events"), last.get("record")) != told_of:
        yield "The last event does not name those before it: one is missing, or not from here."
    if info["Verify-Desk-Custody-Head"] != events[-1]["hash"]:
        yield "bag-info.txt names another event as the last one."
    yield from check_originals(files, said, case, info)
    told.append(f"Custody: {len(events)} events fit, the last is {events[-1]['hash']}")
    for name in sorted(files):
        if name.startswith("data/stamps/") and name.endswith("/head.txt"):
            yield from check_stamp(files, name, events, told)


def check_originals(files: Files, said: list[Any], case: Any, info: Any) -> Iterator[str]:
    """The originals are those of the case, and events say that they were preserved."""
    here = {Path(name).stem for name in files if name.startswith("data/originals/")}
    preserved = {subject["exhibit"] for kind, subject in said if kind == "preserved"}
    exhibits = {one["sha256"] for one in case["exhibits"]}
    for digest in sorted(exhibits - here - set(info.get("Verify-Desk-Kept-Back", "").split())):
        yield f"The original {digest!a} is missing."
    for digest in sorted(here - (exhibits & preserved)):
        yield f"The original {digest} is not of this case, or no event says that it was preserved."
    if said[-1][1].get("exhibits") != len(here):
        yield "The last event counts other originals than there are."


def check_stamp(files: Files, name: str, events: list[Any], told: list[str]) -> Iterator[str]:
    """The events lie under the root that was stamped. When that was, OpenSSL tells."""
    size, root = STAMPED.fullmatch(read(files, name)).group(1, 3)  # type: ignore[union-attr]
    paths = json.loads(read(files, name.replace("head.txt", "paths.json")))
    covered = [event for event in events if event["id"] <= int(size)]
    for event in covered:
        path = [bytes.fromhex(one) for one in paths[str(event["id"])]]
        if root_above(event["id"] - 1, int(size), bytes.fromhex(event["hash"]), path) != root:
            yield f"Event {event['id']} is not in the record that {name} stamps."
    told += [
        f"Stamp of {name}: of {len(events)} events, {len(covered)} existed before it.",
        f"  SHA-256 that is stamped: {sha256(files[name]())}",
        "  Its time is not verified here. With the authority's certificates in ca.pem:",
        f"  openssl ts -verify -data {name} -in {name[:-8]}reply.tsr -CAfile ca.pem",
    ]


def root_above(at: int, size: int, leaf: bytes, path: list[bytes]) -> str:
    """The root of a Merkle tree of `size` leaves, from one and its path (RFC 9162, 2.1.3.2)."""
    last, node = size - 1, hashlib.sha256(b"\0" + leaf).digest()
    for one in path:
        if at & 1 or at == last:
            node = hashlib.sha256(b"\1" + one + node).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\1" + node + one).digest()
        at, last = at >> 1, last >> 1
    return node.hex() if last == 0 else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
