"""/campaign: which accounts posted the same together, in a chat."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.chat.groups import Talk, buttons
from tests.chat.room import Room, in_room, labels, words
from tests.chat.test_at_a_glance import count
from tests.chat.test_groups import in_group
from tests.layouts.coincided import NOON, coincided
from tests.layouts.driven import world
from verify.chat.action import Action
from verify.chat.replies.campaign import campaign_page, more_page
from verify.language import Reader
from verify.records import (
    ByMachine,
    CampaignReport,
    Explaining,
    Explanation,
    MachineSign,
    Post,
    Role,
    ScheduledPosts,
    Shared,
    SharedObject,
    Wave,
)

HERE = Action(name="campaign")
FILES = {
    "en": ["File: CSV", "File: GraphML"],
    "ar": ["ملف: \u2068CSV\u2069", "ملف: \u2068GraphML\u2069"],
}


def post(number: int, account: str, at: str, *hashtags: str) -> Post:
    """A post of a public account on 10 June 2014."""
    told = {"at": f"2014-06-10T{at}Z", "account": account, "handle": account}
    return Post(network="x", id=str(number), text="words", hashtags=hashtags, **told)  # type: ignore[arg-type]


def brought(room: Room, *posts: Post, confidential: bool = False) -> None:
    """Posts that an import of somebody else's brought."""
    sara = room.desk.team.at_console("7", "Sara", "en")
    number = room.desk.posts.begin(sara, str(posts), confidential=confidential)
    room.desk.posts.take_words(sara, number, posts)
    room.desk.posts.end(sara, number)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_groups_are_read_at_a_glance(language: str) -> None:
    report = coincided(
        14, 9, 200, 5, names=("a_rather_long_name_of_an_account", "another_one_as_long")
    )
    page = campaign_page(report, HERE, Reader(language, ZoneInfo("UTC")))
    head, groups = page.text.split("\n\n")[:2]
    assert len(head.splitlines()) == 3
    assert len(groups.splitlines()) == 3
    assert count({"text": page.text}) <= 120
    rows = [[one.label for one in row] for row in page.rows if row]
    assert len(rows[1]) == 3
    assert rows[3] == FILES[language]


def busy(report: CampaignReport) -> CampaignReport:
    """More signs and waves than a chat names; the smallest sign is of the first group."""
    explained = (Explanation(Explaining.SAME_OWNER, (1, 2, 3, 4)),)
    signs = [
        *(ByMachine(MachineSign.ORDER, tuple(range(100, 110 + n)), (1,), ()) for n in range(4)),
        ByMachine(MachineSign.WORDS, (1, 2, 3, 4), (1,), (), None, 10, explained),
    ]
    words = "The words of one agency are long, and every paper has them as they are"
    things = {n: SharedObject(n, Shared.WORDS, words, (), n, n) for n in range(20, 30)}
    waves = [Wave(n, NOON, NOON, n, n, n, 0.1) for n in (1, *things)]
    told = replace(
        report.told,
        by_machine=tuple(signs),
        scheduled=(ScheduledPosts(5, (0,), 9, 9, 0.2),) * 12,
        waves=tuple(waves),
        too_few=1234,
    )
    return replace(report, told=told, objects=report.objects | things)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("sizes", [(), (4,), (4, 5), (4, 5, 6), (4, 5, 6, 7)])
def test_however_much_was_found_a_page_is_read_at_a_glance(
    language: str, sizes: tuple[int, ...]
) -> None:
    report, reader = busy(coincided(*sizes)), Reader(language, ZoneInfo("UTC"))
    pages = [campaign_page(report, replace(HERE, page=n), reader).text for n in range(2)]
    assert all(count({"text": page}) <= 120 for page in pages)


def test_what_is_of_a_group_and_the_largest_come_first_and_the_others_are_counted() -> None:
    page = campaign_page(busy(coincided(4)), HERE, Reader("en", ZoneInfo("UTC"))).text
    said = [line for line in page.split("\n\n")[1].splitlines() if not line.startswith("1.")]
    assert said[0].startswith("4 accounts posted the same words within 10 seconds. What people")
    assert said[1:3] == [
        "13 accounts posted the same in the same order.",
        "And 3 more such signs.",
    ]
    assert said[4].startswith("A wave of 29 accounts: the words “The words of one agency")
    assert said[5:] == [
        "And 9 more waves: nothing but news is needed.",
        "1 wave is of what accounts posted together.",
    ]


