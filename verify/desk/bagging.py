"""A case as a bag: with all by which somebody without a desk can check it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from verify.desk.numbers import standing
from verify.desk.reports import Reports
from verify.desk.signing import demand_current
from verify.records import (
    COPY,
    Bagged,
    CaseReport,
    ExhibitReport,
    Packed,
    Person,
    Role,
)
from verify.store.care import withheld
from verify.store.casework import sealed, sightings
from verify.store.database.connection import now
from verify.store.folder.files import open_file, private_folder
from verify.store.folder.home import Home, working
from verify.store.keeping import bag, custody, export, handed_over, signing, stamps
from verify.store.pictures import exhibits

LayOut = Callable[[Packed], Mapping[str, bytes]]
"""Gives the texts of a bag, by their names below `data/`."""


class Bagging:
    """Packs cases, and keeps on record that it did."""

    def __init__(self, home: Home, reports: Reports) -> None:
        self._home = home
        self._store = home.store
        self._reports = reports

    def bag(
        self,
        person: Person,
        case_id: int,
        target: Path,
        lay_out: LayOut,
        recipients: Sequence[str] = (),
        *,
        limit: int | None = None,
        step: Callable[[], None] = lambda: None,
        ready: Callable[[], object] = lambda: None,
        begun_at: datetime | None = None,
        profile: str,
        shown: CaseReport,
        with_originals: bool,
        with_copies: bool,
        with_custody: bool,
        key: bytes = b"",
    ) -> Bagged | None:
        """Write a case to one new file, a bag of this profile.

        shown: the case as the profile narrowed it: of what is not in it no file goes along. key:
        signs it, where it is the desk's own. ready: called once, when the file is whole and before
        it gets its name. limit: of its size in bytes. recipients, step, begun_at: as in
        `Exporting.export`; None where an attempt that a kill cut short had written it. Raises
        NotFound, BadInput, Unavailable.
        """
        standing(self._store, person, case_id, Role.REPORTER)
        signed_by = demand_current(self._store, key) if key else ""
        report = self._reports.case(person, case_id)
        kept_back = withheld.digests(self._store) & {one.sha256 for one in report.exhibits}
        originals, copies = self._files(report, shown, kept_back, with_originals, with_copies)
        with self._store.transaction():
            case_id = standing(self._store, person, report.id, Role.REPORTER)
            noted = begun_at and custody.since(self._store, "exported", case_id, begun_at)
            if noted and begun_at and export.written_since(target, begun_at):
                return None
            head = custody.head(self._store)
            for sha256 in copies:
                custody.append(
                    self._store, "copy handed out", person.id, case=case_id, exhibit=sha256
                )
            events = self._noted(person, case_id, report, len(originals), profile)
            beside = self._stamps(events) if with_custody else {}
        packed = Packed(
            case=case_id,
            at=now(),
            profile=profile,
            head=head,
            events=events if with_custody else "",
            originals=originals,
            copies=copies,
            beside=beside,
            kept_back=tuple(sorted(kept_back)) if with_originals else (),
            key=signed_by,
            encrypted=bool(recipients),
        )
        last = json.loads(events.splitlines()[-1])["hash"]
        try:
            digest = bag.write(
                target,
                f"case-{case_id}-{profile}",
                lay_out(packed),
                originals | copies,
                _described(packed, last),
                self._home,
                recipients,
                step=step,
                ready=ready,
                limit=limit,
                sign=partial(signing.signature, key) if key else None,
            )
        except BaseException:
            with self._store.transaction():
                custody.append(self._store, "export failed", person.id, case=case_id)
            raise
        return Bagged(case_id, len(originals), len(copies), digest, last, signed_by)

    def handed_out(
        self,
        person: Person,
        case_id: int,
        lay_out: LayOut,
        *,
        limit: int,
        **more: Any,
    ) -> tuple[Bagged, bytes]:
        """The bag as bytes, for where it is sent on at once. limit: of its size in bytes. more: as
        `bag`. Raises NotFound, Unavailable; BadInput where it is larger."""
        report = self._reports.case(person, case_id)
        if more["with_originals"] and sum(one.size for one in report.exhibits) > limit:
            raise bag.too_large(limit)
        with private_folder(working(self._home.folder)) as folder:
            file = folder / "case.zip"
            made = self.bag(person, case_id, file, lay_out, limit=limit, **more)
            assert made is not None  # noqa: S101 - no attempt came before
            with open_file(file) as written:
                return made, written.read()

    def _noted(
        self, person: Person, case_id: int, report: CaseReport, originals: int, profile: str
    ) -> str:
        """The events of the case, the last of which says that it was exported and names them."""
        digests = {exhibit.sha256 for exhibit in report.exhibits}
        before = handed_over.custody_lines(self._store, case_id, digests).splitlines()
        hashes = "".join(f"{json.loads(line)['hash']}\n" for line in before)
        custody.append(
            self._store,
            "exported",
            person.id,
            case=case_id,
            exhibits=originals,
            profile=profile,
            events=len(before),
            record=hashlib.sha256(hashes.encode()).hexdigest(),
        )
        return handed_over.custody_lines(self._store, case_id, digests)

    def _stamps(self, events: str) -> dict[str, bytes]:
        """The earliest stamps that have these events, and by what each shows that it has them."""
        ids = [json.loads(line)["id"] for line in events.splitlines()]
        files = {}
        for one, paths in stamps.first_of(self._store, ids):
            there = f"stamps/{one.id}/"
            files[there + "head.txt"] = one.text.encode()
            files[there + "request.tsq"] = one.request
            files[there + "reply.tsr"] = one.reply
            files[there + "paths.json"] = json.dumps(paths, indent=0).encode()
        return files

    def _files(
        self,
        report: CaseReport,
        shown: CaseReport,
        kept_back: set[str],
        with_originals: bool,
        with_copies: bool,
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The names of originals and of copies for others, by SHA-256, as far as they go along."""
        told = {one.exhibit_id for one in shown.exhibits}
        known = [
            one for one in report.exhibits if one.exhibit_id in told and one.sha256 not in kept_back
        ]
        if with_originals:
            return {one.sha256: export.name_of(one.sha256, _type(one)) for one in known}, {}
        if not with_copies:
            return {}, {}
        copies = [one for one in known if self._may_leave(one)]
        named = {one.sha256: export.name_of(one.sha256, _type(one)) for one in copies}
        return {}, {digest: name.replace("originals/", "copies/") for digest, name in named.items()}

    def _may_leave(self, exhibit: ExhibitReport) -> bool:
        """Whether it is here as nothing but a copy that was made for others, of something that is
        neither sealed nor withheld."""
        wholes = sightings.taken_out_of(self._store, exhibit.exhibit_id)
        origin = exhibits.known(self._store, exhibit.exhibit_id, exhibit.case_id).submission.origin
        if not wholes or origin is None or not origin.name.endswith(f" {COPY}"):
            return False
        behind = [*wholes, exhibit.exhibit_id]
        closed = any(withheld.is_withheld(self._store, one) for one in behind)
        return not closed and not sealed.of_exhibits(self._store, behind)


def _type(exhibit: ExhibitReport) -> str:
    return exhibit.examination.media_type if exhibit.examination else ""


def _described(packed: Packed, last: str) -> dict[str, str]:
    from importlib.metadata import version

    told = {
        "Bagging-Date": packed.at.date().isoformat(),
        "External-Identifier": f"case-{packed.case}",
        "Bag-Software-Agent": f"verify-desk {version('verify-desk')}",
        "Verify-Desk-Profile": packed.profile,
    }
    if packed.events:
        told["Verify-Desk-Custody-Head"] = last
    if packed.key:
        told["Verify-Desk-Signed-By"] = packed.key
    if packed.kept_back:
        told["Verify-Desk-Kept-Back"] = " ".join(packed.kept_back)
    return told
