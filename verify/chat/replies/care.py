"""The page of what an exhibit shows, with its marks; and the page of how one wants to look."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, Rows, button, in_rows, to_examination
from verify.chat.replies.glance import exhibit_text
from verify.chat.replies.markup import bold, italic
from verify.language import Reader, html, plain
from verify.records import (
    Care,
    CaseReport,
    Cover,
    ExhibitReport,
    Mark,
    Sensitive,
    Sentence,
    Step,
    Value,
    say,
    say_many,
)
from verify.wording.covers import KINDS, STEPS, before_looking, why

LIMITS = (0, 5, 10, 20, 40)


def marks_page(
    report: CaseReport, exhibit: ExhibitReport, reader: Reader, said: Sentence | None = None
) -> Page:
    """What is known of an exhibit, why it is covered, its marks. said: what was just done."""
    lines = [html(said, reader) + "\n"] if said else []
    lines.append(exhibit_text(report, exhibit, reader))
    if told := [html(line, reader) for line in why(exhibit.cover)]:
        lines += ["", *told, italic(before_looking(), reader)]
    here = Action(name="mark-it", case_id=report.id, exhibit_id=exhibit.exhibit_id)
    rows: Rows = tuple((one,) for one in _marking(exhibit.cover, here, reader))
    return Page(
        "\n".join(lines),
        (
            *first_step(exhibit, reader),
            *rows,
            *_withholding(exhibit, reader),
            to_examination(report.id, exhibit.exhibit_id, reader),
        ),
    )


def _withholding(exhibit: ExhibitReport, reader: Reader) -> Rows:
    """The way to withhold an exhibit; none where that is done."""
    if exhibit.withheld:
        return ()
    to = Action(name="withhold", case_id=exhibit.case_id, exhibit_id=exhibit.exhibit_id)
    return ((button(say("Nobody may hold this: withhold it"), to, reader),),)


def first_step(exhibit: ExhibitReport, reader: Reader) -> Rows:
    """The way from words to the line drawing of a covered exhibit; none for others."""
    if not exhibit.cover.kinds or exhibit.examination is None:
        return ()
    drawing = Action(
        name="film" if exhibit.examination.frames else "picture",
        case_id=exhibit.case_id,
        exhibit_id=exhibit.exhibit_id,
        step=Step.DRAWING.value,
    )
    return ((button(STEPS[Step.DRAWING], drawing, reader),),)


def _marking(cover: Cover, here: Action, reader: Reader) -> Iterator[Button]:
    marked = {mark.kind: mark for mark in cover.marks}
    for kind in Sensitive:
        to = replace(here, value=kind.value)
        name = KINDS[kind]
        if mark := marked.get(kind):
            if (label := _off(mark)) is not None:
                yield button(label, replace(to, name="mark-off"), reader)
        elif kind in cover.proposed:
            yield button(say("Yes, mark it: {kind}", kind=name), to, reader)
            yield button(say("It is not: {kind}", kind=name), replace(to, name="mark-no"), reader)
        else:
            yield button(say("Mark: {kind}", kind=name), to, reader)


def _off(mark: Mark) -> Sentence | None:
    """What takes a mark off; None where somebody else has to agree first."""
    if mark.own:
        return say("Take off: {kind}", kind=KINDS[mark.kind])
    if mark.off_own:
        return None
    if mark.off_by:
        return say("Agree, take off: {kind}", kind=KINDS[mark.kind])
    return say("Ask to take off: {kind}", kind=KINDS[mark.kind])


def care_page(care: Care, reader: Reader) -> Page:
    """How far covered pictures go by themselves, when to be told, and what is kept where."""
    to = Action(name="care")
    steps = [
        Button(_chosen(STEPS[one], one is care.by_itself, reader), replace(to, value=one.value))
        for one in Step
    ]
    limits = [
        Button(_chosen(one or say("Never"), one == care.limit, reader), replace(to, item=str(one)))
        for one in LIMITS
    ]
    lines = [
        bold(say("How covered pictures are shown to you"), reader),
        html(
            say(
                "Pictures that are marked, or that are like marked ones, come as words. A line"
                " drawing, small and grey, and in full are one press each. Choose how far they go"
                " by themselves; in groups that is never further than words."
            ),
            reader,
        ),
        "",
        bold(say("Your own number"), reader),
        html(
            say(
                "The desk counts how many covered pictures you open small or in full, each once a"
                " day, and shows you the number for a moment, alone. It lies in a file of its own,"
                " which goes into no backup, export, log or report, names no picture, and is"
                " erased after 30 days. Nobody else at the desk sees it; but whoever administers"
                " its computer could read that file."
            ),
            reader,
        ),
        html(_told_beyond(care.limit), reader),
    ]
    number = button(say("My number"), Action(name="care-number"), reader)
    return Page("\n".join(lines), (*in_rows(steps, 2), *in_rows(limits, 5), (number,)))


def _chosen(label: Value, chosen: bool, reader: Reader) -> str:
    return f"• {plain(label, reader)}" if chosen else plain(label, reader)


def _told_beyond(limit: int) -> Sentence:
    if not limit:
        return say("It tells you nothing by itself. From how many a day shall it?")
    return say_many(
        "From {count} a day it tells you so.", "From {count} a day it tells you so.", limit
    )
