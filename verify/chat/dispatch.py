"""From an update to the handler that answers it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from types import ModuleType
from typing import Any

from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import (
    Application,
    ApplicationHandlerStop,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from verify.chat.action import Action, decode
from verify.chat.answers import Raw
from verify.chat.channel_posts import keep_post
from verify.chat.current import current
from verify.chat.door import Door
from verify.chat.handlers import Command, Listener, Press, actions, replies, unlocked
from verify.chat.notices import Notices
from verify.chat.raw import outline
from verify.chat.replies.locked import locked
from verify.chat.sealed_files import only_files
from verify.chat.showing import remark
from verify.chat.turn import Turn
from verify.desk.permissions import require
from verify.errors import Locked, Unavailable, VerifyError
from verify.language import plain
from verify.records import Sentence, numbers, say
from verify.store.chats.chat_state import ChatState

Context = CallbackContext[Any, Any, Any, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]
_Pressed = tuple[int, int | None, str | None]  # chat, message, button

_log = logging.getLogger(__name__)
_NEW = filters.UpdateType.MESSAGE
_REPLY = _NEW & filters.REPLY & filters.TEXT & ~filters.COMMAND
_BEFORE_OTHERS = -1
_DOUBLE_SECONDS = 2.0  # between two presses of one button that were meant as one


class Dispatch:
    """The handlers of an application, each behind the door."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        modules: list[ModuleType],
        door: Door,
        memory: ChatState,
        notices: Notices,
    ) -> None:
        """Add everything to the application; the first that matches an update answers it.

        An answer to a prompt is looked for before all of them.
        """
        self._application = application
        self._bot: Bot = application.bot
        self._door, self._memory, self._notices = door, memory, notices
        self._actions = actions(modules)
        self._replies = replies(modules)
        self._unlocked = unlocked(modules)
        self._errors: dict[int, Exception] = {}
        self._last_presses: dict[int, tuple[int, _Pressed]] = {}  # by account, with its update
        for module in modules:
            if isinstance(module, Command):
                application.add_handler(
                    CommandHandler(module.COMMAND, self._command(module), filters=_NEW)
                )
        application.add_handler(MessageHandler(_REPLY, self._replied), _BEFORE_OTHERS)
        application.add_handler(MessageHandler(filters.UpdateType.CHANNEL_POSTS, self._posted))
        for module in modules:
            if isinstance(module, Listener):
                serve = self._serve(module.handle, module)
                application.add_handler(MessageHandler(module.FILTER, serve))
        application.add_handler(MessageHandler(_NEW, self._serve(_not_understood)))
        application.add_handler(CallbackQueryHandler(self._pressed))
        application.add_error_handler(self._caught)

    async def process(self, update: Update) -> None:
        """Answer an update. Raises what went wrong, which the client library would swallow."""
        await self._application.process_update(update)
        self._notices.ring()
        if error := self._errors.pop(update.update_id, None):
            raise error

    async def _caught(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and isinstance(context.error, Exception):
            self._errors[update.update_id] = context.error
        raise ApplicationHandlerStop  # or a handler of the next group would answer, too

    async def give_up(self, raw: Raw, error: Exception) -> None:
        """Tell the sender, then the owners, that an update could not be worked off."""
        turn = await self._turn_of(raw)
        if turn:
            await turn.tell(_lost() if turn.sealed else _reason(error), step="gave up")
        await self._door.tell_owners(_set_aside(), but=turn.account if turn else 0)

    async def _turn_of(self, raw: Raw) -> Turn | None:
        """The turn of who sent it, for a word to them, also where the rest cannot be read."""
        for outlined in (False, True):
            try:
                update = Update.de_json(outline(raw) if outlined else raw, self._bot)
                return await self._door.enter(update) if update else None
            except (TelegramError, VerifyError):
                raise
            except Exception as error:  # what it failed of, perhaps
                _log.warning("who sent it cannot be read: %s", type(error).__name__)
        return None

    def _command(self, module: Command) -> Callback:
        async def answer(turn: Turn) -> None:
            text = turn.message.text if turn.message else None
            words = (text or "").split(None, 1)[1:]
            self._demand(turn, module.COMMAND)
            if module.COMMAND in self._unlocked and (case_id := await turn.opened_case()):
                await turn.demand_unlocked(case_id)
            await module.handle(turn, words[0].strip() if words else "")

        return self._serve(answer, module)

    def _serve(self, answer: Callable[[Turn], Awaitable[None]], module: object = None) -> Callback:
        """module: whose handler it is, which says whether it serves in a sealed chat."""
        serves_sealed = getattr(module, "IN_SEALED", False)

        async def callback(update: Update, context: Context) -> None:
            if turn := await self._door.enter(update):
                shut = turn.sealed and not serves_sealed
                await _answered(turn, only_files(turn) if shut else answer(turn))

        return callback

    async def _posted(self, update: Update, context: Context) -> None:
        """Keep what stands in a channel. Nobody is answered there."""
        if message := update.channel_post or update.edited_channel_post:
            await keep_post(self._door, message)

    async def _replied(self, update: Update, context: Context) -> None:
        """Take a written answer to a prompt; leave any other reply to the other handlers."""
        message = update.message
        action = await asyncio.to_thread(self._prompt, message) if message else None
        if message is None or action is None:
            return
        turn = await self._door.enter(update)
        if turn and turn.sealed:
            await _answered(turn, only_files(turn))
        elif turn:
            take, text = self._replies[action.name], message.text or ""
            await _answered(
                turn, self._act(turn, action, lambda turn, meant: take(turn, meant, text))
            )
        raise ApplicationHandlerStop

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
        turn = await self._door.enter(update)
        if query is None or turn is None:
            return
        if turn.sealed:
            await turn.out.acknowledge(query.id)
            await _answered(turn, only_files(turn))
            return
        if await self._is_double(turn, query):
            await turn.out.acknowledge(query.id)
            return
        known = await turn.call(self._memory.button, query.data or "")
        action = decode(known.action) if known else None
        if known is None or action is None or action.name not in self._actions:
            await self._brush_off(turn, query.id, say("This button no longer works."))
        elif (known.person_id, known.chat_id) != (turn.person.id, turn.out.chat_id):
            await self._brush_off(turn, query.id, say("This button is not yours to press."))
        elif known.expired:
            expired = say(
                "This button has expired. Find the case again with {command}.", command="/cases"
            )
            await self._brush_off(turn, query.id, expired)
        else:
            await turn.out.acknowledge(query.id, await remark(turn, action))
            await _answered(turn, self._act(turn, action, self._actions[action.name]))

    async def _is_double(self, turn: Turn, query: CallbackQuery) -> bool:
        """Whether this is the second half of a double tap: one answer is enough.

        What counts is when the presses came: the first may have taken long to answer.
        """
        update_id, pressed = turn.out.update_id, (turn.out.chat_id, turn.pressed, query.data)
        before, former = self._last_presses.get(turn.account, (update_id, pressed))
        self._last_presses[turn.account] = update_id, pressed
        if before == update_id or former != pressed:  # the same update is one that is tried again
            return False
        apart = await turn.call(self._memory.seconds_apart, self._bot.id, before, update_id)
        return apart is not None and apart < _DOUBLE_SECONDS

    async def _act(self, turn: Turn, action: Action, press: Press) -> None:
        """Do what was meant, in the case that stands for its number by now."""
        self._demand(turn, action.name)
        meant = await current(turn, action)
        turn.out.ledger.read |= numbers(meant.case_id, meant.exhibit_id, meant.claim_id)
        turn.address(meant.case_id)
        if action.name in self._unlocked and meant.case_id:
            await turn.demand_unlocked(meant.case_id)
        await press(turn, meant)

    def _demand(self, turn: Turn, name: str) -> None:
        """Raise NotAllowed before a person is asked for what they may not do."""
        if least := self._door.needs.get(name):
            require(turn.person, least)

    async def _brush_off(self, turn: Turn, query_id: str, sentence: Sentence) -> None:
        await turn.out.acknowledge(query_id, plain(sentence, turn.reader))


async def _answered(turn: Turn, answer: Awaitable[None]) -> None:
    """Let a handler answer; what it refuses is told, what is unavailable is tried again."""
    try:
        await answer
    except Unavailable:
        raise
    except Locked as error:
        page = locked(error.sentence, error.case_id, _written(turn), turn.reader)
        await turn.out.send("refused", page, case_id=error.case_id)
    except VerifyError as error:
        await turn.tell(error.sentence, step="refused")
    await turn.heard()


def _written(turn: Turn) -> str:
    """What the person wrote, without a command."""
    text = (turn.message and (turn.message.text or turn.message.caption)) or ""
    return (*text.split(None, 1), "", "")[1].strip() if text.startswith("/") else text.strip()


async def _not_understood(turn: Turn) -> None:
    if turn.person.among_others:  # in a group people send each other what they like
        return
    await turn.tell(
        say("I cannot work with this kind of message. Send a picture or a file, or see /help.")
    )


def _set_aside() -> Sentence:
    return say(
        "A message to the desk could not be worked off after three tries. It was set aside; the"
        " desk's log has the reason."
    )


def _lost() -> Sentence:
    return say(
        "Something went wrong with this message. This chat is sealed, so nothing of it was kept:"
        " please send it again."
    )


def _reason(error: Exception) -> Sentence:
    if isinstance(error, VerifyError):
        return error.sentence
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return say(
            "For an hour the chat service delivered no file and took no answer. Please "
            "send this message again."
        )
    return say(
        "Something went wrong with this message. It is kept; whoever runs the desk finds the"
        " reason in its log."
    )
