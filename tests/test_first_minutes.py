"""The first minutes of somebody new, on a phone, in each language: what is read, in words.

With VERIFY_SCREENSHOTS=docs/images it also makes the pictures of the README.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import ImageOps
from playwright.sync_api import Browser, Locator, expect

from tests.conftest import PATIENCE
from tests.localchat.test_page_at_hand import BROKEN, axe
from tests.photographs import encode, photograph, shrunk
from tests.test_team_walk import Served, Walk, picture
from verify.language import Reader, plain
from verify.records import Sentence, say
from verify.sandbox import Sandbox

CHINA = photograph("china")
SAID = {
    "en": ("Hama this morning", "Tikrit, 12 June 2014", "The film set was found", "film set"),
    "ar": ("حماة هذا الصباح", "تكريت، 12 يونيو 2014", "وُجد موقع التصوير", "موقع التصوير"),
}


class Newcomer(Walk):
    """Somebody new, who reads one language."""

    def __init__(self, served: Served, browser: Browser, language: str) -> None:
        chat = served.chat
        chat.exchange.store.set_language(chat.you, language)
        self._reader = Reader(language, ZoneInfo("UTC"))
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.set_default_timeout(PATIENCE)
        page.goto(chat.link)
        expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
        super().__init__(page, served)

    def named(self, label: Sentence) -> str:
        return plain(label, self._reader)

    def tap(self, message: Locator, label: Sentence) -> None:
        self.press(message, self.named(label))

    def sent(self, name: str, content: bytes, caption: str = "") -> Locator:
        """Send a file; gives the examination, once it is finished."""
        more = self.page.get_by_role("button", name=self.named(say("More")), exact=True)
        manage = self.page.get_by_role("button", name=self.named(say("Checklist")), exact=True)
        examined = self.answers().filter(has=more).filter(has=manage)
        before = examined.count()
        file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
        self.page.set_input_files("#picker", file)
        self.page.fill("#caption", caption)
        self.page.click("#files-send")
        expect(examined).not_to_have_count(before)
        return self._pinned(examined.last)

    def keeps(self, name: str, message: Locator) -> None:
        """A picture for the README, in English."""
        if self._reader.language == "en":
            message.evaluate("message => message.scrollIntoView()")
            picture(self.page, name)

    def sees_nothing_wrong(self) -> None:
        assert self.page.evaluate(BROKEN) == []
        assert axe(self.page) == []


def count(*messages: Locator) -> int:
    """The words of messages: what has a letter or a digit in it."""
    shown = " ".join(one.locator(".text").inner_text() for one in messages)
    return sum(any(sign.isalnum() for sign in word) for word in shown.split())


@pytest.fixture(params=["en", "ar"])
def newcomer(
    request: pytest.FixtureRequest, tmp_path: Path, sandbox: Sandbox, chromium: Browser
) -> Iterator[tuple[Newcomer, str]]:
    served = Served(tmp_path / "home", sandbox)
    walk = Newcomer(served, chromium, request.param)
    yield walk, request.param
    walk.page.close()
    served.close()


def test_somebody_new_gets_from_a_photo_to_a_verdict(newcomer: tuple[Newcomer, str]) -> None:
    walk, language = newcomer
    then, now, reason, asked = SAID[language]
    first = walk.sent("temple.jpg", encode(CHINA), then)
    expect(first).to_contain_text(
        walk.named(say("Not seen at this desk before. It may still exist elsewhere."))
    )
    assert count(first) <= 60
    walk.sees_nothing_wrong()
    walk.keeps("answer", first)
    walk.tap(first, say("More"))
    expect(first).to_contain_text("SHA-256")
    walk.page.click("#command-button")
    expect(walk.page.locator("#command-list")).to_be_visible()
    walk.sees_nothing_wrong()
    walk.page.keyboard.press("Escape")

    edited = CHINA.copy()
    edited.paste((0, 0, 0), (180, 140, 300, 250))
    copy = walk.sent("copy.jpg", encode(ImageOps.mirror(shrunk(edited))), now)
    changed = walk.named(say("What changed"))
    card = walk.answers().filter(has=walk.page.get_by_role("button", name=changed)).last
    expect(card.locator(".picture")).to_be_visible()
    card = walk._pinned(card)
    assert count(copy, card) <= 120
    expect(copy).to_contain_text(then)
    walk.sees_nothing_wrong()
    card.locator(".picture").click()
    walk.keeps("card", card)
    walk.press(card, changed)
    expect(
        card.get_by_role("button", name=walk.named(say("Side by side")), exact=True)
    ).to_be_visible()
    expect(card).to_contain_text(re.compile(r"1\. "))
    walk.keeps("changed", card)

    walk.tap(copy, say("Checklist"))
    walk.press(copy, "1")
    for _ in range(2):  # one tap answers, and the next open item follows
        shown = copy.locator(".text").inner_text()
        walk.tap(copy, say("Does not apply"))
        expect(copy.locator(".text")).not_to_have_text(shown)
    walk.sees_nothing_wrong()
    walk.tap(copy, say("Back to the list"))
    expect(copy.locator(".text")).to_contain_text("1.")
    expect(copy.locator(".text")).to_be_in_viewport(ratio=0.2)
    walk.tap(copy, say("Back to the examination"))

    choose = walk.asks(copy, walk.named(say("Verdict")))
    walk.tap(choose, say("Claim {number}", number=1))
    staged = walk.named(say("Staged"))
    expect(choose.get_by_role("button", name=staged, exact=True)).to_be_visible()
    walk.sees_nothing_wrong()
    why = walk.asks(choose, walk.named(say("Out of context")))
    expect(why).to_be_visible()
    kept = walk.says(reason)
    expect(kept).to_contain_text(walk.named(say("Out of context")))
    found = walk.says(f'/search verdict:"{walk.named(say("Out of context"))}"')
    expect(found).to_contain_text(asked)
    assert count(found) <= 40
    walk.sees_nothing_wrong()
