"""What is said of a case at the end of a shift: in one line, what it is about and still needs."""

from __future__ import annotations

from verify.records import CaseLine, CaseReport, Sentence, VerdictState, say
from verify.wording.cases import needs


def handed_over(line: CaseLine, report: CaseReport) -> Sentence:
    """One case."""
    title = say("{title}", title=line.title) if line.title else say("no title")
    return say("{title} – {needs}", title=title, needs=_still(report))


def _still(report: CaseReport) -> Sentence:
    latest = next(iter(report.verdicts), None)
    if latest and latest.state is VerdictState.PROPOSED:
        return say("verdict to be confirmed")
    if latest and latest.state is VerdictState.RETURNED:
        return say("verdict returned: {remark}", remark=latest.remark)
    return needs(report)
