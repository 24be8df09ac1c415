"""What was concluded before about a picture that comes in again: it leads the answer."""

from __future__ import annotations

from collections.abc import Iterator

from verify.chat.replies.markup import bold
from verify.language import Reader, html
from verify.records import ExhibitReport, Match, Verdict
from verify.wording.matches import near_copy
from verify.wording.verdicts import of_near_copy, of_this_file, reasons, rests_on

_REASON_CHARACTERS = 600
_MOST = 3


def leading(exhibit: ExhibitReport, reader: Reader) -> Iterator[str]:
    """The verdicts on this very file, then on pictures of which it is a near copy.

    A near copy shows all of the earlier picture and nothing beside it. Of several verdicts
    of one case the latest counts.
    """
    told: set[int] = set()
    for verdict in exhibit.concluded:
        if verdict.case_id not in told and len(told) < _MOST:
            told.add(verdict.case_id)
            yield _this_file(verdict, reader) + "\n"
    for match in exhibit.matches:
        near = match.earlier_verdict if match.method != "sha256" else None
        if near and near_copy(match) and near.case_id not in told and len(told) < _MOST:
            told.add(near.case_id)
            yield _near_copy(match, near, reader) + "\n"


def _this_file(verdict: Verdict, reader: Reader) -> str:
    return "\n".join([bold(of_this_file(verdict), reader), *_reasons(verdict, reader)])


def _near_copy(match: Match, verdict: Verdict, reader: Reader) -> str:
    """Which step found it, how close, and that another file was concluded about."""
    return "\n".join(
        [
            bold(of_near_copy(verdict), reader),
            *_reasons(verdict, reader),
            *(html(line, reader) for line in rests_on(match)),
        ]
    )


def _reasons(verdict: Verdict, reader: Reader) -> list[str]:
    return [html(line, reader, limit=_REASON_CHARACTERS) for line in reasons(verdict)]
