"""What people said, saw, noted and concluded in a case, as lines of HTML."""

from __future__ import annotations

from verify.chat.replies.claim_pages import readings
from verify.chat.replies.markup import FULL_TEXT, bullet, italic, link
from verify.language import Reader, html
from verify.records import CaseReport, Sentence, Sighting, VerdictState
from verify.wording.cases import about
from verify.wording.claim_lines import claimed
from verify.wording.notes import note
from verify.wording.sightings import accounts, caption, sighting
from verify.wording.verdicts import against, concluded, state


def claims(report: CaseReport, reader: Reader) -> list[str]:
    """Each claim in its latest version, with who said it, and its date and place."""
    return [
        f"{bullet(about(report, claim.exhibit_id, claimed(claim)), reader, limit=FULL_TEXT)}"
        f"\n{readings(claim, reader)}"
        for claim in report.claims
    ]


def sightings(report: CaseReport, reader: Reader) -> list[str]:
    """Where and when the exhibits of the case appeared, with the links that came along."""
    words = {claim.text for claim in report.claims}
    return [_sighting(report, seen, words, reader) for seen in report.sightings]


def _sighting(report: CaseReport, seen: Sighting, words: set[str], reader: Reader) -> str:
    lines = [bullet(about(report, seen.exhibit_id, sighting(seen)), reader), *map(link, seen.links)]
    if named := accounts(seen):
        lines.append(html(named, reader))
    if said := caption(seen, words):
        lines.append(html(said, reader, limit=FULL_TEXT))
    return "\n".join(lines)


def notes(report: CaseReport, reader: Reader) -> list[str]:
    """The notes in the order they were written, whole."""
    return [
        bullet(about(report, one.exhibit_id, note(one)), reader, limit=FULL_TEXT)
        for one in report.notes
    ]


def verdicts(report: CaseReport, reader: Reader) -> list[str]:
    """What people concluded, against which claim, and why. Latest first."""
    lines = []
    for verdict in report.verdicts:
        text = bullet(
            about(report, verdict.exhibit_id, concluded(verdict)), reader, limit=FULL_TEXT
        )
        if claim := against(verdict):
            text += f"\n{html(claim, reader, limit=FULL_TEXT)}"
        if stands := state(verdict):
            laid = italic if verdict.state is VerdictState.PROPOSED else _whole
            text += f"\n{laid(stands, reader)}"
        lines.append(text)
    return lines


def _whole(value: Sentence, reader: Reader) -> str:
    return html(value, reader, limit=FULL_TEXT)
