"""Exports taken into the archive: what they open, what they tell of cases, what goes again."""

from __future__ import annotations

import json
import shutil
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from tests.lab.importers.test_telegram_html import HEAD, TAIL, service, text
from tests.lab.importers.test_telegram_html import message as html_message
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, Cancelled, NotFound
from verify.jobs.course import Course
from verify.jobs.kinds import preview
from verify.jobs.kinds.import_ import Job, Result, run
from verify.jobs.messages import Who, order
from verify.jobs.place import Place
from verify.language import Reader, plain
from verify.layouts import posts
from verify.records import (
    AccountEvent,
    AccountState,
    Archived,
    CaseReport,
    DateOrder,
    Keepable,
    Notice,
    Person,
    Pillar,
    PlaceKind,
    Rating,
    Relation,
    Role,
    Statement,
)
from verify.store.casework import stale
from verify.wording.exports import brought
from verify.wording.glance import glance
from verify.wording.wipes import remains

CHINA = photograph("china")
READER = Reader("en", ZoneInfo("UTC"))
FIRST = "2014-06-12T14:03:11Z"
NAMES = ("أحمد التكريتي", "Sara Haddad")

Taken = Callable[..., list[Archived]]


def message(number: int, at: int, text: str, photo: str = "", **more: Any) -> dict[str, Any]:
    """A message as Telegram Desktop exports it."""
    told = {"id": number, "type": "message", "date_unixtime": str(at), "text": text}
    entities = [{"type": "plain", "text": text}]
    who = {"from": "Wilayat Salahaddin", "from_id": "channel1001"}
    return {**told, **who, "text_entities": entities, **({"photo": photo} if photo else {}), **more}


