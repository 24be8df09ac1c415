"""A bag of another desk that was sent to the bot is checked, offered, and taken in on a press."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.chat.room import Room, in_room, words
from tests.conftest import PHOTOGRAPHS
from tests.desk.test_bagging import ordered
from tests.submissions import arrived
from verify.desk import Desk
from verify.jobs.kinds import bag
from verify.jobs.place import Place


def of_another_desk(folder: Path, room: Room) -> bytes:
    with Desk(folder / "theirs", sandbox=room.desk.sandbox) as desk:
        sami = desk.team.at_console("8", "Sami Okapi", "en")
        message = arrived(filename="china.jpg", caption="Aleppo, 14 June 2014")
        desk.receiving.receive(sami, message, PHOTOGRAPHS / "china.jpg")
        job = bag.Job(1, Place.of(folder), b"bag.zip", (), "inside")
        assert [*bag.run(desk, sami, job, ordered(job))]
    return (folder / "bag.zip").read_bytes()


@in_room()
async def test_a_bag_that_was_sent_opens_a_case_of_its_own_on_a_press(room: Room) -> None:
    with TemporaryDirectory() as folder:
        content = of_another_desk(Path(folder), room)
    (shown,) = await room.send(content, "bag.zip")
    await room.press(shown, "Read as an export")
    offered = room.now(shown)
    assert "A bag of another desk" in words(offered)
    assert "From another desk: case 1 there" in words(offered)
    await room.press(offered, "Take it in")
    assert "import 1" in words(room.now(shown))
    case = room.case(2)
    assert [one.filename for one in case.exhibits] == ["china.jpg"]
    assert case.exhibits[0].examination
    assert not case.claims
    assert "Aleppo, 14 June 2014" in {one.text for one in case.bags[0].words}
