"""A report made in the chat: its page and its PDF."""

from __future__ import annotations

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph


@in_room()
async def test_the_chat_sends_page_and_pdf_and_lists_them(room: Room) -> None:
    await room.send(encode(photograph("china")), caption="The bridge, says @laylah_aleppo")
    (shown,) = await room.say("/report")
    assert "hand-out profile: public" in words(shown)
    assert "No report of this case was made yet." in words(shown)
    page, pdf = await room.press(shown, "Make this report")
    sent = [one["document"]["file_name"] for one in (page, pdf)]
    assert sent == ["case-1-public.html", "case-1-public.pdf"]
    file = room.local.exchange.store.files.by_id(page["document"]["file_id"])
    assert file is not None
    assert b"laylah_aleppo" not in room.local.exchange.store.files.content(file).read_bytes()
    (again,) = await room.say("/report partner")
    assert "public, en, pdf" in words(again)
    assert "public, en, html" in words(again)
