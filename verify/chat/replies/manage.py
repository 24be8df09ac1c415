"""The pages on which the work on a case is managed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button, in_rows, to_examination
from verify.chat.replies.markup import bold
from verify.chat.replies.standing import standing
from verify.language import Reader, clean, html
from verify.records import CaseReport, Member, Priority, Sentence, Status, say
from verify.wording.terms import word

_MOST_CHOICES = 60


def manage_page(
    report: CaseReport,
    reader: Reader,
    *,
    watching: bool,
    said: Sentence | None = None,
    hub: bool = False,
) -> Page:
    """How a case stands, and a button for everything that changes it. said: what was just done.
    hub: whether the desk joined one."""

    def to(name: str, label: Sentence, value: str = "") -> Button:
        return button(label, Action(name=name, case_id=report.id, value=value), reader)

    lines = [html(said, reader) + "\n"] if said else []
    title = say("Case {number}: {status}", number=report.id, status=word(report.status))
    lines.append(bold(title, reader))
    if stands := standing(report, reader):
        lines.append(stands)
    watch = to("watch", say("Stop watching"), "stop") if watching else to("watch", say("Watch"))
    back = to_examination(report.id, 0, reader)
    open_ = hub and not report.confidential
    share = ((to("hub", say("Share with the hub")),),) if open_ else ()
    if report.status is Status.CONCLUDED:
        lines.append(html(say("It is concluded and locked."), reader))
        keep = to("keep", say("How long it is kept"))
        return Page("\n".join(lines), ((to("reopen", say("Reopen")), watch), (keep,), *share, back))
    closed = (
        (to("open-to-desk", say("Open to the whole desk")), to("let-in", say("Let somebody in")))
        if report.confidential
        else (to("confidential", say("Make confidential")),)
    )
    return Page(
        "\n".join(lines),
        (
            (to("assign", say("Assign")), to("due", say("Due time"))),
            (to("priority", say("Priority")), to("tag", say("Tag")), watch),
            (to("keep", say("How long it is kept")),),
            closed,
            (
                to("merge", say("Merge")),
                to("split", say("Move an exhibit")),
                to("relate", say("Link a case")),
            ),
            *share,
            back,
        ),
    )


def choose_member(
    asked: Sentence, members: Sequence[Member], action: Action, reader: Reader, *, nobody: bool
) -> Page:
    """One member of the desk; perhaps nobody."""
    choices = [
        Button(clean(one.name, 30), replace(action, member_id=one.id))
        for one in members[:_MOST_CHOICES]
    ]
    if nobody:
        choices.append(button(say("Nobody"), replace(action, member_id=0), reader))
    return Page(bold(asked, reader), (*in_rows(choices, 3), to_manage(action.case_id, reader)))


def choose_priority(case_id: int, reader: Reader) -> Page:
    """How soon a case is needed."""
    to = Action(name="priority-is", case_id=case_id)
    choices = [button(word(one), replace(to, value=one.value), reader) for one in Priority]
    asked = say("How soon is case {number} needed?", number=case_id)
    return Page(bold(asked, reader), (tuple(choices), to_manage(case_id, reader)))


def choose_tag(report: CaseReport, reader: Reader) -> Page:
    """The tags there are, each to take off, and one to add."""
    off = Action(name="untag", case_id=report.id)
    rows = [
        button(say("Take off #{tag}", tag=tag), replace(off, value=tag), reader)
        for tag in report.tags
    ]
    add = button(say("Add a tag"), Action(name="tag-ask", case_id=report.id), reader)
    asked = say("Tags of case {number}", number=report.id)
    return Page(bold(asked, reader), ((add,), *in_rows(rows, 2), to_manage(report.id, reader)))


def choose_case(asked: Sentence, case_ids: Sequence[int], action: Action, reader: Reader) -> Page:
    """One of the latest cases, or another by its number."""
    choices = [
        button(say("Case {number}", number=number), replace(action, other_id=number), reader)
        for number in case_ids
    ]
    how = say("Or write {example}.", example=f"/{action.name.partition('-')[0]} 12")
    text = f"{bold(asked, reader)}\n{html(how, reader)}"
    return Page(text, (*in_rows(choices, 4), to_manage(action.case_id, reader)))


def confirm(asked: Sentence, yes: Sentence, action: Action, reader: Reader) -> Page:
    """Asked once more before something that is laborious to undo."""
    return Page(
        html(asked, reader),
        ((button(yes, action, reader),), to_manage(action.case_id, reader)),
    )


def to_manage(case_id: int, reader: Reader) -> tuple[Button, ...]:
    """The way back to the page of a case's work."""
    return (button(say("Back"), Action(name="manage", case_id=case_id), reader),)
