"""What people read: a case with all that belongs to it, lists of cases, what a search finds."""

from __future__ import annotations

import msgspec

from verify import checklist
from verify.desk.archive import Archive
from verify.desk.circumstances import ANYBODY
from verify.desk.comparing import Comparing
from verify.desk.covers import covers
from verify.desk.earlier import first_known
from verify.desk.emblems import seen_in
from verify.desk.footage_told import seen_whole
from verify.desk.hearing import Hearing
from verify.desk.numbers import standing, unlocked
from verify.desk.permissions import require
from verify.errors import NotFound
from verify.records import (
    CaseFilter,
    CaseLine,
    CaseReport,
    Cover,
    Examination,
    ExhibitReport,
    Hit,
    Keepable,
    Person,
    Priority,
    Role,
    Status,
    say,
)
from verify.store.care import withheld
from verify.store.casework import (
    answers,
    bags,
    cases,
    claims,
    consents,
    notes,
    sealed,
    sharing,
    sightings,
    verdicts,
    visibility,
)
from verify.store.database.connection import Store, moment
from verify.store.keeping import keep
from verify.store.pictures import (
    examinations,
    exhibits,
    film_words,
    footage,
    matches,
    uncompared,
    views,
)
from verify.store.pictures.examinations import Examined
from verify.store.pictures.exhibits import Held
from verify.store.search import finding_words

_ALL_CASES = CaseFilter()


