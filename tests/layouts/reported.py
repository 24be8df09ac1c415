"""A made-up case with all that a report can say, for the tests and pages of reports."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.records import (
    Attachment,
    Origin,
    OriginKind,
    Person,
    Post,
    Rating,
    Reply,
    Role,
    Sensitive,
    VerdictState,
)

CLAIM = "Damascus, 14 June 2014, 17:30: the bridge after the strike"


def world(desk: Desk, folder: Path) -> tuple[Person, Person, int]:
    """A case that was concluded, reopened and concluded anew: who proposed, who confirmed, its
    number. The posts of the archive show its picture, and an earlier case does."""
    desk.team.admit("telegram", "11", "Noor Haddad", Role.OWNER)
    desk.team.admit("telegram", "12", "Rosa Weber", Role.EDITOR)
    noor = desk.team.person("telegram", "11", "Noor Haddad", "en")
    rosa = desk.team.person("telegram", "12", "Rosa Weber", "en")
    picture = photograph("china")
    earlier = desk.receiving.receive(
        rosa,
        arrived(
            caption="The old bridge in Aleppo, 3 May 2011",
            received_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        ),
        encode(shrunk(picture)),
    )
    desk.examining.examine(rosa, earlier.exhibit_id)
    _posts(desk, noor, folder, encode(shrunk(picture, 0.8)))
    source = Origin(
        kind=OriginKind.CHANNEL,
        name="جسر الشام",
        username="bridge_news",
        posted_at=datetime(2026, 11, 20, 15, 4, tzinfo=UTC),
    )
    exif = picture.getexif()
    exif[0x010F], exif[0x0110] = "Canon", "Canon EOS R5"
    exif[0x0132] = "2014:06:14 17:31:10"
    kept = desk.receiving.receive(
        noor,
        arrived(
            filename="IMG_0412\u202egpj.jpg",
            caption=CLAIM,
            origin=source,
            links=("https://t.me/bridge_news/77",),
        ),
        encode(picture, exif=exif),
    )
    desk.examining.examine(noor, kept.exhibit_id)
    case = kept.case_id
    second = desk.receiving.receive(
        noor, arrived(filename="street.jpg", caption="الجسر نفسه من الجهة الأخرى"),
        encode(photograph("flower")), case,
    )  # fmt: skip
    desk.examining.examine(noor, second.exhibit_id)
    desk.marking.mark(rosa, case, second.exhibit_id, Sensitive.GRAPHIC)
    claim = desk.reports.case(noor, case).claims[0]
    desk.claims.correct(noor, case, claim.id, claimed_at="2014-06-14T17:30")
    desk.cases.answer(noor, case, "uploader", Reply.CONCERN, "Uploaded by an account of two weeks.")
    desk.cases.answer(noor, case, "game", Reply.SETTLED, "No signs of a game.")
    desk.cases.answer(noor, case, "preserved", Reply.SETTLED, "Kept with its hash.", proposed=True)
    desk.cases.answer(noor, case, "sun", Reply.COULD_NOT_TELL, "The shadows are too soft.")
    desk.cases.note(noor, case, "الكاتب قال: <b>hello</b> & “goodbye”, call +963 944 123 456")
    told = desk.ledgers.state(rosa, case, "Two outlets count the dead otherwise.", "12 and 40")
    desk.ledgers.state(noor, case, "The flag is of another army.", "its stars")
    desk.ledgers.withdraw(rosa, case, told[-1].id + 1, "It has three stars.")
    _concluded(desk, noor, rosa, case, kept.exhibit_id, Rating.ORIGINAL, "It fits what is claimed.")
    desk.verdicts.reopen(rosa, case, "A post of 2011 shows the same picture.")
    _concluded(
        desk, noor, rosa, case, kept.exhibit_id, Rating.DECONTEXTUALISED,
        "It stood online in 2011, three years before the strike.",
    )  # fmt: skip
    return noor, rosa, case


def _concluded(
    desk: Desk, noor: Person, rosa: Person, case: int, exhibit: int, rating: Rating, why: str
) -> None:
    claim = next(one for one in desk.reports.case(noor, case).claims if one.exhibit_id == exhibit)
    verdict = desk.verdicts.conclude(noor, case, exhibit, rating, why, claim_id=claim.id)
    desk.verdicts.decide(rosa, verdict.id, VerdictState.CONFIRMED)


def _posts(desk: Desk, person: Person, folder: Path, content: bytes) -> None:
    file = folder / "posted.jpg"
    file.write_bytes(content)
    number = desk.posts.begin(person, "archive")
    for at, handle, name in (
        ("2011-05-03T08:12:00Z", "aleppo_days", "Aleppo Days"),
        ("2014-06-14T18:02:00Z", "strike_watch", "رصد الغارات"),
        ("2026-11-20T15:04:00Z", "bridge_news", "جسر الشام"),
    ):
        post = Post(
            network="telegram", id=at[:4], place=handle, account=f"id-{handle}", name=name,
            handle=handle, at=at, text=f"The bridge, {at[:4]}", link=f"https://t.me/{handle}/{at[:4]}",
            media=(Attachment(path="posted.jpg"),),
        )  # fmt: skip
        taken = desk.posts.take(person, number, post, {0: file})
        for receipt in taken.media.values():
            desk.examining.examine(person, receipt.exhibit_id)
    desk.posts.end(person, number)
