"""Photos are made small and lose their metadata; files stay as they are; both ways."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageSequence
from pillow_heif import register_heif_opener
from telegram import InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from tests.localchat.line import Line
from verify.errors import BadInput
from verify.localchat.limits import DOWNLOAD_BYTES
from verify.sandbox import Sandbox

Hold = Callable[..., None]
register_heif_opener()


def with_exif(photograph: bytes, scale: int = 1) -> bytes:
    """The photograph as a camera would write it: lying on its side, with words about it."""
    picture = Image.open(io.BytesIO(photograph)).transpose(Image.Transpose.ROTATE_90)
    picture = picture.resize((picture.width * scale, picture.height * scale))
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x0112] = 6
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def gif(photograph: bytes) -> bytes:
    frames = [Image.open(io.BytesIO(photograph)).resize((96, 64)).rotate(turn) for turn in (0, 90)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def test_a_photo_is_made_small_upright_and_silent(hold_both_ways: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        original = with_exif(temple, scale=3)
        await line.chat.send_file(line.you, original, "IMG_1.jpg", as_photo=True, caption="Look")
        message = await line.message()
        assert message.caption == "Look"
        assert [max(s.width, s.height) for s in message.photo] == [90, 320, 800, 1280]
        received = await (await message.photo[-1].get_file()).download_as_bytearray()
        photo = Image.open(io.BytesIO(received))
        assert (photo.format, photo.size) == ("JPEG", (1280, 854))
        assert not photo.getexif() and b"A camera" in original and b"A camera" not in received

    hold_both_ways(talk)


def test_a_small_photo_is_not_made_larger(hold: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        await line.chat.send_file(line.you, temple, "china.jpg", as_photo=True)
        assert [(s.width, s.height) for s in (await line.message()).photo] == [
            (90, 60),
            (320, 214),
            (640, 427),
        ]

    hold(talk)


def test_a_file_keeps_every_byte(hold_both_ways: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        original = with_exif(temple)
        await line.chat.send_file(line.you, original, "IMG <1>.JPG", caption="Look")
        document = (await line.message()).document
        assert document is not None
        assert (document.file_name, document.mime_type) == ("IMG <1>.JPG", "image/jpeg")
        assert document.thumbnail is not None
        assert max(document.thumbnail.width, document.thumbnail.height) == 320
        assert await (await document.get_file()).download_as_bytearray() == original

    hold_both_ways(talk)


@pytest.mark.parametrize("as_photo", [True, False])
def test_a_gif_goes_as_a_file_only(hold: Hold, temple: bytes, as_photo: bool) -> None:
    async def talk(line: Line) -> None:
        original = gif(temple)
        await line.chat.send_file(line.you, original, "moving.gif", as_photo=as_photo)
        message = await line.message()
        assert message.animation is not None and message.document is not None
        assert (message.animation.width, message.animation.height) == (96, 64)
        assert message.animation.file_id == message.document.file_id and not message.photo
        received = await (await message.document.get_file()).download_as_bytearray()
        assert received == original
        assert sum(1 for _ in ImageSequence.Iterator(Image.open(io.BytesIO(received)))) == 2

    hold(talk)


def test_other_media_come_as_what_they_are(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        for name, media_type, kind in (
            ("clip.mp4", "video/mp4", "video"),
            ("song.mp3", "", "audio"),
            ("word.ogg", "audio/ogg", "voice"),
            ("paper.pdf", "", "document"),
        ):
            await line.chat.send_file(
                line.you, b"not looked into", name, as_photo=True, media_type=media_type
            )
            message = await line.message()
            assert getattr(message, kind).file_size == 15
        await line.chat.send_file(line.you, b"x", "clip.mp4")
        assert (await line.message()).document is not None

    hold(talk)


def test_phones_pictures_go_as_photos_too(hold: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        for form in ("HEIF", "WEBP", "PNG"):
            file = io.BytesIO()
            Image.open(io.BytesIO(temple)).save(file, form)
            name = {"HEIF": "IMG_1.HEIC"}.get(form, f"x.{form.lower()}")
            await line.chat.send_file(line.you, file.getvalue(), name, as_photo=True)
            message = await line.message()
            assert message.photo[-1].width == 640
            shown = line.chat.content(message.photo[-1].file_unique_id)
            assert shown.startswith(b"\xff\xd8\xff")

    hold(talk)


def test_an_album_comes_as_separate_updates(hold: Hold, temple: bytes, dahlia: bytes) -> None:
    async def talk(line: Line) -> None:
        files = [(one, "a.jpg") for one in (temple, dahlia, temple)]
        await line.chat.send_album(line.you, files, as_photo=True, caption="Three")
        await line.chat.send_album(line.you, files[:2])
        messages = [update.message for update in await line.received() if update.message]
        photos, documents = messages[:3], messages[3:]
        assert [message.caption for message in photos] == ["Three", None, None]
        assert len({message.media_group_id for message in photos}) == 1
        assert all(message.document for message in documents)
        assert documents[0].media_group_id == documents[1].media_group_id
        assert photos[0].media_group_id != documents[0].media_group_id

    hold(talk)


def test_more_than_ten_files_become_two_albums(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        sent = await line.chat.send_album(line.you, [(b"x", f"{n}.txt") for n in range(12)])
        groups = [message["media_group_id"] for message in sent]
        assert len(set(groups[:10])) == len(set(groups[10:])) == 1
        assert groups[0] != groups[10]

    hold(talk)


def test_a_large_file_is_told_about_and_not_handed_out(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        await line.chat.send_file(line.you, bytes(DOWNLOAD_BYTES + 1), "large.tif")
        document = (await line.message()).document
        assert document is not None and document.file_size == DOWNLOAD_BYTES + 1
        assert await line.refusal("getFile", file_id=document.file_id) == (
            400,
            "Bad Request: file is too big",
        )
        with pytest.raises(BadRequest, match="File is too big"):
            await document.get_file()
        await line.chat.send_file(line.you, bytes(DOWNLOAD_BYTES), "just.tif")
        document = (await line.message()).document
        assert document is not None
        assert len(await (await document.get_file()).download_as_bytearray()) == DOWNLOAD_BYTES

    hold_both_ways(talk)


def test_unknown_files_are_refused(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        assert await line.refusal("getFile", file_id="nothing") == (
            400,
            "Bad Request: wrong file_id or the file is temporarily unavailable",
        )
        assert (await line.refusal("getFile"))[1] == "Bad Request: file_id not specified"
        for photo in ("nothing", "https://example.org/x.jpg", "attach://nothing"):
            assert await line.refusal("sendPhoto", chat_id=line.you, photo=photo) == (
                400,
                "Bad Request: wrong file identifier/HTTP URL specified",
            )
        no_photo = await line.refusal("sendPhoto", chat_id=line.you)
        assert no_photo[1] == "Bad Request: there is no photo in the request"
        path = f"/file/bot{line.chat.token}/documents/../../localchat.db"
        assert (await line.wire.get(path)).status_code == 404

    hold(talk)


def test_what_is_no_picture_is_no_photo(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        with pytest.raises(BadInput):
            await line.chat.send_file(line.you, b"\xff\xd8 no", "no.jpg", as_photo=True)
        with pytest.raises(BadRequest, match="Image_process_failed"):
            await line.bot.send_photo(line.you, b"\xff\xd8 no")
        assert line.chat.messages(line.you) == []

    hold(talk)


def test_the_bots_photo_is_recompressed_too(hold_both_ways: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        sent = await line.bot.send_photo(
            line.you,
            with_exif(temple, scale=3),
            caption="<b>Card</b>",
            parse_mode="HTML",
            has_spoiler=True,
        )
        assert sent.has_media_spoiler and sent.caption == "Card"
        assert b"A camera" not in line.chat.content(sent.photo[-1].file_unique_id)
        again = await line.bot.send_photo(line.you, sent.photo[-1].file_id)
        assert again.photo == sent.photo
        assert await line.refusal(
            "sendPhoto", chat_id=line.you, photo=sent.photo[-1].file_id, caption="x" * 1025
        ) == (400, "Bad Request: message caption is too long")

    hold_both_ways(talk)


def test_the_bots_photo_must_not_be_extreme(hold: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        for size in ((2150, 100), (9000, 1100)):
            file = io.BytesIO()
            Image.open(io.BytesIO(temple)).resize(size).save(file, "JPEG", quality=95)
            with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
                await line.bot.send_photo(line.you, file.getvalue())
        with pytest.raises(BadRequest, match="too big for a photo"):
            await line.bot.send_photo(line.you, bytes(10_000_001))

    hold(talk)


def test_a_card_is_replaced_in_place(hold: Hold, temple: bytes, dahlia: bytes) -> None:
    async def talk(line: Line) -> None:
        grey = await line.bot.send_photo(line.you, temple, has_spoiler=True)
        colour = InputMediaPhoto(dahlia, caption="In <i>colour</i>", parse_mode="HTML")
        shown = await grey.edit_media(colour)
        assert not isinstance(shown, bool)
        assert shown.message_id == grey.message_id and shown.photo != grey.photo
        assert (shown.caption, shown.has_media_spoiler) == ("In colour", None)
        same = InputMediaPhoto(
            shown.photo[-1].file_id, caption="In <i>colour</i>", parse_mode="HTML"
        )
        with pytest.raises(BadRequest, match="not modified"):
            await shown.edit_media(same)

    hold(talk)


def test_the_bots_files_and_albums(hold_both_ways: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        sent = await line.bot.send_document(line.you, b"a,b\n1,2\n", filename="cases.csv")
        assert sent.document is not None
        assert (sent.document.file_name, sent.document.file_size) == ("cases.csv", 8)
        album = await line.bot.send_media_group(
            line.you, [InputMediaPhoto(temple, caption="First"), InputMediaPhoto(temple)]
        )
        assert album[0].media_group_id == album[1].media_group_id is not None
        with pytest.raises(BadRequest, match="Too many messages to send as an album"):
            await line.bot.send_media_group(line.you, [InputMediaPhoto(temple)] * 11)
        mixed = [InputMediaPhoto(temple), InputMediaDocument(b"x")]
        with pytest.raises(BadRequest, match="can't be mixed"):
            await line.bot.send_media_group(line.you, mixed)

    hold_both_ways(talk)


def test_two_chats_of_different_homes_share_nothing(tmp_path: Path, sandbox: Sandbox) -> None:
    from verify.localchat import LocalChat

    one, other = (LocalChat(tmp_path / name, sandbox) for name in ("one", "other"))
    assert one.token != other.token
    assert one.exchange.bot["id"] != other.exchange.bot["id"]
