"""What the posts of a picture say of the accounts that posted it, and what they do not say."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from verify.comparisons import Circumstances, run
from verify.language import Reader, plain
from verify.records import (
    AccountEvent,
    AccountState,
    Examination,
    KeptPost,
    Post,
    Poster,
    Relation,
    Sighting,
    Statement,
)

READER = Reader("en", ZoneInfo("UTC"))
RECEIVED = datetime(2026, 11, 24, 12, tzinfo=UTC)
JUNE = datetime(2014, 6, 12, 14, 3, 11, tzinfo=UTC)


def post(number: int, account: int, name: str, day: int, forwarded: str = "") -> KeptPost:
    at = JUNE.replace(day=day)
    told = Post(network="telegram", id=str(number), name=name, forwarded_from=forwarded)
    return KeptPost(number, told, account, at, at, 0, ("a" * 64,))


def said(
    *posts: KeptPost, voices: tuple[Poster, ...] = (), source: str = "", posted: int = 0
) -> dict[str, str]:
    """The sentence of each finding in source, by its check."""
    sighting = Sighting(
        id=1,
        exhibit_id=1,
        case_id=1,
        service="telegram",
        received_at=RECEIVED,
        received_from="Noor",
        source=source,
        posted_at=JUNE.replace(day=posted) if posted else None,
    )
    examination = Examination(lab_version=1, media_type="image/jpeg")
    known = Circumstances(examination, RECEIVED, sightings=(sighting,), posts=posts, voices=voices)
    return {one.check: plain(one.summary, READER) for one in run(known)}


def test_what_was_seen_and_graded_of_an_account_is_noted() -> None:
    event = AccountEvent(kind=AccountState.SUSPENDED, at=RECEIVED, by="Sara")
    grade = Statement(kind=Relation.RELIABLE, value="E", reason="lies", by="Sara", at=RECEIVED)
    voice = Poster(id=1, name="@w", posts=9, seen=event, graded=grade)
    told = said(post(1, 1, "W", 12), voices=(voice,))
    assert told.keys() == {"account_suspended", "account_graded"}
    assert "@w, which posted it, was found suspended" in told["account_suspended"]
    assert "graded E here by Sara" in told["account_graded"]
    assert "lies" not in told["account_graded"]
    back = AccountEvent(kind=AccountState.BACK, at=RECEIVED, by="Sara")
    assert said(post(1, 1, "W", 12), voices=(Poster(id=1, name="@w", posts=9, seen=back),)) == {}


def test_an_account_is_new_here_where_nothing_else_of_it_is_held() -> None:
    one, other = Poster(id=1, name="@w", posts=1), Poster(id=2, name="@c", posts=2)
    told = said(post(1, 1, "W", 12), post(2, 2, "C", 13), voices=(one, other))
    assert told.keys() == {"account_new_here"}
    assert "@w is new here: among the posts that this desk holds" in told["account_new_here"]


def test_other_pictures_out_of_context_are_counted_without_this_one() -> None:
    wrong = frozenset(("a" * 64, "b" * 64))
    voice = Poster(id=1, name="@w", posts=9, out_of_context=wrong)
    told = said(post(1, 1, "W", 12), voices=(voice,))
    assert "1 other picture that @w posted" in told["account_out_of_context"]


def test_another_account_had_it_earlier_only_where_it_surely_did() -> None:
    held = post(1, 1, "W", 12)
    told = said(held, source="Copies", posted=14)["account_had_it_earlier"]
    assert "W posted it by 2014-06-12" in told and "Copies" in told
    assert "account_had_it_earlier" not in said(held, source="Copies", posted=11)
    assert "account_had_it_earlier" not in said(held, source="w", posted=14)
    assert "account_had_it_earlier" not in said(held, source="Copies")


def test_a_forward_of_a_post_that_is_held_names_it() -> None:
    original, copy = post(1, 1, "W", 12), post(2, 2, "C", 13, forwarded="W")
    told = said(original, copy)["forward_of_a_post_here"]
    assert "C forwarded it from W, whose post of 2014-06-12" in told
    assert "forward_of_a_post_here" not in said(post(1, 1, "W", 14), copy)
    assert "It came from W" in said(original, source="W", posted=12)["forward_of_a_post_here"]
