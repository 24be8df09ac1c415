"""How a case stands: its status, whose it is, until when; in words, for people and lists."""

from __future__ import annotations

from datetime import UTC, datetime

from verify.chat.replies.markup import bold
from verify.language import Reader, html
from verify.records import CaseLine, CaseReport, Status, say
from verify.wording.cases import work


def standing(report: CaseReport, reader: Reader) -> str:
    """The lines about the work on a case that go under its heading; "" where all is as usual."""
    lines = [*_overdue(report, reader), *(html(one, reader) for one in work(report))]
    if report.confidential:
        members = say("Confidential: only {people} see it.", people=", ".join(report.members))
        lines.append(f"🔒 {html(members, reader)}")
    if report.related:
        numbers = ", ".join(map(str, report.related))
        lines.append(html(say("Linked with case {numbers}", numbers=numbers), reader))
    return "\n".join(lines)


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
