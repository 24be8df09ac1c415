from __future__ import annotations

from collections.abc import Callable

import pytest

from verify.lab.importers import AmbiguousDatesError, Source, importer_of
from verify.lab.importers.whatsapp import NAME, read, recognises
from verify.records import Attachment, DateOrder, PlaceKind, Post, Unread

Made = Callable[..., Source]
ANDROID = "WhatsApp Chat with Halab News.txt"
IPHONE = "_chat.txt"


def posts(source: Source) -> list[Post]:
    found = list(read(source))
    assert all(isinstance(one, Post) for one in found)
    return [one for one in found if isinstance(one, Post)]


def said(source: Source) -> list[tuple[str, str, str]]:
    return [(post.at, post.name, post.text) for post in posts(source)]


def test_an_iphones_chat_has_seconds_and_no_zone(made: Made) -> None:
    source = made(
        IPHONE,
        "\ufeff[31/12/2022, 11:40:26] Halab: \u200eMessages and calls are end-to-end encrypted.\r\n"
        "\u200e[31/12/2022, 11:41:00] ~\u202fAbu Omar: Look at this #Aleppo\r\n"
        "https://a.example/1\r\n\r\nagain\r\n"
        "[1/1/2023, 0:02:03] \u202a+963 11 000\u202c: Yes\r\n",
    )
    assert recognises(source) and importer_of(source).NAME == NAME
    first, second = posts(source)
    assert (first.at, first.resolution_s, first.zone_known) == ("2022-12-31T11:41:00", 1, False)
    assert (first.network, first.name, first.person) == ("whatsapp", "Abu Omar", True)
    assert first.text == "Look at this #Aleppo\nhttps://a.example/1\n\nagain"
    assert (first.links, first.hashtags) == (("https://a.example/1",), ("Aleppo",))
    assert (second.at, second.name) == ("2023-01-01T00:02:03", "+963 11 000")


def test_an_android_phones_chat_knows_minutes_and_has_a_name(made: Made) -> None:
    source = made(
        ANDROID, "12/13/20, 3:37\u202fPM - Sami: 12 am - is late\n12/13/20, 3:38 PM - Sami left\n"
    )
    (post,) = posts(source)
    assert (post.at, post.resolution_s) == ("2020-12-13T15:37", 60)
    assert (post.place_name, post.place_kind) == ("Halab News", PlaceKind.CLOSED_GROUP)
    assert post.text == "12 am - is late"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("25/6/24 14:03 - Ana: x", "2024-06-25T14:03"),
        ("25/6/24, 2:03 p.\u202fm. - Ana: x", "2024-06-25T14:03"),
        ("25/06/2024 à 14:03 - Ana: x", "2024-06-25T14:03"),
        ("25.06.24, 14:03 - Ana: x", "2024-06-25T14:03"),
        ("5.06.2024 14:03 - Ana: x", "2024-06-05T14:03"),
        ("[5.6.2024, 12:03:04 ÖÖ] Ana: x", "2024-06-05T00:03:04"),
        ("\u200f[٢٥\u200f/٦\u200f/٢٠٢٤، ٨:٤٦:٠٠ م] Ana: x", "2024-06-25T20:46:00"),
        ("25\u200f/6\u200f/2024، 8:46\u00a0ص - Ana: x", "2024-06-25T08:46"),
        ("۲۵/۶/۲۰۲۴،\u200f ۸:۴۶ ب.ظ. - Ana: x", "2024-06-25T20:46"),
        ("25.6.2024, 8:46 אחה״צ - Ana: x", "2024-06-25T20:46"),
        ("2024-06-25, 14:03 - Ana: x", "2024-06-25T14:03"),
        ("[2024/6/5, 12:00:00\u202fPM] Ana: x", "2024-06-05T12:00:00"),
        ("[25/06/24, 14.03.04] Ana: x", "2024-06-25T14:03:04"),
        ("25/06/16, 4:56:55 PM: Ana: x", "2016-06-25T16:56:55"),
    ],
)
def test_times_are_read_as_phones_of_many_languages_write_them(
    made: Made, line: str, at: str
) -> None:
    assert said(made(ANDROID, line + "\n")) == [(at, "Ana", "x")]


@pytest.mark.parametrize(
    ("line", "media", "text"),
    [
        (
            "A: \u200eIMG-20201212-WA0001.jpg (file attached)\nhere",
            "IMG-20201212-WA0001.jpg",
            "here",
        ),
        ("A: file (1).pdf (archivo adjunto)", "file (1).pdf", ""),
        ("A: photo.jpg (ett okänt ord)", "photo.jpg", ""),
        ("A: \u200e<attached: 00000012-PHOTO.jpg>", "00000012-PHOTO.jpg", ""),
        ("A: Report \u200e<pièce jointe : 1-Report.pdf>", "1-Report.pdf", "Report"),
        ("A: \u200f<\u200fالمُرفق: 00000012-PHOTO.jpg>", "00000012-PHOTO.jpg", ""),
        ("A: <00000012-PHOTO.jpg eklendi>", "00000012-PHOTO.jpg", ""),
    ],
)
def test_a_file_is_attached_where_it_lies_beside_the_chat(
    made: Made, line: str, media: str, text: str
) -> None:
    (post,) = posts(made(ANDROID, f"13/12/20, 15:37 - {line}\n", media))
    assert ([file.path for file in post.media], post.text) == ([media], text)


