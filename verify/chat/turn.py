"""One update from one person who may speak: everything a handler needs to answer it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from telegram import Message

from verify.chat.action import Action
from verify.chat.download import Files
from verify.chat.outbox import Outbox
from verify.chat.pages import Page
from verify.chat.quota import Quota
from verify.desk import Desk
from verify.language import Reader, html
from verify.records import ExhibitReport, Person, Sentence, about, numbers
from verify.store.chats.chat_state import ChatState

P = ParamSpec("P")
T = TypeVar("T")

Menu = tuple[tuple[str, Sentence], ...]

EXAMINATION = "examination"  # the purpose of the one message in a chat that shows a case


@dataclass(frozen=True)
class Turn:
    """An update being answered.

    message: what the person wrote; None when a button was pressed.
    pressed: the number of the message whose button was pressed; None otherwise.
    account: the person's number on the service. menu: the commands there are, each with its
    description.
    sealed: what comes into this chat is sealed, and nothing is remembered of it.
    behind: goes on while the person's next messages are answered, for what takes minutes.
    tell_owners: tells each owner but this person something once, under the name of a step.
    """

    desk: Desk
    memory: ChatState
    person: Person
    reader: Reader
    out: Outbox
    files: Files
    quota: Quota
    service: str
    account: int
    menu: Menu
    tell_owners: Callable[[str, Sentence], Awaitable[None]]
    behind: Callable[[], AbstractAsyncContextManager[None]]
    message: Message | None = None
    pressed: int | None = None
    sealed: bool = False

    async def call(self, work: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """Run the desk's synchronous work beside the loop, and note what it hands out."""
        found = await asyncio.to_thread(work, *args, **more)
        self.out.ledger.read |= about(found)
        return found

    async def exhibit(self, action: Action) -> ExhibitReport:
        """The exhibit that a button speaks of."""
        return await self.call(
            self.desk.reports.exhibit, self.person, action.case_id, action.exhibit_id
        )

    def address(self, case_id: int) -> None:
        """Note that the person turned to this case; 0 is none."""
        self.out.ledger.addressed |= numbers(case_id)

    async def heard(self) -> None:
        """Keep what the person's own message is about, once it was worked off."""
        if self.message is not None:
            where = *self.here, self.message.message_id
            await self.call(self.memory.note_about, *where, self.out.ledger.asked())

    @property
    def key(self) -> str:
        """The name of this message, or of this press, under which what it adds is added once."""
        press = f"pressed {self.out.update_id}"
        number = self.message.message_id if self.message else press
        bot_id, chat_id = self.here
        return f"{bot_id}:{chat_id}:{number}"

    @property
    def here(self) -> tuple[int, int]:
        """The bot, and the chat that numbers the person's own message: in a group that became a
        supergroup since, not the one that is answered in."""
        return self.out.bot.id, self.message.chat_id if self.message else self.out.chat_id

    @property
    def reply_to(self) -> int | None:
        """The number of the person's message where an answer can reply to it."""
        if self.message is None or self.message.chat_id != self.out.chat_id:
            return None
        return self.message.message_id

    async def open_case(self, case_id: int) -> None:
        """From now on this person's words in this chat go to that case."""
        self.address(case_id)
        await self.call(self.memory.set_open_case, self.person.id, self.out.chat_id, case_id)

    async def demand_unlocked(self, case_id: int) -> None:
        """Raise Locked where a case is concluded."""
        await self.call(self.desk.reports.demand_unlocked, self.person, case_id)

    async def opened_case(self) -> int | None:
        """The case that this person last opened in this chat, or what it is part of now.

        Raises NotFound when it is no longer theirs to see.
        """
        opened = await self.call(self.memory.open_case, self.person.id, self.out.chat_id)
        case_id = opened and await self.call(self.desk.reports.standing, self.person, opened)
        self.address(case_id or 0)
        return case_id

    async def latest(self, case_id: int, purpose: str) -> int | None:
        """The latest message in this chat about a case that has this purpose."""
        here = self.out.bot.id, self.out.chat_id
        return await self.call(self.memory.latest_placed, *here, case_id, purpose)

    async def case_of(self, message_id: int) -> int | None:
        """The case of the bot's message, or of the file, with this number in this chat."""
        where = *self.here, message_id
        if placed := await self.call(self.memory.placed, *where):
            case_id: int | None = placed.case_id
        else:
            case_id = await self.call(self.desk.receiving.case_of_message, self.person, *where)
        self.address(case_id or 0)
        return case_id

    async def exhibit_of(self, message_id: int) -> int | None:
        """The one exhibit that a message brought or shows. None for what speaks of a whole case,
        as the answer to an album does."""
        brought = await self.call(self.desk.sources.brought, self.person, *self.here, message_id)
        if brought:
            return brought.exhibit_id
        placed = await self.call(self.memory.placed, *self.here, message_id)
        return placed.exhibit_id if placed and placed.purpose != EXAMINATION else None

    async def tell(self, sentence: Sentence, *, case_id: int = 0, step: str = "told") -> None:
        """Answer with one sentence."""
        await self.out.send(step, Page(html(sentence, self.reader)), case_id=case_id)

    async def show(
        self, page: Page, *, case_id: int = 0, exhibit_id: int = 0, purpose: str = ""
    ) -> int | None:
        """Turn the message whose button was pressed into this page; else send it."""
        if self.pressed and await self.out.edit(
            self.pressed, page, case_id=case_id, exhibit_id=exhibit_id, purpose=purpose
        ):
            return self.pressed
        return await self.out.send(
            "shown", page, case_id=case_id, exhibit_id=exhibit_id, purpose=purpose
        )
