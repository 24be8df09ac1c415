"""The door: who may speak gets a turn; anybody else is told so, in one sentence."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from telegram import Bot, CallbackQuery, Chat, Message, Update, User
from telegram.error import BadRequest, TelegramError

from verify.chat.access import Access, enabling, pairing_code
from verify.chat.answers import AnsweredWrongly, Raw
from verify.chat.download import Files
from verify.chat.outbox import LOCAL, Outbox
from verify.chat.pages import Page
from verify.chat.quota import Quota
from verify.chat.raw import topic_in
from verify.chat.service import is_service, topic_of
from verify.chat.speaking import acknowledge, say_once
from verify.chat.turn import Menu, Turn
from verify.desk import Desk
from verify.desk.permissions import at_least
from verify.errors import VerifyError
from verify.language import Reader, html, nearest, plain
from verify.records import Role, Sentence, say
from verify.store.chats.chat_state import ChatState
from verify.store.chats.fleeting import Fleeting

_log = logging.getLogger(__name__)
_QUIET_SECONDS = 600.0
_NO_UPDATE = 0  # what is sent to owners answers none
_STRANGER = say("This desk serves only people whom its owners have admitted.")
_MASKED = say(
    "You write in the name of a group or channel, so I cannot tell who you are, and nothing of it"
    " was kept. In the group's settings, under administrators, turn “Remain anonymous” off for"
    " yourself, or choose your own name beside the text field; then send it again."
)
_LOCKED_OUT = say("Too many codes were wrong. For an hour none is accepted.")


Behind = Callable[[int], AbstractAsyncContextManager[None]]


def _at_once(update_id: int) -> AbstractAsyncContextManager[None]:
    return nullcontext()


@dataclass
class Door:
    """Lets people in, update by update.

    behind: lets the updates after one by, from then on. menu: the commands there are. needs: the
    least role for what not every member may use.
    """

    desk: Desk
    bot: Bot
    access: Access
    memory: ChatState
    files: Files
    quota: Quota
    zone: ZoneInfo
    menu: Menu
    needs: Mapping[str, Role]
    behind: Behind = _at_once
    _quiet_until: dict[int, float] = field(default_factory=dict)
    _masked_until: dict[int, float] = field(default_factory=dict)
    _owed: dict[int, Callable[[], Awaitable[None]]] = field(default_factory=dict)

    async def enter(self, update: Update) -> Turn | None:
        """The turn of somebody who may speak here; None, once they were told, for others."""
        if owed := self._owed.pop(update.update_id, None):
            await self._answer(update, owed)
            return None
        user, chat, query = update.effective_user, update.effective_chat, update.callback_query
        if update.message and is_service(update.message, self.bot.id):
            await self._follow(update.message)
            return None
        if user is None:
            return None
        person = await asyncio.to_thread(self.access.person, user)
        if person is None:
            await self._refuse(update, user)
            return None
        if chat is None:
            return None
        where = await asyncio.to_thread(self.access.number_now, chat.id)
        if chat.type != chat.PRIVATE:
            words = update.message.text if update.message else None
            served = await asyncio.to_thread(self.access.serves, where, chat.type)
            if not served and not enabling(words):
                await self._refuse_group(update, chat, user)
                return None
            person = replace(person, among_others=True)
        sealed = await asyncio.to_thread(
            self.desk.sealing.covers, self.access.service, where, self.bot.id, update.update_id
        )
        memory = Fleeting(self.desk.store) if sealed else self.memory
        withheld = frozenset(n for n, least in self.needs.items() if not at_least(person, least))
        return Turn(
            desk=self.desk,
            memory=memory,
            person=person,
            reader=Reader(person.language, self.zone),
            out=Outbox(
                self.bot,
                memory,
                update.update_id,
                person.id,
                where,
                topic_of(update.effective_message),
                local=self.access.service == LOCAL,
                bare=sealed,
                withheld=withheld,
            ),
            files=self.files,
            quota=self.quota,
            service=self.access.service,
            account=user.id,
            menu=tuple(one for one in self.menu if one[0] not in withheld),
            behind=partial(self.behind, update.update_id),
            tell_owners=partial(self.tell_owners_once, user.id),
            message=update.message or update.edited_message,
            pressed=_pressed(query) if where == chat.id else None,
            sealed=sealed,
        )

    async def _follow(self, message: Message) -> None:
        """Take what is kept of a group to the supergroup that it became. Either tells the other's
        number, in whatever order they come."""
        old = message.migrate_from_chat_id or message.chat_id
        new = message.migrate_to_chat_id or message.chat_id
        if old != new:
            await asyncio.to_thread(self.access.moved, old, new)

    async def tell_owners(self, sentence: Sentence, but: int = 0) -> None:
        """Send a sentence to every owner in private, `but` one; who cannot be reached is logged."""
        for account, language in await asyncio.to_thread(self.access.all_owners):
            if account != but:
                try:
                    await self._say(account, sentence, Reader(language, self.zone))
                except TelegramError as error:
                    _log.warning("an owner was not told: %s", type(error).__name__)

    async def tell_owners_once(self, but: int, step: str, sentence: Sentence) -> None:
        """Tell each of them once under this name of a step, also across kills.

        Raises the client's errors, so that what it belongs to is tried again.
        """
        for account, language in await asyncio.to_thread(self.access.all_owners):
            if account != but:
                out = Outbox(self.bot, self.memory, _NO_UPDATE, 0, account)
                page = Page(html(sentence, Reader(language, self.zone)))
                try:
                    await out.send(f"{step} to {account}", page)
                except BadRequest as error:  # an owner who never spoke to the bot
                    _log.warning("an owner was not told: %s", type(error).__name__)

    async def put_off(self, raw: Raw, why: Sentence) -> None:
        """Tell a member once in ten minutes that what they send waits, and for what.

        Nothing is written: the disk may be what refuses.
        """
        thing = raw.get("message") or raw.get("edited_message") or raw.get("callback_query") or {}
        message = thing.get("message") or thing
        sender, chat = thing.get("from", {}), message.get("chat", {}).get("id")
        if not chat or time.monotonic() < self._quiet_until.get(chat, 0.0):
            return
        try:
            if not await asyncio.to_thread(self.access.admits, sender.get("id")):
                return
            waits = say(
                "{why} Your message is not lost: it waits, with what you send after it, and is"
                " answered then.",
                why=why,
            )
            reader = Reader(nearest(sender.get("language_code") or ""), self.zone)
            self._quiet_until[chat] = time.monotonic() + _QUIET_SECONDS
            await self._say(chat, waits, reader, topic_in(message))
        except (TelegramError, VerifyError) as trouble:
            if not (isinstance(trouble, AnsweredWrongly) and trouble.perhaps_done):
                self._quiet_until.pop(chat, None)
            _log.warning("could not tell that a message waits: %s", type(trouble).__name__)

    async def _refuse(self, update: Update, user: User) -> None:
        """One sentence in ten minutes to a stranger, none to a blocked one; a code is tried."""
        reader = Reader(nearest(user.language_code or ""), self.zone)
        message, query = update.message, update.callback_query
        blocked = await asyncio.to_thread(self.access.blocked, user.id)
        if query:
            heard = not blocked and await self._knocks(user)
            words = plain(_STRANGER, reader) if heard else ""
            await self._answer(update, lambda: acknowledge(self.bot, query.id, words))
            return
        if blocked or message is None:
            return
        if message.chat.type != message.chat.PRIVATE:
            await self._refuse_masked(update, message)
            return
        if code := pairing_code(message.text):
            sentence = await self._try(code, user)
        else:
            sentence = _STRANGER if await self._knocks(user) else None
        if sentence:
            await self._answer(update, lambda: self._say(message.chat_id, sentence, reader))

    async def _answer(self, update: Update, tell: Callable[[], Awaitable[None]]) -> None:
        """Tell what is told once in a while. Where the network fails it is owed, and told when the
        update is tried again: by then a code counts as used, a stranger as refused."""
        self._owed[update.update_id] = tell
        await tell()
        del self._owed[update.update_id]

    async def _knocks(self, user: User) -> bool:
        return await asyncio.to_thread(self.access.knock, user.id, user.full_name)

    async def _try(self, code: str, user: User) -> Sentence | None:
        """Admit who has the right code. Who guesses counts as a stranger, and once locked out
        is answered as seldom."""
        out_before = await asyncio.to_thread(self.access.locked_out, user)
        if await asyncio.to_thread(self.access.pair, user, code):
            return say("You are admitted to this desk. Send a picture, or /help.")
        heard = await self._knocks(user)
        if not await asyncio.to_thread(self.access.locked_out, user):
            return say("This code is not right, or no longer valid.")
        return _LOCKED_OUT if heard or not out_before else None

    async def _refuse_group(self, update: Update, chat: Chat, user: User) -> None:
        """One sentence in ten minutes to a group, as everybody in it would see the answers."""
        if update.callback_query:
            await acknowledge(self.bot, update.callback_query.id, "")
        if await asyncio.to_thread(self.access.knock, chat.id, chat.title or ""):
            sentence = say(
                "This desk does not answer in this group. An owner of the desk enables it with"
                " {command}.",
                command="/group",
            )
            reader = Reader(nearest(user.language_code or ""), self.zone)
            topic = topic_of(update.effective_message)
            await self._answer(update, lambda: self._say(chat.id, sentence, reader, topic))

    async def _refuse_masked(self, update: Update, message: Message) -> None:
        """Tell who turns to the desk in the name of a group or channel why it cannot serve them:
        a sentence in ten minutes. `Access.narrow` keeps such a name only then."""
        named = (message.text or "").partition("@")[2].lower()
        if message.sender_chat is None or named not in ("", self.bot.username.lower()):
            return
        if time.monotonic() < self._masked_until.get(message.chat_id, 0.0):
            return
        self._masked_until[message.chat_id] = time.monotonic() + _QUIET_SECONDS
        owners = await asyncio.to_thread(self.access.all_owners)
        reader = Reader(owners[0][1] if owners else "en", self.zone)
        topic = topic_of(message)
        await self._answer(update, lambda: self._say(message.chat_id, _MASKED, reader, topic))

    async def _say(
        self, chat_id: int, sentence: Sentence, reader: Reader, topic: int | None = None
    ) -> None:
        await say_once(self.bot, chat_id, html(sentence, reader), topic)


def _pressed(query: CallbackQuery | None) -> int | None:
    return query.message.message_id if query and query.message else None