def exported(folder: Path, name: str, channel: int, messages: list[dict[str, Any]]) -> Path:
    """A channel's export with the photograph that its messages name, in a size of its own."""
    (folder / "photos").mkdir(parents=True)
    for one in (one["photo"] for one in messages if "photo" in one):
        if one.startswith("photos/"):
            (folder / one).write_bytes(encode(shrunk(CHINA, 0.8 if channel == 1001 else 0.7)))
    told = {"name": name, "type": "public_channel", "id": channel, "messages": messages}
    (folder / "result.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


@pytest.fixture
def channel(tmp_path: Path) -> Path:
    """Three posts, one with a photograph, one whose photograph was not exported."""
    return exported(
        tmp_path / "channel",
        "Wilayat Salahaddin",
        1001,
        [
            message(1, 1402581791, "Tikrit, 12 June 2014 #Tikrit", "photos/1.jpg"),
            message(2, 1402581891, "words alone https://example.org/a"),
            message(3, 1402581991, "", "(File not included. Change data exporting settings.)"),
        ],
    )


@pytest.fixture
def copying(tmp_path: Path) -> Path:
    """Another channel that posted the photograph two days later."""
    other = {"from": "Copies", "from_id": "channel1002"}
    told = [message(7, 1402754591, "Mosul", "photos/1.jpg", **other)]
    return exported(tmp_path / "copying", "Copies", 1002, told)


@pytest.fixture
def taken_in(desk: Desk, noor: Person) -> Taken:
    """Takes in a path, and gives what came of its exports."""

    def take(path: Path, **asked: Any) -> list[Archived]:
        job = Job((Place.of(path),), **asked)
        who = Who("1", "noor", "en", "UTC")
        course = Course(order("import", job, who), beside_others=False)
        found = [one for one in run(desk, noor, job, course) if isinstance(one, Result)]
        return [one.posts for one in found if one.posts]

    return take


def sent(desk: Desk, person: Person, content: bytes, caption: str = "") -> CaseReport:
    """A picture sent to the desk, and its case."""
    receipt = desk.receiving.receive(person, arrived(caption=caption), content)
    desk.examining.examine(person, receipt.exhibit_id)
    return desk.reports.case(person, receipt.case_id)


def told_to_all(desk: Desk) -> list[Notice]:
    """The notices that wait once all comparisons are made."""
    while stale.first_after(desk.store, 0, 1):
        time.sleep(0.05)
    return desk.casework.notices("telegram")


def lines(report: CaseReport) -> str:
    """What is said first of a case's exhibit."""
    seen = glance(report, report.exhibits[0])
    return " · ".join(plain(one, READER) for one in (*seen.seen, *seen.against))


def cropped() -> bytes:
    """A part of the photograph."""
    return encode(CHINA.crop((60, 40, CHINA.width, CHINA.height)))


def test_an_export_opens_no_case_and_its_posts_are_listed_by_time(
    desk: Desk, noor: Person, channel: Path, copying: Path, taken_in: Taken
) -> None:
    taken_in(copying)
    [told] = taken_in(channel)
    assert (told.posts, told.new, told.media, told.exhibits_new, told.missing) == (3, 3, 1, 1, 1)
    assert desk.reports.cases(noor) == []
    first, second, third, last = map(posts.post, desk.posts.every(noor))
    assert (first["posted_at"], first["resolution_s"], first["zone_known"]) == (FIRST, 1, True)
    assert (first["network"], first["id"], first["account"]) == ("telegram", "1", "channel1001")
    assert first["hashtags"] == ["Tikrit"]
    assert len(first["exhibits"]) == 1 == len(last["exhibits"])  # type: ignore[arg-type]
    assert second["links"] == ["https://example.org/a"]
    assert third["media_missing"] == 1
    assert last["name"] == "Copies"
    assert sent(desk, noor, encode(photograph("flower"))).id == 1


def test_a_picture_leads_with_who_posted_it_first_and_by_how_many_then(
    desk: Desk, noor: Person, channel: Path, copying: Path, taken_in: Taken
) -> None:
    taken_in(copying)
    taken_in(channel)
    told = lines(sent(desk, noor, cropped(), "Homs, 3 May 2012"))
    assert "Seen before in the archive, within a larger picture" in told
    assert "posted 2014-06-12 14:03 +00:00 by" in told
    assert "then by 1 other" in told
    assert "Tikrit, 12 June 2014" in told
    assert "An archived post said another date and place" in told


def test_the_same_export_later_adds_only_what_is_new(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken
) -> None:
    taken_in(channel)
    result = json.loads((channel / "result.json").read_text())
    result["messages"].append(message(4, 1402589999, "one more"))
    (channel / "result.json").write_text(json.dumps(result))
    [again] = taken_in(channel)
    assert (again.posts, again.new, again.exhibits_new, again.exhibits_known) == (4, 1, 0, 1)
    assert len([*desk.posts.every(noor)]) == 4


def test_what_contradicts_a_concluded_case_is_told_to_its_people_once(
    desk: Desk, noor: Person, channel: Path, copying: Path, taken_in: Taken
) -> None:
    report = sent(desk, noor, cropped())
    desk.verdicts.conclude(noor, report.id, 1, Rating.ORIGINAL, "from the sender's own phone")
    other = sent(desk, noor, encode(photograph("flower")))
    desk.verdicts.conclude(noor, other.id, 2, Rating.ORIGINAL, "from the sender's own phone")
    taken_in(copying)
    [notice] = told_to_all(desk)
    assert notice.case_id == report.id
    assert "a copy came in that" in plain(notice.sentence, READER)
    taken_in(channel)
    assert [one.id for one in told_to_all(desk)] == [notice.id]


def test_where_all_people_of_a_case_have_left_its_editors_are_told(
    desk: Desk, noor: Person, copying: Path, taken_in: Taken
) -> None:
    rosa = desk.team.admit("telegram", "8", "Rosa", Role.EDITOR)
    report = sent(desk, rosa, cropped())
    desk.verdicts.conclude(rosa, report.id, 1, Rating.ORIGINAL, "from the sender's own phone")
    desk.team.change_role(noor, rosa.id, None)
    taken_in(copying)
    [notice] = told_to_all(desk)
    assert (notice.case_id, notice.person_id) == (report.id, noor.id)


def test_a_case_out_of_context_is_not_told_of_an_older_copy(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken
) -> None:
    report = sent(desk, noor, cropped())
    desk.verdicts.conclude(noor, report.id, 1, Rating.DECONTEXTUALISED, "it is older")
    taken_in(channel)
    assert told_to_all(desk) == []


def test_a_confidential_import_is_seen_by_who_imported_it_alone(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken
) -> None:
    report = sent(desk, noor, cropped())
    desk.verdicts.conclude(noor, report.id, 1, Rating.ORIGINAL, "from the sender's own phone")
    omar = desk.team.admit("telegram", "8", "Omar", Role.EDITOR)
    taken_in(channel, confidential=True)
    assert len([*desk.posts.every(noor)]) == 3
    assert [*desk.posts.every(omar)] == []
    assert told_to_all(desk) == []
    assert desk.reports.case(omar, report.id).exhibits[0].matches == ()
    with pytest.raises(NotFound):
        desk.posts.accounts(omar, "Wilayat Salahaddin")


def test_undoing_an_import_leaves_nothing_of_it(
    desk: Desk, noor: Person, channel: Path, copying: Path, taken_in: Taken
) -> None:
    report = sent(desk, noor, cropped(), "Homs, 3 May 2012")
    [told] = taken_in(channel)
    taken_in(copying)
    assert "in the archive" in lines(desk.reports.case(noor, report.id))
    desk.wiping.undo(noor, told.number)
    assert [one.post.name for one in desk.posts.every(noor)] == ["Copies"]
    now = lines(desk.reports.case(noor, report.id))
    assert "2014-06-14" in now
    assert "2014-06-12" not in now
    with pytest.raises(NotFound):
        desk.wiping.undo(noor, told.number)


def test_an_import_and_an_account_have_a_day_and_a_hold_that_stops_each_wipe(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken
) -> None:
    [told] = taken_in(channel, until=date(2020, 1, 1))
    shelf, account = str(told.number), "Wilayat Salahaddin"
    assert desk.keeping.of(noor, Keepable.IMPORT, shelf).until == date(2020, 1, 1)
    desk.keeping.keep(noor, Keepable.ACCOUNT, account, date(2020, 1, 2))
    desk.keeping.remind()
    said = [plain(one.sentence, READER) for one in desk.casework.notices("telegram")]
    assert [f"import {shelf}" in one for one in said] == [True, False]
    assert not any("Salahaddin" in one for one in said)
    for kind, name in ((Keepable.IMPORT, shelf), (Keepable.ACCOUNT, account)):
        desk.keeping.hold(noor, kind, name, True)
        for wipe in (
            lambda: desk.wiping.undo(noor, told.number),
            lambda: desk.wiping.wipe_account(noor, account),
        ):
            with pytest.raises(BadInput, match="hold"):
                wipe()
        desk.keeping.hold(noor, kind, name, False)
    desk.wiping.undo(noor, told.number)
    assert desk.keeping.every(noor) == []
    assert desk.casework.notices("telegram") == []
    for kind, name in ((Keepable.IMPORT, shelf), (Keepable.ACCOUNT, account)):
        with pytest.raises(NotFound):
            desk.keeping.keep(noor, kind, name, None)


def test_what_two_imports_brought_stays_when_one_is_undone(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken, tmp_path: Path
) -> None:
    [first] = taken_in(channel)
    taken_in(Path(shutil.copytree(channel, tmp_path / "again")))
    hidden = shutil.copytree(channel, tmp_path / "hidden")
    sara = desk.team.admit("telegram", "8", "Sara", Role.OWNER)
    number = desk.posts.begin(sara, str(hidden), confidential=True)
    desk.posts.take_words(sara, number, [one.post for one in desk.posts.every(sara)])
    wiped = desk.wiping.undo(noor, first.number)
    assert (wiped.posts, wiped.imports) == (3, (2,))  # and none that Noor may not see
    told = "3 posts of it stay: other imports brought them too (2)."
    assert told in [plain(one, READER) for one in remains(wiped)]
    assert len([*desk.posts.every(noor)]) == 3
    assert "in the archive" in lines(sent(desk, noor, cropped()))


def test_an_account_is_known_by_all_its_names_and_by_how_often_it_was_first(
    desk: Desk, noor: Person, channel: Path, copying: Path, taken_in: Taken
) -> None:
    result = json.loads((channel / "result.json").read_text())
    result["messages"][1]["from"] = "Salahaddin News"
    (channel / "result.json").write_text(json.dumps(result))
    taken_in(channel)
    taken_in(copying)
    [report] = desk.posts.accounts(noor, "Salahaddin News")
    told = posts.account(report)
    assert [one["name"] for one in told["names"]] == ["Wilayat Salahaddin", "Salahaddin News"]  # type: ignore[attr-defined]
    assert (told["id"], told["first_seen"]) == ("channel1001", FIRST)
    assert (told["first"], told["later"]) == (1, 0)
    [copies] = desk.posts.accounts(noor, "Copies")
    assert (copies.first, copies.later) == (0, 1)


def test_the_posts_of_a_picture_say_which_was_first(
    desk: Desk, noor: Person, channel: Path, copying: Path, taken_in: Taken
) -> None:
    report = sent(desk, noor, encode(shrunk(CHINA, 0.8)))
    taken_in(channel)
    taken_in(copying)
    found = desk.posts.appearances(noor, report.id, 1)
    assert [one.post.name for one in found.posts] == ["Wilayat Salahaddin", "Copies"]
    assert (found.first, found.accounts) == (True, 2)


def test_nothing_of_the_people_in_a_closed_chat_is_kept(
    desk: Desk, noor: Person, home: Path, tmp_path: Path, taken_in: Taken
) -> None:
    chat = tmp_path / "WhatsApp Chat with Family"
    chat.mkdir()
    (chat / "IMG-20140612-WA0001.jpg").write_bytes(encode(shrunk(CHINA)))
    (chat / "WhatsApp Chat with Family.txt").write_text(
        f"13/06/2014, 15:37 - {NAMES[0]}: IMG-20140612-WA0001.jpg (file attached)\n"
        f"13/06/2014, 15:38 - {NAMES[1]}: {NAMES[0]} call me on +964 770 123 4567\n"
        f"13/06/2014, 15:39 - {NAMES[0]}: yes\n",
        encoding="utf-8",
    )
    [told] = taken_in(chat)
    assert (told.posts, told.media) == (3, 1)
    first, second, third = desk.posts.every(noor)
    assert first.post.name == third.post.name != second.post.name
    assert first.post.place_kind is PlaceKind.CLOSED_GROUP
    assert not first.post.zone_known
    desk.store.empty_log()
    held = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    for name in (*NAMES, "770 123 4567", "Family"):
        assert name.encode() not in held
    assert "in the archive" in lines(sent(desk, noor, cropped()))


def test_a_path_that_leads_out_of_the_export_is_missing(
    desk: Desk, noor: Person, tmp_path: Path, taken_in: Taken
) -> None:
    (tmp_path / "secret.jpg").write_bytes(encode(CHINA))
    told = [
        message(1, 1402581791, "here", "../secret.jpg"),
        message(2, 1402581792, "and", "photos/l.jpg"),
    ]
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "photos").mkdir()
    (folder / "photos/l.jpg").symlink_to(tmp_path / "secret.jpg")
    body = {"name": "C", "type": "public_channel", "id": 1, "messages": told}
    (folder / "result.json").write_text(json.dumps(body))
    [found] = taken_in(folder)
    assert (found.posts, found.media, found.missing) == (2, 0, 2)


