"""What is handed over at the end of a shift."""

from __future__ import annotations

from collections.abc import Sequence

from verify.chat.action import Action
from verify.chat.pages import Page, button, in_rows, turning
from verify.chat.replies.markup import bold, bullet
from verify.chat.replies.standing import brief
from verify.language import Reader, html
from verify.records import CaseLine, CaseReport, ChecklistItem, say
from verify.wording import checklists, verdicts

CASES_A_PAGE = 5
_TITLE_CHARACTERS = 80


def handover_page(
    lines: Sequence[CaseLine],
    reports: Sequence[CaseReport],
    missing: Sequence[Sequence[ChecklistItem]],
    page: int,
    more: bool,
    reader: Reader,
) -> Page:
    """One page of open cases. more: whether another page follows."""
    if not reports:
        return Page(html(say("No case is open. Nothing is left to hand over."), reader))
    blocks = [bold(say("Open cases, and what is missing on each"), reader)]
    blocks += [
        _case(line, report, items, reader)
        for line, report, items in zip(lines, reports, missing, strict=False)
    ]
    buttons = [
        button(say("Case {number}", number=one.id), Action(name="case", case_id=one.id), reader)
        for one in reports
    ]
    pages = page + (2 if more else 1)
    return Page(
        "\n\n".join(blocks),
        (*in_rows(buttons, 5), turning(Action(name="handover"), page, pages, reader)),
    )


def _case(
    line: CaseLine, report: CaseReport, missing: Sequence[ChecklistItem], reader: Reader
) -> str:
    lines = [bold(say("Case {number}", number=report.id), reader)]
    if line.title:
        lines.append(html(line.title, reader, limit=_TITLE_CHARACTERS))
    if stands := brief(line, reader):
        lines.append(stands)
    lines += unanswered(missing, reader)
    if needed := verdicts.missing(next(iter(report.verdicts), None)):
        lines.append(bullet(needed, reader))
    return "\n".join(lines)


def unanswered(missing: Sequence[ChecklistItem], reader: Reader) -> list[str]:
    """The starred items that nobody answered: some by name, the others counted."""
    head, *items = checklists.unanswered(missing)
    if not items:
        return [bullet(head, reader)]
    return [html(head, reader), *(bullet(item, reader) for item in items)]
