"""The ledger: what was said of a picture or an event, by whom and when, and what contradicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from verify.desk.circumstances import ANYBODY
from verify.desk.clusters import copies_of, touching
from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.errors import BadInput, NotFound
from verify.folding import fold_words
from verify.reading.apart import days_apart, far_apart
from verify.reading.dates import NamedDate, dates_claimed, read_dates
from verify.reading.places import NamedPlace, places_claimed
from verify.records import (
    Claim,
    Contradiction,
    Differing,
    KeptPost,
    Ledger,
    Named,
    Organisation,
    Person,
    Relation,
    Role,
    Said,
    SaidAs,
    Sighting,
    StatedContradiction,
    Statement,
    Voice,
    say,
)
from verify.store.casework import claims, ledger, notices
from verify.store.database.connection import Store
from verify.store.pictures import exhibits
from verify.store.posts import accounts, posts

_MOST_POSTS = 1000
_MOST_ACCOUNTS = 200
_Compared = dict[tuple[str, str], bool]
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class _Line:
    """What was said, of which of the asked exhibits, and what it surely names.

    of: those that it is about itself, as a copy. beside: those that its picture only matches in
    part: two lines beside one exhibit need not be about one another's picture.
    """

    said: Said
    of: frozenset[int]
    beside: frozenset[int]
    date: NamedDate | None
    place: NamedPlace | None

    def about_one_picture(self, other: _Line) -> bool:
        return bool(self.of & (other.of | other.beside) or self.beside & other.of)


class Ledgers:
    """Lays out what was said beside each other; keeps what people say contradicts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ledger(self, person: Person, case_id: int) -> Ledger:
        """What was said of the exhibits of a case. Raises NotFound."""
        case_id = standing(self._store, person, case_id)
        made = self._ledger(person, exhibits.of_case(self._store, case_id), case_id)
        return replace(made, stated=ledger.stated(self._store, case_id))

    def for_others(self, case_id: int) -> Ledger:
        """The same as a report has it: of other cases and of the archive what everybody at the desk
        may know, and nothing that people say contradicts. case_id: one that stands."""
        return self._ledger(ANYBODY, exhibits.of_case(self._store, case_id), case_id)

    def of_file(self, person: Person, sha256: str) -> Ledger:
        """What was said of a file, whichever cases it is in. Raises NotFound."""
        require(person, Role.VIEWER)
        exhibit_id = exhibits.with_bytes(self._store, sha256)
        seen = exhibits.seen_in(self._store, person, [exhibit_id] if exhibit_id else [])
        if exhibit_id is None or exhibit_id not in seen:
            raise NotFound(say("This desk does not have that file."))
        made = self._ledger(person, [exhibit_id])
        of_cases = [ledger.stated(self._store, case) for case in seen[exhibit_id] if case > 0]
        return replace(made, stated=tuple(one for each in of_cases for one in each))

    def state(
        self, person: Person, case_id: int, text: str, reason: str, *, key: str = ""
    ) -> tuple[StatedContradiction, ...]:
        """Keep what a person says contradicts in a case, and why; gives all of the case.

        The same non-empty key keeps it once. Raises NotFound, BadInput.
        """
        text, reason = text.strip(), reason.strip()
        if not text:
            raise BadInput(say("Please write what contradicts."))
        if not reason:
            raise BadInput(say("Please write why."))
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.REPORTER)
            number = ledger.state(self._store, person.id, case_id, text, reason, key)
            if number is not None:
                news = say(
                    "In case {number} {person} noted what contradicts: {text}",
                    number=case_id,
                    person=person.name,
                    text=text,
                )
                self._changed(person, case_id, "contradiction stated", news, number)
        return ledger.stated(self._store, case_id)

    def withdraw(
        self, person: Person, case_id: int, number: int, why: str
    ) -> tuple[StatedContradiction, ...]:
        """Take back what was said to contradict; it stays, with who took it back and why. Raises
        NotFound, BadInput."""
        if not why.strip():
            raise BadInput(say("Please write why."))
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.REPORTER)
            known = {one.id: one for one in ledger.stated(self._store, case_id)}
            if number not in known:
                raise NotFound(say("There is no such entry in the ledger of this case."))
            if ledger.withdraw(self._store, person.id, case_id, number, why.strip()):
                news = say(
                    "In case {number} {person} took back what was said to contradict: {text}",
                    number=case_id,
                    person=person.name,
                    text=known[number].text,
                )
                self._changed(person, case_id, "contradiction taken back", news, number)
        return ledger.stated(self._store, case_id)

    def _changed(self, person: Person, case_id: int, kind: str, news: Any, number: int) -> None:
        notices.changed(self._store, person.id, case_id, kind, news, stated=number)

    def _ledger(self, person: Person, asked: Sequence[int], case_id: int = 0) -> Ledger:
        around = _Around(self._store, asked)
        said = [*self._claims(person, around, case_id), *self._captions(person, around)]
        found = posts.showing(self._store, person, around.all)
        said += [_of_post(self._store, one, around) for one in found[:_MOST_POSTS]]
        lines = sorted(said, key=lambda line: line.said.at or _LATEST)
        numbered = dict(enumerate(lines))
        digests = exhibits.digests(self._store, asked)
        return Ledger(
            case_id=case_id,
            exhibits=tuple(digests[one] for one in asked),
            said=tuple(line.said for line in lines),
            contradictions=_contradictions(numbered),
            organisations=tuple(self._organisations(person, numbered)),
            stated=(),
            unread=max(0, len(found) - _MOST_POSTS),
        )

    def _claims(self, person: Person, around: _Around, case_id: int) -> Iterator[_Line]:
        """The claims of the case, and those of other cases about copies of its exhibits."""
        places = exhibits.seen_in(self._store, person, around.all)
        held: dict[int, set[int]] = defaultdict(set)
        for exhibit_id, cases in places.items():
            for case in cases:
                if case > 0:
                    held[case].add(exhibit_id)
        by_case = claims.of_cases(self._store, {*held, case_id} - {0})
        every = [claim for several in by_case.values() for claim in several]
        posted = claims.posted_at(self._store, (claim.id for claim in every))
        for claim in every:
            about = held[claim.case_id] if claim.exhibit_id is None else {claim.exhibit_id}
            known = about & around.all
            if known or claim.case_id == case_id:
                yield _of_claim(claim, posted.get(claim.id), around, known)

    def _captions(self, person: Person, around: _Around) -> Iterator[_Line]:
        for one in ledger.captions(self._store, person, around.all):
            yield _of_caption(one, around)

    def _organisations(self, person: Person, lines: dict[int, _Line]) -> Iterator[Organisation]:
        """Those whose own channel and whose voices both said something here."""
        own: dict[int, list[int]] = defaultdict(list)
        for number, line in lines.items():
            if line.said.post and line.said.post.account_id:
                own[line.said.post.account_id].append(number)
        ids = [*own][:_MOST_ACCOUNTS]
        called: dict[str, list[int]] = defaultdict(list)
        for account in accounts.of_ids(self._store, person, ids):
            names = [name for one in account.names for name in (one.name, one.handle)]
            for name in {fold_words(one) for one in (account.key, *names) if one}:
                called[name].append(account.id)
        speaking: dict[str, dict[int, Statement]] = defaultdict(dict)
        for account_id in ids:
            for said in accounts.statements(self._store, account_id):
                if said.kind is Relation.SPEAKS_FOR:
                    speaking[said.value][account_id] = said
        for name, members in speaking.items():
            channels = called.get(fold_words(name.removeprefix("@")), [])
            channel = [number for one in channels if one not in members for number in own[one]]
            if channel:
                yield _organisation(name, channel, members, own, lines)


