"""A day at a desk of four, walked through in a browser with the page's user switch.

With VERIFY_SCREENSHOTS=docs/images it also makes the pictures of docs/desk.md.
"""

from __future__ import annotations

import asyncio
import io
import os
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import PATIENCE
from tests.photographs import encode, photograph, shrunk
from verify.chat.application import build
from verify.config import read_config
from verify.desk import Desk
from verify.localchat import LocalChat
from verify.sandbox import Sandbox


class Served:
    """A desk that serves the page over HTTP, in a thread of its own beside the browser."""

    def __init__(self, home: Path, sandbox: Sandbox) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._desk = Desk(home, sandbox=sandbox)
        self._home = home
        self.do(self._start())

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(240)

    def rest(self) -> None:
        """Wait until all that came is answered."""
        self.do(self._rested())

    async def _rested(self) -> None:
        while self.chat.exchange.store.updates.pending():  # noqa: ASYNC110 - nothing rings
            await asyncio.sleep(0.01)
        await self._bot.inbox.idle()

    def close(self) -> None:
        self.do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._desk.close()

    async def _start(self) -> None:
        self.chat = LocalChat(self._home, self._desk.sandbox)
        await self.chat.start()
        self._bot = build(
            read_config({"VERIFY_HOME": str(self._home)}),
            self._desk,
            token=self.chat.token,
            owners=frozenset({self.chat.you}),
            service="localchat",
            base_url=self.chat.address,
        )
        await self._bot.start()

    async def _stop(self) -> None:
        await self._bot.stop()
        await self.chat.stop()


