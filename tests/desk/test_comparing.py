"""Comparisons agree with what they compare, whoever else works at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify import comparisons
from verify.comparisons import Circumstances
from verify.desk import Desk
from verify.records import Finding, Outcome, Person, Role, Spot
from verify.sandbox import Sandbox
from verify.store.casework import stale

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
            assert go_on.wait(240)
        return found

    monkeypatch.setattr(comparisons, "run", slow)
    [match] = desk.reports.exhibit(noor, 2, 2).matches
    slower = threading.Thread(
        target=lambda: desk.judging.judge(noor, 2, match.id, same=True), name="slow", daemon=True
    )
    slower.start()
    assert read.wait(240)
    desk.claims.state(noor, 2, NEWER)
    assert "earlier_claim_against_claim" in flags(desk, noor, 2)
    go_on.set()
    slower.join(240)
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


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """What the desk asks of SQLite, without what full text does by itself; rows that are written
    together count once."""
    asked: list[str] = []

    def heard(statement: str) -> None:
        written = statement.startswith(("INSERT", "UPDATE"))
        kind = statement[:40] if written else statement
        if not statement.startswith("--") and not (written and asked[-1:] == [kind]):
            asked.append(kind)

    desk.store._connection.set_trace_callback(heard)
    yield asked
    desk.store._connection.set_trace_callback(None)


def add_copies(desk: Desk, count: int, *, later: bool) -> None:
    """Pictures like both, each in a case of its own with a claim: older ones, or newer ones."""
    store = desk.store

    def again(table: str, **changed: object) -> int:
        row = dict(store.row(f"SELECT * FROM {table} ORDER BY id LIMIT 1"))
        return store.insert(table.strip('"'), **{**row, "id": None, **changed})

    with store.transaction():
        own = store.rows("SELECT id FROM view WHERE kind = 'whole' ORDER BY id LIMIT 2")
        for day in range(1, count + 1):
            case = again('"case"')
            stale.mark_case(store, case)
            copy = store.insert("exhibit", sha256=f"{case:064}", size=1, received_at="")
            view = store.insert("view", exhibit_id=copy, kind="whole")
            examination = again("examination", exhibit_id=copy)
            came = again("submission", message_id=900 + case,
                         exhibit_id=copy, case_id=case)  # fmt: skip
            again("sighting", submission_id=came, exhibit_id=copy, case_id=case)
            again("claim", case_id=case, text=f"Paris, {day} May 2020", key=None)
            for one in own:
                pair = (view, one["id"]) if later else (one["id"], view)
                again("match", examination_id=examination, view_id=pair[0],
                      earlier_view_id=pair[1])  # fmt: skip


@pytest.mark.parametrize(("side", "seen_from"), [("matches", 2), ("later", 1)])
def test_however_many_matches_there_are_the_queries_are_as_many(
    two_cases: tuple[Desk, Person], side: str, seen_from: int
) -> None:
    desk, noor = two_cases

    def queries() -> int:
        with statements(desk) as asked:
            desk.reports.exhibit(noor, seen_from, seen_from)
        return len(asked)

    settled(desk)
    before = queries()
    add_copies(desk, 12, later=side == "later")
    assert len(getattr(desk.reports.exhibit(noor, seen_from, seen_from), side)) == 13
    assert queries() == before


def settled(desk: Desk) -> None:
    """All is compared, behind whoever changed something too."""
    desk._comparing._background.submit(lambda: None).result()
    desk._comparing.go_on()  # where nobody asked for it yet
    desk._comparing._background.submit(lambda: None).result()
    assert not desk.store.row("SELECT 1 FROM stale")


@pytest.mark.parametrize("later", [False, True], ids=["older copies", "newer copies"])
def test_a_claim_a_merge_and_a_move_ask_as_much_however_many_copies_there_are(
    two_cases: tuple[Desk, Person], later: bool
) -> None:
    desk, noor = two_cases

    def work(case: int, day: int) -> tuple[dict[str, list[str]], int]:
        """A claim about the picture in this case, which goes into case 2 and out again."""
        desk.claims.state(noor, case, "Taken in Oslo in 2019")  # what is said of copies is said
        asked = {}
        for name, act in {
            "claim": lambda: desk.claims.state(noor, case, f"Taken in Oslo on {day} June 2021"),
            "merge": lambda: desk.casework.merge(noor, case, 2),
            "move": lambda: desk.casework.move(noor, 1, 2, None),
        }.items():
            settled(desk)
            with statements(desk) as asked[name]:
                done = act()
                settled(desk)
        return asked, done

    _, case = work(1, 1)
    add_copies(desk, 1, later=later)
    few, case = work(case, 2)
    add_copies(desk, 12, later=later)
    many, _ = work(case, 3)
    assert {name: len(asked) for name, asked in many.items()} == {
        name: len(asked) for name, asked in few.items()
    }


def test_a_case_that_cannot_be_read_keeps_no_other_from_being_compared(
    two_cases: tuple[Desk, Person],
) -> None:
    desk, noor = two_cases
    add_copies(desk, 2, later=True)
    settled(desk)
    with desk.store.transaction():
        desk.store.change("UPDATE sighting SET links = 'no JSON' WHERE case_id = 3")
    desk.claims.state(noor, 1, "Taken in Oslo in 2019", revises=1)
    desk._comparing._background.submit(lambda: None).result()
    assert [row["case_id"] for row in desk.store.rows("SELECT case_id FROM stale")] == [3]
    with desk.store.transaction():  # who reads the report looks at the other cases, too
        desk.store.change("UPDATE sighting SET links = '[]' WHERE case_id = 3")
    said = desk.reports.case(noor, 4).exhibits[0].findings
    assert "Oslo" in str([one.summary for one in said])


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