class _Around:
    """The exhibits asked about, their copies, and what matches these in part."""

    def __init__(self, store: Store, asked: Iterable[int]) -> None:
        self._copies = {one: copies_of(store, one) for one in asked}
        self._parts = {one: touching(store, copies) for one, copies in self._copies.items()}
        self.all = {
            one for each in (self._copies, self._parts) for ids in each.values() for one in ids
        }
        self.asked = frozenset(self._copies)

    def of(self, exhibit_ids: Collection[int]) -> dict[str, frozenset[int]]:
        """Which of the asked exhibits these are copies of, and which they match in part."""
        return {
            "of": frozenset(one for one, ids in self._copies.items() if ids & {*exhibit_ids}),
            "beside": frozenset(one for one, ids in self._parts.items() if ids & {*exhibit_ids}),
        }


def _of_claim(
    claim: Claim, posted: datetime | None, around: _Around, exhibit_ids: Collection[int]
) -> _Line:
    said = Said(
        kind=SaidAs.CLAIM,
        text=claim.text,
        by=claim.claimant or (claim.origin.name if claim.origin else ""),
        at=posted or claim.recorded_at,
        posted=posted is not None,
        recorded_by=claim.recorded_by,
        case_id=claim.case_id,
        exhibit_id=claim.exhibit_id or 0,
        claim_id=claim.id,
    )
    found = around.of(exhibit_ids)
    if claim.exhibit_id is None and not exhibit_ids:  # a claim before any file
        found["of"] = around.asked
    return _line(said, claim, found)


def _of_caption(one: Sighting, around: _Around) -> _Line:
    said = Said(
        kind=SaidAs.CAPTION,
        text=one.caption,
        by=one.source,
        at=one.posted_at or one.received_at,
        posted=one.posted_at is not None,
        recorded_by=one.received_from,
        case_id=one.case_id,
        exhibit_id=one.exhibit_id,
    )
    day = one.posted_at.date() if one.posted_at else None
    return _line(said, _read(said, day), around.of([one.exhibit_id]))