def test_an_import_that_was_cut_goes_on_where_it_was(
    desk: Desk, noor: Person, channel: Path, copying: Path
) -> None:
    job = Job((Place.of(channel),))
    course = Course(order("import", job, Who("1", "noor", "en", "UTC")), beside_others=False)
    with pytest.raises(Cancelled):
        for _ in run(desk, noor, job, course):
            course.cancel()
    again = Course(order("import", job, Who("1", "noor", "en", "UTC")), beside_others=False)
    [told] = [one.posts for one in run(desk, noor, job, again) if isinstance(one, Result)]
    assert told is not None
    assert (told.number, told.posts) == (1, 3)
    assert len([*desk.posts.every(noor)]) == 3


def test_an_account_is_wiped_with_all_its_posts_and_no_other(
    desk: Desk, noor: Person, taken_in: Taken, channel: Path, copying: Path, home: Path
) -> None:
    taken_in(channel)
    taken_in(copying)
    wiped = desk.wiping.finish(desk.wiping.wipe_account(noor, "Wilayat Salahaddin"))
    assert (len(wiped.removed), wiped.emptied) == (1, ())
    left = [row["text"] for row in desk.store.rows("SELECT text FROM post")]
    assert left == ["Mosul"]
    assert [row["key"] for row in desk.store.rows("SELECT key FROM account")] == ["channel1002"]
    with pytest.raises(NotFound):
        desk.wiping.wipe_account(noor, "Wilayat Salahaddin")
    for secret in ("Tikrit, 12 June", "words alone"):
        assert not desk.reports.search(noor, secret)
    desk.close()
    for secret in (b"Tikrit, 12 June", b"example.org/a"):
        assert [
            one.name for one in home.rglob("*") if one.is_file() and secret in one.read_bytes()
        ] == []


