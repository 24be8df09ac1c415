"""What is handed over at the end of a shift."""

from __future__ import annotations

from collections.abc import Sequence

from verify.chat.action import Action
from verify.chat.pages import Button, Page, in_rows, turning
from verify.chat.replies.markup import bold, bullet
from verify.chat.replies.standing import brief
from verify.language import Reader, html
from verify.records import CaseLine, CaseReport, ChecklistItem, say
from verify.wording import checklists
from verify.wording.handovers import handed_over

CASES_A_PAGE = 10
_TITLE_CHARACTERS = 60


def handover_page(
    lines: Sequence[CaseLine],
    reports: Sequence[CaseReport],
    page: int,
    more: bool,
    reader: Reader,
) -> Page:
    """One page of open cases. more: whether another page follows."""
    if not reports:
        return Page(html(say("No case is open. Nothing is left to hand over."), reader))
    blocks = [bold(say("Open cases, and what each still needs"), reader)]
    blocks += [_case(line, report, reader) for line, report in zip(lines, reports, strict=False)]
    buttons = [Button(str(one.id), Action(name="case", case_id=one.id)) for one in reports]
    pages = page + (2 if more else 1)
    return Page(
        "\n".join(blocks),
        (*in_rows(buttons, 5), turning(Action(name="handover"), page, pages, reader)),
    )


def _case(line: CaseLine, report: CaseReport, reader: Reader) -> str:
    told = handed_over(line, report)
    number, stands = bold(line.id, reader), brief(line, reader)
    text = f"{number} · {html(told, reader, limit=_TITLE_CHARACTERS)}"
    return f"{text} · {stands}" if stands else text


def unanswered(missing: Sequence[ChecklistItem], reader: Reader) -> list[str]:
    """The starred items that nobody answered: some by name, the others counted."""
    head, *items = checklists.unanswered(missing)
    if not items:
        return [bullet(head, reader)]
    return [html(head, reader), *(bullet(item, reader) for item in items)]