class Walk:
    """One tab, and who sits before it."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page = page
        self._served = served

    def add(self, name: str) -> None:
        """Somebody new sits down."""
        self.page.get_by_label("Who you are").select_option("new")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name", exact=True).fill(name)
        dialog.get_by_role("button", name="Add").click()
        self._seated(name)

    def is_called(self, name: str) -> None:
        """Who sits here says their name."""
        self.page.get_by_label("Who you are").select_option("rename")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name", exact=True).fill(name)
        dialog.get_by_role("button", name="Save").click()
        self._seated(name)

    def become(self, name: str) -> None:
        """Somebody who was here before sits down."""
        self.page.get_by_label("Who you are").select_option(name)
        self._seated(name)

    def _seated(self, name: str) -> None:
        self.page.wait_for_url("**/?person=*")
        expect(self.page.locator("#person option:checked")).to_have_text(name)
        expect(self.page.locator("#log")).to_have_attribute("aria-busy", "false")

    def says(self, text: str) -> Locator:
        """Write; gives the answer, once it is there."""
        self._served.rest()  # or the rest of an earlier answer is taken for this one
        mine = self.page.locator("#log .message.mine")
        before = mine.count()
        self.page.locator("#text").fill(text)
        self.page.keyboard.press("Enter")
        expect(mine).not_to_have_count(before)
        own = mine.last.get_attribute("id")
        answers = self.page.locator(f"#{own} ~ .message:not(.mine)")
        expect(answers).not_to_have_count(0)
        return self._pinned(answers.last)

    def sends(self, photograph: Path, caption: str = "") -> Locator:
        """Send a file; gives the examination, once it is finished."""
        examined = self.answers().filter(has=self.page.get_by_role("button", name="Manage"))
        before = examined.count()
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="Attach files").click()
        chooser.value.set_files(photograph)
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Caption").fill(caption)
        dialog.get_by_role("button", name="Send").click()
        expect(examined).not_to_have_count(before)
        return self._pinned(examined.last)

    def answers(self) -> Locator:
        return self.page.locator("#log .message:not(.mine)")

    def last(self) -> Locator:
        return self._pinned(self.answers().last)

    def _pinned(self, message: Locator) -> Locator:
        """This very message, also when others follow."""
        return self.page.locator(f"#{message.get_attribute('id')}")

    def asks(self, message: Locator, label: str) -> Locator:
        """Press a button that is answered by a new message; gives that."""
        self._served.rest()
        before = self.answers().count()
        self.press(message, label)
        expect(self.answers()).not_to_have_count(before)
        return self.last()

    def press(self, message: Locator, label: str) -> None:
        message.get_by_role("button", name=label, exact=True).click()


def picture(page: Page, name: str) -> None:
    """Keep what the page shows, small, when somebody asked for the pictures."""
    if folder := os.environ.get("VERIFY_SCREENSHOTS"):
        page.wait_for_timeout(400)
        shot = Image.open(io.BytesIO(page.screenshot()))
        Path(folder).mkdir(parents=True, exist_ok=True)
        shot.convert("RGB").quantize(128).save(Path(folder) / f"{name}.png", optimize=True)


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox, chromium: Browser
) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("desk") / "home", sandbox)
    yield server
    server.close()


@pytest.fixture
def walk(server: Served, chromium: Browser) -> Iterator[Walk]:
    context = chromium.new_context(viewport={"width": 900, "height": 860})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(server.chat.link)
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    yield Walk(page, server)
    context.close()


def admit(walk: Walk, name: str, role: str) -> None:
    """The owner invites; the invited one writes the code."""
    walk.become("Olga")
    team = walk.says("/team")
    walk.press(team, "Invite")
    expect(team).to_contain_text("With which role?")
    picture(walk.page, "invite")
    invitation = walk.asks(team, role)
    code = invitation.locator("code").inner_text()
    walk.become(name)
    expect(walk.says(code)).to_contain_text("You are admitted")


def test_a_day_at_a_desk_of_four(walk: Walk, china: Path, flower: Path, tmp_path: Path) -> None:
    walk.is_called("Olga")
    # strangers are turned away, until an owner invites them
    for name in ("Edda", "Rosa", "Sam"):
        walk.add(name)
    expect(walk.says("hello")).to_contain_text("serves only people")
    picture(walk.page, "stranger")
    admit(walk, "Edda", "Editor")
    admit(walk, "Rosa", "Reporter")

    # a reporter brings a picture; the owner's own case matches it
    walk.become("Olga")
    walk.sends(flower, "A dahlia in the park")
    walk.says("/confidential")
    walk.become("Rosa")
    hers = walk.sends(china, "A temple in Beijing in 2008")
    expect(hers).to_contain_text("Case 2")
    walk.press(hers, "Manage")
    expect(hers.get_by_role("button", name="Assign")).to_be_visible()
    walk.press(hers, "Assign")
    walk.press(hers, "Rosa")
    expect(hers).to_contain_text("With Rosa")
    picture(walk.page, "manage")
    walk.press(hers, "Back to the examination")
    expect(hers.get_by_role("button", name="Manage")).to_be_visible()

    # the confidential case tells her nothing but whom to ask
    same = walk.sends(flower)
    expect(same).to_contain_text("Seen in a case that you cannot open; ask Olga")
    same.get_by_text("Seen in a case that you cannot open").scroll_into_view_if_needed()
    picture(walk.page, "confidential")
    listed = walk.says("/cases")
    expect(listed).to_contain_text("Case 2")
    assert listed.get_by_role("button", name="Case 1", exact=True).count() == 0

    # her picture is a copy of one in a case that goes on: a button joins the two
    coffee = photograph("coffee")
    (tmp_path / "first.jpg").write_bytes(encode(coffee))
    (tmp_path / "copy.jpg").write_bytes(encode(shrunk(coffee)))
    walk.become("Edda")
    expect(walk.sends(tmp_path / "first.jpg", "A cup in Cairo")).to_contain_text("Case 4")
    walk.become("Rosa")
    copy = walk.sends(tmp_path / "copy.jpg", "A cup in Beirut")
    expect(copy).to_contain_text("Case 5")
    copy.get_by_role("button", name="Join case 4").scroll_into_view_if_needed()
    picture(walk.page, "join")
    walk.press(copy, "Join case 4")
    expect(copy).to_contain_text("Put everything of case")
    walk.press(copy, "Yes, into case 4")
    expect(copy).to_contain_text("is part of case")
    assert walk.says("/cases").get_by_role("button", name="Case 5", exact=True).count() == 0

    # she proposes a verdict, the editor is told, looks and confirms
    choosing = walk.asks(walk.says("/case 2"), "Verdict")
    expect(choosing).to_contain_text("against which claim")
    walk.press(choosing, "Claim 1")
    expect(choosing).to_contain_text("starred items are unanswered")
    picture(walk.page, "verdict")
    walk.press(choosing, "Out of context")
    expect(walk.page.locator("#context")).to_contain_text("why you conclude")
    kept = walk.says("The same temple stood on postcards of 1998")
    expect(kept).to_contain_text("waits for somebody else")
    walk.become("Edda")
    notice = walk.answers().filter(has_text="waits to be confirmed")
    expect(notice).to_be_visible()
    opened = walk.asks(notice, "Case 2")
    review = walk.asks(opened, "Review the proposed verdict")
    expect(review).to_contain_text("postcards of 1998")
    picture(walk.page, "review")
    walk.press(review, "Confirm")
    expect(review).to_contain_text("concluded and locked")

    # the same picture comes in again: the verdict leads
    again = walk.sends(china)
    expect(again).to_contain_text("Case 2 · Concluded: Out of context")
    expect(again).to_contain_text("This very file came to this case 2 times")
    again.get_by_text("Concluded: Out of context").scroll_into_view_if_needed()
    picture(walk.page, "correction")
    (tmp_path / "china.jpg").write_bytes(encode(shrunk(photograph("china"))))
    near = walk.sends(tmp_path / "china.jpg")
    expect(near).to_contain_text("A near copy was concluded in case 2: Out of context")

    # a removed member presses an old button
    walk.become("Olga")
    team = walk.says("/team")
    picture(walk.page, "team")
    walk.press(team, "Rosa")
    walk.press(team, "Remove from the desk")
    walk.press(team, "Yes, remove")
    expect(team).not_to_contain_text("Rosa")
    handed = walk.says("/handover")
    expect(handed).to_contain_text("starred questions, verdict")
    picture(walk.page, "handover")
    walk.become("Rosa")
    old = walk.answers().filter(has=walk.page.get_by_role("button", name="More")).last
    walk.press(old, "More")
    expect(walk.page.locator("#toast")).to_contain_text("serves only people")
    picture(walk.page, "removed")