def test_a_long_name_is_shortened_wherever_it_stands() -> None:
    report = coincided(4, names=("n" * 290,))
    assert "n" * 38 + "…" in str(page := more_page(report, HERE, Reader("en", ZoneInfo("UTC"))))
    assert "n" * 40 not in str(page)


def test_more_has_the_innocent_reasons_and_what_chance_would_bring() -> None:
    page = more_page(coincided(4), HERE, Reader("en", ZoneInfo("UTC")))
    assert "Other reasons for it" in page.text
    assert "if each thing's own spread" in page.text


@in_room()
async def test_it_is_asked_of_all_posts_an_account_a_hashtag_or_a_case(room: Room) -> None:
    brought(room, post(1, "early_bird", "09:00:00", "Flood"), post(2, "b", "11:00:00"))
    (everything,) = await room.say("/campaign")
    assert words(everything).startswith("Posted together, among all posts here")
    assert "Among the 2 posts collected here." in words(everything)
    (named,) = await room.say("/campaign @early_bird")
    assert "Posted together with @early_bird" in words(named)
    (tagged,) = await room.say("/campaign #flood")
    assert "Posted together: #flood" in words(tagged)
    (none,) = await room.say("/campaign #drought")
    assert "no posts with the hashtag #drought" in words(none)
    assert not labels(none)
    await room.press(tagged, "More")
    assert "nothing coincides beyond" in words(room.now(tagged))
    await room.press(tagged, "Back")
    assert "Posted together: #flood" in words(room.now(tagged))


@in_room()
async def test_what_somebody_else_imported_in_confidence_is_not_counted(room: Room) -> None:
    brought(room, post(1, "a", "09:00:00"))
    brought(room, post(2, "hidden", "09:00:00", "Flood"), confidential=True)
    (answer,) = await room.say("/campaign")
    assert "Among the 1 post collected here." in words(answer)
    (refused,) = await room.say("/campaign #flood")
    assert "There are no posts" in words(refused)


@in_room()
async def test_a_group_is_told_with_two_pictures_and_two_files(room: Room) -> None:
    brought(room, *world())
    (answer,) = await room.say("/campaign")
    assert "1. 8 accounts within 1 minute, 8 times: @app0, @app1, and 6 more." in words(answer)
    assert "Others: 0 posts." in words(answer)
    for label, under in (
        ("Timeline", "8 accounts within 1 minute"),
        ("Network", "Posted together"),
    ):
        (picture,) = await room.press(answer, label)
        largest = picture["photo"][-1]
        assert largest["width"] == 1080
        assert under in words(picture)
        assert not picture.get("has_media_spoiler")
    for label, name in (("File: CSV", "campaign.csv"), ("File: GraphML", "campaign.graphml")):
        (sent,) = await room.press(answer, label)
        assert sent["document"]["file_name"] == name
    (named,) = await room.say("/campaign app3")
    assert "1. 8 accounts" in words(named)
    (other,) = await room.say("/campaign person3")
    assert "Nothing coincides" in words(other)
    assert labels(other) == ["More"]


@in_room()
async def test_a_button_of_what_is_told_no_more_says_so(room: Room) -> None:
    posts = [*world()]
    brought(room, *posts)
    (answer,) = await room.say("/campaign")
    room.desk.wiping.undo(room.desk.team.admit("telegram", "8", "Rosa", Role.OWNER), 1)
    (gone,) = await room.press(answer, "Timeline")
    assert "This is told no more" in words(gone)


@in_group
async def test_in_a_group_nothing_confidential_is_told_and_no_file_is_handed_out(
    group: Talk,
) -> None:
    desk = group.room.desk
    olga = desk.team.person("telegram", "1001", "Olga", "en")
    brought(group.room, *world())
    number = desk.posts.begin(olga, "own", confidential=True)
    desk.posts.take_words(olga, number, [post(9001, "source", "09:00:00", "Flood")])
    desk.posts.end(olga, number)
    (refused,) = await group.hear(text="/campaign #flood")
    assert "There are no posts with the hashtag" in refused["text"]
    desk.casework.close_to_others(olga, 1, True)
    (closed,) = await group.hear(text="/campaign 1")
    assert "There is no case 1." in closed["text"]
    (told,) = await group.hear(text="/campaign app1")
    assert "8 accounts within 1 minute" in told["text"]
    (kept,) = await group.press(buttons(told)["File: CSV"])
    assert "handed out in a private chat" in kept["text"]
