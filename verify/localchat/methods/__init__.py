"""The Bot API's methods, found by walking this package: a new method is one new function.

A public coroutine function `send_message(exchange, call)` is the method sendMessage; it
returns what becomes `result`, or raises Refused.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from verify.localchat.exchange import Exchange
from verify.localchat.requests import Call

Method = Callable[[Exchange, Call], Awaitable[Any]]


@cache
def methods() -> dict[str, Method]:
    """Every method by its name in lower case, which is how Telegram compares names."""
    found: dict[str, Method] = {}
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        for name, function in inspect.getmembers(module, inspect.iscoroutinefunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found[name.replace("_", "")] = function
    return found
