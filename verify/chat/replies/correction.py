"""What was concluded before about a file that comes in again: it leads the answer."""

from __future__ import annotations

from collections.abc import Iterator

from verify.chat.replies.markup import bold
from verify.language import Reader, html, word
from verify.records import (
    CaseReport,
    ExhibitReport,
    Instant,
    Status,
    Verdict,
    VerdictState,
    say,
)

_REASON_CHARACTERS = 600
_MOST = 3


def leading(report: CaseReport, exhibit: ExhibitReport, reader: Reader) -> Iterator[str]:
    """The verdicts on this very file, of this case once it is concluded and of others."""
    own = [
        verdict
        for verdict in report.verdicts
        if report.status is Status.CONCLUDED
        and verdict.exhibit_id == exhibit.exhibit_id
        and verdict.state is VerdictState.CONFIRMED
    ]
    for verdict in (*own[:1], *exhibit.concluded)[:_MOST]:
        yield _concluded(verdict, reader) + "\n"


def _concluded(verdict: Verdict, reader: Reader) -> str:
    title = say(
        "Already concluded in case {number}: {rating}",
        number=verdict.case_id,
        rating=word(verdict.rating),
    )
    by = say("By {person}, {when}", person=verdict.by, when=Instant(at=verdict.at))
    if verdict.decided_by and verdict.decided_at:
        by = say(
            "By {person}, confirmed by {other}, {when}",
            person=verdict.by,
            other=verdict.decided_by,
            when=Instant(at=verdict.decided_at),
        )
    why = say("Why: {reason}", reason=verdict.reason)
    return "\n".join(
        [bold(title, reader), html(by, reader), html(why, reader, limit=_REASON_CHARACTERS)]
    )
