"""What is handed over at the end of a shift."""

from __future__ import annotations

from collections.abc import Sequence

from verify.chat.action import Action
from verify.chat.pages import Page, button, in_rows, turning
from verify.chat.replies.markup import bold, bullet
from verify.chat.replies.standing import brief
from verify.language import Reader, html
from verify.records import CaseLine, CaseReport, ChecklistItem, VerdictState, say

CASES_A_PAGE = 5
_TITLE_CHARACTERS = 80
_NAMED = 3  # of the items that nobody answered: the rest is counted


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
    if not report.verdicts:
        lines.append(bullet(say("No verdict was proposed yet."), reader))
    elif report.verdicts[0].state is VerdictState.PROPOSED:
        lines.append(bullet(say("The verdict waits to be confirmed."), reader))
    elif report.verdicts[0].state is VerdictState.RETURNED:
        returned = say("The verdict was returned: {remark}", remark=report.verdicts[0].remark)
        lines.append(bullet(returned, reader))
    return "\n".join(lines)


def unanswered(missing: Sequence[ChecklistItem], reader: Reader) -> list[str]:
    """The starred items that nobody answered: some by name, the others counted."""
    if not missing:
        return [bullet(say("All starred items are answered."), reader)]
    lines = [html(say("Nobody has answered yet:"), reader)]
    lines += [f"• ★ {html(item.question, reader)}" for item in missing[:_NAMED]]
    if len(missing) > _NAMED:
        rest = say("{count} more starred items are unanswered.", count=len(missing) - _NAMED)
        lines.append(bullet(rest, reader))
    return lines
