"""What coincides, kept for the exhibits concerned, and waves told to the people of their cases."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.desk.test_posts import cropped, sent
from verify.desk import Desk
from verify.language import Reader, plain
from verify.records import Coincidence, Person, Pillar
from verify.store.posts import coincidences
from verify.wording.proposals import proposal

READER = Reader("en", ZoneInfo("UTC"))
GROUP = Coincidence(accounts=34, window_s=600, occasions=9, outsiders=2)


def test_an_exhibit_concerned_has_findings_and_a_proposal_and_loses_them_again(
    desk: Desk, noor: Person
) -> None:
    report = sent(desk, noor, cropped())
    [exhibit] = report.exhibits
    for found in ({exhibit.exhibit_id: [GROUP]}, {}):
        with desk.store.transaction():
            coincidences.keep(desk.store, "as planted", found)
        report = desk.reports.case(noor, report.id)
        said = {
            one.pillar: plain(one.summary, READER)
            for one in report.exhibits[0].findings
            if one.check in ("posted_together", "not_independent")
        }
        [item] = (one for one in report.checklist if one.id == "coordination")
        evidence = proposal(report, item)
        if found:
            assert set(said) == {Pillar.SOURCE, Pillar.MOTIVATION}
            assert evidence is not None
            assert "34 accounts posted within 10 minutes" in plain(evidence, READER)
        else:
            assert (said, evidence) == ({}, None)
