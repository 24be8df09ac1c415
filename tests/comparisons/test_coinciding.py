"""What is said of an exhibit that stands in posts which coincide."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from verify.comparisons import Circumstances, run
from verify.language import Reader, plain
from verify.records import (
    Coincidence,
    Examination,
    Explaining,
    Finding,
    MachineSign,
    Outcome,
    Pillar,
)

READER = Reader("en", ZoneInfo("UTC"))
NOON = datetime(2014, 6, 12, 12, tzinfo=UTC)
GROUP = Coincidence(accounts=34, window_s=600, occasions=9, outsiders=2)
WAVE = Coincidence(accounts=240, first=NOON, last=NOON, observed=90, usual=0.41, alone=True)


def found(*several: Coincidence) -> dict[str, Finding]:
    """The findings by their checks."""
    examination = Examination(lab_version=1, media_type="image/jpeg")
    return {one.check: one for one in run(Circumstances(examination, NOON, coincidences=several))}


def told(*several: Coincidence) -> dict[str, str]:
    return {check: plain(one.summary, READER) for check, one in found(*several).items()}


def test_a_group_is_noted_in_source_and_motivation_and_never_flagged() -> None:
    findings = found(GROUP)
    assert {one.pillar for one in findings.values()} == {Pillar.SOURCE, Pillar.MOTIVATION}
    assert {one.outcome for one in findings.values()} == {Outcome.NOTED}
    said = told(GROUP)
    assert "34 accounts posted within 10 minutes of each other, 9 times" in said["posted_together"]
    assert "others posted these things 2 times" in said["posted_together"]
    assert "not shown to be independent" in said["not_independent"]


def test_what_people_stated_of_a_group_stands_with_it() -> None:
    for sign in (None, MachineSign.WORDS):
        owned = Coincidence(3, window_s=10, explained=(Explaining.SAME_OWNER,), sign=sign)
        assert "stated that they have one owner" in told(owned)["posted_together"]


def test_one_program_is_told_by_its_sign() -> None:
    assert (
        "made by one program: the same words"
        in told(Coincidence(accounts=15, sign=MachineSign.WORDS, window_s=10))["posted_together"]
    )


def test_a_wave_needs_no_more_than_news_where_no_group_took_part() -> None:
    assert "Nothing but news is needed" in told(WAVE)["in_a_wave"]
    assert "90 posts in one hour, where 0.4 would be usual" in told(WAVE)["in_a_wave"]
    driven = Coincidence(accounts=240, first=NOON, last=NOON, observed=90, usual=0.4)
    assert "Nothing but news" not in told(driven)["in_a_wave"]
    assert told() == {}