def _of_post(store: Store, one: KeptPost, around: _Around) -> _Line:
    told = one.post
    said = Said(
        kind=SaidAs.POST,
        text=told.text,
        by=one.shown_by,
        at=one.earliest if told.zone_known else one.latest,
        posted=True,
        post=one,
    )
    # what a forward calls yesterday counts from the day of a post that is not known
    day = date.fromisoformat(told.at[:10]) if told.at and not told.forwarded_from else None
    shown = exhibits.with_digests(store, one.exhibits)
    return _line(said, _read(said, day), around.of(shown))


def _read(said: Said, day: date | None) -> Claim:
    """Words as if somebody had claimed them. day: from which "yesterday" counts; without one it
    names no date."""
    read = read_dates(said.text, day)
    return Claim(
        id=0,
        case_id=0,
        version=1,
        text=said.text,
        claimant="",
        recorded_by="",
        recorded_at=_LATEST,
        claimed_at=read.at,
        counted_from=read.counted_from,
    )


def _line(said: Said, claim: Claim, about: dict[str, frozenset[int]]) -> _Line:
    dates, places = dates_claimed(claim), places_claimed(claim)
    when = dates[0] if len(dates) == 1 and dates[0].certain else None
    where = places[0] if len(places) == 1 and places[0].certain else None
    said = replace(said, date=when.understood if when else "", place=where.written if where else "")
    return _Line(said, about["of"], about["beside"], when, where)


def _organisation(
    name: str,
    channel: Sequence[int],
    members: dict[int, Statement],
    own: dict[int, list[int]],
    lines: dict[int, _Line],
) -> Organisation:
    spoken = {number for one in members for number in own[one]}
    between = [(one, other) for one in channel for other in spoken]
    voices = [
        Voice(
            account=lines[own[one][0]].said.by,
            reason=said.reason,
            stated_by=said.by,
            lines=tuple(own[one]),
        )
        for one, said in members.items()
    ]
    return Organisation(
        name=name,
        channel=tuple(channel),
        voices=tuple(voices),
        contradictions=_contradictions(lines, between),
    )


def _contradictions(
    lines: dict[int, _Line], pairs: Sequence[tuple[int, int]] | None = None
) -> tuple[Contradiction, ...]:
    """The dates and places that contradict each other. pairs: which lines are compared, or all."""
    found = []
    for differing in Differing:
        against: dict[int, set[int]] = defaultdict(set)
        chosen = pairs if pairs is not None else _each(lines, differing)
        compared: _Compared = {}
        for one, other in chosen:
            if _contradict(lines[one], lines[other], differing, compared):
                against[one].add(other)
                against[other].add(one)
        if against:
            found.append(Contradiction(differing, _sides(lines, against, differing)))
    return tuple(found)


def _each(lines: dict[int, _Line], differing: Differing) -> Iterator[tuple[int, int]]:
    """All pairs of lines that name a date, or a place."""
    told = [number for number, line in lines.items() if _value(line, differing)]
    for turn, one in enumerate(told):
        for other in told[turn + 1 :]:
            yield one, other


def _value(line: _Line, differing: Differing) -> str:
    return line.said.date if differing is Differing.DATE else line.said.place


def _contradict(one: _Line, other: _Line, differing: Differing, compared: _Compared) -> bool:
    """compared: what is known of two values, which many lines name."""
    values = _value(one, differing), _value(other, differing)
    if not all(values) or values[0] == values[1] or not one.about_one_picture(other):
        return False
    if values not in compared:
        compared[values] = _apart(one, other, differing)
    return compared[values]


def _apart(one: _Line, other: _Line, differing: Differing) -> bool:
    if differing is Differing.DATE and one.date and other.date:
        return days_apart(one.date, other.date)
    if differing is Differing.PLACE and one.place and other.place:
        return far_apart(one.place, other.place)
    return False


def _sides(
    lines: dict[int, _Line], against: dict[int, set[int]], differing: Differing
) -> tuple[tuple[Named, ...], ...]:
    """Lines that contradict some other, in sides within which none contradicts another."""
    sides: list[list[int]] = []
    for number in sorted(against):
        for side in sides:
            if not against[number] & {*side}:
                side.append(number)
                break
        else:
            sides.append([number])
    return tuple(_named(lines, side, differing) for side in sides)


def _named(lines: dict[int, _Line], side: list[int], differing: Differing) -> tuple[Named, ...]:
    by_value: dict[str, list[int]] = defaultdict(list)
    for number in side:
        by_value[_value(lines[number], differing)].append(number)
    return tuple(Named(value, tuple(numbers)) for value, numbers in by_value.items())
