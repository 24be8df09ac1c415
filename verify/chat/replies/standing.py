"""How a case stands: its status, whose it is, until when; in words, for people and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from verify.chat.replies.markup import bold
from verify.language import Reader, html
from verify.records import CaseLine, CaseReport, Sentence, Status, listed, say
from verify.wording.cases import effort, work
from verify.wording.matches import cases


def standing(report: CaseReport, reader: Reader) -> str:
    """The lines about the work on a case that go under its heading; "" where all is as usual."""
    return "\n".join(_stands(report, work(report), reader))


def in_a_line(report: CaseReport, reader: Reader) -> str:
    """As `standing`, in one line, and not that it is concluded: there the verdict is told."""
    concluded = report.status is Status.CONCLUDED
    return " · ".join(_stands(report, effort(report) if concluded else work(report), reader))


def _stands(report: CaseReport, lines: Iterable[Sentence], reader: Reader) -> Iterator[str]:
    yield from _overdue(report, reader)
    yield from (html(one, reader) for one in lines)
    if report.confidential:
        members = say("Confidential, for {people} only", people=listed(report.members))
        yield f"🔒 {html(members, reader)}"
    if report.related:
        yield html(say("Linked with {which}", which=cases(report.related)), reader)


def brief(line: CaseLine, reader: Reader) -> str:
    """How a case stands, for a list: one line of asides; "" where all is as usual."""
    parts = [*_overdue(line, reader), *(html(one, reader) for one in work(line))]
    if line.confidential:
        confidential = html(say("Confidential"), reader)
        parts.insert(0, f"🔒 {confidential}")
    return " · ".join(parts)


def _overdue(case: CaseReport | CaseLine, reader: Reader) -> list[str]:
    """The mark of a case that is not concluded and should be."""
    if not case.due_at or case.due_at > datetime.now(UTC) or case.status is Status.CONCLUDED:
        return []
    overdue = bold(say("Overdue"), reader)
    return [f"⏰ {overdue}"]
