"""The ledger: what was said of a picture, and what of it contradicts."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, NotFound
from verify.language import Reader, plain
from verify.records import (
    Attachment,
    Contradiction,
    Differing,
    Ledger,
    Person,
    PlaceKind,
    Post,
    Relation,
    Role,
    Statement,
)
from verify.wording import ledger as wording

CHINA = photograph("china")
READER = Reader("en", ZoneInfo("UTC"))
NOW = datetime(2026, 11, 27, tzinfo=UTC)
_numbers = itertools.count(1)


def post(desk: Desk, person: Person, text: str, at: str, folder: Path, **more: object) -> None:
    """A post of the archive with a copy of the photograph."""
    file = folder / f"{next(_numbers)}.jpg"
    file.write_bytes(encode(shrunk(CHINA, 0.9), quality=70 + next(_numbers) % 25))
    told = {
        "network": "telegram",
        "id": file.stem,
        "place": "1",
        "place_kind": PlaceKind.CHANNEL,
        "account": "channel1",
        "name": "Wilayat Salahaddin",
        "at": at,
        "text": text,
        "media": (Attachment(path=file.name),),
        **more,
    }
    number = desk.posts.begin(person, file.name, confidential=bool(told.pop("closed", False)))
    taken = desk.posts.take(person, number, Post(**told), {0: file})  # type: ignore[arg-type]
    desk.posts.end(person, number)
    desk.examining.examine(person, taken.media[0].exhibit_id)


def bring(desk: Desk, person: Person, caption: str) -> int:
    """The photograph in a case of its own."""
    receipt = desk.receiving.receive(person, arrived(caption=caption), encode(CHINA))
    desk.examining.examine(person, receipt.exhibit_id)
    return receipt.case_id


def values(found: tuple[Contradiction, ...], differing: Differing) -> list[list[str]]:
    """What stands on each side."""
    return [
        [named.shown for named in side]
        for one in found
        if one.differing is differing
        for side in one.sides
    ]


def told(made: Ledger) -> str:
    return "\n".join(plain(one, READER) for one in wording.told(made))


def test_what_contradicts_stands_one_above_the_other_with_its_source(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    case = bring(desk, noor, "Mosul, 10 June 2017")
    post(desk, noor, "Tikrit, 12 June 2014", "2014-06-12T14:03:11Z", tmp_path)
    vague = "Somewhere, in June 2014"
    post(desk, noor, vague, "2020-01-01T10:00:00Z", tmp_path, account="channel2", name="Copies")
    made = desk.ledgers.ledger(noor, case)
    assert values(made.contradictions, Differing.DATE) == [
        ["2014-06-12", "2014-06"],
        ["2017-06-10"],
    ]
    assert values(made.contradictions, Differing.PLACE) == [["Tikrit"], ["Mosul"]]
    words = told(made)
    assert "2014-06-12: Wilayat Salahaddin on telegram" not in words  # the time stands first
    assert "2014-06-12: 2014-06-12 14:03 +00:00, Wilayat Salahaddin on telegram" in words
    assert "2017-06-10: a claim in case 1, which Noor brought" in words


@pytest.mark.parametrize(
    ("claim", "text", "at"),
    [
        ("12 June 2014", "June 2014", "2019-01-01T10:00:00Z"),  # finer, no other
        ("12 June 2014", "again", "2017-01-01T10:00:00Z"),  # the day of a repost claims nothing
        ("12 June 2014", "13 June 2014", "2019-01-01T10:00:00Z"),  # a night has two dates
        ("Mosul", "Nineveh", "2014-06-12T14:03:11Z"),  # one lies within the other
        ("Mosul", "in Iraq", "2014-06-12T14:03:11Z"),
        ("Mosul", "الموصل", "2014-06-12T14:03:11Z"),
        ("12 June 2014", "12 June 2014 or 3 May 2013", "2014-06-12T14:03:11Z"),  # no sure reading
    ],
)
def test_what_merely_differs_contradicts_nothing(
    desk: Desk, noor: Person, tmp_path: Path, claim: str, text: str, at: str
) -> None:
    case = bring(desk, noor, claim)
    post(desk, noor, text, at, tmp_path)
    made = desk.ledgers.ledger(noor, case)
    assert len(made.said) == 2
    assert made.contradictions == ()


def test_yesterday_counts_from_a_post_but_not_from_a_forward(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    case = bring(desk, noor, "12 June 2014")
    post(desk, noor, "Taken yesterday", "2014-06-20T14:03:11Z", tmp_path)
    post(desk, noor, "Taken yesterday", "2016-06-20T14:03:11Z", tmp_path, forwarded_from="X")
    made = desk.ledgers.ledger(noor, case)
    assert [one.date for one in made.said] == ["2014-06-19", "", "2014-06-12"]


def test_a_channel_stands_against_those_who_are_said_to_speak_for_it(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    case = bring(desk, noor, "")
    post(desk, noor, "Tikrit, 12 June 2014", "2014-06-12T14:03:11Z", tmp_path)
    post(
        desk,
        noor,
        "Homs, 3 May 2012",
        "2014-06-13T14:03:11Z",
        tmp_path,
        account="user2",
        name="Fighter",
    )
    [member] = desk.posts.accounts(noor, "Fighter")
    said = Statement(
        kind=Relation.SPEAKS_FOR, value="wilayat salahaddin", reason="his own words", by="", at=NOW
    )
    desk.posts.state_account(noor, member.account.id, said)
    [line] = wording.organisations(desk.ledgers.ledger(noor, case))
    assert plain(line, READER) == (
        "wilayat salahaddin: its own channel says 2014-06-12, Tikrit; Fighter, said to speak for it"
        " (Noor: his own words), says 2012-05-03, Homs."
    )


def test_nothing_crosses_a_confidential_wall(desk: Desk, noor: Person, tmp_path: Path) -> None:
    sara = desk.team.admit("telegram", "8", "Sara", Role.OWNER)
    case = bring(desk, noor, "Mosul, 10 June 2017")
    post(desk, sara, "Tikrit, 12 June 2014", "2014-06-12T14:03:11Z", tmp_path, closed=True)
    hers = desk.receiving.receive(
        sara, arrived(caption="Homs, 3 May 2012"), encode(CHINA, quality=60)
    )
    desk.examining.examine(sara, hers.exhibit_id)
    desk.casework.close_to_others(sara, hers.case_id, True)
    assert len(desk.ledgers.ledger(noor, case).said) == 1
    assert len(desk.ledgers.ledger(sara, case).said) == 3
    with pytest.raises(NotFound):
        desk.ledgers.of_file(noor, hers.sha256)


def test_what_a_person_states_keeps_its_history(desk: Desk, noor: Person) -> None:
    case = bring(desk, noor, "300 dead")
    desk.ledgers.state(noor, case, "300 dead, 30 in the film", "counted", key="k")
    [one] = desk.ledgers.state(noor, case, "300 dead, 30 in the film", "counted", key="k")
    desk.ledgers.withdraw(noor, case, one.id, "a misreading")
    words = told(desk.ledgers.ledger(noor, case))
    assert "300 dead, 30 in the film Why: counted (Noor," in words
    assert "Taken back by Noor" in words and ": a misreading" in words
    for text, reason in (("", "why"), ("what", " ")):
        with pytest.raises(BadInput):
            desk.ledgers.state(noor, case, text, reason)
    with pytest.raises(BadInput):
        desk.ledgers.withdraw(noor, case, one.id, "")
    with pytest.raises(NotFound):
        desk.ledgers.withdraw(noor, case, 99, "why")
