"""Boxes drawn on the page over a picture that asks for them: by mouse, touch and keyboard."""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import Page, expect
from telegram import Bot, ForceReply

from tests.localchat.served import Served
from tests.localchat.test_page import browser_tab, messages, page
from tests.localchat.test_page_at_hand import SMALL, axe

__all__ = ["browser_tab", "page"]


async def ask(bot: Bot, person: int) -> None:
    shown = io.BytesIO()
    Image.new("RGB", (400, 200), "grey").save(shown, "JPEG")
    await bot.send_photo(person, shown.getvalue(), caption="What?", reply_markup=ForceReply())


def test_boxes_are_drawn_by_mouse_and_by_keyboard(page: Page, server: Served) -> None:
    server.do(ask(server.bot, server.chat.you))
    page.get_by_role("button", name="Draw boxes").click()
    room = page.get_by_role("application", name="The frame that the next box will fill")
    expect(room).to_be_focused()
    expect(page.get_by_role("button", name="Use these boxes")).to_be_disabled()
    assert axe(page) == []
    picture = room.locator("img")
    expect(picture).to_have_js_property("naturalWidth", 400)
    at = picture.bounding_box()
    assert at
    page.mouse.move(at["x"] + 0.10 * at["width"], at["y"] + 0.20 * at["height"])
    page.mouse.down()
    page.mouse.move(at["x"] + 0.30 * at["width"], at["y"] + 0.50 * at["height"], steps=4)
    page.mouse.up()
    expect(room.locator(".box.set")).to_have_count(1)
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Enter", "Enter"):
        room.press(key)
    expect(room.locator(".box.set")).to_have_count(2)  # the same twice is one
    for key in ("ArrowRight", "Enter", "Backspace", "ArrowLeft"):
        room.press(key)
    expect(room.locator(".box.set")).to_have_count(2)
    page.get_by_role("button", name="Use these boxes").click()
    said = messages(page).last.locator(".text")
    number = r"(\d+(?:\.\d+)?)"
    expect(said).to_have_text(re.compile(rf"^You sent {number},{number},{number},{number}; .*$"))
    drawn = re.findall(",".join([number] * 4), said.inner_text())
    first, second = ([float(one) for one in box] for box in drawn)
    assert all(abs(a - b) < 1 for a, b in zip(first, (10, 20, 30, 50), strict=True))
    assert all(abs(a - b) < 1 for a, b in zip(second, (12, 22, 34, 52), strict=True))


def test_boxes_are_drawn_by_touch_and_fit_a_telephone(page: Page, server: Served) -> None:
    server.do(ask(server.bot, server.chat.you))
    page.set_viewport_size({"width": 320, "height": 700})
    page.get_by_role("button", name="Draw boxes").last.click()
    room = page.locator("#boxes-room")
    expect(room.locator("img")).to_have_js_property("naturalWidth", 400)
    assert page.evaluate(SMALL) == []
    room.evaluate(
        """(room) => {
          const { left, top, width, height } = room.querySelector("img").getBoundingClientRect();
          const at = (x, y) => ({ clientX: left + x * width, clientY: top + y * height });
          const touch = { pointerId: 7, pointerType: "touch", isPrimary: true, bubbles: true };
          room.setPointerCapture = () => {};
          room.dispatchEvent(new PointerEvent("pointerdown", { ...touch, ...at(0.8, 0.9) }));
          room.dispatchEvent(new PointerEvent("pointermove", { ...touch, ...at(0.6, 0.7) }));
          room.dispatchEvent(new PointerEvent("pointerup", { ...touch, ...at(0.5, 0.5) }));
        }"""
    )
    expect(room.locator(".box.set")).to_have_count(1)
    page.get_by_role("button", name="Use these boxes").click()
    expect(messages(page).last.locator(".text")).to_have_text(
        re.compile(r"^You sent (50|49\.9\d?),(50|49\.9\d?),80(\.\d+)?,90(\.\d+)?$")
    )
