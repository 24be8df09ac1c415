"""The first text about a case: one exhibit at a glance, or all of an album together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from verify.chat.replies.markup import bold, bullet, italic
from verify.chat.replies.standing import in_a_line
from verify.language import Reader, html
from verify.records import CaseReport, Claim, ExhibitReport, SentAs, say, say_many
from verify.wording.albums import overview
from verify.wording.bags import came
from verify.wording.cases import exhibit_title, still_open
from verify.wording.claim_lines import briefly, flagged, words
from verify.wording.covers import in_short
from verify.wording.files import kept_unchanged
from verify.wording.glance import Glance, glance
from verify.wording.notes import note

_CHARACTERS = 90  # of each value from outside; More has it whole
_REASON_CHARACTERS = 160
_NAME_CHARACTERS = 40
_ALBUM_WORDS = 100
_BESIDE = " · "


def exhibit_text(report: CaseReport, exhibit: ExhibitReport, reader: Reader) -> str:
    """One exhibit: a head of three lines, what people said, what is noted, how the case stands."""
    seen = glance(report, exhibit)
    blocks = [
        _lines(*_head(report, exhibit, seen, reader)),
        _lines(*_noted(report, exhibit, seen, reader), in_a_line(report, reader)),
    ]
    return "\n\n".join(block for block in blocks if block)


def album_text(report: CaseReport, reader: Reader) -> str:
    """All exhibits together: which of them to look at, and why. What people said is the shorter,
    the more there is to say of the pictures."""
    title = say(
        "Case {number}, {exhibits} exhibits", number=report.id, exhibits=len(report.exhibits)
    )
    head, *lines = [html(one, reader, limit=_CHARACTERS) for one in overview(report)]
    elsewhere = _from_elsewhere(report, reader)
    standing = in_a_line(report, reader)
    first = _lines(bold(title, reader), standing, f"<b>{head}</b>", *lines, *elsewhere)
    left = still_open(report)
    last = html(left, reader, limit=_REASON_CHARACTERS) if left else ""
    text = ""
    for claims in (
        briefly(report.claims),
        briefly(report.claims, most=1),
        briefly(report.claims, most=1, line=words),
        [words(claim) for claim in report.claims[-1:]],
    ):
        said = [html(line, reader, limit=_CHARACTERS) for line in claims]
        text = "\n\n".join([first, _lines(*said, *_latest_note(report, reader), last)])
        if _count(text) <= _ALBUM_WORDS:
            break
    return text


def _count(text: str) -> int:
    """The words of a text in HTML: what has a letter or a digit in it."""
    return sum(any(map(str.isalnum, word)) for word in re.sub("<[^>]*>", "", text).split())


def _head(
    report: CaseReport, exhibit: ExhibitReport, seen: Glance, reader: Reader
) -> Iterator[str]:
    """What was seen before, what is against it, what is open: a line each, however long."""
    number = report.exhibits.index(exhibit) + 1
    first, *more = (html(one, reader, limit=_CHARACTERS) for one in seen.seen)
    title = f"<b>{html(exhibit_title(report, number), reader)} · {first}</b>"
    yield _BESIDE.join((title, *more))
    if exhibit.cover.kinds:
        yield f"◼ {html(in_short(exhibit.cover), reader)}"
    yield " ".join(f"⚠️ {html(one, reader, limit=_CHARACTERS)}" for one in seen.against)
    if seen.left:
        yield html(seen.left, reader, limit=_REASON_CHARACTERS)


def _noted(
    report: CaseReport, exhibit: ExhibitReport, seen: Glance, reader: Reader
) -> Iterator[str]:
    yield from _from_elsewhere(report, reader)
    yield from _said(report, exhibit, reader)
    if seen.others:
        others = say_many("{count} more match", "{count} more matches", seen.others)
        yield bullet(others, reader)
    yield from (bullet(one, reader, limit=_CHARACTERS) for one in seen.noted)
    if exhibit.examination:
        yield bullet(kept_unchanged(exhibit), reader, limit=_NAME_CHARACTERS)
    if exhibit.sent_as is SentAs.PHOTO:
        yield italic(
            say("Sent as a photo, which loses its metadata. Ask for it as a file."), reader
        )


def _from_elsewhere(report: CaseReport, reader: Reader) -> Iterator[str]:
    """The latest bag by which its exhibits came."""
    for bag in report.bags[-1:]:
        yield html(came(bag), reader, limit=_NAME_CHARACTERS)


def _said(report: CaseReport, exhibit: ExhibitReport, reader: Reader) -> Iterator[str]:
    """The claims about this exhibit, and the latest note."""
    for line in briefly(_claims(report, exhibit)):
        yield html(line, reader, limit=_CHARACTERS)
    yield from _latest_note(report, reader)


def _latest_note(report: CaseReport, reader: Reader) -> Iterator[str]:
    if report.notes:
        written = say("Note: {note}", note=note(report.notes[-1]))
        yield html(written, reader, limit=_REASON_CHARACTERS)


def _claims(report: CaseReport, exhibit: ExhibitReport) -> Sequence[Claim]:
    """Without the latest where a flag in the head contradicts it and the card has its words."""
    told = [one for one in report.claims if one.exhibit_id in (None, exhibit.exhibit_id)]
    beside = any(one.earlier_claim and one.method != "sha256" for one in exhibit.matches)
    if told and beside and any(flagged(told[-1], report)):
        return told[:-1]
    return told


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
