"""Words that are no command: a link behind a picture, a claim if they are forwarded, a question
that nobody but people answer, else a note; in the case they belong to.
"""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from verify.chat.action import Action
from verify.chat.forwarding import is_forwarded, keep_forwarded
from verify.chat.intake import is_post_alone
from verify.chat.joining import join
from verify.chat.notes import keep_note, open_case_of
from verify.chat.pages import Page, button
from verify.chat.quoting import quoted
from verify.chat.replies.keep_post import HOW, how_to, keep_page
from verify.chat.turn import Turn
from verify.desk.permissions import at_least, require
from verify.errors import Locked
from verify.language import html
from verify.reading.questions import asks_the_circumstances, asks_the_desk
from verify.records import Role, Sentence, say

FILTER = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


async def handle(turn: Turn) -> None:
    """A reply goes to the case of the message it replies to; else to the open case. Where that is
    concluded, and it was nothing but the address of a post, how such a post is kept is said."""
    message = turn.message
    if message is None or message.text is None:
        return
    try:
        await _handled(turn, message, message.text)
    except Locked:
        if is_post_alone(message) and not is_forwarded(message):
            await turn.out.send("told", keep_page(turn.reader))
        raise


async def _handled(turn: Turn, message: Message, text: str) -> None:
    if not is_forwarded(message) and await _joined(turn, message):
        return
    answered = message.reply_to_message
    replied = await turn.case_of(answered.message_id) if answered else None
    if replied is None and message.chat.type != message.chat.PRIVATE:
        return  # in a group people talk to each other
    if replied is None and await _link_alone(turn, message):
        return
    asked = asks_the_desk(text) or asks_the_circumstances(text)
    if asked and not is_forwarded(message):
        await _answered(turn, replied, text)
        return
    require(turn.person, Role.REPORTER)
    if is_forwarded(message):
        await keep_forwarded(turn, message, replied)
        return
    words = "\n\n".join(part for part in (quoted(message), text) if part)
    about = await turn.exhibit_of(answered.message_id) if answered and replied else None
    more = (how_to(turn.reader),) if is_post_alone(message) else ()
    await keep_note(turn, replied or await open_case_of(turn), words, exhibit_id=about, more=more)


async def _joined(turn: Turn, message: Message) -> bool:
    """Whether it was a link behind a picture. A viewer's is not looked at: they are told below."""
    return at_least(turn.person, Role.REPORTER) and await join(turn, message)


async def _link_alone(turn: Turn, message: Message) -> bool:
    """Whether it was nothing but the address of a post, with no case to note it in: then how such
    a post is kept is said."""
    if not is_post_alone(message) or await turn.opened_case() is not None:
        return False
    await turn.out.send("told", keep_page(turn.reader))
    return True


async def _answered(turn: Turn, replied: int | None, text: str) -> None:
    """What the desk can say to "is this real?". The words are no note unless that is asked for."""
    case_id = replied or await turn.opened_case()
    if case_id is None:
        sentence = say(
            "Whether a picture shows what is said of it, people conclude; I do not. Send it, best"
            " as a file: I tell whether this desk has seen it before, what the file says about"
            " itself, and what to check next."
        )
        await turn.tell(sentence)
        return
    sentence = (_found if asks_the_circumstances(text) else _not_concluded)(case_id)
    show = button(
        say("Case {number}", number=case_id), Action(name="case", case_id=case_id), turn.reader
    )
    to_list = button(say("Checklist"), Action(name="checklist", case_id=case_id), turn.reader)
    keep = Action(name="keep-asked", case_id=case_id, value=text)
    rows = ((show, to_list), (button(say("Keep my words as a note"), keep, turn.reader),))
    await turn.out.send("asked", Page(html(sentence, turn.reader), rows), case_id=case_id)


def _not_concluded(case_id: int) -> Sentence:
    return say(
        "Whether it shows what is said of it, people conclude; I do not. What I found is in case"
        " {number}; its checklist leads through what is still open.",
        number=case_id,
    )


def _found(case_id: int) -> Sentence:
    return say(
        "What the file and earlier posts tell of when, where and by whom is in case {number};"
        " its checklist leads through what they leave open.",
        number=case_id,
    )


async def _keep(turn: Turn, action: Action) -> None:
    key = f"asked {turn.here}:{turn.pressed}"  # pressed twice, it stays one note
    await keep_note(turn, action.case_id, action.value, key=key)


async def _how(turn: Turn, action: Action) -> None:
    """Say how a post is kept, below what bears the button."""
    await turn.out.send("told", keep_page(turn.reader))


ACTIONS = {"keep-asked": _keep, HOW: _how}
NEEDS = {"keep-asked": Role.REPORTER}
