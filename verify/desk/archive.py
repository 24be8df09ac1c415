"""The pictures this desk has seen: what an incoming one is matched against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from verify.comparisons.platforms import posting
from verify.desk.indexes import Indexes
from verify.desk.recall import Recall
from verify.errors import NotFound
from verify.matching.chance import expected_by_chance
from verify.records import (
    Chance,
    Corners,
    Examination,
    FirstSeen,
    Match,
    Orientation,
    Person,
    say,
)
from verify.store import (
    casework,
    claims,
    examinations,
    exhibits,
    matches,
    sightings,
    verdicts,
    visibility,
)
from verify.store.matches import Correspondence
from verify.store.store import Row, Store


class Archive:
    """Every match between kept pictures, as far as a person may see it."""

    def __init__(self, store: Store, home: Path) -> None:
        """home: where the index of local features is kept between runs."""
        self._store = store
        self._indexes = Indexes(store, home)
        self._recall = Recall(store, self._indexes)

    def prepare(self) -> None:
        """Begin to load what a search needs, before anybody asks or while the lab is busy."""
        self._indexes.prepare()

    @contextmanager
    def examined(
        self, exhibit_id: int, examination: Examination
    ) -> Iterator[Callable[[int], None]]:
        """Match a new examination against what was there before, then add it.

        Gives what records the matches, to be called with the examination's id inside the
        transaction that records it. Nothing is added when the body raises.
        """
        with self._indexes.lock:
            found = self._recall.find(examination, leave_out=exhibit_id)
            yield lambda examination_id: self._record(examination_id, exhibit_id, found)
            try:
                self._indexes.add(exhibit_id, examination)
            except BaseException:
                self._indexes.empty()  # filled from the store when next needed
                raise

    def _record(self, examination_id: int, exhibit_id: int, found: list[Correspondence]) -> None:
        view = examinations.whole_view(self._store, exhibit_id)
        for one in found:
            if view and not matches.matched(self._store, exhibit_id, one.earlier_exhibit_id):
                matches.add(self._store, examination_id, view, one)

    def close(self) -> None:
        """Keep what was derived for the next start."""
        self._indexes.close()

    def damaged(self) -> bool:
        """Whether what was kept for the next start cannot be read."""
        return self._indexes.damaged()

    def rebuild(self) -> None:
        """Make what is derived in memory and beside the store again."""
        self._indexes.rebuild()

    def look_up(self, person: Person, sha256: str, examination: Examination) -> list[Match]:
        """What matches a file that is not kept: the same bytes first, then closest first."""
        same = exhibits.with_bytes(self._store, sha256)
        found = [] if same is None else [self._same_bytes(person, same, same)]
        found += [self._match(person, 0, one) for one in self._recall.find(examination, same)]
        return [match for match in found if match]

    def matches(self, person: Person, exhibit_id: int, case_id: int) -> tuple[Match, ...]:
        """Other cases with the same bytes, then earlier pictures found alike, closest first.

        Only what this person may see, and without what somebody called not the same.
        """
        same = [
            self._same_bytes(person, exhibit_id, exhibit_id, other)
            for other in exhibits.cases_of(self._store, person, exhibit_id)
            if other != case_id
        ]
        alike = [
            self._stored(person, row)
            for row in matches.of_exhibit(self._store, exhibit_id)
            if row["same"] != 0
        ]
        return tuple(match for match in (*same, *alike) if match)

    def whom_to_ask(self, person: Person, exhibit_id: int, case_id: int) -> tuple[str, ...]:
        """Who can tell about cases that this person may not open, where this picture was seen."""
        ids = {row["earlier_exhibit_id"] for row in matches.of_exhibit(self._store, exhibit_id)}
        closed = {
            case
            for exhibit in {exhibit_id, *ids}
            for case in exhibits.all_cases_of(self._store, exhibit)
            if case != case_id and not visibility.sees(self._store, person, case)
        }
        if person.among_others:  # the name is for the desk, not for whoever reads along
            return ("",) if closed else ()
        return tuple(sorted({visibility.whom_to_ask(self._store, case) for case in closed}))

    def match(self, person: Person, match_id: int) -> Match | None:
        """One match between kept pictures, if this person may see both."""
        row = matches.match(self._store, match_id)
        if row is None or not exhibits.cases_of(self._store, person, row["exhibit_id"]):
            return None
        return self._stored(person, row)

    def known_match(self, person: Person, match_id: int) -> Match:
        """The same. Raises NotFound where there is none for them."""
        found = self.match(person, match_id)
        if found is None:
            raise NotFound(say("There is no such match."))
        return found

    def map(self, match_id: int) -> tuple[float, ...] | None:
        """How the earlier picture lies in the incoming one: see `Correspondence.map`."""
        row = matches.match(self._store, match_id)
        if row is None or row["map"] is None:
            return None
        return msgspec.json.decode(row["map"], type=tuple[float, ...])

    def _same_bytes(
        self, person: Person, exhibit_id: int, earlier_id: int, case_id: int | None = None
    ) -> Match | None:
        found = Correspondence(
            earlier_view_id=0,
            earlier_exhibit_id=earlier_id,
            method="sha256",
            orientation=Orientation.ORIGINAL,
            distance=0,
            chance=expected_by_chance("sha256", 0, 1),
        )
        return self._match(person, exhibit_id, found, case_id)

    def _stored(self, person: Person, row: Row) -> Match | None:
        found = Correspondence(
            earlier_view_id=row["earlier_view_id"],
            earlier_exhibit_id=row["earlier_exhibit_id"],
            method=row["method"],
            orientation=Orientation(row["orientation"]),
            distance=row["distance"],
            chance=Chance(expected=row["expected"], bound=bool(row["bound"])),
            region=_corners(row["region"]),
            earlier_region=_corners(row["earlier_region"]),
            scale=row["scale"],
            inliers=row["inliers"],
            agreement=row["agreement"],
        )
        match = self._match(person, row["exhibit_id"], found)
        said = None if row["same"] is None else bool(row["same"])
        return msgspec.structs.replace(match, id=row["id"], same=said) if match else None

    def _match(
        self, person: Person, exhibit_id: int, found: Correspondence, case_id: int | None = None
    ) -> Match | None:
        """A match with what is known of the earlier picture now. id 0: not in the store.

        None when the earlier picture stands only in cases that this person may not see.
        """
        earlier_id = found.earlier_exhibit_id
        seen_in = exhibits.cases_of(self._store, person, earlier_id)
        earlier = exhibits.exhibit(self._store, earlier_id)
        if earlier is None or not seen_in:
            return None
        case_id = case_id or seen_in[0]
        about = [
            claim
            for claim in claims.of_case(self._store, case_id)
            if claim.exhibit_id in (None, earlier_id)
        ]
        return Match(
            id=0,
            method=found.method,
            exhibit_id=exhibit_id,
            earlier_exhibit_id=earlier_id,
            earlier_sha256=earlier.sha256,
            earlier_case_id=case_id,
            orientation=found.orientation,
            expected_by_chance=found.chance,
            first_seen=self._first_seen(person, earlier_id),
            distance=found.distance,
            region=found.region,
            earlier_region=found.earlier_region,
            scale=found.scale,
            inliers=found.inliers,
            agreement=found.agreement,
            earlier_claim=about[0] if about else None,
            both_from_telegram=all(
                exhibits.came_over(self._store, one, "telegram") for one in (earlier_id, exhibit_id)
            ),
            earlier_status=casework.status(self._store, case_id),
            earlier_verdict=next(
                iter(verdicts.concluded_about(self._store, person, earlier_id)), None
            ),
        )

    def _first_seen(self, person: Person, exhibit_id: int) -> FirstSeen:
        """By receipt, by a post that was forwarded, or by a link whose server dated the post."""
        seen = sightings.first_seen(self._store, person, exhibit_id)
        for link, received, case_id in sightings.links_with(self._store, person, exhibit_id):
            post = posting(link, now=received)
            if post and not post.declared and post.at < seen.at:
                seen = FirstSeen(
                    at=post.at,
                    posted=True,
                    platform=post.platform,
                    by_link=True,
                    case_id=case_id,
                )
        return seen


def _corners(text: str | None) -> Corners | None:
    return msgspec.json.decode(text, type=Corners) if text else None
