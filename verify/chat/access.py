"""Who may speak to the desk: checked on every message and on every button."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace
from telegram import User

from verify.chat.answers import Raw
from verify.chat.outbox import LOCAL
from verify.chat.raw import FILES, MOVED, POSTED, TOPIC
from verify.desk import Desk
from verify.language import nearest
from verify.records import Person, Role

_TITLE = 300  # characters, as in the archive


@dataclass(frozen=True)
class Access:
    """The rule of one chat service. owners: accounts that own the desk by its configuration."""

    desk: Desk
    service: str
    owners: frozenset[int]

    def admits(self, account: int) -> bool:
        """Whether this account is served."""
        return account in self.owners or self._role(account) is not None

    def person(self, user: User) -> Person | None:
        """The member of the desk who speaks; None for anybody else."""
        key = (self.service, str(user.id))
        if user.id in self.owners and self._role(user.id) is not Role.OWNER:
            self.desk.team.admit(*key, user.full_name, Role.OWNER)
        elif not self.admits(user.id):
            return None
        language = nearest(user.language_code or "")
        person = self.desk.team.person(*key, user.full_name, language)
        if self.service == LOCAL and person.language != language:  # chosen at the page
            self.desk.team.speak(person, language)
            person = replace(person, language=language)
        return person

    def all_owners(self) -> list[tuple[int, str]]:
        """The accounts that own the desk, each with its language."""
        known = dict(self.desk.team.owners(self.service))
        return [(one, known.get(one, "en")) for one in sorted(self.owners | known.keys())]

    def _heard(self, thing: Raw) -> bool:
        """Whether a message or a pressed button stands where the desk may answer."""
        chat = thing.get("chat") or thing.get("message", {}).get("chat") or {}
        return not chat or self.serves(chat["id"], chat["type"]) or enabling(thing.get("text"))

    def _kept(self, kind: str, thing: Raw) -> bool:
        """Whether it is a post of a channel that is kept. Notes the channel."""
        chat = thing["chat"]
        if chat.get("type") != "channel":
            return False
        title = str(chat.get("title") or "")[:_TITLE]
        return self.desk.channels.hear(self.service, chat["id"], title) and kind in POSTED

    def _masked(self, message: Raw) -> Raw:
        """That somebody turns to the desk in the name of a group or channel: the command's name,
        or that it is a file. Nothing of what people say to each other."""
        if "sender_chat" not in message or message.get("is_automatic_forward"):
            return {}
        chat, first = message["chat"], (message.get("text") or "").split()[:1]
        name = {"sender_chat": {key: message["sender_chat"][key] for key in ("id", "type")}}
        if first and first[0].startswith("/"):
            return {**name, "text": first[0]}
        filed = any(kind in message for kind in FILES)
        return name if filed and self.serves(chat["id"], chat["type"]) else {}

    def _role(self, account: int) -> Role | None:
        return self.desk.team.role(self.service, str(account))

    def serves(self, chat_id: int, chat_type: str) -> bool:
        """Whether the desk may answer in this chat: private ones, and groups that are enabled."""
        here = self.number_now(chat_id)
        return chat_type == "private" or self.desk.team.group_enabled(self.service, here)

    def number_now(self, chat_id: int) -> int:
        """The number of a chat by now: of the supergroup that a group became."""
        return self.desk.team.group_now(self.service, chat_id)

    def moved(self, old: int, new: int) -> bool:
        """Follow a group that became a supergroup. False: nothing is kept of it."""
        return self.desk.team.move_group(self.service, old, new)

    def blocked(self, account: int) -> bool:
        """Whether an owner blocked this account."""
        return self.desk.team.blocked(self.service, str(account))

    def knock(self, number: int, name: str) -> bool:
        """Count what a stranger does, or a group that is not enabled. True: answer it."""
        return self.desk.team.knock(self.service, str(number), name)

    def pair(self, user: User, code: str) -> bool:
        """Admit the account if the one-time code is right."""
        return bool(self.desk.team.join(self.service, str(user.id), user.full_name, code))

    def locked_out(self, user: User) -> bool:
        """Whether no code is accepted from this account for now."""
        return self.desk.team.locked_out(self.service, str(user.id))

    def narrow(self, update: Raw) -> Raw:
        """What may be stored of a raw update: of a stranger's, who, where and a pairing code.

        So too of what is said in a group that is not enabled, but for the word to enable it. Of a
        channel nothing, unless an owner had its posts kept; its name is noted.
        """
        for kind in (*POSTED, "my_chat_member"):
            if thing := update.get(kind):
                return update if self._kept(kind, thing) else {"update_id": update["update_id"]}
        for kind in ("message", "edited_message", "callback_query"):
            if thing := update.get(kind):
                if "from" in thing and self.admits(thing["from"]["id"]) and self._heard(thing):
                    return update
                told = _outline(kind, thing)
                if kind == "message":
                    told |= self._masked(thing)
                return {"update_id": update["update_id"], kind: told}
        return {"update_id": update["update_id"]}


def enabling(text: str | None) -> bool:
    """Whether this text is the command that enables or disables a group."""
    first = (text or "").split()[:1]
    return bool(first) and first[0].partition("@")[0] == "/group"


def pairing_code(text: str | None) -> str | None:
    """The code in `/start CODE`; None in any other text."""
    words = (text or "").split()
    return words[1] if len(words) == 2 and words[0].partition("@")[0] == "/start" else None


def _outline(kind: str, thing: Raw) -> Raw:
    sender = {
        key: thing["from"][key]
        for key in ("id", "is_bot", "first_name", "language_code")
        if key in thing.get("from", {})
    }
    if kind == "callback_query":
        return {"id": thing["id"], "from": sender, "chat_instance": "", "data": ""}
    chat = {key: thing["chat"][key] for key in ("id", "type")}
    stands = {key: thing[key] for key in (*TOPIC, *MOVED) if key in thing}
    outline = {"message_id": thing["message_id"], "date": thing["date"], "chat": chat, **stands}
    if sender:
        outline["from"] = sender
    if kind == "message" and pairing_code(thing.get("text")):
        outline |= {key: thing[key] for key in ("text", "entities") if key in thing}
    return outline
