"""The message about a case, at a glance or in full, with the buttons that lead on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button, in_rows, page_number, turning
from verify.chat.replies.care import first_step
from verify.chat.replies.full import pages_of
from verify.chat.replies.glance import album_text, exhibit_text
from verify.chat.replies.markup import bold
from verify.jobs.sent_export import may_be_export
from verify.language import Reader
from verify.reading.printed import accounts_in, links_in
from verify.records import (
    Addition,
    CaseReport,
    ExhibitReport,
    Match,
    Part,
    Status,
    VerdictState,
    say,
)
from verify.wording.matches import earliest_first

_MOST_JOINS = 2
_MOST_PARTS = 2
_A_ROW = 6
FULL = "full"


def examination(report: CaseReport, exhibit_id: int, reader: Reader) -> Page:
    """A case at a glance: an exhibit; with 0 the only one, or all of them together."""
    exhibit = _named(report, exhibit_id)
    here = Action(name="examination", case_id=report.id)
    more = (button(say("More"), replace(here, exhibit_id=exhibit_id, value=FULL), reader),)
    if not report.exhibits:
        return Page(bold(say("Case {number}", number=report.id), reader))
    if exhibit is None:
        numbers = [
            Button(str(number), replace(here, exhibit_id=one.exhibit_id))
            for number, one in enumerate(report.exhibits, start=1)
        ]
        first = report.exhibits[0].exhibit_id
        return Page(
            album_text(report, reader),
            (*in_rows(numbers, _A_ROW), *_leading_on(report, first, more, reader)),
        )
    return Page(
        exhibit_text(report, exhibit, reader),
        (
            _siblings(report, exhibit, reader),
            *_leading_on(report, exhibit.exhibit_id, more, reader),
        ),
    )


def in_full(report: CaseReport, action: Action, reader: Reader) -> Page:
    """One page of all that is known of a case. action: its `page`, from 0, or else its exhibit,
    at whose first page to begin."""
    pages = pages_of(report, reader)
    page = action.page
    if not page and action.exhibit_id in (owners := [owner for owner, _ in pages]):
        page = owners.index(action.exhibit_id)
    page = max(0, min(page, len(pages) - 1))
    exhibit_id, text = pages[page]
    turn = Action(name="examination", case_id=report.id, value=FULL)
    to = Action(name="details", case_id=report.id, exhibit_id=exhibit_id)
    less = replace(turn, value="", exhibit_id=action.exhibit_id)
    row = (
        button(say("Less"), less, reader),
        button(say("Details"), to, reader),
    )
    return Page(
        text + page_number(page, len(pages), reader),
        (
            turning(turn, page, len(pages), reader),
            *_leading_on(report, exhibit_id, row, reader),
        ),
    )


def _named(report: CaseReport, exhibit_id: int) -> ExhibitReport | None:
    if len(report.exhibits) == 1:
        return report.exhibits[0]
    return next((one for one in report.exhibits if one.exhibit_id == exhibit_id), None)


def _siblings(report: CaseReport, exhibit: ExhibitReport, reader: Reader) -> tuple[Button, ...]:
    """From one exhibit to those beside it, and to all of them."""
    if len(report.exhibits) == 1:
        return ()
    here = Action(name="examination", case_id=report.id)
    place = report.exhibits.index(exhibit)
    row = [button(say("All exhibits"), here, reader)]
    if place > 0:
        before = replace(here, exhibit_id=report.exhibits[place - 1].exhibit_id)
        row.insert(0, Button(f"‹ {place}", before))
    if place + 1 < len(report.exhibits):
        after = replace(here, exhibit_id=report.exhibits[place + 1].exhibit_id)
        row.append(Button(f"{place + 2} ›", after))
    return tuple(row)


def _leading_on(
    report: CaseReport, exhibit_id: int, first: tuple[Button, ...], reader: Reader
) -> Iterator[tuple[Button, ...]]:
    """The rows under every page of a case. first: what stands before the checklist."""

    def to(name: str) -> Action:
        return Action(name=name, case_id=report.id, exhibit_id=exhibit_id)

    yield from _decisions(report, exhibit_id, reader)
    for exhibit in report.exhibits:
        if exhibit.exhibit_id == exhibit_id:
            yield from first_step(exhibit, reader)
    yield _inside(report, exhibit_id, reader)
    yield from _printed(report, exhibit_id, reader)
    checklist = button(say("Checklist"), to("checklist"), reader)
    matches = button(say("Matches"), to("matches"), reader)
    known = any(one.exhibit_id == exhibit_id and one.matches for one in report.exhibits)
    yield (*first, checklist, *((matches,) if known else ()))
    if any(match.first_seen.case_id < 0 for match in _matches(report, exhibit_id)):
        yield (button(say("Where it stood"), to("seen"), reader),)
    yield (
        button(say("Note"), to("note"), reader),
        button(say("Claim"), to("claim"), reader),
        button(say("Verdict"), to("verdict"), reader),
        button(say("Sun"), to("sun"), reader),
    )
    yield (
        button(say("Search elsewhere"), to("elsewhere"), reader),
        button(say("Manage"), to("manage"), reader),
    )
    yield (
        button(say("Mark"), to("marks"), reader),
        button(say("Copy for others"), to("copy"), reader),
    )


def _matches(report: CaseReport, exhibit_id: int) -> Iterator[Match]:
    for exhibit in report.exhibits:
        if exhibit.exhibit_id == exhibit_id:
            yield from exhibit.matches


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
        for match in earliest_first(exhibit.matches)
        if exhibit.exhibit_id == exhibit_id
        and match.earlier_case_id != report.id
        and match.earlier_case_id > 0
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
    """The way to what else is in the file: other looks, films, files."""
    buttons: list[Button] = []
    for exhibit in report.exhibits:
        seen = exhibit.examination
        if exhibit.exhibit_id != exhibit_id or seen is None:
            continue
        if may_be_export(exhibit):
            read = Action(name="posts-read", case_id=report.id, exhibit_id=exhibit_id)
            buttons.append(button(say("Read as an export"), read, reader))
        if seen.frames:
            shown = Action(name="film", case_id=report.id, exhibit_id=exhibit_id)
            buttons.append(button(say("Pictures of the film"), shown, reader))
        if exhibit.sounds and seen.media_type.startswith("audio/"):
            heard = Action(name="film-sound", case_id=report.id, exhibit_id=exhibit_id)
            buttons.append(button(say("Sound"), heard, reader))
        if seen.thumbnail.differing:
            shown = Action(name="previews", case_id=report.id, exhibit_id=exhibit_id)
            buttons.append(button(say("Preview beside the picture"), shown, reader))
        if len(seen.hidden) > len(seen.thumbnail.differing):
            shown = Action(
                name="previews", case_id=report.id, exhibit_id=exhibit_id, item="transparency"
            )
            buttons.append(button(say("What transparency hides"), shown, reader))
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