def test_what_people_state_of_an_account_stays_with_its_author_and_reason(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken
) -> None:
    taken_in(channel)
    report = sent(desk, noor, cropped())
    desk.verdicts.conclude(noor, report.id, 2, Rating.DECONTEXTUALISED, "it is from 2014")
    [account] = desk.posts.accounts(noor, "channel1001")
    number, now = account.account.id, datetime.now(UTC)
    for grade, why in (("C", "mostly right"), ("E", "wrong twice")):
        graded = Statement(kind=Relation.RELIABLE, value=grade, reason=why, by="Noor", at=now)
        desk.posts.state_account(noor, number, graded)
    suspended = AccountEvent(kind=AccountState.SUSPENDED, at=now, by="Noor")
    desk.posts.note_account(noor, number, suspended)
    [account] = desk.posts.accounts(noor, "Wilayat Salahaddin")
    told = posts.account(account)
    assert (told["grade"], told["state"]) == ("E", "suspended")
    assert [one.reason for one in account.statements] == ["mostly right", "wrong twice"]
    assert told["verdicts"] == {"decontextualised": 1}
    with pytest.raises(BadInput):
        nothing = Statement(kind=Relation.RELIABLE, value="G", reason="why", by="Noor", at=now)
        desk.posts.state_account(noor, number, nothing)


