"""Posts of people who take up each other's hashtags within hours, and of accounts that do so within
seconds, for a desk to tell."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from verify.records import Post

BEGIN = datetime(2014, 6, 10, 8, tzinfo=UTC)


def world(members: int = 8, driven: int = 8, people: int = 40, topics: int = 60) -> Iterator[Post]:
    """members: accounts that post so many `driven` hashtags together. seed: always the same."""
    chance, number = random.Random(21), 0
    print("seed", 21)

    def post(account: str, at: datetime, hashtag: str) -> Post:
        nonlocal number
        number += 1
        return Post(
            network="x", id=str(number), account=account, handle=account,
            at=at.strftime("%Y-%m-%dT%H:%M:%SZ"), hashtags=(hashtag,),
        )  # fmt: skip

    for topic in range(topics):
        begins = BEGIN + timedelta(days=chance.random() * 5)
        for person in chance.sample(range(people), 8):
            later = timedelta(hours=4 * chance.lognormvariate(0, 1))
            yield post(f"person{person}", begins + later, f"topic{topic}")
    for topic in range(driven):
        begins = BEGIN + timedelta(hours=14 * topic + chance.random() * 4)
        for member in range(members):
            later = timedelta(seconds=chance.random() * 20)
            yield post(f"app{member}", begins + later, f"driven{topic}")
