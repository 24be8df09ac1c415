from __future__ import annotations

from collections.abc import Callable

from verify.lab.importers import Source, importer_of
from verify.lab.importers.auto_archiver import NAME, read, recognises
from verify.records import Attachment, PlaceKind, Post, Unread

Made = Callable[..., Source]

HEAD = (
    "Link,Archive status,Destination folder,Archive location,Archive date,Thumbnail,"
    "Upload timestamp,Upload title,Text content,Screenshot,Hash,Perceptual hashes,WACZ\n"
)
ROW = (
    'https://t.me/HalabToday/12,telegram_extractor: success,,"https://s3.example/1.jpg\n'
    'https://s3.example/2.mp4",2020-06-13T10:00:00+00:00,"=IMAGE(""x"")",'
    "2020-06-12T14:03:00+00:00,Title,words #halab,https://s3.example/s.png,ab,12,\n"
)


def test_a_row_is_a_post_whose_time_has_no_zone(made: Made) -> None:
    source = made("sheet.csv", HEAD + ROW)
    assert importer_of(source).NAME == NAME
    assert list(read(source)) == [
        Post(
            network="telegram",
            id="12",
            place="halabtoday",
            place_kind=PlaceKind.CHANNEL,
            handle="HalabToday",
            at="2020-06-12T14:03:00",
            text="Title\n\nwords #halab",
            hashtags=("halab",),
            link="https://t.me/HalabToday/12",
            media=(
                Attachment(missing="https://s3.example/1.jpg"),
                Attachment(missing="https://s3.example/2.mp4"),
            ),
        )
    ]


def test_rows_without_a_link_and_those_that_stood_above_are_told(made: Made) -> None:
    source = made("sheet.csv", HEAD + ROW + "no link,x,,\n" + ROW)
    assert [type(one) for one in read(source)] == [Post, Unread, Unread]


def test_hostile_sheets_raise_nothing(made: Made) -> None:
    for odd in ("", HEAD + '"', HEAD + "https://[::1,x,,\n", HEAD + "https://x" + "y" * 200_000):
        assert all(isinstance(one, Post | Unread) for one in read(made("s.csv", odd)))


def test_other_tables_are_no_sheet(made: Made) -> None:
    assert not recognises(made("s.csv", "link,status\n"))
    assert not recognises(made("s.txt", HEAD))