@pytest.mark.parametrize(
    ("line", "missing", "kind"),
    [
        ("<Media omitted>", "<Media omitted>", ""),
        ("<Multimedia omitido>", "<Multimedia omitido>", ""),
        ("<Médias omis>", "<Médias omis>", ""),
        ("<Media omesso>", "<Media omesso>", ""),
        ("<Medien ausgeschlossen>", "<Medien ausgeschlossen>", ""),
        ("<Mídia oculta>", "<Mídia oculta>", ""),
        ("<Medya dahil edilmedi>", "<Medya dahil edilmedi>", ""),
        ("<تم استبعاد الوسائط>", "<تم استبعاد الوسائط>", ""),
        ("<המדיה לא נכללה>", "<המדיה לא נכללה>", ""),
        ("<Без медиафайлов>", "<Без медиафайлов>", ""),
        ("<Медіа пропущено>", "<Медіа пропущено>", ""),
        ("\u200eimage omitted", "image omitted", "photo"),
        ("\u200eتصویر حذف شد", "تصویر حذف شد", "photo"),
        ("\u200f\u200eلم يتم إدراج الصورة.", "لم يتم إدراج الصورة.", "photo"),
        ("<attached: gone.mp4>", "gone.mp4", ""),
        ("VID-20201212-WA1.mp4 (файл добавлен)", "VID-20201212-WA1.mp4", "video"),
        ("<attached: ../../x>", "../../x", ""),
    ],
)
def test_what_was_left_out_is_missing(made: Made, line: str, missing: str, kind: str) -> None:
    (post,) = posts(made(ANDROID, f"13/12/20, 15:37 - A: {line}\nwords\n"))
    assert post.media == (Attachment(missing=missing, kind=kind),)
    assert post.text == "words"


def test_a_document_left_out_keeps_its_name_as_words(made: Made) -> None:
    (post,) = posts(
        made(IPHONE, "[13/12/20, 15:37:01] A: R.pdf • 2 pages \u200edocument omitted\n")
    )
    assert (post.text, post.media[0].missing) == ("R.pdf • 2 pages", "document omitted")
    line = "\u200f[\u200f13\u200f/12\u200f/2020، 15:37:01] A: R.txt \u200fلم يتم إدراج المستند\n"
    (post,) = posts(made(IPHONE, line))
    assert (post.text, post.media[0].kind) == ("R.txt", "document")


def test_what_whatsapp_says_itself_is_no_post(made: Made) -> None:
    lines = [
        "13/12/20, 15:37 - Messages and calls are end-to-end encrypted. Learn more.",
        "13/12/20, 15:37 - Ali created group “News: live”",
        '13/12/20, 15:37 - Ali changed the subject to "a: b"',
        "13/12/20, 15:37 - Ali: This message was deleted",
        "13/12/20, 15:37 - Ali: تم حذف هذه الرسالة.",
        "13/12/20, 15:37 - Ali: مكالمة صوتية فائتة",
        "13/12/20, 15:37 - Ali: kept <This message was edited>",
    ]
    assert said(made(ANDROID, "\n".join(lines))) == [("2020-12-13T15:37", "Ali", "kept")]
    lines = [
        "[13/12/20, 15:37:00] News: \u200eMessages and calls are end-to-end encrypted.",
        "[13/12/20, 15:37:00] News: \u200eAli added you",
        "[13/12/20, 15:37:01] Ali: kept",
    ]
    assert said(made(IPHONE, "\n".join(lines))) == [("2020-12-13T15:37:01", "Ali", "kept")]


def test_all_lines_tell_the_day_from_the_month(made: Made) -> None:
    first = said(made(ANDROID, "3/4/20, 1:00 - A: x\n13/4/20, 1:00 - A: y\n"))
    assert [at for at, _, _ in first] == ["2020-04-03T01:00", "2020-04-13T01:00"]
    second = said(made(ANDROID, "3/4/20, 1:00 - A: x\n3/14/20, 1:00 - A: y\n"))
    assert [at for at, _, _ in second] == ["2020-03-04T01:00", "2020-03-14T01:00"]


def test_the_order_of_the_chat_tells_the_day_from_the_month(made: Made) -> None:
    days = ["1/2/20", "12/2/20", "3/3/20", "12/3/20", "2/4/20"]
    chat = "".join(f"{day}, 1:00 - A: x\n" for day in days)
    assert said(made(ANDROID, chat))[-1][0] == "2020-04-02T01:00"


