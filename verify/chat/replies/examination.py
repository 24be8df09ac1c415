"""The message about a case: what is preserved, what was seen, what people said and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button, page_number, paginate, turning
from verify.chat.replies.correction import leading
from verify.chat.replies.heading import heading
from verify.chat.replies.markup import bold, bullet, italic
from verify.chat.replies.people import claims, notes, sightings, verdicts
from verify.language import Reader, html
from verify.reading.printed import accounts_in, links_in
from verify.records import (
    Addition,
    CaseReport,
    ExhibitReport,
    Finding,
    Outcome,
    Part,
    Pillar,
    Sentence,
    Status,
    VerdictState,
    say,
    say_many,
)
from verify.wording.checklists import progress
from verify.wording.findings import examined, kept
from verify.wording.matches import again_in_brief, brief, none_found
from verify.wording.terms import word

_MOST_MATCHES = 5
_MOST_JOINS = 2
_MOST_PARTS = 2


def examination(report: CaseReport, page: int, reader: Reader) -> Page:
    """One page of a case, with the buttons that lead on. page: from 0."""
    pages = _pages(report, reader)
    page = max(0, min(page, len(pages) - 1))
    exhibit_id, text = pages[page]
    turn = Action(name="examination", case_id=report.id)

    def to(name: str) -> Action:
        return Action(name=name, case_id=report.id, exhibit_id=exhibit_id)

    return Page(
        text + page_number(page, len(pages), reader),
        (
            turning(turn, page, len(pages), reader),
            *_decisions(report, exhibit_id, reader),
            _inside(report, exhibit_id, reader),
            *_printed(report, exhibit_id, reader),
            (
                button(say("Checklist"), to("checklist"), reader),
                button(say("Matches"), to("matches"), reader),
                button(say("Details"), to("details"), reader),
            ),
            (
                button(say("Note"), to("note"), reader),
                button(say("Claim"), to("claim"), reader),
                button(say("Verdict"), to("verdict"), reader),
                button(say("Sun"), to("sun"), reader),
            ),
            (
                button(say("Search elsewhere"), to("elsewhere"), reader),
                button(say("Manage"), to("manage"), reader),
            ),
        ),
    )


def _decisions(report: CaseReport, exhibit_id: int, reader: Reader) -> list[tuple[Button, ...]]:
    """What waits for a decision: a proposed verdict, another open case with this picture."""
    rows: list[tuple[Button, ...]] = []
    if any(verdict.state is VerdictState.PROPOSED for verdict in report.verdicts):
        review = Action(name="review", case_id=report.id)
        rows.append((button(say("Review the proposed verdict"), review, reader),))
    if report.status is Status.CONCLUDED:
        return rows
    others = {
        match.earlier_case_id: None
        for exhibit in report.exhibits
        for match in exhibit.matches
        if exhibit.exhibit_id == exhibit_id
        and match.earlier_case_id != report.id
        and match.earlier_status is not Status.CONCLUDED
    }
    joins = [
        button(
            say("Join case {number}", number=other),
            Action(name="merge-into", case_id=report.id, other_id=other),
            reader,
        )
        for other in [*others][:_MOST_JOINS]
    ]
    return [*rows, tuple(joins)]


def _inside(report: CaseReport, exhibit_id: int, reader: Reader) -> tuple[Button, ...]:
    """The way to what else is in the file: previews that show something else, films, files."""
    buttons: list[Button] = []
    for exhibit in report.exhibits:
        seen = exhibit.examination
        if exhibit.exhibit_id != exhibit_id or seen is None:
            continue
        if seen.thumbnail.differing:
            shown = Action(name="previews", case_id=report.id, exhibit_id=exhibit_id)
            buttons.append(button(say("Preview beside the picture"), shown, reader))
        for number, part in islice(_foreign(seen.parts), _MOST_PARTS):
            out = Action(name="derive", case_id=report.id, exhibit_id=exhibit_id, page=number)
            film = part.kind.startswith("video/")
            label = (
                say("Take the film out") if film else say("Take part {number} out", number=number)
            )
            buttons.append(button(label, out, reader))
    return tuple(buttons)


def _printed(report: CaseReport, exhibit_id: int, reader: Reader) -> list[tuple[Button, ...]]:
    """What the text that was read in the picture can become: a claim, accounts, links."""
    seen = next((one.examination for one in report.exhibits if one.exhibit_id == exhibit_id), None)
    text = seen.text.text if seen and seen.text else ""
    if not text or report.status is Status.CONCLUDED:
        return []

    def to(name: str, kind: str = "", value: str = "") -> Action:
        return Action(name=name, case_id=report.id, exhibit_id=exhibit_id, item=kind, value=value)

    rows: list[tuple[Button, ...]] = [
        (button(say("Use the text as a claim"), to("printed-claim"), reader),)
    ]
    for name in accounts_in(text):
        label = say("Add account {name}", name=name)
        rows.append((button(label, to("printed-add", Addition.ACCOUNT, name), reader),))
    for link in links_in(text):
        label = say("Add link {link}", link=link)
        rows.append((button(label, to("printed-add", Addition.LINK, link), reader),))
    return rows


def _foreign(parts: tuple[Part, ...]) -> Iterator[tuple[int, Part]]:
    """Number, from 1, of each film or file that is no data of the picture's own or its maker's."""
    for number, part in enumerate(parts, start=1):
        if part.kind.startswith("video/") or not (part.maker or part.belongs):
            yield number, part


def page_of(report: CaseReport, exhibit_id: int, reader: Reader) -> int:
    """The page on which an exhibit begins; 0 when it is not there."""
    owners = [owner for owner, _ in _pages(report, reader)]
    return owners.index(exhibit_id) if exhibit_id in owners else 0


def _pages(report: CaseReport, reader: Reader) -> list[tuple[int, str]]:
    """Every exhibit begins a page; what concerns the whole case follows the last one."""
    pages: list[tuple[int, str]] = []
    for number, exhibit in enumerate(report.exhibits, start=1):
        blocks = list(_exhibit(report, exhibit, number, reader))
        if number == len(report.exhibits):
            blocks += _whole_case(report, reader)
        pages += [(exhibit.exhibit_id, text) for text in paginate(blocks)]
    return pages or [(0, bold(say("Case {number}", number=report.id), reader))]


def _exhibit(
    report: CaseReport, exhibit: ExhibitReport, number: int, reader: Reader
) -> Iterator[str]:
    yield from leading(exhibit, reader)
    yield heading(report, exhibit, number, reader)
    if exhibit.examination is None:
        yield "\n" + html(say("It is being examined."), reader)
    elif not examined(exhibit):
        yield "\n" + html(kept(exhibit), reader)
    else:
        yield from _section(say("Seen before"), _seen_before(report, exhibit, reader), reader)
        again = [bullet(again_in_brief(match), reader) for match in exhibit.later[:_MOST_MATCHES]]
        yield from _section(say("Seen again later"), again, reader)
    for title, outcome in (
        (say("Look at these"), Outcome.FLAGGED),
        (word(Outcome.FAILED), Outcome.FAILED),
    ):
        yield from _section(title, _with_cautions(exhibit.findings, outcome, reader), reader)
    for pillar in Pillar:
        noted = [
            bullet(finding.summary, reader)
            for finding in exhibit.findings
            if finding.pillar is pillar and finding.outcome is Outcome.NOTED
        ]
        yield from _section(say("Noted: {pillar}", pillar=word(pillar)), noted, reader)
    open_ended = [
        bullet(finding.summary, reader)
        for finding in exhibit.findings
        if finding.outcome is Outcome.INCONCLUSIVE
    ]
    yield from _section(word(Outcome.INCONCLUSIVE), open_ended, reader)
    yield "\n" + html(progress(report.checklist), reader)


def _seen_before(report: CaseReport, exhibit: ExhibitReport, reader: Reader) -> list[str]:
    lines = [bullet(brief(match), reader) for match in exhibit.matches[:_MOST_MATCHES]]
    more = len(exhibit.matches) - len(lines)
    if more > 0:
        rest = say_many("{count} more under Matches.", "{count} more under Matches.", more)
        lines.append(html(rest, reader))
    times = sum(seen.exhibit_id == exhibit.exhibit_id for seen in report.sightings)
    if times > 1:
        again = say("Times that this very file came to this case: {number}.", number=times)
        lines.append(bullet(again, reader))
    for name in exhibit.ask:
        closed = say("Seen in a case that is closed here.")
        if name:
            closed = say("Seen in a case that you cannot open; ask {person}.", person=name)
        lines.append(bullet(closed, reader))
    return lines or [html(none_found(exhibit), reader)]


def _with_cautions(findings: Iterable[Finding], outcome: Outcome, reader: Reader) -> list[str]:
    """Findings of one outcome, each with what it cannot show."""
    lines = []
    for finding in findings:
        if finding.outcome is outcome:
            line = bullet(finding.summary, reader)
            if finding.caution:
                line += f"\n{italic(finding.caution, reader)}"
            lines.append(line)
    return lines


def _section(title: Sentence, lines: list[str], reader: Reader) -> Iterator[str]:
    """A heading that stays with its first line, then the other lines."""
    if lines:
        yield f"\n{bold(title, reader)}\n{lines[0]}"
        yield from lines[1:]


def _whole_case(report: CaseReport, reader: Reader) -> list[str]:
    return [
        block
        for title, lines in (
            (say("Claims"), claims(report, reader)),
            (say("Sightings"), sightings(report, reader)),
            (say("Notes"), notes(report, reader)),
            (say("Verdicts"), verdicts(report, reader)),
        )
        for block in _section(title, lines, reader)
    ]
