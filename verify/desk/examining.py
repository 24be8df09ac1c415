"""A file's way through the lab: examined, its text read, matched, and all of it recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from verify.desk.archive import Archive
from verify.desk.comparing import Comparing
from verify.desk.indexes import kept
from verify.desk.permissions import require
from verify.errors import Unavailable
from verify.readers.text import add_text
from verify.records import Examination, Match, Person, Role, SentAs, say
from verify.sandbox import Sandbox
from verify.store import custody, examinations, exhibits, features, findings
from verify.store.exhibits import Exhibit
from verify.store.home import Home
from verify.store.vault import sha256_of
from verify.tesseract import Tesseract


class Examining:
    """Runs the lab on what the vault holds, and on files that are not kept."""

    def __init__(
        self,
        home: Home,
        sandbox: Sandbox,
        tesseract: Tesseract,
        archive: Archive,
        comparing: Comparing,
    ) -> None:
        self._home = home
        self._store = home.store
        self._sandbox = sandbox
        self._tesseract = tesseract
        self._archive = archive
        self._comparing = comparing

    def examine(
        self,
        person: Person,
        exhibit_id: int,
        *,
        again: bool = False,
        since: datetime | None = None,
    ) -> None:
        """Run the lab on an exhibit, find its matches, compare. Does nothing when that is done,
        unless `again`; examining again adds an examination and overwrites none. since: what was
        done at or after that moment is not done again.

        Raises NotFound, and Unavailable when its original is missing or changed.
        """
        require(person, Role.REPORTER)
        exhibit = exhibits.known(self._store, exhibit_id)
        if not self._done(exhibit_id, again, since):
            self._archive.prepare()
            seen = self._run_lab(exhibit)
            path = self._home.vault.path(exhibit.sha256)
            self._record(person, exhibit, add_text(seen, path, self._sandbox, self._tesseract))
        self._comparing.cases(exhibits.all_cases_of(self._store, exhibit_id))

    def _done(self, exhibit_id: int, again: bool, since: datetime | None) -> bool:
        if since is not None:
            return examinations.added_since(self._store, exhibit_id, since)
        return not again and examinations.latest(self._store, exhibit_id) is not None

    def look(
        self, person: Person, content: bytes | Path, filename: str
    ) -> tuple[Examination, list[Match]]:
        """Examine and match a file without keeping anything."""
        self._archive.prepare()
        seen = self._sandbox.examine(content, filename=filename, sent_as=SentAs.IMPORT)
        seen = add_text(seen, content, self._sandbox, self._tesseract)
        return seen, self._archive.look_up(person, sha256_of(content), seen)

    def reindex(self, person: Person) -> Iterator[tuple[int, int]]:
        """Make the local features of all exhibits again; gives how many of how many are done.

        They are derived from the originals: no examination is added, none is changed. An
        exhibit whose original is missing is left as it is.
        """
        require(person, Role.OWNER)
        done, ids = 0, exhibits.all_ids(self._store)
        for exhibit_id in ids:
            exhibit = exhibits.known(self._store, exhibit_id)
            try:
                own = kept(self._run_lab(exhibit))
            except Unavailable:  # its original is gone: what is known of it stays
                continue
            if own:
                with self._store.transaction():
                    features.keep(self._store, exhibit_id, own)
            done += 1
            yield done, len(ids)
        self._archive.rebuild()

    def _run_lab(self, exhibit: Exhibit) -> Examination:
        if not self._home.vault.intact(exhibit.sha256):
            raise Unavailable(
                say("The original of this exhibit is missing or changed: take it from a backup.")
            )
        return self._sandbox.examine(
            self._home.vault.path(exhibit.sha256),
            filename=exhibit.submission.filename,
            declared_type=exhibit.submission.declared_type,
            sent_as=exhibit.submission.sent_as,
        )

    def _record(self, person: Person, exhibit: Exhibit, seen: Examination) -> None:
        with self._archive.examined(exhibit.id, seen) as record_matches:
            own = kept(seen)
            with self._store.transaction():
                number = examinations.add(self._store, exhibit.id, person.id, seen)
                if own:
                    features.keep(self._store, exhibit.id, own)
                record_matches(number)
                findings.index(self._store, exhibit.id)
                custody.append(
                    self._store,
                    "examined",
                    person.id,
                    case=exhibits.all_cases_of(self._store, exhibit.id)[0],
                    exhibit=exhibit.sha256,
                    examination=number,
                    lab=seen.lab_version,
                )
