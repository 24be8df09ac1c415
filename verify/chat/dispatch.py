"""From an update to the handler that answers it.

Handlers are the modules in `verify/chat/handlers`, found in sorted order. A module has any of

- `COMMAND`, `DESCRIPTION` (a sentence) and `async handle(turn, words)`: a command;
- `FILTER` and `async handle(turn)`: messages that are no command;
- `ACTIONS`: button actions by name, `async (turn, action)`;
- `REPLIES`: answers to the bot's prompts by name, `async (turn, action, text)`.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import pkgutil
from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Bot, Message, Update, User
from telegram.error import BadRequest, Forbidden
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from verify.chat import handlers
from verify.chat.access import Access, pairing_code
from verify.chat.action import Action, decode
from verify.chat.download import Files
from verify.chat.outbox import Outbox
from verify.chat.turn import Turn
from verify.desk import Desk
from verify.errors import Unavailable, VerifyError
from verify.language import Reader, nearest, plain
from verify.records import Sentence, say
from verify.store.memory import Memory

Raw = dict[str, Any]
Context = CallbackContext[Any, Any, Any, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]

_log = logging.getLogger(__name__)
_NEW = filters.UpdateType.MESSAGE
_QUIET_SECONDS = 5.0


def find_handlers() -> list[ModuleType]:
    """The handler modules in sorted order. Raises ImportError for one that has nothing to do."""
    names = sorted(module.name for module in pkgutil.iter_modules(handlers.__path__))
    found = [importlib.import_module(f"{handlers.__name__}.{name}") for name in names]
    for module in found:
        if hasattr(module, "COMMAND") and not isinstance(
            getattr(module, "DESCRIPTION", None), Sentence
        ):
            raise ImportError(f"{module.__name__} has a COMMAND but no DESCRIPTION")
        if not any(hasattr(module, name) for name in ("COMMAND", "FILTER", "ACTIONS")):
            raise ImportError(f"{module.__name__} has neither COMMAND, FILTER nor ACTIONS")
    return found


class Dispatch:
    """The handlers, and what they need to answer one update."""

    def __init__(
        self,
        desk: Desk,
        bot: Bot,
        access: Access,
        memory: Memory,
        files: Files,
        zone: ZoneInfo,
    ) -> None:
        self._desk, self._bot, self._access = desk, bot, access
        self._memory, self._files, self.zone = memory, files, zone
        self._modules = find_handlers()
        self._actions = _merged(self._modules, "ACTIONS")
        self._replies = _merged(self._modules, "REPLIES")
        self._refused_groups: set[int] = set()
        self._refused_at: dict[int, float] = {}
        self._errors: dict[int, Exception] = {}
        self.menu = tuple(
            (module.COMMAND, module.DESCRIPTION)
            for module in self._modules
            if hasattr(module, "COMMAND")
        )

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Add everything to the application; the first that matches an update answers it."""
        self._application = application
        for module in self._modules:
            if hasattr(module, "COMMAND"):
                application.add_handler(
                    CommandHandler(module.COMMAND, self._command(module), filters=_NEW)
                )
        prompted = _Prompted(self._prompt)
        application.add_handler(
            MessageHandler(_NEW & ~filters.COMMAND & prompted, self._serve(self._replied))
        )
        for module in self._modules:
            if hasattr(module, "FILTER"):
                application.add_handler(MessageHandler(module.FILTER, self._serve(module.handle)))
        application.add_handler(MessageHandler(_NEW, self._serve(_not_understood)))
        application.add_handler(CallbackQueryHandler(self._pressed))
        application.add_error_handler(self._caught)

    async def process(self, update: Update) -> None:
        """Answer an update. Raises what went wrong, which the client library would swallow."""
        await self._application.process_update(update)
        if error := self._errors.pop(update.update_id, None):
            raise error

    async def _caught(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and isinstance(context.error, Exception):
            self._errors[update.update_id] = context.error

    async def give_up(self, raw: Raw, error: Exception) -> None:
        """Tell the sender, in one sentence, that an update could not be worked off."""
        update = Update.de_json(raw, self._bot)
        if turn := await self._turn(update):
            sentence = error.sentence if isinstance(error, VerifyError) else _failed()
            await turn.tell(sentence, step="gave up")

    # --- from handler to callback -----------------------------------------------------------

    def _command(self, module: ModuleType) -> Callback:
        async def answer(turn: Turn) -> None:
            text = turn.message.text if turn.message else None
            words = (text or "").split(None, 1)[1:]
            await module.handle(turn, words[0].strip() if words else "")

        return self._serve(answer)

    def _serve(self, answer: Callable[[Turn], Awaitable[None]]) -> Callback:
        async def callback(update: Update, context: Context) -> None:
            if turn := await self._turn(update):
                await _answered(turn, answer(turn))

        return callback

    async def _replied(self, turn: Turn) -> None:
        assert turn.message is not None  # noqa: S101 - registered for messages
        action = self._prompt(turn.message)
        assert action is not None  # noqa: S101 - the filter saw it
        await self._replies[action.name](turn, action, turn.message.text or "")

    def _prompt(self, message: Message) -> Action | None:
        """What the bot asked for, if this message is the written answer to it."""
        asked = message.reply_to_message
        if asked is None or not message.text:
            return None
        placed = self._memory.placed(self._bot.id, message.chat_id, asked.message_id)
        action = decode(placed.purpose) if placed else None
        return action if action and action.name in self._replies else None

    async def _pressed(self, update: Update, context: Context) -> None:
        query = update.callback_query
        turn = await self._turn(update)
        if query is None or turn is None:
            return
        known = self._memory.button(query.data or "")
        action = decode(known.action) if known else None
        if known is None or action is None or action.name not in self._actions:
            await self._brush_off(turn, query.id, say("This button no longer works."))
        elif (known.person_id, known.chat_id) != (turn.person.id, turn.out.chat_id):
            await self._brush_off(turn, query.id, say("This button is not yours to press."))
        else:
            await turn.out.acknowledge(query.id)
            await _answered(turn, self._actions[action.name](turn, action))

    async def _brush_off(self, turn: Turn, query_id: str, sentence: Sentence) -> None:
        await turn.out.acknowledge(query_id, plain(sentence, turn.reader))

    # --- who may speak ----------------------------------------------------------------------

    async def _turn(self, update: Update) -> Turn | None:
        """The turn of somebody who may speak; anybody else is told so, in one sentence."""
        user, chat, query = update.effective_user, update.effective_chat, update.callback_query
        if user is None:
            return None
        if not await asyncio.to_thread(self._access.admits, user.id):
            await self._refuse(update, user)
            return None
        if chat is None:
            return None
        if chat.type != chat.PRIVATE:
            await self._refuse_group(chat.id, user)
            return None
        person = await asyncio.to_thread(
            self._desk.person,
            self._access.platform,
            str(user.id),
            user.full_name,
            nearest(user.language_code or ""),
        )
        return Turn(
            desk=self._desk,
            memory=self._memory,
            person=person,
            reader=Reader(person.language, self.zone),
            out=Outbox(self._bot, self._memory, update.update_id, person.id, chat.id),
            files=self._files,
            platform=self._access.platform,
            menu=self.menu,
            message=update.message or update.edited_message,
            pressed=query.message.message_id if query and query.message else None,
        )

    async def _refuse(self, update: Update, user: User) -> None:
        """One sentence to a stranger; a pairing code is tried first."""
        reader = Reader(nearest(user.language_code or ""), self.zone)
        if query := update.callback_query:
            await self._bot.answer_callback_query(query.id, plain(_stranger(), reader)[:200])
            return
        message = update.message
        if message is None or message.chat.type != message.chat.PRIVATE:
            return
        sentence = _stranger()
        if code := pairing_code(message.text):
            if await asyncio.to_thread(self._access.pair, user, code):
                sentence = say("You are admitted to this desk. Send a picture, or /help.")
            else:
                sentence = say("This code is not right, or no longer valid.")
        elif self._just_refused(user.id):
            return
        await self._say(message.chat_id, sentence, reader)

    def _just_refused(self, account: int) -> bool:
        """Whether this stranger was told a moment ago: an album, or a flood, gets one sentence."""
        now = monotonic()
        self._refused_at = {
            other: at for other, at in self._refused_at.items() if now - at < _QUIET_SECONDS
        }
        if account in self._refused_at:
            return True
        self._refused_at[account] = now
        return False

    async def _refuse_group(self, chat_id: int, user: User) -> None:
        """One sentence per group, as everybody in it would see what the desk answers."""
        if chat_id not in self._refused_groups:
            self._refused_groups.add(chat_id)
            reader = Reader(nearest(user.language_code or ""), self.zone)
            await self._say(
                chat_id, say("This desk answers in private chats only, not in groups."), reader
            )

    async def _say(self, chat_id: int, sentence: Sentence, reader: Reader) -> None:
        try:
            await self._bot.send_message(chat_id, plain(sentence, reader))
        except (Forbidden, BadRequest) as error:
            _log.warning("not sent: %s", type(error).__name__)


class _Prompted(filters.MessageFilter):
    """Whether a message answers a prompt of the bot's."""

    def __init__(self, prompt: Callable[[Message], Action | None]) -> None:
        super().__init__()
        self._prompt = prompt

    def filter(self, message: Message) -> bool:
        return self._prompt(message) is not None


async def _answered(turn: Turn, answer: Awaitable[None]) -> None:
    """Let a handler answer; what it refuses is told, what is unavailable is tried again."""
    try:
        await answer
    except Unavailable:
        raise
    except VerifyError as error:
        await turn.tell(error.sentence, step="refused")


async def _not_understood(turn: Turn) -> None:
    await turn.tell(
        say("I cannot work with this kind of message. Send a picture or a file, or see /help.")
    )


def _stranger() -> Sentence:
    return say("This desk serves only people whom its owners have admitted.")


def _failed() -> Sentence:
    return say(
        "Something went wrong with this message. It is kept; whoever runs the desk finds the"
        " reason in its log."
    )


def _merged(modules: list[ModuleType], name: str) -> dict[str, Callable[..., Awaitable[None]]]:
    """One table out of the modules' own. Raises ImportError when two use the same name."""
    merged: dict[str, Callable[..., Awaitable[None]]] = {}
    for module in modules:
        for key, answer in getattr(module, name, {}).items():
            if key in merged:
                raise ImportError(f"{module.__name__} repeats {key!r} in {name}")
            merged[key] = answer
    return merged
