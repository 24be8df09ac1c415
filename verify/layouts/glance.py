"""A case on one screen of a terminal: the head that the chat shows, without what is behind More."""

from __future__ import annotations

from collections.abc import Iterator

from verify.layouts.shapes import Render
from verify.records import CaseReport, ExhibitReport, Instant, Sentence, say
from verify.wording.albums import overview
from verify.wording.cases import still_open, work
from verify.wording.claim_lines import briefly
from verify.wording.files import brief as brief_file
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
    yield from work(case)


def _exhibit(case: CaseReport, exhibit: ExhibitReport, render: Render) -> Iterator[str]:
    seen = glance(case, exhibit)
    yield render(exhibit.filename or exhibit.sha256[:12])
    for lines in seen.concluded:
        yield from (f"  {render(line)}" for line in lines)
    yield from (f"  {render(line)}" for line in seen.seen)
    yield from (f"  ! {render(line)}" for line in seen.against)
    yield from (f"  - {render(line)}" for line in seen.noted)
    if exhibit.examination:
        kept = say("Kept unchanged: {file}", file=brief_file(exhibit))
        yield f"  - {render(kept)}"


def _said(case: CaseReport) -> Iterator[Sentence]:
    """The claims, the latest note, what is open, and where the rest is."""
    yield from briefly(case.claims)
    if case.notes:
        yield say("Note: {note}", note=note(case.notes[-1]))
    if left := still_open(case):
        yield left
    yield say("All that is known: {command}", command=f"verify-desk show {case.id} --all")
