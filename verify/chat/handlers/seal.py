"""/seal: all that comes into this chat is sealed, or no longer."""

from __future__ import annotations

from verify.chat.arguments import meant, off
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.records import Role, Sentence, listed, say

LEAST = Role.EDITOR
COMMAND = "seal"
DESCRIPTION = say("Seal the sources of what comes into this chat, with “on” or “off”")
IN_SEALED = True


async def handle(turn: Turn, words: str) -> None:
    """`on` and `off` change it; without a word it says how it is, and what that means."""
    if turn.out.local:
        raise BadInput(
            say(
                "The local chat keeps what is written in it, so nothing is sealed here. Use"
                " {command}.",
                command="verify-desk import --seal",
            )
        )
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
