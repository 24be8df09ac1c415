"""What was concluded before about a picture that comes in again: it leads the answer."""

from __future__ import annotations

from collections.abc import Iterator

from verify.chat.replies import evidence
from verify.chat.replies.markup import bold
from verify.language import Reader, html, word
from verify.records import ExhibitReport, Instant, Match, Verdict, say

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
        if near and evidence.whole(match) and near.case_id not in told and len(told) < _MOST:
            told.add(near.case_id)
            yield _near_copy(match, near, reader) + "\n"


def _this_file(verdict: Verdict, reader: Reader) -> str:
    title = say(
        "Already concluded in case {number}: {rating}",
        number=verdict.case_id,
        rating=word(verdict.rating),
    )
    return "\n".join([bold(title, reader), *_reasons(verdict, reader)])


def _near_copy(match: Match, verdict: Verdict, reader: Reader) -> str:
    """Which step found it, how close, and that another file was concluded about."""
    title = say(
        "A near copy was concluded in case {number}: {rating}",
        number=verdict.case_id,
        rating=word(verdict.rating),
    )
    how = say(
        "The same picture by its PDQ fingerprint, {orientation}.",
        orientation=word(match.orientation),
    )
    if match.distance is None:
        how = say(
            "The same picture by its local features, which cover all of it, {orientation}.",
            orientation=word(match.orientation),
        )
    caution = say(
        "This is another file: small changes may escape the search. Look at both before you"
        " rely on that verdict."
    )
    lines = [how, *evidence.closeness(match)]
    return "\n".join(
        [
            bold(title, reader),
            *_reasons(verdict, reader),
            *(html(line, reader) for line in lines),
            html(caution, reader),
        ]
    )


def _reasons(verdict: Verdict, reader: Reader) -> list[str]:
    by = say("By {person}, {when}", person=verdict.by, when=Instant(at=verdict.at))
    if verdict.decided_by and verdict.decided_at:
        by = say(
            "By {person}, confirmed by {other}, {when}",
            person=verdict.by,
            other=verdict.decided_by,
            when=Instant(at=verdict.decided_at),
        )
    why = say("Why: {reason}", reason=verdict.reason)
    return [html(by, reader), html(why, reader, limit=_REASON_CHARACTERS)]
