"""What is said of a case as work: its status, whose it is, until when, who may see it."""

from __future__ import annotations

from datetime import datetime

from verify.records import CaseLine, CaseReport, Instant, Priority, Sentence, Status, say
from verify.wording.terms import word


def work(case: CaseReport | CaseLine) -> list[Sentence]:
    """A line for each thing about the work that is not as usual."""
    lines = []
    if case.status is not Status.OPEN:
        lines.append(say("Status: {status}", status=word(case.status)))
    if case.priority is not Priority.NORMAL:
        lines.append(say("Priority: {priority}", priority=word(case.priority)))
    if case.assignee:
        lines.append(say("With {person}", person=case.assignee))
    if case.due_at:
        lines.append(due(case.due_at))
    if case.tags:
        lines.append(say("Tags: {tags}", tags=" ".join(f"#{tag}" for tag in case.tags)))
    return lines


def due(at: datetime) -> Sentence:
    """When a case is needed."""
    return say("Due {when}", when=Instant(at=at))
