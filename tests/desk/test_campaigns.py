"""What accounts posted together, gathered from the posts that a desk holds, and told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from verify.desk import Desk
from verify.desk.shared_pictures import objects_of
from verify.desk.shared_things import SharedThings, gathered
from verify.errors import NotFound
from verify.records import (
    Attachment,
    CampaignFilter,
    Person,
    PlaceKind,
    Post,
    Relation,
    Role,
    Shared,
    Statement,
)
from verify.store.casework import sealed
from verify.store.posts.coinciding import Lies

BEGIN = datetime(2014, 6, 12, 9, 0, 0, tzinfo=UTC)


def post(number: int, account: str, seconds: float = 0, text: str = "", **more: object) -> Post:
    """A post of a public account, so many seconds after the first."""
    at = (BEGIN + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {"at": at, "text": text, "account": account, "handle": account, **more}
    return Post(network="x", id=str(number), **told)  # type: ignore[arg-type]


def take(desk: Desk, person: Person, several: Iterable[Post], **asked: bool) -> int:
    """Several posts brought by an import."""
    every = [*several]
    number = desk.posts.begin(person, f"{every[0].id} {asked}", **asked)
    desk.posts.take_words(person, number, every)
    desk.posts.end(person, number)
    return number


def objects(things: SharedThings, kind: Shared) -> dict[str, int]:
    """How many accounts posted each object of a kind."""
    had: dict[str, set[int]] = {}
    for row in things.rows:
        if row["kind"] == kind:
            had.setdefault(str(things.keys[row["object"]][1]), set()).add(int(row["account"]))
    return {name: len(by) for name, by in had.items()}


def test_words_links_and_hashtags_written_in_several_ways_are_one(desk: Desk, noor: Person) -> None:
    words = "The army has left the city of Tikrit this morning, say people there"
    take(
        desk,
        noor,
        [
            post(1, "a", 0, f"{words} https://t.example/1", hashtags=("Tikrit",)),
            post(2, "b", 9, words.replace("say", "said"), hashtags=("tikrit",)),
            post(3, "c", 9, "Words of somebody else about the weather in this town"),
            post(4, "d", 9, "x", links=("http://www.example.org/a/?utm_source=b#c",)),
            post(5, "e", 9, "y", links=("https://example.org/a",)),
        ],
    )
    things = gathered(desk.store, noor, None)
    assert [*objects(things, Shared.ALIKE).values()] == [2]
    assert set(objects(things, Shared.WORDS).values()) == {1}
    assert objects(things, Shared.HASHTAG) == {"tikrit": 2}
    assert objects(things, Shared.LINK) == {"example.org/a": 2}


def test_copies_and_crops_are_one_object_and_a_collage_is_each_of_its_pictures() -> None:
    original, copy, crop, collage, beside, in_film, film, again = range(1, 9)
    lying = [
        Lies(original, copy, 1.0, 1.0),
        Lies(crop, original, 1.0, 0.3),
        Lies(collage, copy, 0.45, 1.0),
        Lies(beside, collage, 1.0, 0.45),
        Lies(film, in_film, 0.1, 1.0),
        Lies(film, again, 0.7, 0.9),
    ]
    shown = objects_of(range(1, 9), lying)
    assert shown[original] == shown[copy] == shown[crop] == {original}
    assert shown[collage] == {collage, original, beside}
    assert shown[beside] == {beside}
    assert shown[in_film] == shown[film] == shown[again]


def test_members_of_chats_and_what_a_reader_may_not_see_take_no_part(
    desk: Desk, noor: Person
) -> None:
    sara = desk.team.admit("telegram", "8", "Sara", Role.REPORTER)
    open_post = post(1, "a", 0, "said in public")
    group = {"place": "g", "place_kind": PlaceKind.CLOSED_GROUP, "person": True}
    take(desk, noor, [open_post, post(2, "member", 0, "said in a group", **group)])
    take(desk, sara, [post(3, "b", 0, "seen by Sara alone")], confidential=True)
    assert set(objects(gathered(desk.store, noor, None), Shared.WORDS)) == {"said in public"}
    assert len(objects(gathered(desk.store, sara, None), Shared.WORDS)) == 2
    assert "b" not in {one.key for one in desk.campaigns.told(noor).sharers.values()}


def test_what_a_sealed_source_brought_takes_no_part(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    file = tmp_path / "p.jpg"
    file.write_bytes(b"a picture")
    media = (Attachment(path="p.jpg"),)
    number = take(desk, noor, [post(1, "a", 0, "open")])
    desk.posts.take(noor, number, post(2, "b", 0, "theirs", media=media), {0: file})
    assert len(objects(gathered(desk.store, noor, None), Shared.WORDS)) == 2
    [row] = desk.store.rows("SELECT submission_id FROM post_media")
    sealed.keep(desk.store, row["submission_id"], b"encrypted")
    assert [*objects(gathered(desk.store, noor, None), Shared.WORDS)] == ["open"]


def test_posts_of_closed_chats_are_counted_but_for_those_a_reader_may_not_see(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    sara = desk.team.admit("telegram", "8", "Sara", Role.REPORTER)
    group = {"place": "g", "place_kind": PlaceKind.CLOSED_GROUP, "person": True}
    file = tmp_path / "p.jpg"
    file.write_bytes(b"a picture")
    media = (Attachment(path="p.jpg"),)
    number = take(desk, noor, [post(n, "m", n, f"words {n}", **group) for n in (1, 2)])
    desk.posts.take(noor, number, post(3, "m", 9, "theirs", media=media, **group), {0: file})
    take(desk, sara, [post(4, "m", 20, "words", **group)], confidential=True)
    assert (desk.campaigns.told(noor).closed, desk.campaigns.told(sara).closed) == (3, 4)
    [row] = desk.store.rows("SELECT submission_id FROM post_media")
    sealed.keep(desk.store, row["submission_id"], b"encrypted")
    assert (desk.campaigns.told(noor).closed, desk.campaigns.told(sara).closed) == (2, 3)


def test_a_time_is_as_fine_as_its_source_and_none_takes_no_part(desk: Desk, noor: Person) -> None:
    take(
        desk,
        noor,
        [
            post(1, "a", 0, "seconds"),
            post(2, "a", 0, "minutes", at="2014-06-12T09:00Z", resolution_s=60),
            post(3, "a", 0, "a day", at="2014-06-12Z"),
            post(4, "a", 0, "no zone", at="2014-06-12T09:00:00"),
            post(5, "a", 0, "no time", at=""),
        ],
    )
    rows = gathered(desk.store, noor, None).rows
    assert rows["resolution_s"].tolist() == [1, 60, 86_400, 1]
    assert rows["zone_known"].tolist() == [True, True, True, False]
    assert set(rows["at"][[0, 1, 3]]) == {BEGIN.timestamp()}
    told = desk.campaigns.told(noor)
    assert (told.told.posts, told.undated) == (4, 1)


def test_what_is_asked_for_narrows_and_what_is_not_there_is_said(desk: Desk, noor: Person) -> None:
    take(desk, noor, [post(1, "a", 0, "early"), post(2, "a", 90_000, "late", hashtags=("T",))])
    since = CampaignFilter(since=BEGIN + timedelta(days=1))
    assert desk.campaigns.told(noor, since).told.posts == 1
    assert desk.campaigns.told(noor, CampaignFilter(account="@a", hashtag="#t")).told.posts == 2
    for asked in (CampaignFilter(account="nobody"), CampaignFilter(hashtag="none")):
        with pytest.raises(NotFound):
            desk.campaigns.told(noor, asked)


def test_one_owner_and_one_agency_are_what_people_state(desk: Desk, noor: Person) -> None:
    from verify.desk.relatives import explanations

    take(desk, noor, [post(n, name, n, f"words {n}") for n, name in enumerate("abcd")])
    ids = {one.key: one.id for name in "abcd" for one in _accounts(desk, noor, name)}
    stated = [
        ("a", Relation.SAME_OWNER, "@b"),
        ("c", Relation.SAME_HANDS, "b"),
        ("a", Relation.CUSTOMER_OF, "AFP"),
        ("d", Relation.CUSTOMER_OF, "afp"),
    ]
    for name, kind, value in stated:
        said = Statement(kind=kind, value=value, reason="imprint", by="Noor", at=BEGIN)
        desk.posts.state_account(noor, ids[name], said)
    owners, customers = explanations(desk.store, noor)
    assert set(owners.accounts) == {ids["a"], ids["b"], ids["c"]}
    assert set(customers.accounts) == {ids["a"], ids["d"]}


def _accounts(desk: Desk, person: Person, name: str) -> list:  # type: ignore[type-arg]
    return [one.account for one in desk.posts.accounts(person, name)]
