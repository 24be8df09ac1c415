"""The first text about a case: one exhibit at a glance, or all of an album together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verify.chat.replies.markup import bold, bullet, italic
from verify.chat.replies.standing import standing
from verify.language import Reader, html
from verify.records import CaseReport, Claim, ExhibitReport, SentAs, say
from verify.wording.albums import overview
from verify.wording.cases import exhibit_title, still_open
from verify.wording.claim_lines import briefly
from verify.wording.files import brief
from verify.wording.glance import Glance, glance
from verify.wording.notes import note

_CHARACTERS = 90  # of each value from outside; More has it whole
_REASON_CHARACTERS = 160


def exhibit_text(report: CaseReport, exhibit: ExhibitReport, reader: Reader) -> str:
    """One exhibit: the head, what is noted, then what people said."""
    number = report.exhibits.index(exhibit) + 1
    seen = glance(report, exhibit)
    blocks = [
        *_concluded(seen, reader),
        _lines(*_title(report, exhibit, number, reader), *_head(report, seen, reader)),
        "\n".join(_noted(report, exhibit, seen, reader)),
    ]
    return "\n\n".join(block for block in blocks if block)


def album_text(report: CaseReport, reader: Reader) -> str:
    """All exhibits together: which of them to look at, and why."""
    title = say(
        "Case {number}, {exhibits} exhibits", number=report.id, exhibits=len(report.exhibits)
    )
    head, *lines = [html(one, reader, limit=_CHARACTERS) for one in overview(report)]
    blocks = [_lines(bold(title, reader), standing(report, reader), f"<b>{head}</b>", *lines)]
    said = [*_said(report, None, reader)]
    if left := still_open(report):
        said.append(html(left, reader, limit=_REASON_CHARACTERS))
    return "\n\n".join([*blocks, "\n".join(said)])


def _concluded(seen: Glance, reader: Reader) -> Iterator[str]:
    """What was concluded before about this picture leads the answer."""
    for title, *reasons in seen.concluded:
        lines = (html(one, reader, limit=_REASON_CHARACTERS) for one in reasons)
        yield _lines(bold(title, reader), *lines)


def _title(
    report: CaseReport, exhibit: ExhibitReport, number: int, reader: Reader
) -> Iterator[str]:
    name = html(exhibit.filename, reader, limit=40)
    shown = bold(exhibit_title(report, number), reader)
    yield f"{shown} · {name}" if name else shown
    if stands := standing(report, reader):
        yield stands


def _head(report: CaseReport, seen: Glance, reader: Reader) -> Iterator[str]:
    first, *more = seen.seen
    yield bold(first, reader)
    yield from (html(one, reader, limit=_CHARACTERS) for one in more)
    yield from (f"⚠️ {html(one, reader, limit=_CHARACTERS)}" for one in seen.against)
    if left := still_open(report):
        yield html(left, reader, limit=_REASON_CHARACTERS)


def _noted(
    report: CaseReport, exhibit: ExhibitReport, seen: Glance, reader: Reader
) -> Iterator[str]:
    yield from _said(report, exhibit, reader)
    yield from (bullet(one, reader, limit=_CHARACTERS) for one in seen.noted)
    if exhibit.examination:
        line = say("Kept unchanged: {file}", file=brief(exhibit))
        yield bullet(line, reader)
    if exhibit.sent_as is SentAs.PHOTO:
        yield italic(
            say("Sent as a photo: Telegram removed its metadata. Ask for it as a file."), reader
        )


def _said(report: CaseReport, exhibit: ExhibitReport | None, reader: Reader) -> Iterator[str]:
    """The claims, about this exhibit or in the whole case, and the latest note."""
    for line in briefly(_claims(report, exhibit)):
        yield html(line, reader, limit=_CHARACTERS)
    if report.notes:
        written = say("Note: {note}", note=note(report.notes[-1]))
        yield html(written, reader, limit=_REASON_CHARACTERS)


def _claims(report: CaseReport, exhibit: ExhibitReport | None) -> Sequence[Claim]:
    if exhibit is None:
        return report.claims
    told = [one for one in report.claims if one.exhibit_id in (None, exhibit.exhibit_id)]
    if any(one.earlier_claim for one in exhibit.matches):
        return told[:-1]  # the latest stands in the head, beside the earlier one
    return told


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
