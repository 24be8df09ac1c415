"""A case as one file that is readable without this program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from verify.desk.numbers import standing
from verify.desk.reports import Reports
from verify.records import Person, Role
from verify.store.care import withheld
from verify.store.folder.home import Home
from verify.store.keeping import custody, export, handed_over


class Exporting:
    """Hands cases out, and keeps on record that it did."""

    def __init__(self, home: Home, reports: Reports) -> None:
        self._home = home
        self._store = home.store
        self._reports = reports

    def export(
        self,
        person: Person,
        case_id: int,
        target: Path,
        texts: Mapping[str, str],
        recipients: Sequence[str] = (),
        *,
        step: Callable[[], None] = lambda: None,
        begun_at: datetime | None = None,
        profile: str = "",
        with_originals: bool = True,
        with_custody: bool = True,
    ) -> int:
        """Write a case to one file that is readable without this program.

        texts: by name, what is to stand beside originals and custody events, where these go
        along. profile: the name of what narrowed them, for the record. recipients: age
        public keys to which it is encrypted. step: called between originals; what it raises
        leaves no file. begun_at: when an attempt was first made that a kill may have cut short;
        what that one wrote and noted is not done again. Gives the number of originals.
        Raises NotFound, BadInput, Unavailable.
        """
        standing(self._store, person, case_id, Role.REPORTER)
        report = self._reports.case(person, case_id)
        kept_back = withheld.digests(self._store)
        originals = {
            exhibit.sha256: export.name_of(
                exhibit.sha256, exhibit.examination.media_type if exhibit.examination else ""
            )
            for exhibit in report.exhibits
            if with_originals and exhibit.sha256 not in kept_back
        }
        with self._store.transaction():
            case_id = standing(self._store, person, report.id, Role.REPORTER)
            noted = begun_at and custody.since(self._store, "exported", case_id, begun_at)
            if noted and begun_at and export.written_since(target, begun_at):
                return len(originals)
            if not noted:
                named = {"profile": profile} if profile else {}
                custody.append(
                    self._store,
                    "exported",
                    person.id,
                    case=case_id,
                    exhibits=len(originals),
                    **named,
                )
            everything = dict(texts)
            if with_custody:
                digests = {exhibit.sha256 for exhibit in report.exhibits}
                lines = handed_over.custody_lines(self._store, case_id, digests)
                everything["custody.jsonl"] = lines
        try:
            export.write(target, everything, originals, self._home, recipients, step)
        except BaseException:
            with self._store.transaction():
                custody.append(self._store, "export failed", person.id, case=case_id)
            raise
        return len(originals)
