"""What an earlier version folded and read is made anew while the desk works."""

from __future__ import annotations

from pathlib import Path

from tests.submissions import arrived
from verify.desk import Desk
from verify.records import Role


def test_a_home_of_before_is_read_and_folded_anew_beside_the_work(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Desk(home) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        desk.receiving.receive(noor, arrived(caption="Checkpoint, 3 to 5 June 2014"), b"no picture")
        desk.claims.state(noor, 1, "فوق الجسر، 7 تشرين الأول 2012")
        # as version 0.1 read and folded them
        desk.store.change("UPDATE claim SET claimed_at = '2014-06-05', read_by = 0")
        desk.store.change("UPDATE words SET folded = text")
        desk.store.change("UPDATE findable SET folded_by = 0")
    with Desk(home) as desk:
        assert desk.reports.search(noor, "جسر", limit=5) == []
        desk.prepare()
        desk.renewing.finish()
        assert [hit.kind for hit in desk.reports.search(noor, "جسر", limit=5)] == ["claim"]
        found = [claim.claimed_at for claim in desk.reports.case(noor, 1).claims]
        assert found == ["2014-06-03/2014-06-05", "2012-10-07"]