class Reports:
    """Puts together what is known of a case, as far as a person may see it."""

    def __init__(
        self, store: Store, archive: Archive, comparing: Comparing, hearing: Hearing
    ) -> None:
        self._store = store
        self._archive = archive
        self._comparing = comparing
        self._hearing = hearing

    def standing(self, person: Person, number: int) -> int:
        """The case that stands for a number: itself, or the one it was merged into. Raises
        NotFound where there is none for them."""
        return standing(self._store, person, number)

    def demand_unlocked(self, person: Person, number: int) -> None:
        """Raise Locked where a case is concluded, before anybody is asked for what changes it."""
        unlocked(self._store, person, number)

    def place(
        self,
        person: Person,
        case_id: int,
        *,
        exhibit_id: int = 0,
        match_id: int = 0,
        claim_id: int = 0,
    ) -> int | None:
        """The case in which an exhibit stands now, or a match's or a claim's: the one that is
        named, unless it was moved. None where it is nowhere that this person may see."""
        case_id = standing(self._store, person, case_id)
        if match_id and (match := matches.match(self._store, match_id)):
            exhibit_id = match.correspondence.exhibit_id
        if exhibit_id:
            found = exhibits.cases_of(self._store, person, exhibit_id)
        elif claim_id:
            claim = claims.claim(self._store, claim_id)
            found = [claim.case_id] if claim else []
            found = [one for one in found if visibility.sees(self._store, person, one)]
        else:
            return case_id
        return case_id if case_id in found else next(reversed(found), None)

    def case(self, person: Person, case_id: int) -> CaseReport:
        """The whole case. Raises NotFound."""
        asked, case_id = case_id, standing(self._store, person, case_id)
        row = cases.case(self._store, case_id)
        if row is None:
            raise NotFound(say("There is no case {number}.", number=asked))
        compared = uncompared.share(self._store, person)
        reports = tuple(
            self._exhibit(person, case_id, exhibit_id, compared)
            for exhibit_id in exhibits.of_case(self._store, case_id)
        )
        return CaseReport(
            id=case_id,
            opened_at=moment(row["opened_at"]),
            opened_by=row["person_name"],
            exhibits=reports,
            sightings=sightings.of_case(self._store, case_id),
            claims=claims.of_case(self._store, case_id),
            notes=notes.of_case(self._store, case_id),
            checklist=checklist.fill(
                (finding for report in reports for finding in report.findings),
                answers.of_case(self._store, case_id),
            ),
            verdicts=verdicts.of_case(self._store, case_id),
            status=Status(row["status"]),
            priority=Priority(row["priority"]),
            assignee=row["assignee"],
            due_at=moment(row["due_at"]) if row["due_at"] else None,
            tags=sharing.tags(self._store, case_id),
            confidential=bool(row["confidential"]),
            members=sharing.people_of(self._store, "case_member", case_id),
            watchers=sharing.people_of(self._store, "watcher", case_id),
            consents=consents.of_case(self._store, case_id),
            keep=keep.of(self._store, Keepable.CASE, case_id),
            bags=bags.of_case(self._store, case_id),
            related=tuple(
                other
                for other in sharing.related(self._store, case_id)
                if visibility.sees(self._store, person, other)
            ),
        )

    def for_others(self, person: Person, case_id: int) -> CaseReport:
        """The whole case as it is handed out: of other cases and of the archive only what everybody
        at the desk may know. Raises NotFound."""
        report = self.case(person, case_id)
        compared = uncompared.share(self._store, ANYBODY)
        exhibits_ = tuple(
            msgspec.structs.replace(
                one,
                matches=self._archive.matches(ANYBODY, one.exhibit_id, report.id),
                later=self._archive.later(ANYBODY, one.exhibit_id),
                alike=self._archive.alike(ANYBODY, one.exhibit_id),
                ask=(),
                emblems=(),
                compared=compared,
                first_known=first_known(self._store, ANYBODY, one.exhibit_id),
            )
            for one in report.exhibits
        )
        return msgspec.structs.replace(report, exhibits=exhibits_)

    def exhibit(self, person: Person, case_id: int, exhibit_id: int) -> ExhibitReport:
        """One exhibit in its case. Raises NotFound."""
        case_id = standing(self._store, person, case_id)
        return self._exhibit(person, case_id, exhibit_id, uncompared.share(self._store, person))

    def _exhibit(
        self, person: Person, case_id: int, exhibit_id: int, compared: int | None
    ) -> ExhibitReport:
        """compared: of how many of a hundred exhibits that they may see it is known what is
        alike."""
        exhibit = exhibits.known(self._store, exhibit_id, case_id)
        examined = examinations.latest(self._store, exhibit_id)
        film, found = footage.told(self._store, exhibit_id)
        written = film_words.of(self._store, exhibit_id) or []
        findings = (
            seen_whole(examined.examination.findings, film, found, written)
            + self._comparing.found(case_id, exhibit_id, examined)
            if examined
            else ()
        )
        listened, silent = self._hearing.listened(exhibit_id)
        return ExhibitReport(
            exhibit_id=exhibit_id,
            case_id=case_id,
            sha256=exhibit.sha256,
            size=exhibit.size,
            filename=exhibit.submission.filename,
            sent_as=exhibit.submission.sent_as,
            received_at=exhibit.submission.received_at,
            examination=self._with_views(exhibit_id, examined),
            examination_id=examined.id if examined else None,
            matches=self._archive.matches(person, exhibit_id, case_id),
            later=self._archive.later(person, exhibit_id),
            alike=self._archive.alike(person, exhibit_id),
            heard=self._hearing.heard(person, exhibit_id),
            listened=listened,
            silent=silent,
            findings=findings,
            ask=self._archive.whom_to_ask(person, exhibit_id, case_id),
            concluded=verdicts.concluded_about(self._store, person, [exhibit_id]),
            film=film,
            sealed=bool(sealed.of_exhibits(self._store, [exhibit_id])),
            withheld=withheld.is_withheld(self._store, exhibit_id),
            emblems=seen_in(self._store, person, exhibit_id),
            cover=covers(self._store, person, [exhibit_id]).get(exhibit_id, Cover()),
            compared=compared,
            first_known=first_known(self._store, person, exhibit_id),
        )

    def _with_views(self, exhibit_id: int, examined: Examined | None) -> Examination | None:
        if examined is None:
            return None
        seen = views.of_exhibit(self._store, exhibit_id)
        return msgspec.structs.replace(examined.examination, views=seen)

    def exhibits(self, person: Person) -> list[Held]:
        """All exhibits in cases that this person may see, oldest first: ids and digests."""
        require(person, Role.VIEWER)
        return exhibits.all_held(self._store, person)

    def cases(
        self,
        person: Person,
        *,
        offset: int = 0,
        limit: int = 10,
        wanted: CaseFilter = _ALL_CASES,
    ) -> list[CaseLine]:
        """The latest cases first, of those that this person may see."""
        require(person, Role.VIEWER)
        found = cases.lines(self._store, person, offset, limit, wanted)
        return [msgspec.structs.replace(line, items=len(checklist.ITEMS)) for line in found]

    def search(self, person: Person, text: str, *, limit: int = 10) -> list[Hit]:
        """Full text over what stands in cases that this person may see.

        Every word must stand there; `"a phrase"` word by word; and `from:`, `tag:`, `before:`,
        `after:`, `verdict:`, `service:` narrow the search. Raises BadInput for a bad date.
        """
        require(person, Role.VIEWER)
        return finding_words.search(self._store, person, text, limit)
