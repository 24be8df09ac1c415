"""Two groups that share a member, and fans of one event."""

from __future__ import annotations

import numpy as np

from tests.campaigns.test_together import MEMBERS, START, world
from verify.campaigns.rows import DAY, ROW, Rows
from verify.campaigns.together import together

OTHERS = (*range(109, 125),)  # 109 is of both groups


def _more(rows: Rows, posts: list[tuple[list[int], list[float]]]) -> Rows:
    """The rows, and objects of their own: who posts each, and when."""
    added = np.zeros(sum(len(who) for who, _ in posts), ROW)
    added["account"] = [one for who, _ in posts for one in who]
    added["at"] = np.floor([one for _, at in posts for one in at])
    added["object"] = [9_000 + place for place, (who, _) in enumerate(posts) for _ in who]
    added["resolution_s"] = 1
    added["zone_known"] = True
    added["client"] = -1
    added["post"] = 90_000 + np.arange(len(added))
    return np.concatenate([rows, added])


def test_two_groups_that_share_a_member_are_two() -> None:
    rng = np.random.default_rng(3)
    begins = START + rng.uniform(0, 13 * DAY, 12)
    posts = [(list(OTHERS), list(begin + rng.uniform(0, 20, len(OTHERS)))) for begin in begins]
    groups = together(_more(world(), posts))
    assert len(groups) == 2
    assert all(
        set(group.accounts) <= set(MEMBERS) or set(group.accounts) <= set(OTHERS)
        for group in groups
    )


def test_fans_who_post_one_thing_after_the_other_at_matches_are_no_group() -> None:
    rng = np.random.default_rng(4)
    fans, posts = np.arange(100, 130), []
    for match in range(5):
        for clip in range(16):
            who = rng.choice(fans, 12, replace=False)
            goal = START + (2 * match + 0.75) * DAY + 420 * clip
            posts.append((who.tolist(), list(goal + 90 * rng.lognormal(0, 1, 12))))
    assert together(_more(world(group=()), posts)) == ()
