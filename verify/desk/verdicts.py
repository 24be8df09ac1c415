"""What the desk concludes: proposed by one person, confirmed by another, open to doubt again."""

from __future__ import annotations

from itertools import chain

from verify.desk.archive import Archive
from verify.desk.cases import written
from verify.desk.circumstances import ANYBODY
from verify.desk.comparing import Comparing
from verify.desk.numbers import changing, standing, unlocked
from verify.errors import BadInput, NotAllowed, NotFound
from verify.records import Person, Rating, Role, Status, Verdict, VerdictState, say
from verify.store.casework import (
    claims,
    members,
    notes,
    notices,
    sharing,
    sightings,
    stale,
    verdicts,
)
from verify.store.casework import standing as standing_verdicts
from verify.store.database.connection import Store, moment
from verify.store.keeping import custody
from verify.store.pictures import examinations, exhibits, matches
from verify.store.posts import accounts

_DECIDERS = (Role.OWNER, Role.EDITOR)


class Verdicts:
    """Verdicts on the cases of one desk, by two persons wherever there are two."""

    def __init__(self, store: Store, archive: Archive, comparing: Comparing) -> None:
        self._comparing = comparing
        self._store = store
        self._archive = archive

    def conclude(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        rating: Rating,
        reason: str,
        *,
        claim_id: int | None = None,
        key: str = "",
    ) -> Verdict:
        """Propose a verdict about one exhibit against one claim; the reason must be written.

        Another person confirms it (`decide`). At a desk of one it stands at once.
        """
        reason = written(reason)
        with changing(self._store, person, case_id) as case_id:
            exhibit = exhibits.known(self._store, exhibit_id, case_id)
            if key and (done := verdicts.with_key(self._store, key)):
                return done
            if claim_id is not None and claim_id not in {
                claim.id for claim in claims.of_case(self._store, case_id)
            }:
                raise NotFound(
                    say("There is no such claim in this case, or it has a newer version.")
                )
            seen = examinations.latest(self._store, exhibit_id)
            alone = self._alone()
            number = verdicts.add(
                self._store,
                person,
                case_id,
                exhibit_id,
                rating,
                reason,
                claim_id,
                seen.id if seen else None,
                VerdictState.CONFIRMED if alone else VerdictState.PROPOSED,
                key,
            )
            custody.append(
                self._store,
                "concluded" if alone else "proposed",
                person.id,
                case=case_id,
                exhibit=exhibit.sha256,
                verdict=number or 0,
                text=custody.digest(reason),
            )
            if number:
                self._keep_basis(number, case_id, exhibit_id)
            if alone:
                self._set_status(case_id, Status.CONCLUDED)
            else:
                self._await_confirmation(person, case_id)
        self._comparing.go_on()
        return next(
            verdict for verdict in verdicts.of_case(self._store, case_id) if verdict.id == number
        )

    def _keep_basis(self, verdict_id: int, case_id: int, exhibit_id: int) -> None:
        place = case_id, exhibit_id
        seen = [one.first_seen.at for one in self._archive.matches_of(ANYBODY, [place])[place]]
        own = sightings.first_times(self._store, [exhibit_id])
        seen += [moment(at) for at in own.values()]
        standing_verdicts.keep_basis(self._store, verdict_id, min(seen, default=None))

    def _alone(self) -> bool:
        """Whether nobody else could confirm: then a verdict needs one person only."""
        team = members.members(self._store)
        return len(team) <= 1 or not any(member.role in _DECIDERS for member in team)

    def _await_confirmation(self, person: Person, case_id: int) -> None:
        self._set_status(case_id, Status.IN_REVIEW)
        sharing.add_to(self._store, "watcher", case_id, person_id=person.id)
        news = say("A verdict on case {number} waits to be confirmed.", number=case_id)
        notices.tell_watchers(self._store, case_id, news, person.id, deciders=True)

    def confirmable(self, proposer: Person) -> bool:
        """Whether somebody else at this desk may confirm what this person proposes."""
        return any(
            member.role in _DECIDERS and member.id != proposer.id
            for member in members.members(self._store)
        )

    def decides(self, person: Person, verdict_id: int) -> bool:
        """Whether this person may confirm or return a verdict: it must be another's."""
        return person.role in _DECIDERS and not verdicts.proposed_by(
            self._store, person.id, verdict_id
        )

    def decide(
        self, person: Person, verdict_id: int, state: VerdictState, remark: str = ""
    ) -> Verdict:
        """Confirm somebody else's verdict, which concludes the case, or return it with a remark."""
        if state is VerdictState.RETURNED and not remark.strip():
            raise BadInput(say("Please write what is missing."))
        with self._store.transaction():
            verdict = verdicts.verdict(self._store, verdict_id)
            if verdict is None:
                raise NotFound(say("There is no such verdict."))
            case_id = unlocked(self._store, person, verdict.case_id, Role.EDITOR)
            if not verdicts.decide(self._store, person.id, verdict_id, state, remark.strip()):
                raise NotAllowed(
                    say("A verdict is decided once, by somebody else than who proposed it.")
                )
            confirmed = state is VerdictState.CONFIRMED
            self._set_status(case_id, Status.CONCLUDED if confirmed else Status.OPEN)
            notices.changed(
                self._store,
                person.id,
                case_id,
                "confirmed" if confirmed else "returned",
                say("The verdict on case {number} was confirmed.", number=case_id)
                if confirmed
                else say("The verdict on case {number} was returned.", number=case_id),
                verdict=verdict_id,
                text=custody.digest(remark),
                **exhibits.named(self._store, verdict.exhibit_id),
            )
        self._comparing.go_on()
        return verdicts.verdict(self._store, verdict_id) or verdict

    def reopen(self, person: Person, case_id: int, why: str) -> None:
        """Unlock a concluded case. The reason must be written, and becomes a note."""
        if not why.strip():
            raise BadInput(say("Please write why it is reopened."))
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.EDITOR)
            if sharing.status(self._store, case_id) is not Status.CONCLUDED:
                raise BadInput(say("Case {number} is not concluded.", number=case_id))
            self._set_status(case_id, Status.REOPENED)
            notes.add(self._store, person, case_id, why.strip(), "")
            notices.changed(
                self._store,
                person.id,
                case_id,
                "reopened",
                say("Case {number} was reopened.", number=case_id),
                text=custody.digest(why.strip()),
            )
        self._comparing.go_on()

    def _set_status(self, case_id: int, status: Status) -> None:
        sharing.change(self._store, case_id, "status", status)
        held = exhibits.of_cases(self._store, [case_id]).get(case_id, ())
        alike = chain({*held}, *matches.copies(self._store, held))
        posting = accounts.posting(self._store, ANYBODY, {*alike}).values()
        stale.mark_of_accounts(self._store, {*chain(*posting)})
