"""A case on one screen of a terminal: the head that the chat shows, without what is behind More."""

from __future__ import annotations

from collections.abc import Iterator

from verify.layouts.shapes import Render
from verify.records import CaseReport, ExhibitReport, Instant, Sentence, say, say_many
from verify.wording.albums import overview
from verify.wording.bags import came
from verify.wording.cases import still_open, work
from verify.wording.claim_lines import briefly
from verify.wording.covers import in_short
from verify.wording.files import kept_unchanged
from verify.wording.glance import glance
from verify.wording.notes import note


def glance_lines(case: CaseReport, render: Render) -> Iterator[str]:
    """What is said first of a case: a dozen lines, however many exhibits it has."""
    for line in _case(case):
        yield render(line)
    if len(case.exhibits) == 1:
        yield from _exhibit(case, case.exhibits[0], render)
    elif case.exhibits:
        yield from (f"  {render(line)}" for line in overview(case))
    for line in _said(case):
        yield render(line)


def _case(case: CaseReport) -> Iterator[Sentence]:
    at = Instant(at=case.opened_at)
    yield say("Case {case}, opened {at} by {person}", case=case.id, at=at, person=case.opened_by)
    yield from map(came, case.bags)
    yield from work(case)


def _exhibit(case: CaseReport, exhibit: ExhibitReport, render: Render) -> Iterator[str]:
    seen = glance(case, exhibit)
    yield "  " + " · ".join(map(render, seen.seen))
    if exhibit.cover.kinds:
        yield f"  {render(in_short(exhibit.cover))}"
    if seen.against:
        yield "  " + " ".join(f"! {render(line)}" for line in seen.against)
    if seen.left:
        yield f"  {render(seen.left)}"
    yield ""
    if seen.others:
        others = say_many(
            "{count} more match: {command}",
            "{count} more matches: {command}",
            seen.others,
            command=f"verify-desk show {case.id} --all",
        )
        yield f"  - {render(others)}"
    yield from (f"  - {render(line)}" for line in seen.noted)
    if exhibit.examination:
        yield f"  - {render(kept_unchanged(exhibit))}"


def _said(case: CaseReport) -> Iterator[Sentence]:
    """The claims, the latest note, of several exhibits what is open, and where the rest is."""
    yield from briefly(case.claims)
    if case.notes:
        yield say("Note: {note}", note=note(case.notes[-1]))
    if len(case.exhibits) != 1 and (left := still_open(case)):
        yield left
    yield say("All that is known: {command}", command=f"verify-desk show {case.id} --all")
