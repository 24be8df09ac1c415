"""What is said of a case as work: its status, whose it is, until when, who may see it."""

from __future__ import annotations

from datetime import datetime

from verify.records import (
    CaseLine,
    CaseReport,
    Instant,
    Priority,
    Sentence,
    Status,
    VerdictState,
    say,
    say_many,
)
from verify.wording.keeping import kept
from verify.wording.terms import word


def exhibit_title(report: CaseReport, number: int) -> Sentence:
    """Which case it is and, where it has several exhibits, which of them. number: from 1."""
    if len(report.exhibits) <= 1:
        return say("Case {number}", number=report.id)
    return say(
        "Case {case}, exhibit {number} of {exhibits}",
        case=report.id,
        number=number,
        exhibits=len(report.exhibits),
    )


def about(report: CaseReport, exhibit_id: int | None, said: Sentence) -> Sentence:
    """A sentence that names the exhibit that it is about, where its case has several."""
    numbers = {one.exhibit_id: place for place, one in enumerate(report.exhibits, start=1)}
    if len(numbers) < 2 or exhibit_id not in numbers:
        return said
    return say("Exhibit {number}: {said}", number=numbers[exhibit_id], said=said)


def work(case: CaseReport | CaseLine) -> list[Sentence]:
    """A line for each thing about the work that is not as usual."""
    if case.status is Status.OPEN:
        return effort(case)
    return [say("Status: {status}", status=word(case.status)), *effort(case)]


def effort(case: CaseReport | CaseLine) -> list[Sentence]:
    """As `work`, without the status: how soon, whose it is, until when, its tags."""
    lines = []
    if case.priority is not Priority.NORMAL:
        lines.append(say("Priority: {priority}", priority=word(case.priority)))
    if case.assignee:
        lines.append(say("With {person}", person=case.assignee))
    if case.due_at:
        lines.append(due(case.due_at))
    if isinstance(case, CaseReport):
        lines += kept(case.keep, datetime.now().astimezone().date())
    if case.tags:
        lines.append(say("Tags: {tags}", tags=" ".join(f"#{tag}" for tag in case.tags)))
    return lines


def due(at: datetime) -> Sentence:
    """When a case is needed."""
    return say("Due {when}", when=Instant(at=at))


def still_open(report: CaseReport) -> Sentence | None:
    """What is left to do in a case, or how it ended."""
    latest = next(iter(report.verdicts), None)
    if report.status is Status.CONCLUDED:
        return say("Concluded: {rating}", rating=word(latest.rating)) if latest else None
    if latest and latest.state is VerdictState.PROPOSED:
        return say(
            "Proposed verdict: {rating}. It still has to be confirmed.", rating=word(latest.rating)
        )
    if latest and latest.state is VerdictState.RETURNED:
        return say("The verdict was returned: {remark}", remark=latest.remark)
    return say("Open: {needs}", needs=needs(report))


def needs(report: CaseReport) -> Sentence:
    """What there is to do until a verdict."""
    unanswered = len(report.unanswered)
    if not unanswered:
        return say("verdict")
    if report.claims:
        return say_many(
            "{count} starred question, verdict", "{count} starred questions, verdict", unanswered
        )
    return say_many(
        "what is claimed, {count} starred question, verdict",
        "what is claimed, {count} starred questions, verdict",
        unanswered,
    )
