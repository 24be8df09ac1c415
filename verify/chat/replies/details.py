"""Every finding of an exhibit in full: where it was read, the value as read, its limits."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.pages import Page, page_number, paginate, to_examination, turning
from verify.chat.replies.markup import bold, code, italic
from verify.language import Reader, html
from verify.records import ExhibitReport, Finding, say
from verify.wording.read_from import read_from
from verify.wording.terms import word


def details(exhibit: ExhibitReport, page: int, reader: Reader) -> Page:
    """One page of the findings, grouped by nothing: in the order in which they were made."""
    title = say("Details of case {number}", number=exhibit.case_id)
    blocks = [bold(title, reader)]
    blocks += [_finding(finding, reader) for finding in exhibit.findings]
    if not exhibit.findings:
        blocks.append(html(say("There are no findings on this exhibit."), reader))
    texts = paginate(blocks)
    page = max(0, min(page, len(texts) - 1))
    action = Action(name="details", case_id=exhibit.case_id, exhibit_id=exhibit.exhibit_id)
    return Page(
        texts[page] + page_number(page, len(texts), reader),
        (
            turning(action, page, len(texts), reader),
            to_examination(exhibit.case_id, exhibit.exhibit_id, reader),
        ),
    )


def _finding(finding: Finding, reader: Reader) -> str:
    head = say("{pillar}, {outcome}", pillar=word(finding.pillar), outcome=word(finding.outcome))
    lines = [f"\n{bold(head, reader)}", html(finding.summary, reader)]
    if finding.read_from:
        lines.append(html(read_from(finding), reader))
    if finding.raw:
        lines.append(code(finding.raw))
    if finding.caution:
        lines.append(italic(finding.caution, reader))
    if finding.reference:
        lines.append(italic(say("See: {reference}", reference=finding.reference), reader))
    return "\n".join(lines)
