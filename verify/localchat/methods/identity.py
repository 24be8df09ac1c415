"""Who the bot is, what commands it offers, and that it has no webhook."""

from __future__ import annotations

import json
from typing import Any

from verify.localchat.exchange import Exchange, Json
from verify.localchat.limits import COMMAND_DESCRIPTION, COMMAND_NAME, COMMANDS
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call


async def get_me(exchange: Exchange, call: Call) -> Json:
    """The bot itself."""
    return {
        **exchange.bot,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def set_my_commands(exchange: Exchange, call: Call) -> bool:
    """Keep the list of commands for a scope and a language."""
    commands = call.json("commands")
    if not isinstance(commands, list):
        raise Refused("expected an Array of BotCommand")
    if len(commands) > COMMANDS:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(command) for command in commands]
    exchange.store.set_commands(_scope(call), call.text("language_code"), kept)
    for person_id, _, _ in exchange.store.people():
        exchange.feed.tell(person_id, "commands")
    return True


async def delete_webhook(exchange: Exchange, call: Call) -> bool:
    """Nothing to delete; `drop_pending_updates` is honoured."""
    if call.flag("drop_pending_updates"):
        exchange.store.updates.keep_last(0)
    return True


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise Refused("can't parse BotCommand: expected an Object")
    name = str(command.get("command") or "").strip().removeprefix("/")
    description = str(command.get("description") or "").strip()
    if not name:
        raise Refused("command must be non-empty")
    if len(name) > COMMAND_NAME:
        raise Refused(f"command length must not exceed {COMMAND_NAME}")
    if not description:
        raise Refused("command description must be non-empty")
    if len(description) > COMMAND_DESCRIPTION:
        raise Refused(f"command description length must not exceed {COMMAND_DESCRIPTION}")
    if not all(c == "_" or (c.isascii() and (c.islower() or c.isdigit())) for c in name):
        raise Refused("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def _scope(call: Call) -> str:
    scope = call.json("scope")
    return json.dumps(scope if isinstance(scope, dict) else {"type": "default"}, sort_keys=True)