def test_no_device_of_a_member_of_a_closed_chat_is_kept(
    desk: Desk, noor: Person, tmp_path: Path, taken_in: Taken
) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA431] = "SERIAL-4711"
    chat = tmp_path / "chat"
    chat.mkdir()
    (chat / "IMG-1.jpg").write_bytes(encode(shrunk(CHINA), exif=exif))
    words = "13/06/2014, 15:37 - Sara: IMG-1.jpg (file attached)\n"
    (chat / "WhatsApp Chat with Sara.txt").write_text(words, encoding="utf-8")
    [told] = taken_in(chat)
    assert told.media == 1
    [kept] = desk.store.rows("SELECT body FROM examination")
    assert "SERIAL-4711" not in kept["body"]
    report = sent(desk, noor, encode(shrunk(CHINA, 0.7), exif=exif))
    assert "SERIAL-4711" in str(report.exhibits[0].findings)


def test_posts_are_found_by_their_words_and_stand_in_no_search_of_cases(
    desk: Desk, noor: Person, channel: Path, copying: Path, taken_in: Taken
) -> None:
    taken_in(channel)
    taken_in(copying)
    assert [one.post.id for one in desk.posts.with_words(noor, "tikrit june")] == ["1"]
    assert desk.posts.with_words(noor, "tikrit mosul") == []
    assert desk.reports.search(noor, "tikrit") == []


def test_a_post_that_is_told_once_for_each_file_has_all_of_them(
    desk: Desk, noor: Person, tmp_path: Path, taken_in: Taken
) -> None:
    folder = tmp_path / "gallery"
    folder.mkdir()
    for number, picture in enumerate((CHINA, photograph("flower")), start=1):
        name = f"12345_{number}.jpg"
        (folder / name).write_bytes(encode(shrunk(picture)))
        told = {
            "category": "twitter",
            "tweet_id": 477000000000000000,
            "date": "2014-06-12 14:03:11",
            "author": {"id": 7, "name": "w_salahadden", "nick": "Salahaddin"},
            "content": "Tikrit",
            "filename": f"12345_{number}",
            "extension": "jpg",
            "num": number,
        }
        (folder / f"{name}.json").write_text(json.dumps(told))
    for _ in range(2):
        [found] = taken_in(folder)
        assert found.media == 2
        assert found.posts == 1
    [post] = desk.posts.every(noor)
    assert len(post.exhibits) == 2
    assert post.missing == 0


