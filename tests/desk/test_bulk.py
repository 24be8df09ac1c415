"""Many files at once: recorded in their order, each with its own fate, and after who waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.photographs import encode, photograph, shrunk
from verify.desk import Desk
from verify.desk.precedence import Precedence
from verify.errors import Unavailable
from verify.records import SentAs, Submission
from verify.sandbox import Sandbox


def submission(number: int) -> Submission:
    return Submission(
        service="import",
        bot_id=0,
        chat_id=0,
        message_id=number,
        sent_as=SentAs.IMPORT,
        received_at=datetime.now(UTC),
        filename=f"{number}.jpg",
    )


def examined(
    home: Path, sandbox: Sandbox, workers: int, *, prepare: Callable[[Desk], None] = lambda _: None
) -> tuple[Desk, list[tuple[int, Exception | None]]]:
    """A desk with two pictures and smaller copies of them, each twice, and how each went."""
    pictures = [photograph("china"), photograph("flower")]
    contents = [encode(shrunk(one, share)) for share in (0.5, 0.4) for one in pictures]
    desk = Desk(home, sandbox=sandbox)
    desk.bulk.workers = workers
    noor = desk.team.at_console("1", "Noor", "en")
    things = (
        (number, desk.receiving.receive(noor, submission(number), content).exhibit_id)
        for number, content in enumerate([*contents, *contents], start=1)
    )
    prepare(desk)
    found = [
        (thing[0], wrong)
        for thing, wrong in desk.examining.examine_each(noor, things, lambda one: one[1])
    ]
    return desk, found


def kept(desk: Desk) -> list[list[tuple[object, ...]]]:
    queries = (
        "SELECT id, kind, subject FROM custody_event ORDER BY id",
        "SELECT id, exhibit_id, case_id FROM submission ORDER BY id",
        "SELECT id, view_id, earlier_view_id, method, distance FROM match ORDER BY id",
        "SELECT id, exhibit_id FROM examination ORDER BY id",
    )
    return [[tuple(row) for row in desk.store.rows(query)] for query in queries]


def test_what_is_recorded_does_not_depend_on_how_many_are_at_work(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    found = []
    for workers in (1, 2):
        desk, fates = examined(tmp_path / f"{workers}", sandbox, workers)
        assert fates == [(number, None) for number in range(1, 9)]
        found.append(kept(desk))
        desk.close()
    assert found[0] == found[1]
    assert len(found[0][2]) == 2, "each copy matches its picture"
    assert len(found[0][3]) == 4, "the same bytes are examined once"


@pytest.mark.parametrize("error", [MemoryError, ValueError])
def test_what_goes_wrong_with_one_stops_no_other(
    tmp_path: Path, sandbox: Sandbox, error: type[Exception]
) -> None:
    def broken(desk: Desk) -> None:
        intact = desk._home.vault.intact
        first: list[str] = []

        def read(sha256: str) -> bool:
            first[:] = first or [sha256]
            if sha256 == first[0] and threading.current_thread().name.startswith("bulk"):
                raise error
            return intact(sha256)

        desk._home.vault.intact = read  # type: ignore[method-assign]

    desk, fates = examined(tmp_path / "home", sandbox, 2, prepare=broken)
    assert {number for number, wrong in fates if isinstance(wrong, error)} == {1, 5}
    assert [number for number, _ in fates] == [*range(1, 9)]
    assert len(kept(desk)[3]) == 3
    desk.close()


def test_an_error_of_the_source_comes_after_those_under_way(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    from verify.records import say

    done = []
    with Desk(tmp_path / "home", sandbox=sandbox) as desk:
        noor = desk.team.at_console("1", "Noor", "en")

        def things() -> object:
            yield desk.receiving.receive(
                noor, submission(1), encode(photograph("china"))
            ).exhibit_id
            raise Unavailable(say("The disk is full. Make room; the desk then goes on by itself."))

        with pytest.raises(Unavailable):
            done += [
                wrong for _, wrong in desk.examining.examine_each(noor, things(), lambda one: one)
            ]  # type: ignore[arg-type]
        (exhibit,) = desk.reports.case(noor, 1).exhibits
        assert exhibit.examination


def test_work_that_nobody_watches_gives_way() -> None:
    precedence = Precedence()
    went_on = threading.Event()

    def work() -> None:
        precedence.give_way()
        went_on.set()

    with precedence.first():
        behind = threading.Thread(target=work)
        behind.start()
        assert not went_on.wait(0.3)
    assert went_on.wait(240)
    behind.join()
