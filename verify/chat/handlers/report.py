"""/report: the open case as a page and a PDF, and which reports were made before."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.handing_out import demand_alone, look, profile_named
from verify.chat.notes import open_case_of
from verify.chat.pages import Page
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.language import html
from verify.layouts import report as layout
from verify.layouts.profiles import narrowest, profile
from verify.records import Role, Sentence, say
from verify.wording import report as wording

LEAST = Role.REPORTER
COMMAND = "report"
DESCRIPTION = say("Make a report of the open case, as a page and a PDF")
_MOST_LISTED = 10
_LARGEST = 50 * 1024 * 1024  # what a bot may send


async def handle(turn: Turn, words: str) -> None:
    """Show what was made, and what the profile that is named takes along; without a name, the
    narrowest."""
    chosen = profile_named(words)
    await _look(turn, Action(name="report", case_id=await open_case_of(turn), value=chosen))


async def _look(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    made = await turn.call(turn.desk.reporting.made, turn.person, action.case_id)
    told = [wording.listed_report(one) for one in made[:_MOST_LISTED]] or [wording.none_made()]
    beside = [html(_leaves(turn), turn.reader), "", *(html(one, turn.reader) for one in told)]
    stays = profile(action.value or narrowest()).LEFT_OUT
    page = look(action, say("Make this report"), stays, beside, turn.reader)
    await turn.show(page, case_id=action.case_id)


def _leaves(turn: Turn) -> Sentence:
    if turn.out.local:
        return say("The files stay on this computer until you pass them on.")
    return say(
        "The files go to this chat, and so to Telegram’s servers. {command} on the desk’s computer"
        " makes them without that.",
        command="verify-desk report",
    )


async def _make(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    name = action.value or narrowest()
    report = await turn.call(layout.made, turn.desk, turn.person, action.case_id, name, turn.reader)
    for form in ("html", "pdf"):
        if await turn.out.was_sent(form):
            continue
        note, content = await turn.call(layout.as_noted, report, form, turn.person)
        if len(content) > _LARGEST:
            raise BadInput(
                say(
                    "This report is larger than a message carries. Write it with {command}.",
                    command=f"verify-desk report {report.case} -o FILE",
                )
            )
        await turn.call(turn.desk.reporting.noted, turn.person, note)
        said = say(
            "Case {number}, hand-out profile: {name}", number=report.case, name=profile(name).NAME
        )
        file = f"case-{report.case}-{name}.{form}"
        page = Page(html(said, turn.reader))
        await turn.out.document(form, content, file, page, case_id=report.case)


ACTIONS = {"report": _look, "report-it": _make}