def test_a_photo_twice_in_a_post_is_one(
    desk: Desk, noor: Person, tmp_path: Path, taken_in: Taken
) -> None:
    folder = tmp_path / "table"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(encode(shrunk(CHINA)))
    rows = "date,text,account,media\n2014-06-12T14:03:11Z,Tikrit,w,a.jpg;b.jpg\n"
    (folder / "posts.csv").write_text(rows)
    [found] = taken_in(folder)
    assert (found.media, found.exhibits_new, found.exhibits_known, found.missing) == (1, 1, 0, 0)
    [post] = desk.posts.every(noor)
    assert (len(post.exhibits), post.missing) == (1, 0)


def test_an_archive_in_which_one_export_is_ambiguous_brings_the_others(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    told = {"name": "C", "type": "public_channel", "id": 5}
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        words = "03/04/2014, 15:37 - Sara: hello\n05/06/2014, 15:38 - Sara: again\n"
        archive.writestr("chat/WhatsApp Chat with Sara.txt", words)
        archive.writestr(
            "result.json", json.dumps({**told, "messages": [message(1, 1402581791, "a")]})
        )
    job = Job((Place.of(tmp_path / "c.zip"),))
    course = Course(order("import", job, Who("1", "noor", "en", "UTC")), beside_others=False)
    found = [one for one in run(desk, noor, job, course) if isinstance(one, Result)]
    assert [one.posts.posts for one in found if one.posts] == [1]
    [asked] = [one.reason for one in found if one.reason]
    assert "--dates undated" in plain(asked, READER)
    assert desk.reports.cases(noor) == []


def test_private_chats_count_neither_before_nor_after(
    desk: Desk, noor: Person, tmp_path: Path, taken_in: Taken
) -> None:
    chats = [
        {"name": "C", "type": "public_channel", "id": 5, "messages": [message(1, 1402581791, "a")]},
        {"name": "S", "type": "personal_chat", "id": 6, "messages": [message(1, 1402581791, "b")]},
    ]
    told = {"about": "", "chats": {"about": "", "list": chats}}
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "result.json").write_text(json.dumps(told))
    job = preview.Job((Place.of(tmp_path / "all"),))
    course = Course(order("preview", job, Who("1", "noor", "en", "UTC")), beside_others=False)
    [before] = preview.run(desk, noor, job, course)
    assert (before.posts, before.accounts, before.people, before.private) == (1, 1, 0, 1)
    [after] = taken_in(tmp_path / "all")
    assert after.posts == 1
    [why] = [plain(one.why, READER) for one in after.refused]
    assert "1 private chat was left out" in why
    [named] = taken_in(tmp_path / "all", chats=("S",))
    assert named.posts == 1 and not named.refused


