"""A person's word on a match, and what all such words add up to."""

from __future__ import annotations

from verify.desk.archive import Archive
from verify.desk.comparing import Comparing
from verify.desk.numbers import changing
from verify.desk.permissions import require
from verify.records import Person, Role
from verify.store.database.connection import Store
from verify.store.keeping import custody
from verify.store.pictures import exhibits, matches


class Judging:
    """Keeps what people say of matches."""

    def __init__(self, store: Store, archive: Archive, comparing: Comparing) -> None:
        self._store = store
        self._archive = archive
        self._comparing = comparing

    def judge(self, person: Person, case_id: int, match_id: int, *, same: bool) -> None:
        """Keep a person's word on a match. What is not the same is not shown again."""
        with changing(self._store, person, case_id) as case_id:
            match = self._archive.known_match(person, match_id)
            exhibit = exhibits.known(self._store, match.exhibit_id, case_id)
            matches.judge(self._store, match_id, same, person.id)
            custody.append(
                self._store,
                "match confirmed" if same else "match refused",
                person.id,
                case=case_id,
                exhibit=exhibit.sha256,
                match=match_id,
            )
            self._comparing.changed(case_id)
        self._comparing.settle(case_id)

    def judgements(self, person: Person) -> dict[str, dict[str, int]]:
        """By method: how many matches people called the `same`, and how many they `refused`."""
        require(person, Role.VIEWER)
        return {
            row["method"]: {"same": row["same"], "refused": row["refused"]}
            for row in matches.judgements(self._store)
        }
