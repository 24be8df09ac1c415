"""What the bot made to be played: pictures of a clip and plain samples, after a press alone."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from telegram import Bot, InputMediaAnimation

from tests.localchat.line import Line
from tests.localchat.served import Served
from tests.localchat.test_door import sign_in
from tests.localchat.test_page import browser_tab, messages, page
from tests.localchat.test_page_at_hand import SMALL, axe
from verify.clips import mp4, ogg

__all__ = ["browser_tab", "page"]
CLIP = mp4([Image.new("RGB", (96, 64), (40 * number,) * 3) for number in range(5)])
TONE = (9000 * np.sin(np.arange(24_000) / 9)).astype("<i2").tobytes()


async def play(bot: Bot, person: int) -> tuple[str, str]:
    """Have the bot turn a picture into a clip, and send a sound; the ids of both."""
    shown = io.BytesIO()
    Image.new("RGB", (96, 64), "grey").save(shown, "JPEG")
    sent = await bot.send_photo(person, shown.getvalue(), caption="Strip")
    media = InputMediaAnimation(CLIP, caption="A clip", duration=1, filename="clip.mp4")
    changed = await bot.edit_message_media(media, person, sent.message_id)
    assert not isinstance(changed, bool) and changed.animation
    assert (changed.animation.width, changed.animation.height) == (96, 64)
    heard = await bot.send_voice(person, ogg(TONE, 24_000), duration=1, caption="A sound")
    assert heard.voice
    return changed.animation.file_unique_id, heard.voice.file_unique_id


def test_what_is_played_was_decoded_and_encoded_again(hold: Callable[..., None]) -> None:
    async def talk(line: Line) -> None:
        clip, sound = await play(line.bot, line.you)
        await sign_in(line)
        pictures = (await line.wire.post(f"/api/clip?id={clip}")).content
        assert pictures.count(b"\xff\xd8\xff") == 5
        assert CLIP[:200] not in pictures
        heard = (await line.wire.post(f"/api/sound?id={sound}")).content
        with wave.open(io.BytesIO(heard)) as plain:
            assert plain.getnchannels() == 1
            assert plain.getnframes() / plain.getframerate() == pytest.approx(1, abs=0.1)
        for own in (CLIP, ogg(TONE, 24_000)):
            sent = await line.chat.send_file(line.you, own, "own.mp4", as_photo=True)
            number = next(sent[kind] for kind in ("video", "voice") if kind in sent)
            for way in ("clip", "sound", "picture"):
                asked = await line.wire.post(f"/api/{way}?id={number['file_unique_id']}")
                assert asked.status_code == 404

    hold(talk)


def test_a_clip_is_played_and_gone_through_by_hand(page: Page, server: Served) -> None:
    server.do(play(server.bot, server.chat.you))
    clip = page.get_by_role("group", name="Clip without sound")
    place = clip.get_by_role("slider", name="Place in the clip")
    expect(clip.get_by_role("img", name="A clip")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(SMALL) == []
    assert axe(page) == []
    assert page.evaluate("performance.getEntriesByName(`${origin}/api/clip`).length") == 0
    clip.get_by_role("button", name="One picture on").press("Enter")
    expect(place).to_have_attribute("aria-valuetext", "2 / 5")
    place.press("End")
    expect(place).to_have_attribute("aria-valuetext", "5 / 5")
    clip.get_by_role("button", name="One picture back").press("Enter")
    expect(place).to_have_attribute("aria-valuetext", "4 / 5")
    clip.get_by_role("button", name="Play the clip").press("Enter")
    expect(place).to_have_attribute("aria-valuetext", "5 / 5")
    expect(clip.get_by_role("button", name="Play the clip")).to_be_focused()
    assert axe(page) == []


def test_a_picture_of_a_clip_stays_when_its_thumbnail_comes_late(
    page: Page, server: Served
) -> None:
    held: list[Route] = []
    page.route("**/api/picture*", lambda route: held.append(route))
    server.do(play(server.bot, server.chat.you))
    clip = page.get_by_role("group", name="Clip without sound")
    clip.get_by_role("button", name="One picture on").press("Enter")
    expect(clip.get_by_role("slider")).to_have_attribute("aria-valuetext", "2 / 5")
    shown = clip.get_by_role("img").get_attribute("src")
    with page.expect_response("**/api/picture*"):
        for route in held:
            route.continue_()
    page.evaluate("new Promise((done) => setTimeout(done, 300))")
    assert clip.get_by_role("img").get_attribute("src") == shown


def test_a_sound_is_heard_after_a_press_alone(page: Page, server: Served) -> None:
    server.do(play(server.bot, server.chat.you))
    expect(messages(page)).to_have_count(2)
    assert page.evaluate("performance.getEntriesByName(`${origin}/api/sound`).length") == 0
    messages(page).nth(1).get_by_role("button", name="Play the sound").click()
    player = page.locator("audio")
    expect(player).to_be_focused()
    expect(player).to_have_js_property("error", None)
    page.wait_for_function("document.querySelector('audio').duration > 0.9")
    assert axe(page) == []
