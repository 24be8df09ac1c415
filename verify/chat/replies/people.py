"""What people said, saw, noted and concluded in a case, as lines of HTML."""

from __future__ import annotations

from verify.chat.replies.claims import claimed, readings
from verify.chat.replies.markup import FULL_TEXT, bullet, link
from verify.chat.replies.review import state
from verify.language import Reader, html, word
from verify.records import DERIVED, CaseReport, Instant, Sighting, say


def claims(report: CaseReport, reader: Reader) -> list[str]:
    """Each claim in its latest version, with who said it, and its date and place."""
    return [
        f"{bullet(claimed(claim), reader, limit=FULL_TEXT)}\n{readings(claim, reader)}"
        for claim in report.claims
    ]


def sightings(report: CaseReport, reader: Reader) -> list[str]:
    """Where and when the exhibits of the case appeared, with the links that came along."""
    claimed_words = {claim.text for claim in report.claims}
    return [
        _sighting(sighting, reader) + _caption(sighting, claimed_words, reader)
        for sighting in report.sightings
    ]


def _caption(sighting: Sighting, claimed_words: set[str], reader: Reader) -> str:
    """The words it came with, where they are no claim: as in a case that was locked."""
    if not sighting.caption or sighting.caption in claimed_words:
        return ""
    line = say("Its caption, which is no claim here: {caption}", caption=sighting.caption)
    return f"\n{html(line, reader, limit=FULL_TEXT)}"


def _sighting(sighting: Sighting, reader: Reader) -> str:
    received = Instant(at=sighting.received_at)
    if sighting.platform == DERIVED:
        exhibit, _, number = sighting.source.rpartition(" #")
        line = say(
            "Derived from exhibit {exhibit}, part {number}: taken out {received} by {person}.",
            exhibit=exhibit,
            number=number,
            received=received,
            person=sighting.received_from,
        )
        return bullet(line, reader)
    if sighting.posted_at:
        line = say(
            "Posted {posted} by {source}; received {received} from {person}.",
            posted=Instant(at=sighting.posted_at),
            source=sighting.source,
            received=received,
            person=sighting.received_from,
        )
    elif sighting.links:
        line = say(
            "Received {received} from {person}, together with:",
            received=received,
            person=sighting.received_from,
        )
    else:
        line = say(
            "Received {received} from {person}; where it stood before is not stated.",
            received=received,
            person=sighting.received_from,
        )
    lines = [bullet(line, reader), *map(link, sighting.links)]
    if sighting.accounts:
        named = say("Named in the picture: {accounts}", accounts=", ".join(sighting.accounts))
        lines.append(html(named, reader))
    return "\n".join(lines)


def notes(report: CaseReport, reader: Reader) -> list[str]:
    """The notes in the order they were written, whole."""
    return [
        bullet(
            say(
                "{person}, {when}: {note}",
                person=note.by,
                when=Instant(at=note.at),
                note=note.text,
            ),
            reader,
            limit=FULL_TEXT,
        )
        for note in report.notes
    ]


def verdicts(report: CaseReport, reader: Reader) -> list[str]:
    """What people concluded, against which claim, and why. Latest first."""
    lines = []
    for verdict in report.verdicts:
        line = say(
            "{rating}, by {person}, {when}. Why: {reason}",
            rating=word(verdict.rating),
            person=verdict.by,
            when=Instant(at=verdict.at),
            reason=verdict.reason,
        )
        text = bullet(line, reader, limit=FULL_TEXT)
        if verdict.claim:
            against = say("Against the claim: {claim}", claim=verdict.claim.text)
            text += f"\n{html(against, reader, limit=FULL_TEXT)}"
        if decided := state(verdict, reader):
            text += f"\n{decided}"
        lines.append(text)
    return lines