def test_what_a_line_is_of_is_named_by_its_path_and_proofs_say_what_was_not_checked(
    tmp_path: Path, taken_in: Taken
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    told = {"name": "C", "type": "public_channel", "id": 5, "messages": {}}
    (broken / "result.json").write_text(json.dumps(told))
    digest = "ab" * 32
    (tmp_path / f"{digest}.proof.json").write_text(json.dumps({"File Hash SHA256": digest}))
    proof, export = sorted(taken_in(tmp_path), key=lambda one: one.format)
    assert [one.what for one in export.refused] == [str(broken / "result.json")]
    lines = [plain(line, READER) for line in brought(proof)]
    assert "OpenPGP signatures were not checked" in lines
    assert len([*brought(export)]) == 2


def test_what_somebody_called_not_the_same_is_no_place_where_it_stood(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken
) -> None:
    taken_in(channel)
    report = sent(desk, noor, cropped())
    [exhibit] = report.exhibits
    assert len(desk.posts.appearances(noor, report.id, exhibit.exhibit_id).posts) == 1
    for match in exhibit.matches:
        desk.judging.judge(noor, report.id, match.id, same=False)
    assert desk.posts.appearances(noor, report.id, exhibit.exhibit_id).posts == ()


def test_what_comes_in_openly_too_is_no_longer_confidential(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken, tmp_path: Path
) -> None:
    omar = desk.team.admit("telegram", "8", "Omar", Role.EDITOR)
    taken_in(channel, confidential=True)
    taken_in(Path(shutil.copytree(channel, tmp_path / "again")))
    assert len([*desk.posts.every(omar)]) == 3
    assert "in the archive" in lines(sent(desk, omar, cropped()))


def test_dates_that_can_be_read_in_two_ways_are_asked_about_and_stop_nothing_else(
    desk: Desk, noor: Person, channel: Path, tmp_path: Path, taken_in: Taken
) -> None:
    chat = channel / "chat"
    chat.mkdir()
    words = "03/04/2014, 15:37 - Sara: hello\n05/06/2014, 15:38 - Sara: again\n"
    (chat / "WhatsApp Chat with Sara.txt").write_text(words, encoding="utf-8")
    job = Job((Place.of(channel),))
    course = Course(order("import", job, Who("1", "noor", "en", "UTC")), beside_others=False)
    found = [one for one in run(desk, noor, job, course) if isinstance(one, Result)]
    [asked] = [one.reason for one in found if one.reason]
    assert "--dates day-first" in plain(asked, READER)
    assert [one.posts.posts for one in found if one.posts] == [3]
    assert desk.reports.cases(noor) == []
    [told] = taken_in(chat, dates=DateOrder.DAY_FIRST)
    assert next(desk.posts.of(noor, "member 2-1")).post.at == "2014-04-03T15:37"
    assert told.posts == 2


def test_members_of_different_chats_are_different_people(
    desk: Desk, noor: Person, tmp_path: Path, taken_in: Taken
) -> None:
    for name, said in (("Sara", "the bridge"), ("Omar", "the market")):
        chat = tmp_path / "chats" / name
        chat.mkdir(parents=True)
        words = f"23/04/2014, 15:37 - {name}: {said}\n"
        (chat / f"WhatsApp Chat with {name}.txt").write_text(words, encoding="utf-8")
    taken_in(tmp_path / "chats")
    told = {one.post.name for one in desk.posts.every(noor)}
    assert len(told) == 2


def test_people_of_a_case_are_told_when_who_posted_its_picture_is_suspended(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken
) -> None:
    taken_in(channel)
    report = sent(desk, noor, cropped(), "Tikrit, 12 June 2014")
    desk.verdicts.conclude(noor, report.id, 2, Rating.ORIGINAL, "it is as old as it says")
    assert told_to_all(desk) == []
    [account] = desk.posts.accounts(noor, "channel1001")
    for kind in (AccountState.SEEN, AccountState.SUSPENDED, AccountState.SUSPENDED):
        event = AccountEvent(kind=kind, at=datetime.now(UTC), by="Noor")
        desk.posts.note_account(noor, account.account.id, event)
    [notice] = told_to_all(desk)
    told = plain(notice.sentence, READER)
    assert notice.case_id == report.id
    assert "Wilayat Salahaddin" in told
    assert "suspended" in told


def test_what_a_confidential_import_brought_is_in_no_hand_out_but_inside(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken
) -> None:
    report = sent(desk, noor, cropped())
    taken_in(channel, confidential=True)
    assert desk.reports.case(noor, report.id).exhibits[0].matches
    assert desk.reports.for_others(noor, report.id).exhibits[0].matches == ()


def test_a_cut_out_part_counts_among_where_a_picture_stood(
    desk: Desk, noor: Person, channel: Path, taken_in: Taken
) -> None:
    half = encode(CHINA.crop((CHINA.width // 2, 0, CHINA.width, CHINA.height)))
    report = sent(desk, noor, half)
    taken_in(channel)
    assert [one.post.id for one in desk.posts.appearances(noor, report.id, 1).posts] == ["1"]


def test_an_export_in_an_archive_without_pictures_becomes_no_case(
    desk: Desk, noor: Person, tmp_path: Path, taken_in: Taken
) -> None:
    said = [message(1, 1402581791, "a")]
    told = {"name": "C", "type": "public_channel", "id": 5, "messages": said}
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("result.json", json.dumps(told))
        archive.writestr("../../x.jpg", encode(shrunk(CHINA)))
    [found] = taken_in(tmp_path / "c.zip")
    assert found.posts == 1
    assert desk.reports.cases(noor) == []


def sources(report: CaseReport) -> dict[str, str]:
    """What is found in source, by its check."""
    [exhibit] = report.exhibits
    found = (one for one in exhibit.findings if one.pillar is Pillar.SOURCE)
    return {one.check: plain(one.summary, READER) for one in found}


def settled(desk: Desk, person: Person, case_id: int) -> CaseReport:
    """A case once all comparisons are made."""
    told_to_all(desk)
    return desk.reports.case(person, case_id)


def test_an_examination_says_what_is_known_of_the_accounts_that_posted_it(
    desk: Desk, noor: Person, channel: Path, copying: Path, taken_in: Taken
) -> None:
    report = sent(desk, noor, cropped())
    assert sources(report) == {}
    taken_in(copying)
    told = sources(settled(desk, noor, report.id))
    assert "Copies is new here" in told["account_new_here"]
    [account] = desk.posts.accounts(noor, "channel1002")
    event = AccountEvent(kind=AccountState.SUSPENDED, at=datetime.now(UTC), by="Noor")
    desk.posts.note_account(noor, account.account.id, event)
    grade = Statement(
        kind=Relation.RELIABLE, value="E", reason="copies", by="Noor", at=datetime.now(UTC)
    )
    desk.posts.state_account(noor, account.account.id, grade)
    told = sources(settled(desk, noor, report.id))
    assert "found suspended" in told["account_suspended"]
    assert "graded E here by Noor" in told["account_graded"]
    desk.wiping.finish(desk.wiping.undo(noor, 1))
    assert sources(settled(desk, noor, report.id)) == {}


def test_what_a_confidential_import_tells_of_accounts_crosses_no_wall(
    desk: Desk, noor: Person, copying: Path, taken_in: Taken
) -> None:
    report = sent(desk, noor, cropped())
    taken_in(copying, confidential=True)
    assert sources(settled(desk, noor, report.id)) == {}


def test_what_was_out_of_context_counts_against_the_account_elsewhere(
    desk: Desk, noor: Person, tmp_path: Path, taken_in: Taken
) -> None:
    folder = exported(
        tmp_path / "two",
        "Two",
        1002,
        [message(1, 1402581791, "a", "photos/1.jpg"), message(2, 1402581891, "b", "photos/2.jpg")],
    )
    (folder / "photos" / "2.jpg").write_bytes(encode(shrunk(photograph("flower"))))
    taken_in(folder)
    report = sent(desk, noor, cropped())
    other = sent(desk, noor, encode(photograph("flower")))
    assert "account_out_of_context" not in sources(report)
    [exhibit] = other.exhibits
    desk.verdicts.conclude(noor, other.id, exhibit.exhibit_id, Rating.DECONTEXTUALISED, "old")
    told = sources(settled(desk, noor, report.id))
    assert "1 other picture" in told["account_out_of_context"]
    assert "account_out_of_context" not in sources(settled(desk, noor, other.id))
    desk.verdicts.reopen(noor, other.id, "why")
    assert "account_out_of_context" not in sources(settled(desk, noor, report.id))


def test_the_pages_of_an_export_as_html_are_one(
    desk: Desk, noor: Person, tmp_path: Path, taken_in: Taken
) -> None:
    created = service(1, "Channel «Street & Sons» created")
    pages = {
        "messages.html": HEAD + created + html_message(2, text("two"), "Street & Sons") + TAIL,
        "messages2.html": HEAD + html_message(3, text("three"), "Street & Sons") + TAIL,
        "messages10.html": HEAD + html_message(4, text("four"), "Street & Sons") + TAIL,
    }
    folder, archive = tmp_path / "html", tmp_path / "html.zip"
    folder.mkdir()
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, page in pages.items():
            (folder / name).write_text(page, encoding="utf-8")
            zipped.writestr(f"ChatExport/{name}", page)
    for path in (folder, folder / "messages2.html", archive):
        asked = preview.Job((Place.of(path),))
        course = Course(order("preview", asked, Who("1", "n", "en", "UTC")), beside_others=False)
        [would] = preview.run(desk, noor, asked, course)
        assert (would.posts, would.people, would.unread) == (3, 0, 0)
        [told] = taken_in(path)
        assert (told.posts, told.refused) == (3, ())
    assert {(one.post.place, one.shown_by) for one in desk.posts.every(noor)} == {
        ("Street & Sons", "Street & Sons")
    }
    assert [one.post.text for one in desk.posts.every(noor)] == ["two", "three", "four"]
    assert desk.reports.cases(noor) == []
