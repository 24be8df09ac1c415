"""What is said of a case at the end of a shift: in one line, what it is about and still needs."""

from __future__ import annotations

from collections.abc import Sequence

from verify.records import (
    CaseLine,
    CaseReport,
    ChecklistItem,
    Sentence,
    VerdictState,
    say,
    say_many,
)


def handed_over(line: CaseLine, report: CaseReport, missing: Sequence[ChecklistItem]) -> Sentence:
    """One case. missing: the starred items that nobody answered."""
    title = say("{title}", title=line.title) if line.title else say("no title")
    return say("{title} – {needs}", title=title, needs=_needs(report, len(missing)))


def _needs(report: CaseReport, missing: int) -> Sentence:
    latest = next(iter(report.verdicts), None)
    if latest and latest.state is VerdictState.PROPOSED:
        return say("verdict to be confirmed")
    if latest and latest.state is VerdictState.RETURNED:
        return say("verdict returned: {remark}", remark=latest.remark)
    if missing and not report.claims:
        return say_many(
            "what is claimed, {count} starred question, verdict",
            "what is claimed, {count} starred questions, verdict",
            missing,
        )
    if missing:
        return say_many(
            "{count} starred question, verdict", "{count} starred questions, verdict", missing
        )
    return say("verdict")
