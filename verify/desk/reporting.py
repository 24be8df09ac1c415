"""What a report of a case is made of, at one head of the custody chain, and that one was made.

Two people who make the same report get the same one: of other cases, of the archive and of covered
pictures it has what everybody at the desk may know, whoever asks.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec

from verify.desk.campaigns import Coincidences
from verify.desk.circumstances import ANYBODY
from verify.desk.ledger import Ledgers
from verify.desk.numbers import standing
from verify.desk.pictures import Pictures
from verify.desk.posts import Posts
from verify.desk.reports import Reports
from verify.errors import BadInput, NotAllowed, NotFound, Unavailable
from verify.records import (
    CaseReport,
    CustodyLine,
    Depicted,
    ExhibitReport,
    Gathered,
    MadeReport,
    Match,
    Note,
    Person,
    Role,
    Shown,
    Step,
    VerdictState,
    say,
)
from verify.store.care import withheld
from verify.store.casework import claims, ledger, sealed
from verify.store.database.connection import Store, moment
from verify.store.keeping import custody, handed_over, reported
from verify.store.posts import posts

_LONGEST_NAME = 200
_MOST_CARDS = 12  # an exhibit, of those seen first; the others are told in words


class Reporting:
    """Gathers what a report says, and keeps on record that it was made."""

    def __init__(
        self,
        store: Store,
        reports: Reports,
        archive: Posts,
        ledgers: Ledgers,
        pictures: Pictures,
        campaigns: Coincidences,
    ) -> None:
        self._store = store
        self._reports = reports
        self._archive = archive
        self._ledgers = ledgers
        self._pictures = pictures
        self._campaigns = campaigns

    def gathered(
        self,
        person: Person,
        case_id: int,
        *,
        depicted: Depicted = Depicted.NONE,
        right_to_left: bool = False,
    ) -> Gathered:
        """All that a report can say of a case.

        depicted: which pictures go along; what is covered goes as a drawing of its lines, what is
        withheld not at all. Raises NotFound, NotAllowed.
        """
        with self._store.transaction():  # nothing changes between the case and the head
            case_id = standing(self._store, person, case_id, Role.REPORTER)
            case = _for_anybody(self._reports.for_others(person, case_id))
            digests = {one.sha256 for one in case.exhibits}
            lines = handed_over.custody_lines(self._store, case_id, digests)
            events = [json.loads(line) for line in lines.splitlines()]
            gathered = Gathered(
                case=case,
                head=custody.head(self._store),
                claims=claims.versions(self._store, case_id),
                seen={
                    one.exhibit_id: self._archive.showing(ANYBODY, one.exhibit_id)
                    for one in case.exhibits
                },
                reopened=_reopened(case, events),
                custody=tuple(map(_line, events)),
                stated=ledger.stated(self._store, case_id),
                ledger=self._ledgers.for_others(case_id),
            )
        if any(found.posts for found in gathered.seen.values()):
            campaign = self._campaigns.of_case(case_id)
            if campaign.tells:
                gathered = msgspec.structs.replace(gathered, campaign=campaign)
        if depicted is Depicted.NONE:
            return gathered
        pictures, cards = {}, {}
        with self._pictures.remembering():
            for one in case.exhibits:
                pictures[one.exhibit_id] = self._alone(person, one, depicted)
                first = sorted(one.matches, key=lambda match: match.first_seen.at)[:_MOST_CARDS]
                for match in first:
                    cards[match.id] = self._card(person, match, depicted, right_to_left)
        return msgspec.structs.replace(gathered, pictures=pictures, cards=cards)

    def _alone(self, person: Person, exhibit: ExhibitReport, depicted: Depicted) -> Shown:
        if not self._goes(depicted, exhibit.exhibit_id):
            return Shown()
        try:
            picture = self._pictures.alone(
                person, exhibit.case_id, exhibit.exhibit_id, step=Step.DRAWING
            )
        except (Unavailable, NotAllowed, NotFound):
            return Shown()
        return Shown(picture=picture, covered=bool(picture.covers))

    def _card(self, person: Person, match: Match, depicted: Depicted, right_to_left: bool) -> Shown:
        if not self._goes(depicted, match.exhibit_id, match.earlier_exhibit_id):
            return Shown()
        try:
            picture = self._pictures.card(
                person, match.id, colour=True, right_to_left=right_to_left, step=Step.DRAWING
            )
        except (Unavailable, NotAllowed, NotFound):
            return Shown()
        return Shown(picture=picture, covered=bool(picture.covers))

    def _goes(self, depicted: Depicted, *exhibit_ids: int) -> bool:
        if any(withheld.is_withheld(self._store, one) for one in exhibit_ids):
            return False
        if depicted is Depicted.ALL:
            return True
        return not sealed.of_exhibits(self._store, exhibit_ids) and not any(
            posts.of_closed_chat(self._store, one) for one in exhibit_ids
        )

    def noted(self, person: Person, made: MadeReport, *, bagged: bool = False) -> MadeReport:
        """Keep on record that a report was made, once for each file; gives it as kept. bagged:
        whether it leaves within a bag, and counts as none beside it. Raises NotFound."""
        with self._store.transaction():
            case_id = standing(self._store, person, made.case_id, Role.REPORTER)
            made = msgspec.structs.replace(made, case_id=case_id)
            if reported.add(self._store, person, made):
                custody.append(
                    self._store,
                    "reported",
                    person.id,
                    case=case_id,
                    version=made.version,
                    profile=made.profile,
                    language=made.language,
                    format=made.format,
                    head=made.head,
                    report=made.sha256,
                    **({"bagged": 1} if bagged else {}),
                )
        return reported.with_bytes(self._store, made.sha256) or made

    def made(self, person: Person, case_id: int) -> tuple[MadeReport, ...]:
        """The reports that were made of a case, latest first. Raises NotFound."""
        return reported.of_case(self._store, standing(self._store, person, case_id))

    def known(self, person: Person, case_id: int, content: bytes) -> MadeReport | None:
        """The report with these very bytes, if it is one of this case. Raises NotFound."""
        digest = hashlib.sha256(content).hexdigest()
        return next((one for one in self.made(person, case_id) if one.sha256 == digest), None)

    def given(self, person: Person, case_id: int, name: str) -> MadeReport:
        """Note to whom the latest report of a case was given. Raises NotFound, BadInput."""
        name = " ".join(name.split())[:_LONGEST_NAME]
        if not name:
            raise BadInput(say("Write to whom it was given."))
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.REPORTER)
            latest = next(iter(reported.of_case(self._store, case_id)), None)
            if latest is None:
                raise BadInput(say("No report of case {number} was made yet.", number=case_id))
            if reported.give(self._store, person, latest.id, name):
                # without a digest of the name: who guesses it could prove it, wiped or sealed
                custody.append(
                    self._store, "report given", person.id, case=case_id, report=latest.sha256
                )
        return reported.with_bytes(self._store, latest.sha256) or latest


def version(case: CaseReport) -> int:
    """Which version of its report a case has: how many of its verdicts were confirmed."""
    return sum(one.state is VerdictState.CONFIRMED for one in case.verdicts)


def _for_anybody(case: CaseReport) -> CaseReport:
    """The case without what depends on who asks: verdicts of other cases, sounds heard there."""
    return msgspec.structs.replace(
        case,
        related=(),
        exhibits=tuple(
            msgspec.structs.replace(
                one,
                heard=(),
                concluded=tuple(verdict for verdict in one.concluded if verdict.case_id == case.id),
            )
            for one in case.exhibits
        ),
    )


def _reopened(case: CaseReport, events: list[dict[str, Any]]) -> tuple[Note, ...]:
    """The notes that say why the case was reopened: an event has the digest of each."""
    subjects = [json.loads(one["subject"]) for one in events if one["kind"] == "reopened"]
    digests = {one.get("text") for one in subjects}
    return tuple(note for note in case.notes if custody.digest(note.text) in digests)


def _line(event: dict[str, Any]) -> CustodyLine:
    return CustodyLine(
        id=event["id"],
        at=moment(event["at"]),
        kind=event["kind"],
        person=event["person"],
        hash=event["hash"],
    )
