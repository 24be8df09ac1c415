"""A bot and a person on the local chat; a browser for its page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.localchat.line import Line, line
from tests.localchat.served import Served, served
from verify.sandbox import Sandbox

Talk = Callable[[Line], Awaitable[None]]


@pytest.fixture
def temple(china: Path) -> bytes:
    """The photograph of a temple, as a file."""
    return china.read_bytes()


@pytest.fixture
def dahlia(flower: Path) -> bytes:
    """The photograph of a dahlia, as a file."""
    return flower.read_bytes()


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox, chromium: Browser
) -> Iterator[Served]:
    """A chat with a small bot for the tests of a module, that a browser can open."""
    with served(tmp_path_factory.mktemp("home"), sandbox) as server:
        yield server


@pytest.fixture
def hold(home: Path, sandbox: Sandbox) -> Callable[[Talk], None]:
    """Hold a talk in process."""
    return lambda talk: _hold(talk, home, sandbox, over_http=False)


@pytest.fixture(params=["in process", "over HTTP"])
def hold_both_ways(
    request: pytest.FixtureRequest, home: Path, sandbox: Sandbox
) -> Callable[[Talk], None]:
    """Hold a talk with the bot in process, and again with it at the other end of a socket."""
    return lambda talk: _hold(talk, home, sandbox, over_http=request.param == "over HTTP")


def _hold(talk: Talk, home: Path, sandbox: Sandbox, *, over_http: bool) -> None:
    async def held() -> None:
        async with line(home, sandbox, over_http=over_http) as ours:
            await asyncio.wait_for(talk(ours), 240)

    asyncio.run(held())