def test_dates_that_can_be_read_both_ways_are_asked_for(made: Made) -> None:
    chat = "3/4/20, 1:00 - A: x\n"
    with pytest.raises(AmbiguousDatesError):
        next(read(made(ANDROID, chat)))
    assert said(made(ANDROID, chat, dates=DateOrder.DAY_FIRST))[0][0] == "2020-04-03T01:00"
    assert said(made(ANDROID, chat, dates=DateOrder.MONTH_FIRST))[0][0] == "2020-03-04T01:00"
    assert said(made(ANDROID, chat, dates=DateOrder.UNDATED))[0][0] == ""
    assert said(made(ANDROID, "3/3/20, 1:00 - A: x\n"))[0][0] == "2020-03-03T01:00"


def test_the_same_chat_a_month_later_has_the_same_posts_and_new_ones(made: Made) -> None:
    march = "13/3/20, 1:00 - A: x\n13/3/20, 1:00 - A: x\n13/3/20, 1:01 - A: <Media omitted>\nc\n"
    april = march.replace("<Media omitted>", "1.jpg (file attached)") + "1/4/20, 1:00 - A: x\n"
    again = ANDROID.replace(".txt", " (2).txt")
    before = [post.id for post in posts(made(ANDROID, march))]
    after = [post.id for post in posts(made(again, april, "1.jpg"))]
    assert len({*after}) == 4 and after[:3] == before


def test_an_unknown_language_is_said_and_nothing_guessed(made: Made) -> None:
    chinese = made("WhatsApp 与 A 的对话.txt", "[21年3月4日 上午10:11:12] A: x\n")
    assert recognises(chinese)
    (one,) = read(chinese)
    assert isinstance(one, Unread)
    czech = "".join(
        f"[13/3/20, 1:00:0{n}] A: \u200e{said}\n"
        for n, said in enumerate(["obrázek vynechán", "obrázek vynechán", "Zprávy a hovory"])
    )
    told = [*read(made(IPHONE, czech + "[13/3/20, 1:00:09] A: x\n"))]
    assert [one.what for one in told[:2] if isinstance(one, Unread)] == [
        "obrázek vynechán",
        "zprávy a hovory",
    ]
    assert len(told) == 3
    said_twice = "13/3/20, 1:00 - A: <Média vynechány>\n" * 2
    (told, *both) = read(made(ANDROID, said_twice))
    assert isinstance(told, Unread) and told.what == "<Média vynechány>"
    assert [one.text for one in both if isinstance(one, Post)] == ["<Média vynechány>"] * 2


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("WhatsApp Chat - Team.txt", "Team"),
        ("Chat de WhatsApp con Ana (1).txt", "Ana"),
        ("Discussion WhatsApp avec Ana.txt", "Ana"),
        ("Balkız ile WhatsApp Sohbeti.txt", "Balkız"),
        ("دردشة واتساب مع أبو عمر.txt", "أبو عمر"),
        ("Чат WhatsApp с контактом Иван.txt", "Иван"),
        ("_chat.txt", ""),
    ],
)
def test_the_file_is_named_after_the_chat(made: Made, filename: str, name: str) -> None:
    (post,) = posts(made(filename, "13/3/20, 1:00 - A: x\n"))
    assert post.place_name == name


def test_hostile_chats_come_in_bounded(made: Made) -> None:
    name, year = "n" * 100_000, "01/01/0001, 10:00 - A: x"
    text = "w" * 70_000 + "\n" + "v" * 70_000 + "\n" + "\0\n" * 9
    chat = f"stray\n13/3/20, 1:00 - {name}: {text}\n{year}\n13/3/20, 99:00 - A: \ud7ff\n"
    stray, long, first, odd = read(made(ANDROID, chat.encode() + b"\xff\xfe"))
    assert isinstance(stray, Unread)
    assert isinstance(long, Post) and (len(long.name), len(long.text)) == (300, 60_000)
    assert isinstance(first, Post) and first.at == ""
    assert isinstance(odd, Post) and odd.at == ""
    for bad in (b"", b"\0" * 99, b"13/3/20, 1:00 - " + b" " * 300_000, b"<" * 300_000):
        assert all(isinstance(one, Unread) for one in read(made(ANDROID, bad)))


def test_ordinary_texts_are_no_chats(made: Made) -> None:
    log = "2020-01-01 10:00:00 - INFO: started\n"
    for name, text in (
        ("log.txt", log),
        ("log.txt", "[2020-01-01 10:00:00] INFO: started\n"),
        ("notes.txt", "We met on 3/4/20.\n"),
        ("WhatsApp notes.txt", "Ring me at 10:00.\n"),
        ("_chat.csv", "13/3/20, 1:00 - A: x\n"),
        (IPHONE, ""),
    ):
        assert not recognises(made(name, text)), name
    assert recognises(
        made("renamed.txt", "13/3/20, 1:00 - A: x\n13/3/20, 1:00 - A: <Media omitted>")
    )
