"""/report: the open case as a page and a PDF, and which reports were made before."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.arguments import meant
from verify.chat.handing_out import demand_alone
from verify.chat.notes import open_case_of
from verify.chat.pages import Page, button, to_examination
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.language import html
from verify.layouts import report as layout
from verify.layouts.profiles import names, narrowest, profile
from verify.records import Role, Sentence, listed, say
from verify.wording import report as wording

LEAST = Role.REPORTER
COMMAND = "report"
DESCRIPTION = say("Make a report of the open case, as a page and a PDF")
_MOST_LISTED = 10
_LARGEST = 50 * 1024 * 1024  # what a bot may send


async def handle(turn: Turn, words: str) -> None:
    """Show what was made, and what the profile that is named takes along; without a name, the
    narrowest."""
    known = {name: profile(name).NAME for name in names()}
    chosen = words if words in known else meant(words, known) if words else narrowest()
    if chosen is None:
        raise BadInput(
            say("There is no profile {name}: there are {names}.", name=words, names=listed(known))
        )
    await _look(turn, Action(name="report", case_id=await open_case_of(turn), value=chosen))


async def _look(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    reader, chosen = turn.reader, profile(action.value or narrowest())
    made = await turn.call(turn.desk.reporting.made, turn.person, action.case_id)
    title = say("Case {number}, hand-out profile: {name}", number=action.case_id, name=chosen.NAME)
    lines = [bold(title, reader), html(chosen.FOR, reader)]
    if chosen.LEFT_OUT:
        lines += ["", html(say("Left out:"), reader)]
        lines += [f"• {html(one, reader)}" for one in chosen.LEFT_OUT]
    lines += ["", html(_leaves(turn), reader), ""]
    lines += [html(wording.listed_report(one), reader) for one in made[:_MOST_LISTED]]
    if not made:
        lines.append(html(wording.none_made(), reader))
    others = [name for name in names() if profile(name) is not chosen]
    page = Page(
        "\n".join(lines),
        (
            (
                button(
                    say("Make this report"),
                    Action(name="report-it", case_id=action.case_id, value=action.value),
                    reader,
                ),
            ),
            tuple(
                button(
                    profile(name).NAME,
                    Action(name="report", case_id=action.case_id, value=name),
                    reader,
                )
                for name in others
            ),
            to_examination(action.case_id, 0, reader),
        ),
    )
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
