"""Comparisons agree with what they compare, whoever else works at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify import comparisons
from verify.comparisons import Circumstances
from verify.desk import Desk
from verify.records import Finding, Outcome, Person, Role, Spot
from verify.sandbox import Sandbox

CHINA = photograph("china")
OLDER, NEWER = "Taken in Homs on 3 May 2012", "Taken in Kyiv on 24 February 2022"


@pytest.fixture
def two_cases(desk: Desk, noor: Person) -> Iterator[tuple[Desk, Person]]:
    """Case 2 has a copy of case 1's picture."""
    for content in (encode(CHINA), encode(shrunk(CHINA))):
        desk.examining.examine(noor, desk.receiving.receive(noor, arrived(), content).exhibit_id)
    desk.claims.state(noor, 1, OLDER)
    yield desk, noor


def flags(desk: Desk, person: Person, case: int) -> set[str]:
    findings = desk.reports.case(person, case).exhibits[0].findings
    return {one.check for one in findings if one.outcome is Outcome.FLAGGED}


def test_a_slower_comparison_does_not_take_a_newer_flag_away(
    two_cases: tuple[Desk, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, noor = two_cases
    read, go_on = threading.Event(), threading.Event()
    run = comparisons.run

    def slow(circumstances: Circumstances) -> tuple[Finding, ...]:
        found = run(circumstances)
        if threading.current_thread().name == "slow" and not read.is_set():
            read.set()
            assert go_on.wait(20)
        return found

    monkeypatch.setattr(comparisons, "run", slow)
    [match] = desk.reports.exhibit(noor, 2, 2).matches
    slower = threading.Thread(
        target=lambda: desk.judging.judge(noor, 2, match.id, same=True), name="slow", daemon=True
    )
    slower.start()
    assert read.wait(20)
    desk.claims.state(noor, 2, NEWER)
    assert "earlier_claim_against_claim" in flags(desk, noor, 2)
    go_on.set()
    slower.join(20)
    kept = desk.store.rows("SELECT check_name FROM finding WHERE superseded_at IS NULL"
                           " AND outcome = 'flagged' AND case_id = 2")  # fmt: skip
    assert "earlier_claim_against_claim" in {row[0] for row in kept}


def test_two_who_correct_one_claim_at_once_both_count(two_cases: tuple[Desk, Person]) -> None:
    desk, noor = two_cases
    for turn in range(5):
        claim = desk.claims.state(noor, 1, f"Somewhere, some day {turn}")
        together = threading.Barrier(2)

        def correct(
            together: threading.Barrier = together, number: int = claim.id, **said: object
        ) -> None:
            together.wait()
            desk.claims.correct(noor, 1, number, **said)  # type: ignore[arg-type]

        threads = [
            threading.Thread(target=correct, kwargs={"claimed_at": "2014-06-14"}),
            threading.Thread(target=correct, kwargs={"spot": Spot(name="Syria")}),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        now = desk.claims.latest(noor, 1, claim.id)
        assert (now.claimed_at, now.place) == ("2014-06-14", "Syria")


def test_the_same_key_twice_at_once_makes_one_claim(two_cases: tuple[Desk, Person]) -> None:
    desk, noor = two_cases
    made: list[int] = []

    def claim() -> None:
        made.append(desk.claims.state(noor, 1, NEWER, key="1:2:3").id)

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1


def test_what_a_kill_left_to_compare_is_right_for_readers_and_kept_at_the_next_start(
    home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        for content in (encode(CHINA), encode(shrunk(CHINA))):
            desk.examining.examine(
                noor, desk.receiving.receive(noor, arrived(), content).exhibit_id
            )
        desk.claims.state(noor, 2, NEWER)
        desk._comparing.close()  # as if it were killed before it compared what others read
        desk.claims.state(noor, 1, OLDER)
        assert desk.store.row("SELECT 1 FROM stale WHERE case_id = 2")
    with Desk(home, sandbox=sandbox, reading=True) as reading:
        assert "earlier_claim_against_claim" in flags(reading, noor, 2)
    with Desk(home, sandbox=sandbox):
        pass
    with Desk(home, sandbox=sandbox, reading=True) as reading:
        assert not reading.store.row("SELECT 1 FROM stale")
        assert "earlier_claim_against_claim" in flags(reading, noor, 2)


@pytest.mark.parametrize(("side", "seen_from"), [("matches", 2), ("later", 1)])
def test_however_many_matches_there_are_the_queries_are_as_many(
    two_cases: tuple[Desk, Person], side: str, seen_from: int
) -> None:
    desk, noor = two_cases

    def queries() -> int:
        count = 0

        def counted(_: str) -> None:
            nonlocal count
            count += 1

        desk.store._connection.set_trace_callback(counted)
        desk.reports.exhibit(noor, seen_from, seen_from)
        desk.store._connection.set_trace_callback(None)
        return count

    desk._comparing.settle(1, 2)
    before = queries()
    with desk.store.transaction():
        [match] = desk.store.rows("SELECT * FROM match")
        columns = {name: match[name] for name in match.keys() if name != "id"}  # noqa: SIM118
        for number in range(12):
            copy = desk.store.insert("exhibit", sha256=f"{number:064}", size=1, received_at="")
            view = desk.store.insert("view", exhibit_id=copy, kind="whole")
            other = "earlier_view_id" if side == "matches" else "view_id"
            desk.store.insert("match", **{**columns, other: view})
            submission = dict(desk.store.row("SELECT * FROM submission WHERE id = 1"))
            number_of = desk.store.insert(
                "submission", **{**submission, "id": None, "message_id": 900 + number,
                                 "exhibit_id": copy}
            )  # fmt: skip
            sighting = dict(desk.store.row("SELECT * FROM sighting WHERE id = 1"))
            desk.store.insert(
                "sighting", **{**sighting, "id": None, "submission_id": number_of,
                               "exhibit_id": copy}
            )  # fmt: skip
    assert len(getattr(desk.reports.exhibit(noor, seen_from, seen_from), side)) == 13
    assert queries() <= before


def located(latitude: float, longitude: float) -> bytes:
    image = CHINA.resize((160, 107))
    exif = image.getexif()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (latitude, 0.0, 0.0)
    gps[3], gps[4] = "E", (longitude, 0.0, 0.0)
    return encode(image, exif=exif)


def test_of_towns_of_one_name_that_of_the_files_coordinates_is_meant(
    desk: Desk, noor: Person
) -> None:
    # 57 km from Tripoli in Lebanon
    desk.receiving.receive(noor, arrived(caption="Clashes in Tripoli"), located(33.95, 36.05))
    [claim] = desk.reports.case(noor, 1).claims
    assert claim.place == ""
    desk.examining.examine(noor, 1)
    [claim] = desk.reports.case(noor, 1).claims
    assert claim.place == "Tripoli, Lebanon"
    # what was chosen by these coordinates is not flagged by them
    assert flags(desk, noor, 1) == set()


def test_of_towns_of_one_name_that_near_another_place_of_the_case_is_meant(
    desk: Desk, noor: Person
) -> None:
    desk.receiving.receive(
        noor, arrived(caption="Clashes in Tripoli"), encode(CHINA.resize((160, 107)))
    )
    desk.claims.state(noor, 1, "A convoy in Beirut, Lebanon")
    assert {claim.place for claim in desk.reports.case(noor, 1).claims} == {
        "Tripoli, Lebanon",
        "Beirut, Lebanon",
    }
    [_, beirut] = desk.reports.case(noor, 1).claims
    desk.claims.correct(
        noor, 1, beirut.id, spot=Spot(name="Misrata", latitude=32.38, longitude=15.09)
    )
    [tripoli, _] = desk.reports.case(noor, 1).claims
    assert tripoli.place == ""  # Misrata is not near to either
