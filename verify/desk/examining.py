"""A file's way through the lab: examined, its text read, matched, and all of it recorded."""

from __future__ import annotations

from collections.abc import Iterator
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

    def examine(self, person: Person, exhibit_id: int, *, again: bool = False) -> None:
        """Run the lab on an exhibit, find its matches, compare. Does nothing when that is done,
        unless `again`; examining again adds an examination and overwrites none.

        Raises NotFound, and Unavailable when its original is missing or changed.
        """
        require(person, Role.REPORTER)
        exhibit = exhibits.known(self._store, exhibit_id)
        if again or not examinations.latest(self._store, exhibit_id):
            self._archive.prepare()
            seen = self._run_lab(exhibit)
            path = self._home.vault.path(exhibit.sha256)
            self._record(person, exhibit, add_text(seen, path, self._sandbox, self._tesseract))
        self._comparing.cases(exhibits.all_cases_of(self._store, exhibit_id))

    def look(
        self, person: Person, content: bytes | Path, filename: str
    ) -> tuple[Examination, list[Match]]:
        """Examine and match a file without keeping anything."""
        self._archive.prepare()
        seen = self._sandbox.examine(content, filename=filename, sent_as=SentAs.IMPORT)
        seen = add_text(seen, content, self._sandbox, self._tesseract)
        return seen, self._archive.look_up(person, sha256_of(content), seen)

    def reindex(self, person: Person) -> Iterator[int]:
        """Make the local features of all exhibits again; gives each exhibit as it is done.

        They are derived from the originals: no examination is added, none is changed. An
        exhibit whose original is missing is left as it is.
        """
        require(person, Role.OWNER)
        for exhibit_id in exhibits.all_ids(self._store):
            exhibit = exhibits.known(self._store, exhibit_id)
            try:
                own = kept(self._run_lab(exhibit))
            except Unavailable:  # its original is gone: what is known of it stays
                continue
            if own:
                with self._store.transaction():
                    features.keep(self._store, exhibit_id, own)
            yield exhibit_id
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
