"""What the desk proposes as answers to the checklist, each with its evidence.

It proposes only what it knows, never what somebody has to look for, and nothing where a finding
that speaks to the item is flagged.
"""

from __future__ import annotations

from collections.abc import Callable

from verify.records import (
    CaseReport,
    ChecklistItem,
    Instant,
    Orientation,
    Outcome,
    SentAs,
    Sentence,
    say,
    say_many,
)
from verify.wording import consents, matches
from verify.wording.cases import about

_DIGITS = 12  # of a SHA-256


def proposal(report: CaseReport, item: ChecklistItem) -> Sentence | None:
    """The evidence by which the desk holds an open item for settled; None where it does not."""
    propose = _PROPOSALS.get(item.id)
    flagged = any(finding.outcome is Outcome.FLAGGED for finding in item.findings)
    if propose is None or item.answer or flagged:
        return None
    return propose(report, item)


def _preserved(report: CaseReport, item: ChecklistItem) -> Sentence | None:
    if len(report.exhibits) != 1:
        return say_many(
            "{count} original kept and hashed: the custody record says when and from whom",
            "{count} originals kept and hashed: the custody record says when and from whom",
            len(report.exhibits),
        )
    [exhibit] = report.exhibits
    return say(
        "original kept and hashed (SHA-256 {digest}…), received {when}",
        digest=exhibit.sha256[:_DIGITS],
        when=Instant(at=exhibit.received_at),
    )


def _as_file(report: CaseReport, item: ChecklistItem) -> Sentence | None:
    ways = {exhibit.sent_as is SentAs.PHOTO for exhibit in report.exhibits}
    if len(ways) != 1:
        return None
    if ways.pop():
        return say("it came as a photo, which the app compressed again")
    return say("it came as a file, as it was sent")


def _earliest(report: CaseReport, item: ChecklistItem) -> Sentence | None:
    stood = matches.stood_first(report)
    if stood is None:
        return None
    first, exhibit_id = stood
    told = say(
        "at this desk: {first}, in {place}",
        first=matches.since(first),
        place=matches.held(first.case_id),
    )
    return about(report, exhibit_id, told)


def _mirrored(report: CaseReport, item: ChecklistItem) -> Sentence | None:
    for exhibit in report.exhibits:
        for match in exhibit.matches:
            if match.orientation is not Orientation.ORIGINAL or not matches.whole(match):
                told = say("see its match: {match}", match=matches.seen(match))
                return about(report, exhibit.exhibit_id, told)
    return None


def _consent(report: CaseReport, item: ChecklistItem) -> Sentence | None:
    return consents.evidence(report.consents)


def _posted(report: CaseReport, item: ChecklistItem) -> Sentence | None:
    return _found(item, "posted_in_link")


def _found(item: ChecklistItem, *checks: str) -> Sentence | None:
    """What the one finding of these checks says."""
    said = [
        finding.summary
        for finding in item.findings
        if finding.check in checks and finding.outcome is not Outcome.FAILED
    ]
    return said[0] if said and all(one == said[0] for one in said) else None


_PROPOSALS: dict[str, Callable[[CaseReport, ChecklistItem], Sentence | None]] = {
    "preserved": _preserved,
    "as-file": _as_file,
    "earliest": _earliest,
    "mirrored": _mirrored,
    "captured-when": _posted,
    "consent": _consent,
    "coordination": lambda _, item: _found(item, "posted_together"),
    "thumbnail": lambda _, item: _found(item, "thumbnail"),
    "credentials": lambda _, item: _found(item, "credentials"),
    "ai-declared": lambda _, item: _found(item, "generator"),
}
