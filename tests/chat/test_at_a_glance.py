"""How many words an answer takes before anybody asks for more, in English and Arabic."""

from __future__ import annotations

import re
from html import unescape

from PIL import Image, ImageOps

from tests.chat.room import Json, Room, in_room, labels, words
from tests.photographs import encode, photograph, shrunk

CHINA = photograph("china")
ARABIC = re.compile("[\u0621-\u064a]")


def count(*messages: Json) -> int:
    """The words that a person sees: what has a letter or a digit in it."""
    shown = " ".join(re.sub("<[^>]*>", "", unescape(words(one))) for one in messages)
    return sum(any(sign.isalnum() for sign in word) for word in shown.split())


def by_a_phone() -> Image.Exif:
    """Camera, time and place, as a phone writes them in Damascus."""
    exif = Image.Exif()
    exif[271], exif[272] = "Apple", "iPhone 12"
    exif.get_ifd(0x8769).update({36867: "2024:03:01 10:00:00", 36881: "+03:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (33, 30, 36.5), 3: "E", 4: (36, 17, 24.3)})
    return exif


async def in_language(room: Room, name: str) -> None:
    (asked,) = await room.say("/language")
    if name in labels(asked):
        await room.press(asked, name)


def head(answer: Json) -> list[str]:
    """The lines before the first empty one."""
    return words(answer).split("\n\n")[0].splitlines()


async def conclude(room: Room, verdict: str) -> None:
    (asked,) = await room.say("/verdict")
    await room.press(asked, labels(asked)[0])
    (why,) = await room.press(asked, verdict)
    await room.say("A postcard of 1998", reply_to=why["message_id"])


async def every_head_is_short(room: Room, then: str, now: str, verdict: str) -> None:
    """Known pictures, with a claim and without, concluded about and not."""
    await room.send(encode(CHINA), caption=then)
    crop = CHINA.crop((40, 30, 500, 380))
    for content, caption, lines in (
        (encode(ImageOps.mirror(shrunk(CHINA))), "", 2),
        (encode(ImageOps.mirror(CHINA), quality=70), now, 3),
        (encode(crop, exif=by_a_phone()), now, 3),
        (encode(CHINA), now, 2),
    ):
        answer, *cards = (one for one in await room.send(content, caption=caption) if labels(one))
        assert len(head(answer)) == lines
        assert then in head(answer)[0] or not cards
        assert count(answer, *cards[:1]) <= 120
    await conclude(room, verdict)
    (again,) = await room.send(encode(CHINA))
    assert len(head(again)) == 1
    assert words(again).count(verdict) == 1
    near, card, *_ = await room.send(encode(CHINA, quality=50), caption=now)
    assert len(head(near)) == 3
    assert verdict in head(near)[0] and "1998" in head(near)[0]
    assert count(near, card) <= 120


async def every_answer_is_short(room: Room, then: str, now: str) -> None:
    (helped,) = await room.say("/help")
    assert count(helped) <= 120
    assert "\u2066/account /assign /campaign /care" in words(helped)
    (plain,) = await room.send(encode(photograph("flower")))
    assert count(plain) <= 60
    (phone,) = await room.send(encode(photograph("coffee"), exif=by_a_phone()))
    assert count(phone) <= 60
    (claimed,) = await room.send(encode(CHINA), caption=then)
    assert count(claimed) <= 60
    known, card, *_ = await room.send(encode(ImageOps.mirror(shrunk(CHINA))), caption=now)
    assert "photo" in card
    assert count(known, card) <= 120
    album = await room.send_album(
        encode(photograph("rocket")),
        encode(CHINA, quality=60),
        encode(photograph("astronaut"), exif=by_a_phone()),
        encode(photograph("cat")),
        caption=now,
    )
    assert count(*album) <= 100
    (handed,) = await room.say("/handover")
    assert len(words(handed).splitlines()) == 1 + 5
    for answer in (plain, known, card, *album, handed):
        assert bool(ARABIC.search(words(answer))) is bool(ARABIC.search(now))


@in_room()
async def test_answers_are_read_at_a_glance(room: Room) -> None:
    await every_answer_is_short(
        room, "Hama this morning, sent by a neighbour", "Tikrit, 12 June 2014"
    )


@in_room()
async def test_arabic_answers_are_read_at_a_glance(room: Room) -> None:
    await in_language(room, "العربية")
    await every_answer_is_short(room, "حماة هذا الصباح، أرسلها جار", "تكريت، 12 يونيو 2014")


@in_room()
async def test_an_album_says_which_of_its_pictures_to_look_at(room: Room) -> None:
    await room.send(encode(CHINA), caption="Hama this morning")
    (answer,) = await room.send_album(
        encode(photograph("rocket")),
        encode(shrunk(CHINA)),
        encode(photograph("astronaut"), exif=by_a_phone()),
        caption="Tikrit, 12 June 2014",
    )
    assert "2 of 3 have something to look at: 2, 3" in words(answer)
    assert "2. Seen before in case 1" in words(answer)
    flags = [line for line in words(answer).splitlines() if line.startswith("⚠️")]
    assert any(line.startswith("⚠️ 3: ") and "2024-03-01" in line for line in flags)
    assert "Not seen at this desk before: 1, 3. They may still exist elsewhere." in words(answer)
    assert labels(answer)[:4] == ["1", "2", "3", "More"]
    await room.press(answer, "3")
    assert "⚠️ Taken, says the file: 2024-03-01" in words(room.now(answer))


@in_room()
async def test_an_albums_flags_and_contradictions_stand_with_their_pictures(room: Room) -> None:
    await room.send(encode(CHINA), caption="Hama this morning")
    generated = Image.Exif()
    generated[305] = "Black Forest Labs FLUX.1"
    album = [
        encode(photograph("flower")),
        encode(CHINA, quality=60),
        encode(ImageOps.mirror(CHINA)),
        encode(photograph("cat"), exif=generated),
    ]
    (answer,) = await room.send_album(*album, caption="Four from Homs")
    assert "3 of 4 have something to look at: 2, 3, 4" in words(answer)
    place = "Another place was claimed in case 1: then Hama, now Homs."
    assert f"⚠️ 2, 3: {place}" in words(answer)
    assert "⚠️ 4: The mark of the picture generator FLUX" in words(answer)
    assert count(answer) <= 100
    await room.send_album(*album, caption="Four from Homs")
    again = room.answers()[-1]
    assert words(again).count("look at") == 1
    assert "⚠️ 2, 3: " in words(again)
    assert count(again) <= 100


@in_room()
async def test_an_album_of_a_known_case_names_each_flag_in_few_words(room: Room) -> None:
    for language, name, then, now, third in (
        ("English", "china", "Hama this morning", "Tikrit, 12 June 2014", "Mosul, 3 May 2016"),
        ("العربية", "chelsea", "درعا هذا الصباح", "حلب، 12 يونيو 2013", "حمص، 3 مايو 2015"),
    ):
        await in_language(room, language)
        picture = photograph(name)
        captioned = picture.copy()
        captioned.paste((200, 0, 0), (0, picture.height * 5 // 6, *picture.size))
        await room.send(encode(picture), caption=then)
        await room.send(encode(ImageOps.mirror(shrunk(picture))), caption=now)
        (answer,) = await room.send_album(
            encode(picture), encode(shrunk(picture)), encode(captioned), caption=third
        )
        flags = [line for line in words(answer).splitlines() if line.startswith("⚠️")]
        assert any(then.split()[0] in line for line in flags)
        assert any(now[:3] in line for line in flags)
        assert count(answer) <= 100


@in_room()
async def test_an_album_says_what_was_said_then_where_no_flag_does(room: Room) -> None:
    await room.send(encode(CHINA), caption="Sent by a neighbour")
    (answer,) = await room.send_album(
        encode(photograph("flower")), encode(CHINA, quality=60), caption="Two more"
    )
    assert "Said then: “Sent by a neighbour”" in words(answer)


@in_room()
async def test_what_contradicts_a_claim_never_waits_behind_more(room: Room) -> None:
    (answer,) = await room.send(
        encode(photograph("astronaut"), exif=by_a_phone()), caption="Tikrit, 12 June 2014"
    )
    flagged = [one.summary for one in room.case(1).exhibits[0].findings if one.outcome == "flagged"]
    assert len(flagged) == 2
    assert words(answer).count("⚠️") == 2
    assert "Not seen at this desk before" in words(answer)
    assert "Camera, says the file: Apple iPhone 12" in words(answer)
    assert "km from “Tikrit”, near Damascus" in words(answer)
    assert words(answer).count("Taken, says the file: 2024-03-01 10:00:00 +03:00") == 1


@in_room()
async def test_what_is_there_and_not_understood_is_not_said_to_lack(room: Room) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[36867] = "the day of the flood"
    (answer,) = await room.send(encode(photograph("astronaut"), exif=exif))
    assert "No camera, place or credentials in the file." in words(answer)


@in_room()
async def test_the_first_answer_says_how_many_files_wait(room: Room) -> None:
    files = [encode(photograph("rocket")), encode(photograph("cat")), encode(photograph("coffee"))]
    said: list[str] = []
    tell = room.local.exchange.feed.tell

    def heard(chat: int, event: str, **what: object) -> None:
        said.extend(words(one) for one in room.answers())
        tell(chat, event, **what)

    room.local.exchange.feed.tell = heard  # type: ignore[method-assign]
    await room.send_album(*files)
    assert any("It is being examined." in one and "more file" in one for one in said)
    assert any("Not seen at this desk" in one and "more file" in one for one in said)
    assert "more file" not in words(room.answers()[-1])


@in_room()
async def test_a_head_has_three_lines_at_most(room: Room) -> None:
    await every_head_is_short(
        room, "Hama this morning, sent by a neighbour", "Tikrit, 12 June 2014", "Out of context"
    )


@in_room()
async def test_an_arabic_head_has_three_lines_at_most(room: Room) -> None:
    await in_language(room, "العربية")
    await every_head_is_short(
        room, "حماة هذا الصباح، أرسلها جار", "تكريت، 12 يونيو 2014", "خارج السياق"
    )


@in_room()
async def test_an_album_of_known_files_is_answered_anew(room: Room) -> None:
    files = encode(photograph("rocket")), encode(photograph("cat"))
    (first,) = await room.send_album(*files, caption="Two from Homs")
    before = words(room.now(first))
    await room.send(encode(CHINA), caption="Hama this morning")
    await conclude(room, "Out of context")
    (answer,) = await room.send_album(*files, encode(CHINA), caption="Three from Homs")
    assert "3. Already concluded in case 2: Out of context" in words(answer)
    assert "Case 1, 3 exhibits" in words(answer)
    assert "3. Seen before in case 2, the very same file" in words(answer)
    assert "Came to this case before: 1, 2" in words(answer)
    assert words(room.now(first)) == before
    await in_language(room, "العربية")
    (answer,) = await room.send_album(*files, caption="اثنتان من حمص")
    assert "سبق ورودها إلى هذه القضية: 1، 2" in words(answer)


async def an_album_against_two_cases_is_short(room: Room, *claims: str) -> None:
    """One of its pictures was claimed to be of two other places, another one is too early."""
    *then, now = claims
    for number, claim in enumerate(then):
        await room.send(encode(ImageOps.mirror(CHINA), quality=60 + number), caption=claim)
    early = by_a_phone()
    early.get_ifd(0x8769)[36867] = "2019:03:01 10:00:00"
    (album,) = await room.send_album(
        encode(photograph("rocket")),
        encode(CHINA),
        encode(photograph("astronaut"), exif=early),
        encode(photograph("cat")),
        caption=now,
    )
    flags = [line for line in words(album).splitlines() if "⚠️" in line]
    assert len(flags) == 4 and flags[-1].endswith(": 2")
    assert "iPhone 12" in " ".join(flags)
    assert count(album) <= 100, words(album)


@in_room()
async def test_an_album_against_two_cases_is_read_at_a_glance(room: Room) -> None:
    await an_album_against_two_cases_is_short(
        room, "The palace in Homs today", "Baghdad, 3 May 2016", "Idlib, yesterday"
    )


@in_room()
async def test_an_arabic_album_against_two_cases_is_read_at_a_glance(room: Room) -> None:
    await in_language(room, "العربية")
    await an_album_against_two_cases_is_short(
        room, "القصر في حمص اليوم", "بغداد، 3 مايو 2016", "إدلب، أمس"
    )


@in_room()
async def test_the_checklist_opens_by_its_name(room: Room) -> None:
    await room.send(encode(photograph("flower")))
    (shown,) = await room.say("/checklist")
    assert "0 of 10 answered here" in words(shown)
    await room.press(shown, "1")
    assert "Accept what is proposed" in labels(room.now(shown))


@in_room()
async def test_a_known_file_is_told_once(room: Room) -> None:
    await room.send(encode(photograph("flower")))
    (again,) = await room.send(encode(photograph("flower")))
    assert "This very file came to this case 2 times" in words(again)


@in_room()
async def test_long_captions_leave_a_known_picture_readable(room: Room) -> None:
    """More has them whole."""
    then = "Hama this morning, where the river came over the old bridge and the market, " * 4
    now = "Tikrit, 12 June 2014, a crowd that waits for bread in front of the bakery, " * 4
    (plain,) = await room.send(encode(CHINA), caption=then)
    assert count(plain) <= 60
    known, card, *_ = await room.send(encode(ImageOps.mirror(shrunk(CHINA))), caption=now)
    assert count(known, card) <= 120
    await room.press(card, "More")
    assert words(room.now(card)).count("over the old bridge") > 1
