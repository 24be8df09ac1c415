"""One exhibit of a case is chosen from a list, page by page."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button, in_rows, page_number, turning
from verify.chat.replies.markup import bold
from verify.errors import NotFound
from verify.language import Reader, html
from verify.records import CaseReport, ExhibitReport, Sentence, say

_A_PAGE = 12
_NAME_CHARACTERS = 100


def choose_exhibit(
    asked: Sentence,
    report: CaseReport,
    here: Action,
    to: Action,
    reader: Reader,
    back: tuple[Button, ...] = (),
) -> Page:
    """The exhibits of a case, each with a button. here: shows page `here.page` of this list.

    to: what is done with the exhibit. back: the last row.
    """
    pages = max(1, -(-len(report.exhibits) // _A_PAGE))
    page = max(0, min(here.page, pages - 1))
    lines, choices = [bold(asked, reader)], []
    first = page * _A_PAGE
    for number, exhibit in enumerate(report.exhibits[first : first + _A_PAGE], start=first + 1):
        lines.append(f"{number}. {html(named(exhibit), reader, limit=_NAME_CHARACTERS)}")
        label = say("Exhibit {number}", number=number)
        choices.append(button(label, replace(to, exhibit_id=exhibit.exhibit_id), reader))
    return Page(
        "\n".join(lines) + page_number(page, pages, reader),
        (*in_rows(choices, 3), turning(here, page, pages, reader), back),
    )


def chosen(report: CaseReport, exhibit_id: int) -> ExhibitReport:
    """The exhibit in its case. Raises NotFound where it has just left it."""
    for exhibit in report.exhibits:
        if exhibit.exhibit_id == exhibit_id:
            return exhibit
    raise NotFound(say("There is no such exhibit in this case."))


def named(exhibit: ExhibitReport) -> Sentence:
    """An exhibit by its file's name, where it has one, and its hash."""
    short = exhibit.sha256[:12]
    if exhibit.filename:
        return say("{filename}, SHA-256 {hash}…", filename=exhibit.filename, hash=short)
    return say("SHA-256 {hash}…", hash=short)
