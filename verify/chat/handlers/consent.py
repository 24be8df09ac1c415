"""/consent: what the source was asked and allowed, and texts to ask them with."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.managing import about_open_case, ask
from verify.chat.pages import Button, Page, button, to_examination
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.language import Reader, escape, html, languages, plain
from verify.records import ConsentEvent, Role, Sentence, Use, say, stands
from verify.wording import consents

LEAST = Role.REPORTER
COMMAND = "consent"
DESCRIPTION = say("Note what the source of the open case was asked and allowed")
_LONGEST = 2000  # letters of a text
_TEXTS = {"original": consents.original, "permission": consents.permission}


async def handle(turn: Turn, words: str) -> None:
    """Show what holds, with buttons for what happened."""
    await _show(turn, await about_open_case(turn, "consent", words))


async def _show(turn: Turn, action: Action, said: Sentence | None = None) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    reader, case_id = turn.reader, report.id
    lines = [html(said, reader), ""] if said else []
    lines.append(bold(say("Consent in case {number}", number=case_id), reader))
    lines += [html(one, reader) for one in consents.standing(report.consents)]

    def to(label: Sentence, event: ConsentEvent, use: Use, item: str = "") -> Button:
        does = Action(name="consent-is", case_id=case_id, value=f"{event} {use}", item=item)
        return button(label, does, reader)

    def text(label: Sentence, which: str) -> Button:
        return button(label, Action(name="consent-text", case_id=case_id, value=which), reader)

    check, publish = Use.CHECKING, Use.PUBLISHING
    asked, given = ConsentEvent.ASKED, ConsentEvent.GIVEN
    refused, withdrawn = ConsentEvent.REFUSED, ConsentEvent.WITHDRAWN
    until = button(say("Until a day…"), Action(name="consent-until", case_id=case_id), reader)
    rows = (
        (to(say("Asked to check"), asked, check), to(say("Asked to publish"), asked, publish)),
        (to(say("Checking allowed"), given, check), to(say("Refused"), refused, check)),
        (
            to(say("Publishing allowed, with name"), given, publish, "named"),
            to(say("Without name"), given, publish, "unnamed"),
        ),
        (to(say("Publishing refused"), refused, publish), until),
        (
            to(say("Checking taken back"), withdrawn, check),
            to(say("Publishing taken back"), withdrawn, publish),
        ),
        (
            text(say("Ask for the original"), "original"),
            text(say("Ask for permission"), "permission"),
        ),
        to_examination(case_id, 0, reader),
    )
    await turn.show(Page("\n".join(lines), rows), case_id=case_id)


async def _is(turn: Turn, action: Action) -> None:
    event, _, use = action.value.partition(" ")
    named = {"named": True, "unnamed": False}.get(action.item)
    await turn.call(
        turn.desk.consenting.record,
        turn.person,
        action.case_id,
        ConsentEvent(event),
        Use(use),
        named=named,
        key=f"{turn.key}:{turn.out.update_id}",
    )
    await _show(turn, action, say("That is written down."))


async def _until(turn: Turn, action: Action) -> None:
    asked = say(
        "Until which day may it be published? Write it as in {example}.", example="2027-03-31"
    )
    await ask(turn, replace(action, name="consent-until"), asked)


async def _day(turn: Turn, action: Action, text: str) -> None:
    """What was given for publishing, given again with an end."""
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    former = stands(report.consents, Use.PUBLISHING)
    await turn.call(
        turn.desk.consenting.record,
        turn.person,
        action.case_id,
        ConsentEvent.GIVEN,
        Use.PUBLISHING,
        named=former.named if former else None,
        until=text.strip(),
        key=turn.key,
    )
    await _show(turn, action, say("That is written down."))


async def _text(turn: Turn, action: Action) -> None:
    """The text in each language of the desk, a message each, to be copied with one tap."""
    make = _TEXTS.get(action.value, consents.permission)
    for code in languages():
        words = plain(make(), Reader(code, turn.reader.zone), limit=_LONGEST)
        await turn.out.send(f"text {code}", Page(f"<code>{escape(words)}</code>"))


NEEDS = dict.fromkeys(("consent-is", "consent-until", "consent-text"), Role.REPORTER)
ACTIONS = {
    "consent": _show,
    "consent-is": _is,
    "consent-until": _until,
    "consent-text": _text,
}
REPLIES = {"consent-until": _day}
