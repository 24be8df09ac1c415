"""/language: in which language the desk speaks to this person."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.pages import Button, Page, in_rows
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.folding import fold_words
from verify.language import Reader, html, languages
from verify.records import say

COMMAND = "language"
DESCRIPTION = say("Choose the language")
IN_SEALED = True


async def handle(turn: Turn, words: str) -> None:
    """Speak the language that is written, by its code or its own name; else offer all there are."""
    wanted = fold_words(words)
    for code, name in languages().items():
        if wanted in (code, fold_words(name)):
            await _choose(turn, Action(name="language", value=code))
            return
    choices = [
        Button(name, Action(name="language", value=code)) for code, name in languages().items()
    ]
    page = Page(html(say("Which language shall I use with you?"), turn.reader), in_rows(choices, 2))
    await turn.show(page)


async def _choose(turn: Turn, action: Action) -> None:
    if action.value not in languages():
        raise BadInput(say("I do not speak this language."))
    await turn.call(turn.desk.team.speak, turn.person, action.value)
    reader = Reader(action.value, turn.reader.zone)
    await turn.show(Page(html(say("From now on I use this language."), reader)))
    if turn.out.local:  # its page speaks the same
        told = {"user_id": turn.account, "language_code": action.value}
        await turn.out.bot.do_api_request("setPersonLanguage", api_kwargs=told)


ACTIONS = {"language": _choose}
