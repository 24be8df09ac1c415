"""A reporter's afternoon with exports, in a real browser on the real program: docs/archive.md.

With VERIFY_SCREENSHOTS=docs/images it also makes the pictures of that page.
"""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks import world
from tests.conftest import PATIENCE, command, serving
from tests.photographs import encode, photograph, shrunk
from tests.test_team_walk import picture
from tests.test_walk import open_page, send

CHINA = photograph("china")
MIDDLE = CHINA.crop((64, 43, 576, 384))


def desk_says(home: Path, *arguments: str | Path) -> str:
    """What a command says."""
    with command(*arguments, home=home) as process:
        said, _ = process.communicate()
        assert process.returncode == 0
        return str(said)


def says(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.click("#send")


def answer(page: Page, *texts: str) -> Locator:
    """The latest message of the desk in which all these words stand, in view."""
    found = page.locator("#log .message:not(.mine)")
    for text in texts:
        found = found.filter(has_text=text)
    expect(found.last).to_be_visible()
    found.last.evaluate("message => message.scrollIntoView({block: 'start'})")
    return found.last


def account(home: Path, name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(desk_says(home, "account", name, "--json"))
    return told


def test_an_afternoon_with_exports(home: Path, tmp_path: Path, chromium: Browser) -> None:
    channels, older = tmp_path / "channels", tmp_path / "older"
    contents = [encode(one) for one in (CHINA, photograph("flower"), photograph("coffee"))]
    world.build(channels, contents, 12, random.Random(1))
    world.older(older, encode(shrunk(CHINA, 0.9)))
    with serving(home) as desk:
        assert desk.stdout
        page = chromium.new_page(viewport={"width": 760, "height": 600})
        page.set_default_timeout(PATIENCE)
        open_page(page, json.loads(desk.stdout.readline())["address"])
        told = desk_says(home, "import", channels, "--yes", "--dates", "day-first")
        assert "still being compared and read" in told
        for kind in ("Telegram Desktop", "WhatsApp", "yt-dlp"):
            assert kind in told
        while account(home, "Nahr News")["compared"] is not None:
            time.sleep(0.2)
        desk_says(home, "account", "Street Copies", "--saw", "suspended")

        send(page, "crop.jpg", encode(MIDDLE), "Mosul, 12 June 2014")
        led = answer(page, "Case 1", "Seen before in the archive, within a larger picture")
        expect(led).to_contain_text(
            "First posted 2014-06-12 14:03 +00:00 by Nahr News, then by 3 others"
        )
        picture(page, "archive-answer")
        says(page, "/seen")
        stood = answer(page, "Where it stood, case 1")
        expect(stood).to_contain_text("5 posts show this picture")
        expect(stood).to_contain_text("The first stood there 59 minutes before the next")
        picture(page, "archive-seen")
        says(page, "/account Street Copies")
        expect(answer(page, "id channel1003", "suspended")).to_contain_text("surely a later one of")
        picture(page, "archive-account")

        says(page, "/verdict original Nahr News has the frames before and after")
        asked = answer(page, "against which claim")
        asked.get_by_role("button", name="Claim 1").click()
        answer(page, "what do you conclude?").get_by_role("button", name="Original").click()
        answer(page, "Verdict in case 1: Original")
        desk_says(home, "import", older, "--yes")
        while account(home, "River Archive")["compared"] is not None:
            time.sleep(0.2)
        says(page, "/ledger")
        expect(answer(page, "Ledger of case 1", "Homs")).to_contain_text("Mosul")
        picture(page, "archive-ledger")
        news = answer(page, "Case 1 was concluded", "Original", "Since then:")
        expect(news).to_contain_text("Reopen it?")
        expect(news).to_contain_text("2012-05-03")
        picture(page, "archive-notice")
        page.close()
