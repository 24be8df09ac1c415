"""The first walk of a journalist, in a real browser on the real program.

With VERIFY_DESK_IMAGES set to a folder, the pictures of the documentation are written there.
"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PATIENCE, serving
from tests.layouts.driven import world
from tests.photographs import encode, photograph, shrunk
from verify.desk import Desk
from verify.sandbox import Sandbox

CHINA = photograph("china")
EDITS = {
    "Seen before in case 1": encode(shrunk(CHINA), quality=30),
    "mirrored left to right": encode(ImageOps.mirror(CHINA)),
    "turned 90° clockwise": encode(CHINA.transpose(Image.Transpose.ROTATE_270)),
}


def open_page(page: Page, address: str) -> None:
    """Open the chat, and wait until it takes files: it asks the desk for its messages first."""
    page.goto(address)
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")


def send(page: Page, name: str, content: bytes, caption: str = "") -> None:
    """Choose a file, send it as a file."""
    page.set_input_files("#picker", {"name": name, "mimeType": "image/jpeg", "buffer": content})
    page.fill("#caption", caption)
    page.click("#files-send")


def message(page: Page, *texts: str) -> object:
    """The latest message in which all these words stand."""
    found = page.locator("#log article")
    for text in texts:
        found = found.filter(has_text=text)
    return found.last


def picture(page: Page, name: str) -> None:
    """Write a picture of the page for the documentation, if that is asked for."""
    if folder := os.environ.get("VERIFY_DESK_IMAGES"):
        page.wait_for_timeout(1500)  # until it has scrolled
        page.screenshot(path=Path(folder) / name)


def posted(home: Path, sandbox: Sandbox) -> None:
    """Bring posts of accounts that post the same within seconds."""
    with Desk(home, sandbox=sandbox) as desk:
        sara = desk.team.at_console("7", "Sara", "en")
        number = desk.posts.begin(sara, "posts")
        desk.posts.take_words(sara, number, [*world()])
        desk.posts.end(sara, number)


def test_a_picture_is_found_again_and_a_kill_loses_nothing(
    home: Path, chromium: Browser, sandbox: Sandbox
) -> None:
    with serving(home) as desk:
        assert desk.stdout
        page = chromium.new_page(viewport={"width": 900, "height": 1180})
        page.set_default_timeout(PATIENCE)
        open_page(page, json.loads(desk.stdout.readline())["address"])
        send(page, "temple.jpg", encode(CHINA), "Hama this morning, sent by a neighbour")
        expect(message(page, "Case 1", "Checklist")).to_be_visible()
        for number, (orientation, content) in enumerate(EDITS.items(), start=2):
            send(page, f"copy-{number}.jpg", content, "Tikrit, 12 June" if number == 3 else "")
            expect(message(page, orientation, "line up")).to_be_visible()
            expect(message(page, f"Case {number}", "Seen before")).to_be_visible()
            if number == 3:
                card = message(page, "Seen before in case 1, mirrored left to right", "line up")
                card.get_by_role("button", name="Show in colour").click()
                card.get_by_role("button", name="Side by side").or_(
                    card.get_by_role("button", name="Blink")
                ).first.wait_for()
                card.scroll_into_view_if_needed()
                picture(page, "chat.png")
        page.fill("#text", "Asked the neighbour for the frames before and after.")
        page.click("#send")
        expect(message(page, "Noted in case 4")).to_be_visible()
        desk.send_signal(signal.SIGKILL)
        desk.wait()
    posted(home, sandbox)
    with serving(home) as desk:
        assert desk.stdout
        address = json.loads(desk.stdout.readline())["address"]
        open_page(page, address)
        expect(message(page, "Noted in case 4")).to_be_visible()
        send(page, "flower.jpg", encode(photograph("flower")))
        expect(message(page, "Case 5", "Not seen at this desk before")).to_be_visible()
        page.set_viewport_size({"width": 390, "height": 640})  # too low for answer and card
        send(page, "again.jpg", encode(ImageOps.flip(CHINA)))
        answer = page.locator("#log article").filter(has_text="Case 6").first
        expect(answer).to_contain_text("Seen before in case 1")
        expect(message(page, "Seen before in case 1", "line up")).to_be_visible()
        expect(answer.get_by_text("Case 6", exact=False).first).to_be_in_viewport()
        page.fill("#text", "/case 4")
        page.click("#send")
        expect(message(page, "Case 4", "frames before and after")).to_be_visible()
        page.fill("#text", "/campaign @app3")
        page.click("#send")
        told = message(page, "Posted together with @app3", "8 accounts within 1 minute")
        told.get_by_role("button", name="Timeline").click()
        timeline = message(page, "8 accounts within 1 minute").locator("img")
        expect(timeline).to_have_attribute("width", "1080")
        timeline.scroll_into_view_if_needed()
        picture(page, "campaign.png")
        page.close()
