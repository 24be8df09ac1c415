"""`verify-desk serve`: the desk in a chat, in the browser or on Telegram."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING

import click

from verify.cli.arguments import json_option
from verify.cli.opened import name_at_terminal
from verify.cli.output import json_line, tell
from verify.cli.progress import brought_up_to_date
from verify.config import Config, read_config
from verify.records import Sentence, listed, say

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.localchat import LocalChat

_OPENED_SECONDS = 2.0  # until the page is there
_SCREENS = {"DISPLAY", "WAYLAND_DISPLAY"}


@click.command()
@json_option
@click.option("--no-browser", is_flag=True, help="Do not open the page by itself.")
def command(as_json: bool, no_browser: bool) -> None:
    """Serve the desk in a chat.

    Without a token that is a page on this computer, which is opened where there is a screen. With
    TELEGRAM_BOT_TOKEN or TELEGRAM_BOT_TOKEN_FILE it is Telegram. Ctrl-C stops it.
    """
    config = read_config()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    from verify.desk import Desk
    from verify.jobs.door import open_door

    with brought_up_to_date() as progress:
        opened = Desk(config.home, trust=config.trust, progress=progress, joining=config.hub)
    with (
        opened as desk,
        open_door(desk, config.home),
    ):
        for sentence in desk.mended:
            _to_console(sentence)
        desk.prepare()
        asyncio.run(_serve(config, desk, as_json, browser=not (as_json or no_browser)))


async def _serve(config: Config, desk: Desk, as_json: bool, *, browser: bool) -> None:
    from verify.places.towns import towns

    stop = _stop_signal()
    # else the first caption would wait for them; who opens the page or stops the desk does not
    towns_later = threading.Timer(_OPENED_SECONDS, towns)
    towns_later.daemon = True
    towns_later.start()
    if config.token:
        await _serve_telegram(config, desk, stop, as_json)
    else:
        await _serve_page(config, desk, stop, as_json, browser=browser)


async def _serve_page(
    config: Config, desk: Desk, stop: asyncio.Event, as_json: bool, *, browser: bool
) -> None:
    from verify.chat.application import build
    from verify.localchat import LocalChat

    page = LocalChat(
        config.home,
        desk.sandbox,
        language=config.page_language,
        name=_name_of_account(),
        by_path=True,
    )
    desk.team.works_here(str(os.getuid()), "localchat", str(page.you), page.name)
    await page.start()
    try:
        bot = build(
            config,
            desk,
            token=page.token,
            owners=frozenset({page.you}),
            service="localchat",
            base_url=page.address,
            files=page.files,
            console=_to_console,
        )
        if as_json:
            json_line({"service": "localchat", "address": page.link})
        else:
            _tell_address(page)
        if browser:
            await asyncio.to_thread(_open_browser, page)
        await asyncio.gather(bot.run(stop), asyncio.to_thread(_tell_walls, desk))
    finally:
        await page.stop()


def _tell_address(page: LocalChat) -> None:
    """Say how the page is opened.

    The key is for a person at a terminal: what is written elsewhere, others may read.
    """
    if sys.stdout.isatty():
        tell(say("The desk is open. Its chat is at this address, on this computer only:"))
        click.echo(f"  {page.link}")
        tell(say("The key in the address works once. This file opens the chat again:"))
    else:
        tell(say("The desk is open. This file opens its chat, on this computer only:"))
    click.echo(f"  {page.doorway}")
    tell(say("Ctrl-C stops the desk."))


def _open_browser(page: LocalChat) -> None:
    """Open the page where a person and a screen are. The browser is handed a file's name alone:
    every account can read what a program is started with."""
    if sys.stdout.isatty() and (sys.platform == "darwin" or _SCREENS & os.environ.keys()):
        webbrowser.open(page.doorway.as_uri())


async def _serve_telegram(config: Config, desk: Desk, stop: asyncio.Event, as_json: bool) -> None:
    from verify.chat.application import build

    bot = build(config, desk, token=config.token or "", owners=config.owners, console=_to_console)
    code = None if config.owners else desk.team.owner_code()
    if as_json:
        json_line({"service": "telegram", "pairing_code": code})
    else:
        tell(say("The desk is open on Telegram. Ctrl-C stops it."))
        if code:
            tell(say("Nobody owns this desk yet. Send this to the bot within a day:"))
            click.echo(f"  /start {code}")
    await asyncio.gather(bot.run(stop), asyncio.to_thread(_tell_walls, desk))


def _to_console(sentence: Sentence) -> None:
    tell(sentence, err=True)


def _tell_walls(desk: Desk) -> None:
    """Say what does not stand between received files and this computer, and a wrong clock."""
    from verify.store.keeping.health import clock_behind

    if behind := clock_behind(desk.store):
        tell(behind, err=True)
    walls = desk.sandbox.walls()
    missing = sorted(name for name, stands in walls.items() if not stands)
    if not walls:
        tell(say("The lab cannot be started: files will be kept, but not examined."), err=True)
    elif missing:
        tell(
            say(
                "Some walls around the program that decodes files are missing here: {walls}.",
                walls=listed(missing),
            ),
            err=True,
        )


def _stop_signal() -> asyncio.Event:
    """Set by Ctrl-C or a service manager; asked again, the program ends at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def heed(name: signal.Signals) -> None:
        loop.remove_signal_handler(name)
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, heed, name)
    return stop


def _name_of_account() -> str:
    """What the computer's account calls its person: in full where it says so, else as it names
    them at a terminal. In a list that others read "You" would be anybody."""
    try:
        import pwd

        full_name = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].strip()
    except (ImportError, KeyError):  # Windows; a number without an account, as in a container
        full_name = ""
    return full_name or name_at_terminal()
