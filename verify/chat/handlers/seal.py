"""/seal: all that comes into this chat is sealed, or no longer; or a case that stands already."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.arguments import meant, off
from verify.chat.notes import open_case_of
from verify.chat.pages import Page, button, to_examination
from verify.chat.sealed_files import only_files
from verify.chat.turn import Turn
from verify.desk.sealing import demand_keys
from verify.errors import BadInput
from verify.language import html
from verify.records import Role, Sentence, listed, say
from verify.wording.sealing import asked, remains, sealed

LEAST = Role.EDITOR
COMMAND = "seal"
DESCRIPTION = say(
    "Seal the sources of what comes into this chat (“on”, “off”), or of the open case (“case”)"
)
IN_SEALED = True


async def handle(turn: Turn, words: str) -> None:
    """`on` and `off` change it; without a word it says how it is, and what that means."""
    if turn.out.local and not meant(words, {"case": say("case")}):
        raise BadInput(
            say(
                "The local chat keeps what is written in it, so nothing is sealed here. Use"
                " {command}.",
                command="verify-desk import --seal",
            )
        )
    if meant(words, {"case": say("case")}):
        await (only_files(turn) if turn.sealed else _ask(turn))
        return
    where = turn.service, turn.out.chat_id
    if words and not off(words) and meant(words, {"on": say("on")}) is None:
        raise BadInput(say("Write {on} or {off}.", on="/seal on", off="/seal off"))
    if words:
        await turn.call(turn.desk.sealing.seal_chat, turn.person, *where, not off(words))
        await turn.tell(await _stands(turn, sealing=not off(words)))
    elif await turn.call(turn.desk.sealing.seals, *where):
        await turn.tell(await _stands(turn, sealing=True))
    else:
        await turn.tell(await _stands(turn, sealing=False))


async def _ask(turn: Turn) -> None:
    """Say what it means before it is done."""
    case_id = await open_case_of(turn)
    await turn.call(demand_keys, turn.desk.store)
    lines = [html(one, turn.reader) for one in asked(case_id)]
    to = Action(name="seal-case", case_id=case_id)
    rows = (
        (button(say("Yes, seal it"), to, turn.reader),),
        to_examination(case_id, 0, turn.reader),
    )
    await turn.show(Page("\n\n".join(lines), rows), case_id=case_id)


async def _seal(turn: Turn, action: Action) -> None:
    done = await turn.call(turn.desk.resealing.seal, turn.person, action.case_id)
    stays = remains(done.events, done.telegram, done.exports, compacted=done.compacted)
    said = [html(sealed(done.case_id, done.sealed), turn.reader), ""]
    said += [f"• {html(one, turn.reader)}" for one in stays]
    await turn.out.send("sealed", Page("\n".join(said)))


async def _stands(turn: Turn, *, sealing: bool) -> Sentence:
    readers = await turn.call(turn.desk.sealing.readers, turn.person)
    if sealing:
        return say(
            "What comes into this chat is sealed: files are taken in, and who brought them, where"
            " they come from, links, names of files and numbers can be read by {names} alone, with"
            " {command}. Nothing else is done here; work on the cases in another chat. Telegram"
            " itself knows who sends what to this bot. {off} ends it.",
            names=listed(readers),
            command="verify-desk unseal",
            off="/seal off",
        )
    return say(
        "What comes into this chat is not sealed. {on} seals what comes from then on, not what came"
        " before. A lost key or passphrase loses those sources. Keys now: {count}.",
        on="/seal on",
        count=len(readers),
    )


NEEDS = {"seal-case": Role.EDITOR}
ACTIONS = {"seal-case": _seal}
