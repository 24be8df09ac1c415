"""Groups that post the same objects together, in small worlds."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from verify.campaigns.rows import DAY, ROW, Rows
from verify.campaigns.telling import told
from verify.campaigns.together import together
from verify.records import Explaining, Explanation, Layer

SEED = 21
START = 1_780_272_000.0
MEMBERS = tuple(range(100, 110))
PEOPLE = 200


def world(
    within: float = 20.0, posts: int = 10, minutes: bool = False, group: tuple[int, ...] = MEMBERS
) -> Rows:
    """Two weeks of people who post what others do, hours apart, and of one group that does so
    within seconds."""
    print("seed", SEED)
    rng = np.random.default_rng(SEED)
    objects = count()
    columns = []
    for _ in range(250):
        who = rng.choice(PEOPLE, 15, replace=False)
        at = START + rng.uniform(0, 13 * DAY) + 4 * 3_600 * rng.lognormal(0, 1, 15)
        columns.append((who, np.full(15, next(objects)), at))
    for _ in range(posts if group else 0):
        at = START + rng.uniform(0, 13 * DAY) + rng.uniform(0, within, len(group))
        columns.append((np.array(group), np.full(len(group), next(objects)), at))
    rows = np.zeros(sum(len(one[0]) for one in columns), ROW)
    for name, values in zip(("account", "object", "at"), zip(*columns, strict=True), strict=True):
        rows[name] = np.concatenate(values)
    rows["at"] -= rows["at"] % (60 if minutes else 1)
    rows["resolution_s"] = 1
    rows["zone_known"] = True
    rows["client"] = -1
    rows["post"] = np.arange(len(rows))
    return rows


def test_a_group_that_posts_within_seconds_is_told_with_what_outsiders_did() -> None:
    (group,) = together(world())
    assert group.accounts == MEMBERS
    assert len(group.objects) == 10 and len(group.posts) == 100
    assert group.evidence.links > 10 * group.evidence.expected
    assert (group.layer, group.explained) == (Layer.POSTS, ())


def test_people_who_post_the_same_hours_apart_are_no_group() -> None:
    assert together(world(group=())) == ()


def test_a_group_to_the_minute_is_told_in_a_window_wider_than_minutes() -> None:
    (group,) = together(world(minutes=True))
    assert group.window_s == 600


@pytest.mark.parametrize("column", ["resolution_s", "zone_known"])
def test_days_and_unknown_zones_take_no_part(column: str) -> None:
    rows = world(posts=4)
    mine = np.isin(rows["account"], MEMBERS)
    before = told(rows)
    rows[column][mine] = DAY if column == "resolution_s" else False
    campaigns = told(rows)
    assert before.groups and not campaigns.groups
    assert campaigns.too_coarse == mine.sum()
    assert campaigns.too_few == before.too_few + len(MEMBERS)


def test_forwards_and_posts_are_not_counted_together() -> None:
    rows = world()
    rows["forward"] = rows["object"] >= rows["object"].max() - 9
    (group,) = together(rows)
    assert group.layer is Layer.FORWARDS


def test_a_mark_explains_a_group_of_one_owner_and_no_larger_one() -> None:
    owner = Explanation(Explaining.SAME_OWNER, MEMBERS)
    (group,) = together(world(), [owner])
    assert group.explained == (owner,)
    (group,) = together(world(), [Explanation(Explaining.SAME_OWNER, MEMBERS[:4])])
    assert group.explained == ()


def test_three_posts_are_too_few() -> None:
    assert together(world(posts=2)) == ()
