"""The page in a hand: what is typed stays, buttons are whole words, nobody is kept out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from tests.conftest import PATIENCE
from tests.localchat.served import Served
from tests.localchat.test_page import browser_tab, choose, messages, page, write

__all__ = ["browser_tab", "page"]
# The words of every button, and those of them that are broken over two lines.
BROKEN = """
() => [...document.querySelectorAll(".key")].flatMap((key) => {
  const text = key.firstChild, range = document.createRange();
  return [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1;
  }).map(([word]) => word);
})
"""
SMALL = """
() => [...document.querySelectorAll("button, select, input, textarea, a.key, [role=option]")]
  .filter((one) => one.checkVisibility() && !one.matches(".command, [type=radio], [type=checkbox]"))
  .map((one) => [one.id || one.className, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
  .map(([name, box]) => `${name} ${box.width} x ${box.height}`)
"""


def axe(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    checker = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = checker.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


def test_the_list_behind_the_slash_button_stays_open(page: Page) -> None:
    field = page.get_by_role("textbox", name="Message")
    options = page.get_by_role("listbox", name="Commands").get_by_role("option")
    field.fill("half a sentence")
    for _ in range(2):
        page.get_by_role("button", name="Commands").click()
        page.wait_for_timeout(250)
        expect(options).to_have_count(2)
        assert axe(page) == []
        page.get_by_role("button", name="Commands").click()
        expect(options).to_have_count(0)
    expect(field).to_have_value("half a sentence")
    page.get_by_role("button", name="Commands").click()
    options.nth(1).click(delay=300)
    expect(messages(page).nth(0)).to_contain_text("/cases")
    expect(field).to_have_value("half a sentence")
    page.get_by_role("button", name="Commands").click()
    field.press("ArrowDown")
    field.press("Tab")
    expect(field).to_have_value("/cases half a sentence")


def test_typed_words_outlive_a_cancelled_attachment_and_as_photo_does_not(
    page: Page, china: Path, tmp_path: Path
) -> None:
    field = page.get_by_role("textbox", name="Message")
    field.fill("From the old market")
    dialog = choose(page, china)
    expect(dialog.get_by_label("Caption")).to_have_value("From the old market")
    dialog.get_by_text("As photo").click()
    assert axe(page) == []
    dialog.get_by_label("Caption").fill("From the new market")
    dialog.get_by_role("button", name="Cancel").click()
    expect(field).to_have_value("From the new market")
    choose(page, china)
    expect(dialog.get_by_role("radio", name="As file")).to_be_checked()
    dialog.get_by_text("As photo").click()
    dialog.get_by_role("button", name="Send").click()
    expect(messages(page).nth(0)).to_contain_text("From the new market")
    expect(field).to_have_value("")
    empty = tmp_path / "empty.jpg"
    empty.write_bytes(b"")
    choose(page, empty)
    expect(dialog.get_by_role("radio", name="As file")).to_be_checked()
    expect(dialog.get_by_role("alert")).to_contain_text("The file is empty.")
    expect(dialog.get_by_role("button", name="Send")).to_be_disabled()
    assert axe(page) == []


def test_a_double_click_is_one_press(page: Page, server: Served) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Staged", callback_data="Alert")]])
    server.do(server.bot.send_message(server.chat.you, "What?", reply_markup=keyboard))
    presses: list[str] = []
    page.on("request", lambda one: presses.append(one.url) if "press" in one.url else None)
    page.get_by_role("button", name="Staged").dblclick()
    expect(page.get_by_text("Read this first")).to_be_visible()
    assert len(presses) == 1


def test_a_page_that_is_in_lets_another_browser_in(
    page: Page, server: Served, chromium: Browser
) -> None:
    page.get_by_role("button", name="Open in another browser").click()
    dialog = page.get_by_role("dialog", name="Open in another browser")
    expect(dialog).to_be_visible()
    assert axe(page) == []
    address = dialog.get_by_label("Address").input_value()
    dialog.get_by_role("button", name="Close").click()
    expect(page.locator("#key-address")).to_have_value("")
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    other = context.new_page()
    other.goto(address)
    write(other, "from the other browser")
    expect(messages(page).filter(has_text="You sent from the other browser")).to_have_count(1)
    third = context.new_page()
    third.goto(address)
    expect(third.get_by_role("heading")).to_have_text("This desk is closed to this browser")
    assert axe(third) == []
    context.close()


def test_the_page_speaks_the_language_that_the_bot_was_asked_for(
    page: Page, server: Served
) -> None:
    told = {"user_id": server.chat.you, "language_code": "ar"}
    server.do(server.bot.do_api_request("setPersonLanguage", api_kwargs=told))
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert axe(page) == []


def test_the_browsers_language_is_spoken_until_somebody_chooses_one(
    page: Page, server: Served, chromium: Browser
) -> None:
    for stored, spoken in (("", "ar"), ("en", "en")):
        server.chat.exchange.store.set_language(server.chat.you, stored)
        context = chromium.new_context(locale="ar-EG")
        other = context.new_page()
        other.goto(server.chat.link)
        expect(other.locator("#log")).to_have_attribute("aria-busy", "false")
        expect(other.locator("html")).to_have_attribute("lang", spoken)
        context.close()
        assert server.chat.exchange.person(server.chat.you)["language_code"] == spoken


@pytest.mark.parametrize("language", ["en", "ar"])
def test_at_320_pixels_buttons_are_whole_words_and_large_enough(
    page: Page, server: Served, china: Path, language: str
) -> None:
    server.chat.exchange.store.set_language(server.chat.you, language)
    page.set_viewport_size({"width": 320, "height": 700})
    page.reload()
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    labels = {
        "en": ["Checklist", "Manage", "Confidentiality", "Accept what is proposed", "AI-generated"],
        "ar": ["قائمة التحقق", "لا يمكن التحقق", "المصادفة", "قبول ما هو مقترح", "مولَّدة بالذكاء"],
    }[language]
    rows = [[InlineKeyboardButton(one, callback_data=one) for one in labels]]
    text = "SHA-256 <code>18f39a</code>، <i>كما هي</i>، <i>as it is</i>" + " word" * 40
    send = server.bot.send_message
    keyboard = InlineKeyboardMarkup(rows)
    server.do(send(server.chat.you, text, parse_mode="HTML", reply_markup=keyboard))
    server.do(server.chat.send_file(server.chat.you, china.read_bytes(), "a.jpg", as_photo=True))
    expect(page.locator(".key").first).to_be_visible()
    expect(messages(page)).to_have_count(3)
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= 320")
    styles = [
        one.evaluate("one => getComputedStyle(one).fontStyle") for one in page.locator("em").all()
    ]
    assert styles == ["normal", "italic" if language == "en" else "normal"]
    code = page.locator(".text code").first
    expect(code).to_have_css("direction", "ltr")
    expect(code).to_have_css("unicode-bidi", "isolate")
    assert axe(page) == []


def test_what_is_larger_than_the_lab_takes_is_a_sentence_and_less_is_not(
    page: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: Served
) -> None:
    monkeypatch.setattr("verify.localchat.reading.FILE_BYTES", 60_000_000)
    page.reload()
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(60_000_001)
    dialog = choose(page, large)
    expect(dialog.get_by_role("alert")).to_contain_text("the most that the desk examines")
    dialog.get_by_role("button", name="Cancel").click()
    with large.open("wb") as file:
        file.truncate(52_000_000)
    choose(page, large)
    dialog.get_by_role("button", name="Send").click()
    expect(messages(page).nth(0)).to_contain_text("large.bin")
    expect(messages(page).nth(1)).to_be_visible()
