"""The page in a real browser, with a small bot on python-telegram-bot behind it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import PATIENCE
from tests.localchat.served import Served
from verify.records import Origin, OriginKind

# Gives the element a file, the way a person drops or pastes one.
HAND_OVER = """
(element, [kind, name, content]) => {
  const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type: "image/jpeg" }));
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
  element.dispatchEvent(event);
}
"""


@pytest.fixture(scope="module")
def browser_tab(server: Served, chromium: Browser) -> Iterator[Page]:
    """One tab for all tests, opened with the printed address."""
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.chat.link)
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    yield page
    context.close()


@pytest.fixture
def page(server: Served, browser_tab: Page) -> Iterator[Page]:
    """The page of an empty chat. What the policy blocks, or a script that fails, fails the test."""
    server.do(server.empty())
    complaints: list[str] = []
    tab = browser_tab
    tab.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.set_viewport_size({"width": 1000, "height": 800})
    tab.emulate_media(color_scheme="light")
    tab.reload()
    expect(tab.locator("#log")).to_have_attribute("aria-busy", "false")
    yield tab
    assert [one for one in complaints if not one.startswith("Failed to load resource")] == []


def messages(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("article")


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")


def choose(page: Page, *files: Path) -> Locator:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach files").click()
    chooser.value.set_files(files)
    return page.get_by_role("dialog")


def hand_over(page: Page, kind: str, photograph: Path) -> None:
    content = base64.b64encode(photograph.read_bytes()).decode()
    page.locator("#scroller").evaluate(HAND_OVER, [kind, photograph.name, content])


def test_a_file_is_sent_and_a_button_edits_the_answer_in_place(
    page: Page, server: Served, china: Path
) -> None:
    expect(page.get_by_text("Send a picture to begin")).to_be_visible()
    dialog = choose(page, china)
    expect(dialog.get_by_role("radio", name="As file")).to_be_checked()
    dialog.get_by_label("Caption").fill("From the old market")
    dialog.get_by_role("button", name="Send").click()
    own, answer = messages(page).nth(0), messages(page).nth(1)
    expect(own).to_contain_text("china.jpg")
    expect(own).to_contain_text("From the old market")
    with page.expect_download() as download:
        own.get_by_role("button", name="china.jpg").click()
    assert download.value.suggested_filename == "china.jpg"
    assert Path(download.value.path()).read_bytes() == china.read_bytes()
    kept = server.chat.messages(server.chat.you)[0]["document"]
    assert server.chat.content(kept["file_unique_id"]) == china.read_bytes()
    expect(answer).to_contain_text("You sent china.jpg")
    answer.get_by_role("button", name="Turn").click()
    expect(answer).to_contain_text("Page 2")
    expect(page.get_by_text("Turned")).to_be_visible()
    expect(answer.get_by_role("button", name="Back")).to_be_visible()
    expect(messages(page)).to_have_count(2)


def test_a_dropped_picture_goes_as_a_photo_and_comes_back_hidden(page: Page, china: Path) -> None:
    hand_over(page, "dragenter", china)
    expect(page.get_by_text("Drop files to send them")).to_be_visible()
    hand_over(page, "drop", china)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("As photo").click()
    dialog.get_by_role("button", name="Send").click()
    answer = messages(page).nth(1)
    expect(answer).to_contain_text("Compare")
    hidden = answer.get_by_role("button", name="Hidden picture")
    blurred = hidden.get_by_role("img", include_hidden=True)
    expect(blurred).to_have_css("filter", re.compile("blur"))
    hidden.focus()
    page.keyboard.press("Enter")
    shown = answer.get_by_role("button", name="Show the picture larger")
    expect(shown.get_by_role("img")).to_have_css("filter", "none")
    expect(shown.get_by_role("img")).to_have_js_property("naturalWidth", 640)
    shown.click()
    expect(page.get_by_role("dialog", name="Picture")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Picture")).to_be_hidden()


def test_pasted_pictures_become_one_album(page: Page, china: Path, flower: Path) -> None:
    hand_over(page, "paste", china)
    hand_over(page, "paste", flower)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    dialog.get_by_text("As photo").click()
    dialog.get_by_label("Caption").fill("Two")
    dialog.get_by_role("button", name="Send").click()
    album = page.locator(".album.mine")
    expect(album.get_by_role("img")).to_have_count(2)
    expect(album).to_contain_text("Two")


def test_the_next_message_can_be_forwarded_from_a_channel(page: Page, server: Served) -> None:
    page.get_by_role("button", name="Forward from").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Aleppo Now")
    dialog.get_by_label("Username").fill("@aleppo_now")
    dialog.get_by_label("Number of the message").fill("4711")
    dialog.get_by_label("Posted at").fill("2024-05-04T08:30")
    dialog.get_by_role("button", name="Use for the next message").click()
    write(page, "Seen here")
    expect(messages(page).nth(0)).to_contain_text("Forwarded from Aleppo Now (@aleppo_now) · 4711")
    write(page, "My own words")
    expect(messages(page).filter(has_text="My own words").first).not_to_contain_text("Forwarded")
    origin = server.chat.messages(server.chat.you)[0]["forward_origin"]
    assert (origin["type"], origin["message_id"]) == ("channel", 4711)


def test_hostile_words_stay_words(page: Page, server: Served) -> None:
    hostile = "<img src=x onerror=alert(1)> <b>x</b> \u202egpj.exe"
    server.do(server.chat.send_text(server.chat.you, hostile))
    server.do(server.chat.send_file(server.chat.you, b"x", "photo\u202egpj.exe"))
    origin = Origin(kind=OriginKind.HIDDEN_USER, name="<script>alert(1)</script>")
    server.do(server.chat.send_text(server.chat.you, "javascript:alert(1)", origin=origin))
    expect(messages(page).filter(has_text="<img src=x onerror=alert(1)>").first).to_be_visible()
    expect(page.get_by_text("photo\ufffdgpj.exe", exact=True)).to_be_visible()
    expect(page.get_by_text("Forwarded from <script>")).to_be_visible()
    assert page.locator("#log script, #log .text img, #log a[href^=javascript]").count() == 0


def test_right_to_left_words_run_from_the_right(page: Page) -> None:
    write(page, "هذه صورة من حلب (Aleppo) في 2024")
    words = messages(page).nth(0).locator(".text")
    expect(words).to_have_css("direction", "rtl")
    write(page, "An English line")
    expect(messages(page).filter(has_text="An English line").first.locator(".text")).to_have_css(
        "direction", "ltr"
    )


def test_the_page_turns_around_for_readers_of_arabic(page: Page, server: Served) -> None:
    page.get_by_label("Language").select_option("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    attach, send = page.locator("#attach").bounding_box(), page.locator("#send").bounding_box()
    assert attach and send and attach["x"] > send["x"]
    page.locator("#text").fill("مرحبا")
    page.keyboard.press("Enter")
    expect(messages(page).nth(1)).to_contain_text("مرحبا")
    assert server.chat.messages(server.chat.you)[0]["from"]["language_code"] == "ar"


def test_own_messages_are_answered_to_and_edited_by_keyboard(page: Page) -> None:
    write(page, "frist")
    expect(messages(page)).to_have_count(2)
    page.keyboard.press("ArrowUp")
    field = page.get_by_role("textbox", name="Message")
    expect(field).to_have_value("frist")
    field.fill("first")
    page.keyboard.press("Enter")
    expect(messages(page).nth(0)).to_contain_text("first")
    expect(messages(page).nth(0)).to_contain_text("edited")
    messages(page).nth(1).get_by_role("button", name="Reply").click()
    write(page, "a reply")
    reply = messages(page).filter(has_text="a reply").first
    expect(reply.locator(".quote")).to_contain_text("You sent frist")


def test_everything_is_reached_by_keyboard_and_focus_is_seen(page: Page) -> None:
    write(page, "hello")
    answer = messages(page).nth(1)
    expect(answer.get_by_role("button", name="Turn")).to_be_visible()
    field = page.get_by_role("textbox", name="Message")
    field.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "Turn":
            break
    button = answer.get_by_role("button", name="Turn")
    expect(button).to_be_focused()
    expect(button).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect(answer.get_by_role("button", name="Back")).to_be_focused()
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, textarea, select')].filter((one) => "
        "one.checkVisibility() && !(one.ariaLabel || one.textContent.trim() || one.labels?.length))"
        ".length"
    )
    assert nameless == 0


def test_commands_are_offered_while_they_are_written(page: Page, server: Served) -> None:
    field = page.get_by_role("textbox", name="Message")
    field.press_sequentially("/case")
    options = page.get_by_role("listbox", name="Commands").get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.nth(0)).to_contain_text("Open a case")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(messages(page).nth(0)).to_contain_text("/cases")
    assert server.chat.messages(server.chat.you)[0]["entities"][0]["type"] == "bot_command"


def test_questions_alerts_and_errors_are_shown(page: Page) -> None:
    write(page, "ask")
    expect(page.get_by_placeholder("Reason")).to_be_focused()
    expect(page.locator("#context")).to_contain_text("Why?")
    write(page, "Because")
    answer = messages(page).filter(has_text="You sent Because").last
    answer.get_by_role("button", name="Alert").click()
    notice = page.get_by_role("dialog")
    expect(notice).to_contain_text("Read this first")
    notice.get_by_role("button", name="Close").click()
    write(page, "x" * 4097)
    expect(page.get_by_role("alert")).to_contain_text("at most 4096 are possible")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("x" * 4097)


def test_a_picture_that_is_none_is_explained(page: Page, tmp_path: Path) -> None:
    fake = tmp_path / "fake.jpg"
    fake.write_bytes(b"\xff\xd8\xff not a picture")
    dialog = choose(page, fake)
    dialog.get_by_text("As photo").click()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_contain_text("could not be read as a picture")
    dialog.get_by_text("As file").click()
    dialog.get_by_role("button", name="Send").click()
    expect(messages(page).nth(0)).to_contain_text("fake.jpg")


def test_the_chat_is_still_there_after_reload_and_in_another_tab(
    page: Page, server: Served
) -> None:
    write(page, "before")
    expect(messages(page)).to_have_count(2)
    assert "#" not in page.url
    page.reload()
    expect(messages(page)).to_have_count(2)
    other = page.context.new_page()
    other.goto(server.chat.link)
    write(other, "from the other tab")
    expect(messages(page).filter(has_text="You sent from the other tab")).to_have_count(1)
    other.close()


def test_a_connection_that_breaks_is_mended_to_the_same_desk(page: Page, server: Served) -> None:
    write(page, "before")
    expect(messages(page)).to_have_count(2)
    server.drop()
    server.do(server.chat.send_text(server.chat.you, "meanwhile"))
    expect(messages(page).filter(has_text="You sent meanwhile")).to_have_count(1)
    write(page, "and on")
    expect(messages(page).filter(has_text="You sent and on")).to_have_count(1)


def test_earlier_messages_come_when_they_are_asked_for(page: Page, server: Served) -> None:
    async def tell() -> None:
        for number in range(70):
            body = {"text": f"Message {number}"}
            server.chat.exchange.post(server.chat.you, body, {}, from_bot=True)

    server.do(tell())
    page.reload()
    expect(messages(page)).to_have_count(60)
    expect(messages(page).last).to_be_in_viewport()
    page.get_by_role("button", name="Show earlier messages").click()
    expect(messages(page)).to_have_count(70)
    expect(messages(page).first).to_contain_text("Message 0")
    expect(page.get_by_role("button", name="Show earlier messages")).to_be_hidden()
    page.locator("#scroller").evaluate("scroller => scroller.scrollTo(0, 0)")
    page.get_by_role("button", name="Go to the newest message").click()
    expect(messages(page).last).to_be_in_viewport()


def test_what_is_deleted_goes_from_the_page(page: Page, server: Served) -> None:
    write(page, "hello")
    expect(messages(page)).to_have_count(2)
    own = server.chat.messages(server.chat.you)[0]["message_id"]

    async def delete() -> None:
        server.chat.exchange.store.delete_message(own)
        server.chat.exchange.feed.tell(server.chat.you, "changed")

    server.do(delete())
    expect(messages(page)).to_have_count(1)


def test_a_browser_without_the_key_sees_a_closed_door(chromium: Browser, server: Served) -> None:
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.chat.address)
    expect(page.get_by_role("heading")).to_have_text("This desk is closed to this browser")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(
    page: Page, server: Served, china: Path, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 320, "height": 640})
    write(page, "https://example.org/" + "a" * 300)
    server.do(server.chat.send_file(server.chat.you, china.read_bytes(), "n" * 200 + ".jpg"))
    expect(messages(page)).to_have_count(4)
    for element in ("document.documentElement", "document.getElementById('scroller')"):
        assert page.evaluate(f"{element}.scrollWidth <= {element}.clientWidth")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(242, 239, 233)", "dark": "rgb(18, 21, 23)"}[scheme]
    attach = page.get_by_role("button", name="Attach files").bounding_box()
    assert attach is not None and attach["x"] >= 0
