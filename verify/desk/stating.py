"""What is said about pictures: stated, corrected, and compared again each time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from verify.desk.cases import written
from verify.desk.comparing import Comparing
from verify.desk.numbers import changing, standing
from verify.desk.understanding import read_again, read_claim
from verify.errors import BadInput, NotFound
from verify.reading.claimed import Reading
from verify.reading.dates import kept_date
from verify.records import Claim, DateReading, Origin, Person, PlaceReading, Spot, say
from verify.store.casework import claims
from verify.store.database.connection import Store
from verify.store.keeping import custody
from verify.store.pictures import exhibits


class Stating:
    """The claims of a desk's cases. A changed one is a new version; none is overwritten."""

    def __init__(self, store: Store, comparing: Comparing) -> None:
        self._store = store
        self._comparing = comparing

    def state(
        self,
        person: Person,
        case_id: int,
        text: str,
        *,
        exhibit_id: int | None = None,
        claimant: str = "",
        revises: int | None = None,
        key: str = "",
        said: claims.Said | None = None,
        origin: Origin | None = None,
        links: tuple[str, ...] = (),
    ) -> Claim:
        """State what is said about a picture; `revises` names the claim this is a version of.

        The date and the place are read from the words, unless `said` has them. origin, links: of
        words that were forwarded; who said them claims them, unless `claimant` is another.
        Compares again wherever the picture stands. Raises NotFound, BadInput.
        """
        text = written(text)
        with changing(self._store, person, case_id) as case_id:
            if key and (done := claims.with_key(self._store, key)):
                return done
            if exhibit_id is not None:
                exhibits.known(self._store, exhibit_id, case_id)
            claim = self._add(
                person,
                case_id,
                text,
                claimant=claimant or (origin.name if origin else ""),
                exhibit_id=exhibit_id,
                revises=revises,
                key=key,
                said=said,
                origin=origin,
                links=links,
            )
        return self._compared(claim)

    def _add(self, person: Person, case_id: int, text: str, **more: Any) -> Claim:
        """Add a claim as `claims.add` does, and put it on record. Inside the transaction."""
        claim = claims.add(self._store, person, case_id, text, **more)
        if claim is None:
            raise NotFound(say("There is no such claim in this case."))
        custody.append(
            self._store,
            "claimed",
            person.id,
            case=case_id,
            claim=claim.id,
            text=custody.digest(text),
            **exhibits.named(self._store, claim.exhibit_id),
        )
        read_again(self._store, [case_id])  # now, for each further commit waits for the disk
        self._comparing.changed(case_id)
        return claim

    def _compared(self, claim: Claim) -> Claim:
        """Compare wherever its picture stands; gives the claim with what was read from it."""
        self._comparing.settle(claim.case_id)
        return claims.claim(self._store, claim.id) or claim

    def correct(
        self,
        person: Person,
        case_id: int,
        claim_id: int,
        *,
        claimed_at: str | None = None,
        spot: Spot | None = None,
        key: str = "",
    ) -> Claim:
        """State the date or the place that a claim means, as a new version of it.

        claimed_at, spot: "" and a nameless spot say that none is meant; None leaves it as it is.
        Raises NotFound, BadInput.
        """
        if claimed_at and not kept_date(claimed_at):
            raise BadInput(say("There is no such date."))
        with changing(self._store, person, case_id) as case_id:
            if key and (done := claims.with_key(self._store, key)):
                return done
            former = self._latest(case_id, claim_id)
            said = claims.said(former)
            if claimed_at is not None:
                said = replace(said, claimed_at=claimed_at, date_stated=True, counted_from="")
            if spot is not None:
                said = replace(said, spot=spot, place_stated=True)
            if said == claims.said(former):
                return former
            claim = self._add(person, case_id, former.text, revises=former.id, key=key, said=said)
        return self._compared(claim)

    def reading(self, claim: Claim) -> Reading:
        """What the words of a claim can mean, where no person has stated it."""
        read = read_claim(self._store, claim)
        return replace(
            read,
            when=DateReading() if claim.date_stated else read.when,
            where=PlaceReading() if claim.place_stated else read.where,
        )

    def latest(self, person: Person, case_id: int, claim_id: int) -> Claim:
        """The latest version of a claim. Raises NotFound."""
        return self._latest(standing(self._store, person, case_id), claim_id)

    def _latest(self, case_id: int, claim_id: int) -> Claim:
        claim = claims.latest_version(self._store, case_id, claim_id)
        if claim is None:
            raise NotFound(say("There is no such claim in this case."))
        return claim
