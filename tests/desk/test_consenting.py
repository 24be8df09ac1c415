"""Consent is written down event by event: the last answer counts, and it ends on its day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, NotAllowed
from verify.language import Reader, plain
from verify.layouts import handout
from verify.layouts.profiles import profile
from verify.records import Consent, ConsentEvent, Rating, Role, Use, stands
from verify.sandbox import Sandbox
from verify.wording import consents, proposals

ASKED, GIVEN, WITHDRAWN = ConsentEvent.ASKED, ConsentEvent.GIVEN, ConsentEvent.WITHDRAWN
CHECKING, PUBLISHING = Use.CHECKING, Use.PUBLISHING
READER = Reader("en", ZoneInfo("UTC"))


def event(kind: ConsentEvent, use: Use = PUBLISHING, until: str = "") -> Consent:
    at = datetime(2026, 11, 27, tzinfo=UTC)
    return Consent(id=1, case_id=1, event=kind, use=use, by="Noor", at=at, until=until)


def test_the_last_answer_counts_and_asking_again_takes_none_back() -> None:
    one = stands([event(GIVEN), event(ASKED), event(WITHDRAWN, CHECKING)], PUBLISHING)
    assert one and one.event is GIVEN
    one = stands([event(GIVEN), event(WITHDRAWN)], PUBLISHING)
    assert one and one.event is WITHDRAWN
    assert stands([event(GIVEN, CHECKING)], PUBLISHING) is None


def test_a_consent_holds_on_its_last_day_and_not_after() -> None:
    assert not event(GIVEN, until="2026-11-27").ended(date(2026, 11, 27))
    assert event(GIVEN, until="2026-11-27").ended(date(2026, 11, 28))
    (_, line) = consents.standing([event(GIVEN, until="2020-01-01")])
    assert "that is over" in plain(line, READER)
    assert consents.evidence([event(GIVEN, until="2020-01-01")]) is None


def test_the_checklist_knows_it_and_a_concluded_case_takes_it_back(
    home: Path, sandbox: Sandbox
) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.at_console("7", "Noor", "en")
        viewer = desk.team.admit("telegram", "5", "Vera", Role.VIEWER)
        kept = desk.receiving.receive(noor, arrived(), encode(photograph("china")))
        case = kept.case_id
        desk.consenting.record(noor, case, ASKED, PUBLISHING)
        assert proposed(desk, case) is None
        for _ in range(2):  # a repetition changes nothing
            found = desk.consenting.record(
                noor, case, GIVEN, PUBLISHING, named=False, until="2099-12-31", key="k"
            )
        assert len(found) == 2
        assert "without the source’s name, until" in (proposed(desk, case) or "")
        with pytest.raises(BadInput):
            desk.consenting.record(noor, case, GIVEN, PUBLISHING, until="31.12.2099")
        with pytest.raises(NotAllowed):
            desk.consenting.record(viewer, case, WITHDRAWN, PUBLISHING)
        desk.verdicts.conclude(noor, case, kept.exhibit_id, Rating.ORIGINAL, "It is hers.")
        desk.consenting.record(noor, case, WITHDRAWN, PUBLISHING)
        assert proposed(desk, case) is None
        report = desk.reports.case(noor, case)
        for name, told in (("inside", True), ("partner", False), ("public", False)):
            texts = "".join(handout.texts(report, profile(name), name, READER).values())
            assert ("taken back" in texts) is told
            assert ("withdrawn" in texts) is told
        desk.wiping.finish(desk.wiping.wipe(noor, case))
        assert desk.store.rows("SELECT 1 FROM consent") == []


def proposed(desk: Desk, case: int) -> str | None:
    report = desk.reports.case(desk.team.at_console("7", "Noor", "en"), case)
    (item,) = [one for one in report.checklist if one.id == "consent"]
    said = proposals.proposal(report, item)
    return plain(said, READER) if said else None


@in_room()
async def test_the_chat_writes_it_down_and_gives_texts_to_copy(room: Room) -> None:
    await room.send(encode(photograph("china")))
    (shown,) = await room.say("/consent")
    assert "Whether it may be published was not asked." in words(shown)
    await room.press(shown, "Publishing allowed, with name")
    assert "with the source’s name" in words(room.now(shown))
    (asked,) = await room.press(shown, "Until a day…")
    await room.say("2099-12-31", reply_to=asked["message_id"])
    given = room.case(1).consents[-1]
    assert (given.until, given.named) == ("2099-12-31", True)
    texts = await room.press(shown, "Ask for the original")
    assert any("as a file" in words(one) for one in texts)
    assert any("بصيغة ملف" in words(one) for one in texts)
    told = json.dumps([one.get("entities") for one in texts])
    assert told.count('"code"') == len(texts)
