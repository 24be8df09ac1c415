"""What is told of made-up accounts that post the same: groups in a report, without a desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from verify.records import (
    AccountGroup,
    Appearance,
    CampaignFilter,
    CampaignReport,
    Campaigns,
    Evidence,
    Layer,
    Measured,
    Shared,
    SharedObject,
    Sharer,
)

NOON = datetime(2014, 6, 10, 12, 0, tzinfo=UTC)


def coincided(
    *sizes: int, names: Sequence[str] = (), words: str = "The city has fallen"
) -> CampaignReport:
    """Groups of so many accounts, each of which posts three things a day apart, a second after the
    one before; one more account posts each thing a minute later. names: of the first accounts."""
    groups, appearances, sharers = [], [], {}
    objects = {
        1: SharedObject(1, Shared.PICTURE, "", ("ab" * 32,), sum(sizes) + 1, sum(sizes) + 1),
        2: SharedObject(2, Shared.HASHTAG, "fallen", (), sum(sizes) + 1, sum(sizes) + 1),
        3: SharedObject(3, Shared.WORDS, words, (), sum(sizes) + 1, sum(sizes) + 1),
    }
    account, post = 0, 0
    for size in (*sizes, 0):
        members, own = [*range(account + 1, account + size + 1)], []
        for number in objects:
            for place, one in enumerate(members or [account + 1]):
                post += 1
                late = timedelta(days=number, seconds=place if members else 60)
                at = NOON + timedelta(hours=len(groups)) + late
                appearances.append(Appearance(post, one, number, at, 1.0))
                own.append(post)
        account += size
        for one in members or [account + 1]:
            name = names[one - 1] if one <= len(names) else f"voice{one}"
            sharers[one] = Sharer(one, "x", str(1000 + one), "", name)
        if members:
            groups.append(
                AccountGroup(
                    accounts=tuple(members),
                    objects=tuple(objects),
                    posts=tuple(own),
                    window_s=10,
                    first=NOON + timedelta(days=1),
                    last=NOON + timedelta(days=3),
                    layer=Layer.POSTS,
                    evidence=Evidence(3 * (size - 1), 0.2, 3, 3),
                )
            )
    return CampaignReport(
        asked=CampaignFilter(),
        told=Campaigns(
            groups=tuple(groups),
            scheduled=(),
            by_machine=(),
            waves=(),
            too_few=0,
            accounts=account + 1,
            posts=post,
            too_coarse=0,
            measured=Measured(0, 0, "", ""),
        ),
        sharers=sharers,
        objects=objects,
        clients={},
        appearances=tuple(sorted(appearances, key=lambda one: (one.at, one.post))),
    )
