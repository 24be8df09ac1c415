"""How long cases and sources are kept, legal holds, and wipes of a source and of a sender."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.desk.test_wiping import finished, holding
from tests.photographs import encode, photograph
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, NotAllowed, NotFound
from verify.language import Reader, plain
from verify.records import Keep, Keepable, Origin, OriginKind, Person, Receipt, Role
from verify.store.keeping import custody

CHINA, FLOWER = encode(photograph("china")), encode(photograph("flower"))
SAMI = Origin(kind=OriginKind.CHANNEL, name="Quagga News", external_id="-777", username="quagga")
READER = Reader("en", ZoneInfo("UTC"))
YESTERDAY = datetime.now().astimezone().date() - timedelta(days=1)


def came(desk: Desk, by: Person, content: bytes, number: int, **more: object) -> Receipt:
    submission = arrived(message_id=number, caption=f"Okapi {number}", **more)
    receipt = desk.receiving.receive(by, submission, content)
    desk.examining.examine(by, receipt.exhibit_id)
    return receipt


def test_a_day_is_set_reminded_once_and_another_day_again(desk: Desk, noor: Person) -> None:
    case = came(desk, noor, CHINA, 1).case_id
    assert desk.keeping.keep_case(noor, case, YESTERDAY) == Keep(YESTERDAY)
    for _ in range(2):
        desk.keeping.remind()
    [notice] = desk.casework.notices("telegram")
    assert "is over" in notice.sentence.template
    desk.keeping.keep_case(noor, case, YESTERDAY - timedelta(days=1))
    desk.keeping.remind()
    assert len(desk.casework.notices("telegram")) == 2


def test_a_reminder_waits_until_somebody_is_there_to_be_told(desk: Desk) -> None:
    alone = desk.team.at_console("0", "Reader", "en")
    case = came(desk, alone, CHINA, 1, origin=SAMI).case_id
    desk.keeping.keep_case(alone, case, YESTERDAY)
    desk.keeping.keep(alone, Keepable.SOURCE, "Quagga News", YESTERDAY)
    desk.keeping.remind()
    desk.team.admit("telegram", "7", "Noor", Role.OWNER)
    for _ in range(2):
        desk.keeping.remind()
    told = [plain(one.sentence, READER) for one in desk.casework.notices("telegram")]
    assert len(told) == 2 and not any("Quagga" in one for one in told)
    listed = [(one.kind, one.name) for one in desk.keeping.every(alone)]
    assert listed == [(Keepable.CASE, "1"), (Keepable.SOURCE, "telegram:-777 Quagga News")]


def test_nobody_is_told_of_what_is_held_or_not_over(desk: Desk, noor: Person) -> None:
    first = came(desk, noor, CHINA, 1).case_id
    second = came(desk, noor, FLOWER, 2).case_id
    desk.keeping.keep_case(noor, first, YESTERDAY)
    desk.keeping.hold_case(noor, first, True)
    desk.keeping.keep_case(noor, second, date(2099, 1, 1))
    desk.keeping.remind()
    assert desk.casework.notices("telegram") == []


def test_a_hold_stops_each_wipe_and_follows_a_merge_and_a_move(desk: Desk, noor: Person) -> None:
    first = came(desk, noor, CHINA, 1, origin=SAMI)
    second = came(desk, noor, FLOWER, 2)
    desk.keeping.hold_case(noor, first.case_id, True)
    split = desk.casework.move(noor, first.exhibit_id, first.case_id, None)
    assert desk.keeping.of_case(noor, split).held
    desk.casework.merge(noor, split, second.case_id)
    for wipe in (
        lambda: desk.wiping.wipe(noor, second.case_id),
        lambda: desk.wiping.wipe_source(noor, "Quagga News"),
        lambda: desk.wiping.wipe_sender(noor, "Noor"),
    ):
        with pytest.raises(BadInput, match="hold"):
            wipe()
    desk.keeping.hold_case(noor, second.case_id, False)
    desk.wiping.wipe_source(noor, "Quagga News")


def test_a_hold_on_a_source_stops_each_wipe_of_what_it_brought(desk: Desk, noor: Person) -> None:
    held = came(desk, noor, CHINA, 1, origin=SAMI)
    free = came(desk, noor, FLOWER, 2)
    desk.keeping.hold(noor, Keepable.SOURCE, "Quagga News", True)
    for wipe in (
        lambda: desk.wiping.wipe(noor, held.case_id),
        lambda: desk.wiping.wipe_source(noor, "Quagga News"),
        lambda: desk.wiping.wipe_sender(noor, "Noor"),
    ):
        with pytest.raises(BadInput, match="hold"):
            wipe()
    desk.wiping.wipe(noor, free.case_id)
    desk.keeping.hold(noor, Keepable.SOURCE, "Quagga News", False)
    desk.wiping.wipe(noor, held.case_id)


def test_a_source_goes_from_every_case_and_nothing_of_it_is_left(
    desk: Desk, noor: Person, home: Path
) -> None:
    one = came(desk, noor, CHINA, 1, origin=SAMI, filename="okapi.jpg")
    two = came(desk, noor, FLOWER, 2)
    into = desk.receiving.receive(
        noor, arrived(message_id=3, origin=SAMI, caption="Okapi again"), FLOWER, two.case_id
    )
    copy = desk.copying.copy(noor, one.sha256, []).receipt
    desk.copying.file(noor, copy.case_id, copy.exhibit_id)
    desk.cases.note(noor, two.case_id, "Kept words")
    custody.append(desk.store, "reported", noor.id, case=one.case_id)
    wiped = desk.wiping.finish(desk.wiping.wipe_source(noor, "-777"))
    assert wiped.exports == 1
    assert {*wiped.removed} == {one.sha256, copy.sha256}
    assert (wiped.shared, wiped.copies, wiped.emptied) == ((two.sha256,), 1, (one.case_id,))
    assert finished(desk)
    left = desk.reports.case(noor, two.case_id)
    assert [exhibit.exhibit_id for exhibit in left.exhibits] == [into.exhibit_id]
    assert [claim.text for claim in left.claims] == ["Okapi 2"]
    assert len(left.sightings) == 1 and left.notes
    desk.close()
    for secret in (b"Quagga", b"quagga", b"Okapi 1", b"okapi.jpg", b"Okapi again", b"-777"):
        assert holding(home, secret) == [], secret


def test_a_sender_goes_and_what_others_brought_stays(desk: Desk, noor: Person) -> None:
    rosa = desk.team.admit("telegram", "8", "Rosa", Role.REPORTER)
    came(desk, rosa, CHINA, 1)
    shared = came(desk, rosa, FLOWER, 2)
    desk.receiving.receive(noor, arrived(message_id=3), FLOWER, shared.case_id)
    with pytest.raises(NotAllowed):
        desk.wiping.wipe_sender(rosa, "Rosa")
    wiped = desk.wiping.wipe_sender(noor, "Rosa")
    assert (len(wiped.removed), wiped.shared) == (1, (shared.sha256,))
    assert len(desk.reports.case(noor, shared.case_id).sightings) == 1
    with pytest.raises(NotFound):
        desk.wiping.wipe_sender(noor, "Rosa")


def test_a_name_of_several_is_not_guessed_at(desk: Desk, noor: Person) -> None:
    came(desk, noor, CHINA, 1, origin=SAMI)
    other = Origin(kind=OriginKind.CHANNEL, name="Quagga News", external_id="-778")
    came(desk, noor, FLOWER, 2, origin=other)
    with pytest.raises(BadInput, match="several"):
        desk.wiping.wipe_source(noor, "Quagga News")
    desk.wiping.wipe_source(noor, "-778")
    desk.keeping.keep(noor, Keepable.SOURCE, "Quagga News", YESTERDAY)
    desk.keeping.remind()
    assert len(desk.casework.notices("telegram")) == 1
